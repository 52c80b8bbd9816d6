/** HTML patterns: a text that is one hole stands for content. */
import type { PatternSyntax } from '../definition.js';
import { ELLIPSIS, ellipsisMetavariableOf, METAVARIABLE_PREFIX, metavariableOf } from '../holes.js';
import { Tag } from '../tags.js';
import { tagOf, textOf, type SyntaxTree } from '../tree.js';
import { WHOLE } from '../wrappings.js';

/** A tag's name has no underscores. */
const TAG_NAME = /<\/?$/;

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  if (tagOf(tree, node) === Tag.Ident) {
    const name = textOf(tree, node);
    return name.startsWith('cs-mv-') ? `${METAVARIABLE_PREFIX}${name.slice('cs-mv-'.length).replaceAll('-', '_')}` : undefined;
  }
  return contentHoleAt(tree, node);
}

/** The hole that is all of an element's text. */
export function contentHoleAt(tree: SyntaxTree, node: number): string | undefined {
  if (tagOf(tree, node) !== Tag.JsxText) return undefined;
  const text = textOf(tree, node).trim();
  return text === ELLIPSIS || metavariableOf(text) !== undefined || ellipsisMetavariableOf(text) !== undefined ? text : undefined;
}

export const htmlPatterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"', escapes: false },
    { open: "'", close: "'", escapes: false },
  ],
  lineComments: [],
  spell: ({ kind, name, pattern, at }) =>
    kind === 'metavariable' && TAG_NAME.test(pattern.slice(0, at)) ? name.replaceAll('_', '-') : undefined,
  holeAt,
  unquotedStrings: true,
  wrappings: () => [WHOLE],
};
