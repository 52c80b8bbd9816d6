/** Lua. */
import type { LanguageDefinition } from '../definition.js';
import { luaLowering } from './lowering.js';
import { luaPatterns } from './patterns.js';

export const lua: LanguageDefinition = {
  id: 'lua',
  names: ['lua'],
  grammars: [{ id: 'lua', wasm: '@tree-sitter-grammars/tree-sitter-lua/tree-sitter-lua.wasm' }],
  files: { extensions: { '.lua': 'lua' }, firstLine: /^#!.*\blua/, editorIds: { lua: 'lua' } },
  code: {
    lowering: luaLowering,
    patterns: luaPatterns,
    comments: { line: ['--'], block: [{ open: '--[[', close: ']]' }] },
  },
};
