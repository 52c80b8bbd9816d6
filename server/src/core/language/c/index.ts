/** C. */
import type { LanguageDefinition } from '../definition.js';
import { cLowering } from './lowering.js';
import { cPatterns } from './patterns.js';

export const c: LanguageDefinition = {
  id: 'c',
  names: ['c'],
  grammars: [{ id: 'c', wasm: 'tree-sitter-c/tree-sitter-c.wasm' }],
  files: { extensions: { '.c': 'c' }, editorIds: { c: 'c' } },
  code: {
    lowering: cLowering,
    patterns: cPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    traits: { imports: 'sources', declared: true, charPointers: true },
  },
};
