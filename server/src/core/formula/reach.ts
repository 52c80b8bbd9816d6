/**
 * What must stand in a function's body for it to matter to a rule: one of the rule's results could lie inside, or a pattern that matches around it could
 * reach into it. A rule with a pattern that could reach in by structure alone keeps every body.
 */
import { Tag } from '../language/tags.js';
import { keywordsInOps, requiredNames } from '../pattern/compile.js';
import type { Pattern, PatternNode } from '../pattern/pattern.js';
import type { CompiledFormula, IndexedPattern } from './compiled.js';
import { allOf, anyOf, bindsWholeParts, needOfCondition, needsOfStrings, NOTHING, type Need } from './needs.js';

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

export function patternsIn(formula: CompiledFormula): readonly number[] {
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

/** Whether a part of a formula asks for a type. */
export function asksForTypes(formula: CompiledFormula): boolean {
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

/** Whether a part of a pattern asks for a type. */
export function holdsType(node: PatternNode): boolean {
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
