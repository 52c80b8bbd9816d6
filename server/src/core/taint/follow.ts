/** Runs the taint rules of a program over one tree: the link between the search for what formulas match and the flow of data between them. */
import type { CompiledFormula, CompiledSpec, CompiledTaint } from '../formula/compiled.js';
import type { FormulaContext } from '../formula/context.js';
import { evaluateRule, evaluateWhole } from '../formula/evaluate.js';
import type { CompiledRule } from '../formula/program.js';
import type { FunctionFacts, KeptFlow } from '../formula/kept.js';
import type { FormulaRange, OtherFile } from '../formula/ranges.js';
import type { Follow, FollowRule } from '../formula/search.js';
import type { Since } from '../formula/since.js';
import { once } from '../model/once.js';
import type { RuleOptions } from '../pack/rule.js';
import type { FlowOptions } from './analysis.js';
import { createBudget } from './budget.js';
import { changedFunctions } from './changed.js';
import { createCallGraph, type CallGraph } from './callGraph.js';
import { createFlowTree, type FlowTree } from './flowTree.js';
import { editedFunction, type EditedFunction } from './editedFunction.js';
import {
  factsAfter,
  flowAfter,
  flowBeside,
  importedBefore,
  importsAfter,
  importsMoved,
  importsOf,
  keptFlow,
  keyOfImported,
  partsAfter,
  partsBeyond,
} from './kept.js';
import { writtenBy } from './inert.js';
import { narrowed, type Ends } from './narrow.js';
import { followAll, type Lead, type OpenFile, type ProjectCode } from './project.js';
import type { Beyond } from './fileRun.js';
import { runTaint, type Before } from './run.js';
import type { Found, FoundSpecs } from './spec.js';
import type { Imported } from './terms.js';

/** Terms that may be run for one rule on one file and those that it leads to; far above what code written by people needs. */
const STEP_BUDGET = 5_000_000;

const NO_IMPORTS: KeptFlow['imports'] = new Map();

interface CalledElsewhere {
  /** By the edited function, before. */
  readonly before: ReadonlySet<string>;
  /** By all functions. */
  now(): KeptFlow['imports'];
}

/** What a rule finds where there is nothing of it. */
export const NOTHING_FOUND: FoundSpecs = { sources: [], sinks: [], sanitizers: [], propagators: [] };

/** The files around the one that is looked at. */
export interface FollowAround {
  /** Given the file's own tree: what imports may lead to; undefined where nothing is looked for there. */
  project(home: FlowTree): ProjectCode | undefined;
  /** Equal where those files are the same. */
  readonly version: string;
}

/** @param acrossFunctions also follows calls into functions of the same file */
export function createFollow(acrossFunctions = true, filesAround?: FollowAround): Follow {
  return (tree, names, constants, since, last, keeps) => {
    let code: FlowTree | undefined;
    let project: ProjectCode | undefined;
    const version = filesAround?.version ?? '';
    const leads = new Map<Imported, readonly Lead[]>();
    let graph: CallGraph | undefined;
    const edited = once(() => (since === undefined || code === undefined ? undefined : editedFunction(since, code)));
    const written = once(() => (since === undefined || code === undefined ? undefined : writtenBy(since, code)));
    const importsNow = once((): KeptFlow['imports'] =>
      project === undefined || code === undefined ? NO_IMPORTS : importsOf(code.program()),
    );
    /** What functions call in other files, before the edit and now: rules have that in common. */
    const called = new Map<KeptFlow['imports'], CalledElsewhere>();
    const calledElsewhere = (imports: KeptFlow['imports'], edit: Since, func: EditedFunction): CalledElsewhere => {
      let known = called.get(imports);
      if (known === undefined) {
        const now = once(() => (project === undefined ? NO_IMPORTS : importsAfter(imports, edit, func)));
        called.set(imports, (known = { before: importedBefore(imports, edit, func), now }));
      }
      return known;
    };
    /** The same, after an edit of nothing but inert statements. */
    const importsBeside = new Map<KeptFlow['imports'], KeptFlow['imports']>();
    const beside = (before: KeptFlow, found: FoundSpecs, leadsOf: Beyond['leads']): KeptFlow | undefined => {
      const inert = written()?.inert;
      if (inert === undefined || inert.imports.some((imported) => leadsOf(imported, undefined).length > 0)) return undefined;
      let imports = importsBeside.get(before.imports);
      if (imports === undefined) importsBeside.set(before.imports, (imports = importsMoved(before.imports, inert.edit)));
      return flowBeside(before, found, inert, imports);
    };
    const changed = once(() => (last === undefined || code === undefined ? undefined : changedFunctions(last, code)));
    /** What is known of a rule's flows from before an edit of more than one function, or of what others see of it. */
    const keptBeyond = (rule: CompiledRule, found: FoundSpecs, { safeBooleans, safeNumbers }: FlowOptions): Before | undefined => {
      const before = last?.kept.flows.get(rule.rule.id);
      if (code === undefined || before?.around !== version) return undefined;
      const now = changed();
      if (now === undefined || ((safeBooleans || safeNumbers) && !now.sameTypes())) return undefined;
      return partsBeyond(before, found, now, code);
    };
    /** A rule's flows as they are after the edit, or what is known of them from before. */
    const keptOf = (
      rule: CompiledRule,
      found: FoundSpecs,
      options: FlowOptions,
      leadsOf: Beyond['leads'],
    ): KeptFlow | Before | undefined => {
      const before = since?.kept.flows.get(rule.rule.id);
      if (since === undefined || code === undefined || before?.around !== version) return keptBeyond(rule, found, options);
      const same = beside(before, found, leadsOf);
      if (same !== undefined) return same;
      const func = edited();
      if (func === undefined) return keptBeyond(rule, found, options);
      const elsewhere = calledElsewhere(before.imports, since, func);
      const mayLead = (imported: Imported): boolean =>
        !elsewhere.before.has(keyOfImported(imported)) && leadsOf(imported, undefined).length > 0;
      const kept = flowAfter(before, found, since, func, mayLead, elsewhere.now);
      return kept ?? partsAfter(before, found, since, func, code);
    };
    const knownFunctions = once((): ReadonlyMap<number, FunctionFacts> | undefined => {
      const func = since === undefined || code === undefined ? undefined : edited();
      return since === undefined || func === undefined ? undefined : factsAfter(since, func.node);
    });
    /** What is known of other functions where the edit is inert, though what its own hands back is not the same text. */
    const factsBeside = (): ReadonlyMap<number, FunctionFacts> | undefined => {
      const inert = since === undefined || edited() !== undefined ? undefined : written()?.inert;
      return since === undefined || inert === undefined ? undefined : factsAfter({ edit: inert.edit, kept: since.kept }, inert.func);
    };
    const follow: FollowRule = (rule, taint, context) => {
      if (code === undefined) {
        code = createFlowTree(tree, names(), constants(), knownFunctions);
        project = acrossFunctions ? filesAround?.project(code) : undefined;
      }
      const options = flowOptions(rule.rule.options, rule.options.unifyIdsStrictly, acrossFunctions);
      const found = findSpecs(taint, context, options.unifyMetavariables, project !== undefined);
      const budget = createBudget(STEP_BUDGET);
      const around = project;
      const leadsOf = (imported: Imported, from: OtherFile | undefined): readonly Lead[] =>
        around === undefined ? [] : leadsIn(around, imported, from, leads);
      if (found === undefined) return { matches: [], finished: true };
      const kept = keptOf(rule, found, options, leadsOf);
      if (kept !== undefined && 'matches' in kept) return { matches: kept.matches, finished: true, kept };
      const callGraph = (home: OpenFile): CallGraph => (graph ??= createCallGraph(home, leadsOf));
      const beyond = around === undefined ? undefined : beyondOf(around.self, rule, leadsOf, callGraph);
      const run = runTaint(code, found, options, budget, context.expired, beyond, kept, keeps);
      const finished = budget.left > 0 && !context.expired();
      const { matches } = run;
      return { matches, finished: budget.left > 0, ...(finished ? { kept: keptFlow(found, run, version, importsNow()) } : {}) };
    };
    return {
      follow,
      functions: () => new Map([...(factsBeside() ?? []), ...(code?.madeProgram?.facts() ?? knownFunctions() ?? [])]),
      inert: () => written()?.statements ?? new Map(),
    };
  };
}

function beyondOf(
  home: OpenFile,
  rule: CompiledRule,
  leads: Beyond['leads'],
  callGraph: (home: OpenFile) => CallGraph,
  ends?: Ends,
): Beyond {
  const kept = <S>(found: readonly Found<S>[], { path }: OpenFile): readonly Found<S>[] =>
    ends === undefined ? found : narrowed(found, ends, path);
  return {
    lead: (imported, from) => leads(imported, from)[0],
    leads,
    specs(file) {
      const found = file.specs(rule);
      return ends === undefined ? found : { ...found, sources: kept(found.sources, file), sinks: kept(found.sinks, file) };
    },
    leadingToOwn: (functions) => callGraph(home).leadingToOwn(functions),
    leadingTo: (end, own) =>
      callGraph(home).leadingTo((file) => (file.other === undefined ? own[end] : kept<unknown>(file.ends(rule)[end], file))),
    narrowedTo: (narrower) => beyondOf(home, rule, leads, callGraph, narrower),
  };
}

/** @param leads kept for all rules */
function leadsIn(
  project: ProjectCode,
  imported: Imported,
  from: OtherFile | undefined,
  leads: Map<Imported, readonly Lead[]>,
): readonly Lead[] {
  // See `knownCall`.
  if (imported.byName === true && from !== undefined) return [];
  let known = leads.get(imported);
  if (known === undefined) leads.set(imported, (known = followAll(project, from?.path ?? project.home, imported)));
  return known;
}

/**
 * What a rule finds in one tree; undefined where there is nothing to follow.
 * @param partly also where there are only sources, or only sinks, or neither
 */
export function findSpecs(taint: CompiledTaint, context: FormulaContext, everyWay: boolean, partly: boolean): FoundSpecs | undefined {
  const find = <S>(specs: readonly CompiledSpec<S>[], all = everyWay): readonly Found<S>[] =>
    specs.map(({ spec, formula }) => ({ spec, ranges: rangesOnce(formula, context, all) }));
  const sinks = find(taint.sinks);
  if (!partly && sinks.every(({ ranges }) => ranges.length === 0)) return undefined;
  const sources = find(taint.sources);
  if (!partly && sources.every(({ ranges }) => ranges.length === 0)) return undefined;
  return { sources, sinks, sanitizers: find(taint.sanitizers, false), propagators: find(taint.propagators, true) };
}

interface KnownRanges {
  readonly every: Map<CompiledFormula, readonly FormulaRange[]>;
  readonly rule: Map<CompiledFormula, readonly FormulaRange[]>;
}

const knownRanges = new WeakMap<FormulaContext, KnownRanges>();

/** Rules that use the same named sources share their formulas: each is looked for once in a tree. */
function rangesOnce(formula: CompiledFormula, context: FormulaContext, every: boolean): readonly FormulaRange[] {
  let known = knownRanges.get(context);
  if (known === undefined) knownRanges.set(context, (known = { every: new Map(), rule: new Map() }));
  const ofKind = every ? known.every : known.rule;
  const before = ofKind.get(formula);
  if (before !== undefined) return before;
  const cuts = context.cuts.count;
  const ranges = every ? evaluateWhole(formula, context) : evaluateRule(formula, context);
  // What was cut short is not the answer for the next rule that asks.
  if (context.cuts.count === cuts && context.budget.left > 0 && !context.expired()) ofKind.set(formula, ranges);
  return ranges;
}

/** Whether a rule asks for every way to bind metavariables. */
export function unifies(options: RuleOptions): boolean {
  return options['taint_unify_mvars'] === true;
}

function flowOptions(options: RuleOptions, strictly: boolean, acrossFunctions: boolean): FlowOptions {
  const flag = (name: string): boolean => options[name] === true;
  return {
    traced: true,
    safeFunctions: flag('taint_assume_safe_functions'),
    safeIndexes: flag('taint_assume_safe_indexes'),
    safeComparisons: flag('taint_assume_safe_comparisons'),
    safeBooleans: flag('taint_assume_safe_booleans'),
    safeNumbers: flag('taint_assume_safe_numbers'),
    onlyThroughAssignments: flag('taint_only_propagate_through_assignments'),
    unifyMetavariables: unifies(options),
    focus: options['taint_focus_on'] === 'source' || options['taint_match_on'] === 'source' ? 'source' : 'sink',
    strictly,
    acrossFunctions,
    marksFar: flag('taint_lower_far'),
  };
}
