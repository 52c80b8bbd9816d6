/** Go: its own ways to assign, to make values and to import. */
import { testCases } from './cases.js';

testCases('go', [
  {
    name: 'a literal whose type is left out',
    pattern: '{..., Insecure: true, ...}',
    code: 'package p\n\nvar a = []T{\n\t{ //<\n\t\tName: "x",\n\t\tInsecure: true,\n\t},\n\t{\n\t\tInsecure: false,\n\t},\n}\n',
  },
  {
    name: 'one of its fields',
    pattern: 'Insecure: $X',
    code: 'package p\n\nvar a = []T{\n\t{\n\t\tInsecure: true, //<\n\t},\n}\nvar b = T{Insecure: false} //<\n',
  },
  {
    name: 'a type is no expression, nor are its parts',
    pattern: '$X',
    code: 'package p\n\nfunc f() {\n\tvar a map[string]map[string]T\n\tg(a) //<\n}\n',
  },
  { name: 'calls of a package', pattern: 'md5.New()', code: 'package a\nfunc f() {\n\tmd5.New() //<\n\tsha.New()\n}\n' },
  {
    name: 'a package by another name',
    pattern: 'md5.New()',
    code: 'package a\nimport m "crypto/md5"\nfunc f() {\n\tm.New() //<\n\tn.New()\n}\n',
  },
  {
    name: 'versions in a path are no name',
    pattern: 'youtube.New(...)',
    code: 'package a\nimport yt "google.golang.org/api/youtube/v3"\nfunc f() {\n\tyt.New(c) //<\n}\n',
  },
  { name: '= finds := too', pattern: '$X = f()', code: 'package a\nfunc g() {\n\ta = f() //<\n\tb := f() //<\n\tvar c = f() //<\n}\n' },
  { name: ':= is itself alone', pattern: '$X := f()', code: 'package a\nfunc g() {\n\ta = f()\n\tb := f() //<\n}\n' },
  {
    name: 'fields of a literal in any order',
    pattern: 'tls.Config{..., MinVersion: $V, ...}',
    code: 'package a\nvar a = tls.Config{A: 1, MinVersion: 2} //<\nvar b = tls.Config{A: 1}\nvar c = &tls.Config{MinVersion: 3} //<\n',
  },
  { name: 'one field alone', pattern: 'Insecure: true', code: 'package a\nvar a = T{\n\tInsecure: true, //<\n\tB: 1,\n}\n' },
  {
    name: 'a parameter of a type, whatever stands before it',
    pattern: 'func $F(..., $W http.ResponseWriter, ...) { ... }',
    code: 'package a\nfunc a(w http.ResponseWriter, r *http.Request) {} //<\nfunc b(x, w http.ResponseWriter) {} //<\nfunc c(r *http.Request) {}\n',
  },
  {
    name: 'typed metavariables',
    pattern: '($DB : *sql.DB).Exec($Q)',
    code: 'package a\nfunc f(db *sql.DB, x T) {\n\tdb.Exec(q) //<\n\tx.Exec(q)\n}\nvar g *sql.DB\nfunc h() {\n\tg.Exec(q) //<\n}\n',
  },
  {
    name: 'the type of a literal value',
    pattern: '($C : *http.Client).Do(...)',
    code: 'package a\nfunc f() {\n\tc := &http.Client{}\n\tc.Do(r) //<\n\td := g()\n\td.Do(r)\n}\n',
  },
  {
    name: 'imports by the beginning of their path',
    pattern: 'import "net/http"',
    code: 'package a\nimport "net/http" //<\nimport "net/http/cgi" //<\nimport "net"\n',
  },
  {
    name: 'any loop',
    pattern: 'for ... { ... }',
    code: 'package a\nfunc f() {\n\tfor { //<\n\t}\n\tfor i := 0; i < 1; i++ { //<\n\t}\n\tfor range x { //<\n\t}\n}\n',
  },
  {
    name: 'an if with a statement before its condition',
    pattern: 'if $E != nil { ... }',
    code: 'package a\nfunc f() {\n\tif err := g(); err != nil { //<\n\t}\n\tif err == nil {\n\t}\n}\n',
  },
  { name: 'conversions', pattern: '[]byte("...")', code: 'package a\nvar a = []byte("x") //<\nvar b = []byte(y)\n' },
  {
    name: 'a constant until it is assigned again',
    pattern: 'f("...")',
    code: 'package a\nfunc g(x string) {\n\ta := "s"\n\tf(a) //<\n\ta = x\n\tf(a)\n}\n',
  },
  {
    name: 'a variable declared again is another one',
    pattern: 'for $I := range $X {\n  ...\n  f($I)\n  ...\n}',
    code: 'package a\nfunc g() {\n\tfor i := range x { //<\n\t\tf(i)\n\t}\n\tfor i := range x {\n\t\ti := i\n\t\tf(i)\n\t}\n}\n',
  },
]);
