/**
 * YAML patterns. An ellipsis on a line of its own is an entry like its neighbours: of a sequence where these begin with a dash at its column, of a
 * mapping otherwise. A pattern of one entry asks for that entry, in whatever mapping or sequence it stands.
 */
import type { HoleContext, PatternSyntax, Wrapping } from '../definition.js';
import { ELLIPSIS } from '../holes.js';
import { Tag } from '../tags.js';
import { childrenOf, endOf, startOf, tagOf, textOf, type SyntaxTree } from '../tree.js';

const HOLE = /^cs_(?:mv_\w+|em_\w+|ellipsis)$/;

/** Columns at which a line opens an entry: of each dash, and of what follows the dashes. */
function entriesOf(line: string): { readonly dashes: readonly number[]; readonly content: number; readonly text: string } {
  const dashes: number[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ') at++;
    if (line[at] !== '-' || !/[\s]|$/.test(line[at + 1] ?? '\n')) break;
    dashes.push(at);
    at++;
  }
  return { dashes, content: at, text: line.slice(at).trim() };
}

/** Whether entries at this column are those of a sequence, by the nearest line that has one there; undefined when none has. */
function isSequenceAt(lines: readonly string[], from: number, step: 1 | -1, column: number): boolean | undefined {
  for (let at = from + step; at >= 0 && at < lines.length; at += step) {
    const line = lines[at] as string;
    if (line.trim() === '') continue;
    const { dashes, content, text } = entriesOf(line);
    if (dashes.includes(column)) return true;
    if (content === column && text !== '...') return false;
    if (Math.min(content, ...dashes) < column) return undefined;
  }
  return undefined;
}

function spell({ kind, name, pattern, at, end, inString }: HoleContext): string | undefined {
  if (kind !== 'ellipsis' || inString) return undefined;
  const lines = pattern.split('\n');
  const row = pattern.slice(0, at).split('\n').length - 1;
  const lineStart = pattern.lastIndexOf('\n', at - 1) + 1;
  const before = pattern.slice(lineStart, at);
  const rest = (pattern.slice(end).split('\n', 1)[0] ?? '').trim();
  if (!/^[\s-]*$/.test(before) || (rest !== '' && !rest.startsWith('#'))) return undefined;
  const entry = `${name}: ${name}`;
  if (before.includes('-')) return entry;
  const sequence = isSequenceAt(lines, row, -1, before.length) ?? isSequenceAt(lines, row, 1, before.length) ?? false;
  return sequence ? `- ${entry}` : entry;
}

/** A plain scalar that is a hole, and a mapping of nothing but `...`. */
function holeAt(tree: SyntaxTree, node: number): string | undefined {
  const tag = tagOf(tree, node);
  const text = textOf(tree, node);
  if (tag === Tag.Str) {
    const [only] = childrenOf(tree, node);
    const isPlain = only !== undefined && startOf(tree, only) === startOf(tree, node) && endOf(tree, only) === endOf(tree, node);
    return isPlain && HOLE.test(text) ? text : undefined;
  }
  if (tag !== Tag.Dict) return undefined;
  const [only, ...others] = childrenOf(tree, node);
  return only !== undefined && others.length === 0 && textOf(tree, only) === `${ELLIPSIS}: ${ELLIPSIS}` ? ELLIPSIS : undefined;
}

const document: Wrapping = {
  before: '',
  after: '\n',
  pick(tree) {
    const [root, second] = childrenOf(tree, 0);
    if (root === undefined || second !== undefined) return [];
    const tag = tagOf(tree, root);
    const [only, ...others] = childrenOf(tree, root);
    return (tag === Tag.Dict || tag === Tag.List) && only !== undefined && others.length === 0 ? [only] : [root];
  },
};

export const yamlPatterns: PatternSyntax = {
  strings: [
    { open: '"', close: '"' },
    { open: "'", close: "'", escapes: false },
  ],
  lineComments: [],
  spell,
  holeAt,
  wrappings: () => [document],
  unquotedStrings: true,
};
