/**
 * What a file itself says about the type of an expression: literals, declared types of variables, parameters and fields,
 * `new` expressions, conversions. No inference beyond that, as in Semgrep's free engine; undefined where the file does not say.
 */
import type { Constants } from './constants.js';
import { internedText } from './interner.js';
import type { Names } from './names.js';
import { syntaxOf, traitsOf } from './registry.js';
import type { DeclaredType } from './scopes.js';
import { Role, Tag } from './tags.js';
import {
  childrenOf,
  firstChildWithRole,
  isAssignmentTarget,
  nextOf,
  opOf,
  parentOf,
  roleOf,
  tagOf,
  textOf,
  type SyntaxTree,
} from './tree.js';

export type Builtin = 'int' | 'float' | 'string' | 'bool' | 'number' | 'char';

export type KnownType =
  /** A type as the code writes it. */
  | { readonly kind: 'written'; readonly node: number }
  | { readonly kind: 'builtin'; readonly name: Builtin }
  | { readonly kind: 'pointer'; readonly to: KnownType }
  /** `NULL`, which any pointer may be. */
  | { readonly kind: 'null' }
  /** Nothing is known but the name of what it is: `Foo` in `Foo.bar()` may be a type itself. */
  | { readonly kind: 'name'; readonly text: string };

/** Names of the same basic type in different languages, as Semgrep groups them. */
const BUILTINS: Readonly<Record<string, Builtin>> = {
  int: 'int',
  long: 'int',
  Integer: 'int',
  Long: 'int',
  float: 'float',
  double: 'float',
  Float: 'float',
  str: 'string',
  string: 'string',
  String: 'string',
  bool: 'bool',
  boolean: 'bool',
  Boolean: 'bool',
  number: 'number',
  char: 'char',
};

export function builtinNamed(name: string): Builtin | undefined {
  return Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
}

const COMPARISONS = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', '&&', 'and', 'in', 'not in', 'is', 'is not']);
const ARITHMETIC = new Set(['+', '-']);
const MAX_DEPTH = 12;

export interface Types {
  /** What is known, best first: the type that a declaration says, then the type of the value. */
  typesOf(node: number): readonly KnownType[];
}

export function createTypes(tree: SyntaxTree, names: Names, constants: Constants): Types {
  const { arithmetic, floats, charPointers, injected } = traitsOf(tree.grammar);
  const { knownTypes = {} } = syntaxOf(tree.grammar);
  const builtin = (name: Builtin): KnownType => ({ kind: 'builtin', name });
  const declaresMember = (name: string): boolean => names.scopes.declaredTypes(name).length > 0;
  const text: KnownType = charPointers ? { kind: 'pointer', to: builtin('char') } : builtin('string');

  function typeOf(node: number, depth: number): KnownType | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const tag = tagOf(tree, node);
    switch (tag) {
      case Tag.Str:
        return text;
      case Tag.Num:
        return builtin(!floats && /^(?:0[xX].*|[\d_]+[lLuUn]?)$/.test(textOf(tree, node)) ? 'int' : 'float');
      case Tag.Const: {
        const word = internedText(opOf(tree, node));
        if (word === 'null') return { kind: 'null' };
        return word === 'true' || word === 'false' ? builtin('bool') : undefined;
      }
      case Tag.New: {
        const [type] = childrenOf(tree, node);
        return type === undefined ? undefined : { kind: 'written', node: type };
      }
      case Tag.Cast: {
        const type = firstChildWithRole(tree, node, Role.Type);
        return type < 0 ? undefined : written(type);
      }
      case Tag.Ident:
        return variable(node, depth);
      case Tag.Dot: {
        const [object, name] = childrenOf(tree, node);
        if (name === undefined || object === undefined) return undefined;
        // `this.field`
        const known = knownTypes[`.${textOf(tree, name)}`];
        if (known !== undefined && !declaresMember(textOf(tree, name))) return builtin(known);
        if (tagOf(tree, object) === Tag.Const) {
          const field = declaredAt(node, textOf(tree, name), true) ?? injectedAt(node, textOf(tree, name));
          if (field !== undefined) return written(field);
        }
        return { kind: 'name', text: textOf(tree, name) };
      }
      case Tag.Call: {
        const [callee] = childrenOf(tree, node);
        if (callee === undefined || tagOf(tree, callee) !== Tag.Dot) return undefined;
        const name = childrenOf(tree, callee)[1];
        const known = knownTypes[textOf(tree, callee)] ?? (name === undefined ? undefined : knownTypes[`.${textOf(tree, name)}`]);
        return known === undefined ? undefined : builtin(known);
      }
      case Tag.Unary:
        return unary(node, depth);
      case Tag.Binary:
        return binary(node, depth);
      case Tag.Ternary: {
        const [, yes, no] = childrenOf(tree, node);
        const first = yes === undefined ? undefined : typeOf(yes, depth + 1);
        const second = no === undefined ? undefined : typeOf(no, depth + 1);
        return first !== undefined && second !== undefined && same(first, second) ? first : undefined;
      }
      case Tag.Other: {
        // A conversion that the language spells as one: `(T) x`, `T(x)`.
        const [type] = childrenOf(tree, node);
        return type !== undefined && /^(?:cast|type_conversion)$/.test(internedText(opOf(tree, node))) ? written(type) : undefined;
      }
      default:
        return undefined;
    }
  }

  function written(type: number): KnownType {
    const inner = tagOf(tree, type) === Tag.Type ? childrenOf(tree, type)[0] : type;
    return { kind: 'written', node: inner ?? type };
  }

  function unary(node: number, depth: number): KnownType | undefined {
    const op = internedText(opOf(tree, node));
    const [operand] = childrenOf(tree, node);
    if (op === '!' || op === 'not') return builtin('bool');
    if (operand === undefined) return undefined;
    if (op !== '&') return op === '-' ? typeOf(operand, depth + 1) : undefined;
    const to = typeOf(operand, depth + 1);
    return to === undefined || to.kind === 'name' ? undefined : { kind: 'pointer', to };
  }

  function binary(node: number, depth: number): KnownType | undefined {
    const op = internedText(opOf(tree, node));
    if (COMPARISONS.has(op)) return builtin('bool');
    if (!ARITHMETIC.has(op) && op !== '||' && op !== '*') return undefined;
    const [left, right] = childrenOf(tree, node).map((child) => basic(typeOf(child, depth + 1)));
    if (op === '||') return left === 'bool' || right === 'bool' ? builtin('bool') : undefined;
    if (op !== '*' && left === 'int' && right === 'int') return builtin('int');
    return arithmetic && (isNumeric(left) || isNumeric(right)) ? builtin('number') : undefined;
  }

  function isNumeric(name: Builtin | undefined): boolean {
    return name === 'int' || name === 'float' || name === 'number';
  }

  function basic(type: KnownType | undefined): Builtin | undefined {
    if (type?.kind === 'builtin') return type.name;
    return type?.kind === 'written' && tagOf(tree, type.node) === Tag.Ident ? builtinNamed(textOf(tree, type.node)) : undefined;
  }

  function same(a: KnownType, b: KnownType): boolean {
    const first = basic(a);
    if (first !== undefined) return first === basic(b);
    return a.kind === 'written' && b.kind === 'written' && textOf(tree, a.node) === textOf(tree, b.node);
  }

  function variable(node: number, depth: number): KnownType | undefined {
    const name = textOf(tree, node);
    const role = roleOf(tree, node);
    if (!isAssignmentTarget(tree, node) && role !== Role.Name) {
      const constant = constants.valueOf(node, true);
      if (constant?.kind === 'string') return text;
      if (constant?.kind === 'number') return builtin(floats || /[.eE]/.test(constant.text) ? 'float' : 'int');
      if (constant?.kind === 'boolean') return builtin('bool');
    }
    const declared = declaredAt(node, name, false);
    if (declared !== undefined) return written(declared);
    const found = names.scopes.lookup(node, name);
    const value = found?.values.find((at) => at >= 0);
    const inferred = value === undefined || value === node ? undefined : typeOf(value, depth + 1);
    // A name that is no variable of the file may be a type.
    if (inferred !== undefined && inferred.kind !== 'name') return inferred;
    return { kind: 'name', text: name };
  }

  /** Declarations of a name by the scope that they stand in, so that a name which many functions declare costs each use little. */
  const declaredIn = new Map<string, ReadonlyMap<number, DeclaredType[]>>();

  function declaredAround(use: number, name: string): number | undefined {
    let scopes = declaredIn.get(name);
    if (scopes === undefined) {
      const found = new Map<number, DeclaredType[]>();
      for (const declared of names.scopes.declaredTypes(name)) {
        const scope = enclosing(declared.node, isScope);
        const list = found.get(scope);
        if (list === undefined) found.set(scope, [declared]);
        else list.push(declared);
      }
      declaredIn.set(name, (scopes = found));
    }
    if (scopes.size === 0) return undefined;
    for (let at = use; ; at = at > 0 ? parentOf(tree, at) : -1) {
      const scope = at > 0 ? at : -1;
      const here = scopes.get(scope)?.findLast((declared) => declared.node <= use || isClass(scope));
      if (here !== undefined || scope < 0) return here?.type;
    }
  }

  /** The declared type of the variable that a name means at `use`: of the declarations around it, the innermost and last one before it. */
  function declaredAt(use: number, name: string, member: boolean): number | undefined {
    if (!member) return declaredAround(use, name);
    let best: DeclaredType | undefined;
    for (const declared of names.scopes.declaredTypes(name)) {
      const scope = enclosing(declared.node, isClass);
      const inside = scope < 0 || (use >= scope && use < nextOf(tree, scope));
      if (!inside || (parentOf(tree, declared.node) >= 0 && tagOf(tree, declared.node) !== Tag.VarDef)) continue;
      // A field may be declared below its use.
      if (declared.node > use && !isClass(enclosing(declared.node, isScope))) continue;
      if (best === undefined || enclosing(declared.node, isScope) >= enclosing(best.node, isScope)) best = declared;
    }
    return best?.type;
  }

  /** The type of a parameter of the constructor, in a class whose decorator makes them members. */
  function injectedAt(use: number, name: string): number | undefined {
    const owner = injected === undefined ? -1 : enclosing(use, isClass);
    const decorators = owner < 0 ? [] : childrenOf(tree, owner).filter((child) => tagOf(tree, child) === Tag.Decorator);
    if (!decorators.some((decorator) => injected?.has(/^@(\w+)/.exec(textOf(tree, decorator))?.[1] ?? '') === true)) return undefined;
    return names.scopes.declaredTypes(name).find(({ node }) => {
      const func = tagOf(tree, node) === Tag.Param ? enclosing(node, (at) => tagOf(tree, at) === Tag.Func) : -1;
      const own = func < 0 ? -1 : firstChildWithRole(tree, func, Role.Name);
      return own >= 0 && textOf(tree, own) === 'constructor' && enclosing(func, isClass) === owner;
    })?.type;
  }

  const isClass = (node: number): boolean => node >= 0 && tagOf(tree, node) === Tag.Class;

  function isScope(node: number): boolean {
    const tag = tagOf(tree, node);
    if (tag === Tag.Block) return !isClass(parentOf(tree, node));
    return (
      tag === Tag.Func ||
      tag === Tag.Class ||
      tag === Tag.Catch ||
      (tag === Tag.Other && /^(?:for|try)/.test(internedText(opOf(tree, node))))
    );
  }

  function enclosing(node: number, wanted: (node: number) => boolean): number {
    for (let at = parentOf(tree, node); at > 0; at = parentOf(tree, at)) if (wanted(at)) return at;
    return -1;
  }

  return {
    typesOf(node) {
      const inferred = typeOf(node, 0);
      const declared = tagOf(tree, node) === Tag.Ident ? declaredAt(node, textOf(tree, node), false) : undefined;
      const known = inferred === undefined ? [] : [inferred];
      return declared === undefined || (inferred?.kind === 'written' && inferred.node === declared) ? known : [written(declared), ...known];
    },
  };
}
