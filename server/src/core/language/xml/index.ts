/** XML: read by a reader of our own, lowered as HTML is. An attribute alone is a pattern, too. */
import type { LanguageDefinition, PatternSyntax, Wrapping } from '../definition.js';
import { htmlLowering } from '../html/lowering.js';
import { contentHoleAt } from '../html/patterns.js';
import { Tag } from '../tags.js';
import { childrenOf, tagOf } from '../tree.js';
import { WHOLE } from '../wrappings.js';
import { readXml } from './reader.js';

/** `name="value"` */
const attribute: Wrapping = {
  before: '<cs_c ',
  after: '\n/>',
  pick(tree) {
    const [element] = childrenOf(tree, 0);
    const attributes = element === undefined ? [] : childrenOf(tree, element).filter((child) => tagOf(tree, child) === Tag.JsxAttributes);
    return attributes.flatMap((child) => childrenOf(tree, child));
  },
};

const patterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"', escapes: false },
    { open: "'", close: "'", escapes: false },
  ],
  lineComments: [],
  holeAt: contentHoleAt,
  wrappings: (text) => (/^\s*[\w:.-]+\s*=/.test(text) ? [attribute] : [WHOLE]),
};

export const xml: LanguageDefinition = {
  id: 'xml',
  names: ['xml'],
  grammars: [{ id: 'xml', read: readXml }],
  files: { extensions: { '.xml': 'xml', '.plist': 'xml' }, editorIds: { xml: 'xml' } },
  code: {
    lowering: htmlLowering,
    patterns,
    comments: { line: [], block: [{ open: '<!--', close: '-->' }] },
  },
};
