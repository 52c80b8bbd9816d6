/**
 * Runs the terms of one function with taints for values: each term once on every path, loops until nothing changes. Paths that meet are joined; a
 * jump keeps what it brings for the place that it leads to. What it finds goes to the analysis (`arrived`), what depends on a caller into a summary. One file: each
 * kind of term runs the terms that it is made of.
 */
import type { Analysis, Frame, Landing, Summary, Value } from './analysis.js';
import { spend } from './budget.js';
import { evaluateArguments, evaluateCall, evaluateGetter, finish } from './calls.js';
import { bounded, Environment, ownTaints, sameState, sizeOf, type Cell } from './cells.js';
import { fromSources as ofSources } from './left.js';
import { arriveAt, fromSources, sanitizersAt, withoutSafeTypes } from './matches.js';
import { fetchPlace, wipe, writeTarget } from './places.js';
import { given, NO_TAINTS, taintsOf, union, type Origin, type SpecMatch, type Taints } from './taints.js';
import type { SourceSpec } from '../formula/compiled.js';
import type { Combination, Control, FunctionTerm, FunctionValue, Key, Place, Target, Term, VariableId } from './terms.js';
import { cellOfValue, gathered, isClean, joinValues, NO_VALUE, valueOf } from './values.js';

/** How deep in an object what a function leaves there is told apart. */
const MAX_LEFT_PATH = 3;
/** Passes over a loop: far more than taints need to go round. */
const MAX_PASSES = 12;

/**
 * Runs a function as if anyone could call it.
 * @param isAsked whether the summary says what comes of what a caller gives
 */
export function runFunction(
  analysis: Analysis,
  func: FunctionTerm,
  isAsked: boolean,
): { readonly summary: Summary; readonly env: Environment } {
  const frame: Frame = {
    analysis,
    func,
    root: func.node,
    isAsked: isAsked && analysis.options.acrossFunctions,
    env: new Environment(),
    alive: true,
    returned: NO_VALUE,
    exit: undefined,
    landings: [],
    tries: [],
    labels: new Map(),
    inside: [func.id],
    effects: new Map(),
    calls: new Map(),
    left: new Map(),
    made: undefined,
    settled: new Map(),
    evaluate,
    got: evaluateGetter,
  };
  const handed = analysis.channels.handed.get(func.id);
  for (const [index, parameter] of func.parameters.entries()) {
    const fallback = joinValues(
      parameter.fallback === undefined ? NO_VALUE : evaluate(frame, parameter.fallback),
      handed?.[index] ?? NO_VALUE,
    );
    const brought = frame.isAsked ? taintsOf([given({ kind: 'parameter', index }, [])]) : NO_TAINTS;
    enterParameter(frame, parameter.target, { taints: union(fallback.taints, brought), parts: fallback.parts });
  }
  const last = func.returnsLast ? handedOut(frame, func.body) : evaluate(frame, func.body);
  if (frame.alive && func.returnsLast) {
    leaveWith(frame, last);
  } else if (frame.alive) leaveWith(frame, NO_VALUE);
  runLabels(frame);
  const env = frame.exit ?? frame.env;
  return {
    summary: {
      returned: frame.returned,
      effects: [...frame.effects.values()],
      calls: [...frame.calls.values()],
      writes: writesOf(frame, env),
    },
    env,
  };
}

/** Gives a parameter what a caller brings, and what it is a source of. */
function enterParameter(frame: Frame, target: Target, value: Value): void {
  switch (target.kind) {
    case 'place': {
      const { place } = target;
      if (place.kind !== 'name') return;
      const taints = union(value.taints, fromSources(frame, sourcesAtParameter(frame, place.node), NO_TAINTS));
      frame.env.set(
        place.variable,
        taints.size === 0 && value.parts === undefined ? undefined : cellOfValue({ taints, parts: value.parts }),
      );
      return;
    }
    case 'elements':
      for (const [index, element] of target.elements.entries())
        if (element !== undefined) enterParameter(frame, element, partGiven(value, `#${index}`));
      if (target.rest !== undefined) enterParameter(frame, target.rest, value);
      return;
    case 'members':
      for (const { key, target: inner } of target.members) enterParameter(frame, inner, partGiven(value, key));
      if (target.rest !== undefined) enterParameter(frame, target.rest, value);
      return;
    case 'all':
      for (const inner of target.targets) enterParameter(frame, inner, value);
  }
}

function partGiven(value: Value, key: Key): Value {
  return valueOf(
    taintsOf([...value.taints.values()].map((taint) => (taint.kind === 'given' ? given(taint.origin, [...taint.path, key]) : taint))),
  );
}

function sourcesAtParameter({ analysis: { specs } }: Frame, node: number): readonly SpecMatch<SourceSpec>[] {
  return node < 0 ? [] : specs.sources.at(node);
}

/** What the function leaves in what it was given. */
function writesOf(frame: Frame, env: Environment): Summary['writes'] {
  if (!frame.analysis.options.acrossFunctions || frame.root < 0) return [];
  const origins = new Map<number, Origin>();
  for (const [index, { target }] of frame.func.parameters.entries())
    if (target.kind === 'place' && target.place.kind === 'name') origins.set(target.place.variable, { kind: 'parameter', index });
  const { program } = frame.analysis;
  const writes: Summary['writes'][number][] = [];
  const collect = (origin: Origin, path: readonly Key[], cell: Cell): void => {
    if (cell.taints !== undefined && cell.taints !== 'clean') {
      // What was there already is no news.
      const own = given(origin, path).key;
      const fresh = taintsOf([...cell.taints.values()].filter((taint) => taint.kind === 'source' || !isPrefix(own, taint.key)));
      // A parameter that is itself assigned to is the function's own.
      if (fresh.size > 0 && (path.length > 0 || origin.kind === 'variable')) writes.push({ origin, path, taints: fresh });
    }
    if (cell.parts !== undefined && path.length < MAX_LEFT_PATH)
      for (const [key, part] of cell.parts) collect(origin, [...path, key], part);
  };
  for (const [variable, cell] of env.entries()) {
    const origin = origins.get(variable);
    const owner = program.variableOwners[variable] ?? -1;
    if (origin !== undefined) collect(origin, [], cell);
    else if (owner < frame.root && program.written.has(variable)) collect({ kind: 'variable', variable }, [], cell);
  }
  return [...writes, ...frame.left.values()];
}

/** What a function that may run later puts into variables of the module, or into the object of a class: others may find it there. */
function noteLeft(frame: Frame, after: Environment, without: Environment): void {
  const { program, options } = frame.analysis;
  if (!options.acrossFunctions) return;
  const collect = (variable: VariableId, path: readonly Key[], cell: Cell): void => {
    const taints = ofSources(ownTaints(cell));
    if (taints.size > 0) {
      const origin: Origin = { kind: 'variable', variable };
      const key = given(origin, path).key;
      const before = frame.left.get(key);
      frame.left.set(key, { origin, path, taints: before === undefined ? taints : union(before.taints, taints) });
    }
    if (cell.parts !== undefined && path.length < MAX_LEFT_PATH)
      for (const [key, part] of cell.parts) collect(variable, [...path, key], part);
  };
  for (const [variable, cell] of after.changesSince(without))
    if ((program.variableOwners[variable] ?? -1) < 0 && program.written.has(variable)) collect(variable, [], cell);
}

function isPrefix(own: string, key: string): boolean {
  return key === own;
}

function leaveWith(frame: Frame, value: Value): void {
  const parts = bounded(value.parts);
  frame.returned = joinValues(frame.returned, parts === value.parts ? value : { taints: value.taints, parts });
  if (frame.exit === undefined) frame.exit = frame.env.fork();
  else frame.exit.join(frame.env);
  frame.alive = false;
}

// ---- terms

/** Each term is a step, and so is each part of what it makes. */
function evaluate(frame: Frame, term: Term): Value {
  const value = evaluateTerm(frame, term);
  if (value.parts !== undefined) spend(frame.analysis, sizeOf(value.parts) >> 2);
  return value;
}

function evaluateTerm(frame: Frame, term: Term): Value {
  if (!frame.alive || !spend(frame.analysis, 1)) return NO_VALUE;
  switch (term.kind) {
    case 'literal':
      return term.node < 0 ? NO_VALUE : expression(frame, term.node, () => NO_VALUE);
    case 'name':
    case 'part':
      return fetchPlace(frame, term);
    case 'call': {
      mayThrow(frame);
      const value = evaluateCall(frame, term, runInline);
      mayThrow(frame);
      return value;
    }
    case 'assign':
      return assign(frame, term);
    case 'function': {
      if (!term.inline) return NO_VALUE;
      const value = expression(frame, term.node, () => NO_VALUE);
      // What the module and a class have names for is run by itself.
      if (frame.func.isFunction || !frame.analysis.options.acrossFunctions) runInline(frame, term, [], false);
      return value;
    }
    case 'union':
      return expression(frame, term.node, () => {
        const { options } = frame.analysis;
        let taints = NO_TAINTS;
        for (const part of term.parts) taints = union(taints, gathered(safely(frame, part)));
        if (term.node >= 0 && options.onlyThroughAssignments) return NO_VALUE;
        return term.result === 'comparison' && options.safeComparisons ? NO_VALUE : valueOf(taints);
      });
    case 'lazy':
      return expression(frame, term.node, () => lazily(frame, term.parts));
    case 'elements':
      return expression(frame, term.node, () => {
        const { list, taints } = evaluateArguments(frame, term.parts, (func) => evaluate(frame, func));
        if (list.some(({ argument }) => argument.spread)) return valueOf(taints);
        const parts = new Map<Key, Cell>();
        for (const [index, { value }] of list.entries())
          if (value.taints.size > 0 || value.parts !== undefined) parts.set(`#${index}`, cellOfValue(value));
        return parts.size === 0 ? NO_VALUE : { taints: NO_TAINTS, parts };
      });
    case 'record':
      return expression(frame, term.node, () => record(frame, term.entries));
    case 'same':
      return expression(frame, term.node, () => evaluate(frame, term.inner));
    case 'sequence': {
      let value = NO_VALUE;
      for (const part of term.parts) value = evaluate(frame, part);
      return term.node < 0 ? value : finish(frame, term.node, value);
    }
    default:
      return control(frame, term);
  }
}

/** What a function returns: where that is a function, what it returns in turn, as whoever gets it calls it. */
function handedOut(frame: Frame, term: Term): Value {
  if (term.kind !== 'function' || !term.inline) return evaluate(frame, term);
  if (!spend(frame.analysis, 1)) return NO_VALUE;
  return expression(frame, term.node, () => valueOf(gathered(runInline(frame, term, [], false))));
}

/** What an expression is, with all that the rule says about it as a whole. */
function expression(frame: Frame, node: number, inner: () => Value): Value {
  if (node < 0) return inner();
  const sanitizers = sanitizersAt(frame, node);
  if (sanitizers.length > 0) {
    if (sanitizers.every((match) => match.spec.exact)) inner();
    return NO_VALUE;
  }
  return finish(frame, node, inner());
}

function record(frame: Frame, entries: (Combination & { readonly kind: 'record' })['entries']): Value {
  let whole = NO_VALUE;
  for (const { key, parts } of entries) {
    for (const part of parts) {
      const value = evaluate(frame, part);
      if (isClean(value)) continue;
      // Another object's members are this one's, too; what stands under a computed key may be any of them.
      if (key !== undefined) whole = joinValues(whole, { taints: NO_TAINTS, parts: new Map([[key, cellOfValue(value)]]) });
      else whole = joinValues(whole, part.kind === 'literal' || parts.length > 1 ? valueOf(gathered(value)) : value);
    }
  }
  return frame.analysis.options.onlyThroughAssignments ? NO_VALUE : whole;
}

/** An operand, without taints that its type cannot carry. */
function safely(frame: Frame, term: Term): Value {
  const value = evaluate(frame, term);
  return 'node' in term ? withoutSafeTypes(frame, term.node, value) : value;
}

function lazily(frame: Frame, parts: readonly Term[]): Value {
  const [first, ...rest] = parts;
  let taints = first === undefined ? NO_TAINTS : gathered(evaluate(frame, first));
  for (const part of rest) {
    const without = frame.env.fork();
    taints = union(taints, gathered(evaluate(frame, part)));
    if (frame.alive) frame.env.join(without);
    else {
      frame.env = without;
      frame.alive = true;
    }
  }
  return frame.analysis.options.onlyThroughAssignments ? NO_VALUE : valueOf(taints);
}

function assign(frame: Frame, term: Term & { readonly kind: 'assign' }): Value {
  const node = term.hidden ? -1 : term.node;
  const sanitized = node >= 0 && sanitizersAt(frame, node).length > 0;
  const value = sanitized ? NO_VALUE : finish(frame, node, evaluate(frame, term.value));
  if (!frame.alive) return value;
  const size = sizeOfTerm(frame, term.value);
  writeTarget(frame, term.target, value, node);
  if (term.target.kind !== 'place' || term.target.place.kind !== 'name') return value;
  const { variable } = term.target.place;
  if (size !== undefined) frame.env.resize(variable, size);
  frame.env.separate(variable);
  const { made } = frame;
  if (made !== undefined && term.value.kind === 'call' && term.value.node === made.node)
    for (const { key, at } of made.kept) frame.env.identify(variable, [key], at);
  return value;
}

/** How long the list is that a term makes, or stands for. */
function sizeOfTerm(frame: Frame, term: Term): number | undefined {
  if (term.kind === 'name') return frame.env.sizes.get(term.variable);
  if (term.kind === 'call' && term.access?.op === 'make') return 0;
  return term.kind === 'elements' && term.parts.every((part) => !part.spread) ? term.parts.length : undefined;
}

/** Runs a function where it is written: it may run now, with what is known now. */
function runInline(frame: Frame, term: FunctionValue, handed: readonly Value[], now: boolean): Value {
  const func = frame.analysis.program.functions[term.id];
  if (func === undefined || frame.inside.includes(term.id)) return NO_VALUE;
  if (frame.func.isFunction) frame.analysis.ranInside(term.id);
  else frame.analysis.ranOutside(term.id);
  const { returned, exit } = frame;
  const without = frame.env.fork();
  const landings = frame.landings.splice(0);
  frame.inside.push(term.id);
  frame.returned = NO_VALUE;
  frame.exit = undefined;
  for (const [index, parameter] of func.parameters.entries()) {
    wipeTarget(frame, parameter.target);
    const fallback = parameter.fallback === undefined ? NO_VALUE : evaluate(frame, parameter.fallback);
    const value = parameter.rest ? handed.slice(index).reduce(joinValues, fallback) : joinValues(fallback, handed[index] ?? NO_VALUE);
    writeTarget(frame, parameter.target, value, -1);
    enterSources(frame, parameter.target);
  }
  const last = func.returnsLast ? handedOut(frame, func.body) : evaluate(frame, func.body);
  if (frame.alive) leaveWith(frame, func.returnsLast ? last : NO_VALUE);
  const result = frame.returned;
  const after: Environment | undefined = frame.exit;
  // What it does to variables counts where it is plain that it runs here.
  if (!now && after !== undefined) noteLeft(frame, after, without);
  frame.env = now ? (after ?? without) : without;
  if (now && after !== undefined) frame.env.join(without);
  frame.alive = true;
  frame.returned = returned;
  frame.exit = exit;
  frame.inside.pop();
  frame.landings.push(...landings);
  return result;
}

function wipeTarget(frame: Frame, target: Target): void {
  if (target.kind === 'place' && target.place.kind === 'name') wipe(frame, { variable: target.place.variable, path: [] });
}

/** A parameter of a function that is written here may be a source whatever stands around its name. */
function enterSources(frame: Frame, target: Target): void {
  for (const place of placesOf(target)) {
    if (place.kind !== 'name') continue;
    const taints: Taints = fromSources(frame, sourcesAtParameter(frame, place.node), NO_TAINTS);
    if (taints.size > 0) frame.env.add(place.variable, [], taints, undefined, undefined);
  }
}

/** All that a target gives something to. */
function placesOf(target: Target): readonly Place[] {
  switch (target.kind) {
    case 'place':
      return [target.place];
    case 'elements':
      return [...target.elements, target.rest].flatMap((inner) => (inner === undefined ? [] : placesOf(inner)));
    case 'members':
      return [...target.members.map((member) => member.target), target.rest].flatMap((inner) =>
        inner === undefined ? [] : placesOf(inner),
      );
    case 'all':
      return target.targets.flatMap(placesOf);
  }
}

// ---- steering

function control(frame: Frame, term: Control): Value {
  switch (term.kind) {
    case 'block': {
      let value = NO_VALUE;
      for (const part of term.terms) {
        const label = part.kind === 'block' ? part.terms[0] : part;
        if (label?.kind === 'label') land(frame, label.label);
        if (!frame.alive) continue;
        value = evaluate(frame, part);
      }
      return value;
    }
    case 'if':
      return expression(frame, term.node, () => {
        evaluate(frame, term.condition);
        return branch(
          frame,
          term.branches.map((part) => () => evaluate(frame, part)),
          term.complete,
        );
      });
    case 'loop':
      return loop(frame, term);
    case 'switch':
      return select(frame, term);
    case 'try':
      return attempt(frame, term);
    case 'return':
    case 'yield': {
      const value = term.value === undefined ? NO_VALUE : handedOut(frame, term.value);
      if (!frame.alive) return NO_VALUE;
      if (term.node >= 0) arriveAt(frame, term.node, value);
      if (term.kind === 'return') leaveWith(frame, value);
      else frame.returned = joinValues(frame.returned, valueOf(gathered(value)));
      return value;
    }
    case 'throw':
      if (term.value !== undefined) evaluate(frame, term.value);
      mayThrow(frame);
      frame.alive = false;
      return NO_VALUE;
    case 'break':
    case 'continue': {
      const landing = frame.landings.findLast((one) =>
        term.label === undefined ? term.kind === 'break' || one.kind === 'loop' : one.label === term.label,
      );
      if (landing !== undefined) {
        const key = term.kind === 'break' ? 'broken' : 'continued';
        const there = landing[key];
        if (there === undefined) landing[key] = frame.env.fork();
        else there.join(frame.env);
      }
      frame.alive = false;
      return NO_VALUE;
    }
    case 'goto': {
      const there = frame.labels.get(term.label);
      if (there === undefined) frame.labels.set(term.label, frame.env.fork());
      else there.join(frame.env);
      frame.alive = false;
      return NO_VALUE;
    }
    case 'label':
      return NO_VALUE;
  }
}

/** Takes in what jumps further up brought here. */
function land(frame: Frame, label: string): void {
  const brought = frame.labels.get(label);
  if (brought === undefined) return;
  if (frame.alive) frame.env.join(brought);
  else frame.env = brought.fork();
  frame.alive = true;
}

/** A jump backwards: the function runs again with what it brought, once. */
function runLabels(frame: Frame): void {
  if (frame.labels.size === 0) return;
  frame.alive = true;
  frame.env = new Environment();
  evaluate(frame, frame.func.body);
  frame.alive = false;
}

/** Runs each alternative from here and joins where they end; without `complete` maybe none of them runs. */
function branch(frame: Frame, alternatives: readonly (() => Value)[], complete: boolean): Value {
  const before = frame.env;
  let after = complete && alternatives.length > 0 ? undefined : before.fork();
  let value = NO_VALUE;
  for (const [index, run] of alternatives.entries()) {
    frame.env = index === alternatives.length - 1 ? before : before.fork();
    frame.alive = true;
    value = joinValues(value, run());
    if (!frame.alive) continue;
    if (after === undefined) after = frame.env;
    else after.join(frame.env);
  }
  frame.alive = after !== undefined;
  frame.env = after ?? before;
  return value;
}

function merge(frame: Frame, other: Environment | undefined): void {
  if (other === undefined) return;
  if (frame.alive) frame.env.join(other);
  else frame.env = other.fork();
  frame.alive = true;
}

function loop(frame: Frame, term: Control & { readonly kind: 'loop' }): Value {
  if (term.before !== undefined) evaluate(frame, term.before);
  if (!frame.alive) return NO_VALUE;
  const landing: Landing = { kind: 'loop', label: term.label, broken: undefined, continued: undefined };
  const entry = frame.env.fork();
  let out: Environment | undefined;
  const leave = (): void => {
    if (!frame.alive) return;
    if (out === undefined) out = frame.env.fork();
    else out.join(frame.env);
  };
  const test = (): void => {
    if (term.condition !== undefined) evaluate(frame, term.condition);
  };
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    frame.env = entry.fork();
    frame.alive = true;
    landing.continued = undefined;
    if (term.first === 'condition') {
      test();
      if (term.condition !== undefined) leave();
    }
    frame.landings.push(landing);
    evaluate(frame, term.body);
    frame.landings.pop();
    merge(frame, landing.continued);
    if (term.first === 'body' && frame.alive) {
      test();
      leave();
    }
    if (term.update !== undefined) evaluate(frame, term.update);
    if (!frame.alive || !entry.join(frame.env)) break;
  }
  frame.alive = out !== undefined;
  if (out !== undefined) frame.env = out;
  if (term.otherwise !== undefined) evaluate(frame, term.otherwise);
  merge(frame, landing.broken);
  return NO_VALUE;
}

function select(frame: Frame, term: Control & { readonly kind: 'switch' }): Value {
  if (term.subject !== undefined) evaluate(frame, term.subject);
  if (!frame.alive) return NO_VALUE;
  const landing: Landing = { kind: 'switch', label: undefined, broken: undefined, continued: undefined };
  let value = NO_VALUE;
  const entry = frame.env;
  let after: Environment | undefined = term.complete ? undefined : entry.fork();
  let fallen: Environment | undefined;
  for (const one of term.cases) {
    frame.env = entry.fork();
    frame.alive = true;
    for (const test of one.tests) evaluate(frame, test);
    if (fallen !== undefined) merge(frame, fallen);
    if (term.falls) frame.landings.push(landing);
    value = joinValues(value, evaluate(frame, one.body));
    if (term.falls) frame.landings.pop();
    fallen = frame.alive && term.falls ? frame.env : undefined;
    if (!frame.alive || term.falls) continue;
    if (after === undefined) after = frame.env;
    else after.join(frame.env);
  }
  frame.alive = after !== undefined;
  if (after !== undefined) frame.env = after;
  merge(frame, fallen);
  merge(frame, landing.broken);
  return value;
}

/** What a handler sees when something is thrown here. */
export function mayThrow(frame: Frame): void {
  const handler = frame.tries.at(-1);
  if (handler === undefined || !frame.alive) return;
  const state = frame.env.state();
  // Most calls in a row leave everything as it is.
  if (handler.known !== undefined && sameState(handler.known, state)) return;
  handler.known = state;
  if (handler.thrown === undefined) handler.thrown = frame.env.fork();
  else handler.thrown.join(frame.env);
}

function attempt(frame: Frame, term: Control & { readonly kind: 'try' }): Value {
  const handled: Frame['tries'][number] = { thrown: undefined, known: undefined };
  frame.tries.push(handled);
  let result = evaluate(frame, term.body);
  frame.tries.pop();
  if (term.otherwise !== undefined) evaluate(frame, term.otherwise);
  let after: Environment | undefined = frame.alive ? frame.env : undefined;
  const { thrown } = handled;
  // Without anything that throws no handler runs.
  for (const handler of term.handlers) {
    if (thrown === undefined) break;
    frame.env = thrown.fork();
    frame.alive = true;
    result = joinValues(result, evaluate(frame, handler));
    if (!frame.alive) continue;
    if (after === undefined) after = frame.env;
    else after.join(frame.env);
  }
  // What nobody handles still runs the last part, on its way out.
  if (term.last !== undefined && thrown !== undefined && term.handlers.length === 0) {
    if (after === undefined) after = thrown;
    else after.join(thrown);
  }
  frame.alive = after !== undefined;
  if (after !== undefined) frame.env = after;
  if (term.last !== undefined) evaluate(frame, term.last);
  return result;
}
