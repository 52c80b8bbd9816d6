/**
 * One rule run again over a file in which some functions were edited. Those are run, with what they call; where they mean to others what they meant, others found
 * what they find. Where they do not, those that lead to them are run as well.
 */
import { NO_MOVES, type KeptRun, type Move, type Print, type Prints } from '../formula/kept.js';
import type { FormulaRange } from '../formula/ranges.js';
import type { FlowOptions, Summary } from './analysis.js';
import type { Cell } from './cells.js';
import { handOn } from './channels.js';
import type { Beyond, FileRun } from './fileRun.js';
import type { FlowTree } from './flowTree.js';
import { leave, leftIn, type Left } from './left.js';
import { reaching } from './order.js';
import { matchesAt, movedPrint, printOf, samePrint, summaryFrom } from './prints.js';
import { NO_TAINTS } from './taints.js';
import type { FunctionId, Program } from './terms.js';

/** What one of a rule's two runs was, after an edit: functions in their places now, and what was found. */
export interface RunBefore extends Omit<KeptRun, 'found'> {
  /** Undefined for a function whose matches are about what was replaced. */
  readonly found: ReadonlyMap<number, readonly FormulaRange[] | undefined>;
}

export interface Known {
  /** Functions that the edit may have changed. */
  readonly changed: ReadonlySet<FunctionId>;
  /** Whether it may have changed the top level, or the body of a class. */
  readonly atTop: boolean;
  readonly before: RunBefore;
}

export interface Again {
  readonly code: FlowTree;
  readonly options: FlowOptions;
  readonly beyond: Beyond | undefined;
  /** As in `Wanted`. */
  readonly wanted: ReadonlySet<FunctionId>;
  /** What of that is to be run, in order. */
  readonly functionsOnly: ReadonlySet<FunctionId>;
  /** Whether functions depend on each other only in ways that are known here. */
  isAlone(): boolean;
}

/** @returns undefined where all functions must be run */
export function runAgain(
  { changed, atTop, before }: Known,
  self: FileRun,
  { code, options, beyond, wanted, functionsOnly, isAlone }: Again,
): { readonly parts: KeptRun; readonly affected: ReadonlySet<FunctionId> } | undefined {
  const program = code.program();
  const { functions } = program;
  const nodeOf = (id: FunctionId): number => functions[id]?.node ?? -1;
  if (!isAlone()) return undefined;
  self.start();
  const globals = printOfGlobals(self);
  const isStale = (node: number): boolean => before.found.has(node) && before.found.get(node) === undefined;
  const fresh = [...functionsOnly].filter((id) => !before.first.has(nodeOf(id)) || isStale(nodeOf(id)));
  const leaving = [...functionsOnly].filter((id) => before.leaving.has(nodeOf(id)));
  if (leaving.length < before.leaving.size) return undefined;
  const touched = touchedBy(changed, self);
  // What it runs where it is written is a part of it.
  const runsTop = atTop || [...touched].some((id) => self.outside.has(id));
  // Functions saw what the top level and classes hold before any of them was run.
  if (runsTop && !samePrint(before.globals, globals, before.moves)) return undefined;

  const kept = keptSummaries(before, self);
  // Of those that may be asked, hardly any is.
  const isKept = (id: FunctionId, isAsked = true): boolean =>
    [before.first, ...(before.last === undefined ? [] : [before.last])].every((prints) => {
      const print = prints.get(nodeOf(id));
      return print !== undefined && (print.isWhole || !isAsked);
    });
  const runFor = (roots: Iterable<FunctionId>): ReadonlySet<FunctionId> => needed(roots, functionsOnly, self, isKept);
  // Of those that are run no more is known than when all were: in a circle each begins without the others.
  let running: ReadonlySet<FunctionId> = new Set();
  self.before = (id) => (running.has(id) ? undefined : kept.first(id));
  // Who tells something to whom is known when all that may tell were run.
  const telling = options.acrossFunctions ? [...program.tellers].flatMap((id) => withOuter(id, program)) : [];
  const once = runFor([...touched, ...fresh, ...leaving.filter((id) => before.leaving.get(nodeOf(id))?.isWhole !== true), ...telling]);
  running = once;
  self.runAll(once);
  if (!isAlone()) return undefined;
  if (options.acrossFunctions && program.tellers.size > 0 && handOn(self.channels, (id) => self.summaries.get(id) ?? kept.first(id)))
    return undefined;
  let first = printsOf(once, self);
  const leftBy = (id: FunctionId): readonly Left[] => {
    const summary = options.acrossFunctions ? (self.summaries.get(id) ?? kept.left(id)) : undefined;
    return summary === undefined ? [] : leftIn(summary, program);
  };
  if ([...once].some((id) => leftBy(id).length > 0 !== before.leaving.has(nodeOf(id)))) return undefined;
  // Others see those that they call, and what is left for them. In a circle each may change with any.
  const isSeen = (id: FunctionId): boolean =>
    before.leaving.has(nodeOf(id)) || program.callers[id]?.some((caller) => !touched.has(caller)) === true;
  const seen = [...new Set([...touched].flatMap((id) => program.circleOf(id)))].filter((id) => functionsOnly.has(id) && isSeen(id));
  const isSame = (was: Prints | undefined, now: Prints): boolean =>
    seen.every((id) => was?.has(nodeOf(id)) !== true || samePrint(was.get(nodeOf(id)), now.get(nodeOf(id)), before.moves));
  let affected = touched;
  let endsAtTop = runsTop;

  let run = once;
  const isFirstSame = isSame(before.first, first);
  if (!isFirstSame) {
    const all = new Set([...touched, ...affectedBy(changed, program, options, beyond)]);
    affected = new Set([...all].filter((id) => functions[id]?.isFunction === true));
    endsAtTop ||= affected.size < all.size;
    run = new Set([...once, ...runFor([...affected, ...fresh])]);
    running = run;
    self.runAll(new Set([...run].filter((id) => !once.has(id))));
    first = printsOf(run, self);
    if ([...run].some((id) => leftBy(id).length > 0 !== before.leaving.has(nodeOf(id)))) return undefined;
    // What is left anybody may find.
    const isLeftSame = (id: FunctionId): boolean =>
      !run.has(id) || samePrint(before.leaving.get(nodeOf(id)), printOfLeft(leftBy(id), program), before.moves);
    if (!leaving.every(isLeftSame)) return undefined;
  }
  if ([...run].some((id) => self.again.has(id))) return undefined;
  // What calls functions at the top was run before any of them.
  if (endsAtTop || leaving.length > 0) self.settle();
  const settled = printOfGlobals(self);
  let last: Prints | undefined;
  if (leaving.length > 0) {
    if (before.last === undefined || !samePrint(before.settled, settled, before.moves)) return undefined;
    const ranOnce = run;
    run = runFor([...affected, ...fresh]);
    for (const id of leaving) for (const one of leftBy(id)) leave(one, self.globals);
    // Those that are run come to know each other as they were after the first time.
    self.before = kept.last;
    for (const id of ranOnce) if (!run.has(id)) self.summaries.delete(id);
    self.forgetInside();
    for (const id of functionsOnly) if (run.has(id)) self.run(id);
    last = printsOf(run, self);
    // Those that lead to one that is another now were run, too.
    if (isFirstSame && !isSame(before.last, last)) return undefined;
  }
  if (endsAtTop) {
    // What it holds then nobody sees any more: only what it finds.
    if (leaving.length > 0) for (const id of program.order) if (wanted.has(id) && functions[id]?.isFunction === false) self.run(id);
    if (options.acrossFunctions) self.run(0);
  }
  if (!isAlone() || kept.lost() || [...run].some((id) => self.again.has(id))) return undefined;

  const found = new Map<number, readonly FormulaRange[]>();
  for (const id of [...functions.flatMap((each) => (each.isFunction ? [] : [each.id])), ...functionsOnly]) {
    const node = nodeOf(id);
    const own =
      run.has(id) || (endsAtTop && functions[id]?.isFunction === false)
        ? [...(self.matches.get(id)?.values() ?? [])]
        : before.found.get(node);
    if (own === undefined && before.found.has(node)) return undefined;
    if (own !== undefined && own.length > 0) found.set(node, own);
  }
  const nodes = new Set([...functionsOnly].map(nodeOf));
  const merged = (was: Prints, now: Prints): Prints => new Map([...keptOf(was, nodes, before.moves), ...now]);
  const parts: KeptRun = {
    found,
    first: merged(before.first, first),
    last: last === undefined || before.last === undefined ? undefined : merged(before.last, last),
    leaving: new Map(keptOf(before.leaving, nodes, before.moves)),
    globals,
    settled,
    moves: NO_MOVES,
  };
  return { parts, affected };
}

interface KeptSummaries {
  readonly first: FileRun['before'];
  readonly last: FileRun['before'];
  /** What a function leaves behind, and nothing else. */
  readonly left: FileRun['before'];
  /** Whether one that was asked for could not be read. */
  lost(): boolean;
}

/** What is known of functions that are not run, after they were run once and in the end. Each is read when it is first asked for: most are not. */
function keptSummaries({ first, last, leaving, moves }: RunBefore, { program, specs }: FileRun): KeptSummaries {
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
  return { first: once, last: last === undefined ? once : read(last), left: read(leaving), lost: () => lost };
}

/** Functions with those that they are in a circle with, and with what they call where that is not known. */
function needed(
  roots: Iterable<FunctionId>,
  all: ReadonlySet<FunctionId>,
  { program, inside }: Pick<FileRun, 'program' | 'inside'>,
  isKept: (id: FunctionId, isAsked?: boolean) => boolean,
): ReadonlySet<FunctionId> {
  const { callees, functions, circleOf } = program;
  const found = new Set<FunctionId>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || !all.has(id)) continue;
    found.add(id);
    waiting.push(...circleOf(id));
    for (const callee of withInside(callees[id] ?? [], callees, inside)) {
      if (!all.has(callee)) continue;
      if (!isKept(callee)) waiting.push(callee);
      // Where a method puts something into a store, others of its class may get it.
      const self = functions[callee]?.self;
      if (self !== undefined)
        for (const other of functions) if (other.self === self && all.has(other.id) && !isKept(other.id, false)) waiting.push(other.id);
    }
  }
  return found;
}

/** Functions, with what is called by those of them that run inside of others. */
function withInside(called: readonly FunctionId[], callees: Program['callees'], inside: ReadonlySet<FunctionId>): Iterable<FunctionId> {
  if (!called.some((id) => inside.has(id))) return called;
  const found = new Set(called);
  // Those that are added meanwhile are visited, too.
  for (const id of found) if (inside.has(id)) for (const callee of callees[id] ?? []) found.add(callee);
  return found;
}

/** What functions mean to those that call them, by their nodes. */
export function printsOf(ids: Iterable<FunctionId>, { program, summaries, unasked }: FileRun): Prints {
  const prints = new Map<number, Print | undefined>();
  for (const id of ids) {
    const summary = summaries.get(id);
    const node = program.functions[id]?.node ?? -1;
    if (node < 0) continue;
    const print = summary === undefined ? undefined : printOf(summary, program);
    prints.set(node, print === undefined || !unasked.has(id) ? print : { ...print, isWhole: false });
  }
  return prints;
}

/** Of what a function leaves behind; undefined where it is not compared. */
export function printOfLeft(left: readonly Left[], program: Program): Print | undefined {
  const writes = left.map(({ variable, path, taints }) => ({ origin: { kind: 'variable', variable } as const, path, taints }));
  return printOf({ returned: { taints: NO_TAINTS, parts: undefined }, effects: [], calls: [], writes }, program);
}

/** What the top level and classes hold, which functions see; undefined where it is not compared. */
export function printOfGlobals({ program, globals }: FileRun): Print | undefined {
  const parts = new Map<string, Cell>();
  for (const [variable, cell] of globals) {
    const key = program.globalKey(variable);
    if (key === undefined) return undefined;
    parts.set(key, cell);
  }
  return printOf(
    { returned: { taints: NO_TAINTS, parts: parts.size === 0 ? undefined : parts }, effects: [], calls: [], writes: [] },
    program,
  );
}

function* keptOf(prints: Prints, nodes: ReadonlySet<number>, moves: readonly Move[]): Iterable<readonly [number, Print | undefined]> {
  for (const [node, print] of prints) if (nodes.has(node)) yield [node, print === undefined ? undefined : movedPrint(print, moves)];
}

/** What an edit inside of functions may change the run of: those functions, and those around them, which may run them where they are written. */
function touchedBy(changed: ReadonlySet<FunctionId>, { program, inside }: Pick<FileRun, 'program' | 'inside'>): ReadonlySet<FunctionId> {
  const touched = new Set([...changed].flatMap((id) => withOuter(id, program)));
  // What one that runs inside of another does when it is called, is known to those that call it only. Those that are added meanwhile are visited, too.
  for (const id of touched)
    if (inside.has(id))
      for (const caller of program.callers[id] ?? []) for (const around of withOuter(caller, program)) touched.add(around);
  return touched;
}

/** A function and those around it. */
function withOuter(id: FunctionId, { functions }: Program): readonly FunctionId[] {
  const found: FunctionId[] = [];
  for (let at = functions[id]; at?.isFunction === true; at = functions[at.outer]) found.push(at.id);
  return found;
}

/** Functions, and what else is run, that lead to some or are some of them. */
function affectedBy(
  changed: ReadonlySet<FunctionId>,
  { callers }: Program,
  { acrossFunctions }: FlowOptions,
  beyond: Beyond | undefined,
): ReadonlySet<FunctionId> {
  return !acrossFunctions || beyond === undefined ? reaching(callers, (id) => changed.has(id)) : beyond.leadingToOwn([...changed]);
}
