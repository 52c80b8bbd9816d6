/**
 * Whether a pattern may hold at a node, by what both are alone. Asked before anything is made for what comes after a match: most nodes are something else, and
 * what is made for them in vain is most of the memory that matching takes.
 */
import { Tag } from '../language/tags.js';
import { endOf, startOf, tagOf } from '../language/tree.js';
import type { IdentPattern, NodePattern, PatternNode } from '../pattern/pattern.js';
import type { Matching } from './context.js';

/** True where that takes more than a look. */
export function mayHold(m: Matching, p: PatternNode, t: number): boolean {
  const tag = tagOf(m.tree, t);
  if (p.kind === 'node') return p.tag === tag || tag === Tag.Cast || p.group !== undefined || mayBeUnlike(m, p, tag);
  return p.kind !== 'ident' || mayBeName(m, p, t, tag);
}

/** As `matchUnlike` goes on. */
function mayBeUnlike(m: Matching, p: NodePattern, tag: number): boolean {
  const { options, traits } = m;
  switch (p.tag) {
    case Tag.Dot:
      return tag === Tag.Ident || tag === Tag.Call;
    case Tag.Assign:
      if (tag === Tag.VarDef || tag === Tag.Func) return true;
      break;
    case Tag.Import:
    case Tag.Func:
      if (tag === Tag.VarDef) return true;
      break;
    case Tag.Pair:
      if (tag === Tag.Func) return true;
      break;
    case Tag.Num:
    case Tag.Const:
    case Tag.Unary:
      if (options.constantPropagation) return true;
      break;
    case Tag.Return:
      if (traits.implicitReturns && options.implicitReturn) return true;
      break;
    case Tag.Regex:
      if (tag === Tag.Ident) return true;
  }
  if (p.children.length === 1 && (p.tag === Tag.Block || p.children[0]?.kind === 'ellipsis')) return true;
  return tag === Tag.Ident && options.symbolicPropagation;
}

/** As `matchIdent` goes on. */
function mayBeName(m: Matching, p: IdentPattern, t: number, tag: number): boolean {
  const { tree, traits } = m;
  switch (tag) {
    case Tag.Ident: {
      const start = startOf(tree, t);
      if (endOf(tree, t) - start === p.name.length && tree.text.startsWith(p.name, start)) return true;
      return traits.caselessNames || m.options.symbolicPropagation || m.names.resolve(t) !== undefined;
    }
    case Tag.Str:
      return traits.keysAreNames || traits.bareWords;
    case Tag.Const:
    case Tag.Call:
    case Tag.Cast:
      return true;
    default:
      return false;
  }
}
