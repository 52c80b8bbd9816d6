/**
 * One rule run again over a file in which one function was edited. That function is run, with what it calls; where it means to others what it meant, they found
 * what they find. Where it does not, those that lead to it are run as well.
 */
import { NO_MOVES, type KeptRun, type Move, type Print, type Prints } from '../formula/kept.js';
import type { FormulaRange } from '../formula/ranges.js';
import { nextOf } from '../language/tree.js';
import type { FlowOptions, Summary } from './analysis.js';
import { handOn } from './channels.js';
import type { Beyond, FileRun } from './fileRun.js';
import type { FlowTree } from './flowTree.js';
import { leave, leftIn, type Left } from './left.js';
import { reaching } from './order.js';
import { matchesAt, movedPrint, printOf, samePrint, summaryFrom } from './prints.js';
import type { FunctionId, Program } from './terms.js';

/** What one of a rule's two runs was, after an edit: functions in their places now, and what was found. */
export interface RunBefore extends Omit<KeptRun, 'found'> {
  /** Undefined for a function whose matches are about what was replaced. */
  readonly found: ReadonlyMap<number, readonly FormulaRange[] | undefined>;
}

export interface Known {
  /** The edited function, as a Func node. */
  readonly edited: number;
  readonly before: RunBefore;
}

export interface Again {
  readonly code: FlowTree;
  readonly options: FlowOptions;
  readonly beyond: Beyond | undefined;
  /** What is to be run, in order. */
  readonly functionsOnly: ReadonlySet<FunctionId>;
  /** Whether functions depend on each other only in ways that are known here. */
  isAlone(): boolean;
}

/** @returns undefined where all functions must be run */
export function runAgain(
  { edited, before }: Known,
  self: FileRun,
  { code, options, beyond, functionsOnly, isAlone }: Again,
): { readonly parts: KeptRun; readonly affected: ReadonlySet<FunctionId> } | undefined {
  const program = code.program();
  const { functions } = program;
  const nodeOf = (id: FunctionId): number => functions[id]?.node ?? -1;
  if (!isAlone()) return undefined;
  self.start();
  const inside = functionsIn(code, edited);
  const isStale = (node: number): boolean => before.found.has(node) && before.found.get(node) === undefined;
  const fresh = [...functionsOnly].filter((id) => !before.first.has(nodeOf(id)) || isStale(nodeOf(id)));
  const leaving = [...functionsOnly].filter((id) => before.leaving.has(nodeOf(id)));
  if (leaving.length < before.leaving.size) return undefined;
  const touched = touchedBy(inside, program, self.outside);
  if (touched === undefined && (leaving.length > 0 || affectedBy(inside, program, options, beyond) === undefined)) return undefined;

  const kept = keptSummaries(before, self);
  const isKept = (id: FunctionId): boolean =>
    before.first.get(nodeOf(id))?.isWhole === true && (before.last === undefined || before.last.get(nodeOf(id))?.isWhole === true);
  const runFor = (roots: Iterable<FunctionId>): ReadonlySet<FunctionId> => needed(roots, functionsOnly, program, isKept);
  self.before = kept.first;
  // Who tells something to whom is known when all that may tell were run.
  const telling = options.acrossFunctions ? [...program.tellers].flatMap((id) => withOuter(id, program)) : [];
  const once = runFor([...(touched ?? inside), ...fresh, ...leaving.filter((id) => !isKept(id)), ...telling]);
  self.runAll(once);
  if (!isAlone()) return undefined;
  if (options.acrossFunctions && program.tellers.size > 0 && handOn(self.channels, (id) => self.summaries.get(id) ?? kept.first(id)))
    return undefined;
  let first = printsOf(once, self);
  const leftBy = (id: FunctionId): readonly Left[] => {
    const summary = options.acrossFunctions ? (self.summaries.get(id) ?? kept.first(id)) : undefined;
    return summary === undefined ? [] : leftIn(summary, program);
  };
  if ([...once].some((id) => leftBy(id).length > 0 !== before.leaving.has(nodeOf(id)))) return undefined;
  // Others see those that they call, and what is left for them. In a circle each may change with any.
  const isSeen = (id: FunctionId): boolean =>
    before.leaving.has(nodeOf(id)) || program.callers[id]?.some((caller) => touched?.has(caller) !== true) === true;
  const seen = [...new Set([...(touched ?? [])].flatMap((id) => program.circleOf(id)))].filter((id) => functionsOnly.has(id) && isSeen(id));
  const isSame = (was: Prints | undefined, now: Prints): boolean =>
    seen.every((id) => was?.has(nodeOf(id)) !== true || samePrint(was.get(nodeOf(id)), now.get(nodeOf(id)), before.moves));
  let affected = touched !== undefined && isSame(before.first, first) ? touched : undefined;

  let run = once;
  let last: Prints | undefined;
  if (leaving.length > 0) {
    if (affected === undefined || before.last === undefined) return undefined;
    run = runFor([...affected, ...fresh]);
    for (const id of leaving) for (const one of leftBy(id)) leave(one, self.globals);
    // Those that are run come to know each other as they were after the first time.
    self.before = kept.last;
    for (const id of once) if (!run.has(id)) self.summaries.delete(id);
    for (const id of functionsOnly) if (run.has(id)) self.run(id);
    last = printsOf(run, self);
    if (!isSame(before.last, last)) return undefined;
  } else if (affected === undefined) {
    affected = affectedBy(inside, program, options, beyond);
    if (affected === undefined) return undefined;
    run = runFor([...affected, ...fresh]);
    const rest = new Set([...run].filter((id) => !once.has(id)));
    self.runAll(rest);
    first = printsOf(run, self);
    if ([...rest].some((id) => leftBy(id).length > 0)) return undefined;
  }
  if (!isAlone() || kept.lost() || [...run].some((id) => self.again.has(id))) return undefined;

  const found = new Map<number, readonly FormulaRange[]>();
  for (const id of [...functions.flatMap((each) => (each.isFunction ? [] : [each.id])), ...functionsOnly]) {
    const node = nodeOf(id);
    const own = run.has(id) ? [...(self.matches.get(id)?.values() ?? [])] : before.found.get(node);
    if (own === undefined && before.found.has(node)) return undefined;
    if (own !== undefined && own.length > 0) found.set(node, own);
  }
  const nodes = new Set([...functionsOnly].map(nodeOf));
  const merged = (was: Prints, now: Prints): Prints => new Map([...keptOf(was, nodes, before.moves), ...now]);
  const parts: KeptRun = {
    found,
    first: merged(before.first, first),
    last: last === undefined || before.last === undefined ? undefined : merged(before.last, last),
    leaving: before.leaving,
    moves: NO_MOVES,
  };
  return { parts, affected };
}

interface KeptSummaries {
  readonly first: FileRun['before'];
  readonly last: FileRun['before'];
  /** Whether one that was asked for could not be read. */
  lost(): boolean;
}

/** What is known of functions that are not run, after they were run once and in the end. Each is read when it is first asked for: most are not. */
function keptSummaries({ first, last, moves }: RunBefore, { program, specs }: FileRun): KeptSummaries {
  const matchAt = matchesAt(specs);
  let lost = false;
  const read = (prints: Prints): FileRun['before'] => {
    const known = new Map<FunctionId, Summary | undefined>();
    return (id) => {
      if (!known.has(id)) {
        const print = prints.get(program.functions[id]?.node ?? -1);
        const summary = print === undefined ? undefined : summaryFrom(movedPrint(print, moves), program, matchAt);
        lost ||= print !== undefined && summary === undefined;
        known.set(id, summary);
      }
      return known.get(id);
    };
  };
  const once = read(first);
  return { first: once, last: last === undefined ? once : read(last), lost: () => lost };
}

/** Functions with those that they are in a circle with, and with what they call where that is not known. */
function needed(
  roots: Iterable<FunctionId>,
  all: ReadonlySet<FunctionId>,
  { callees, functions, circleOf }: Program,
  isKept: (id: FunctionId) => boolean,
): ReadonlySet<FunctionId> {
  const found = new Set<FunctionId>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || !all.has(id)) continue;
    found.add(id);
    waiting.push(...circleOf(id));
    for (const callee of callees[id] ?? []) {
      if (!all.has(callee)) continue;
      if (!isKept(callee)) waiting.push(callee);
      // Where a method puts something into a store, others of its class may get it.
      const self = functions[callee]?.self;
      if (self !== undefined)
        for (const other of functions) if (other.self === self && all.has(other.id) && !isKept(other.id)) waiting.push(other.id);
    }
  }
  return found;
}

/** What functions mean to those that call them, by their nodes. */
export function printsOf(ids: Iterable<FunctionId>, { program, summaries }: FileRun): Prints {
  const prints = new Map<number, Print | undefined>();
  for (const id of ids) {
    const summary = summaries.get(id);
    const node = program.functions[id]?.node ?? -1;
    if (node >= 0) prints.set(node, summary === undefined ? undefined : printOf(summary, program));
  }
  return prints;
}

function* keptOf(prints: Prints, nodes: ReadonlySet<number>, moves: readonly Move[]): Iterable<readonly [number, Print | undefined]> {
  for (const [node, print] of prints) if (nodes.has(node)) yield [node, print === undefined ? undefined : movedPrint(print, moves)];
}

/** A function and those in it. */
function functionsIn(code: FlowTree, node: number): readonly FunctionId[] {
  const limit = nextOf(code.tree, node);
  return code.program().functions.flatMap((each) => (each.node >= node && each.node < limit ? [each.id] : []));
}

/**
 * What an edit inside of a function may change the run of: that function, those in it, and those around it, which may run it where it is written.
 * @returns undefined where the top level or the body of a class does
 */
function touchedBy(inside: readonly FunctionId[], program: Program, outside: ReadonlySet<FunctionId>): ReadonlySet<FunctionId> | undefined {
  const touched = new Set([...inside, ...withOuter(inside[0] ?? -1, program)]);
  return [...touched].some((id) => outside.has(id)) ? undefined : touched;
}

/** A function and those around it. */
function withOuter(id: FunctionId, { functions }: Program): readonly FunctionId[] {
  const found: FunctionId[] = [];
  for (let at = functions[id]; at?.isFunction === true; at = functions[at.outer]) found.push(at.id);
  return found;
}

/** Functions that lead to some, or are some of them; undefined where the top level or the body of a class does. */
function affectedBy(
  inside: readonly FunctionId[],
  { functions, callers }: Program,
  { acrossFunctions }: FlowOptions,
  beyond: Beyond | undefined,
): ReadonlySet<FunctionId> | undefined {
  const own = new Set(inside);
  const affected = !acrossFunctions || beyond === undefined ? reaching(callers, (id) => own.has(id)) : beyond.leadingToOwn(inside);
  return [...affected].every((id) => functions[id]?.isFunction === true) ? affected : undefined;
}
