/** What `local.x` and `var.x` stand for anywhere in a file: a literal in a `locals` block, the default of a `variable` block. */
import { Role, Tag } from '../tags.js';
import { childrenOf, firstChildWithRole, stringTextOf, tagOf, textOf, type SyntaxTree } from '../tree.js';

const LITERALS: ReadonlySet<number> = new Set([Tag.Str, Tag.Num, Tag.Const]);

export function terraformGlobals(tree: SyntaxTree): ReadonlyMap<string, number> {
  const globals = new Map<string, number>();
  for (const block of childrenOf(tree, 0)) {
    const [type, args] = childrenOf(tree, block);
    if (tagOf(tree, block) !== Tag.Call || type === undefined || args === undefined) continue;
    const kind = textOf(tree, type);
    const parts = childrenOf(tree, args);
    const body = parts.at(-1);
    if (body === undefined || tagOf(tree, body) !== Tag.Dict) continue;
    const label = parts.length === 2 && parts[0] !== undefined ? stringTextOf(tree, parts[0]) : undefined;
    for (const member of childrenOf(tree, body)) {
      const name = firstChildWithRole(tree, member, Role.Name);
      const value = firstChildWithRole(tree, member, Role.Value);
      if (tagOf(tree, member) !== Tag.VarDef || name < 0 || value < 0 || !LITERALS.has(tagOf(tree, value))) continue;
      if (kind === 'locals' && parts.length === 1) globals.set(`local.${textOf(tree, name)}`, value);
      else if (kind === 'variable' && label !== undefined && textOf(tree, name) === 'default') globals.set(`var.${label}`, value);
    }
  }
  return globals;
}
