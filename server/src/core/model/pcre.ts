/**
 * PCRE's syntax -> a tree. Flags are resolved where they stand, classes are ranges, names are numbers, so that whoever reads
 * the tree (translation, cost, analysis) needs to know nothing about spelling. What has no place in the tree is an error.
 */
import { complement, MAX_CODE, POSIX, SHORTHANDS, union, VERTICAL, type Ranges } from './charRanges.js';

export type Pcre =
  | {
      readonly kind: 'set';
      readonly ranges: Ranges;
      /** Unicode properties, as ECMAScript spells them. */ readonly properties: readonly string[];
      readonly negated: boolean;
      readonly folded: boolean;
    }
  | { readonly kind: 'seq'; readonly items: readonly Pcre[] }
  | { readonly kind: 'alt'; readonly branches: readonly Pcre[] }
  | {
      readonly kind: 'repeat';
      readonly body: Pcre;
      readonly min: number;
      /** `Infinity` for none. */ readonly max: number;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
    }
  | { readonly kind: 'group'; readonly index: number; readonly body: Pcre }
  | { readonly kind: 'atomic'; readonly body: Pcre }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negated: boolean; readonly body: Pcre }
  | { readonly kind: 'anchor'; readonly at: Anchor }
  | { readonly kind: 'reference'; readonly index: number; readonly folded: boolean };

export type Anchor = 'text-start' | 'text-end' | 'last-line-end' | 'line-start' | 'line-end' | 'word' | 'not-word';

export interface ParsedPcre {
  readonly root: Pcre;
  readonly groupCount: number;
  readonly names: readonly (readonly [string, number])[];
}

export type PcreResult = ParsedPcre | { readonly error: string };

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
}

const MAX_REPEAT = 65_535;
const MAX_DEPTH = 200;

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, e: 27, a: 7 };

class Refusal extends Error {}

/** @param multiline `^` and `$` match at line breaks from the beginning on, as `pattern-regex` has it */
export function parsePcre(source: string, multiline: boolean): PcreResult {
  try {
    return createParser(source, multiline)();
  } catch (error) {
    if (error instanceof Refusal) return { error: error.message };
    throw error;
  }
}

function createParser(source: string, multiline: boolean): () => ParsedPcre {
  let at = 0;
  let depth = 0;
  let groupCount = 0;
  const names = new Map<string, number>();
  /** References by name or to later groups are resolved when all groups are known. */
  const pending: { readonly name: string; readonly resolve: (index: number) => void }[] = [];
  let highestReference = 0;
  const totalGroups = countGroups(source);

  const refuse = (message: string): never => {
    throw new Refusal(message);
  };
  const rest = (): string => source.slice(at);
  const startsWith = (text: string): boolean => source.startsWith(text, at);
  const take = (text: string): boolean => {
    if (!startsWith(text)) return false;
    at += text.length;
    return true;
  };
  const set = (ranges: Ranges, flags: Flags, negated = false, properties: readonly string[] = []): Pcre => ({
    kind: 'set',
    ranges,
    properties,
    negated,
    folded: flags.i && (properties.length > 0 || ranges.some(([low, high]) => low <= 122 && high >= 65)),
  });
  const literal = (code: number, flags: Flags): Pcre => set([[code, code]], flags);

  /** Branches up to `)` or the end. Flags set inside hold until there, across branches. */
  const alternation = (initial: Flags): { readonly node: Pcre; readonly flags: Flags } => {
    if (++depth > MAX_DEPTH) refuse('nested too deeply');
    const branches: Pcre[] = [];
    let flags = initial;
    for (;;) {
      const items: Pcre[] = [];
      while (at < source.length && source[at] !== '|' && source[at] !== ')') flags = sequenceItem(items, flags);
      const [only, second] = items;
      branches.push(only !== undefined && second === undefined ? only : { kind: 'seq', items });
      if (source[at] !== '|') break;
      at++;
    }
    depth--;
    const [only, second] = branches;
    return { node: only !== undefined && second === undefined ? only : { kind: 'alt', branches }, flags };
  };

  /** Adds one item, or none for comments and flags; the flags that hold after it. */
  const sequenceItem = (items: Pcre[], flags: Flags): Flags => {
    if (flags.x) {
      const skipped = /^(?:[ \t-\r]+|#[^\n]*\n?)/.exec(rest());
      if (skipped !== null) {
        at += skipped[0].length;
        return flags;
      }
    }
    if (take('(?#')) {
      const close = source.indexOf(')', at);
      if (close < 0) refuse('an unclosed (?# comment');
      at = close + 1;
      return flags;
    }
    if (take('\\E')) return flags;
    if (take('\\Q')) {
      const close = source.indexOf('\\E', at);
      const end = close < 0 ? source.length : close;
      const text = [...source.slice(at, end)];
      at = close < 0 ? end : end + 2;
      for (const [index, char] of text.entries()) {
        const node = literal(char.codePointAt(0) as number, flags);
        items.push(index === text.length - 1 ? quantified(node, flags) : node);
      }
      return flags;
    }
    const inline = /^\(\?(\^?)([imsxnUJ]*)(?:-([imsxnUJ]*))?([):])/.exec(rest());
    if (inline !== null) {
      const [whole, reset, on = '', off = '', end] = inline;
      at += whole.length;
      if (/[nUJ]/.test(on + off)) refuse(`the flag in \`${whole}\` is not supported`);
      const next = changed(reset === '^' ? { i: false, m: false, s: false, x: false } : flags, on, off);
      if (end === ')') return next;
      const { node } = alternation(next);
      if (!take(')')) refuse('a group is not closed');
      items.push(quantified(node, flags));
      return flags;
    }
    items.push(quantified(atom(flags), flags));
    return flags;
  };

  const changed = (flags: Flags, on: string, off: string): Flags => ({
    i: (flags.i || on.includes('i')) && !off.includes('i'),
    m: (flags.m || on.includes('m')) && !off.includes('m'),
    s: (flags.s || on.includes('s')) && !off.includes('s'),
    x: (flags.x || on.includes('x')) && !off.includes('x'),
  });

  const quantified = (body: Pcre, flags: Flags): Pcre => {
    let node = body;
    for (;;) {
      if (flags.x) at += /^(?:[ \t-\r]+|#[^\n]*\n?)*/.exec(rest())?.[0].length ?? 0;
      const found = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})([+?]?)/.exec(rest());
      if (found === null) return node;
      at += found[0].length;
      const char = found[0][0];
      const min = char === '*' || char === '?' ? 0 : char === '+' ? 1 : Number(found[1]);
      const max =
        char === '?'
          ? 1
          : char === '*' || char === '+'
            ? Infinity
            : found[2] === undefined
              ? min
              : found[3] === ''
                ? Infinity
                : Number(found[3]);
      if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT)) refuse('a repetition count is too large');
      if (max < min) refuse('a repetition count ends before it starts');
      // Repeating what matches no text changes nothing but whether it must hold.
      if (node.kind === 'anchor' || node.kind === 'look') {
        if (min === 0) node = { kind: 'repeat', body: node, min: 0, max: 1, mode: 'greedy' };
        continue;
      }
      node = { kind: 'repeat', body: node, min, max, mode: found[4] === '+' ? 'possessive' : found[4] === '?' ? 'lazy' : 'greedy' };
      const another = source[at];
      if (another === '*' || another === '+' || another === '?') refuse('nothing to repeat: two quantifiers in a row');
    }
  };

  const atom = (flags: Flags): Pcre => {
    const char = source[at] as string;
    switch (char) {
      case '(':
        return group(flags);
      case '[':
        return characterClass(flags);
      case '.':
        at++;
        return flags.s ? set([[0, MAX_CODE]], flags) : set([[10, 10]], { ...flags, i: false }, true);
      case '^':
        at++;
        return { kind: 'anchor', at: flags.m ? 'line-start' : 'text-start' };
      case '$':
        at++;
        return { kind: 'anchor', at: flags.m ? 'line-end' : 'last-line-end' };
      case '\\':
        return escape(flags);
      case '*':
      case '+':
      case '?':
        return refuse(`nothing to repeat before \`${char}\``);
      default: {
        const code = source.codePointAt(at) as number;
        at += code > 0xffff ? 2 : 1;
        return literal(code, flags);
      }
    }
  };

  const closed = (flags: Flags): Pcre => {
    const { node } = alternation(flags);
    if (!take(')')) refuse('a group is not closed');
    return node;
  };

  const group = (flags: Flags): Pcre => {
    if (startsWith('(*')) refuse('verbs such as `(*SKIP)` are not supported');
    if (take('(?:')) return closed(flags);
    if (take('(?>')) return { kind: 'atomic', body: closed(flags) };
    if (take('(?=')) return { kind: 'look', ahead: true, negated: false, body: closed(flags) };
    if (take('(?!')) return { kind: 'look', ahead: true, negated: true, body: closed(flags) };
    if (take('(?<=')) return { kind: 'look', ahead: false, negated: false, body: closed(flags) };
    if (take('(?<!')) return { kind: 'look', ahead: false, negated: true, body: closed(flags) };
    const named = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest());
    if (named !== null) {
      at += named[0].length;
      const name = named[1] ?? named[2] ?? '';
      if (names.has(name)) refuse(`the group name \`${name}\` is used twice`);
      const index = ++groupCount;
      names.set(name, index);
      return { kind: 'group', index, body: closed(flags) };
    }
    const back = /^\(\?P=([A-Za-z_]\w*)\)/.exec(rest());
    if (back !== null) {
      at += back[0].length;
      return byName(back[1] ?? '', flags);
    }
    if (startsWith('(?|')) refuse('branch resets `(?|` are not supported');
    if (startsWith('(?(')) refuse('conditions `(?(` are not supported');
    if (/^\(\?(?:R|[+-]?\d|&|P>)/.test(rest())) refuse('recursion is not supported');
    if (startsWith('(?')) refuse(`the group \`${rest().slice(0, 3)}\` is not supported`);
    at++;
    const index = ++groupCount;
    return { kind: 'group', index, body: closed(flags) };
  };

  const byName = (name: string, flags: Flags): Pcre => {
    const node = { kind: 'reference' as const, index: names.get(name) ?? 0, folded: flags.i };
    if (node.index === 0) {
      pending.push({
        name,
        resolve: (index) => {
          node.index = index;
        },
      });
    }
    return node;
  };

  const reference = (index: number, flags: Flags): Pcre => {
    highestReference = Math.max(highestReference, index);
    return { kind: 'reference', index, folded: flags.i };
  };

  const escape = (flags: Flags): Pcre => {
    at++;
    const char = source[at];
    if (char === undefined) return refuse('the expression ends in a backslash');
    const shorthand = shorthandAt();
    if (shorthand !== undefined) return set(shorthand.ranges, { ...flags, i: false }, shorthand.negated);
    const property = propertyAt();
    if (property !== undefined) return set([], flags, false, [property]);
    const anchors: Readonly<Record<string, Anchor>> = { A: 'text-start', Z: 'last-line-end', z: 'text-end', b: 'word', B: 'not-word' };
    const anchor = anchors[char];
    if (anchor !== undefined) {
      at++;
      return { kind: 'anchor', at: anchor };
    }
    if (char === 'N' && source[at + 1] !== '{') {
      at++;
      return set([[10, 10]], { ...flags, i: false }, true);
    }
    if (char === 'R') {
      at++;
      const pair: Pcre = { kind: 'seq', items: [literal(13, flags), literal(10, flags)] };
      return { kind: 'atomic', body: { kind: 'alt', branches: [pair, set(VERTICAL, { ...flags, i: false })] } };
    }
    if (/[KGXCNLlUu]/.test(char)) return refuse(`\\${char} is not supported`);
    const named = /^(?:k(?:<([A-Za-z_]\w*)>|\{([A-Za-z_]\w*)\}|'([A-Za-z_]\w*)')|g\{([A-Za-z_]\w*)\})/.exec(rest());
    if (named !== null) {
      at += named[0].length;
      return byName(named[1] ?? named[2] ?? named[3] ?? named[4] ?? '', flags);
    }
    const numbered = /^g(?:(\d+)|\{(-?\d+)\}|(-\d+))/.exec(rest());
    if (numbered !== null) {
      at += numbered[0].length;
      const number = Number(numbered[1] ?? numbered[2] ?? numbered[3]);
      const index = number < 0 ? groupCount + 1 + number : number;
      if (index <= 0) refuse('a back-reference before the first group');
      return reference(index, flags);
    }
    const digits = /^[1-9]\d*/.exec(rest())?.[0];
    if (digits !== undefined && (digits.length === 1 || Number(digits) <= totalGroups)) {
      at += digits.length;
      return reference(Number(digits), flags);
    }
    return literal(codeEscape(), flags);
  };

  const shorthandAt = (): { readonly ranges: Ranges; readonly negated: boolean } | undefined => {
    const char = source[at] as string;
    const ranges = SHORTHANDS[char.toLowerCase()];
    if (ranges === undefined) return undefined;
    at++;
    return { ranges, negated: char !== char.toLowerCase() };
  };

  const propertyAt = (): string | undefined => {
    const found = /^([pP])(?:\{(\^?)([A-Za-z_& ]+)\}|([A-Z]))/.exec(rest());
    if (found === null) return /^[pP]/.test(rest()) ? refuse('\\p needs the name of a property, such as \\p{L}') : undefined;
    at += found[0].length;
    const name = found[3] ?? found[4] ?? '';
    const negated = (found[1] === 'P') !== (found[2] === '^');
    const spelled = name === 'L&' ? 'LC' : /^[A-Z][a-z]?$/.test(name) ? name : name === 'Any' ? 'Any' : `Script=${name}`;
    const property = `\\${negated ? 'P' : 'p'}{${spelled}}`;
    try {
      void new RegExp(property, 'u');
    } catch {
      refuse(`the property \`${name}\` is not known`);
    }
    return property;
  };

  /** The code of an escaped character; `at` stands on the character after the backslash. */
  const codeEscape = (): number => {
    const char = source[at] as string;
    const simple = SIMPLE_ESCAPES[char];
    if (simple !== undefined) {
      at++;
      return simple;
    }
    const hex = /^x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{0,2}))/.exec(rest()) ?? /^u([0-9a-fA-F]{4})/.exec(rest());
    if (hex !== null) {
      at += hex[0].length;
      const code = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
      if (code > MAX_CODE) refuse('a character code is too large');
      return Number.isNaN(code) ? 0 : code;
    }
    const octal = /^(?:o\{([0-7]{1,7})\}|([0-7]{1,3}))/.exec(rest());
    if (octal !== null) {
      at += octal[0].length;
      return Number.parseInt(octal[1] ?? octal[2] ?? '0', 8);
    }
    if (char === 'c' && source[at + 1] !== undefined) {
      at += 2;
      return (source[at - 1] as string).toUpperCase().charCodeAt(0) ^ 64;
    }
    if (/[A-Za-z0-9]/.test(char)) refuse(`\\${char} is not supported`);
    const code = source.codePointAt(at) as number;
    at += code > 0xffff ? 2 : 1;
    return code;
  };

  const characterClass = (flags: Flags): Pcre => {
    at++;
    const negated = take('^');
    const parts: Ranges[] = [];
    const properties: string[] = [];
    let first = true;
    for (;;) {
      if (at >= source.length) refuse('a character class is not closed');
      if (source[at] === ']' && !first) break;
      first = false;
      if (take('\\E')) continue;
      if (take('\\Q')) {
        const close = source.indexOf('\\E', at);
        const end = close < 0 ? source.length : close;
        for (const char of source.slice(at, end)) parts.push([[char.codePointAt(0) as number, char.codePointAt(0) as number]]);
        at = close < 0 ? end : end + 2;
        continue;
      }
      const posix = /^\[:(\^?)([a-z]+):\]/.exec(rest());
      if (posix !== null) {
        const ranges = POSIX[posix[2] ?? ''] ?? refuse(`\`${posix[0]}\` is not a POSIX class`);
        parts.push(posix[1] === '^' ? complement(ranges) : ranges);
        at += posix[0].length;
        continue;
      }
      if (/^\[[.=]/.test(rest()) && /^\[([.=])[^\]]*\1\]/.test(rest())) refuse('collating elements are not supported');
      const low = classItem(parts, properties);
      if (low === undefined) continue;
      if (source[at] === '-' && source[at + 1] !== ']' && at + 1 < source.length) {
        const dash = at;
        at++;
        const before = parts.length;
        const high = classItem(parts, properties);
        if (high === undefined) {
          // `a-\d`: the dash is itself.
          parts.splice(before, 0, [[45, 45]]);
          parts.push([[low, low]]);
          continue;
        }
        if (high < low) refuse(`the range \`${source.slice(dash - 1, at)}\` is out of order`);
        parts.push([[low, high]]);
      } else parts.push([[low, low]]);
    }
    at++;
    return set(union(parts), flags, negated, properties);
  };

  /** One character's code; undefined when it was a set, which is then in `parts` or `properties`. */
  const classItem = (parts: Ranges[], properties: string[]): number | undefined => {
    if (source[at] !== '\\') {
      const code = source.codePointAt(at) as number;
      at += code > 0xffff ? 2 : 1;
      return code;
    }
    at++;
    if (at >= source.length) refuse('a character class is not closed');
    const shorthand = shorthandAt();
    if (shorthand !== undefined) {
      parts.push(shorthand.negated ? complement(shorthand.ranges) : shorthand.ranges);
      return undefined;
    }
    const property = propertyAt();
    if (property !== undefined) {
      properties.push(property);
      return undefined;
    }
    if (source[at] === 'b') {
      at++;
      return 8;
    }
    if (/[89]/.test(source[at] as string)) refuse(`\\${source[at] as string} is not supported in a class`);
    return codeEscape();
  };

  return () => {
    const { node } = alternation({ i: false, m: multiline, s: false, x: false });
    if (at < source.length) refuse('a `)` without its `(`');
    for (const { name, resolve } of pending) resolve(names.get(name) ?? refuse(`there is no group \`${name}\``));
    if (highestReference > groupCount) refuse(`there is no group ${highestReference}`);
    return { root: node, groupCount, names: [...names] };
  };
}

/** Enough to tell `\12` from an octal number. */
function countGroups(source: string): number {
  let count = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') {
      inClass = true;
      if (source[at + 1] === '^') at++;
      if (source[at + 1] === ']') at++;
    } else if (char === '(' && (source[at + 1] !== '?' || /^\?(?:P?<[A-Za-z_]|')/.test(source.slice(at + 1, at + 5)))) count++;
  }
  return count;
}
