/** Names and code as words: what `requireAuth`, `require_auth` and `RequireAuth` have in common, and when two pieces of code say the same. */
import type { SyntaxTree } from '../language/tree.js';
import { Tag } from '../language/tags.js';

/** Code is compared by its beginning: expressions are untrusted and their length is not bounded. */
const LONGEST = 2000;

/** `verifyJWTToken` -> `verify jwt token`; dots and other signs are spaces too. */
export function words(name: string): string {
  let said = spelled.get(name);
  if (said === undefined) {
    said = spellOut(name);
    if (spelled.size > 20_000) spelled.clear();
    spelled.set(name, said);
  }
  return said;
}

/** The same names come again and again. */
const spelled = new Map<string, string>();

function spellOut(name: string): string {
  return name
    .slice(0, 200)
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** Code without layout: no white space, one kind of quotes, no comma before a closing bracket, no semicolons. */
export function normalised(code: string): string {
  return normalisedWhole(code.slice(0, LONGEST));
}

/** The same of code of any length: to look for an expression in. */
export function normalisedWhole(code: string): string {
  return code
    .replaceAll(/\s+/g, '')
    .replaceAll(/['`]/g, '"')
    .replaceAll(/,(?=[)\]}])/g, '')
    .replaceAll(/;+$/g, '');
}

/** What stands at the leaves below a node: names, numbers, pieces of strings. */
export function leaves(tree: SyntaxTree, node: number): string[] {
  const found: string[] = [];
  const limit = tree.next[node] as number;
  for (let i = node; i < limit; i++) {
    if ((tree.next[i] as number) !== i + 1) continue;
    const text = tree.text.slice(tree.start[i], tree.end[i]);
    if (text.length > 0 && text.length < 200) found.push(text);
  }
  return found;
}

/** Names used below a node, each once. */
export function identifiers(tree: SyntaxTree, node: number): Set<string> {
  const found = new Set<string>();
  const limit = tree.next[node] as number;
  for (let i = node; i < limit; i++) if (tree.tag[i] === Tag.Ident) found.add(tree.text.slice(tree.start[i], tree.end[i]));
  return found;
}

/** How many of either bag's tokens the other has, as a share of the larger bag: 1 for the same bag. */
export function similarity(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0;
  let sizeA = 0;
  let sizeB = 0;
  for (const [token, count] of a) {
    sizeA += count;
    common += Math.min(count, b.get(token) ?? 0);
  }
  for (const count of b.values()) sizeB += count;
  return sizeA === 0 && sizeB === 0 ? 1 : common / Math.max(sizeA, sizeB);
}

export function bag(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
