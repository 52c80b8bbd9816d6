/**
 * Functions that reach a call through data: entries of a table (`TOOLS[name](...)`, `handlers.get(name)`), also of one that is filled by assignments and by
 * decorators, elements that a loop goes through, what another function returns. Where an entry is not known, those that are count.
 */
import { internedText } from '../language/interner.js';
import type { Names } from '../language/names.js';
import { enclosingFunction } from '../language/holders.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, nextOf, opOf, parentOf, roleOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';

export interface Tables {
  /** Func nodes that an expression may stand for; names of functions themselves are left to `direct`. */
  functionsOf(node: number): readonly number[];
}

/** Asked of an expression that names a function, or calls one. */
export interface Direct {
  /** Func nodes that a name or a member means. */
  named(node: number): readonly number[];
  /** The value of a field of the object around, `self.x` or `this.x`; undefined where there is not one. */
  field(node: number): number | undefined;
}

const MAX_DEPTH = 6;
/** Methods that give one of the things that their object holds. */
const LOOK_UPS = new Set(['get', 'at', 'pop', 'shift', 'popleft', 'values', 'items', 'entries']);
/** A table of more is no table of tools. */
const MAX_FUNCTIONS = 64;

export function createTables(tree: SyntaxTree, names: Names, direct: Direct): Tables {
  let filled: ReadonlyMap<string, readonly number[]> | undefined;
  let decorated: ReadonlyMap<string, readonly number[]> | undefined;

  /** Values of `table[key] = value`, by the table's name. */
  const assignedTo = (table: string): readonly number[] => {
    if (filled === undefined) {
      const found = new Map<string, number[]>();
      for (let node = 0; node < tree.count; node++) {
        if (tagOf(tree, node) !== Tag.Assign) continue;
        const [target, value] = childrenOf(tree, node);
        if (target === undefined || value === undefined || tagOf(tree, target) !== Tag.Index) continue;
        const [object] = childrenOf(tree, target);
        if (object === undefined || tagOf(tree, object) !== Tag.Ident) continue;
        const list = found.get(textOf(tree, object));
        if (list === undefined) found.set(textOf(tree, object), [value]);
        else list.push(value);
      }
      filled = found;
    }
    return filled.get(table) ?? [];
  };

  /** Functions with a decorator, by its name. */
  const decoratedBy = (decorator: string): readonly number[] => {
    if (decorated === undefined) {
      const found = new Map<string, number[]>();
      for (let node = 0; node < tree.count; node++) {
        if (tagOf(tree, node) !== Tag.Decorator) continue;
        const func = parentOf(tree, node);
        let [name] = childrenOf(tree, node);
        if (name !== undefined && tagOf(tree, name) === Tag.Call) [name] = childrenOf(tree, name);
        if (name === undefined || tagOf(tree, name) !== Tag.Ident || tagOf(tree, func) !== Tag.Func) continue;
        const list = found.get(textOf(tree, name));
        if (list === undefined) found.set(textOf(tree, name), [func]);
        else list.push(func);
      }
      decorated = found;
    }
    return decorated.get(decorator) ?? [];
  };

  const nameOf = (func: number): string => {
    const name = func < 0 ? -1 : firstChildWithRole(tree, func, Role.Name);
    return name < 0 ? '' : textOf(tree, name);
  };

  /** What a decorator is given, as its first parameter: the functions that it decorates. */
  const givenToDecorator = (node: number): readonly number[] => {
    const func = enclosingFunction(tree, node);
    if (func < 0) return [];
    const params = childrenOf(tree, func).find((child) => tagOf(tree, child) === Tag.Params);
    const [first] = params === undefined ? [] : childrenOf(tree, params);
    const name = first === undefined ? undefined : tagOf(tree, first) === Tag.Ident ? first : childrenOf(tree, first)[0];
    if (name === undefined || textOf(tree, name) !== textOf(tree, node)) return [];
    // `@register` is the function itself, `@register("name")` the one around it.
    return [func, enclosingFunction(tree, func)].flatMap((one) => decoratedBy(nameOf(one)));
  };

  /** Expressions that something which holds several may hold. */
  const held = (node: number, depth: number): readonly number[] => {
    if (depth > MAX_DEPTH) return [];
    const children = childrenOf(tree, node);
    switch (tagOf(tree, node)) {
      case Tag.Dict:
        return children.flatMap((child) => {
          const value = tagOf(tree, child) === Tag.Pair ? childrenOf(tree, child)[1] : child;
          return value === undefined ? [] : [value];
        });
      case Tag.List:
      case Tag.Tuple:
        // `[['name', run]]`, as `Map` takes it.
        return children.flatMap((child) => (tagOf(tree, child) === Tag.List ? childrenOf(tree, child) : [child]));
      case Tag.New:
      case Tag.Call: {
        const [callee, args] = children;
        const [inner, name] = callee === undefined || tagOf(tree, callee) !== Tag.Dot ? [] : childrenOf(tree, callee);
        if (inner !== undefined && name !== undefined) return LOOK_UPS.has(textOf(tree, name)) ? held(inner, depth + 1) : [];
        const [first] = args === undefined ? [] : childrenOf(tree, args);
        return callee !== undefined && first !== undefined && /^(?:Map|dict|list|tuple)$/.test(textOf(tree, callee))
          ? held(first, depth + 1)
          : [];
      }
      case Tag.Cast:
      case Tag.Unary:
      case Tag.Other:
        return children[0] === undefined || tagOf(tree, children[0]) === Tag.Call ? [] : held(children[0], depth + 1);
      case Tag.Ident: {
        const value = onlyValue(node);
        return [...(value === undefined ? [] : held(value, depth + 1)), ...assignedTo(textOf(tree, node))];
      }
      case Tag.Dot: {
        const value = direct.field(node);
        return value === undefined ? [] : held(value, depth + 1);
      }
      default:
        return [];
    }
  };

  const onlyValue = (name: number): number | undefined => {
    if (names.resolve(name) !== undefined) return undefined;
    const [value, second] = names.scopes.lookup(name, textOf(tree, name))?.values ?? [];
    return value === undefined || value < 0 || second !== undefined || value === name ? undefined : value;
  };

  /** What a loop that binds this name goes through. */
  const loopedOver = (name: number): number | undefined => {
    for (let at = parentOf(tree, name); at >= 0 && tagOf(tree, at) !== Tag.Func; at = parentOf(tree, at)) {
      if (tagOf(tree, at) !== Tag.Other || !internedText(opOf(tree, at)).startsWith('for')) continue;
      const left = firstChildWithRole(tree, at, Role.Left);
      const right = firstChildWithRole(tree, at, Role.Right);
      if (left < 0 || right < 0) continue;
      const targets = tagOf(tree, left) === Tag.Ident ? [left] : childrenOf(tree, left);
      if (targets.some((target) => textOf(tree, target) === textOf(tree, name))) return right;
    }
    return undefined;
  };

  /** Functions that calls of a function give back. */
  const returnedBy = (func: number, depth: number): readonly number[] => {
    const children = childrenOf(tree, func);
    const body = children.find((child) => roleOf(tree, child) === Role.Body || tagOf(tree, child) === Tag.Block);
    if (body === undefined) return [];
    if (tagOf(tree, body) !== Tag.Block) return functionsOf(body, depth + 1);
    const found: number[] = [];
    for (let node = body + 1; node < nextOf(tree, body); node++) {
      if (tagOf(tree, node) === Tag.Return && enclosingFunction(tree, node) === func) {
        const [value] = childrenOf(tree, node);
        if (value !== undefined) found.push(...functionsOf(value, depth + 1));
      }
    }
    return found;
  };

  function functionsOf(node: number, depth = 0): readonly number[] {
    if (depth > MAX_DEPTH) return [];
    const children = childrenOf(tree, node);
    const each = (nodes: readonly number[]): readonly number[] => nodes.flatMap((one) => functionsOf(one, depth + 1));
    switch (tagOf(tree, node)) {
      case Tag.Func:
        return [node];
      case Tag.Ident: {
        const found = direct.named(node);
        if (found.length > 0) return found;
        const value = onlyValue(node);
        if (value !== undefined) return functionsOf(value, depth + 1);
        const several = loopedOver(node);
        return several === undefined ? givenToDecorator(node) : each(held(several, depth + 1));
      }
      case Tag.Dot: {
        const found = direct.named(node);
        if (found.length > 0) return found;
        const value = direct.field(node);
        return value === undefined ? [] : functionsOf(value, depth + 1);
      }
      case Tag.Index: {
        const [object, key] = children;
        if (object === undefined) return [];
        return each(entryOf(object, key) ?? held(object, depth + 1));
      }
      case Tag.Ternary:
      case Tag.Binary:
        return each(children);
      case Tag.Cast:
      case Tag.Unary:
      case Tag.Other:
        return children[0] === undefined ? [] : functionsOf(children[0], depth + 1);
      case Tag.Call: {
        const [callee] = children;
        if (callee === undefined) return [];
        const [object, name] = tagOf(tree, callee) === Tag.Dot ? childrenOf(tree, callee) : [];
        const [, args] = children;
        const [bound] = args === undefined || !/(?:^|\.)partial$/.test(textOf(tree, callee)) ? [] : childrenOf(tree, args);
        if (bound !== undefined) return functionsOf(bound, depth + 1);
        if (object !== undefined && name !== undefined && LOOK_UPS.has(textOf(tree, name))) return each(held(object, depth + 1));
        return direct.named(callee).flatMap((func) => returnedBy(func, depth + 1));
      }
      default:
        return [];
    }
  }

  /** The entry under a key that is written out, where the table is written out, too. */
  function entryOf(object: number, key: number | undefined): readonly number[] | undefined {
    if (key === undefined || tagOf(tree, key) !== Tag.Str) return undefined;
    const table = tagOf(tree, object) === Tag.Ident ? onlyValue(object) : object;
    if (table === undefined || tagOf(tree, table) !== Tag.Dict) return undefined;
    const wanted = plain(key);
    const entry = childrenOf(tree, table).find((child) => {
      const [name] = childrenOf(tree, child);
      return name !== undefined && plain(name) === wanted;
    });
    const value = entry === undefined ? undefined : tagOf(tree, entry) === Tag.Pair ? childrenOf(tree, entry)[1] : entry;
    return value === undefined ? undefined : [value];
  }

  function plain(key: number): string {
    return textOf(tree, key).replaceAll(/^['"`]|['"`]$/g, '');
  }

  return {
    functionsOf(node) {
      const found = [...new Set(functionsOf(node))];
      return found.length > MAX_FUNCTIONS ? [] : found;
    },
  };
}
