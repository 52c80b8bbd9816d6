/** What tells functions apart from edit to edit (`taint/digests.ts`): the same for what does the same in another place, another number for each way to differ. */
import { expect, test } from 'vitest';
import { createConstants } from '../../server/src/core/language/constants.js';
import { lowerTree } from '../../server/src/core/language/builder.js';
import { createNames } from '../../server/src/core/language/names.js';
import { loweringOf } from '../../server/src/core/language/registry.js';
import type { FunctionDigest } from '../../server/src/core/formula/kept.js';
import { createFlowTree } from '../../server/src/core/taint/flowTree.js';
import { readWasm } from '../../server/src/host/node/session.js';
import { createParser } from '../../server/src/host/parser/treeSitter.js';

const parser = await createParser(readWasm);
await parser.ensure(['typescript']);

/** Of the function that is called `f`. */
function digestIn(text: string, typed = false): FunctionDigest {
  const raw = parser.parse(text, 'typescript');
  if (raw === undefined) throw new Error('not parsed');
  const tree = lowerTree(raw, text, loweringOf('typescript'));
  const names = createNames(tree);
  const code = createFlowTree(tree, names, createConstants(tree, names));
  const program = code.program();
  const id = program.functions.findIndex(({ name }) => name === 'f');
  const digest = program.digests(typed ? () => code.types() : undefined)[id];
  if (digest === undefined) throw new Error('there is no f');
  return digest;
}

const REST = 'function g(q: string) { return q; }\n';
const F = 'function f(q: string, deep = 1) {\n  const own = () => q;\n  return g(own()) + state;\n}\n';

test.each([
  ['more before it', `import { x } from './x';\n\n${REST}const state = x;\n${F}`],
  ['other code in another function', `${REST.replace('return q', 'return ask(q)')}const state = x;\n${F}`],
  ['another function before what it calls', `function h() {}\n${REST}const state = x;\n${F}`],
  ['a type that others have', `type T = string;\n${REST}const state = x;\n${F}`],
])('%s changes nothing', (_, text) => {
  expect(digestIn(text)).toEqual(digestIn(`${REST}const state = x;\n${F}`));
});

test.each([
  ['what it calls is not there any more', `const state = x;\n${F}`, 'body'],
  ['it is said in other words', `${REST}const state = x;\n${F.replace('own()', 'own')}`, 'body'],
  ['a variable of the module is set again', `${REST}let state = x;\nstate = 1;\n${F}`, 'body'],
  ['a name that nothing sets', `${REST}${F}`, 'body'],
  ['a parameter has another name', `${REST}const state = x;\n${F.replaceAll('q', 'p')}`, 'signature'],
  ['a parameter may be left out', `${REST}const state = x;\n${F.replace('q: string', "q = ''")}`, 'signature'],
  ['it stands in a class', `${REST}const state = x;\nclass C {\n  ${F.replace('function ', '')}}\n`, 'place'],
] as const)('%s', (_, text, differs) => {
  const [before, now] = [digestIn(`${REST}const state = x;\n${F}`), digestIn(text)];
  expect(now[differs]).not.toBe(before[differs]);
});

test('what types say about arguments counts where types changed', () => {
  const text = (type: string): string => `${REST}function f(q: ${type}) { return g(q); }\n`;
  expect(digestIn(text('string')).types).toBeUndefined();
  expect(digestIn(text('string'), true).types).toBe(digestIn(text('number'), true).types);
  expect(digestIn(text('string'), true).types).not.toBe(digestIn(text('Request'), true).types);
});
