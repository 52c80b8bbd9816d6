/** Solidity. */
import type { LanguageDefinition } from '../definition.js';
import { solidityLowering } from './lowering.js';
import { solidityPatterns } from './patterns.js';

export const solidity: LanguageDefinition = {
  id: 'solidity',
  names: ['solidity', 'sol'],
  grammars: [{ id: 'solidity', wasm: 'tree-sitter-solidity/tree-sitter-solidity.wasm' }],
  files: { extensions: { '.sol': 'solidity' }, editorIds: { solidity: 'solidity' } },
  code: {
    lowering: solidityLowering,
    patterns: solidityPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    traits: { imports: 'sources', declared: true },
  },
};
