/** Runs the taint rules of a program over one tree: the link between the search for what formulas match and the flow of data between them. */
import type { CompiledSpec, CompiledTaint } from '../formula/compiled.js';
import type { FormulaContext } from '../formula/context.js';
import { evaluate, evaluateRule } from '../formula/evaluate.js';
import type { Follow } from '../formula/search.js';
import type { RuleOptions } from '../pack/rule.js';
import type { FlowOptions } from './analysis.js';
import { createFlowTree, runTaint, type FlowTree } from './run.js';
import type { Found, FoundSpecs } from './spec.js';

/** Terms that may be run for one rule on one file; far above what code written by people needs. */
const STEP_BUDGET = 5_000_000;

/** @param acrossFunctions also follows calls into functions of the same file */
export function createFollow(acrossFunctions = true): Follow {
  return (tree, names, constants) => {
    let code: FlowTree | undefined;
    return (rule, taint, context) => {
      code ??= createFlowTree(tree, names(), constants());
      const options = flowOptions(rule.rule.options, rule.options.unifyIdsStrictly, acrossFunctions);
      const found = findSpecs(taint, context, options.unifyMetavariables);
      const budget = { left: STEP_BUDGET };
      const matches = found === undefined ? [] : runTaint(code, found, options, budget, context.expired);
      return { matches, finished: budget.left > 0 };
    };
  };
}

/** Undefined where there is nothing to follow. */
function findSpecs(taint: CompiledTaint, context: FormulaContext, everyWay: boolean): FoundSpecs | undefined {
  const find = <S>(specs: readonly CompiledSpec<S>[], all = everyWay): readonly Found<S>[] =>
    specs.map(({ spec, formula }) => ({ spec, ranges: all ? evaluate(formula, context) : evaluateRule(formula, context) }));
  const sinks = find(taint.sinks);
  if (sinks.every(({ ranges }) => ranges.length === 0)) return undefined;
  const sources = find(taint.sources);
  if (sources.every(({ ranges }) => ranges.length === 0)) return undefined;
  return { sources, sinks, sanitizers: find(taint.sanitizers, false), propagators: find(taint.propagators, true) };
}

function flowOptions(options: RuleOptions, strictly: boolean, acrossFunctions: boolean): FlowOptions {
  const flag = (name: string): boolean => options[name] === true;
  return {
    safeFunctions: flag('taint_assume_safe_functions'),
    safeIndexes: flag('taint_assume_safe_indexes'),
    safeComparisons: flag('taint_assume_safe_comparisons'),
    safeBooleans: flag('taint_assume_safe_booleans'),
    safeNumbers: flag('taint_assume_safe_numbers'),
    onlyThroughAssignments: flag('taint_only_propagate_through_assignments'),
    unifyMetavariables: flag('taint_unify_mvars'),
    focus: options['taint_focus_on'] === 'source' || options['taint_match_on'] === 'source' ? 'source' : 'sink',
    strictly,
    acrossFunctions,
  };
}
