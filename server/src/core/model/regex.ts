/**
 * The regular expressions of rules, behind one interface. Rules use PCRE's syntax and come from strangers, so none may hang a
 * scan. Three engines, the fastest that is exact and whose steps on this very text are bounded: the native one, a
 * linear-time one, and a backtracking one of our own that counts its steps and gives up (`RegexBudget`).
 */
import { RE2JS } from 're2js';
import { parsePcre, type ParsedPcre, type Pcre } from './pcre.js';
import { createBacktracker, type RegexBudget } from './regexBacktrack.js';
import { createBound, expressionOf, type StepBound } from './regexBound.js';
import { shapeOf, type Shape } from './regexCost.js';
import { once } from './once.js';
import { containedIn, soughtIn, isWithinLine, lengthOf, someNode } from './regexShape.js';
import { toEcmaScript, toLinear, type Printed, type PrintedLinear } from './regexPrint.js';

export type { RegexBudget } from './regexBacktrack.js';

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** Groups by number; index 0 is the whole match; `undefined` where a group took no part. */
  readonly groups: readonly (string | undefined)[];
  /** Group names and their numbers. */
  readonly names: readonly (readonly [string, number])[];
  /** Where a group that took part matched, as offsets in the text that was searched. */
  spanOf(group: number): { readonly start: number; readonly end: number };
}

export interface TextRegex {
  readonly source: string;
  /** `^` and `$` match at line breaks. */
  readonly multiline: boolean;
  readonly groupCount: number;
  /** As `isWithinLine`. */
  readonly withinLine: boolean;
  /** As `containedIn`; undefined also where groups are asked for. */
  readonly contained: TextRegex | undefined;
  /** First match at or after `from`. Without a match and with a budget that has run out, there is no answer. */
  find(text: string, from: number, budget?: RegexBudget): RegexMatch | undefined;
  /** Whether a match starts exactly at 0, as PCRE's ANCHORED does. */
  matchesAtStart(text: string, budget?: RegexBudget): RegexMatch | undefined;
}

export type RegexResult = { readonly regex: TextRegex } | { readonly error: string };

/** Steps for one rule on one file; some tenths of a second. */
export const REGEX_STEPS = 4_000_000;
/** What the native engine may need for one search, by the bound of `regexBound.ts`; about a second at the very worst. */
const NATIVE_STEPS = 2e8;
/** The same for the linear-time engine, whose steps are slower. */
const LINEAR_STEPS = 1e8;
/** As many of those take some 0.2 ms; a look at a text of 300 characters, to see how many the native engine may take, took 1 to 5. */
const FEW_STEPS = 20_000;

/** In UTF-16 code units; people write no longer ones. */
const ORDINARY_LINE = 2_048;

const cache = new Map<string, RegexResult>();

/**
 * @param multiline `^` and `$` match at line breaks, as `pattern-regex` has it
 * @param vetted known to be quick on text with lines of ordinary length: what it may need is only worked out for other text
 */
export function compileRegex(source: string, multiline: boolean, vetted = false): RegexResult {
  const key = `${multiline ? 'm' : '-'}${vetted ? 'v' : '-'}${source}`;
  let result = cache.get(key);
  if (result === undefined) {
    result = compile(source, multiline, vetted);
    cache.set(key, result);
  }
  return result;
}

const vettedCache = new Map<string, RegexResult>();

/** Whether its steps on text with lines of ordinary length are few: nothing in it repeats what has choices. */
export function isQuick(source: string, multiline: boolean): boolean {
  const parsed = parsePcre(source, multiline);
  return !('error' in parsed) && !shapeOf(parsed.root).unbounded;
}

/**
 * For rules of our own, which tests have compiled: read at its first use, since most of a rule set never is.
 * @param quick what `isQuick` said, where it was asked before
 */
export function vettedRegex(source: string, multiline: boolean, quick = false): RegexResult {
  const key = `${multiline ? 'm' : '-'}${source}`;
  let result = vettedCache.get(key);
  if (result === undefined) {
    let compiled: TextRegex | undefined;
    const get = (): TextRegex => {
      if (compiled === undefined) {
        const made = quick ? compile(source, multiline, true, true) : compileRegex(source, multiline, true);
        if ('error' in made) throw new Error(`a regular expression of our own: ${made.error}`);
        compiled = made.regex;
      }
      return compiled;
    };
    result = {
      regex: {
        source,
        multiline,
        get groupCount() {
          return get().groupCount;
        },
        get withinLine() {
          return get().withinLine;
        },
        get contained() {
          return get().contained;
        },
        find: (text, from, budget) => get().find(text, from, budget),
        matchesAtStart: (text, budget) => get().matchesAtStart(text, budget),
      },
    };
    vettedCache.set(key, result);
  }
  return result;
}

function compile(source: string, multiline: boolean, vetted: boolean, quick = false): RegexResult {
  const parsed = parsePcre(source, multiline);
  if ('error' in parsed) return { error: `not a regular expression that can run here: ${parsed.error}` };
  const printed = toEcmaScript(parsed);
  let native: Engine | undefined;
  try {
    native = printed === undefined ? undefined : nativeEngine(parsed, printed);
  } catch (error) {
    return { error: `not a regular expression that can run here: ${error instanceof Error ? error.message : String(error)}` };
  }
  return { regex: choosing(source, multiline, parsed, native, vetted, quick) };
}

/** One way to run an expression; `from` is where to start, or the only start when `anchored`. */
type Engine = (text: string, from: number, anchored: boolean, budget: RegexBudget) => RegexMatch | undefined;

/** What is not needed to know whether the expression can be run is worked out at its first use: most of a rule set never is. */
function choosing(
  source: string,
  multiline: boolean,
  parsed: ParsedPcre,
  native: Engine | undefined,
  vetted: boolean,
  quick: boolean,
): TextRegex {
  let shape: Shape | undefined;
  let linear: PrintedLinear | undefined | null = null;
  let bound: StepBound | undefined;
  let linearEngine: Engine | undefined | null = null;
  let counting: Engine | undefined;
  const linearFor = (text: string, size: number): Engine | undefined => {
    if (linear === null) linear = toLinear(parsed);
    if (linear === undefined || text.length * size > LINEAR_STEPS || (linear.wantsPlainEnd && text.endsWith('\n'))) return undefined;
    if (linearEngine === null) linearEngine = createLinear(parsed, linear);
    return linearEngine;
  };
  let lastText: string | undefined;
  let lastEngine: Engine | undefined;
  const engineFor = (text: string): Engine => {
    if (lastEngine !== undefined && lastText === text) return lastEngine;
    if (quick && native !== undefined && hasOrdinaryLines(text)) return native;
    shape ??= shapeOf(parsed.root);
    const { size, unbounded, walks, choices } = shape;
    const harmless = !unbounded && ((walks.length === 0 && choices < 1_000) || (vetted && hasOrdinaryLines(text)));
    const isBounded = (counts: boolean): boolean =>
      !unbounded && (bound ??= createBound(parsed, NATIVE_STEPS))(text, counts) <= NATIVE_STEPS;
    const quickest = harmless || isBounded(false) ? native : undefined;
    const engine =
      quickest ??
      // Done before it would be known how long the native engine takes.
      (text.length * size <= FEW_STEPS ? linearFor(text, size) : undefined) ??
      (native !== undefined && isBounded(true) ? native : undefined) ??
      linearFor(text, size) ??
      (counting ??= countingEngine(parsed));
    lastText = text;
    lastEngine = engine;
    return engine;
  };
  const unlimited = (): RegexBudget => ({ left: REGEX_STEPS });
  const withinLine = once(() => isWithinLine(parsed.root));
  const sought = once(() => {
    const root = parsed.groupCount === 0 ? soughtIn(parsed.root) : undefined;
    if (root === undefined) return undefined;
    const inner = { ...parsed, root };
    const plain = toEcmaScript(inner);
    return choosing(`${source} (within)`, multiline, inner, plain === undefined ? undefined : nativeEngine(inner, plain), vetted, quick);
  });
  const contained = once(() => (containedIn(parsed.root) === undefined ? undefined : sought()));
  /** What is sought stands near the beginning, most often, and the expression as it is written looks for it from the end. */
  const find: TextRegex['find'] = (text, from, budget = unlimited()) => {
    const inner = sought();
    if (inner === undefined) return engineFor(text)(text, from, false, budget);
    return from === 0 && inner.find(text, 0, budget) !== undefined ? allOfText(text, parsed) : undefined;
  };
  return {
    source,
    multiline,
    groupCount: parsed.groupCount,
    get withinLine() {
      return withinLine();
    },
    get contained() {
      return contained();
    },
    find,
    matchesAtStart: (text, budget) =>
      sought() === undefined ? engineFor(text)(text, 0, true, budget ?? unlimited()) : find(text, 0, budget),
  };
}

function allOfText(text: string, { names }: ParsedPcre): RegexMatch {
  return { start: 0, end: text.length, groups: [text], names, spanOf: () => ({ start: 0, end: text.length }) };
}

let lastAsked: string | undefined;
let lastAnswer = true;

/** Many expressions in a row ask about the same text. */
function hasOrdinaryLines(text: string): boolean {
  if (text.length <= ORDINARY_LINE) return true;
  if (text === lastAsked) return lastAnswer;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end - start <= ORDINARY_LINE; end = text.indexOf('\n', start)) start = end + 1;
  lastAsked = text;
  lastAnswer = text.length - start <= ORDINARY_LINE;
  return lastAnswer;
}

function nativeEngine(parsed: ParsedPcre, printed: Printed): Engine {
  // Where no group is asked for, the engine need not note where each stood.
  const flags = parsed.groupCount === 0 ? printed.flags.replace('d', '') : printed.flags;
  const search = new RegExp(printed.source, flags);
  const sticky = new RegExp(printed.source, flags.replace('g', 'y'));
  const plain = printed.groups.every((index, at) => index === at) && printed.groups.length === parsed.groupCount + 1;
  return (text, from, anchored) => {
    const regex = anchored ? sticky : search;
    regex.lastIndex = from;
    const found = regex.exec(text);
    if (found === null) return undefined;
    return {
      start: found.index,
      end: found.index + found[0].length,
      groups: plain ? found : printed.groups.map((index) => found[index]),
      names: parsed.names,
      spanOf: (group) => {
        const whole = [found.index, found.index + (group === 0 ? found[0].length : 0)] as const;
        const [start, end] = found.indices?.[printed.groups[group] ?? 0] ?? whole;
        return { start, end };
      },
    };
  };
}

function createLinear(parsed: ParsedPcre, linear: PrintedLinear): Engine | undefined {
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(linear.source);
  } catch {
    return undefined; // its own limits on size: the counting engine runs it
  }
  return (text, from, anchored, budget) => {
    const { expired } = budget;
    const watched = expired === undefined || text.length < WATCHED_LENGTH ? text : watchedText(text, expired);
    try {
      const matcher = pattern.matcher(watched);
      if (anchored ? !matcher.lookingAt() : !matcher.find(from)) return undefined;
      const groups: (string | undefined)[] = [];
      for (let i = 0; i <= parsed.groupCount; i++) groups.push(matcher.group(i) ?? undefined);
      return {
        start: matcher.start(),
        end: matcher.end(),
        groups,
        names: parsed.names,
        spanOf: (group) => ({ start: matcher.start(group), end: matcher.end(group) }),
      };
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      budget.left = 0;
      return undefined;
    }
  };
}

/** Shorter texts are done before a clock would say anything. */
const WATCHED_LENGTH = 2_000;
/** Characters between two looks at the clock; each costs the engine as many steps as the expression has states. */
const LOOK_EVERY = 256;

class OutOfTime extends Error {}

/** A text that looks at the clock while it is read: the one way to stop an engine that takes no orders. */
function watchedText(text: string, expired: () => boolean): string {
  let reads = 0;
  const charCodeAt = (at: number): number => {
    if (++reads % LOOK_EVERY === 0 && expired()) throw new OutOfTime();
    return text.charCodeAt(at);
  };
  // A string object is a string to the engine; its types know the primitive only.
  return Object.assign(Object(text) as string, { charCodeAt });
}

/** The words that an expression begins with, as the native engine looks for them: in one pass. */
function leadingWords(parsed: ParsedPcre): RegExp | undefined {
  const items: Pcre[] = [];
  const take = (node: Pcre): boolean => {
    if (node.kind === 'seq') return node.items.every(take);
    if (someNode(node, ({ kind }) => kind !== 'set' && kind !== 'seq' && kind !== 'alt' && kind !== 'group')) return false;
    return items.push(node) > 0;
  };
  take(parsed.root);
  if (lengthOf({ kind: 'seq', items }).min < 2) return undefined;
  const lead = expressionOf(parsed, items);
  return lead?.unicode === true ? undefined : lead;
}

function countingEngine(parsed: ParsedPcre): Engine {
  const backtrack = createBacktracker(parsed);
  const lead = leadingWords(parsed);
  const run: typeof backtrack = (text, from, anchored, budget) => {
    if (lead === undefined || anchored) return backtrack(text, from, anchored, budget);
    lead.lastIndex = from;
    for (let found = lead.exec(text); found !== null; found = lead.exec(text)) {
      const spans = backtrack(text, found.index, true, budget);
      if (spans !== undefined || budget.left <= 0) return spans;
      lead.lastIndex = found.index + 1;
    }
    return undefined;
  };
  return (text, from, anchored, budget) => {
    const spans = run(text, from, anchored, budget);
    if (spans === undefined) return undefined;
    const spanOf = (group: number): { readonly start: number; readonly end: number } => ({
      start: spans[2 * group] as number,
      end: spans[2 * group + 1] as number,
    });
    return {
      ...spanOf(0),
      groups: Array.from({ length: parsed.groupCount + 1 }, (_, group) =>
        (spans[2 * group] as number) < 0 ? undefined : text.slice(spanOf(group).start, spanOf(group).end),
      ),
      names: parsed.names,
      spanOf,
    };
  };
}
