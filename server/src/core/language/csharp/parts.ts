/**
 * What C# statements, declarations and expressions are all made of: children that mean something, blocks, arguments.
 */
import type { Builder } from '../builder.js';
import { block } from '../handlers.js';
import { Role, Tag } from '../tags.js';

/** Children that mean something: `this` and `base` are tokens in the grammar. */
export function parts(b: Builder, raw: number): number[] {
  return b.children(raw).filter((child) => b.isNamed(child) || isThis(b, child));
}

/** `this` and `base`. */
export function isThis(b: Builder, raw: number): boolean {
  const kind = b.kindName(raw);
  return kind === 'this' || kind === 'base';
}

/** Lowers a node, or the tokens `this` and `base`. */
export function lower(b: Builder, raw: number, role: number = Role.None): void {
  if (raw >= 0 && isThis(b, raw)) b.emit(Tag.Const, b.kindId(raw), raw, role);
  else b.lower(raw, role);
}

/** A statement where a block may stand: always a block. */
export function asBlock(b: Builder, raw: number, role: number): void {
  if (raw < 0) return;
  const kind = b.kindName(raw);
  if (kind === 'block') block(b, raw, role);
  else if (kind === 'arrow_expression_clause') b.emit(Tag.Block, 0, raw, role, () => parts(b, raw).forEach((child) => lower(b, child)));
  else b.emit(Tag.Block, 0, raw, role, () => lower(b, raw));
}

/** `x`, `name: x`. */
export function argument(b: Builder, raw: number): void {
  const name = b.field(raw, 'name');
  const values = parts(b, raw).filter((child) => child !== name);
  if (name < 0) values.forEach((child) => lower(b, child));
  else
    b.emit(Tag.Keyword, 0, raw, Role.None, () => {
      b.lower(name, Role.Name);
      values.forEach((child) => lower(b, child, Role.Value));
    });
}
