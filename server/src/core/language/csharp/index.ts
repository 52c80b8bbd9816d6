/** C#. */
import type { LanguageDefinition } from '../definition.js';
import { csharpLowering } from './lowering.js';
import { csharpPatterns } from './patterns.js';

export const csharp: LanguageDefinition = {
  id: 'csharp',
  names: ['csharp', 'c#', 'cs'],
  grammars: [{ id: 'c-sharp', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-c-sharp.wasm' }],
  files: { extensions: { '.cs': 'c-sharp' }, editorIds: { csharp: 'c-sharp' } },
  code: {
    lowering: csharpLowering,
    patterns: csharpPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    traits: { declared: true },
  },
};
