/**
 * What one pass over a Python text shows without a parse, knowing strings, comments, brackets and indentation and nothing
 * else: where function bodies are, for leaving them out before parsing (`abridge.ts`), and what is comment or docstring.
 */
import type { Span } from '../../model/position.js';
import type { Outline } from '../definition.js';

interface OpenBlock {
  readonly indent: number;
  readonly kind: 'function' | 'class' | 'statement';
  /** For a function, index among the bodies, or -1 until the body begins. */
  body: number;
}

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const TAB = 9;
const FORM_FEED = 12;
const HASH = 35;
const COLON = 58;
const BACKSLASH = 92;
const DOUBLE = 34;
const SINGLE = 39;
/** As tree-sitter-python counts. */
const TAB_WIDTH = 8;

/** Undefined when strings or brackets do not close, so that nothing is certain. */
export function pythonOutline(text: string): Outline | undefined {
  const { length } = text;
  const bodies: { start: number; end: number; insideStatement: boolean }[] = [];
  const remarks: Span[] = [];
  const open: OpenBlock[] = [];
  let depth = 0;
  /** End of the last token before the current line, and on it. */
  let lastEnd = 0;
  let at = 0;
  const close = (indent: number): void => {
    for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      const body = bodies[top.body];
      if (body !== undefined) body.end = lastEnd;
    }
  };

  while (at < length) {
    // ---- the start of a logical line
    let indent = 0;
    let unit = text.charCodeAt(at);
    while (unit === SPACE || unit === TAB || unit === FORM_FEED) {
      indent = unit === FORM_FEED ? 0 : indent + (unit === TAB ? TAB_WIDTH : 1);
      unit = text.charCodeAt(++at);
    }
    if (at >= length) break;
    if (unit === NEWLINE || unit === RETURN) {
      at++;
      continue;
    }
    if (unit === HASH) {
      const start = at;
      at = lineEnd(text, at);
      remarks.push({ start, end: at });
      continue;
    }
    close(indent);
    const top = open.at(-1);
    if (top?.kind === 'function' && top.body < 0) {
      top.body = bodies.length;
      bodies.push({ start: at, end: at, insideStatement: open.some(({ kind }) => kind === 'statement') });
    }
    const kind = startsFunction(text, at) ? 'function' : text.startsWith('class', at) ? 'class' : 'statement';
    // ---- to its end
    const lineStart = at;
    let lastUnit = 0;
    for (; at < length; at++) {
      unit = text.charCodeAt(at);
      if (unit > 93 && unit !== 123 && unit !== 125) {
        lastUnit = unit;
        lastEnd = at + 1;
        continue;
      }
      if (unit === NEWLINE) {
        if (depth === 0) break;
        continue;
      }
      if (unit === SPACE || unit === TAB || unit === RETURN || unit === FORM_FEED) continue;
      if (unit === HASH) {
        const start = at;
        at = lineEnd(text, at);
        remarks.push({ start, end: at });
        at--;
        continue;
      }
      if (unit === DOUBLE || unit === SINGLE) {
        const end = stringEnd(text, at, unit);
        if (end < 0) return undefined;
        // After its prefix, if it has one.
        if (at - lineStart <= 2) remarks.push({ start: at, end });
        at = end - 1;
        lastEnd = end;
        lastUnit = unit;
        continue;
      }
      if (unit === BACKSLASH) {
        // A continued line: the break is no end.
        if (text.charCodeAt(at + 1) === RETURN) at++;
        at++;
        continue;
      }
      if (unit === 40 || unit === 91 || unit === 123) depth++;
      else if ((unit === 41 || unit === 93 || unit === 125) && --depth < 0) return undefined;
      lastUnit = unit;
      lastEnd = at + 1;
    }
    at++;
    // With anything after the colon the body is on the line itself and stays.
    if (lastUnit === COLON) open.push({ indent, kind, body: -1 });
  }
  if (depth !== 0) return undefined;
  close(0);
  return { bodies, remarks };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** After the closing quote of the string that opens at `at`, or -1. */
function stringEnd(text: string, at: number, quote: number): number {
  const triple = text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
  if (!triple && text.charCodeAt(at + 1) === quote) return at + 2;
  for (let i = at + (triple ? 3 : 1); i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === BACKSLASH) {
      if (text.charCodeAt(i + 1) === RETURN && text.charCodeAt(i + 2) === NEWLINE) i++;
      i++;
    } else if (unit === quote) {
      if (!triple) return i + 1;
      if (text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote) return i + 3;
    } else if (unit === NEWLINE && !triple) return -1;
  }
  return -1;
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
