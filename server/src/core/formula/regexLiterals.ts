/**
 * Strings of which every match of a regular expression must contain at least one, per clause: read off its structure.
 * Over-approximates: no clause where the structure is not understood.
 */

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
const MIN_LENGTH = 2;

export function clausesOfRegex(source: string): readonly Clause[] {
  const flags = /^\(\?([a-z]+)\)/.exec(source);
  if (flags?.[1]?.includes('x') === true) return [];
  const folded = flags?.[1]?.includes('i') === true;
  const reader = { source, at: flags?.[0].length ?? 0 };
  const clauses = readAlternation(reader);
  if (reader.at < source.length) return [];
  return clauses.map((clause) =>
    clause.map((text) => (folded ? { kind: 'folded' as const, text: text.toLowerCase() } : { kind: 'part' as const, text })),
  );
}

interface Reader {
  readonly source: string;
  at: number;
}

type Words = readonly string[];

function readAlternation(reader: Reader): readonly Words[] {
  const alternatives: (readonly Words[])[] = [readSequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at++;
    alternatives.push(readSequence(reader));
  }
  if (alternatives.length === 1) return alternatives[0] ?? [];
  // The best clause of each alternative, taken together.
  const union: string[] = [];
  for (const clauses of alternatives) {
    const best = clauses.toSorted((a, b) => a.length - b.length || shortest(b) - shortest(a))[0];
    if (best === undefined) return [];
    union.push(...best);
  }
  return union.length > MAX_ALTERNATIVES ? [] : [[...new Set(union)]];
}

function shortest(words: Words): number {
  return Math.min(...words.map((word) => word.length));
}

function readSequence(reader: Reader): readonly Words[] {
  const clauses: Words[] = [];
  let run = '';
  const flush = (): void => {
    if (run.length >= MIN_LENGTH) clauses.push([run]);
    run = '';
  };
  while (reader.at < reader.source.length) {
    const { source } = reader;
    const c = source[reader.at] as string;
    if (c === '|' || c === ')') break;
    if (c === '(') {
      const inner = readGroup(reader);
      const optional = readQuantifier(reader);
      flush();
      if (!optional) clauses.push(...inner);
      continue;
    }
    const literal = readCharacter(reader);
    const before = reader.at;
    const optional = readQuantifier(reader);
    const quantified = reader.at !== before;
    if (literal === undefined || optional) flush();
    else {
      run += literal;
      // `a+` continues with more of the same: what follows is not adjacent to what came before.
      if (quantified) flush();
    }
  }
  flush();
  return clauses;
}

function readGroup(reader: Reader): readonly Words[] {
  const { source } = reader;
  const look = /^\((?:\?(?:<?[=!]))/.exec(source.slice(reader.at, reader.at + 4));
  const open = /^\((?:\?(?::|P?<\w+>|<?[=!]))?/.exec(source.slice(reader.at, reader.at + 60));
  reader.at += open?.[0].length ?? 1;
  if (source[reader.at] === '?') {
    // Inline flags and the like: not understood, so nothing is claimed about the rest.
    reader.at = source.length + 1;
    return [];
  }
  const inner = readAlternation(reader);
  reader.at++;
  return look === null ? inner : [];
}

/** One character, if it stands for itself. */
function readCharacter(reader: Reader): string | undefined {
  const { source } = reader;
  const c = source[reader.at] as string;
  reader.at++;
  if (c === '[') {
    if (source[reader.at] === '^') reader.at++;
    if (source[reader.at] === ']') reader.at++;
    while (reader.at < source.length && source[reader.at] !== ']') reader.at += source[reader.at] === '\\' ? 2 : 1;
    reader.at++;
    return undefined;
  }
  if (c === '\\') {
    const next = source[reader.at] ?? '';
    reader.at++;
    if (next === 'x') reader.at += 2;
    else if (next === 'u') reader.at += source[reader.at] === '{' ? source.indexOf('}', reader.at) - reader.at + 1 : 4;
    else if (next === 'p' || next === 'P') reader.at = source.indexOf('}', reader.at) + 1;
    else if (next === 'Q') reader.at = source.length + 1;
    return /[A-Za-z0-9]/.test(next) ? undefined : next;
  }
  return /[.^$]/.test(c) ? undefined : c;
}

/** Steps over a quantifier; true when it allows none. */
function readQuantifier(reader: Reader): boolean {
  const found = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})[?+]?/.exec(reader.source.slice(reader.at, reader.at + 24));
  if (found === null) return false;
  reader.at += found[0].length;
  return found[0][0] === '*' || found[0][0] === '?' || found[1] === '0';
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
