/** TypeScript, with and without JSX. Lowering and patterns are JavaScript's. */
import type { LanguageDefinition } from '../definition.js';
import { javascriptCode } from '../javascript/index.js';

export const typescript: LanguageDefinition = {
  id: 'typescript',
  names: ['typescript', 'ts'],
  grammars: [
    { id: 'typescript', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-typescript.wasm' },
    { id: 'tsx', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-tsx.wasm' },
  ],
  files: {
    extensions: { '.ts': 'typescript', '.mts': 'typescript', '.cts': 'typescript', '.tsx': 'tsx' },
    firstLine: /^#!.*\b(?:tsx|ts-node|deno)\b/,
    editorIds: { typescript: 'typescript', typescriptreact: 'tsx' },
    fixtureEditorId: (path) => (/\.(?:jsx|js)$/i.test(path) ? 'typescriptreact' : 'typescript'),
  },
  code: javascriptCode,
};
