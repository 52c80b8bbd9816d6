/**
 * Calls that read or change a container: a list, a dictionary, a set, a file of settings in sections. Only what is made as one where it can be seen
 * (a literal, a constructor of the usual name) counts: a method that is called `set` or `get` means anything on other objects.
 */
import type { Names } from '../language/names.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, nextOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { indexKey } from './lowerContext.js';
import type { Access, AccessOf, Key } from './terms.js';

type Kind = 'plain' | 'sections';

const PLAIN =
  /^(?:dict|list|set|deque|OrderedDict|defaultdict|Array|Map|Set|WeakMap|\w*(?:List|Map|Set|Deque|Vector|Hashtable|Stack|Properties))$/;
/** Those that are empty, and whose elements have places, where nothing is given to their constructor. */
const LISTS = /^(?:list|deque|Array|\w*List|Vector)$/;
const SECTIONS = /^(?:Raw|Safe)?ConfigParser$/;
const CHANGES_ORDER = new Set('sort reverse remove splice discard rotate sortInPlace removeIf'.split(' '));
const EXTENDS = new Set('extend update addAll putAll assign'.split(' '));

/** The last name of what is called, without type arguments. */
function calledType(tree: SyntaxTree, names: Names, callee: number): string {
  return /([\w$]+)\s*(?:<[^()]*>)?$/.exec(names.resolve(callee)?.at(-1) ?? textOf(tree, callee))?.[1] ?? '';
}

/** Whether a value is a list of which the text says how long it is. */
export function isListOfKnownLength(tree: SyntaxTree, names: Names, value: number): boolean {
  const tag = tagOf(tree, value);
  if (tag !== Tag.Call && tag !== Tag.New) return tag === Tag.List || tag === Tag.Tuple;
  const [callee, args] = childrenOf(tree, value);
  return callee !== undefined && (args === undefined || nextOf(tree, args) === args + 1) && LISTS.test(calledType(tree, names, callee));
}

export function createAccessOf(tree: SyntaxTree, names: Names): AccessOf {
  let fields: ReadonlyMap<string, Kind> | undefined;

  function made(value: number): Kind | undefined {
    const tag = tagOf(tree, value);
    if (tag === Tag.List || tag === Tag.Dict) return 'plain';
    if (tag !== Tag.Call && tag !== Tag.New) return undefined;
    const [callee] = childrenOf(tree, value);
    const name = callee === undefined ? '' : calledType(tree, names, callee);
    if (SECTIONS.test(name)) return 'sections';
    return PLAIN.test(name) ? 'plain' : undefined;
  }

  /** Fields of objects that something in the file makes a container. */
  function fieldKinds(): ReadonlyMap<string, Kind> {
    const found = new Map<string, Kind>();
    for (let node = 0; node < tree.count; node++) {
      const tag = tagOf(tree, node);
      if (tag !== Tag.Assign && tag !== Tag.VarDef) continue;
      const children = childrenOf(tree, node);
      const [target] = children;
      const value = children.find((child) => roleOf(tree, child) === Role.Value || roleOf(tree, child) === Role.Right);
      const kind = value === undefined ? undefined : made(value);
      if (target === undefined || kind === undefined) continue;
      const owner = parentOf(tree, parentOf(tree, node));
      const name =
        tagOf(tree, target) === Tag.Dot ? childrenOf(tree, target)[1] : owner >= 0 && tagOf(tree, owner) === Tag.Class ? target : undefined;
      if (name !== undefined) found.set(textOf(tree, name), kind);
    }
    return found;
  }

  function kindOf(object: number): Kind | undefined {
    const tag = tagOf(tree, object);
    if (tag === Tag.Dot) {
      const [owner, member] = childrenOf(tree, object);
      if (owner === undefined || member === undefined || nextOf(tree, owner) !== owner + 1) return undefined;
      fields ??= fieldKinds();
      return /^(?:self|this|cls)$/.test(textOf(tree, owner)) ? fields.get(textOf(tree, member)) : undefined;
    }
    if (tag !== Tag.Ident || names.resolve(object) !== undefined) return undefined;
    const values = names.scopes.lookup(object, textOf(tree, object))?.values ?? [];
    for (const value of values) {
      const kind = value < 0 ? undefined : made(value);
      if (kind !== undefined) return kind;
    }
    return undefined;
  }

  return (callee, args) => {
    if (args.length === 0 && LISTS.test(calledType(tree, names, callee))) return { op: 'make' };
    if (tagOf(tree, callee) !== Tag.Dot) return undefined;
    const [object, member] = childrenOf(tree, callee);
    if (object === undefined || member === undefined) return undefined;
    const method = textOf(tree, member);
    const op = OPERATIONS[method] ?? (CHANGES_ORDER.has(method) ? shuffled : EXTENDS.has(method) ? extended : undefined);
    if (op === undefined) return undefined;
    const kind = kindOf(object);
    if (kind === undefined) return undefined;
    return op(
      kind,
      args.map((arg) => keyOf(tree, arg)),
      args.map((arg) => numberAt(tree, arg)),
    );
  };
}

function keyOf(tree: SyntaxTree, node: number): Key {
  const key = indexKey(tree, node);
  // What a map holds under a name is not the member of that name.
  return key.startsWith('.') ? `"${key.slice(1)}` : key;
}

function numberAt(tree: SyntaxTree, node: number): number | undefined {
  return tagOf(tree, node) === Tag.Num && /^\d+$/.test(textOf(tree, node)) ? Number(textOf(tree, node)) : undefined;
}

/** Keys and whole numbers that the arguments are, in their order. */
type Operation = (kind: Kind, keys: readonly Key[], numbers: readonly (number | undefined)[]) => Access | undefined;

const shuffled: Operation = () => ({ op: 'shuffle' });
const extended: Operation = () => ({ op: 'extend' });

const read: Operation = (kind, [first, second]) => {
  if (first === undefined || (kind === 'sections' && second === undefined)) return undefined;
  return { op: 'read', keys: kind === 'sections' ? [first, second as Key] : [first] };
};

const write: Operation = (kind, [first, second, third]) => {
  if (first === undefined || second === undefined) return undefined;
  if (kind === 'sections') return third === undefined ? undefined : { op: 'write', keys: [first, second], value: 2 };
  return { op: 'write', keys: [first], value: 1 };
};

const push: Operation = (_, keys, numbers) =>
  keys.length === 1 ? { op: 'push', value: 0 } : keys.length === 2 ? { op: 'insert', at: numbers[0], value: 1 } : undefined;

const pushOne: Operation = (_, keys) => (keys.length === 1 ? { op: 'push', value: 0 } : { op: 'extend' });

const first: Operation = (_, keys) => (keys.length === 0 ? { op: 'remove', at: 0 } : undefined);

const OPERATIONS: Readonly<Record<string, Operation | undefined>> = Object.assign(Object.create(null) as Record<string, Operation>, {
  append: pushOne,
  push: pushOne,
  add: push,
  addLast: pushOne,
  unshift: (_: Kind, keys: readonly Key[]): Access => (keys.length === 1 ? { op: 'insert', at: 0, value: 0 } : { op: 'extend' }),
  insert: push,
  pop: (_: Kind, keys: readonly Key[], numbers: readonly (number | undefined)[]): Access => {
    const [key] = keys;
    if (key === undefined) return { op: 'remove', at: 'last' };
    return numbers[0] === undefined ? { op: 'read', keys: [key] } : { op: 'remove', at: numbers[0] };
  },
  popleft: first,
  shift: first,
  removeFirst: first,
  get: read,
  getOrDefault: read,
  getint: read,
  put: write,
  set: write,
  setdefault: (_: Kind, [key]: readonly Key[]): Access | undefined => (key === undefined ? undefined : { op: 'offer', key, value: 1 }),
  clear: (): Access => ({ op: 'clear' }),
});
