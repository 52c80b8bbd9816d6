/** Languages of plain text, whose rules hold regular expressions only: any file, comments, and Markdown with its like. */
import type { LanguageDefinition } from '../definition.js';

const none = { extensions: {}, editorIds: {} };

export const regex: LanguageDefinition = { id: 'regex', names: ['regex', 'none'], grammars: [], files: none };
export const comment: LanguageDefinition = { id: 'comment', names: ['comment'], grammars: [], files: none };
/** Its files are told in `identify.ts`: instructions to assistants have many names. */
export const prose: LanguageDefinition = {
  id: 'prose',
  names: ['prose'],
  grammars: [],
  files: { ...none, fixtureEditorId: () => 'markdown' },
};
