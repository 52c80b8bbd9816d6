/** Handlers that every language's lowering uses: leaves, wrappers, and nodes that only group. */
import type { Builder, Handler } from './builder.js';
import { intern } from './interner.js';
import { Role, Tag } from './tags.js';

/** Emits a node of `tag` around all named children, in order. */
export function wrap(tag: number, op = 0): Handler {
  return (b, raw, role) => b.emit(tag, op, raw, role, () => b.lowerAll(b.namedChildren(raw)));
}

export function leaf(tag: number): Handler {
  return (b, raw, role) => b.emit(tag, 0, raw, role);
}

/** A leaf whose kind is its meaning, such as `true`. */
export function keyword(b: Builder, raw: number, role: number): void {
  b.emit(Tag.Const, b.kindId(raw), raw, role);
}

/** The `op` of a decorator's call that the code does not spell: `@f` is `@f()` without its parentheses. */
const OP_BARE = intern('bare');

/** A decorator is a call, with or without parentheses, so that a pattern for the call finds it. */
export function decorator(b: Builder, raw: number, role: number): void {
  const [inner] = b.namedChildren(raw);
  b.emit(Tag.Decorator, 0, raw, role, () => {
    if (inner === undefined || b.kindName(inner).startsWith('call')) b.lower(inner ?? -1);
    else
      b.emit(Tag.Call, OP_BARE, inner, Role.None, () => {
        b.lower(inner, Role.Callee);
        b.node(Tag.Args, 0, b.endOf(inner), b.endOf(inner), Role.Args);
      });
  });
}

/** A node that only groups: its one child stands for it. */
export function transparent(b: Builder, raw: number, role: number): void {
  const children = b.namedChildren(raw);
  if (children.length === 1) b.lower(children[0] as number, role);
  else b.generic(raw, role);
}
