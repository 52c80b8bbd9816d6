/** Any text, matched word by word (`document.ts`). Its rules look at every file, whatever else it is. */
import type { GrammarInfo, RawTree } from '../raw.js';
import type { LanguageDefinition } from '../definition.js';
import { wrap } from '../handlers.js';
import { Tag } from '../tags.js';
import { WHOLE } from '../wrappings.js';

const GRAMMAR: GrammarInfo = { id: 'generic', kinds: ['document'], named: [true], fields: [''] };

/** One node for the whole text: what it holds is read when it is matched. */
function read(text: string): RawTree {
  return {
    grammar: GRAMMAR,
    count: 1,
    kind: new Uint16Array([0]),
    field: new Uint8Array([0]),
    start: new Uint32Array([0]),
    end: new Uint32Array([text.length]),
    next: new Uint32Array([1]),
    missing: new Uint8Array([0]),
    hasError: false,
  };
}

export const generic: LanguageDefinition = {
  id: 'generic',
  names: ['generic'],
  grammars: [{ id: 'generic', read }],
  files: { extensions: {}, editorIds: {} },
  code: {
    lowering: { handlers: { document: wrap(Tag.Block) }, comments: [], roles: {} },
    patterns: { strings: [], lineComments: [], wrappings: () => [WHOLE], byWords: true },
    comments: { line: [] },
  },
};
