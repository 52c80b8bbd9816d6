/**
 * The named parts of a file (functions, classes, routes, test cases) and which part of the commit's tree is which part of the parent's. A check is only
 * missed where the part that it protected is still there; a part that was renamed, moved or extracted is still there.
 */
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, firstChildWithRole, stringTextOf, textOf } from '../language/tree.js';
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { bag, leaves, similarity } from './words.js';
import type { Pair, Side } from './side.js';

export interface Unit {
  readonly kind: 'module' | 'class' | 'function' | 'call';
  /** E.g. `load`, `test "adds"`, `get "/users"`. */
  readonly name: string;
  /** With the names of what is around it. */
  readonly path: string;
  readonly node: number;
  readonly parent: Unit | undefined;
  readonly side: Side;
  readonly tree: SyntaxTree;
  /** Decorators, attributes and annotations, as nodes. */
  readonly decorators: readonly number[];
  /** The last name of what is called, for a `call`, e.g. `skip` of `it.skip('x', ...)`. */
  readonly call?: string;
}

/** All units of a side, by node; the module first. */
export function unitsOf(side: Side): Unit[] {
  const { tree } = side;
  if (tree === undefined) return [];
  const module: Unit = { kind: 'module', name: '', path: '', node: 0, parent: undefined, side, tree, decorators: [] };
  const units: Unit[] = [module];
  const open: Unit[] = [module];
  for (let node = 1; node < tree.count; node++) {
    while (open.length > 1 && node >= (tree.next[(open.at(-1) as Unit).node] as number)) open.pop();
    const named = nameOf(tree, node);
    if (named === undefined) continue;
    const parent = open.at(-1) as Unit;
    const unit: Unit = {
      ...named,
      path: parent.path === '' ? named.name : `${parent.path} > ${named.name}`,
      node,
      parent,
      side,
      tree,
      decorators: named.kind === 'call' ? [] : decoratorsOf(tree, node),
    };
    units.push(unit);
    open.push(unit);
  }
  return units;
}

function nameOf(tree: SyntaxTree, node: number): Pick<Unit, 'kind' | 'name' | 'call'> | undefined {
  const tag = tree.tag[node];
  if (tag === Tag.Class || tag === Tag.Func) {
    const kind = tag === Tag.Class ? 'class' : 'function';
    const own = firstChildWithRole(tree, node, Role.Name);
    if (own >= 0) return { kind, name: textOf(tree, own) };
    const parent = tree.parent[node] as number;
    const around = parent < 0 ? undefined : tree.tag[parent];
    if (around === Tag.VarDef || around === Tag.Assign || around === Tag.Pair || around === Tag.Keyword) {
      // Not `export`, which stands before it.
      const left = childrenOf(tree, parent).find(
        (child) => tree.tag[child] !== Tag.Other || internedText(tree.op[child] as number) !== 'modifier',
      );
      if (left !== undefined && left < node) return { kind, name: textOf(tree, left).slice(0, 80) };
    }
    return undefined;
  }
  if (tag === Tag.Call) {
    const called = calledWithTitle(tree, node);
    if (called !== undefined) return { kind: 'call', name: `${called.root} "${called.title}"`, call: called.full };
  }
  return undefined;
}

const ROUTES = new Set('get post put delete patch all use route head options handle handlefunc handler add_url_rule add_route'.split(' '));
const CASES = new Set('it test specify xit fit xtest ftest'.split(' '));
const SUITES = new Set('describe context suite xdescribe fdescribe xcontext feature scenario'.split(' '));

/** `it('title', () => ...)`, `app.get('/path', ...)`, `t.Run("name", func ...)`, and the Ruby block forms. */
function calledWithTitle(tree: SyntaxTree, node: number): { root: string; title: string; full: string } | undefined {
  const callee = firstChildWithRole(tree, node, Role.Callee);
  const args = firstChildWithRole(tree, node, Role.Args);
  if (callee < 0 || args < 0) return undefined;
  // `it "x" do ... end`, and `it.each(table)('x', ...)`.
  if (tree.tag[callee] === Tag.Call) {
    const inner = calleeText(tree, callee);
    const own = firstTitle(tree, args);
    if (own !== undefined && inner !== undefined) return { root: rootOf(inner), title: own, full: inner };
    const innerArgs = firstChildWithRole(tree, callee, Role.Args);
    const title = innerArgs < 0 ? undefined : firstTitle(tree, innerArgs);
    if (inner === undefined || title === undefined || !childrenOf(tree, args).some((arg) => tree.tag[arg] === Tag.Func)) return undefined;
    return { root: rootOf(inner), title, full: inner };
  }
  const full = calleeText(tree, callee + 0, true);
  const title = firstTitle(tree, args);
  if (full === undefined || title === undefined) return undefined;
  const last = full.slice(full.lastIndexOf('.') + 1).toLowerCase();
  const rest = childrenOf(tree, args).slice(1);
  const isRoute = ROUTES.has(last) && full.includes('.') && rest.length > 0 && title.startsWith('/');
  const isTest = CASES.has(rootName(full)) || SUITES.has(rootName(full));
  if (!isRoute && !isTest && !rest.some((arg) => tree.tag[arg] === Tag.Func)) return undefined;
  return { root: rootOf(full), title, full };
}

function rootName(full: string): string {
  return (full.split('.')[0] as string).toLowerCase();
}

/** One word for all spellings of a test case or suite; otherwise the last name. */
function rootOf(full: string): string {
  const root = rootName(full);
  if (CASES.has(root)) return 'test';
  if (SUITES.has(root)) return 'suite';
  return full.slice(full.lastIndexOf('.') + 1);
}

function firstTitle(tree: SyntaxTree, args: number): string | undefined {
  const first = args + 1;
  if (first >= (tree.next[args] as number)) return undefined;
  if (tree.tag[first] !== Tag.Str) return undefined;
  return (stringTextOf(tree, first) ?? textOf(tree, first)).slice(0, 120);
}

/** The dotted name of what a call calls; undefined where it is no name. */
export function calleeText(tree: SyntaxTree, node: number, itself = false): string | undefined {
  const callee = itself ? node : firstChildWithRole(tree, node, Role.Callee);
  if (callee < 0) return undefined;
  if (tree.tag[callee] === Tag.Ident) return textOf(tree, callee);
  // `f[int](x)` of Go: with its types, it is the same function.
  if (tree.tag[callee] === Tag.Index && tree.grammar === 'go') return calleeText(tree, callee + 1, true);
  if (tree.tag[callee] !== Tag.Dot) return undefined;
  const object = firstChildWithRole(tree, callee, Role.Object);
  const name = firstChildWithRole(tree, callee, Role.Name);
  if (name < 0) return undefined;
  const before = object < 0 ? '' : (calleeText(tree, object, true) ?? (tree.tag[object] === Tag.Const ? textOf(tree, object) : '()'));
  return `${before}.${textOf(tree, name)}`;
}

function decoratorsOf(tree: SyntaxTree, node: number): number[] {
  const found: number[] = [];
  for (const child of childrenOf(tree, node)) if (isDecorator(tree, child)) found.push(child);
  // Some languages have them beside the function.
  const parent = tree.parent[node] as number;
  if (parent >= 0) {
    let run: number[] = [];
    for (const sibling of childrenOf(tree, parent)) {
      if (sibling === node) break;
      if (isDecorator(tree, sibling)) run.push(sibling);
      else run = [];
    }
    found.push(...run);
  }
  return found;
}

export function isDecorator(tree: SyntaxTree, node: number): boolean {
  if (tree.tag[node] === Tag.Decorator) return true;
  return tree.tag[node] === Tag.Other && /^attribute(?:_item|_list)?\b|annotation/.test(internedText(tree.op[node] as number));
}

const bags = new WeakMap<Unit, ReadonlyMap<string, number>>();

/** What stands in a unit, also in the parts that its change leaves alone. */
export function tokensOf(unit: Unit): ReadonlyMap<string, number> {
  let tokens = bags.get(unit);
  if (tokens === undefined) {
    const left = leftIn(unit);
    tokens = bag(left.length === 0 ? touchedLeaves(unit) : [...touchedLeaves(unit), ...left.flatMap(tokensOfText)]);
    bags.set(unit, tokens);
  }
  return tokens;
}

function touchedLeaves({ tree, node }: Unit): string[] {
  return leaves(tree, node);
}

function leftIn({ side, tree, node }: Unit): readonly string[] {
  if (side.left.length === 0) return [];
  const [start, end] = [tree.start[node] as number, tree.end[node] as number];
  return side.left.filter(({ at }) => node === 0 || (at >= start && at < end)).map(({ text }) => text);
}

const SAID = /(?:\/\/|#)[^\n]*|\/\*[^]*?\*\/|"((?:[^"\\\n]|\\.){0,198})"|'((?:[^'\\\n]|\\.){0,198})'|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*/gu;

/** Names, numbers and strings, about as a tree would have them: none of them out of a comment or a string. */
function tokensOfText(text: string): readonly string[] {
  const tokens: string[] = [];
  for (const [all, double, single] of text.matchAll(SAID)) {
    const string = double ?? single;
    if (string !== undefined) tokens.push(all, string);
    else if (!/^[/#]/.test(all)) tokens.push(all);
  }
  return tokens;
}

export interface Matched {
  /** Units of the parent's tree to the units that they became. */
  readonly became: ReadonlyMap<Unit, Unit>;
  /** Units of the commit's tree to what they were. */
  readonly was: ReadonlyMap<Unit, Unit>;
  readonly before: readonly Unit[];
  readonly after: readonly Unit[];
}

/** A side is compared with the next commit's version, too, and with the head's: what is in it is read once. */
const unitsBySide = new WeakMap<Side, readonly Unit[]>();

/** @param used sides of this change that were asked for before: one that stands in two pairs has units of its own in each */
function unitsOnce(side: Side, used: Set<Side>): readonly Unit[] {
  if (used.has(side)) return unitsOf(side);
  used.add(side);
  let units = unitsBySide.get(side);
  if (units === undefined) unitsBySide.set(side, (units = unitsOf(side)));
  return units;
}

/** Above this many pairs of units without a namesake, only namesakes are matched. */
const PAIRS = 60_000;

/** Which unit became which: by place and name, then by name in another file, then by what they hold. */
export function matchUnits(pairs: readonly Pair[]): Matched {
  const became = new Map<Unit, Unit>();
  const was = new Map<Unit, Unit>();
  const join = (a: Unit, b: Unit): void => {
    became.set(a, b);
    was.set(b, a);
  };
  const before: Unit[] = [];
  const after: Unit[] = [];
  const used = new Set<Side>();
  for (const pair of pairs) {
    const old = pair.before === undefined ? [] : unitsOnce(pair.before, used);
    const now = pair.after === undefined ? [] : unitsOnce(pair.after, used);
    before.push(...old);
    after.push(...now);
    const byPath = grouped(now, (unit) => `${unit.kind}:${unit.path}`);
    for (const unit of old) {
      const other = byPath.get(`${unit.kind}:${unit.path}`)?.shift();
      if (other !== undefined) join(unit, other);
    }
  }
  const left = (): Unit[] => before.filter((unit) => unit.kind !== 'module' && !became.has(unit));
  const fresh = (): Unit[] => after.filter((unit) => unit.kind !== 'module' && !was.has(unit));
  const byName = grouped(fresh(), (unit) => unit.name);
  for (const unit of left()) {
    const candidates = byName.get(unit.name) ?? [];
    const best = bestOf(unit, candidates, 0.2);
    if (best === undefined) continue;
    join(unit, best);
    candidates.splice(candidates.indexOf(best), 1);
  }
  const gone = left().filter((unit) => tokensOf(unit).size >= 3);
  const come = fresh();
  if (gone.length * come.length <= PAIRS) {
    for (const unit of gone) {
      const best = bestOf(
        unit,
        come.filter((other) => !was.has(other) && other.kind === unit.kind),
        0.6,
      );
      if (best !== undefined) join(unit, best);
    }
  }
  return { became, was, before, after };
}

function bestOf(unit: Unit, candidates: readonly Unit[], least: number): Unit | undefined {
  let best: Unit | undefined;
  let most = least;
  // Many namesakes are the work of a generator: the first ones do.
  for (const candidate of candidates.slice(0, 200)) {
    const alike = similarity(tokensOf(unit), tokensOf(candidate));
    if (alike < most) continue;
    most = alike;
    best = candidate;
  }
  return best;
}

function grouped(units: readonly Unit[], key: (unit: Unit) => string): Map<string, Unit[]> {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    const name = key(unit);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [unit]);
    else group.push(unit);
  }
  return groups;
}
