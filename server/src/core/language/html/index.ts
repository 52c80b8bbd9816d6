/** HTML. */
import type { LanguageDefinition } from '../definition.js';
import { htmlLowering } from './lowering.js';
import { htmlPatterns } from './patterns.js';

export const html: LanguageDefinition = {
  id: 'html',
  names: ['html'],
  grammars: [{ id: 'html', wasm: 'tree-sitter-html/tree-sitter-html.wasm' }],
  files: { extensions: { '.html': 'html', '.htm': 'html' }, editorIds: { html: 'html' } },
  code: {
    lowering: htmlLowering,
    patterns: htmlPatterns,
    comments: { line: [], block: [{ open: '<!--', close: '-->' }] },
  },
};
