/** java. */
import type { LanguageDefinition } from '../definition.js';
import { WHOLE } from '../wrappings.js';
import { javaLowering } from './lowering.js';
export const java: LanguageDefinition = {
  id: 'java', names: ['java'],
  grammars: [{ id: 'java', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-java.wasm' }],
  files: { extensions: { '.java': 'java' }, editorIds: { java: 'java' } },
  code: { lowering: javaLowering, patterns: { strings: [], lineComments: [], wrappings: () => [WHOLE] }, comments: { line: ['//'] } },
};
