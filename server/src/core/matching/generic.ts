/**
 * Matches a pattern of the generic language against a document: atom by atom, a block in the pattern only against a block, `...` over up to so many
 * lines. One match per start, the shortest; of matches with one end, the one that starts last, or first where the pattern ends in an ellipsis.
 */
import { parseDocument, type Atom, type CommentStyle, type DocumentNode, type PatternToken } from '../language/generic/document.js';
import type { SyntaxTree } from '../language/tree.js';
import { lookup, type BoundValue, type Env } from './bindings.js';

export interface GenericOptions {
  /** Lines that one `...` may span. */
  readonly maxSpan: number;
  readonly comments: CommentStyle | undefined;
}

export interface GenericMatch {
  readonly start: number;
  readonly end: number;
  readonly env: Env | undefined;
}

/** What an ellipsis has skipped so far and how far it may go. */
interface Dots {
  readonly maxLine: number;
  readonly start: number;
  readonly end: number;
  readonly name: string | undefined;
}

/** What was matched last: its extent and the line on which it ends. */
interface Last {
  readonly end: number;
  readonly line: number;
}

/** Where a block goes on outside of itself. */
interface Outer {
  readonly nodes: readonly DocumentNode[];
  readonly at: number;
  readonly outer: Outer | undefined;
}

interface Found {
  readonly env: Env | undefined;
  readonly last: Last;
}

/**
 * Words or marks that stand next to each other in a pattern, blocks or not: so they stand in every match, with nothing but blanks between. Undefined for
 * any word, which a metavariable stands for.
 */
interface Run {
  readonly words: readonly [string, ...(string | undefined)[]];
  /** How many ellipses stand between the run before and this one, where nothing else does: undefined otherwise. */
  readonly ellipses: number | undefined;
}

const runs = new WeakMap<readonly PatternToken[], readonly Run[]>();

function runsOf(pattern: readonly PatternToken[]): readonly Run[] {
  const known = runs.get(pattern);
  if (known !== undefined) return known;
  const all: { words: [string, ...(string | undefined)[]]; ellipses: number | undefined }[] = [];
  let open: [string, ...(string | undefined)[]] | undefined;
  let ellipses: number | undefined;
  const visit = (tokens: readonly PatternToken[]): void => {
    for (const token of tokens) {
      if (token.kind === 'pattern-block' || token.kind === 'block') {
        visit(token.nodes);
        // What an ellipsis at a block's end leaves of the block may be long.
        ellipses = undefined;
      } else if (token.kind === 'ellipsis') {
        open = undefined;
        if (ellipses !== undefined) ellipses++;
      } else if (token.kind === 'metavariable') {
        if (open === undefined) ellipses = undefined;
        else open.push(undefined);
      } else if (open !== undefined) open.push(token.text);
      else {
        open = [token.text];
        all.push({ words: open, ellipses });
        ellipses = 0;
      }
    }
  };
  visit(pattern);
  runs.set(pattern, all);
  return all;
}

/** Whether the runs stand in the text in their order, as near to each other as ellipses of so many lines allow. */
function standIn(text: string, all: readonly Run[], maxSpan: number): boolean {
  if (!all.every(({ words }) => text.includes(words[0]))) return false;
  if (all.length === 1 && all[0]?.words.length === 1) return true;
  /** Where the runs so far may end, ascending. */
  let ends: readonly number[] | undefined;
  for (const { words, ellipses } of all) {
    const next: number[] = [];
    const before = ends;
    let near = 0;
    for (let from = text.indexOf(words[0], before?.[0] ?? 0); from >= 0; from = text.indexOf(words[0], from + 1)) {
      if (before !== undefined) {
        // The last of them is the nearest.
        while (near + 1 < before.length && (before[near + 1] as number) <= from) near++;
        if (ellipses !== undefined && hasMoreBreaks(text, before[near] as number, from, ellipses * maxSpan)) continue;
      }
      const end = endOfRun(text, words, from);
      if (end >= 0) next.push(end);
    }
    if (next.length === 0) return false;
    // Ends of a run of blanks and words may come out of order only if words hold each other.
    ends = next.toSorted((a, b) => a - b);
  }
  return true;
}

/** Where the words that begin at `from` end; -1 where the first only stands alone. */
function endOfRun(text: string, words: Run['words'], from: number): number {
  let at = from;
  for (const [index, word] of words.entries()) {
    if (index > 0) while (at < text.length && isBlank(text.charCodeAt(at))) at++;
    if (word === undefined) {
      const start = at;
      while (isWordCharacter(text.charCodeAt(at))) at++;
      if (at === start) return -1;
    } else {
      if (!text.startsWith(word, at)) return -1;
      at += word.length;
    }
  }
  return at;
}

/** As in the words of documents. */
function isWordCharacter(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}

function hasMoreBreaks(text: string, from: number, to: number, most: number): boolean {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) if (++count > most) return true;
  return false;
}

function isBlank(code: number): boolean {
  return code <= 32 ? code === 32 || (code >= 9 && code <= 13) : code >= 128 && /\s/.test(String.fromCharCode(code));
}

const documents = new WeakMap<SyntaxTree, Map<CommentStyle | undefined, readonly DocumentNode[]>>();

function documentOf(tree: SyntaxTree, comments: CommentStyle | undefined): readonly DocumentNode[] {
  let known = documents.get(tree);
  if (known === undefined) documents.set(tree, (known = new Map()));
  let document = known.get(comments);
  if (document === undefined) known.set(comments, (document = parseDocument(tree.text, comments)));
  return document;
}

/** @param budget counts down; at 0 the search stops */
export function findGeneric(
  tree: SyntaxTree,
  pattern: readonly PatternToken[],
  options: GenericOptions,
  given: Env | undefined,
  budget: { left: number },
): readonly GenericMatch[] {
  const { text } = tree;
  if (tree.illegible === true) return [];
  // Most documents need not be read for most patterns. A comment between two words is not seen here.
  if (options.comments === undefined && !standIn(text, runsOf(pattern), options.maxSpan)) return [];
  const [first, second] = pattern;
  const startsOpen = first?.kind === 'ellipsis';
  const keepsLonger = pattern.at(-1)?.kind === 'ellipsis' && pattern.length > 1;
  const matches: GenericMatch[] = [];
  const byEnd = new Map<number, GenericMatch>();
  const tryAt = (nodes: readonly DocumentNode[], at: number, start: Atom): void => {
    // Most places differ in their first word already.
    if (first !== undefined && isAtom(first) && (first.kind !== start.kind || first.text !== start.text)) return;
    if (first?.kind === 'metavariable' && start.kind !== 'word') return;
    const next = nodes[at + 1];
    if (
      second !== undefined &&
      isAtom(second) &&
      first?.kind !== 'ellipsis' &&
      next !== undefined &&
      next.kind !== 'block' &&
      !same(second, next)
    )
      return;
    const found = match(undefined, given, { end: start.start, line: start.line }, pattern, true, { nodes, at, outer: undefined });
    if (found === undefined) return;
    const one: GenericMatch = { start: start.start, end: found.last.end, env: found.env };
    matches.push(one);
    if (!keepsLonger || !byEnd.has(one.end)) byEnd.set(one.end, one);
  };
  const visit = (nodes: readonly DocumentNode[]): void => {
    for (let at = 0; at < nodes.length; at++) {
      if (budget.left <= 0) return;
      const node = nodes[at] as DocumentNode;
      if (node.kind === 'block') visit(node.nodes);
      else if (!startsOpen || at === 0) tryAt(nodes, at, node);
    }
  };
  visit(documentOf(tree, options.comments));
  return matches.filter((one) => byEnd.get(one.end) === one);

  function match(
    givenDots: Dots | undefined,
    givenEnv: Env | undefined,
    givenLast: Last,
    tokens: readonly PatternToken[],
    root: boolean,
    from: Outer,
    index = 0,
  ): Found | undefined {
    let dots = givenDots;
    let env = givenEnv;
    let last = givenLast;
    let place = from;
    for (let i = index; ;) {
      if (budget.left-- <= 0) return undefined;
      const token = tokens[i];
      const node = place.nodes[place.at];
      if (token === undefined) {
        const rest = trailing(dots, last, place);
        if (rest === undefined) return root ? { env, last } : undefined;
        return finish(dots, env, rest);
      }
      if (token.kind === 'ellipsis') {
        dots =
          dots === undefined
            ? { maxLine: last.line + options.maxSpan, start: last.end, end: last.end, name: token.name }
            : { ...dots, maxLine: dots.maxLine + options.maxSpan };
        i++;
        continue;
      }
      if (token.kind === 'pattern-block') {
        if (node === undefined) return mayBeEmpty(token.nodes) && mayBeEmpty(tokens.slice(i + 1)) ? finish(dots, env, last) : undefined;
        if (node.kind !== 'block') {
          const skipped = skip(dots, node);
          if (skipped !== undefined) {
            dots = skipped;
            place = { ...place, at: place.at + 1 };
            continue;
          }
          const closed = close(dots, env);
          if (closed === undefined || !mayBeEmpty(token.nodes)) return undefined;
          ({ env } = closed);
          dots = undefined;
          i++;
          continue;
        }
        const closed = close(dots, env);
        const inner =
          closed === undefined
            ? undefined
            : match(undefined, closed.env, last, token.nodes, false, { nodes: node.nodes, at: 0, outer: undefined });
        if (inner === undefined) return undefined;
        ({ env, last } = inner);
        dots = undefined;
        place = { ...place, at: place.at + 1 };
        i++;
        continue;
      }
      if (node === undefined) {
        // The block ends before the pattern does: on behind it.
        if (place.outer === undefined) return undefined;
        place = place.outer;
        continue;
      }
      if (node.kind === 'block') {
        place = { nodes: node.nodes, at: 0, outer: { ...place, at: place.at + 1 } };
        continue;
      }
      if (dots !== undefined && node.line > dots.maxLine) return undefined;
      const next: Outer = { ...place, at: place.at + 1 };
      const bound = same(token, node) ? bind(token, node, close(dots, env)) : undefined;
      const reached: Last = { end: node.start + node.text.length, line: node.line };
      if (dots === undefined) {
        if (bound === undefined) return undefined;
        ({ env } = bound);
        last = reached;
        place = next;
        i++;
        continue;
      }
      const found = bound === undefined ? undefined : match(undefined, bound.env, reached, tokens, root, next, i + 1);
      if (found !== undefined) return found;
      dots = skip(dots, node);
      if (dots === undefined) return undefined;
      place = next;
    }
  }

  function isAtom(token: PatternToken): token is Atom {
    return token.kind === 'word' || token.kind === 'punctuation' || token.kind === 'other';
  }

  function same(token: PatternToken, node: Atom): boolean {
    if (token.kind === 'metavariable') return node.kind === 'word';
    return isAtom(token) && token.kind === node.kind && token.text === node.text;
  }

  function bind(
    token: PatternToken,
    node: Atom,
    closed: { readonly env: Env | undefined } | undefined,
  ): { readonly env: Env | undefined } | undefined {
    if (closed === undefined || token.kind !== 'metavariable') return closed;
    return add(closed.env, token.name, node.start, node.start + node.text.length);
  }

  function add(env: Env | undefined, name: string, start: number, end: number): { readonly env: Env | undefined } | undefined {
    const value: BoundValue = { kind: 'text', text: text.slice(start, end), start, end };
    const known = lookup(env, name);
    if (known === undefined) return { env: { name, value, next: env } };
    return known.kind === 'text' && known.text === value.text ? { env } : undefined;
  }

  function close(dots: Dots | undefined, env: Env | undefined): { readonly env: Env | undefined } | undefined {
    return dots?.name === undefined ? { env } : add(env, dots.name, dots.start, dots.end);
  }

  function skip(dots: Dots | undefined, node: Atom): Dots | undefined {
    return dots === undefined || node.line > dots.maxLine ? undefined : { ...dots, end: node.start + node.text.length };
  }

  /** How far what follows in this block belongs to the match: with an ellipsis at the pattern's end, as far as it may go. */
  function trailing(dots: Dots | undefined, last: Last, place: Outer): Last | undefined {
    if (dots === undefined) return place.at >= place.nodes.length ? last : undefined;
    return last.line > dots.maxLine ? undefined : extend(dots.maxLine, last, place.nodes, place.at);
  }

  function extend(maxLine: number, last: Last, nodes: readonly DocumentNode[], from: number): Last {
    let reached = last;
    for (let at = from; at < nodes.length; at++) {
      const node = nodes[at] as DocumentNode;
      if (node.kind === 'block') reached = extend(maxLine, reached, node.nodes, 0);
      else if (node.line > maxLine) return reached;
      else reached = { end: node.start + node.text.length, line: node.line };
    }
    return reached;
  }

  function finish(dots: Dots | undefined, env: Env | undefined, last: Last): Found | undefined {
    const closed = close(dots === undefined ? undefined : { ...dots, end: Math.max(dots.end, last.end) }, env);
    return closed === undefined ? undefined : { env: closed.env, last };
  }
}

function mayBeEmpty(tokens: readonly PatternToken[]): boolean {
  return tokens.every((token) => token.kind === 'ellipsis' || (token.kind === 'pattern-block' && mayBeEmpty(token.nodes)));
}
