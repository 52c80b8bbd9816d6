/** PHP. */
import type { LanguageDefinition } from '../definition.js';
import { phpImports } from './imports.js';
import { phpLowering } from './lowering.js';
import { phpPatterns } from './patterns.js';

export const php: LanguageDefinition = {
  id: 'php',
  names: ['php'],
  grammars: [{ id: 'php', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-php.wasm' }],
  files: { extensions: { '.php': 'php', '.phtml': 'php' }, firstLine: /^#!.*\bphp\b/, editorIds: { php: 'php' } },
  code: {
    lowering: phpLowering,
    patterns: phpPatterns,
    comments: { line: ['//', '#'], block: [{ open: '/*', close: '*/' }] },
    imports: phpImports,
    opening: (text) => (/^\s*<\?(?:php|=)?\s/.test(text) ? '' : '<?php '),
    flow: { self: '$this', casesBind: false },
    traits: { arithmetic: true, caselessNames: true },
  },
};
