/** Java. */
import type { LanguageDefinition } from '../definition.js';
import { javaImports } from './imports.js';
import { javaLowering } from './lowering.js';
import { javaPatterns } from './patterns.js';

export const java: LanguageDefinition = {
  id: 'java',
  names: ['java'],
  grammars: [{ id: 'java', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-java.wasm' }],
  files: { extensions: { '.java': 'java' }, editorIds: { java: 'java' } },
  code: {
    lowering: javaLowering,
    patterns: javaPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    imports: javaImports,
    flow: { accessors: true },
    traits: { declared: true },
  },
};
