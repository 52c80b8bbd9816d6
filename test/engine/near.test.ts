/**
 * What is around a few results is looked for around them only, and places without a kind of node that a pattern asks for are passed over: what is
 * found is what a look at every place finds.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNear } from '../../server/src/core/formula/near.js';
import { foundWith } from '../../server/src/core/formula/regexLiterals.js';
import { compileRegex } from '../../server/src/core/model/regex.js';
import { linesFound, marked, type TestLanguage } from './support.js';

const span = fc.tuple(fc.nat(30), fc.nat(10)).map(([start, length]) => ({ start, end: start + length }));

test('places are asked about as one by one', () => {
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 20 }), span, (places, { start, end }) => {
      expect(createNear(places, false).holds(start, end)).toBe(places.some((place) => place.start >= start && place.end <= end));
      // Where only equal ranges count it may say yes too often, never no.
      const exact = createNear(places, true).holds(start, end);
      const atStart = places.filter((place) => place.start === start);
      expect(exact).toBe(exact ? atStart.length > 0 : atStart.some((place) => place.end <= end));
    }),
  );
});

/** One result among many places where what is around it could match. */
const filler = Array.from({ length: 40 }, (_, at) => `def other${at}():\n    with lock():\n        work(${at})\n    x[${at}] = 1\n`).join(
  '',
);

const cases: readonly { readonly name: string; readonly language?: TestLanguage; readonly rule: string; readonly code: string }[] = [
  {
    name: 'a block around a result',
    rule: 'patterns:\n  - pattern: risky()\n  - pattern-not-inside: |\n      with lock():\n        ...',
    code: `${filler}risky() #<\nwith lock():\n    if a:\n        risky()\n`,
  },
  {
    name: 'statements before a result',
    rule: 'patterns:\n  - pattern: use($X)\n  - pattern-not-inside: |\n      check($X)\n      ...',
    code: `${filler}def f(a, b):\n    check(a)\n    if c:\n        use(a)\n    use(b) #<\n`,
  },
  {
    name: 'an equal range, which may be a row of statements that ends sooner or later',
    rule: 'patterns:\n  - pattern: |\n      a = start()\n      ...\n      stop()\n  - pattern-not: |\n      a = start()\n      ...\n      pause()\n      ...\n      stop()',
    code: `${filler}def f():\n    a = start() #<\n    stop()\ndef g():\n    a = start()\n    pause()\n    stop()\n`,
  },
  {
    name: 'what must be around, in several ways',
    rule: 'patterns:\n  - pattern: risky($X)\n  - pattern-inside: |\n      def $F(..., $X, ...):\n        ...\n  - pattern-either:\n      - pattern-inside: |\n          class $C:\n            ...\n      - pattern-inside: |\n          with lock():\n            ...',
    code: `${filler}class C:\n    def f(a, b):\n        risky(a) #<\n        risky(c)\ndef g(a):\n    risky(a)\n    with lock():\n        risky(a) #<\n`,
  },
  {
    name: 'a negation of a conjunction',
    rule: 'patterns:\n  - pattern: risky($X)\n  - pattern-not:\n      patterns:\n        - pattern: risky($X)\n        - pattern-inside: |\n            with $Y:\n              ...\n        - metavariable-regex:\n            metavariable: $X\n            regex: safe',
    code: `${filler}risky(safe) #<\nwith a:\n    risky(safe1)\n    risky(other) #<\n`,
  },
  {
    name: 'an index that is assigned twice in a row',
    rule: '$X[$Y] = ...\n$X[$Y] = ...',
    code: 'a = 1\na[1] = 2\nb = 3\na[2] = 3 #<\na[2] = 4\nc[1][2] = 5 #<\nc[1][2] = 6\n',
  },
  {
    name: 'a function in a function',
    rule: 'def $F(...):\n  ...\n  def $G(...):\n    ...\n  ...',
    code: 'def f():\n    pass\ndef g(): #<\n    if a:\n        def h():\n            pass\n    return 1\n',
  },
  {
    name: 'a function that is the value of a variable',
    language: 'javascript',
    rule: 'function $F(...) {\n  ...\n  g(function () { ... })\n}',
    code: 'function a() { g(function () { h() }) } //<\nconst b = function () { g(function () { h() }) } //<\nfunction c() { g(h) }\n',
  },
  {
    name: 'a call in what is returned',
    rule: 'patterns:\n  - pattern: return $F(...)\n  - pattern-not: return safe(...)',
    code: `${filler}def f():\n    return a.b(1) #<\ndef g():\n    return safe(1)\ndef h():\n    return 1\n`,
  },
  {
    name: 'operators of a root',
    rule: 'pattern-either:\n  - pattern: $X is None\n  - pattern: $X + ... \n  - pattern: not $X',
    code: 'a is None #<\na is not None\na - b\na + b + c #<\nnot a #<\n-a\n',
  },
];

describe('results', () => {
  for (const { name, language = 'python', rule, code } of cases)
    test(name, async () => {
      expect(await linesFound(language, rule, code)).toEqual(marked(code));
    });
});

describe('patterns of the generic language', () => {
  const rule = '$P://$...USER:$...WORD@$HOST';
  const apart = (lines: number): string => `ftp://a${'\n\n'.repeat(lines / 2)}:b@c\n`;
  test('ask for their words in their order', async () => {
    expect(await linesFound('generic', rule, '@ : ftp://host\nx : y\n')).toEqual([]);
    expect(await linesFound('generic', rule, 'x = 1\nftp://me:word@host\n')).toEqual([2]);
  });
  test('as near as their ellipses reach', async () => {
    expect(await linesFound('generic', rule, apart(10))).toEqual([1]);
    expect(await linesFound('generic', rule, apart(12))).toEqual([]);
  });
});

describe('an expression without what may be nothing at its ends', () => {
  const sources = ['.*a.*?b.*', '.*?x', 'a.*', '^.*a', '.*', 'a|.*b', '(?i).*A.*', '.*(a|b).*', '.*+a', '(?s).*a'];
  test('is found in the same texts', () => {
    const texts = fc.stringMatching(/^[abxA\n]{0,8}$/);
    for (const source of sources)
      for (const multiline of [false, true]) {
        const [own, other] = [source, foundWith(source, multiline)];
        const one = compileRegex(own, multiline);
        const two = compileRegex(other.source, other.multiline);
        if ('error' in one || 'error' in two) throw new Error(source);
        fc.assert(fc.property(texts, (text) => (one.regex.find(text, 0) === undefined) === (two.regex.find(text, 0) === undefined)));
      }
  });
  test('and the leading words of one that must be run step by step', () => {
    const result = compileRegex('(?:key|token)(?:[a-z ]{0,20}){0,9}(?:=|:)(?:[a-z]{0,9}){0,9}([0-9]{4,9})\\1', false);
    if ('error' in result) throw new Error(result.error);
    expect(result.regex.find('a key, tok, key: x token =ab12341234', 0)?.groups[1]).toBe('1234');
    expect(result.regex.find('tok =12341234', 0)).toBeUndefined();
  });
});
