/**
 * What functions do, each as a few numbers: two versions of a function that have the same do the same, wherever they stand. What happens outside of an edit is
 * known by them to be what it was, whatever the edit changed about types, classes and names.
 */
import type { FunctionDigest } from '../formula/kept.js';
import { childrenOf, nextOf, parentOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { Tag } from '../language/tags.js';
import type { Types } from '../language/types.js';
import { keptParameters } from './keptParameters.js';
import { isPlain } from './plainTypes.js';
import type { Call, FunctionId, FunctionTerm, Program, VariableId } from './terms.js';

type Digested = Pick<
  Program,
  'functions' | 'variableNames' | 'variableOwners' | 'written' | 'isConstantGlobal' | 'isSettledGlobal' | 'globalKey'
>;

/** Of names that something anonymous is given, in UTF-16 code units. */
const MAX_HOLDER = 60;

/**
 * Of every function and body of a class, by id; undefined for the top level.
 * @param types set where types may be others now: they say what a call may write to
 */
export function digestsOf(tree: SyntaxTree, program: Digested, types?: () => Types): readonly (FunctionDigest | undefined)[] {
  const places = placesOf(tree, program.functions);
  const texts = new Map<string, number>();
  const textNumber = (text: string): number => {
    let number = texts.get(text);
    if (number === undefined) texts.set(text, (number = numberOf(text)));
    return number;
  };
  return program.functions.map((func): FunctionDigest | undefined => {
    if (func.node < 0) return undefined;
    const digest = (add: (hash: Hash, walk: (value: unknown) => void) => void): number => {
      const hash = new Hash(textNumber);
      add(hash, (value) => walkTerms(value, hash, func.id, program, places));
      return hash.value();
    };
    return {
      place: places.whole(func.id),
      signature: digest((hash, walk) => {
        for (const [index, { name, rest, fallback, target }] of func.parameters.entries()) {
          hash.text(`${index} ${name ?? ''} ${rest} ${fallback !== undefined}`);
          walk(target);
        }
        hash.text(`${func.isGetter} ${func.returnsLast} ${func.inline} ${func.name ?? ''}`);
        if (func.self !== undefined) hash.text(program.globalKey(func.self) ?? 'self');
        for (const { key, index } of keptParameters(func)) hash.text(`${key} ${index}`);
      }),
      body: digest((_, walk) => {
        walk(func.parameters);
        walk(func.body);
      }),
      types: types === undefined ? undefined : digest((hash) => addTypes({ tree, types }, func, hash)),
    };
  });
}

/** Two mixed numbers of 32 bits each. */
class Hash {
  private a = 0x811c9dc5;
  private b = 0x1b873593;
  private readonly textNumber: (text: string) => number;

  constructor(textNumber: (text: string) => number) {
    this.textNumber = textNumber;
  }

  number(value: number): void {
    this.a = Math.imul(this.a ^ value, 0x01000193);
    this.b = Math.imul(((this.b << 13) | (this.b >>> 19)) ^ value, 0x85ebca6b);
    this.a ^= this.a >>> 15;
  }

  text(text: string): void {
    const number = this.textNumber(text);
    this.number(number | 0);
    this.number(Math.floor(number / 0x1_0000_0000));
  }

  /** A whole number that a double holds. */
  value(): number {
    return wholeOf(this.a, this.b);
  }
}

function wholeOf(a: number, b: number): number {
  return (b & 0x1f_ffff) * 0x1_0000_0000 + (a >>> 0);
}

function numberOf(text: string): number {
  let a = 0x811c9dc5;
  let b = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b, 31) + unit;
  }
  return wholeOf(a, b);
}

/** Properties that hold nodes: where they are is told by the text. */
const NODES: ReadonlySet<string> = new Set(['node', 'nodes']);
/** Properties that hold functions of the file. */
const FUNCTIONS: ReadonlySet<string> = new Set(['targets', 'functions']);

/** Tells names of properties apart well enough: which there are, their object's kind says. */
const KEY = 64;

/** Stands for what is not there, for an array, an object, a part that is true or false, and a node. */
const MARKS = { none: 1, list: 2, object: 3, yes: 4, no: 5, node: 6, noNode: 7, variable: 8, function: 9 } as const;

function walkTerms(from: unknown, hash: Hash, func: FunctionId, program: Digested, places: Places): void {
  const waiting: unknown[] = [from];
  const addFunction = (id: unknown): void => {
    hash.number(MARKS.function);
    places.addFrom(func, id as FunctionId, hash);
  };
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (typeof at === 'string') hash.text(at);
    else if (typeof at === 'number') hash.number(at);
    else if (typeof at === 'boolean') hash.number(at ? MARKS.yes : MARKS.no);
    else if (typeof at !== 'object' || at === null) hash.number(MARKS.none);
    else if (Array.isArray(at)) {
      hash.number(MARKS.list);
      hash.number(at.length);
      for (const part of at as readonly unknown[]) waiting.push(part);
    } else {
      hash.number(MARKS.object);
      const isFunction = (at as { readonly kind?: unknown }).kind === 'function';
      for (const key in at) {
        const part = (at as Readonly<Record<string, unknown>>)[key];
        hash.number(key.charCodeAt(0) * KEY + key.length);
        if (NODES.has(key)) hash.number(typeof part === 'number' && part < 0 ? MARKS.noNode : MARKS.node);
        else if (key === 'variable') addVariable(part as VariableId, hash, func, program, places);
        else if (FUNCTIONS.has(key)) for (const id of part as readonly FunctionId[]) addFunction(id);
        else if (isFunction && key === 'id') addFunction(part);
        else waiting.push(part);
      }
    }
  }
}

/** Which arguments of its calls have types without parts. */
function addTypes(known: { readonly tree: SyntaxTree; types(): Types }, { parameters, body }: FunctionTerm, hash: Hash): void {
  const waiting: unknown[] = [parameters, body];
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (typeof at !== 'object' || at === null) continue;
    const { kind, args } = at as Partial<Call>;
    if (kind === 'call') for (const argument of args ?? []) hash.number(isPlain(known, argument) ? MARKS.yes : MARKS.no);
    for (const part of Array.isArray(at) ? at : Object.values(at)) if (typeof part === 'object') waiting.push(part);
  }
}

let anonymous = 0;

function addVariable(variable: VariableId, hash: Hash, func: FunctionId, program: Digested, places: Places): void {
  hash.number(MARKS.variable);
  hash.text(program.variableNames[variable] ?? '');
  hash.number(program.written.has(variable) ? MARKS.yes : MARKS.no);
  const owner = program.variableOwners[variable] ?? -1;
  if (owner >= 0) {
    places.addFrom(func, places.at(owner), hash);
    return;
  }
  hash.number(program.isConstantGlobal(variable) ? MARKS.yes : MARKS.no);
  hash.number(program.isSettledGlobal(variable) ? MARKS.yes : MARKS.no);
  const key = program.globalKey(variable);
  // Nothing in another version of the file is known to be the same.
  if (key === undefined) hash.number(++anonymous);
  else hash.text(key);
}

/** Where functions stand among others: by their names and those around them, and for several of one name by their order. */
interface Places {
  /** From the top level. */
  whole(id: FunctionId): number;
  /** As one function sees another one: functions around both do not count. */
  addFrom(from: FunctionId, to: FunctionId, hash: Hash): void;
  /** The function at a node. */
  at(node: number): FunctionId;
}

function placesOf(tree: SyntaxTree, functions: readonly FunctionTerm[]): Places {
  const ids = new Map<number, FunctionId>();
  const parents: FunctionId[] = [];
  const keys: string[] = [];
  const open: FunctionId[] = [];
  const counts = new Map<string, number>();
  // They are in the order of their nodes.
  for (const { id, node } of functions) {
    ids.set(node, id);
    while (open.length > 0 && node >= nextOf(tree, functions[open.at(-1) as FunctionId]?.node ?? -1)) open.pop();
    const parent = open.at(-1) ?? 0;
    if (node >= 0) open.push(id);
    const name = node < 0 ? '' : nameAt(tree, node, functions[id]?.name);
    const count = counts.get(`${parent} ${name}`) ?? 0;
    counts.set(`${parent} ${name}`, count + 1);
    parents.push(parent);
    keys.push(`${name}#${count}`);
  }
  const wholes: number[] = [];
  const whole = (id: FunctionId): number => {
    if (id === 0) return 0;
    return (wholes[id] ??= numberOf(`${whole(parents[id] ?? 0)}/${keys[id] ?? ''}`));
  };
  /** How far out functions around one are. */
  let distances: { readonly of: FunctionId; readonly out: ReadonlyMap<FunctionId, number> } | undefined;
  const outwards = (from: FunctionId): ReadonlyMap<FunctionId, number> => {
    if (distances?.of === from) return distances.out;
    const out = new Map<FunctionId, number>();
    for (let at = from; ; at = parents[at] ?? 0) {
      out.set(at, out.size);
      if (at === 0) break;
    }
    distances = { of: from, out };
    return out;
  };
  return {
    whole,
    at: (node) => ids.get(node) ?? 0,
    addFrom(from, to, hash) {
      const out = outwards(from);
      let at = to;
      for (; !out.has(at); at = parents[at] ?? 0) hash.text(keys[at] ?? '');
      hash.number(out.get(at) ?? 0);
    },
  };
}

/** A function's own name, or what it is given to: `const run = () => ...`. */
function nameAt(tree: SyntaxTree, node: number, name: string | undefined): string {
  if (name !== undefined) return name;
  const holder = parentOf(tree, node);
  const tag = holder < 0 ? undefined : tagOf(tree, holder);
  if (tag !== Tag.VarDef && tag !== Tag.Assign && tag !== Tag.Pair) return tagOf(tree, node) === Tag.Class ? classNameAt(tree, node) : '';
  const [first] = childrenOf(tree, holder);
  return first === undefined || first === node ? '' : textOf(tree, first).slice(0, MAX_HOLDER);
}

function classNameAt(tree: SyntaxTree, node: number): string {
  const first = childrenOf(tree, node).find((child) => tagOf(tree, child) === Tag.Ident);
  return first === undefined ? 'class' : `class ${textOf(tree, first)}`;
}
