/** Rust. */
import type { LanguageDefinition } from '../definition.js';
import { rustImports } from './imports.js';
import { rustLowering } from './lowering.js';
import { rustPatterns } from './patterns.js';

export const rust: LanguageDefinition = {
  id: 'rust',
  names: ['rust', 'rs'],
  grammars: [{ id: 'rust', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-rust.wasm' }],
  files: { extensions: { '.rs': 'rust' }, editorIds: { rust: 'rust' } },
  code: {
    lowering: rustLowering,
    patterns: rustPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    imports: rustImports,
    flow: { lastIsValue: 'always', casesFall: false },
    traits: { implicitReturns: true, declared: true },
  },
};
