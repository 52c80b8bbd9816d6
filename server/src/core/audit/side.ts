/**
 * One side of a changed file as the analyses read it: its text, its lowered tree where it is code of a language that we read, and where its lines are.
 * Both sides of all files of a commit are read once and shared by every analysis. What cannot be parsed has no tree, and its text is still compared.
 */
import { commentTexts, type CommentText } from '../comment/comments.js';
import { lowerTree } from '../language/builder.js';
import { identifyFile } from '../language/identify.js';
import type { GrammarId, Parser } from '../language/raw.js';
import { loweringOf } from '../language/registry.js';
import type { SyntaxTree } from '../language/tree.js';
import { createLineIndex, type LineIndex, type Span } from '../model/position.js';
import type { FileChange } from './change.js';
import { withoutUntouched, type LeftOut, type ShortSide } from './untouched.js';

/** What the analyses need from outside. */
export interface ReviewTools {
  readonly parser: Parser;
  /** Polled between files; once `true`, files that are left are compared without their trees, and named in `problems`. */
  readonly expired?: () => boolean;
  /** Sides that were read before, by path and text; the newest stay. A commit's old side is mostly the last commit's new one. */
  readonly kept?: Map<string, ReadSide>;
  /** A tree of this very text that somebody else made. */
  readonly treeOf?: (path: string, text: string) => SyntaxTree | undefined;
  /** Read all of every file, also what its change leaves alone: the same answer, later. */
  readonly whole?: boolean;
}

/** A side, and whether its code could not be parsed. */
export interface ReadSide {
  readonly side: Side;
  readonly failed: boolean;
}

export interface Side {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly tree?: SyntaxTree;
  /** Real comments only; empty without a tree. */
  readonly comments: readonly CommentText[];
  /** Comments and documenting strings, in order. */
  readonly remarks: readonly Span[];
  /** What the change leaves alone and `text` has empty lines for, in order; the same on both sides. */
  readonly left: readonly LeftOut[];
}

/** Answers once for each side, which stands in the change of a commit, in that of the next one, and maybe in the range's. */
export function oncePerSide<T>(read: (side: Side) => T): (side: Side) => T {
  const known = new WeakMap<Side, { readonly answer: T }>();
  return (side) => {
    let entry = known.get(side);
    if (entry === undefined) known.set(side, (entry = { answer: read(side) }));
    return entry.answer;
  };
}

/** A changed file with both sides read. */
export interface Pair {
  readonly change: FileChange;
  readonly before?: Side;
  readonly after?: Side;
}

/** Longer texts, in UTF-16 code units, are not parsed: they are data or generated. */
const LONGEST = 1_000_000;
/** UTF-16 code units of texts whose sides are kept. */
const KEPT = 3_000_000;

/** What was read, and one sentence for each file whose code could not be. */
export interface ReadPairs {
  readonly pairs: readonly Pair[];
  readonly problems: readonly string[];
}

/** Reads both sides of every change; `skip` names paths that are set apart. */
export async function readPairs(changes: readonly FileChange[], tools: ReviewTools, skip: ReadonlySet<string>): Promise<ReadPairs> {
  const pairs: Pair[] = [];
  const problems: string[] = [];
  for (const change of changes) {
    // With one side only, what can't be read on the other would be taken for gone.
    if (skip.has(change.path) || (change.unread !== undefined && change.status !== 'deleted')) {
      pairs.push({ change });
      continue;
    }
    const late = tools.expired?.() === true;
    const { before, after } =
      (tools.whole === true ? undefined : await readShort(change, tools, late)) ?? (await readWhole(change, tools, late));
    if (late) problems.push(`${change.path}: no time was left to compare its code`);
    else if (before?.failed === true || after?.failed === true)
      problems.push(`${change.path}: its code could not be parsed for removed checks`);
    pairs.push({
      change,
      ...(before === undefined ? {} : { before: before.side }),
      ...(after === undefined ? {} : { after: after.side }),
    });
  }
  return { pairs, problems };
}

interface ReadSides {
  readonly before?: ReadSide | undefined;
  readonly after?: ReadSide | undefined;
}

async function readWhole(change: FileChange, tools: ReviewTools, late: boolean): Promise<ReadSides> {
  const { before, after, path, oldPath = path } = change;
  const was = before === undefined ? undefined : await readSide(oldPath, before, tools, late);
  const is = after === undefined ? undefined : await readSide(path, after, tools, late);
  if (was === undefined || is === undefined || was.failed === is.failed) return { before: was, after: is };
  // What only one side has would be taken for gone, or for new.
  return { before: unparsed(was.side), after: unparsed(is.side) };
}

function unparsed({ path, text, lines, left }: Side): ReadSide {
  return { side: { path, text, lines, comments: [], remarks: [], left }, failed: true };
}

/** Without what the change leaves alone; undefined where that is nothing, or where what is left is no valid code. */
async function readShort(change: FileChange, { parser }: ReviewTools, late: boolean): Promise<ReadSides | undefined> {
  const short = late ? undefined : withoutUntouched(change);
  if (short === undefined) return undefined;
  const read = async (path: string, side: ShortSide): Promise<ReadSide> => readNew(path, side.text, parser, late, undefined, side.left);
  const before = await read(change.oldPath ?? change.path, short.before);
  const after = await read(change.path, short.after);
  return [before, after].some(({ side, failed }) => failed || (side.tree?.problems.length ?? 0) > 0) ? undefined : { before, after };
}

async function readSide(path: string, text: string, { parser, kept, treeOf }: ReviewTools, late: boolean): Promise<ReadSide> {
  const key = `${path}\0${text}`;
  const known = kept?.get(key);
  if (known !== undefined) return known;
  const read = await readNew(path, text, parser, late, treeOf);
  if (kept !== undefined && !late) {
    kept.set(key, read);
    let length = 0;
    for (const each of kept.keys()) length += each.length;
    for (const oldest of kept.keys()) {
      if (length <= KEPT || oldest === key) break;
      kept.delete(oldest);
      length -= oldest.length;
    }
  }
  return read;
}

async function readNew(
  path: string,
  text: string,
  parser: Parser,
  late: boolean,
  treeOf: ReviewTools['treeOf'],
  left: readonly LeftOut[] = [],
): Promise<ReadSide> {
  const plain: Side = { path, text, lines: createLineIndex(text), comments: [], remarks: [], left };
  const file = identifyFile(path, text.slice(0, 200).split(/\r?\n/, 1)[0] ?? '');
  if (file.kind !== 'code' || late) return { side: plain, failed: false };
  if (text.length > LONGEST) return { side: plain, failed: true };
  const made = treeOf?.(path, text);
  const tree = made?.grammar === file.grammar ? made : await parseText(text, file.grammar, parser);
  if (tree === undefined) return { side: plain, failed: true };
  const remarks = commentTexts(tree);
  return {
    side: { ...plain, tree, comments: remarks.filter(({ docstring }) => !docstring), remarks: remarks.map(({ span }) => span) },
    failed: false,
  };
}

async function parseText(text: string, grammar: GrammarId, parser: Parser): Promise<SyntaxTree | undefined> {
  await parser.ensure([grammar]);
  const raw = parser.parse(text, grammar);
  return raw === undefined ? undefined : lowerTree(raw, text, loweringOf(grammar));
}

/** 1-based line of an offset. */
export function lineAt(side: Side, offset: number): number {
  return side.lines.positionAt(offset).line + 1;
}

/** A 1-based line's text without white space around it, at most 200 UTF-16 code units. */
export function lineText(side: Side, line: number): string {
  const { start, end } = side.lines.lineSpan(line - 1);
  return side.text.slice(start, end).trim().slice(0, 200);
}

/** Where a 1-based line of the parent's file stands, or stood, in the commit's: the line itself, or the first of the hunk that took it away. */
export function lineAfter(change: FileChange, line: number): number {
  let shift = 0;
  for (const hunk of change.hunks) {
    const first = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
    if (line < first) break;
    if (line < first + hunk.oldLines) {
      if (hunk.newLines === 0) return Math.max(1, hunk.newStart);
      return hunk.newStart + Math.min(line - first, hunk.newLines - 1);
    }
    shift += hunk.newLines - hunk.oldLines;
  }
  return Math.max(1, line + shift);
}
