/** Scala. */
import type { LanguageDefinition } from '../definition.js';
import { scalaImports } from './imports.js';
import { scalaLowering } from './lowering.js';
import { scalaPatterns } from './patterns.js';

export const scala: LanguageDefinition = {
  id: 'scala',
  names: ['scala'],
  grammars: [{ id: 'scala', wasm: 'tree-sitter-scala/tree-sitter-scala.wasm' }],
  files: { extensions: { '.scala': 'scala' }, editorIds: { scala: 'scala' } },
  code: {
    lowering: scalaLowering,
    patterns: scalaPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    imports: scalaImports,
    traits: { implicitReturns: true, declared: true },
  },
};
