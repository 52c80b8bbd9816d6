/**
 * Blocks of a text that stand in curly brackets, and its comments, found in one pass that knows strings, comments and brackets and nothing else. For comparing two
 * versions of a file: what is the same on both sides is left out on both, so a block that is none harms little. A text whose brackets do not close has no blocks.
 */
import type { Span } from '../model/position.js';
import type { GrammarId } from './raw.js';

export interface Blocks {
  /** In the order in which they open. */
  readonly blocks: readonly Block[];
  readonly comments: readonly Span[];
}

/** What stands between curly brackets. */
export interface Block extends Span {
  /** 0-based lines of the brackets. */
  readonly first: number;
  readonly last: number;
  /** Index of the block around it among the blocks, -1 for none. */
  readonly around: number;
  /** The text between the last line end or bracket and the opening one, as it is. */
  readonly head: string;
  /** Whether it is code inside a text in back quotes. */
  readonly inTemplate: boolean;
}

interface Style {
  /** What stands in back quotes: code between `${` and `}`, or nothing but text. */
  readonly backQuote?: 'template' | 'raw';
  /** A `/` may begin a regular expression. */
  readonly regexes?: boolean;
  /** `'` is a character or a lifetime, never a longer string. */
  readonly characters?: boolean;
  /** Three quotes are a string over several lines. */
  readonly tripled?: boolean;
}

const SCRIPT: Style = { backQuote: 'template', regexes: true };
const STYLES: Readonly<Record<GrammarId, Style | undefined>> = {
  javascript: SCRIPT,
  typescript: SCRIPT,
  tsx: SCRIPT,
  go: { backQuote: 'raw', characters: true },
  java: { characters: true, tripled: true },
  kotlin: { characters: true, tripled: true },
  scala: { characters: true, tripled: true },
  rust: { characters: true },
  c: { characters: true },
  cpp: { characters: true },
};

const NEWLINE = 10;
const DOUBLE = 34;
const DOLLAR = 36;
const SINGLE = 39;
const STAR = 42;
const SLASH = 47;
const BACKSLASH = 92;
const BACK_QUOTE = 96;
const OPEN = 123;
const CLOSE = 125;
const LONGEST_HEAD = 400;

interface OpenBlock {
  readonly index: number;
  /** Whether it is code inside a template: its end goes on with the template. */
  readonly inTemplate: boolean;
}

interface Reader {
  readonly text: string;
  readonly style: Style;
  at: number;
  line: number;
  /** Where the head of the next block begins. */
  headAt: number;
  /** The last character that is no white space. */
  last: number;
  readonly blocks: (Block & { last: number; end: number })[];
  readonly comments: Span[];
  readonly open: OpenBlock[];
  lost: boolean;
}

/** Undefined where they do not close, or the language has none. */
export function blocksOf(text: string, grammar: GrammarId): Blocks | undefined {
  const style = STYLES[grammar];
  if (style === undefined) return undefined;
  const reader: Reader = { text, style, at: 0, line: 0, headAt: 0, last: 0, blocks: [], comments: [], open: [], lost: false };
  while (reader.at < text.length && !reader.lost) step(reader);
  return reader.lost || reader.open.length > 0 ? undefined : { blocks: reader.blocks, comments: reader.comments };
}

/** What needs a second look; everything else is passed over. */
const SPECIAL = new Uint8Array(128);
for (const unit of [NEWLINE, DOUBLE, SINGLE, SLASH, BACK_QUOTE, OPEN, CLOSE]) SPECIAL[unit] = 1;

function step(reader: Reader): void {
  const { text, style } = reader;
  const { length } = text;
  let { at, last } = reader;
  let unit = 0;
  for (; at < length; at++) {
    unit = text.charCodeAt(at);
    if (unit < 128 && SPECIAL[unit] === 1) break;
    if (unit > 32) last = unit;
  }
  reader.at = at + 1;
  reader.last = last;
  if (at >= length) return;
  switch (unit) {
    case NEWLINE:
      reader.line++;
      return;
    case SLASH:
      readSlash(reader, at);
      return;
    case DOUBLE:
    case SINGLE:
      readString(reader, at, unit);
      return;
    case BACK_QUOTE:
      if (style.backQuote !== undefined) readBackQuoted(reader);
      return;
    case OPEN:
      openBlock(reader, at, false);
      return;
    default:
      closeBlock(reader, at);
  }
}

function openBlock(reader: Reader, at: number, inTemplate: boolean): void {
  const { blocks, open, text, line } = reader;
  const around = open.at(-1)?.index ?? -1;
  open.push({ index: blocks.length, inTemplate });
  blocks.push({
    start: at + 1,
    end: at + 1,
    first: line,
    last: line,
    around,
    head: text.slice(Math.max(reader.headAt, at - LONGEST_HEAD), at),
    inTemplate,
  });
  reader.headAt = at + 1;
  reader.last = OPEN;
}

function closeBlock(reader: Reader, at: number): void {
  const closed = reader.open.pop();
  const block = closed === undefined ? undefined : reader.blocks[closed.index];
  if (closed === undefined || block === undefined) {
    reader.lost = true;
    return;
  }
  block.last = reader.line;
  block.end = at;
  reader.headAt = at + 1;
  reader.last = CLOSE;
  if (closed.inTemplate) readBackQuoted(reader);
}

function readLineComment(reader: Reader, at: number): void {
  const end = reader.text.indexOf('\n', reader.at);
  reader.at = end < 0 ? reader.text.length : end;
  reader.comments.push({ start: at, end: reader.at });
}

function countLines(reader: Reader, to: number): void {
  const { text } = reader;
  for (let at = text.indexOf('\n', reader.at); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) reader.line++;
  reader.at = to;
}

/** Signs and words after which a value comes, so that a `/` begins a regular expression. */
const BEFORE_VALUE = new Set([...'(,=:[!&|?{};+-*%~^<>'].map((sign) => sign.charCodeAt(0)));

function readSlash(reader: Reader, at: number): void {
  const { text, style } = reader;
  const next = text.charCodeAt(at + 1);
  if (next === SLASH) readLineComment(reader, at);
  else if (next === STAR) {
    const end = text.indexOf('*/', at + 2);
    if (end < 0) reader.lost = true;
    else {
      countLines(reader, end + 2);
      reader.comments.push({ start: at, end: end + 2 });
    }
  } else if (
    style.regexes === true &&
    (BEFORE_VALUE.has(reader.last) || reader.last === 0 || /\b(?:return|typeof|case|in|of)\s*$/.test(text.slice(Math.max(0, at - 12), at)))
  ) {
    const end = endOfRegex(text, at + 1);
    if (end > 0) reader.at = end;
    reader.last = SLASH;
  } else reader.last = SLASH;
}

/** After the closing `/`; -1 where there is none on the line. */
function endOfRegex(text: string, from: number): number {
  let inClass = false;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === NEWLINE) return -1;
    if (unit === BACKSLASH) at++;
    else if (unit === 91) inClass = true;
    else if (unit === 93) inClass = false;
    else if (unit === SLASH && !inClass) return at + 1;
  }
  return -1;
}

function readString(reader: Reader, at: number, quote: number): void {
  const { text, style } = reader;
  reader.last = quote;
  if (style.tripled === true && quote === DOUBLE && text.startsWith('"""', at)) {
    const end = text.indexOf('"""', at + 3);
    if (end < 0) reader.lost = true;
    else countLines(reader, end + 3);
    return;
  }
  if (style.characters === true && quote === SINGLE) {
    const character = /^'(?:\\(?:u\{[\da-fA-F]+\}|.[\da-fA-F]{0,8})|[^\\'\n]{1,2})'/.exec(text.slice(at, at + 16));
    if (character !== null) reader.at = at + character[0].length;
    return;
  }
  for (let end = at + 1; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit === quote) {
      reader.at = end + 1;
      return;
    }
    // One that does not close on its line is no string, such as an apostrophe between tags.
    if (unit === NEWLINE) return;
    if (unit === BACKSLASH) {
      end++;
      if (text.charCodeAt(end) === NEWLINE) reader.line++;
    }
  }
}

function readBackQuoted(reader: Reader): void {
  const { text, style } = reader;
  reader.last = BACK_QUOTE;
  for (let at = reader.at; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === NEWLINE) reader.line++;
    else if (unit === BACK_QUOTE) {
      reader.at = at + 1;
      return;
    } else if (style.backQuote === 'template' && unit === BACKSLASH) at++;
    else if (style.backQuote === 'template' && unit === DOLLAR && text.charCodeAt(at + 1) === OPEN) {
      reader.at = at + 2;
      openBlock(reader, at + 1, true);
      return;
    }
  }
  reader.lost = true;
}
