/** What nodes say about names, after an edit: made of what they said before, it is what the text alone says. */
import { expect, test } from 'vitest';
import { bindingEvents, bindingEventsAfter } from '../../server/src/core/language/bindingEvents.js';
import { lowerTree } from '../../server/src/core/language/builder.js';
import { editsBetween } from '../../server/src/core/language/edit.js';
import { createNames } from '../../server/src/core/language/names.js';
import { loweringOf } from '../../server/src/core/language/registry.js';
import type { SyntaxTree } from '../../server/src/core/language/tree.js';
import type { GrammarId } from '../../server/src/core/language/raw.js';
import { readWasm } from '../../server/src/host/node/session.js';
import { createParser } from '../../server/src/host/parser/treeSitter.js';

const GRAMMARS = ['python', 'typescript', 'go', 'java'] as const;
const parser = await createParser(readWasm);
await parser.ensure(GRAMMARS);

function treeOf(text: string, grammar: GrammarId): SyntaxTree {
  const raw = parser.parse(text, grammar);
  if (raw === undefined) throw new Error('not parsed');
  return lowerTree(raw, text, loweringOf(grammar));
}

/** Functions in functions; `#` is where a line may stand, each of which speaks of the same few names. */
const SHAPES: Readonly<Record<(typeof GRAMMARS)[number], { readonly shape: string; readonly lines: readonly string[] }>> = {
  python: {
    shape:
      '#\ndef f(a):\n    #\n    def g(b):\n        #\n        return b\n    #\n    return lambda c: c\n#\nclass K:\n    #\n    def m(self):\n        #\n        pass\n#\n',
    lines: [
      'a = 1',
      'b = a',
      'global a',
      'global b',
      'nonlocal b',
      'a += 1',
      'b: int = 2',
      'self.a = b',
      'other.a = b',
      'import a',
      '(a, b) = c',
      'for a in b: pass',
      'with a() as b: pass',
      'pass',
    ],
  },
  typescript: {
    shape:
      '#\nfunction f(a) {\n  #\n  const g = (b) => {\n    #\n    return b;\n  };\n  #\n}\n#\nclass K {\n  m() {\n    #\n  }\n}\nconst o = { k: function (x) { #\n } };\n#\n',
    lines: [
      'a = 1;',
      'b = a;',
      'let a;',
      'var b = 2;',
      'const { a, b } = c;',
      'a++;',
      'b += 1;',
      'let b: number = 3;',
      'this.a = b;',
      'o.a = b;',
      'for (const a of b) {}',
      'try {} catch (b) {}',
      '[a, b] = c;',
      ';',
    ],
  },
  go: {
    shape: 'package p\n\nfunc f(a int) {\n\t#\n\tg := func(b int) {\n\t\t#\n\t}\n\t#\n\tg(a)\n}\n\nfunc (k *K) m() {\n\t#\n}\n',
    lines: ['a = 1', 'b := a', 'var a int', 'a, b := c()', 'a++', 'b += 1', 'k.a = b', 'for a := range b {\n}', '_ = a'],
  },
  java: {
    shape:
      'class K {\n  private int a;\n  K(int b) {\n    #\n  }\n  void f(int b) {\n    #\n    run(() -> {\n      #\n    });\n    #\n  }\n}\n',
    lines: ['a = 1;', 'int b = a;', 'this.a = b;', 'b++;', 'String a = "x";', 'for (int a : b) {}', 'try { f(a); } catch (E b) {}', ';'],
  },
};

test.each(GRAMMARS)('%s', (grammar) => {
  const { shape, lines } = SHAPES[grammar];
  let state = 11;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return (state >> 8) % below;
  };
  const places = shape.split('#').length - 1;
  const chosen = Array.from({ length: places }, () => [lines[next(lines.length)] as string]);
  const written = (): string => {
    const [head, ...rest] = shape.split('#') as [string, ...string[]];
    return rest.reduce((text, piece, at) => {
      const indent = /[ \t]*$/.exec(text)?.[0] ?? '';
      return `${text}${(chosen[at] as string[]).join(`\n${indent}`)}${piece}`;
    }, head);
  };
  let tree = treeOf(written(), grammar);
  let names = createNames(tree);
  let carried = 0;
  for (let done = 0; done < 400; done++) {
    const own = chosen[next(places)] as string[];
    const line = lines[next(lines.length)] as string;
    if (own.length > 3) own.splice(next(own.length), 1);
    else if (next(2) === 0) own[next(own.length)] = line;
    else own.splice(next(own.length + 1), 0, line);
    const text = written();
    const after = treeOf(text, grammar);
    const edits = editsBetween(tree, after);
    for (const edit of edits) expect(bindingEventsAfter(names.scopes.events, edit), text).toEqual(bindingEvents(after));
    const [edit] = edits;
    if (edit !== undefined) carried++;
    names = createNames(after, edit === undefined ? undefined : { names, edit });
    tree = after;
  }
  expect(carried).toBeGreaterThan(300);
});
