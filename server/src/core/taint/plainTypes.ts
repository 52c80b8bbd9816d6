/** Which arguments are known to be of types that have no parts. */
import { textOf, type SyntaxTree } from '../language/tree.js';
import type { Types } from '../language/types.js';
import type { Argument } from './terms.js';

const PLAIN_TYPES = new Set(['str', 'string', 'bytes', 'int', 'float', 'number', 'bool', 'boolean']);

/** Whether an argument is known to be of a type that has no parts to write to. */
export function isPlain({ tree, types }: { readonly tree: SyntaxTree; types(): Types }, argument: Argument | undefined): boolean {
  if (argument === undefined || !('node' in argument.value) || argument.value.node < 0) return false;
  const known = types().typesOf(argument.value.node);
  const named = known.flatMap((type) =>
    type.kind === 'builtin' ? [type.name] : type.kind === 'written' ? alternatives(textOf(tree, type.node)) : ['?'],
  );
  return named.length > 0 && named.every((name) => PLAIN_TYPES.has(name));
}

/** The types that a type may be, without those that are no value: `Optional[str]`, `str | None`. */
function alternatives(type: string): readonly string[] {
  return type
    .replace(/^(?:[\w.]*\.)?(?:Optional|Union)\[(.*)\]$/s, '$1')
    .split(/[|,]/)
    .map((one) => one.trim())
    .filter((one) => !/^(?:None|null|undefined)$/.test(one));
}
