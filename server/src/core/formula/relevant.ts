/**
 * Which function bodies of a file the rules at hand can do without, before it is parsed. A body matters to a rule when
 * one of its results could lie inside, or when a pattern that matches around it could reach into it. Either needs something
 * to stand in the body's text; a rule with a pattern that could reach in by structure alone keeps every body.
 */
import { abridge } from '../language/abridge.js';
import type { Body, Outline } from '../language/definition.js';
import { Tag } from '../language/tags.js';
import type { Span } from '../model/position.js';
import { keywordsInOps, requiredNames } from '../pattern/compile.js';
import type { Pattern, PatternNode } from '../pattern/pattern.js';
import type { CompiledFormula, IndexedPattern } from './compiled.js';
import { allOf, anyOf, bindsWholeParts, needOfCondition, needsOfStrings, NOTHING, type Need } from './needs.js';
import { readText, type ReadText } from './readText.js';
import { createTextIndex, createWindowIndex, type NeedTables, type TextIndex } from './textIndex.js';
import { anyWithin } from './occurrences.js';
import { abridgedUnits, IN_WORD, type Units } from './units.js';
import { isWordAt } from './words.js';

/** What must stand in a body for it to matter to a rule. */
export interface Reach {
  /** For a body inside no other function body. */
  readonly outermost: Need;
  /** For such a body of a function that is defined inside `if`, `for`, `try` and such. */
  readonly inStatement: Need;
  /** For a body inside another one. */
  readonly nested: Need;
  /** A pattern may reach, by structure alone, into functions that are defined inside `if`, `for`, `try` and such. */
  readonly intoStatements: boolean;
  /** A pattern of a function may reach, by structure alone, into functions inside it: where the outermost body matters, all in it do. */
  readonly intoNested: boolean;
}

/** Undefined when the rule may need any body. */
export function reachOf(formula: CompiledFormula, patterns: readonly IndexedPattern[]): Reach | undefined {
  const anyBody: Need[] = [];
  const withResult: Need[] = [];
  let intoStatements = false;
  let intoNested = false;
  // A declaration says something about a name wherever it is used.
  if (asksForTypes(formula)) return undefined;
  for (const index of patternsIn(formula)) {
    const entry = patterns[index];
    // With symbolic propagation a name may stand elsewhere than the code it is matched in.
    if (entry === undefined || entry.options.symbolicPropagation || entry.pattern.items.some(holdsType)) return undefined;
    const found = reachingIn(entry.pattern);
    if (found === undefined) return undefined;
    // One function or statement around a body that no other function is around: the result, which it must be around too, is in that function.
    (isOneStatement(entry.pattern) ? withResult : anyBody).push(...found.names.map(needOfNames));
    intoStatements ||= found.intoStatements;
    intoNested ||= found.intoNested;
  }
  const anywhere = anywhereIn(formula);
  const read = (nested: boolean): Need =>
    anyOf([...anyBody, ...anywhere.map((child) => resultNeed(child, patterns, nested)), resultNeed(formula, patterns, nested)]);
  const outermost = read(false);
  return {
    outermost,
    inStatement: anyOf([...withResult, outermost]),
    nested: anyOf([...withResult, read(true)]),
    intoStatements,
    intoNested,
  };
}

export function needsOfReach(reach: Reach | undefined): readonly Need[] {
  return reach === undefined ? [] : [reach.outermost, reach.inStatement, reach.nested];
}

function needOfNames(names: readonly string[]): Need {
  return allOf(names.map((text) => ({ kind: 'literal', literal: { kind: 'word', text } })));
}

function patternsIn(formula: CompiledFormula): readonly number[] {
  switch (formula.kind) {
    case 'pattern':
      return [formula.index];
    case 'regex':
      return [];
    case 'inside':
    case 'anywhere':
      return patternsIn(formula.child);
    case 'or':
      return formula.children.flatMap(patternsIn);
    case 'and':
      return [
        ...[...formula.positive, ...formula.negative].flatMap(patternsIn),
        ...formula.conditions.flatMap((condition) =>
          condition.kind === 'pattern' && condition.other === undefined ? patternsIn(condition.formula) : [],
        ),
      ];
  }
}

/** What counts for the whole file wherever it stands. */
function anywhereIn(formula: CompiledFormula): readonly CompiledFormula[] {
  switch (formula.kind) {
    case 'pattern':
    case 'regex':
      return [];
    case 'anywhere':
      return [formula.child, ...anywhereIn(formula.child)];
    case 'inside':
      return anywhereIn(formula.child);
    case 'or':
      return formula.children.flatMap(anywhereIn);
    case 'and':
      return [...formula.positive, ...formula.negative].flatMap(anywhereIn);
  }
}

function asksForTypes(formula: CompiledFormula): boolean {
  switch (formula.kind) {
    case 'pattern':
    case 'regex':
      return false;
    case 'inside':
    case 'anywhere':
      return asksForTypes(formula.child);
    case 'or':
      return formula.children.some(asksForTypes);
    case 'and':
      return (
        [...formula.positive, ...formula.negative].some(asksForTypes) ||
        formula.conditions.some(
          (condition) => condition.kind === 'type' || (condition.kind === 'pattern' && asksForTypes(condition.formula)),
        )
      );
  }
}

function holdsType(node: PatternNode): boolean {
  if (node.kind === 'metavariable') return node.type !== undefined;
  if (node.kind === 'deep' || node.kind === 'chain') return holdsType(node.child);
  return node.kind === 'node' && node.children.some(holdsType);
}

// ---- results inside a body

/** @param nested whether the body lies in another function's body, which a pattern for a function may match then */
function resultNeed(formula: CompiledFormula, patterns: readonly IndexedPattern[], nested: boolean): Need {
  switch (formula.kind) {
    case 'pattern': {
      const pattern = patterns[formula.index]?.pattern;
      if (pattern === undefined) return NOTHING;
      const called = new Set(pattern.names.filter((name) => name.called).map((name) => name.text));
      const [root] = pattern.items;
      const words = pattern.localLiterals.map((text): Need => ({
        kind: 'literal',
        literal: { kind: called.has(text) ? 'called' : 'word', text },
      }));
      // An outer function's variables are not in the text around the outermost ones.
      const strings = nested || root?.kind !== 'node' || AROUND.has(root.tag) ? [] : needsOfStrings(pattern);
      return allOf([...words, ...strings.map((need): Need => ({ kind: 'visible', need }))]);
    }
    case 'regex':
    case 'anywhere':
      return NOTHING;
    case 'inside':
      return resultNeed(formula.child, patterns, nested);
    case 'or':
      return anyOf(formula.children.map((child) => resultNeed(child, patterns, nested)));
    case 'and': {
      // A result is the smallest of ranges that enclose each other. What can't match around this body lies inside it, too.
      const local = formula.positive.filter((child) => isLocal(child, patterns, nested));
      const own = formula.positive.filter((child) => child.kind !== 'inside' && child.kind !== 'anywhere');
      // The only one that gives a range of its own gives the result.
      const within = own.length === 1 ? [...new Set([...local, ...own])] : local;
      if (within.length === 0) return anyOf(own.map((child) => resultNeed(child, patterns, nested)));
      const bound = metavariablesOf(within, patterns);
      for (const child of formula.positive)
        if (!within.includes(child)) for (const name of metavariablesOf([child], patterns)) bound.delete(name);
      return allOf([
        ...within.map((child) => resultNeed(child, patterns, nested)),
        ...formula.conditions.flatMap((condition) => {
          if (condition.kind !== 'regex' || !bound.has(condition.metavariable)) return [];
          const need = needOfCondition(condition, patterns, bindsWholeParts(formula.positive, patterns));
          // As with strings that a pattern spells out.
          if (condition.onString) return nested ? [] : [{ kind: 'visible', need } as const];
          return [need];
        }),
      ]);
    }
  }
}

function metavariablesOf(formulas: readonly CompiledFormula[], patterns: readonly IndexedPattern[]): Set<string> {
  const names = new Set<string>();
  const visit = (node: PatternNode): void => {
    if (node.kind === 'metavariable' || node.kind === 'ellipsis-metavariable') names.add(node.name);
    else if (node.kind === 'deep' || node.kind === 'chain') visit(node.child);
    else if (node.kind === 'node') node.children.forEach(visit);
  };
  for (const index of formulas.flatMap(patternsIn)) patterns[index]?.pattern.items.forEach(visit);
  return names;
}

/** Tags whose nodes may hold a function with a body. */
const AROUND: ReadonlySet<number> = new Set([
  Tag.Other,
  Tag.Func,
  Tag.Class,
  Tag.Block,
  Tag.Decorator,
  Tag.If,
  Tag.Else,
  Tag.Try,
  Tag.Catch,
  Tag.Finally,
  Tag.Error,
]);

/** Whether no match can begin outside a function body that it touches: expressions, simple statements and, for an outermost body, functions. */
function isLocal(formula: CompiledFormula, patterns: readonly IndexedPattern[], nested: boolean): boolean {
  switch (formula.kind) {
    case 'pattern': {
      const pattern = patterns[formula.index]?.pattern;
      return pattern !== undefined && (isSimple(pattern) || (!nested && isFunction(pattern)));
    }
    case 'regex':
    case 'anywhere':
      return false;
    case 'inside':
      return isLocal(formula.child, patterns, nested);
    case 'or':
      return formula.children.every((child) => isLocal(child, patterns, nested));
    case 'and':
      return formula.positive.some((child) => isLocal(child, patterns, nested));
  }
}

function isSimple({ items: [root, second] }: Pattern): boolean {
  return root !== undefined && second === undefined && !(root.kind === 'node' && AROUND.has(root.tag));
}

function isOneStatement({ items: [root, second] }: Pattern): boolean {
  return root?.kind === 'node' && second === undefined && root.tag !== Tag.Class && root.tag !== Tag.Block;
}

function isFunction({ items: [root, second] }: Pattern): boolean {
  return root?.kind === 'node' && second === undefined && root.tag === Tag.Func;
}

// ---- patterns around a body

type Reaching = Pick<Reach, 'intoStatements' | 'intoNested'> & { readonly names: readonly (readonly string[])[] };

/**
 * Names of the sub-patterns that can match inside a function body although the whole pattern matches around it: what a function's
 * body must hold, statements after a `...` (they may stand in nested blocks), and what `<... ...>` looks for. Undefined
 * when one of them has no names, and the pattern is not of one function: that reaches nothing beside it.
 */
function reachingIn(pattern: Pattern): Reaching | undefined {
  const sets: (readonly string[])[] = [];
  if (isSimple(pattern)) return { names: sets, intoStatements: false, intoNested: false };
  let certain = true;
  let intoStatements = false;
  /** @param statement whether only `if`, `for` and such enclose the sub-pattern */
  const reaches = (node: PatternNode, statement: boolean): void => {
    const names = [...requiredNames(node, true).filter((name) => name.length > 1), ...(pattern.plainTokens ? keywordsInOps(node) : [])];
    if (names.length > 0) sets.push(names);
    else if (statement) intoStatements = true;
    else certain = false;
  };
  const statements = (items: readonly PatternNode[], ofFunction: boolean, statement: boolean): void => {
    let deeper = ofFunction;
    for (const item of items) {
      if (item.kind === 'ellipsis') deeper = true;
      else if (deeper && item.kind !== 'ellipsis-metavariable') reaches(item, statement);
    }
  };
  const visit = (node: PatternNode, parent: number, statement: boolean): void => {
    if (node.kind === 'deep') {
      reaches(node.child, statement);
      visit(node.child, Tag.Other, statement);
    } else if (node.kind === 'chain') visit(node.child, parent, statement);
    else if (node.kind === 'node') {
      const within = statement && node.tag !== Tag.Func && node.tag !== Tag.Class;
      if (node.tag === Tag.Block) statements(node.children, parent === Tag.Func, within);
      for (const child of node.children) visit(child, node.tag, within);
    }
  };
  const several = pattern.items.length > 1;
  if (several) statements(pattern.items, false, false);
  for (const item of pattern.items) visit(item, Tag.Block, !several);
  if (!certain && !isFunction(pattern)) return undefined;
  return { names: sets, intoStatements, intoNested: !certain };
}

// ---- a file

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
