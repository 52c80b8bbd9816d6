/**
 * The text that people and assistants read as instructions inside code: comments and docstrings, delimiters stripped,
 * adjacent line comments joined, and a map from that text back to the file. Source: DESIGN section 4, `languages: [comment]`.
 */
import type { CommentSyntax } from '../language/definition.js';
import { syntaxOf } from '../language/registry.js';
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, endOf, opOf, startOf, tagOf } from '../language/tree.js';
import { Tag } from '../language/tags.js';
import type { Span } from '../model/position.js';

/** One comment as its author meant it. */
export interface CommentText {
  readonly text: string;
  /** The whole comment in the file, delimiters included. */
  readonly span: Span;
  /** Where the comment stands: a suppression counts only in real comments, not in docstrings. */
  readonly docstring: boolean;
  /** Offset in `text` -> offset in the file. */
  toFile(offset: number): number;
}

interface Piece {
  readonly text: string;
  readonly fileStart: number;
}

/** Marks of rule tests: they belong to the test, not to the comment they stand above. */
const TEST_MARK = /^\s*(?:ruleid|ok|todoruleid|todook|deepruleid|deepok|proruleid|prook)\s*:/;

export function commentTexts(tree: SyntaxTree): CommentText[] {
  const { text } = tree;
  const style = styleOf(syntaxOf(tree.grammar).comments);
  const groups: Piece[][] = [];
  let previousEnd = -1;
  let previousIndent = '';
  for (const { start, end } of tree.comments) {
    if (end <= start) continue;
    const source = text.slice(start, end);
    if (source.startsWith('\\')) continue;
    const block = style.blocks.find(({ open }) => source.startsWith(open));
    const pieces = block === undefined ? [linePiece(source, start, style.line)] : blockPieces(source, start, block);
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const indent = text.slice(lineStart, start);
    const alone = indent.trim() === '';
    const between = previousEnd < 0 ? '' : text.slice(previousEnd, lineStart);
    const mark = TEST_MARK.test(pieces[0]?.text ?? '');
    const joins = block === undefined && alone && previousEnd >= 0 && /^\r?\n$/.test(between) && indent === previousIndent && !mark;
    if (joins) groups.at(-1)?.push(...pieces);
    else groups.push(pieces);
    previousEnd = alone && block === undefined && !mark ? end : -1;
    previousIndent = indent;
  }
  const comments = groups.map((pieces) => joined(pieces, false, text));
  if (style.docstrings) for (const docstring of docstrings(tree)) comments.push(docstring);
  return comments.toSorted((a, b) => a.span.start - b.span.start);
}

interface BlockStyle {
  readonly open: string;
  readonly close: string;
  /** The opening delimiter with what decorates it, at the beginning of a comment. */
  readonly lead: RegExp;
}

interface Style {
  /** The delimiter of a line comment with what decorates it, at the beginning of a comment. */
  readonly line: RegExp;
  readonly blocks: readonly BlockStyle[];
  readonly docstrings: boolean;
}

const styles = new Map<CommentSyntax, Style>();

function styleOf(syntax: CommentSyntax): Style {
  let style = styles.get(syntax);
  if (style === undefined) {
    style = {
      // `#!` and `///` are decorated forms of `#` and `//`.
      line: new RegExp(
        `^(?:${syntax.line.map((mark) => (mark === '#' ? '#!?' : mark === '//' ? '//+[!/]?' : escaped(mark))).join('|')})[ \\t]?`,
      ),
      blocks: (syntax.block ?? []).map(({ open, close }) => ({
        open,
        close,
        lead: new RegExp(`^${escaped(open)}${open === '/*' ? '\\**!?' : ''}`),
      })),
      docstrings: syntax.docstrings === true,
    };
    styles.set(syntax, style);
  }
  return style;
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&');
}

function linePiece(source: string, start: number, delimiter: RegExp): Piece {
  const lead = delimiter.exec(source)?.[0].length ?? 0;
  const text = source.slice(lead).trimEnd();
  return { text: text.endsWith('-->') ? text.slice(0, -3) : text, fileStart: start + lead };
}

function blockPieces(source: string, start: number, style: BlockStyle): Piece[] {
  const open = style.lead.exec(source)?.[0].length ?? style.open.length;
  const close = source.endsWith(style.close) && source.length >= open + style.close.length ? style.close.length : 0;
  return linesOf(
    source.slice(Math.min(open, source.length - close), source.length - close),
    start + Math.min(open, source.length - close),
  ).map((piece) => {
    const star = /^[ \t]*\*?[ \t]?/.exec(piece.text)?.[0].length ?? 0;
    return { text: piece.text.slice(star), fileStart: piece.fileStart + star };
  });
}

function linesOf(body: string, start: number): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const line of body.split('\n')) {
    pieces.push({ text: line.endsWith('\r') ? line.slice(0, -1) : line, fileStart: start + at });
    at += line.length + 1;
  }
  return pieces;
}

function joined(pieces: readonly Piece[], docstring: boolean, file: string): CommentText {
  const starts: number[] = [];
  let text = '';
  for (const piece of pieces) {
    if (text !== '' || starts.length > 0) text += '\n';
    starts.push(text.length);
    text += piece.text;
  }
  const first = pieces[0];
  const last = pieces.at(-1);
  const start = first?.fileStart ?? 0;
  const end = last === undefined ? start : last.fileStart + last.text.length;
  return {
    text,
    span: { start: commentStart(file, start), end },
    docstring,
    toFile(offset) {
      let index = starts.length - 1;
      while (index > 0 && (starts[index] as number) > offset) index--;
      const piece = pieces[index];
      if (piece === undefined) return start;
      return Math.min(piece.fileStart + (offset - (starts[index] as number)), piece.fileStart + piece.text.length);
    },
  };
}

/** Back over the delimiter that was stripped. */
function commentStart(file: string, at: number): number {
  let start = at;
  while (start > 0 && /[#/*!<\-%;({=@ \t]/.test(file[start - 1] as string) && file[start - 1] !== '\n') start--;
  while (start < at && /[ \t]/.test(file[start] as string)) start++;
  return start;
}

/** The first string of a module, class or function body. */
function docstrings(tree: SyntaxTree): CommentText[] {
  const found: CommentText[] = [];
  for (let node = 0; node < tree.count; node++) {
    if (tagOf(tree, node) !== Tag.Block) continue;
    const first = node + 1;
    if (first >= tree.count || tree.parent[first] !== node || tagOf(tree, first) !== Tag.Str || opOf(tree, first) !== 0) continue;
    const pieces = childrenOf(tree, first)
      .filter((piece) => endOf(tree, piece) > startOf(tree, piece))
      .flatMap((piece) => linesOf(tree.text.slice(startOf(tree, piece), endOf(tree, piece)), startOf(tree, piece)));
    if (pieces.length > 0)
      found.push({ ...joined(pieces, true, tree.text), span: { start: startOf(tree, first), end: endOf(tree, first) } });
  }
  return found;
}
