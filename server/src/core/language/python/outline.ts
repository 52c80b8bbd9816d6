/**
 * What one pass over a Python text shows without a parse, knowing strings, comments, brackets and indentation and nothing
 * else: where function bodies are, for leaving them out before parsing (`abridge.ts`), and what is comment or docstring.
 */
import type { Span } from '../../model/position.js';
import type { Outline } from '../definition.js';

interface OpenBlock {
  readonly indent: number;
  readonly kind: 'function' | 'class' | 'statement';
  readonly head: number;
  /** For a function, index among the bodies, or -1 until the body begins. */
  body: number;
}

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const TAB = 9;
const FORM_FEED = 12;
const HASH = 35;
const AT = 64;
const COLON = 58;
const BACKSLASH = 92;
const DOUBLE = 34;
const SINGLE = 39;
/** As tree-sitter-python counts. */
const TAB_WIDTH = 8;

interface FoundBody {
  readonly head: number;
  start: number;
  end: number;
  readonly insideStatement: boolean;
}

interface Remark {
  readonly start: number;
  end: number;
}

/** What is known after each token. The work is spread over small functions: the compiler of the host makes one of all of it too slowly. */
interface Reader {
  readonly text: string;
  readonly length: number;
  at: number;
  /** Of open brackets. */
  depth: number;
  /** End of the last token before the current line, and on it. */
  lastEnd: number;
  /** The last token's last character. */
  lastUnit: number;
  lineStart: number;
  /** Of the decorators right before the current line; -1 where there are none. */
  decorated: number;
  /** A string does not close: nothing is certain. */
  lost: boolean;
  /** A bracket closes none, or stays open: strings and comments are what they look like, where bodies are is not certain. */
  unbalanced: boolean;
  readonly bodies: FoundBody[];
  readonly remarks: Remark[];
  /** Strings that begin a line, though no statement as it seems: one does where a bracket should have been closed before. */
  readonly maybeRemarks: Remark[];
  readonly quoted: Span[];
  readonly open: OpenBlock[];
}

/** Undefined when a string does not close, so that nothing is certain; without bodies when a bracket does not. */
export function pythonOutline(text: string): Outline | undefined {
  const reader: Reader = {
    text,
    length: text.length,
    at: 0,
    depth: 0,
    lastEnd: 0,
    lastUnit: 0,
    lineStart: 0,
    decorated: -1,
    lost: false,
    unbalanced: false,
    bodies: [],
    remarks: [],
    maybeRemarks: [],
    quoted: [],
    open: [],
  };
  while (reader.at < reader.length && !reader.lost) {
    const indent = readIndent(reader);
    if (indent >= 0) readLogicalLine(reader, indent);
  }
  if (reader.lost) return undefined;
  const { quoted, remarks, maybeRemarks } = reader;
  if (reader.unbalanced || reader.depth !== 0)
    return { bodies: [], remarks: [...remarks, ...maybeRemarks].toSorted((a, b) => a.start - b.start), quoted };
  closeBlocks(reader, 0);
  return { bodies: reader.bodies, remarks, quoted };
}

/** @returns -1 for a line without code, which it then has stepped over */
function readIndent(reader: Reader): number {
  const { text, length } = reader;
  let indent = 0;
  let { at } = reader;
  for (; at < length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === SPACE) indent++;
    else if (unit === TAB) indent += TAB_WIDTH;
    else if (unit === FORM_FEED) indent = 0;
    else if (unit === NEWLINE || unit === RETURN) {
      reader.at = at + 1;
      return -1;
    } else if (unit === HASH) {
      reader.at = readComment(reader, at);
      return -1;
    } else {
      reader.at = at;
      return indent;
    }
  }
  reader.at = at;
  return -1;
}

function readLogicalLine(reader: Reader, indent: number): void {
  const { text, at, open, bodies } = reader;
  closeBlocks(reader, indent);
  const top = open.at(-1);
  if (top?.kind === 'function' && top.body < 0) {
    top.body = bodies.length;
    bodies.push({ head: top.head, start: at, end: at, insideStatement: open.some(({ kind }) => kind === 'statement') });
  }
  const kind = startsFunction(text, at) ? 'function' : text.startsWith('class', at) ? 'class' : 'statement';
  const head = reader.decorated < 0 ? at : reader.decorated;
  reader.decorated = text.charCodeAt(at) === AT ? head : -1;
  reader.lineStart = at;
  reader.lastUnit = 0;
  readToLineEnd(reader);
  // With anything after the colon the body is on the line itself and stays.
  if (reader.lastUnit === COLON) open.push({ indent, kind, head, body: -1 });
}

/** 1 for the characters that mean something here, 2 for white space. */
const MEANING = new Uint8Array(128);
for (const unit of [NEWLINE, HASH, DOUBLE, SINGLE, BACKSLASH, 40, 41, 91, 93, 123, 125]) MEANING[unit] = 1;
for (const unit of [SPACE, TAB, RETURN, FORM_FEED]) MEANING[unit] = 2;

function readToLineEnd(reader: Reader): void {
  const { text, length } = reader;
  let { at } = reader;
  while (at < length) {
    const unit = text.charCodeAt(at);
    const meaning = unit < 128 ? (MEANING[unit] as number) : 0;
    if (meaning === 1) {
      if (unit === NEWLINE && reader.depth === 0) break;
      at = readSpecial(reader, at, unit);
      continue;
    }
    at++;
    if (meaning === 0) {
      reader.lastUnit = unit;
      reader.lastEnd = at;
    }
  }
  reader.at = at + 1;
}

/** @returns after it; the end of the text where the reader is lost */
function readSpecial(reader: Reader, at: number, unit: number): number {
  if (unit === NEWLINE) return at + 1;
  if (unit === HASH) return readComment(reader, at);
  if (unit === DOUBLE || unit === SINGLE) return readString(reader, at, unit);
  // A continued line: the break is no end.
  if (unit === BACKSLASH) return at + lengthOfBreak(reader.text, at + 1) + 1;
  if (isOpening(unit)) reader.depth++;
  else if (reader.depth > 0) reader.depth--;
  else reader.unbalanced = true;
  reader.lastUnit = unit;
  reader.lastEnd = at + 1;
  return at + 1;
}

function lengthOfBreak(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? 2 : text.charCodeAt(at) === NEWLINE ? 1 : 0;
}

function readComment({ text, length, remarks, quoted }: Reader, start: number): number {
  const found = text.indexOf('\n', start);
  const end = found < 0 ? length : found;
  remarks.push({ start, end });
  quoted.push({ start, end });
  return end;
}

function readString(reader: Reader, at: number, quote: number): number {
  const end = stringEnd(reader.text, at, quote);
  if (end < 0) {
    reader.lost = true;
    return reader.length;
  }
  noteRemark(reader, at, end);
  if (!holdsCode(reader.text, at)) reader.quoted.push({ start: at + 1, end: end - 1 });
  reader.lastEnd = end;
  reader.lastUnit = quote;
  return end;
}

/** Takes down a string that begins a statement, or would if its brackets were right. */
function noteRemark({ text, depth, lineStart, remarks, maybeRemarks }: Reader, at: number, end: number): void {
  // Before its prefix, if it has one, and the brackets around it.
  let from = at - 1;
  for (let letters = 0; letters < 2 && isLetter(text.charCodeAt(from)); letters++) from--;
  while (isSpaceOrBracket(text.charCodeAt(from))) from--;
  if (from < lineStart || (depth === 0 && text.charCodeAt(from) === COLON)) remarks.push({ start: at, end });
  else if (!goesOn(remarks, text, from, end) && !goesOn(maybeRemarks, text, from, end) && beginsLine(text, at))
    maybeRemarks.push({ start: at, end });
}

/** Strings one after the other are one: the last remark grows to `end` where nothing stands between it and `before`, inclusive. */
function goesOn(remarks: Remark[], text: string, before: number, end: number): boolean {
  const last = remarks.at(-1);
  if (last === undefined) return false;
  let at = before;
  while (at >= last.end && isBetween(text.charCodeAt(at))) at--;
  if (at >= last.end) return false;
  last.end = end;
  return true;
}

/** Whether no more than a prefix and a bracket stand before it in its line, or behind a colon. */
function beginsLine(text: string, at: number): boolean {
  let from = at - 1;
  for (let units = 0; from >= 0 && text.charCodeAt(from) !== NEWLINE && text.charCodeAt(from) !== COLON; from--)
    if (!isSpace(text.charCodeAt(from)) && ++units > 3) return false;
  return true;
}

function isBetween(unit: number): boolean {
  return isSpaceOrBracket(unit) || unit === NEWLINE || unit === BACKSLASH;
}

function isOpening(unit: number): boolean {
  return unit === 40 || unit === 91 || unit === 123;
}

function isSpaceOrBracket(unit: number): boolean {
  return isSpace(unit) || isOpening(unit) || unit === 41 || unit === 93 || unit === 125;
}

function isSpace(unit: number): boolean {
  return unit < 128 && MEANING[unit] === 2;
}

function isLetter(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
}

function closeBlocks({ open, bodies, lastEnd }: Reader, indent: number): void {
  for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
    open.pop();
    const body = bodies[top.body];
    if (body !== undefined) body.end = lastEnd;
  }
}

/** After the closing quote of the string that opens at `at`, or -1. */
function stringEnd(text: string, at: number, quote: number): number {
  const mark = quote === DOUBLE ? '"' : "'";
  const triple = mark + mark + mark;
  return text.startsWith(triple, at) ? longStringEnd(text, at + 3, triple) : shortStringEnd(text, at + 1, quote);
}

function longStringEnd(text: string, from: number, triple: string): number {
  for (let end = text.indexOf(triple, from); end >= 0; end = text.indexOf(triple, end + 1)) {
    let escapes = 0;
    while (end - 1 - escapes >= from && text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end + 3;
  }
  return -1;
}

function shortStringEnd(text: string, from: number, quote: number): number {
  const { length } = text;
  for (let i = from; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === quote) return i + 1;
    if (unit === NEWLINE) return -1;
    if (unit === BACKSLASH) i += text.startsWith('\r\n', i + 1) ? 2 : 1;
  }
  return -1;
}

/** Whether an `f` or a `t` stands in the prefix of the string that opens at `at`, or might. */
function holdsCode(text: string, at: number): boolean {
  return (at > 0 && isFormatting(text.charCodeAt(at - 1))) || (at > 1 && isFormatting(text.charCodeAt(at - 2)));
}

function isFormatting(unit: number): boolean {
  return unit === 102 || unit === 70 || unit === 116 || unit === 84;
}

function startsFunction(text: string, at: number): boolean {
  let from = at;
  if (text.startsWith('async', at)) {
    from = at + 5;
    while (text.charCodeAt(from) === SPACE || text.charCodeAt(from) === TAB) from++;
    if (from === at + 5) return false;
  }
  if (!text.startsWith('def', from)) return false;
  const after = text.charCodeAt(from + 3);
  return after === SPACE || after === TAB || after === BACKSLASH;
}
