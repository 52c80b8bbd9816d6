/** Makes terms (`terms.ts`) of a lowered syntax tree: all of its functions, the bodies of its classes, and its top level; each when it is first asked for. */
import { indexEnclosing, type EnclosingIndex } from '../formula/enclosing.js';
import type { FunctionFacts, Write } from '../formula/kept.js';
import type { Constants } from '../language/constants.js';
import type { Names } from '../language/names.js';
import { flowTraitsOf } from '../language/registry.js';
import { enclosingFunction } from '../language/holders.js';
import { Tag } from '../language/tags.js';
import { childrenOf, endOf, nextOf, startOf, tagOf, type SyntaxTree } from '../language/tree.js';
import { once } from '../model/once.js';
import type { Span } from '../model/position.js';
import { createCalls } from './callees.js';
import { createAccessOf } from './containers.js';
import { createDecisions } from './decisions.js';
import { digestsOf } from './digests.js';
import { exitsOf } from './exits.js';
import { lowerTerm } from './expressions.js';
import { bodyOf, lowerClass, lowerFunction, nameOf, type LoweredFunction } from './functionTerms.js';
import { isGetter } from './getters.js';
import { isInline, NO_TERM, type Lowering, type OwnWrites, type Writes } from './lowerContext.js';
import { callersOf, callsIn, circlesOf, type Calls } from './order.js';
import type { CalledIn, FunctionId, FunctionTerm, Parameter, Program, Term, VariableId } from './terms.js';
import { createVariables } from './variables.js';
import { addWrites, noWrites, repeatWrite } from './writes.js';

const NOTHING_KNOWN: ReadonlyMap<number, FunctionFacts> = new Map();

/** @param known of functions that are the same as before an edit, by their nodes */
export function lowerProgram(
  tree: SyntaxTree,
  names: Names,
  constants: Constants,
  known: ReadonlyMap<number, FunctionFacts> = NOTHING_KNOWN,
): Program {
  const variables = createVariables(tree, names);
  const functionIds = new Map<number, FunctionId>();
  const nodes: number[] = [-1];
  // Every function of the tree, whether anything around it is understood or not.
  for (let node = 0; node < tree.count; node++) {
    const tag = tagOf(tree, node);
    if (tag === Tag.Func || tag === Tag.Class) functionIds.set(node, nodes.push(node) - 1);
  }
  // Others have none of their own.
  const idOf = (node: number): FunctionId => functionIds.get(node) ?? 0;
  const calls = createCalls(tree, names, variables, idOf);
  const lowering: Lowering = {
    tree,
    variables,
    functionIds,
    outerNode: new Int32Array(tree.count).fill(NO_TERM),
    outer: -1,
    func: -1,
    writes: ownWrites(),
    term: (node) => lowerTerm(lowering, node),
    block: (children) => ({ kind: 'block', terms: children.map((node) => lowerTerm(lowering, node)), nodes: children }),
    functionsAt: (node) => calls.functionsAt(node),
    targetsOf: (callee, construction) => calls.targetsOf(callee, construction),
    decisions: createDecisions(tree, names, constants),
    accessOf: createAccessOf(tree, names),
    importedBy: (callee, construction) => calls.importedBy(callee, construction),
    isGuessed: (callee, construction) => calls.isGuessed(callee, construction),
    getterOf: (node) => calls.getterOf(node),
    fieldsMadeBy: (callee) => calls.fieldsMadeBy(callee),
    defineFunction: idOf,
  };
  const exits = new Set<number>();

  // ---- terms

  interface Made extends LoweredFunction {
    readonly writes: OwnWrites;
  }
  const made: (Made | undefined)[] = [];
  /** What all functions write to, as far as it is known. */
  const all: Writes = noWrites();
  /** Functions whose part of that is known. */
  const told = new Set<FunctionId>();
  const lowered = (id: FunctionId): Made => {
    const before = made[id];
    if (before !== undefined) return before;
    const node = nodes[id] as number;
    const isClass = node >= 0 && tagOf(tree, node) === Tag.Class;
    const { outer, func, writes } = lowering;
    lowering.outer = node >= 0 && !isClass && isInline(lowering, node) ? node : -1;
    lowering.func = node;
    lowering.writes = ownWrites();
    const parts =
      node < 0
        ? { parameters: [], body: lowering.block(childrenOf(tree, 0)) }
        : isClass
          ? lowerClass(lowering, node)
          : lowerFunction(lowering, node);
    const now = { ...parts, writes: lowering.writes };
    Object.assign(lowering, { outer, func, writes });
    made[id] = now;
    for (const at of exitsOf(now.body)) exits.add(at);
    if (!told.has(id)) addWrites(all, now.writes);
    told.add(id);
    return now;
  };
  const code: FunctionsCode = { lowering, idOf, lowered };
  const functions = nodes.map((node, id): FunctionTerm => new LazyFunction(code, id, node));

  // ---- what functions mean to each other

  /** What was known of a function, if all that it called is still there. */
  const knownOf = (id: FunctionId): FunctionFacts | undefined => (made[id] === undefined ? stillKnown().get(id) : undefined);
  const stillKnown = once((): ReadonlyMap<FunctionId, FunctionFacts> => {
    const found = new Map<FunctionId, FunctionFacts>();
    for (const [node, facts] of known) {
      const id = functionIds.get(node);
      if (id !== undefined && facts.calls.every((called) => functionIds.has(called))) found.set(id, facts);
    }
    return found;
  });
  const methodsOf = (self: VariableId): readonly FunctionId[] => functions.flatMap((func) => (func.self === self ? [func.id] : []));
  const called: (Calls | undefined)[] = [];
  const callsOf = (id: FunctionId): Calls => {
    let own = called[id];
    if (own === undefined) {
      const facts = knownOf(id);
      own = facts === undefined ? callsIn(functions[id] as FunctionTerm, methodsOf) : { ...facts, functions: facts.calls.map(idOf) };
      called[id] = own;
    }
    return own;
  };
  const writes = once((): Writes => {
    for (const id of functions.keys()) {
      const facts = told.has(id) ? undefined : knownOf(id);
      if (facts === undefined) lowered(id);
      else repeat(id, facts.writes);
    }
    return all;
  });
  const repeat = (id: FunctionId, log: readonly Write[]): void => {
    const before = lowering.writes;
    lowering.writes = { ...all, log: undefined };
    for (const write of log) repeatWrite(lowering, write);
    lowering.writes = before;
    told.add(id);
  };
  const writers = once(() => new Set([...writes().writers].map(idOf)));
  const callees = once(() => functions.map(({ id }) => callsOf(id).functions));
  const callers = once(() => callersOf(callees()));
  const outermost = once(() => outermostFunctions(tree, functions));
  const imports = once(() => functions.map(({ id }) => callsOf(id).imports));
  const tellers = once(() => new Set(functions.flatMap(({ id }) => (callsOf(id).tells ? [id] : []))));
  const circles = once(() => circlesOf(callees()));
  const circleOf = once(() => {
    const found: (readonly FunctionId[])[] = [];
    for (const circle of circles()) for (const id of circle) found[id] = circle;
    return found;
  });
  const order = once(() => circles().flat());
  const inside = once(() => {
    const isAlone = (id: FunctionId): boolean => circleOf()[id]?.length === 1 && callees()[id]?.includes(id) !== true;
    return new Set(
      functions.flatMap(({ id, inline, outer }) => (inline && functions[outer]?.isFunction === true && isAlone(id) ? [id] : [])),
    );
  });
  const heirs = once(() => calls.heirs());
  let digested: ReturnType<Program['digests']> | undefined;

  const program: Program = {
    functions,
    variableNames: variables.names,
    variableOwners: variables.owners,
    isConstantGlobal: (variable) => variables.isConstantGlobal(variable),
    isSettledGlobal: (variable) => variables.isSettledGlobal(variable),
    globalKey: (variable) => variables.globalKey(variable),
    globalOf: (key) => variables.globalOf(key),
    localOf: (func, name) => variables.localOf(func, name),
    outerNode: lowering.outerNode,
    exits,
    get written() {
      return writes().written;
    },
    get fieldWrites() {
      return writes().fieldWrites;
    },
    get writers() {
      return writers();
    },
    get callees() {
      return callees();
    },
    get callers() {
      return callers();
    },
    get outermost() {
      return outermost();
    },
    get inside() {
      return inside();
    },
    get imports() {
      return imports();
    },
    get tellers() {
      return tellers();
    },
    get circles() {
      return circles();
    },
    circleOf: (id) => circleOf()[id] ?? [id],
    get order() {
      return order();
    },
    get heirs() {
      return heirs();
    },
    defined: (start, more, method) => calls.defined(start, more, method),
    methodsOf: (className) => calls.methodsOf(className),
    calledIn(func): CalledIn {
      const limit = nextOf(tree, func);
      const own = functions.filter(({ node }) => node >= func && node < limit).map(({ id }) => callsOf(id));
      return {
        nodes: own.flatMap((one) => one.functions.map((id) => nodes[id] as number)),
        imports: own.flatMap((one) => one.imports),
        tells: own.some((one) => one.tells),
      };
    },
    facts() {
      const found = new Map<number, FunctionFacts>();
      for (const [id, node] of nodes.entries()) {
        const own = called[id];
        const log = made[id]?.writes.log;
        const before = knownOf(id);
        if (node < 0) continue;
        const digest = digested?.[id];
        if (before !== undefined) found.set(node, digest === undefined ? before : { ...before, digest });
        else if (own !== undefined && log !== undefined) {
          const calls = own.functions.map((at) => nodes[at] as number);
          found.set(node, { calls, imports: own.imports, tells: own.tells, writes: log, digest });
        }
      }
      return found;
    },
    digests: (types) => (digested ??= digestsOf(tree, program, types)),
  };
  return program;
}

interface FunctionsCode {
  readonly lowering: Lowering;
  idOf(node: number): FunctionId;
  lowered(id: FunctionId): LoweredFunction;
}

/** There are many of them after every edit, and most are asked for nothing but what they are called by: all that takes time waits until then. */
class LazyFunction implements FunctionTerm {
  private knownInline: boolean | undefined;
  private knownOuter: FunctionId | undefined;

  readonly id: FunctionId;
  readonly node: number;
  private readonly code: FunctionsCode;

  constructor(code: FunctionsCode, id: FunctionId, node: number) {
    this.code = code;
    this.id = id;
    this.node = node;
  }

  get isFunction(): boolean {
    return this.node >= 0 && tagOf(this.code.lowering.tree, this.node) === Tag.Func;
  }

  get inline(): boolean {
    return (this.knownInline ??= this.isFunction && isInline(this.code.lowering, this.node));
  }

  get outer(): FunctionId {
    return (this.knownOuter ??= this.node < 0 ? -1 : this.code.idOf(enclosingFunction(this.code.lowering.tree, this.node)));
  }

  get returnsLast(): boolean {
    const { tree } = this.code.lowering;
    const { lastIsValue } = flowTraitsOf(tree.grammar);
    return this.isFunction && (lastIsValue === 'always' || (this.inline && lastIsValue === 'inline') || isExpression(tree, this.node));
  }

  get name(): string | undefined {
    return this.isFunction ? nameOf(this.code.lowering.tree, this.node) : undefined;
  }

  get isGetter(): boolean {
    return this.isFunction && isGetter(this.code.lowering.tree, this.node);
  }

  get self(): VariableId | undefined {
    return this.isFunction ? this.code.lowering.variables.selfOf(this.node) : undefined;
  }

  get parameters(): readonly Parameter[] {
    return this.code.lowered(this.id).parameters;
  }

  get body(): Term {
    return this.code.lowered(this.id).body;
  }
}

function outermostFunctions(tree: SyntaxTree, functions: readonly FunctionTerm[]): EnclosingIndex<Span> {
  const outer: Span[] = [];
  // They are in the order of their nodes.
  for (const { node, isFunction } of functions)
    if (isFunction && startOf(tree, node) >= (outer.at(-1)?.end ?? 0)) outer.push({ start: startOf(tree, node), end: endOf(tree, node) });
  return indexEnclosing(outer);
}

function ownWrites(): OwnWrites {
  return { ...noWrites(), log: [] };
}

/** Whether the value of a function's body is what it returns: `x => x`. */
function isExpression(tree: SyntaxTree, func: number): boolean {
  const body = bodyOf(tree, func);
  return body !== undefined && tagOf(tree, body) !== Tag.Block;
}
