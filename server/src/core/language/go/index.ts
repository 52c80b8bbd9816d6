/** Go. */
import type { LanguageDefinition } from '../definition.js';
import { goImports } from './imports.js';
import { goLowering } from './lowering.js';
import { goPatterns } from './patterns.js';

export const go: LanguageDefinition = {
  id: 'go',
  names: ['go', 'golang'],
  grammars: [{ id: 'go', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm' }],
  files: { extensions: { '.go': 'go' }, editorIds: { go: 'go' } },
  code: {
    lowering: goLowering,
    patterns: goPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    imports: goImports,
    flow: { casesFall: false },
    traits: { imports: 'sources', declared: true },
  },
};
