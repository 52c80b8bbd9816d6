/**
 * PHP's qualified names and what `use` brings in: `A\b` is a member of its own kind, and each used name an import.
 */
import type { Builder, Handler } from '../builder.js';
import { dotted } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_QUALIFIED = intern('\\');

/** The names of `A\B\c`. */
function segments(b: Builder, raw: number): number[] {
  if (raw < 0) return [];
  return b.kindName(raw) === 'name' ? [raw] : b.namedChildren(raw).flatMap((child) => segments(b, child));
}

/** A name with its path, as members. */
export const qualified: Handler = (b, raw, role) => dotted(b, segments(b, raw), role, OP_QUALIFIED);

/** One Import per used name: [path before it, name], or [whole path, alias]. */
export const use: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const group = b.field(raw, 'body');
  const prefix = group < 0 ? [] : children.filter((child) => b.kindName(child) === 'namespace_name').flatMap((child) => segments(b, child));
  const clauses = (group < 0 ? children : b.namedChildren(group)).filter((child) => /use_(?:group_)?clause$/.test(b.kindName(child)));
  for (const clause of clauses) {
    const alias = b.field(clause, 'alias');
    const own = b.namedChildren(clause).filter((child) => child !== alias);
    const names = [...prefix, ...own.flatMap((child) => segments(b, child))];
    const last = names.at(-1);
    if (last === undefined) continue;
    b.emit(Tag.Import, intern(alias < 0 ? 'use' : 'use as'), raw, role, () => {
      if (alias >= 0) {
        dotted(b, names, Role.Module, OP_QUALIFIED);
        b.emit(Tag.Ident, 0, alias, Role.Alias);
        return;
      }
      if (names.length > 1) dotted(b, names.slice(0, -1), Role.Module, OP_QUALIFIED);
      else b.node(Tag.Ident, 0, b.startOf(last), b.startOf(last), Role.Module);
      b.emit(Tag.Ident, 0, last, Role.Name);
    });
  }
};
