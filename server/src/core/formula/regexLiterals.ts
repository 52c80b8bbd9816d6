/**
 * Strings of which every match of a regular expression must contain at least one, per clause: read off its structure.
 * Over-approximates: no clause where the structure says nothing.
 */
import { parsePcre, type Pcre } from '../model/pcre.js';
import { stringsOf } from './regexStrings.js';

/** What a text must contain: a name as a whole word, a name that is called, any stretch of text, or text in any case. */
export interface Literal {
  readonly kind: 'word' | 'called' | 'part' | 'folded';
  /** In lower case for `folded`. */
  readonly text: string;
}

/** One of these must occur. */
export type Clause = readonly Literal[];

/** They are all looked for in one pass, however many there are. */
const MAX_ALTERNATIVES = 200;
/** Of one stretch of a match, spelled out. */
const MAX_SPELLINGS = 128;
const MIN_LENGTH = 2;

export function clausesOfRegex(source: string): readonly Clause[] {
  const parsed = parsePcre(source, true);
  if ('error' in parsed) return [];
  return clausesOf(parsed.root).map((clause) => clause.map((text) => ({ kind: 'folded' as const, text })));
}

/** In lower case. */
type Words = readonly string[];

function clausesOf(node: Pcre): readonly Words[] {
  switch (node.kind) {
    case 'seq':
      return clausesOfSequence(node.items);
    case 'alt':
      return clausesOfBranches(node.branches);
    case 'group':
    case 'atomic':
      return clausesOf(node.body);
    case 'repeat':
      return node.min === 0 ? [] : clausesOf(node.body);
    case 'set':
    case 'look':
    case 'anchor':
    case 'reference':
      return [];
  }
}

function clausesOfSequence(items: readonly Pcre[]): readonly Words[] {
  const clauses: Words[] = [];
  let run: Words = [''];
  const flush = (): void => {
    if (run.every((text) => text.length >= MIN_LENGTH)) clauses.push(run);
    run = [''];
  };
  /** @param before whether what came before ends where this begins */
  const add = (strings: Words | undefined, before = true): boolean => {
    if (strings === undefined) return false;
    const spelled = [...new Set(strings.map((text) => text.toLowerCase()))];
    if (!before || run.length * spelled.length > MAX_SPELLINGS) flush();
    if (spelled.length > MAX_SPELLINGS) return false;
    run = run.flatMap((start) => spelled.map((end) => start + end));
    return true;
  };
  for (const item of items.flatMap(flattened)) {
    if (add(stringsOf(item))) continue;
    // What repeats begins right here, and what follows it comes right after it.
    const again = item.kind === 'repeat' && item.min > 0 ? stringsOf(item.body) : undefined;
    if (again !== undefined && add(again)) {
      flush();
      if (!add(again, false)) flush();
      continue;
    }
    flush();
    clauses.push(...clausesOf(item));
  }
  flush();
  return clauses.filter((clause, at) => !clauses.some((other, place) => place < at && sameWords(clause, other)));
}

function sameWords(a: Words, b: Words): boolean {
  return a.length === b.length && a.every((word, at) => word === b[at]);
}

function flattened(node: Pcre): readonly Pcre[] {
  if (node.kind === 'group') return flattened(node.body);
  return node.kind === 'seq' ? node.items.flatMap(flattened) : [node];
}

/** The best clause of each branch, taken together. */
function clausesOfBranches(branches: readonly Pcre[]): readonly Words[] {
  const union: string[] = [];
  for (const branch of branches) {
    const best = clausesOf(branch).toSorted((a, b) => frequency(a) - frequency(b))[0];
    if (best === undefined) return [];
    union.push(...best);
  }
  return union.length > MAX_ALTERNATIVES ? [] : [[...new Set(union)]];
}

/** Roughly, on a logarithmic scale: how often one of them may stand in a text. */
function frequency(words: Words): number {
  return Math.log2(words.length) - 2 * Math.min(...words.map((word) => word.length));
}

/**
 * The expression without what looks at its surroundings (anchors, word boundaries) and without "anything" at its ends:
 * where a part of a text matches the original, the whole text contains a match of this. Only for expressions that then
 * repeat nothing but white space and the rest of a word, so that looking through a whole file stays cheap; undefined for all others.
 */
export function containedIn(source: string): string | undefined {
  const flags = /^\(\?([a-z]+)\)/.exec(source)?.[0] ?? '';
  if (/\(\?(?!:)|\\[1-9QGKpP]/.test(source.slice(flags.length)) || flags.includes('x')) return undefined;
  // A repeated class at the start, or an optional group at either end, may as well be absent.
  const body = source
    .slice(flags.length)
    .replace(/^(?:\^|\\A)?(?:\[(?:\\.|[^\]\\])*\]|\\[wWsSdD]|\.)[*+]\??(?:\\b)?(?:\\w\*)?/, '')
    .replace(/^\(\?:(?:\.|\\w)\*(?:\[[^\]]*\])?\)\?/, '')
    .replace(/(?:\(\?:\\\(\.\*\\\)\)\?|\.\*)\$?$/, '');
  let result = '';
  let inClass = false;
  for (let at = 0; at < body.length; at++) {
    const c = body[at] as string;
    if (c === '\\') {
      const next = body[at + 1] ?? '';
      at++;
      if (!inClass && /[bBAzZ]/.test(next)) continue;
      result += c + next;
      // After a plain name `\w*` ends with the word: cheap too.
      const afterName = next === 'w' && /[A-Za-z0-9_)]$/.test(result.slice(0, -2));
      if (!inClass && /[*+{]/.test(body[at + 1] ?? '') && next !== 's' && !afterName) return undefined;
      if (!inClass && /[*+]/.test(body[at + 1] ?? '')) {
        result += body[at + 1];
        at++;
      }
    } else if (inClass) {
      result += c;
      if (c !== ']') continue;
      inClass = false;
      // After a plain character `[a-z]*` ends with the word, or nearly: cheap.
      const repeat = body[at + 1] ?? '';
      if ((repeat === '*' || repeat === '+') && /[\w/-]\[[\w.-]+\]$/.test(result)) {
        result += repeat;
        at++;
      }
    } else if (c === '[') {
      inClass = true;
      result += c;
    } else if (c === '*' || c === '+' || (c === '{' && /^\{\d+,\d*\}/.test(body.slice(at)))) {
      // What follows the last "anything" is not asked for: it may be anything.
      return undefined;
    } else if (c !== '^' && c !== '$') result += c;
  }
  return result === '' || /(?:^|[(|])[?{]/.test(result.replaceAll('(?:', '(')) ? undefined : flags + result;
}

/**
 * An expression that finds something in exactly the texts in which `source` does, without the "anything" before and after: with it the
 * engine reads every text from end to end.
 */
export function foundWith(source: string, multiline: boolean): { readonly source: string; readonly multiline: boolean } {
  const flags = /^\(\?([a-z]+)\)/.exec(source)?.[0] ?? '';
  if (!flags.includes('s') || flags.includes('x') || /\\[1-9kgGKQ]|\(\?(?!:)/.test(source.slice(flags.length)))
    return { source, multiline };
  let body = source.slice(flags.length).replace(/(?<!\\)\.[*]\??$/, '');
  const all = /^(?:\\A|\^)\.\*\??(?![?+{])/.exec(body);
  const lines = /^\\A\(\?:\.\*\\n\)\?(?![?+{])/.exec(body);
  if (hasTopLevelAlternatives(body)) return { source, multiline };
  if (all !== null) body = body.slice(all[0].length);
  else if (lines !== null && (multiline || !/[$^]/.test(body)))
    return { source: `${flags}^${body.slice(lines[0].length)}`, multiline: true };
  return body === '' || /^[*+?{]/.test(body) ? { source, multiline } : { source: flags + body, multiline };
}

/** For a regular expression over the whole content of a string: what stands in the file, quotes included where it is anchored. */
export function quotedIn(source: string): string | undefined {
  const flags = /^\(\?([a-z]+)\)/.exec(source)?.[0] ?? '';
  // A path before the last name may be there or not: the name comes after a quote or a slash.
  const whole = source.slice(flags.length);
  const path = /^\^\((?:\?:)?\.\*\\?\/\)\?/.exec(whole)?.[0] ?? '';
  const body = path === '' ? whole : whole.slice(path.length);
  const inner = containedIn(flags + body);
  if (inner === undefined || hasTopLevelAlternatives(body)) return undefined;
  const quote = '["\'`]';
  // Where `containedIn` left "anything" out at an end, the quote need not be next to the rest.
  const opens = body.startsWith('^') && !/^\^(?:\[(?:\\.|[^\]\\])*\]|\\[wWsSdD]|\.)[*+]/.test(body);
  const closes = body.endsWith('$') && !/(?:\\|\.\*|\(\?:\\\(\.\*\\\)\)\?)\$$/.test(body);
  const before = path !== '' ? '["\'`/]' : opens ? quote : '';
  return `${flags}${before}${inner.slice(flags.length)}${closes ? quote : ''}`;
}

function hasTopLevelAlternatives(source: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const c = source[at];
    if (c === '\\') at++;
    else if (inClass) inClass = c !== ']';
    else if (c === '[') inClass = true;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === '|' && depth === 0) return true;
  }
  return false;
}
