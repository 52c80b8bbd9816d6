/** C++; its lowering and its patterns are those of C. Headers are read as C++, which is nearly a superset. */
import { cLowering } from '../c/lowering.js';
import { cPatterns } from '../c/patterns.js';
import type { LanguageDefinition } from '../definition.js';

export const cpp: LanguageDefinition = {
  id: 'cpp',
  names: ['cpp', 'c++'],
  grammars: [{ id: 'cpp', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-cpp.wasm' }],
  files: {
    extensions: { '.cpp': 'cpp', '.cc': 'cpp', '.cxx': 'cpp', '.c++': 'cpp', '.h': 'cpp', '.hpp': 'cpp', '.hh': 'cpp', '.hxx': 'cpp' },
    editorIds: { cpp: 'cpp' },
  },
  code: {
    lowering: cLowering,
    patterns: cPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    traits: { imports: 'sources', declared: true, charPointers: true },
  },
};
