/** JavaScript with JSX, and with types where people write them all the same. */
import type { CodeSyntax, LanguageDefinition } from '../definition.js';
import { javascriptImports } from './imports.js';
import { javascriptModules } from './modules.js';
import { javascriptLowering } from './lowering.js';
import { javascriptPatterns } from './patterns.js';

/** Shared with TypeScript: one lowering, one kind of pattern. */
export const javascriptCode: CodeSyntax = {
  lowering: javascriptLowering,
  patterns: javascriptPatterns,
  comments: { line: ['//', '#', '<!--', '-->'], block: [{ open: '/*', close: '*/' }], byMarks: true },
  imports: javascriptImports,
  modules: javascriptModules,
  traits: {
    keysAreNames: true,
    openMembers: true,
    declared: true,
    functionValues: true,
    floats: true,
    imports: 'sources',
    injected: new Set(['Injectable', 'Component']),
  },
};

export const javascript: LanguageDefinition = {
  id: 'javascript',
  names: ['javascript', 'js'],
  grammars: [{ id: 'javascript', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-javascript.wasm', fallback: 'tsx' }],
  files: {
    extensions: { '.js': 'javascript', '.jsx': 'javascript', '.mjs': 'javascript', '.cjs': 'javascript' },
    firstLine: /^#!.*(?<![-\w])(?:node|nodejs|bun)\b/,
    editorIds: { javascriptreact: 'javascript', javascript: 'javascript' },
  },
  code: javascriptCode,
};
