/**
 * Members of dictionaries, objects and sets, whose order does not count, and JSX elements with their attributes and
 * children. `[...]` and `{...}` also stand for comprehensions.
 */
import { internedText } from '../language/interner.js';
import { Tag } from '../language/tags.js';
import { nextOf, opOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import type { NodePattern, PatternNode } from '../pattern/pattern.js';
import { lookup, type Env } from './bindings.js';
import { childrenOf, type MatchOne, type Matching, type Then } from './context.js';
import { matchInAnyOrder, matchList, matchOne, withoutEllipsis, type Among } from './sequences.js';
import { matchStatement } from './statements.js';

/** `[...]` and `{...}` also stand for comprehensions, and `{...}` for a dictionary, whose first member decides in the code only. */
const COMPREHENSIONS: Readonly<Record<number, ReadonlySet<number | string>>> = {
  [Tag.List]: new Set(['list_comprehension']),
  [Tag.Set]: new Set([Tag.Dict, 'set_comprehension', 'dictionary_comprehension']),
  [Tag.Dict]: new Set([Tag.Set, 'set_comprehension', 'dictionary_comprehension']),
};

/** Whether `p` is `[...]` or `{...}` and the node at `t`, of another tag, a comprehension or display that it stands for. */
export function isDisplayOf(m: Matching, p: NodePattern, t: number, tag: number): boolean {
  if (p.children.length !== 1 || p.children[0]?.kind !== 'ellipsis') return false;
  return COMPREHENSIONS[p.tag]?.has(tag === Tag.Other ? (internedText(opOf(m.tree, t)).split(' ', 1)[0] ?? '') : tag) === true;
}

/** Members of an object, dictionary or set: order does not count; `...` allows more (in JavaScript always, as Semgrep's implicit ellipsis). */
export function matchMembers(
  m: Matching,
  ps: readonly PatternNode[],
  ts: readonly number[],
  env: Env | undefined,
  lessOk: boolean,
  then: Then,
): void {
  const many = ps.find((p) => p.kind === 'ellipsis-metavariable');
  if (many !== undefined) {
    matchList(m, ps, 0, ts, 0, ts[0] ?? 0, env, matchOne, then);
    return;
  }
  const items = withoutEllipsis(ps);
  matchInAnyOrder(
    m,
    items,
    ts,
    lessOk || items.length < ps.length,
    env,
    then,
    matchMember,
    ts.length < MANY ? undefined : amongKeys(m, ts),
  );
}

/** Fewer members are tried one by one. */
const MANY = 16;

/** Members by key, so that the same key again in a table of thousands is not looked for in each of them. */
function amongKeys(m: Matching, ts: readonly number[]): Among {
  let byKey: Map<string, number[]> | undefined;
  const others: number[] = [];
  const index = (): Map<string, number[]> => {
    const found = new Map<string, number[]>();
    for (const [at, t] of ts.entries()) {
      const key = tagOf(m.tree, t) === Tag.Pair ? literalKey(m.tree, t + 1) : undefined;
      const list = key === undefined ? others : found.get(key);
      if (list !== undefined) list.push(at);
      else if (key !== undefined) found.set(key, [at]);
    }
    return found;
  };
  return (p, env) => {
    const [hole] = p.kind === 'node' && p.tag === Tag.Pair ? p.children : [];
    const bound = hole?.kind === 'metavariable' ? lookup(env, hole.name) : undefined;
    const key = bound?.kind === 'node' ? literalKey(bound.tree, bound.node) : undefined;
    if (key === undefined) return undefined;
    byKey ??= index();
    const same = byKey.get(key) ?? [];
    return others.length === 0 ? same : [...same, ...others].sort((a, b) => a - b);
  };
}

/** What equal strings and numbers have in common and others do not (`sameValue`); undefined for anything else. */
function literalKey(tree: SyntaxTree, node: number): string | undefined {
  switch (tagOf(tree, node)) {
    case Tag.Str:
      if (nextOf(tree, node) !== node + 2 || tagOf(tree, node + 1) !== Tag.StrText) return undefined;
      return `${opOf(tree, node)} ${textOf(tree, node + 1)}`;
    case Tag.Num: {
      const number = Number(textOf(tree, node).replaceAll('_', ''));
      return Number.isNaN(number) ? undefined : `number ${number}`;
    }
    default:
      return undefined;
  }
}

/** A member that is a statement, such as a block nested in a block, is looked for as statements are. */
const matchMember: MatchOne = (m, p, t, env, then) => {
  if (p.kind === 'node' && p.tag === Tag.Call) matchStatement(m, p, t, env, then);
  else m.match(m, p, t, env, false, then);
};

/** A JSX or HTML element; without children in the pattern it may have any. */
export function matchJsx(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  if (!m.options.xmlSingletonLooseMatching && p.op !== opOf(m.tree, t)) return;
  const [name, attributes, ...content] = p.children;
  const [name2, attributes2, ...content2] = childrenOf(m, t);
  if (name === undefined || attributes === undefined || name2 === undefined || attributes2 === undefined) return;
  m.match(m, name, name2, env, false, (named) =>
    m.match(m, attributes, attributes2, named, false, (next) => {
      if (content.length === 0) then(next);
      else if (!m.options.xmlChildrenOrdered)
        matchInAnyOrder(
          m,
          withoutEllipsis(content),
          content2,
          content.some((child) => child.kind === 'ellipsis'),
          next,
          then,
        );
      else matchList(m, content, 0, content2, 0, t, next, matchOne, then);
    }),
  );
}
