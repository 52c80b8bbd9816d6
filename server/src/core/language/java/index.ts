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
    knownTypes: {
      'Integer.parseInt': 'int',
      'Integer.valueOf': 'int',
      'Long.parseLong': 'int',
      'Long.valueOf': 'int',
      'Boolean.parseBoolean': 'bool',
      'Boolean.valueOf': 'bool',
      '.length': 'int',
      '.size': 'int',
      '.indexOf': 'int',
      '.compareTo': 'int',
      '.hashCode': 'int',
      '.equals': 'bool',
      '.equalsIgnoreCase': 'bool',
      '.isEmpty': 'bool',
      '.contains': 'bool',
      '.startsWith': 'bool',
      '.endsWith': 'bool',
    },
    traits: { declared: true },
  },
};
