/**
 * Evaluates a rule's formula over one file: which ranges survive `and`, `or`, `not`, `inside`, `anywhere` and the questions about
 * metavariables. Semantics follow Semgrep's documentation and observed behaviour of its search mode.
 */
import type { Match } from '../matching/matcher.js';
import type { TextRegex } from '../model/regex.js';
import type { CompiledCondition, CompiledConjunction, CompiledFormula } from './compiled.js';
import { answer, isQuick, mayHold, withCaptures, type Asked } from './conditions.js';
import type { FormulaContext } from './context.js';
import type { Listing } from './kept.js';
import { contextNear, isInside } from './near.js';
import { difference, focusOn, intersect, uniqueRanges, type FormulaRange, type Span } from './ranges.js';

const MAX_REGEX_MATCHES = 10_000;
/** Ways in which questions may bind something new for one range. */
const MAX_VARIANTS = 1_000;

/** Sorted, without duplicates of the same extent. */
export function evaluateRule(formula: CompiledFormula, context: FormulaContext): readonly FormulaRange[] {
  return evaluateAs('unique', formula, context, (own) => uniqueRanges(evaluate(formula, own)));
}

/** As `evaluate`, over all of a document. */
export function evaluateWhole(formula: CompiledFormula, context: FormulaContext): readonly FormulaRange[] {
  return evaluateAs('every', formula, context, (own) => evaluate(formula, own));
}

/** What an edit did not change is not looked for again. */
function evaluateAs(
  listing: Listing,
  formula: CompiledFormula,
  context: FormulaContext,
  evaluateIn: (context: FormulaContext) => readonly FormulaRange[],
): readonly FormulaRange[] {
  const { remembered, strictly } = context;
  if (remembered === undefined) return evaluateIn(context);
  const cuts = context.cuts.count;
  const naming = strictly ? 'strictly' : 'loosely';
  const before = remembered.before(
    formula,
    naming,
    listing,
    (regex) => regexRanges(regex, context),
    (matchesOf) => evaluateIn({ ...context, matchesOf }),
  );
  const ranges = before ?? evaluateIn(context);
  if (context.cuts.count === cuts && context.budget.left > 0 && !context.expired()) remembered.note(formula, naming, listing, ranges);
  return ranges;
}

/** Every range with every way in which it matched. */
export function evaluate(formula: CompiledFormula, context: FormulaContext): readonly FormulaRange[] {
  switch (formula.kind) {
    case 'pattern':
      return asKind(context.matchesOf(formula.index), 'plain');
    case 'regex':
      return regexRanges(formula.regex, context);
    case 'inside':
      return asKind(evaluate(formula.child, context), 'inside');
    case 'anywhere':
      return asKind(evaluate(formula.child, context), 'anywhere');
    case 'or':
      return formula.children.flatMap((child) => evaluate(child, context));
    case 'and':
      return conjunction(formula, context);
  }
}

/** Matches of one pattern are one list, which many rules ask for. */
const known = { plain: new WeakMap<readonly Match[], readonly FormulaRange[]>(), inside: new WeakMap(), anywhere: new WeakMap() };

function asKind(matches: readonly Match[], kind: keyof typeof known): readonly FormulaRange[] {
  const lists: WeakMap<readonly Match[], readonly FormulaRange[]> = known[kind];
  let ranges = lists.get(matches);
  if (ranges === undefined) lists.set(matches, (ranges = matches.map((match) => asRange(match, kind))));
  return ranges;
}

/** Without spreading what nearly all matches lack: there are many of them. */
function asRange(match: Match, kind: keyof typeof known): FormulaRange {
  const { start, end, env } = match;
  return match.mayEnd === undefined && match.onMark === undefined ? { start, end, env, kind } : { ...match, kind };
}

function conjunction(formula: CompiledConjunction, context: FormulaContext): readonly FormulaRange[] {
  const positive = evaluatePositive(formula, context);
  if (positive === undefined) return [];
  let ranges = positive;
  // Questions that only look at what is bound go first: they are cheap, and no answer depends on another's.
  const [quick, slow] = [formula.conditions.filter(isQuick), formula.conditions.filter((condition) => !isQuick(condition))];
  for (const condition of quick) ranges = ranges.filter((range) => answer(condition, range, context, evaluate) !== undefined);
  for (const child of formula.negative) {
    if (ranges.length === 0) return [];
    const cuts = context.cuts.count;
    const around = contextNear(child, ranges, context.unmarked ?? context);
    ranges = difference(ranges, evaluate(child, around), context.strictly);
    // What a negation would have taken away is not known: better nothing, and the rule is reported, than a broader rule.
    if (context.budget.left <= 0 || context.cuts.count > cuts || context.expired()) return [];
  }
  if (slow.length > 0) ranges = askSlow(slow, ranges, context);
  if (formula.focus.length > 0) ranges = focusOn(ranges, formula.focus, context.strictly, context.cuts);
  const { as, fix } = formula;
  if (fix !== undefined) ranges = ranges.map((range) => ({ ...range, fix }));
  if (as !== undefined) ranges = ranges.map((range) => ({ ...range, env: { name: as, value: context.valueAt(range), next: range.env } }));
  return ranges;
}

/** What all positive parts have in common; undefined without any. */
function evaluatePositive(formula: CompiledConjunction, context: FormulaContext): readonly FormulaRange[] | undefined {
  const evaluated: (readonly FormulaRange[])[] = [];
  /** What the parts that are no `inside` have in common, once all of them are known; what is around is then looked for around that. */
  let common: readonly FormulaRange[] | undefined;
  let left = formula.positive.filter((child) => !isInside(child)).length;
  for (const at of formula.cheapestFirst) {
    const child = formula.positive[at] as CompiledFormula;
    const inside = isInside(child);
    if (inside && left === 0 && common === undefined) {
      const [first, ...rest] = evaluated.filter((ranges) => ranges[0]?.kind !== 'inside');
      common = first === undefined ? undefined : intersectAll(first, rest, context);
      if (common?.length === 0) return undefined;
    }
    const surrounds = inside && common !== undefined && common.every(({ kind }) => kind !== 'inside');
    const found = evaluate(child, surrounds && common !== undefined ? contextNear(child, common, context) : context);
    const ranges = askedEarly(formula, at, found, context);
    if (ranges.length === 0) return undefined;
    evaluated[at] = ranges;
    if (!inside) left--;
  }
  const selected = common === undefined ? evaluated.filter((ranges) => ranges[0]?.kind !== 'inside') : [common];
  const insides = evaluated.filter((ranges) => ranges[0]?.kind === 'inside');
  const [first, ...rest] = [...selected, ...insides];
  const ranges =
    first === undefined ? [{ ...context.region, env: context.given, kind: 'plain' as const }] : intersectAll(first, rest, context);
  return ranges.length === 0 ? undefined : ranges;
}

/** Without those of a part's ranges that, joined with anything, would be dropped in the end. */
function askedEarly(
  { early, conditions }: CompiledConjunction,
  part: number,
  ranges: readonly FormulaRange[],
  context: FormulaContext,
): readonly FormulaRange[] {
  const own = early[part] ?? [];
  // What is given from outside may bind the name, too.
  if (own.length === 0 || context.given !== undefined) return ranges;
  return ranges.filter((range) => own.every((index) => mayHold(conditions[index] as CompiledCondition, range.env, context)));
}

function intersectAll(
  first: readonly FormulaRange[],
  rest: readonly (readonly FormulaRange[])[],
  context: FormulaContext,
): readonly FormulaRange[] {
  let ranges = first;
  for (const other of rest) {
    ranges = intersect(ranges, other, context.strictly, context.cuts);
    if (ranges.length === 0 || context.expired()) return [];
  }
  return ranges;
}

/** Each question is asked about what the patterns bound; what the answers bind is added when all hold. */
function askSlow(conditions: CompiledConjunction['conditions'], ranges: readonly FormulaRange[], context: FormulaContext): FormulaRange[] {
  const result: FormulaRange[] = [];
  for (const range of ranges) {
    if (context.expired()) return result;
    const answers: Asked[] = [];
    for (const condition of conditions) {
      const given = answer(condition, range, context, evaluate);
      if (given === undefined) break;
      answers.push(given);
    }
    if (answers.length < conditions.length) continue;
    result.push(range);
    const variants = answers.flat();
    if (variants.length > MAX_VARIANTS) context.cuts.count++;
    for (const env of variants.slice(0, MAX_VARIANTS)) if (env !== range.env) result.push({ ...range, env });
  }
  return result;
}

function regexRanges(regex: TextRegex, context: FormulaContext): readonly FormulaRange[] {
  const { start, end } = context.region;
  const whole = start === 0 && end === context.text.length;
  const known = whole ? context.regexRanges.get(regex.source) : undefined;
  if (known !== undefined) return known;
  const beside = whole ? context.remembered?.beside(regex) : undefined;
  const ranges =
    beside === undefined
      ? findRegexRanges(regex, context, context.region)
      : [...beside.before, ...(beside.lines === undefined ? [] : findRegexRanges(regex, context, beside.lines)), ...beside.behind];
  if (whole && context.budget.left > 0) context.regexRanges.set(regex.source, ranges);
  return ranges;
}

function findRegexRanges(regex: TextRegex, context: FormulaContext, { start, end }: Span): FormulaRange[] {
  const text = start === 0 && end === context.text.length ? context.text : context.text.slice(start, end);
  const ranges: FormulaRange[] = [];
  let from = 0;
  while (from <= text.length && ranges.length < MAX_REGEX_MATCHES && !context.expired()) {
    const found = regex.find(text, from, context.budget);
    if (found === undefined) break;
    ranges.push({ start: start + found.start, end: start + found.end, env: withCaptures(found, start, undefined), kind: 'regex' });
    from = found.end > found.start ? found.end : found.end + 1;
  }
  // Cut off is not finished.
  if (ranges.length >= MAX_REGEX_MATCHES) context.budget.left = 0;
  return ranges;
}
