/**
 * The regular expressions of rules, behind one interface. Rules use PCRE syntax; what cannot be mapped soundly is
 * refused. Matching is bounded: an expression that could backtrack catastrophically runs on a linear-time engine, and so
 * does any other one on text with lines of a length that no person writes.
 */
import { RE2JS } from 're2js';

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** Groups by number; index 0 is the whole match; `undefined` where a group took no part. */
  readonly groups: readonly (string | undefined)[];
  readonly named: Readonly<Record<string, string | undefined>>;
}

export interface TextRegex {
  readonly source: string;
  /** First match at or after `from`. */
  find(text: string, from: number): RegexMatch | undefined;
  /** Whether a match starts exactly at 0, as PCRE's ANCHORED does. */
  matchesAtStart(text: string): RegexMatch | undefined;
}

export type RegexResult = { readonly regex: TextRegex } | { readonly error: string };

const cache = new Map<string, RegexResult>();

/** @param multiline `^` and `$` match at line breaks, as `pattern-regex` has it */
export function compileRegex(source: string, multiline: boolean): RegexResult {
  const key = `${multiline ? 'm' : '-'}${source}`;
  let result = cache.get(key);
  if (result === undefined) {
    result = compile(source, multiline);
    cache.set(key, result);
  }
  return result;
}

function compile(source: string, multiline: boolean): RegexResult {
  const translated = translate(source);
  if ('error' in translated) return translated;
  let flags = 'dgu'.replace('u', '') + translated.flags;
  if (multiline && !flags.includes('m')) flags += 'm';
  let native: RegExp;
  try {
    native = new RegExp(translated.body, flags);
  } catch (error) {
    return { error: `not a regular expression that can run here: ${messageOf(error)}` };
  }
  if (!mayBacktrackBadly(translated.body)) {
    const unbounded = /(?<!\\)[*+]|\{\d+,\}/.test(translated.body);
    return { regex: unbounded ? boundedRegex(source, translated.body, flags, native) : nativeRegex(source, native) };
  }
  if (/\(\?<?[=!]|\\[1-9]/.test(translated.body)) {
    return {
      error:
        'lookaround or a back-reference together with nested repetition can take exponential time; rewrite it without one of the two (a `pattern-not-regex` often replaces a lookahead)',
    };
  }
  try {
    return { regex: linearRegex(source, translated.body, flags) };
  } catch (error) {
    return { error: `its nested repetition needs a linear-time engine, which cannot run it: ${messageOf(error)}` };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function nativeRegex(source: string, native: RegExp): TextRegex {
  const sticky = new RegExp(native.source, native.flags.replace('g', '') + 'y');
  const toMatch = (found: RegExpExecArray): RegexMatch => ({
    start: found.index,
    end: found.index + found[0].length,
    groups: found,
    named: found.groups ?? {},
  });
  return {
    source,
    find(text, from) {
      native.lastIndex = from;
      const found = native.exec(text);
      return found === null ? undefined : toMatch(found);
    },
    matchesAtStart(text) {
      sticky.lastIndex = 0;
      const found = sticky.exec(text);
      return found === null ? undefined : toMatch(found);
    },
  };
}

/** Longer lines are not written by people; there even a harmless `\\s*x` can take quadratic time. */
const LONG_LINE = 4_000;

let lastText = '';
let lastIsLong = false;

/** Several rules ask about the same text in a row. */
function hasLongLine(text: string): boolean {
  if (text.length < LONG_LINE) return false;
  if (text !== lastText) {
    lastText = text;
    lastIsLong = false;
    for (let from = 0; from < text.length;) {
      const end = text.indexOf('\n', from);
      if ((end < 0 ? text.length : end) - from > LONG_LINE) {
        lastIsLong = true;
        break;
      }
      if (end < 0) break;
      from = end + 1;
    }
  }
  return lastIsLong;
}

/** The native engine on ordinary text, the linear one where lines are long. With lookaround there is only the native one. */
function boundedRegex(source: string, body: string, flags: string, native: RegExp): TextRegex {
  const fast = nativeRegex(source, native);
  let linear: TextRegex | undefined;
  const linearOrFast = (): TextRegex => {
    if (linear === undefined) {
      try {
        linear = linearRegex(source, body, flags);
      } catch {
        linear = fast;
      }
    }
    return linear;
  };
  const pick = (text: string): TextRegex => (hasLongLine(text) ? linearOrFast() : fast);
  return { source, find: (text, from) => pick(text).find(text, from), matchesAtStart: (text) => pick(text).matchesAtStart(text) };
}

function linearRegex(source: string, body: string, flags: string): TextRegex {
  let re2Flags = 0;
  if (flags.includes('i')) re2Flags |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) re2Flags |= RE2JS.MULTILINE;
  if (flags.includes('s')) re2Flags |= RE2JS.DOTALL;
  const pattern = RE2JS.compile(body.replaceAll('(?<', '(?P<'), re2Flags);
  const names = Object.entries(pattern.namedGroups());
  const run = (text: string, from: number, anchored: boolean): RegexMatch | undefined => {
    const matcher = pattern.matcher(text);
    const found = anchored ? matcher.lookingAt() : matcher.find(from);
    if (!found) return undefined;
    const groups: (string | undefined)[] = [];
    for (let i = 0; i <= matcher.groupCount(); i++) groups.push(matcher.group(i) ?? undefined);
    return {
      start: matcher.start(),
      end: matcher.end(),
      groups,
      named: Object.fromEntries(names.map(([name, index]) => [name, groups[index]])),
    };
  };
  return { source, find: (text, from) => run(text, from, false), matchesAtStart: (text) => run(text, 0, true) };
}

/** PCRE spelling to ECMAScript spelling, where the meaning is the same; an error where it is not. */
function translate(source: string): { readonly body: string; readonly flags: string } | { readonly error: string } {
  let body = '';
  let flags = '';
  let rest = source;
  const leading = /^\(\?([imsx]+)\)/.exec(rest);
  if (leading !== null) {
    flags = [...new Set(leading[1] ?? '')].join('');
    rest = rest.slice(leading[0].length);
  }
  const extended = flags.includes('x');
  flags = flags.replace('x', '');
  let inClass = false;
  for (let i = 0; i < rest.length; i++) {
    const two = rest.slice(i, i + 2);
    const char = rest[i] as string;
    if (char === '\\') {
      const next = rest[i + 1] ?? '';
      i++;
      if (next === 'A') body += '(?<![\\s\\S])';
      else if (next === 'Z') body += '(?=\\n?(?![\\s\\S]))';
      else if (next === 'z') body += '(?![\\s\\S])';
      else if (next === 'h') body += inClass ? ' \\t' : '[ \\t]';
      else if (next === 'a') body += '\\x07';
      else if (next === 'e') body += '\\x1b';
      else if (next === 'Q') {
        const close = rest.indexOf('\\E', i);
        const literal = close < 0 ? rest.slice(i + 1) : rest.slice(i + 1, close);
        body += literal.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
        i = close < 0 ? rest.length : close + 1;
      } else if (/[RKGXCNpP]/.test(next) && !inClass) return { error: `\\${next} is not supported` };
      else body += `\\${next}`;
      continue;
    }
    if (inClass) {
      if (two === '[:') {
        const name = /^\[:(\^?)(\w+):\]/.exec(rest.slice(i));
        const posix = name === null ? undefined : POSIX_CLASSES[name[2] ?? ''];
        if (name === null || posix === undefined || name[1] === '^') return { error: 'this POSIX class is not supported' };
        body += posix;
        i += name[0].length - 1;
        continue;
      }
      if (char === ']') inClass = false;
      body += char === '[' ? '\\[' : char;
      continue;
    }
    if (char === '[') {
      inClass = true;
      body += '[';
      if (rest[i + 1] === '^') {
        body += '^';
        i++;
      }
      // A `]` right after the opening is a literal in PCRE.
      if (rest[i + 1] === ']') {
        body += '\\]';
        i++;
      }
      continue;
    }
    if (extended && /\s/.test(char)) continue;
    if (extended && char === '#') {
      const line = rest.indexOf('\n', i);
      i = line < 0 ? rest.length : line;
      continue;
    }
    if (char === '(' && rest[i + 1] === '?') {
      if (rest.startsWith('(?P<', i)) {
        body += '(?<';
        i += 3;
        continue;
      }
      if (rest.startsWith('(?P=', i) || rest.startsWith('(?P>', i))
        return { error: 'named back-references and recursion are not supported' };
      if (rest.startsWith('(?>', i) || rest.startsWith('(?|', i) || rest.startsWith('(?(', i) || rest.startsWith('(?R', i)) {
        return { error: 'atomic groups, branch resets, conditions and recursion are not supported' };
      }
      if (rest.startsWith('(?#', i)) {
        const close = rest.indexOf(')', i);
        if (close < 0) return { error: 'an unclosed (?# comment' };
        i = close;
        continue;
      }
      const inline = /^\(\?([a-z]*)(?:-([a-z]*))?([:)])/.exec(rest.slice(i));
      if (inline !== null && inline[0] !== '(?:') {
        if (inline[3] === ')') {
          // Flags that change in the middle: sound to hoist only when they open the whole expression.
          if (/^[\s(?:^|]*$/.test(body) && inline[2] === undefined && inline[1] === 'i') {
            flags += flags.includes('i') ? '' : 'i';
            i += inline[0].length - 1;
            continue;
          }
          return { error: 'flags that change in the middle of an expression are not supported; put them first, as in (?i)abc' };
        }
        if (inline[1] === 'i' && inline[2] === undefined && i === 0 && closingParen(rest, 0) === rest.length - 1) {
          flags += flags.includes('i') ? '' : 'i';
          body += '(?:';
          i += inline[0].length - 1;
          continue;
        }
        return { error: `the group ${inline[0]} with its own flags is not supported; put the flags first, as in (?i)abc` };
      }
    }
    // Possessive quantifiers change what matches only by refusing to backtrack.
    if ((char === '+' || char === '*' || char === '?' || char === '}') && rest[i + 1] === '+') {
      return { error: 'possessive quantifiers are not supported' };
    }
    if (char === '{' && !/^\{\d+(?:,\d*)?\}/.test(rest.slice(i))) {
      body += '\\{';
      continue;
    }
    body += char;
  }
  if (inClass) return { error: 'a character class is not closed' };
  return { body, flags };
}

const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9a-fA-F',
  word: '\\w',
  blank: ' \\t',
};

function closingParen(text: string, open: number): number {
  let depth = 0;
  let inClass = false;
  for (let i = open; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (inClass) inClass = c !== ']';
    else if (c === '[') inClass = true;
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i;
  }
  return -1;
}

/**
 * Conservative: says yes for a repetition inside a repetition (`(a+)+`, `(a*b?)*`) and for a repeated alternation
 * whose branches could begin alike. Plain sequences such as `.*foo.*` are at worst quadratic in one line.
 */
function mayBacktrackBadly(body: string): boolean {
  interface Group {
    repeats: boolean;
    alternatives: number;
  }
  const stack: Group[] = [];
  let inClass = false;
  for (let i = 0; i < body.length; i++) {
    const c = body[i];
    if (c === '\\') {
      i++;
      continue;
    }
    if (inClass) {
      inClass = c !== ']';
      continue;
    }
    if (c === '[') inClass = true;
    else if (c === '(') stack.push({ repeats: false, alternatives: 1 });
    else if (c === '|') {
      const group = stack.at(-1);
      if (group !== undefined) group.alternatives++;
    } else if (c === ')') {
      const group = stack.pop();
      const quantified = /^(?:[*+]|\{\d+,\d*\})/.test(body.slice(i + 1));
      const optional = body[i + 1] === '?';
      if (group === undefined) continue;
      if (quantified && (group.repeats || group.alternatives > 1)) return true;
      const parent = stack.at(-1);
      if (parent !== undefined && (group.repeats || quantified)) parent.repeats = true;
      void optional;
    } else if (c === '*' || c === '+' || (c === '{' && /^\{\d+,\d*\}/.test(body.slice(i)))) {
      const group = stack.at(-1);
      if (group !== undefined && body[i - 1] !== ')') group.repeats = true;
    }
  }
  return false;
}
