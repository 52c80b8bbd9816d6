/** Kotlin. */
import type { LanguageDefinition } from '../definition.js';
import { kotlinImports } from './imports.js';
import { kotlinLowering } from './lowering.js';
import { kotlinPatterns } from './patterns.js';

export const kotlin: LanguageDefinition = {
  id: 'kotlin',
  names: ['kotlin', 'kt'],
  grammars: [{ id: 'kotlin', wasm: '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm' }],
  files: { extensions: { '.kt': 'kotlin', '.kts': 'kotlin' }, editorIds: { kotlin: 'kotlin' } },
  code: {
    lowering: kotlinLowering,
    patterns: kotlinPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    imports: kotlinImports,
    flow: { lastIsValue: 'inline', casesFall: false },
    traits: { declared: true },
  },
};
