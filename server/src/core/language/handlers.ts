/** Handlers that every language's lowering uses: leaves, wrappers, blocks, paths, annotations, and nodes that only group. */
import type { Builder, Handler, Lowering } from './builder.js';
import { intern } from './interner.js';
import { Role, Tag } from './tags.js';

/** Emits a node of `tag` around all named children, in order. */
export function wrap(tag: number, op = 0): Handler {
  return (b, raw, role) => b.emit(tag, op, raw, role, () => b.lowerAll(b.namedChildren(raw)));
}

/** Emits a node of `tag` without children: what it says is its text. */
export function leaf(tag: number): Handler {
  return (b, raw, role) => b.emit(tag, 0, raw, role);
}

/** A block of statements: its named children. */
export const block: Handler = wrap(Tag.Block);

/** What stands where a block may stand, as a block: nodes of these kinds are one, anything else is the only statement of one. */
export function asBlockOf(...kinds: readonly string[]): (b: Builder, raw: number, role: number) => void {
  return (b, raw, role) => {
    if (raw < 0) return;
    if (kinds.includes(b.kindName(raw))) b.lower(raw, role);
    else b.emit(Tag.Block, 0, raw, role, () => b.lower(raw));
  };
}

/** The node as its own handler lowers it. */
export const lowered: Handler = (b, raw, role) => b.lower(raw, role);

/** The operands of an assignment or operation, for grammars that name them `left` and `right`. */
export function sides(b: Builder, raw: number): void {
  b.lower(b.field(raw, 'left'), Role.Left);
  b.lower(b.field(raw, 'right'), Role.Right);
}

/** The names of `a.b.c` as nested members with the operator `op`, which are no node of the grammar; `one` lowers each name. */
export function dotted(b: Builder, names: readonly number[], role: number, op = 0, one: Handler = leaf(Tag.Ident)): void {
  const last = names.at(-1);
  if (last === undefined) return;
  if (names.length === 1) one(b, last, role);
  else
    b.node(Tag.Dot, op, b.startOf(names[0] as number), b.endOf(last), role, () => {
      dotted(b, names.slice(0, -1), Role.Object, op, one);
      one(b, last, Role.Name);
    });
}

/** An annotation or attribute: the call of its name, with empty arguments where it has none; `args` lowers a list of them. */
export function annotated(b: Builder, raw: number, role: number, name: number, list: number, args: (list: number) => void): void {
  b.emit(Tag.Decorator, 0, raw, role, () =>
    b.emit(Tag.Call, 0, raw, Role.None, () => {
      b.lower(name, Role.Callee);
      if (list < 0) b.node(Tag.Args, 0, b.endOf(raw), b.endOf(raw), Role.Args);
      else args(list);
    }),
  );
}

/** A variable that a word such as `let` defines, for grammars that name its parts `pattern` or `name`, `type` and `value`. */
export function variable(word: string, modifiers: (b: Builder, raw: number) => void): Handler {
  const op = intern(word);
  return (b, raw, role) =>
    b.emit(Tag.VarDef, op, raw, role, () => {
      modifiers(b, raw);
      const pattern = b.field(raw, 'pattern');
      b.lower(pattern >= 0 ? pattern : b.field(raw, 'name'), Role.Name);
      b.lower(b.field(raw, 'type'), Role.Type);
      b.lower(b.field(raw, 'value'), Role.Value);
    });
}

/** Roles by the names that most grammars give their fields. */
export const FIELD_ROLES: Lowering['roles'] = {
  body: Role.Body,
  condition: Role.Condition,
  left: Role.Left,
  right: Role.Right,
  name: Role.Name,
  value: Role.Value,
};

/** `FIELD_ROLES`, for languages that write types. */
export const TYPED_FIELD_ROLES: Lowering['roles'] = { ...FIELD_ROLES, type: Role.Type };

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
