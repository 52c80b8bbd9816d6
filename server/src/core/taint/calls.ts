/**
 * Calls: what arguments and object bring, what a known function of this file does with it (its summary, filled in), and what is assumed of any other:
 * that its value holds whatever went in. Functions written as arguments of the usual higher-order methods are given what those hand them. What a summary's taints
 * become stands in `fillIn.ts`. One file: applying a summary, handing on functions and assuming the rest call each other at every step.
 */
import { flowTraitsOf } from '../language/registry.js';
import { textOf } from '../language/tree.js';
import { accessContainer } from './access.js';
import type { Arguments, Frame, ImportedFunction, Summary, Value } from './analysis.js';
import { spend } from './budget.js';
import { sizeOf } from './cells.js';
import { noteChannel } from './channels.js';
import { called, filled, filling, findStored, isStored, mapValue, nested, NOT_GIVEN, reachSinks, type Given } from './fillIn.js';
import { arriveAt, fromSources, propagate, sanitizersAt, sourcesAt, spanOf, withoutSafeTypes } from './matches.js';
import { givesBack } from './givingBack.js';
import { entriesOf, handedOn, madeOf } from './handedOn.js';
import { keptParameters } from './keptParameters.js';
import { methodKey } from './methodNames.js';
import { isPlain } from './plainTypes.js';
import { cellOf, fetchPlace, locationOf, partValue, readPlace, valueOfReading } from './places.js';
import { fetchesFromStore, storedKey } from './stores.js';
import { doubtedTaints, NO_TAINTS, union, type Origin, type Taints } from './taints.js';
import {
  ANY_KEY,
  type Argument,
  type Call,
  type FunctionTerm,
  type FunctionValue,
  type Place,
  type Term,
  type VariableId,
} from './terms.js';
import { gathered, isClean, joinValues, NO_VALUE, valueOf } from './values.js';

/** Methods that call a function with elements of the object, or with what it promises. */
const HANDS_ON = new Set(
  (
    'map forEach filter flatMap find findIndex some every then foreach each collect select reject each_with_index ' +
    'ifPresent let also apply tap mapValues Select Where ForEach SelectMany'
  ).split(' '),
);
/** Those that hand it as several arguments. */
const HANDS_ON_TWICE = new Set('reduce reduceRight fold sort'.split(' '));

/** @param runInline runs a function that is written as an argument, with what it is given, and returns its value */
export function evaluateCall(
  frame: Frame,
  call: Call,
  runInline: (frame: Frame, func: FunctionValue, handed: readonly Value[], now: boolean) => Value,
): Value {
  const { analysis } = frame;
  const { options } = analysis;
  const sanitizers = sanitizersAt(frame, call.node);
  if (sanitizers.length > 0) {
    // What is inside of an exact sanitizer still runs.
    if (sanitizers.every((match) => match.spec.exact)) for (const { value } of call.args) frame.evaluate(frame, value);
    return NO_VALUE;
  }
  const base = baseOf(frame, call.callee);
  const handed = handedBy(frame, call, base);
  const settles = settlerOf(frame, call);
  if (settles !== undefined) frame.settled.set(settles, NO_VALUE);
  let inlineValue = NO_VALUE;
  const args = evaluateArguments(frame, call.args, (func) => {
    const value = runInline(frame, func, handed ?? [], handed !== undefined);
    if (handed !== undefined) inlineValue = joinValues(inlineValue, value);
    return NO_VALUE;
  });
  const direct = call.callee.kind === 'function' && call.callee.inline ? call.callee : undefined;
  const called =
    direct === undefined
      ? undefined
      : runInline(
          frame,
          direct,
          args.list.map(({ value }) => value),
          true,
        );
  const callee = called === undefined ? evaluateCallee(frame, call, base) : { value: NO_VALUE, object: NO_VALUE, fresh: NO_TAINTS };
  // A sink that is a call as a whole: each of its arguments is one.
  arriveAt(frame, call.node, valueOf(args.taints), (sink) => !(sink.exact && sink.focused));
  if (options.acrossFunctions) noteChannel(frame, call, args);
  const found = knownCall(frame, call, args, base, callee.object);
  const known = call.guessed ? undefined : found;
  if (options.acrossFunctions && called === undefined && known === undefined) passOn(frame, call, args, callee.value, handed);
  const accessed = access(frame, call, args, callee.object);
  let value: Value;
  settle(frame, call, args, base);
  if (called !== undefined) value = called;
  else if (settles !== undefined) value = frame.settled.get(settles) ?? NO_VALUE;
  else if (known !== undefined) value = known;
  else if (accessed !== undefined) return finish(frame, call.node, withoutSafeTypes(frame, call.node, accessed));
  else if (call.construction) value = options.onlyThroughAssignments ? NO_VALUE : holding(args);
  else if (makesRecord(frame, call)) value = holding(args, call.fields);
  else if (options.safeFunctions || options.onlyThroughAssignments) value = property(frame, call, args)?.value ?? NO_VALUE;
  else {
    const entries = entriesOf(frame, call, callee.object);
    // What arises on the way to the method is no member that has its name.
    if (entries !== undefined)
      return finish(frame, call.node, withoutSafeTypes(frame, call.node, joinValues(valueOf(callee.fresh), entries)));
    value = handedOn(frame, call, args) ?? assumed(frame, call, args, callee.object, handed === undefined ? NO_VALUE : inlineValue);
  }
  if (!options.onlyThroughAssignments && !call.construction)
    value = { taints: union(callee.value.taints, value.taints), parts: value.parts };
  if (call.guessed && found !== undefined) value = joinValues(value, valueOf(doubtedTaints(sourcesOf(gathered(found)), 'assumed')));
  concatenate(frame, call, args);
  value = withoutSafeTypes(frame, call.node, value);
  return finish(frame, call.node, value);
}

/** What a call on a container does; for any other, lists that it is given may have another length afterwards. */
function access(frame: Frame, call: Call, args: Arguments, object: Value): Value | undefined {
  const { options } = frame.analysis;
  if (!options.acrossFunctions || options.onlyThroughAssignments) return undefined;
  if (call.access !== undefined) return accessContainer(frame, call, call.access, args, object);
  if (frame.env.sizes.size > 0)
    for (const { argument } of args.list) if (argument.value.kind === 'name') frame.env.resize(argument.value.variable, undefined);
  return undefined;
}

/** Sources, propagators and sinks that an expression or instruction as a whole belongs to. */
export function finish(frame: Frame, node: number, value: Value): Value {
  if (node < 0) return value;
  const sources = sourcesAt(frame, node, false);
  let taints = union(value.taints, fromSources(frame, sources, value.taints));
  taints = union(taints, propagate(frame, node, { taints, parts: value.parts }, undefined));
  const result = taints === value.taints ? value : { taints, parts: value.parts };
  arriveAt(frame, node, result);
  return result;
}

export function evaluateArguments(frame: Frame, args: readonly Argument[], inline: (func: FunctionValue) => Value): Arguments {
  const list: { readonly argument: Argument; readonly value: Value }[] = [];
  let taints = NO_TAINTS;
  for (const argument of args) {
    const value =
      argument.value.kind === 'function' && argument.value.inline ? inline(argument.value) : frame.evaluate(frame, argument.value);
    const kept = 'node' in argument.value ? withoutSafeTypes(frame, argument.value.node, value) : value;
    list.push({ argument, value: kept });
    taints = union(taints, gathered(kept));
  }
  return { list, taints };
}

/** A callee's object that is computed runs before the arguments. */
function baseOf(frame: Frame, callee: Term): Value | undefined {
  if (callee.kind !== 'part') return undefined;
  const { object } = callee;
  return object.kind === 'name' || (object.kind === 'part' && locationOf(object) !== undefined) ? undefined : frame.evaluate(frame, object);
}

function evaluateCallee(
  frame: Frame,
  call: Call,
  base: Value | undefined,
): { readonly value: Value; readonly object: Value; readonly fresh: Taints } {
  const { callee } = call;
  if (callee.kind === 'part') {
    const reading = readPlace(frame, callee, base);
    return { value: valueOfReading(frame, callee, reading), object: reading.object, fresh: reading.fresh };
  }
  return { value: frame.evaluate(frame, callee), object: NO_VALUE, fresh: NO_TAINTS };
}

/** What a higher-order method hands to the functions that it is given; undefined for any other call. */
function handedBy(frame: Frame, call: Call, base: Value | undefined): readonly Value[] | undefined {
  if (
    !frame.analysis.options.acrossFunctions ||
    !call.args.some(({ value, functions }) => value.kind === 'function' || functions.length > 0)
  )
    return undefined;
  const method = call.callee.kind === 'call' ? call.callee.callee : call.callee;
  if (method.kind !== 'part') return undefined;
  const name = method.key.slice(1);
  const twice = HANDS_ON_TWICE.has(name);
  if (!twice && !HANDS_ON.has(name)) return undefined;
  const object = base ?? frame.evaluate(frame, method.object);
  const element = valueOf(gathered(object));
  return twice ? [element, element] : [element];
}

/** The variable that `new Promise((resolve) => ...)` is settled by. */
function settlerOf({ analysis: { tree, options, program } }: Frame, { construction, callee, args }: Call): VariableId | undefined {
  const [first] = args;
  if (!construction || !options.acrossFunctions || first?.value.kind !== 'function' || !first.value.inline) return undefined;
  if (callee.kind !== 'name' || callee.node < 0 || textOf(tree, callee.node) !== 'Promise') return undefined;
  const target = program.functions[first.value.id]?.parameters[0]?.target;
  return target?.kind === 'place' && target.place.kind === 'name' ? target.place.variable : undefined;
}

/** `resolve(value)`, and `other.then(resolve)`. */
function settle(frame: Frame, { callee, args: given }: Call, args: Arguments, base: Value | undefined): void {
  const { settled } = frame;
  if (settled.size === 0) return;
  const add = (variable: VariableId, value: Value): void => {
    const before = settled.get(variable);
    if (before !== undefined) settled.set(variable, joinValues(before, value));
  };
  if (callee.kind === 'name') add(callee.variable, args.list[0]?.value ?? NO_VALUE);
  else if (callee.kind === 'part' && callee.key === '.then')
    for (const { value } of given)
      if (value.kind === 'name' && settled.has(value.variable))
        add(value.variable, valueOf(gathered(base ?? frame.evaluate(frame, callee.object))));
}

/** Whether a call makes an object of a class: those go by a capital letter. */
function makesRecord({ analysis: { tree, options } }: Frame, call: Call): boolean {
  if (!flowTraitsOf(tree.grammar).namedFields || options.safeFunctions || options.onlyThroughAssignments) return false;
  if (!('node' in call.callee) || call.callee.node < 0 || call.args.length === 0) return false;
  return /^(?:\w+\.)*[A-Z]\w*[a-z]\w*$/.test(textOf(tree, call.callee.node));
}

/** A new object: what it is given by name, or for a field that is known, is that field; anything else may be in any of them, each with its own parts. */
function holding(args: Arguments, fields?: readonly string[]): Value {
  const known = args.list.some(({ argument }) => argument.spread) ? undefined : fields;
  return args.list
    .map(({ argument, value }, index): Value => {
      if (isClean(value)) return NO_VALUE;
      if (argument.spread) return valueOf(gathered(value));
      const name = argument.name ?? known?.[index];
      return madeOf(name === undefined ? ANY_KEY : `.${name}`, value);
    })
    .reduce(joinValues, NO_VALUE);
}

/** The value of a call of which nothing is known: whatever went in. */
function assumed(frame: Frame, call: Call, args: Arguments, object: Value, inlineValue: Value): Value {
  const accessor = property(frame, call, args);
  const given = accessor === undefined ? givenByObject(frame, call, object) : accessor.value.taints;
  const taken = takenFrom(frame, call, args);
  return joinValues(valueOf(union(givesBack(frame, call) ? taken : doubtedTaints(taken, 'assumed'), given)), inlineValue);
}

/** What arguments may bring into the value: `states.pop(name, default)` gives what was put there, or the other one. */
function takenFrom({ analysis: { tree } }: Frame, { callee }: Call, { list, taints }: Arguments): Taints {
  const isKeyed = callee.kind === 'part' && flowTraitsOf(tree.grammar).keyedMethods.includes(callee.key.slice(1));
  if (!isKeyed || list[0]?.argument.spread === true) return taints;
  return list.slice(1).reduce((all, { value }) => union(all, gathered(value)), NO_TAINTS);
}

/** What a method that is not known may give of its object. */
function givenByObject({ analysis: { tree } }: Frame, { callee, args: [first] }: Call, object: Value): Taints {
  if (callee.kind !== 'part') return gathered(object);
  if (fetchesFromStore(callee.key.slice(1)) && first !== undefined && 'node' in first.value && first.value.node >= 0)
    return gathered(partValue(object, storedKey(textOf(tree, first.value.node))));
  const key = methodKey(callee.key);
  return gathered(key === undefined ? object : partValue(object, key));
}

/** `o.getX()` is `o.x` and `o.setX(v)` is `o.x = v`, where no such method is known, as generated ones in Java. */
function property(frame: Frame, call: Call, args: Arguments): { readonly value: Value } | undefined {
  const { callee } = call;
  if (!flowTraitsOf(frame.analysis.tree.grammar).accessors || callee.kind !== 'part' || callee.object.kind !== 'name') return undefined;
  const [, kind, name] = /^\.(get|set)(.+)$/.exec(callee.key) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  const place: Place = {
    kind: 'part',
    node: -1,
    object: callee.object,
    key: `.${name.charAt(0).toLowerCase()}${name.slice(1)}`,
    indexes: [],
  };
  if (kind === 'get' && call.args.length === 0) return { value: fetchPlace(frame, place) };
  const at = locationOf(place);
  if (kind !== 'set' || call.args.length !== 1 || at === undefined) return undefined;
  if (args.taints.size > 0) frame.env.add(at.variable, at.path, args.taints, undefined, undefined);
  return { value: NO_VALUE };
}

/** A method that changes its object, as `concat` of a string in Ruby. */
function concatenate(frame: Frame, call: Call, args: Arguments): void {
  const { callee } = call;
  if (callee.kind !== 'part' || args.taints.size === 0) return;
  if (!flowTraitsOf(frame.analysis.tree.grammar).changingMethods.includes(callee.key.slice(1))) return;
  const { object } = callee;
  const at = object.kind === 'name' || object.kind === 'part' ? locationOf(object) : undefined;
  if (at !== undefined) frame.env.add(at.variable, at.path, args.taints, undefined, undefined);
}

// ---- functions of this file

function knownCall(
  frame: Frame,
  call: Call,
  args: Arguments,
  base: Value | undefined,
  object: Value,
  only?: (func: FunctionTerm) => boolean,
): Value | undefined {
  const { analysis } = frame;
  // Names are good enough for what the file itself calls; from there on they would lead everywhere.
  if (!analysis.options.acrossFunctions || (call.guessed && analysis.file !== undefined)) return undefined;
  let result: Value | undefined;
  const overriding = overridingOf(frame, call);
  if (overriding !== undefined) {
    for (const each of overriding) {
      if (only?.(each.func) === false) continue;
      const value = apply(frame, call, each, args, base, object, true);
      result = result === undefined ? value : joinValues(result, value);
    }
    return result;
  }
  if (call.imported !== undefined) {
    const found = analysis.importedBy(call.imported) ?? [];
    for (const each of found) {
      if (only?.(each.func) === false || (found.length > 1 && !takes(each.func, call.args))) continue;
      const value = apply(frame, call, each, args, base, object, true);
      result = result === undefined ? value : joinValues(result, value);
    }
    return result;
  }
  for (const id of call.targets) {
    const func = analysis.program.functions[id];
    if (func === undefined || (call.targets.length > 1 && !takes(func, call.args))) continue;
    // A function that is written here and called ran here already.
    if (func.inline && call.callee.kind === 'function') continue;
    const summary = analysis.summaryOf(id);
    if (summary === undefined) {
      analysis.unresolved(frame.func.id);
      continue;
    }
    const value = apply(frame, call, known(frame, func, summary), withBound(func, call, args), base, object);
    result = result === undefined ? value : joinValues(result, value);
  }
  return result;
}

export function evaluateGetter(frame: Frame, place: Place & { readonly kind: 'part' }, object: Value): Value {
  const { getter, node } = place;
  if (getter === undefined || node < 0) return NO_VALUE;
  const call: Call = { ...CALL, node, callee: place, targets: getter.targets, imported: getter.imported };
  return knownCall(frame, call, NO_ARGUMENTS, undefined, object, (func) => func.isGetter) ?? NO_VALUE;
}

/** Arguments after those that are bound already: a function that is called with too few has its first ones from `partial`. */
function withBound(func: FunctionTerm, { callee }: Call, args: Arguments): Arguments {
  if (callee.kind !== 'name' || args.list.length === 0) return args;
  if (args.list.some(({ argument }) => argument.spread || argument.name !== undefined)) return args;
  const missing = requiredOf(func) - args.list.length;
  return missing <= 0 ? args : { list: [...Array.from({ length: missing }, () => BLANK), ...args.list], taints: args.taints };
}

function requiredOf({ parameters }: FunctionTerm): number {
  return parameters.filter(({ rest, fallback }) => !rest && fallback === undefined).length;
}

function sourcesOf(taints: Taints): Taints {
  return new Map([...taints].filter(([, taint]) => taint.kind === 'source'));
}

/** What a call of a method of the object's own means where that is an object of a class of another file. */
function overridingOf({ analysis, func }: Frame, { callee }: Call): readonly ImportedFunction[] | undefined {
  if (func.self === undefined || callee.kind !== 'part' || callee.object.kind !== 'name' || callee.object.variable !== func.self)
    return undefined;
  return analysis.overriding(callee.key.slice(1));
}

function takes(func: FunctionTerm, args: readonly Argument[]): boolean {
  return func.parameters.some((parameter) => parameter.rest) || (args.length >= requiredOf(func) && args.length <= func.parameters.length);
}

/** A call of something that is not known: it may be what this function is given, and it may call what it is given itself. */
function passOn(frame: Frame, call: Call, args: Arguments, callee: Value, handed: readonly Value[] | undefined): void {
  for (const taint of callee.taints.values()) {
    if (taint.kind !== 'given' || taint.path.length > 0 || call.callee.kind !== 'name') continue;
    const key = `${taint.key} ${call.node}`;
    frame.calls.set(key, { origin: taint.origin, args: args.list.map(({ value }) => value) });
  }
  for (const [index, { argument }] of args.list.entries())
    if (argument.value.kind !== 'function') callGiven(frame, call, argument, handed ?? givenAlong(call, args, index), handed === undefined);
}

/** Functions that hand elements of what they are given to another one. */
const HANDING_ELEMENTS = new Set('map imap imap_unordered map_async starmap starmap_async filter'.split(' '));

/** What stands beside a function among the arguments of a call that is not known, is what that function is given: `submit(f, x)`, `Thread(target=f, args=(x,))`. */
function givenAlong(call: Call, { list }: Arguments, index: number): readonly Value[] {
  if (list[index]?.argument.name !== undefined) {
    const args = list.find(({ argument }) => argument.name === 'args');
    if (args === undefined) return [];
    return [0, 1, 2, 3].map((at) => partValue(args.value, `#${at}`));
  }
  const { callee } = call;
  const name = callee.kind === 'part' ? callee.key.slice(1) : '';
  const elements = HANDING_ELEMENTS.has(name);
  return list
    .slice(index + 1)
    .filter(({ argument }) => argument.name === undefined)
    .map(({ value }) => (elements ? joinValues(valueOf(value.taints), partValue(value, ANY_KEY)) : value));
}

/** A call, inside of a function that is written here, of something that the function around it was given. */
function callOuter(frame: Frame, call: Call, callee: Value, args: readonly Value[]): void {
  for (const taint of callee.taints.values())
    if (taint.kind === 'given' && taint.path.length === 0) frame.calls.set(`${taint.key} ${call.node}`, { origin: taint.origin, args });
}

/** Calls a function of this file that stands as an argument. */
function callGiven(frame: Frame, call: Call, argument: Argument, given: readonly Value[], mayBeBound = false): void {
  for (const id of argument.functions) {
    const func = frame.analysis.program.functions[id];
    const summary = frame.analysis.summaryOf(id);
    if (func === undefined || id === frame.func.id) continue;
    if (summary === undefined) {
      frame.analysis.unresolved(frame.func.id);
      continue;
    }
    // The first ones may be bound to it already, as `partial` does.
    const missing = mayBeBound && given.length > 0 ? Math.max(0, requiredOf(func) - given.length) : 0;
    const values = [...Array.from({ length: missing }, () => NO_VALUE), ...given];
    const list = values.map((value) => ({ argument: { name: undefined, value: NOTHING, spread: false, functions: [] }, value }));
    const inner: Call = { ...CALL, node: call.node, callee: argument.value, targets: [id] };
    apply(frame, inner, known(frame, func, summary), { list, taints: NO_TAINTS }, undefined, NO_VALUE);
  }
}

const NOTHING: Term = { kind: 'literal', node: -1 };
const NO_ARGUMENTS: Arguments = { list: [], taints: NO_TAINTS };
/** What calls that nobody wrote have in common. */
const CALL: Omit<Call, 'node' | 'callee' | 'targets'> = {
  kind: 'call',
  args: [],
  construction: false,
  imported: undefined,
  guessed: false,
  access: undefined,
};
const BLANK: Arguments['list'][number] = { argument: { name: undefined, value: NOTHING, spread: false, functions: [] }, value: NO_VALUE };

/** A function of this file. */
function known({ analysis }: Frame, func: FunctionTerm, summary: Summary): ImportedFunction {
  return { func, summary, siblings: () => analysis.siblingsOf(func) };
}

/**
 * Fills a summary in with what this call gives.
 * @param foreign the function is another file's: its variables mean nothing here, but for its object
 */
function apply(
  frame: Frame,
  call: Call,
  { func, summary, siblings }: ImportedFunction,
  args: Arguments,
  base: Value | undefined,
  object: Value,
  foreign = false,
): Value {
  const span = spanOf(frame, call.node);
  const created =
    call.construction || ((foreign ? call.imported?.method === undefined : call.callee.kind === 'name') && isConstructor(func));
  /** What a new object's constructor writes to it. */
  let made: Value = NO_VALUE;
  const parameters = new Map<number, Given>();
  const givenBy = (origin: Origin): Given => {
    if (origin.kind === 'parameter') {
      let known = parameters.get(origin.index);
      if (known === undefined) parameters.set(origin.index, (known = argumentFor(frame, func, origin.index, args)));
      return known;
    }
    if (foreign && origin.variable !== func.self) return NOT_GIVEN;
    return givenVariable(frame, call, func, origin.variable, created, base, object, foreign);
  };
  const fill = filling(frame, givenBy, span);
  /** The same, with the parts that what is given has. */
  const fillWhole = (taints: Taints): Value =>
    [...taints.values()]
      .map((taint) => {
        const value = filled(frame, taint, givenBy, span, fill);
        spend(frame.analysis, 1 + (sizeOf(value.parts) >> 2));
        return value;
      })
      .reduce(joinValues, NO_VALUE);
  if (!reachSinks(frame, summary, fill, span, foreign)) return NO_VALUE;
  for (const { origin, path, taints } of summary.writes) {
    const written = mapValue(fillWhole(taints), (each) => called(frame, each, span));
    if (gathered(written).size === 0) continue;
    if (created && origin.kind === 'variable' && origin.variable === func.self) {
      made = joinValues(made, nested(path, written));
      continue;
    }
    if (origin.kind === 'variable' && origin.variable === func.self && isStored(path))
      findStored(frame, siblings(), nested(path, written), span, foreign);
    const { at } = givenBy(origin);
    if (at !== undefined && !(origin.kind === 'parameter' && path.length > 0 && isPlain(frame.analysis, args.list[origin.index]?.argument)))
      frame.env.add(at.variable, [...at.path, ...path], written.taints, written.parts, undefined);
  }
  for (const { origin, args: values } of summary.calls) {
    const argument = origin.kind === 'parameter' ? args.list[origin.index]?.argument : undefined;
    const callsIt = argument !== undefined && argument.functions.length > 0;
    if (!callsIt && origin.kind !== 'variable') continue;
    const given = values.map((value) => joinValues(fillWhole(value.taints), mapValue({ taints: NO_TAINTS, parts: value.parts }, fill)));
    if (callsIt) callGiven(frame, call, argument, given);
    if (origin.kind === 'variable') callOuter(frame, call, givenBy(origin).value, given);
  }
  if (created) {
    const kept = keptParameters(func).flatMap(({ key, index }) => {
      const { at } = givenBy({ kind: 'parameter', index });
      return at === undefined ? [] : [{ key, at }];
    });
    if (kept.length > 0) frame.made = { node: call.node, kept };
    return made;
  }
  const { returned } = summary;
  const rest = mapValue({ taints: NO_TAINTS, parts: returned.parts }, (taints) => called(frame, fill(taints), span));
  return joinValues(
    mapValue(fillWhole(returned.taints), (taints) => called(frame, taints, span)),
    rest,
  );
}

const CONSTRUCTOR_NAMES = new Set(['constructor', '__init__', 'initialize', '__construct']);

function isConstructor(func: FunctionTerm): boolean {
  return func.self !== undefined && func.name !== undefined && CONSTRUCTOR_NAMES.has(func.name);
}

function argumentFor(frame: Frame, func: FunctionTerm, index: number, args: Arguments): Given {
  const parameter = func.parameters[index];
  const named = args.list.find(({ argument }) => argument.name !== undefined && argument.name === parameter?.name);
  if (named !== undefined) return givenArgument(frame, named);
  const positional = args.list.filter(({ argument }) => argument.name === undefined);
  const spread = positional.find(({ argument }) => argument.spread);
  if (parameter?.rest === true) {
    let taints = NO_TAINTS;
    for (const { value } of args.list.slice(index)) taints = union(taints, gathered(value));
    return { value: valueOf(taints), at: undefined };
  }
  const own = positional[index];
  if (own !== undefined && !own.argument.spread) return givenArgument(frame, own);
  return { value: spread === undefined ? NO_VALUE : spreadPart(spread.value, parameter?.name), at: undefined };
}

/** What `**value` gives to a parameter: the member of its name, where the value's members are known. */
function spreadPart(value: Value, name: string | undefined): Value {
  const keys = [...(value.parts?.keys() ?? [])];
  if (name === undefined || !keys.some((key) => key.startsWith('"'))) return valueOf(gathered(value));
  return partValue(value, `"${name}`);
}

function givenArgument(frame: Frame, { argument, value }: Arguments['list'][number]): Given {
  const term = argument.value.kind === 'same' ? argument.value.inner : argument.value;
  // A function stands for what it returns, too: whoever is given it may call it.
  let result = value;
  for (const id of argument.functions) {
    const returned = gathered(frame.analysis.summaryOf(id)?.returned ?? NO_VALUE);
    const own = new Map([...returned].filter(([, taint]) => taint.kind === 'source'));
    if (own.size > 0) result = { taints: union(result.taints, own), parts: result.parts };
  }
  return { value: result, at: term.kind === 'name' || term.kind === 'part' ? locationOf(term) : undefined };
}

function givenVariable(
  frame: Frame,
  call: Call,
  func: FunctionTerm,
  variable: VariableId,
  created: boolean,
  base: Value | undefined,
  object: Value,
  foreign: boolean,
): Given {
  if (variable === func.self) {
    if (created) return { value: NO_VALUE, at: undefined };
    const { callee } = call;
    if (callee.kind === 'part' && !(callee.object.kind === 'name' && callee.object.node < 0)) {
      if (base !== undefined) return { value: base, at: undefined };
      const place = callee.object;
      return { value: object, at: place.kind === 'name' || place.kind === 'part' ? locationOf(place) : undefined };
    }
  }
  if (foreign) return NOT_GIVEN;
  const cell = cellOf(frame, variable);
  const value: Value =
    cell === undefined
      ? NO_VALUE
      : { taints: cell.taints === undefined || cell.taints === 'clean' ? NO_TAINTS : cell.taints, parts: cell.parts };
  return { value, at: { variable, path: [] } };
}
