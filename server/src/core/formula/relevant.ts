/**
 * Which function bodies of a file the rules at hand can do without, before it is parsed: those whose text has nothing of what must
 * stand in a body for it to matter to one of them (`reach.ts`).
 */
import { abridge } from '../language/abridge.js';
import type { Body, Outline } from '../language/definition.js';
import type { Span } from '../model/position.js';
import { anyWithin } from './occurrences.js';
import type { Reach } from './reach.js';
import { readText, type ReadText } from './readText.js';
import { createTextIndex, createWindowIndex, type NeedTables, type TextIndex } from './textIndex.js';
import { abridgedUnits, IN_WORD, type Units } from './units.js';
import { isWordAt } from './words.js';

/** A body that is left out must be worth its placeholder. */
const MIN_BODY = 60;

/**
 * Bodies that none of `reaches` needs, outermost first, apart from each other; empty when the text is better parsed whole.
 * @param code the text's units with spaces where no name of the program stands
 * @param reaches of all rules that will be run; undefined for a rule that may need any body
 * @param tables hold what the reaches ask for
 */
export function irrelevantBodies(
  read: ReadText,
  code: Units,
  { bodies, remarks }: Pick<Outline, 'bodies' | 'remarks'>,
  reaches: readonly (Reach | undefined)[],
  tables: NeedTables,
): readonly Body[] {
  const known = new Set<Reach>();
  for (const reach of reaches) {
    if (reach === undefined) return [];
    known.add(reach);
  }
  const aliases = aliasesIn(read, code);
  let around: TextIndex | undefined;
  const outside = (): TextIndex => {
    // A comment or a docstring is no variable's value.
    const left = outermost([...bodies, ...remarks].toSorted((a, b) => a.start - b.start));
    return (around ??= createTextIndex(readText(abridge(read.text, left).text, abridgedUnits(read.units, left)), {
      code: abridgedUnits(code, left),
      aliases,
    }));
  };
  const index = createWindowIndex(read, { code, aliases, around: outside });
  const outerNames = OUTER_NAMES.flatMap((word) => [...placesOf(read, code, word)]).toSorted((a, b) => a - b);
  const intoStatements = [...known].some((reach) => reach.intoStatements);
  const intoNested = [...known].filter((reach) => reach.intoNested);
  const matters = (body: Body, nested: boolean): boolean => {
    index.lookAt(body.head, body.end);
    if (intoStatements && body.insideStatement) return true;
    // What is assigned to an outer name changes what the name means elsewhere.
    if (anyWithin(outerNames, body.start, body.end)) return true;
    for (const reach of known) {
      const need = nested ? reach.nested : body.insideStatement ? reach.inStatement : reach.outermost;
      if (index.satisfies(need, tables)) return true;
    }
    return false;
  };
  const left: Body[] = [];
  let leftUntil = 0;
  let keptUntil = 0;
  let wholeUntil = 0;
  for (const body of bodies) {
    if (body.start < leftUntil || body.start < wholeUntil || body.end - body.start < MIN_BODY) continue;
    const nested = body.start < keptUntil;
    if (matters(body, nested)) {
      keptUntil = Math.max(keptUntil, body.end);
      if (!nested && intoNested.some((reach) => index.satisfies(reach.outermost, tables))) wholeUntil = body.end;
    } else {
      left.push(body);
      leftUntil = body.end;
    }
  }
  return left;
}

const OUTER_NAMES = ['global', 'nonlocal'];

function* placesOf({ text }: ReadText, code: Units, word: string): Iterable<number> {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (isWordAt(code, at, word.length)) yield at;
}

/** @param spans by where they start */
function outermost(spans: readonly Span[]): readonly Span[] {
  let until = 0;
  return spans.filter(({ start, end }) => {
    if (start < until) return false;
    until = end;
    return true;
  });
}

/** Name -> the names that imports and `with` give it in this file. */
function aliasesIn({ text }: ReadText, code: Units): ReadonlyMap<string, readonly string[]> {
  const aliases = new Map<string, string[]>();
  for (let at = text.indexOf('as', 1); at >= 0; at = text.indexOf('as', at + 1)) {
    if (!isGap(code[at - 1]) || !isGap(code[at + 2]) || code[at] !== A) continue;
    let end = at;
    while (isGap(code[end - 1])) end--;
    let start = end;
    while (isInWord(code[start - 1])) start--;
    let from = at + 2;
    while (isGap(code[from])) from++;
    let to = from;
    while (isInWord(code[to])) to++;
    if (start === end || from === to) continue;
    const name = spell(code, start, end);
    const alias = spell(code, from, to);
    const list = aliases.get(name);
    if (list === undefined) aliases.set(name, [alias]);
    else if (!list.includes(alias)) list.push(alias);
  }
  return aliases;
}

const A = 97;
const BACKSLASH = 92;

function isGap(unit: number | undefined): boolean {
  return unit !== undefined && (unit <= 32 || unit === BACKSLASH);
}

function isInWord(unit: number | undefined): boolean {
  return unit !== undefined && IN_WORD[unit] === 1;
}

function spell(units: Units, start: number, end: number): string {
  return String.fromCharCode(...units.subarray(start, end));
}
