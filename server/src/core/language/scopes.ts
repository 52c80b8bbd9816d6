/**
 * Which function a name belongs to, and what is assigned to it there: enough for import aliases and for constants,
 * computed for a tree when first asked. Flow-insensitive: a name assigned twice has no single value.
 */
import { traitsOf } from './registry.js';
import { Role, Tag } from './tags.js';
import { childrenOf, firstChildWithRole, nextOf, opOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from './tree.js';
import { internedText } from './interner.js';

export interface Variable {
  /** Right-hand sides, in source order; -1 for a binding without one value (a loop, a parameter, an import, `+=`). */
  readonly values: number[];
  /** Set for parameters and such: whatever is assigned, the first value is unknown. */
  opaque: boolean;
}

interface Scope {
  /** The Func node, or -1 for the module. */
  readonly node: number;
  readonly variables: Map<string, Variable>;
  /** Names declared `global` or `nonlocal`. */
  readonly outer: Set<string>;
}

/** One place where a name gets bound. */
export interface Binding {
  /** The assigning, defining or declaring node. */
  readonly node: number;
  /** As in `Variable.values`. */
  readonly value: number;
}

/** A declaration that says a type. */
export interface DeclaredType {
  /** The declaring node. */
  readonly node: number;
  readonly type: number;
}

export interface Scopes {
  /** Declarations of `name` with a type, members of classes included, in source order. */
  declaredTypes(name: string): readonly DeclaredType[];
  /** Where a function (-1: the module) itself binds `name`, in source order. */
  bindingsIn(func: number, name: string): readonly Binding[];
  /**
   * The one assignment that a use of `name` at `node` sees: the last one before it on every path there. Undefined when that is not
   * plain from the structure, e.g. after a branch that assigns it, or in a loop that does.
   */
  reaching(node: number, name: string): Binding | undefined;
  /** The value of a member of the class around `node` that always has one, in languages that declare members. */
  memberValue(node: number, name: string): number | undefined;
  /** The declaration that `name` at `node` means, where it is declared more than once in one function; undefined when that is not known. */
  declaration(node: number, name: string): number | undefined;
  /** The variable that `name`, used at `node`, refers to; undefined when nothing in the file binds it. */
  lookup(node: number, name: string): Variable | undefined;
  /** What nodes of `[from, to)` say about names that code outside of them uses. */
  saidIn(from: number, to: number): Said;
}

/** Equal for two runs of nodes that say the same about names outside. */
export interface Said {
  readonly bindings: readonly string[];
  /** Members that are assigned through an object, with how many times each. */
  readonly members: readonly string[];
  readonly types: readonly string[];
  /** Whether a constructor gives a member a value that all of its class may see. */
  readonly constructs: boolean;
}

/** The value of a binding that only declares. */
export const DECLARED = -2;

const NOT_BINDING_OPS = new Set(['global_statement', 'nonlocal_statement']);

export function createScopes(tree: SyntaxTree): Scopes {
  const scopes = new Map<number, Scope>();
  const scopeFor = (func: number): Scope => {
    let scope = scopes.get(func);
    if (scope === undefined) {
      scope = { node: func, variables: new Map(), outer: new Set() };
      scopes.set(func, scope);
    }
    return scope;
  };
  const enclosing = (node: number): number => enclosingFunction(tree, node);
  const bindings = new Map<string, Binding[]>();
  let current = 0;
  const { declared } = traitsOf(tree.grammar);
  /** Assignments of languages with declarations, until all declarations are known. */
  const assigned: { readonly node: number; readonly func: number; readonly name: string; readonly value: number }[] = [];
  const bind = (func: number, name: string, value: number): void => {
    if (declared && (tagOf(tree, current) === Tag.Assign || tagOf(tree, current) === Tag.AugAssign || tagOf(tree, current) === Tag.Unary)) {
      if (internedText(opOf(tree, current)) !== ':=') {
        assigned.push({ node: current, func, name, value });
        return;
      }
    }
    define(func, name, value);
  };
  const define = (func: number, name: string, value: number): void => {
    let scope = scopeFor(func);
    if (scope.outer.has(name)) scope = scopeFor(-1);
    let variable = scope.variables.get(name);
    if (variable === undefined) {
      variable = { values: [], opaque: false };
      scope.variables.set(name, variable);
    }
    const key = `${scope.node}:${name}`;
    const list = bindings.get(key);
    if (list === undefined) bindings.set(key, [{ node: current, value }]);
    else list.push({ node: current, value });
    // A declaration without a value (`let x;`) says nothing about what is assigned later.
    if (value === DECLARED) return;
    variable.values.push(value);
    if (value < 0) variable.opaque = true;
  };
  /** Members that something assigns to through their object, as in `this.x = 1`. */
  const written = new Set<string>();
  /** Assignments to members through an object; without a value where the object is another one. */
  const memberWrites = new Map<string, Binding[]>();
  /** Whether a member of a class may have another value later: anything but a constant one, or a private one that is never written. */
  const mayChange = (node: number, name: string): boolean => {
    if (!declared || tagOf(tree, node) !== Tag.VarDef || !isMember(tree, node)) return false;
    const words = childrenOf(tree, node)
      .filter((child) => roleOf(tree, child) === Role.Decorator)
      .map((child) => textOf(tree, child));
    return !words.includes('final') && (!words.includes('private') || written.has(name));
  };
  /** Every name in a target such as `(a, [b, c])`, `{ a: b }` or `*rest`. */
  const bindTarget = (func: number, target: number, value: number): void => {
    const tag = tagOf(tree, target);
    if (tag === Tag.Ident) bind(func, textOf(tree, target), value);
    else if (tag === Tag.Tuple || tag === Tag.List || tag === Tag.Spread || tag === Tag.Dict) {
      for (const child of childrenOf(tree, target)) bindTarget(func, child, -1);
    } else if (tag === Tag.Pair) {
      const children = childrenOf(tree, target);
      const bound = children.at(-1);
      if (bound !== undefined) bindTarget(func, bound, -1);
    } else if (tag === Tag.Dot) {
      const [object, member] = childrenOf(tree, target);
      if (object !== undefined && member !== undefined) {
        const own = tagOf(tree, object) === Tag.Const;
        const list = memberWrites.get(textOf(tree, member)) ?? [];
        memberWrites.set(textOf(tree, member), list);
        list.push({ node: current, value: own ? value : -1 });
        if (own) written.add(textOf(tree, member));
      }
    } else if (tag === Tag.Assign || tag === Tag.Other) {
      const [first] = childrenOf(tree, target);
      if (first !== undefined && tag === Tag.Assign) bindTarget(func, first, -1);
    }
  };

  /** Where names are declared to be those of an outer function, or of the module. */
  const lent: { readonly node: number; readonly func: number; readonly name: string }[] = [];
  const types = new Map<string, DeclaredType[]>();
  const declare = (node: number): void => {
    const children = childrenOf(tree, node);
    const name = children.find((child) => roleOf(tree, child) === Role.Name || roleOf(tree, child) === Role.Left);
    const type = children.find((child) => roleOf(tree, child) === Role.Type);
    if (name === undefined || type === undefined || tagOf(tree, name) !== Tag.Ident) return;
    const key = textOf(tree, name);
    const list = types.get(key);
    if (list === undefined) types.set(key, [{ node, type }]);
    else list.push({ node, type });
  };

  for (let node = 0; node < tree.count; node++) {
    const tag = tagOf(tree, node);
    current = node;
    if (tag === Tag.VarDef || tag === Tag.Param || tag === Tag.Assign) declare(node);
    if (tag === Tag.Assign || tag === Tag.VarDef) {
      const children = childrenOf(tree, node);
      const target = children.find((child) => roleOf(tree, child) === Role.Left || roleOf(tree, child) === Role.Name);
      const value = children.find((child) => roleOf(tree, child) === Role.Right || roleOf(tree, child) === Role.Value);
      // A class member's name is not a variable.
      if (tag === Tag.VarDef && /^(?:field|property)$/.test(internedText(opOf(tree, node)))) continue;
      if (target !== undefined) bindTarget(enclosing(node), target, value ?? (tag === Tag.VarDef ? DECLARED : -1));
    } else if (tag === Tag.AugAssign) {
      const [target] = childrenOf(tree, node);
      if (target !== undefined) bindTarget(enclosing(node), target, -1);
    } else if (tag === Tag.Param) {
      const [name] = childrenOf(tree, node);
      if (name !== undefined) bindTarget(enclosing(node), name, -1);
    } else if (tag === Tag.Params) {
      for (const child of childrenOf(tree, node)) if (tagOf(tree, child) === Tag.Spread) bindTarget(enclosing(node), child, -1);
    } else if (tag === Tag.Func || tag === Tag.Class) {
      const name = childrenOf(tree, node).find((child) => roleOf(tree, child) === Role.Name);
      const outer = parentOf(tree, node);
      const isMember =
        outer >= 0 && parentOf(tree, outer) >= 0 && tagOf(tree, outer) === Tag.Block && tagOf(tree, parentOf(tree, outer)) === Tag.Class;
      if (name !== undefined && tagOf(tree, name) === Tag.Ident && !isMember && tagOf(tree, Math.max(outer, 0)) !== Tag.Dict)
        bind(enclosing(node), textOf(tree, name), -1);
    } else if (tag === Tag.Catch) {
      for (const child of childrenOf(tree, node)) if (roleOf(tree, child) !== Role.Body) bindTarget(enclosing(node), child, -1);
    } else if (tag === Tag.Unary) {
      const op = internedText(opOf(tree, node));
      const [operand] = childrenOf(tree, node);
      if (/^(?:pre)?(?:\+\+|--)$/.test(op) && operand !== undefined) bindTarget(enclosing(node), operand, -1);
    } else if (tag === Tag.Other) {
      const kind = internedText(opOf(tree, node));
      if (kind.startsWith('for') || kind.startsWith('async for')) {
        const left = childrenOf(tree, node).find((child) => roleOf(tree, child) === Role.Left);
        if (left !== undefined) bindTarget(enclosing(node), left, -1);
      } else if (kind.startsWith('as_pattern')) {
        const [source, ...rest] = childrenOf(tree, node);
        const target = rest.at(-1);
        // `with f() as x`: x is what f() gives. An exception's name stands for no expression.
        const around = parentOf(tree, node);
        const entered = source !== undefined && around >= 0 && internedText(opOf(tree, around)).startsWith('with_item');
        if (target !== undefined)
          for (const child of [target, ...childrenOf(tree, target)]) bindTarget(enclosing(node), child, entered ? source : -1);
      } else if (NOT_BINDING_OPS.has(kind.split(' ', 1)[0] ?? '')) {
        const scope = scopeFor(enclosing(node));
        for (const child of childrenOf(tree, node)) {
          scope.outer.add(textOf(tree, child));
          lent.push({ node, func: scope.node, name: textOf(tree, child) });
        }
      }
    }
  }

  for (const { node, func, name, value } of assigned) {
    current = node;
    let scope = func;
    while (scope >= 0 && scopes.get(scope)?.variables.has(name) !== true) scope = enclosing(scope);
    define(scopes.get(scope)?.variables.has(name) === true ? scope : func, name, value);
  }
  if (assigned.length > 0) for (const list of bindings.values()) list.sort((a, b) => a.node - b.node);

  const assignments = new Map<string, readonly Binding[]>();
  /** As `bindings`, without declarations that assign nothing; sorted by node. */
  const assignmentsOf = (func: number, name: string): readonly Binding[] => {
    const key = `${func}:${name}`;
    let list = assignments.get(key);
    if (list === undefined) assignments.set(key, (list = (bindings.get(key) ?? []).filter((binding) => binding.value !== DECLARED)));
    return list;
  };

  /** The member `name` of the class around `node`, in languages that declare members; -1 for none. */
  const memberAround = (node: number, name: string): { readonly owner: number; readonly member: number } | undefined => {
    for (let at = parentOf(tree, node); at >= 0; at = parentOf(tree, at)) {
      if (tagOf(tree, at) !== Tag.Class) continue;
      const body = childrenOf(tree, at).find((child) => tagOf(tree, child) === Tag.Block);
      const member = (body === undefined ? [] : childrenOf(tree, body)).find(
        (child) =>
          tagOf(tree, child) === Tag.VarDef &&
          childrenOf(tree, child).some((part) => roleOf(tree, part) === Role.Name && textOf(tree, part) === name),
      );
      if (member !== undefined) return { owner: at, member };
    }
    return undefined;
  };
  /** The one assignment to a private member without a value of its own, where the only constructor of its class always makes it. */
  const setByConstructor = (node: number, name: string): Binding | undefined => {
    const [write, more] = [...assignmentsOf(-1, name), ...(memberWrites.get(name) ?? [])];
    if (!declared || write === undefined || more !== undefined || write.value < 0) return undefined;
    const found = memberAround(node, name);
    const constructor = enclosing(write.node);
    if (found === undefined || constructor < 0 || enclosing(node) === constructor) return undefined;
    const { owner, member } = found;
    const isPrivate = childrenOf(tree, member).some((part) => roleOf(tree, part) === Role.Decorator && textOf(tree, part) === 'private');
    const nameOf = (at: number): string => {
      const own = childrenOf(tree, at).find((part) => roleOf(tree, part) === Role.Name);
      return own === undefined ? '' : textOf(tree, own);
    };
    const members = parentOf(tree, constructor);
    if (!isPrivate || members < 0 || parentOf(tree, members) !== owner) return undefined;
    const constructors = childrenOf(tree, members).filter((at) => tagOf(tree, at) === Tag.Func && nameOf(at) === nameOf(owner));
    const always = blockThatRuns(tree, write.node);
    return constructors.length === 1 && constructors[0] === constructor && always >= 0 && parentOf(tree, always) === constructor
      ? write
      : undefined;
  };

  return {
    declaredTypes: (name) => types.get(name) ?? [],
    bindingsIn: (func, name) => bindings.get(`${func}:${name}`) ?? [],
    memberValue(node, name) {
      const found = declared ? memberAround(node, name) : undefined;
      if (found === undefined) return undefined;
      const value = childrenOf(tree, found.member).find((part) => roleOf(tree, part) === Role.Value);
      if (value === undefined) return setByConstructor(node, name)?.value;
      return mayChange(found.member, name) ? undefined : value;
    },
    reaching(node, name) {
      const inside = enclosing(node);
      let func = inside;
      while (scopes.get(func)?.variables.has(name) !== true) {
        if (func < 0) return undefined;
        func = enclosing(func);
      }
      const list = assignmentsOf(func, name);
      const [only, second] = list;
      // Set once, and where it is declared: what a function sets counts only in that function.
      if (only !== undefined && second === undefined && enclosing(only.node) === func && !mayChange(only.node, name))
        return mayBeUnset(tree, only.node, node) ? undefined : only;
      if (func !== inside) return func < 0 ? setByConstructor(node, name) : undefined;
      let at = before(list, node);
      while (at >= 0 && nextOf(tree, (list[at] as Binding).node) > node) at--;
      const last = list[at];
      if (last === undefined) return undefined;
      if (tagOf(tree, last.node) !== Tag.Param) {
        const holder = blockThatRuns(tree, last.node);
        if (holder < 0 || node >= nextOf(tree, holder)) return undefined;
      }
      for (let around = parentOf(tree, node); around >= 0 && around !== func; around = parentOf(tree, around)) {
        if (!isLoop(tree, around) || (around < last.node && last.node < nextOf(tree, around))) continue;
        if (before(list, nextOf(tree, around)) > before(list, around + 1)) return undefined;
      }
      return last;
    },
    declaration(node, name) {
      let func = enclosing(node);
      while (scopes.get(func)?.variables.has(name) !== true) {
        if (func < 0) return undefined;
        func = enclosing(func);
      }
      const list = bindings.get(`${func}:${name}`) ?? [];
      const means = (binding: Binding): boolean => {
        const tag = tagOf(tree, binding.node);
        if (tag === Tag.Param) return true;
        if (isLoop(tree, binding.node)) return node < nextOf(tree, binding.node);
        if (tag !== Tag.VarDef && internedText(opOf(tree, binding.node)) !== ':=') return false;
        // A value that mentions the name means the one before.
        if (node < nextOf(tree, binding.node)) return isTargetIn(tree, node, binding.node);
        const holder = parentOf(tree, binding.node);
        return holder < 0 || node < nextOf(tree, holder);
      };
      let at = before(list, node + 1);
      while (at >= 0 && !means(list[at] as Binding)) at--;
      return list[at]?.node;
    },
    saidIn(from, to) {
      const isIn = ({ node }: { readonly node: number }): boolean => from <= node && node < to;
      const inner = (func: number): boolean => from <= func && func < to;
      const said: string[] = [];
      for (const [key, list] of bindings) {
        const func = Number.parseInt(key, 10);
        if (func < to && !inner(func)) for (const binding of list) if (isIn(binding)) said.push(key);
      }
      for (const { node, func, name } of lent) if (isIn({ node }) && !inner(func)) said.push(`${func}:${name} is not its own`);
      const members: string[] = [];
      let constructs = false;
      for (const [name, list] of memberWrites)
        for (const write of list)
          if (isIn(write)) {
            members.push(`${write.value < 0 ? '' : 'own '}${name}`);
            constructs ||= declared && write.value >= 0 && isNamedAsClass(tree, enclosing(write.node));
          }
      const declaredHere: string[] = [];
      for (const [name, list] of types)
        for (const { node, type } of list) if (isIn({ node })) declaredHere.push(`${name}: ${textOf(tree, type)}`);
      return { bindings: said, members, types: declaredHere, constructs };
    },
    lookup(node, name) {
      let func = enclosing(node);
      for (;;) {
        const scope = scopes.get(func);
        const found = scope?.variables.get(name);
        if (found !== undefined) return found;
        if (func < 0) return undefined;
        func = enclosing(func);
      }
    },
  };
}

/** Parents that evaluate all of their children. */
const EAGER: ReadonlySet<number> = new Set([
  Tag.Call,
  Tag.Args,
  Tag.Unary,
  Tag.Assign,
  Tag.VarDef,
  Tag.Return,
  Tag.Dot,
  Tag.Index,
  Tag.New,
]);
const LAZY = new Set(['&&', '||', 'and', 'or', '??']);

/** The block of which `node` is a statement, or a part that always runs with its statement; -1 for a part that may not run. */
function blockThatRuns(tree: SyntaxTree, node: number): number {
  let at = node;
  for (let parent = parentOf(tree, at); parent >= 0; at = parent, parent = parentOf(tree, at)) {
    const tag = tagOf(tree, parent);
    if (tag === Tag.Block) return parent;
    if (EAGER.has(tag) || (tag === Tag.If && roleOf(tree, at) === Role.Condition)) continue;
    if (tag !== Tag.Binary || (LAZY.has(internedText(opOf(tree, parent))) && at !== parent + 1)) return -1;
  }
  return -1;
}

/** Whether an assignment stands in a branch that the use behind it may have come past. */
function mayBeUnset(tree: SyntaxTree, assignment: number, use: number): boolean {
  for (let at = assignment, parent = parentOf(tree, at); parent >= 0; at = parent, parent = parentOf(tree, at)) {
    if (use < nextOf(tree, parent)) return false;
    if (tagOf(tree, parent) === Tag.If && roleOf(tree, at) !== Role.Condition) return true;
  }
  return false;
}

/** Index of the last binding before `node`, or -1. */
function before(list: readonly Binding[], node: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as Binding).node < node) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether a function is a constructor, in languages that name it after its class. */
function isNamedAsClass(tree: SyntaxTree, func: number): boolean {
  const block = func < 0 ? -1 : parentOf(tree, func);
  const owner = block < 0 ? -1 : parentOf(tree, block);
  if (owner < 0 || tagOf(tree, owner) !== Tag.Class) return false;
  const [own, name] = [firstChildWithRole(tree, func, Role.Name), firstChildWithRole(tree, owner, Role.Name)];
  return own >= 0 && name >= 0 && textOf(tree, own) === textOf(tree, name);
}

/** Whether a definition is a class's own. */
function isMember(tree: SyntaxTree, node: number): boolean {
  const block = parentOf(tree, node);
  const owner = block < 0 ? -1 : parentOf(tree, block);
  return owner >= 0 && tagOf(tree, block) === Tag.Block && tagOf(tree, owner) === Tag.Class;
}

function isTargetIn(tree: SyntaxTree, node: number, definition: number): boolean {
  for (let at = node; at > definition; at = parentOf(tree, at)) {
    if (parentOf(tree, at) === definition) return roleOf(tree, at) === Role.Left || roleOf(tree, at) === Role.Name;
  }
  return false;
}

function isLoop(tree: SyntaxTree, node: number): boolean {
  return (
    tagOf(tree, node) === Tag.Other && /^(?:async )?(?:for|while|do|until|loop|repeat|enhanced_for)/.test(internedText(opOf(tree, node)))
  );
}

/** The Func node whose body or parameters hold `node`, or -1 for the module. */
export function enclosingFunction(tree: SyntaxTree, node: number): number {
  if (node < 0) return -1;
  let at = parentOf(tree, node);
  let from = node;
  while (at >= 0) {
    // A function's decorators and name belong to what is around it.
    if (tagOf(tree, at) === Tag.Func && roleOf(tree, from) !== Role.Decorator && roleOf(tree, from) !== Role.Name) return at;
    from = at;
    at = parentOf(tree, at);
  }
  return -1;
}
