/** Matches of a pattern that are kept where they were found, with the edits since: they are moved once somebody asks for them. */
import type { SyntaxTree } from '../language/tree.js';
import type { Match } from '../matching/matcher.js';
import { firstAtLeast } from '../model/sorted.js';
import { NOTHING_ROOTED, type Carried, type CarriedPart, type Move, type Rooted } from './kept.js';
import { movedEnds, movedEnv, movedNode, REPLACED, type Moved, type Way } from './moves.js';

/**
 * All matches in their places in `after`, to which the last move leads; undefined where one of them is about something that was replaced. Those
 * that touch an edit are left out.
 */
export function movedMatches(carried: Carried, after: SyntaxTree): Rooted | undefined {
  let all = NOTHING_ROOTED;
  for (const part of carried) {
    const moved = part.moves.length === 0 ? part.found : movedPart(part, after);
    if (moved === undefined) return undefined;
    all = together(all, moved);
  }
  return all;
}

function movedPart({ found, tree, moves }: CarriedPart, after: SyntaxTree): Rooted | undefined {
  const matches: Match[] = [];
  const roots: number[] = [];
  const known: Moved = new Map();
  const waysBy: (Ways | undefined)[] = [];
  for (let index = 0; index < found.roots.length; index++) {
    const own = found.roots[index] as number;
    const root = nodeNow(moves, own);
    if (root === undefined) continue;
    const match = found.matches[index] as Match;
    const behind = behindWhich(moves, own);
    const { ways, offset } = (waysBy[behind] ??= waysOf(moves, behind));
    const { start, end, mayEnd } = match;
    roots.push(root);
    if (match.env === undefined && mayEnd === undefined && offset === 0) {
      matches.push(match);
      continue;
    }
    const env = movedEnv(match.env, ways, tree, after, known);
    if (env === REPLACED) return undefined;
    const place = { start: start + offset, end: end + offset, env };
    if (mayEnd === undefined && match.onMark === undefined) matches.push(place);
    else matches.push({ ...match, ...place, ...(mayEnd === undefined ? {} : { mayEnd: movedEnds(mayEnd, after, root - own) }) });
  }
  return { matches, roots };
}

function nodeNow(moves: readonly Move[], node: number): number | undefined {
  let at: number | undefined = node;
  for (const move of moves) {
    at = movedNode(move, at);
    if (at === undefined) return undefined;
  }
  return at;
}

/** By which of the moves a node that all of them leave is moved, as bits. */
function behindWhich(moves: readonly Move[], node: number): number {
  let at = node;
  let bits = 0;
  for (let index = 0; index < moves.length; index++) {
    const { toBefore, nodes } = moves[index] as Move;
    if (at < toBefore) continue;
    bits |= 1 << index;
    at += nodes;
  }
  return bits;
}

/** How nodes that some of the moves move are moved. */
interface Ways {
  readonly ways: readonly Way[];
  /** In UTF-16 code units. */
  readonly offset: number;
}

function waysOf(moves: readonly Move[], behind: number): Ways {
  const ways = moves.map((move, index) => ({ move, behind: (behind & (1 << index)) !== 0 }));
  return { ways, offset: ways.reduce((sum, way) => (way.behind ? sum + way.move.offset : sum), 0) };
}

/** Whether a match begins now at a node of `[from, to)`. */
export function beginsIn(carried: Carried, from: number, to: number): boolean {
  return carried.some((part) => indexesIn(part, from, to).length > 0);
}

/** As `movedMatches`, of those that begin at some nodes; ascending. */
export function matchesAt(carried: Carried, nodes: readonly number[], after: SyntaxTree): Rooted | undefined {
  return movedMatches(
    carried.map((part) => {
      const indexes = nodes.flatMap((node) => indexesIn(part, node, node + 1));
      const { matches, roots } = part.found;
      const found = { matches: indexes.map((at) => matches[at] as Match), roots: indexes.map((at) => roots[at] as number) };
      return { ...part, found };
    }),
    after,
  );
}

/** Which matches of a part begin now at a node of `[from, to)`. */
function indexesIn({ found: { roots }, moves }: CarriedPart, from: number, to: number): readonly number[] {
  let [low, high] = [from, to];
  for (let at = moves.length - 1; at >= 0; at--) {
    const move = moves[at] as Move;
    [low, high] = [firstBefore(move, low), firstBefore(move, high)];
  }
  const indexes: number[] = [];
  for (let at = firstAtLeast(roots, low); at < roots.length && (roots[at] as number) < high; at++)
    if (nodeNow(moves, roots[at] as number) !== undefined) indexes.push(at);
  return indexes;
}

/** Of the nodes before an edit, the first one of those that stand at `node` or behind it now. */
function firstBefore({ from, toBefore, nodes }: Move, node: number): number {
  if (node <= from) return node;
  return node <= toBefore + nodes ? toBefore : node - nodes;
}

/** No match moves more often than that before it is written down anew: the bits of a number, and the trees that are kept. */
export const MAX_MOVES = 8;

export function isNothing(carried: Carried): boolean {
  return carried.every(({ found }) => found.roots.length === 0);
}

/** @param known moves with this one after them, for all that is carried by it: most of it moved alike before */
export function carriedBy(carried: Carried, move: Move, known: Map<readonly Move[], readonly Move[]>): Carried {
  return carried.map(({ found, tree, moves }) => {
    let more = known.get(moves);
    if (more === undefined) known.set(moves, (more = [...moves, move]));
    return { found, tree, moves: more };
  });
}

/** Those that begin at one of the nodes. */
export function atAny(found: Rooted, nodes: ReadonlySet<number>): Rooted {
  const { matches, roots } = found;
  if (roots.length === 0) return found;
  const isThere = (at: number): boolean => nodes.has(roots[at] as number);
  return { matches: matches.filter((_, at) => isThere(at)), roots: roots.filter((_, at) => isThere(at)) };
}

/** Both, in the order of their roots, of which they have none in common. */
export function together(a: Rooted, b: Rooted): Rooted {
  if (b.roots.length === 0) return a;
  if (a.roots.length === 0) return b;
  const matches: Match[] = [];
  const roots: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.roots.length || j < b.roots.length) {
    const first = j >= b.roots.length || (i < a.roots.length && (a.roots[i] as number) < (b.roots[j] as number));
    const [from, at] = first ? [a, i++] : [b, j++];
    matches.push(from.matches[at] as Match);
    roots.push(from.roots[at] as number);
  }
  return { matches, roots };
}
