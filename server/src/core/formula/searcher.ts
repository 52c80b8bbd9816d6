/**
 * Where patterns match in one tree, each looked for when a formula first asks: everywhere, near places that are known already, or after an edit where that
 * touched the tree.
 */
import type { Constants } from '../language/constants.js';
import type { Names } from '../language/names.js';
import { Tag } from '../language/tags.js';
import { endOf, nextOf, startOf, tagOf, type SyntaxTree } from '../language/tree.js';
import type { Env } from '../matching/bindings.js';
import type { Matching } from '../matching/context.js';
import type { PatternNode } from '../pattern/pattern.js';
import { isDefined, isExpression } from '../matching/expressions.js';
import { createMatching, marksOf, matchAt, matchesType, matchStatementsAmong, matchStatementsIn, type Match } from '../matching/matcher.js';
import { matchStatement, NOT_LOOKED_INTO } from '../matching/statements.js';
import type { MatchOptions } from '../matching/options.js';
import type { IndexedPattern } from './compiled.js';
import { mayHold as mayAnswer, type AskedOf } from './conditions.js';
import type { Near } from './context.js';
import type { RegexBudget } from '../model/regex.js';
import type { Occurrences } from './occurrences.js';
import { mayHold } from './required.js';
import { createTouching, spelledInRun, touchedBy, type Part } from './touched.js';
import { NO_MOVES, NOTHING_CARRIED, NOTHING_ROOTED, type Carried, type Move, type Rooted } from './kept.js';
import type { Asked } from './keptRanges.js';
import { atAny, beginsIn, carriedBy, isNothing, matchesAt, MAX_MOVES, movedMatches, together } from './carried.js';
import { answering } from './narrowed.js';
import { createNodeIndex, within, type Nodes } from './nodeIndex.js';
import type { Since } from './since.js';
import type { Program } from './program.js';

const MAX_MATCHES_PER_PATTERN = 10_000;

export interface Searcher {
  /** Without those that rest on marks. */
  matchesOf(index: number): readonly Match[];
  /** Those that may matter near some places, or more; undefined where all are wanted, and where the tree has marks. */
  readonly matchesNear: ((index: number, near: () => Near) => readonly Match[]) | undefined;
  /** With them; undefined where the tree has no marks. */
  readonly markedOf: ((index: number) => readonly Match[]) | undefined;
  matchesWithin(index: number, nodes: readonly number[], env: Env | undefined): readonly Match[];
  hasType(index: number, node: number): boolean;
  /** All that was looked for in the whole tree. */
  readonly found: readonly (Carried | undefined)[];
  /** As `createRemembered` asks. */
  asked(index: number): Asked;
  /** Of a pattern that was asked for: its matches in what an edit touched, or more. */
  inRun(index: number): readonly Match[];
}

/** Whether a statement with this tag may be the first of a pattern's: into some kinds of them the matcher does not look. */
function mayBeFirst({ firstTags }: IndexedPattern, tag: number): boolean {
  return firstTags.length === 0 || !NOT_LOOKED_INTO.has(tag) || firstTags.includes(tag);
}

export function createSearcher(
  program: Pick<Program, 'patterns' | 'tables'>,
  tree: SyntaxTree,
  names: Names,
  constants: Constants,
  occurrences: Occurrences,
  budget: { left: number },
  regexBudget: RegexBudget,
  expired: () => boolean,
  truncated: () => void,
  whole: boolean,
  since?: Since,
): Searcher {
  const questions: AskedOf = { text: tree.text, constants, budget: regexBudget };
  const renamed = new Set([...names.lastSegments.values()].flat());
  const nodes = createNodeIndex(tree, names);
  const spells = (literal: string, node: number): boolean => occurrences.within(literal, startOf(tree, node), endOf(tree, node));
  const everywhere: Part = { nodes, likeCallee: new Map(), spells };
  const found = listFor<Carried>(program.patterns);
  const marks = marksOf(tree);
  const localLiteralsOf = ({ options, pattern: { localLiterals } }: IndexedPattern): readonly string[] => {
    if (options.symbolicPropagation) return NO_LITERALS;
    return renamed.size === 0 ? localLiterals : localLiterals.filter((literal) => !renamed.has(literal));
  };
  const matchings = new Map<MatchOptions, Matching>();
  const matchingFor = (options: MatchOptions): Matching => {
    let matching = matchings.get(options);
    if (matching === undefined) {
      matching = createMatching({ tree, names, constants, options, budget }, marks);
      matchings.set(options, matching);
    }
    return matching;
  };
  const add = (list: Match[], match: Match): void => {
    if (list.length < MAX_MATCHES_PER_PATTERN) list.push(match);
    else tooMany.add(list);
  };
  const tooMany = new Set<readonly Match[]>();

  const touched: Part | undefined =
    since === undefined
      ? undefined
      : { nodes: createNodeIndex(tree, names, touchedBy(since.edit)), likeCallee: new Map(), spells: spelledInRun(since.edit, spells) };
  const touching = since === undefined ? undefined : createTouching(program.patterns, since, renamed);
  const aroundEdit = [...(since?.edit.around ?? [])];
  const movesAfter = new Map<readonly Move[], readonly Move[]>();
  /** What was found in what the edit touched. */
  const fresh = listFor<Rooted>(since === undefined ? [] : program.patterns);
  /** A pattern's matches in what the edit touched; undefined where they are cut short. */
  const searchTouched = (index: number, entry: IndexedPattern, near: Part): Rooted | undefined => {
    const known = fresh[index];
    if (known !== undefined) return known;
    const { narrowed } = entry;
    const wider = narrowed === undefined ? undefined : program.patterns[narrowed.from];
    const isNarrowed = narrowed !== undefined && wider !== undefined;
    const all = isNarrowed ? searchTouched(narrowed.from, wider, near) : mayMatchIn(near, entry) ? searchIn(near, entry) : NOTHING_ROOTED;
    if (all === undefined || budget.left <= 0 || tooMany.has(all.matches)) return undefined;
    const own = narrowed === undefined ? all : answering(all, narrowed, questions);
    fresh[index] = own;
    return own;
  };
  /** All matches of one pattern in the file, looked for when a formula first asks. */
  const search = (index: number): Rooted => {
    const entry = program.patterns[index];
    if (entry === undefined) return NOTHING_ROOTED;
    const before = touching?.mayKeep(index) === true ? since?.kept.matches[index] : undefined;
    const moved =
      before === undefined || since === undefined ? undefined : movedMatches(carriedBy(before, since.mover.move, movesAfter), tree);
    if (moved !== undefined && touched !== undefined) {
      const own = searchTouched(index, entry, touched);
      const all = own === undefined ? undefined : together(moved, own);
      if (all !== undefined && all.matches.length <= MAX_MATCHES_PER_PATTERN) return all;
    }
    if (entry.narrowed !== undefined) return answering(wholeOf(entry.narrowed.from), entry.narrowed, questions);
    return mayMatchIn(everywhere, entry) ? searchIn(everywhere, entry) : NOTHING_ROOTED;
  };
  /** A pattern whose names the file does not even spell has no matches, nor one that can begin nowhere. */
  const mayMatchIn = (part: Part, { pattern: { items, statement, names: spelled }, tags, calleeName }: IndexedPattern): boolean => {
    for (const { text } of spelled) if (occurrences.of(text).length === 0) return false;
    if (items.length > 1 || statement) return true;
    return (calleeName === undefined ? part.nodes.withTags(tags) : part.nodes.callsOf(calleeName)).length > 0;
  };
  /** Per pattern: how many places were looked at near others. */
  const lookedNear = new Map<IndexedPattern, number>();
  /** Whether to look at these places only, of so many; in all never at more than half of them, since what was found everywhere is known from then on. */
  const isFew = (entry: IndexedPattern, few: number, all: number): boolean => {
    const before = lookedNear.get(entry) ?? 0;
    if (before + few > all / 2) return false;
    lookedNear.set(entry, before + few);
    return true;
  };
  /** @param near for those near some places only; undefined then where it is little more to look for all */
  function searchIn(part: Part, entry: IndexedPattern): Rooted;
  function searchIn(part: Part, entry: IndexedPattern, near: Near): Rooted | undefined;
  function searchIn(part: Part, entry: IndexedPattern, near?: Near): Rooted | undefined {
    const [item, second] = entry.pattern.items;
    if (item === undefined) return NOTHING_ROOTED;
    // With symbolic propagation a name may stand where the variable was assigned instead.
    const local = localLiteralsOf(entry);
    const spelledIn = (node: number): boolean => local.every((literal) => part.spells(literal, node));
    const matching = matchingFor(entry.options);
    const list: Match[] = [];
    const roots: number[] = [];
    let root = 0;
    const keep = (match: Match): void => {
      add(list, match);
      if (roots.length < list.length) roots.push(root);
    };
    let looked = 0;
    if (second !== undefined || entry.pattern.statement) {
      const holdsFirst = entry.firstTags.length === 0 ? undefined : within(nodes.withTags(entry.firstTags));
      const holds = marks === undefined && part === everywhere ? mayHold(entry, tree, nodes) : undefined;
      const begins = marks === undefined && second !== undefined ? beginsLike(item, matching) : undefined;
      const blocks = part.nodes.blocks();
      const around = near === undefined ? blocks : blocks.filter((block) => near.mayEnclose(startOf(tree, block), endOf(tree, block)));
      if (near !== undefined && !isFew(entry, around.length, blocks.length)) return undefined;
      const mayStart =
        item.kind === 'ellipsis' || item.kind === 'ellipsis-metavariable'
          ? undefined
          : (statement: number): boolean =>
              marks?.has(statement) === true ||
              (mayBeFirst(entry, tagOf(tree, statement)) &&
                holdsFirst?.(statement, nextOf(tree, statement)) !== false &&
                near?.holds(startOf(tree, statement), endOf(tree, root)) !== false &&
                holds?.from(statement, root) !== false &&
                begins?.(statement) !== false);
      for (const block of around) {
        if ((++looked & 63) === 0 && expired()) break;
        root = block;
        const mayMatch =
          marks !== undefined ||
          (spelledIn(block) && holdsFirst?.(block, nextOf(tree, block)) !== false && holds?.inBlock(block) !== false);
        if (mayMatch) matchStatementsIn(matching, entry.pattern, block, keep, mayStart);
      }
      return rooted(list, roots);
    }
    const anyTag = item.kind === 'node' || item.kind === 'string';
    const candidates =
      entry.calleeName === undefined
        ? (callsLike(part, item, matching) ?? part.nodes.withTags(entry.tags))
        : part.nodes.callsOf(entry.calleeName);
    if (near !== undefined && item.kind === 'node' && item.words !== undefined) return undefined;
    const around = near === undefined ? candidates : candidates.filter((node) => near.holds(startOf(tree, node), endOf(tree, node)));
    if (near !== undefined && !isFew(entry, around.length, candidates.length)) return undefined;
    const holds = marks === undefined && part === everywhere ? mayHold(entry, tree, nodes) : undefined;
    for (let at = 0; at < around.length; at++) {
      if ((++looked & 255) === 0 && expired()) break;
      const node = around[at] as number;
      if (holds?.at(node) === false) continue;
      root = node;
      if (!spelledIn(node) || (!anyTag && !isExpression(tree, node) && !isDefined(tree, node) && tagOf(tree, node) !== Tag.VarDef))
        continue;
      matchAt(matching, item, node, keep);
    }
    return rooted(list, roots);
  }
  /** Calls of what the pattern calls, whatever they are given: many patterns ask for other arguments of the same. */
  const callsLike = ({ nodes: own, likeCallee }: Part, item: PatternNode, matching: Matching): Nodes | undefined => {
    const callee = item.kind === 'node' && item.tag === Tag.Call && !matching.traits.bareWords ? item.children[0] : undefined;
    if (callee?.kind !== 'node') return undefined;
    const known = likeCallee.get(matching) ?? new Map<string, Nodes>();
    likeCallee.set(matching, known);
    const key = spelledOut(callee);
    let calls = known.get(key);
    if (calls === undefined) {
      calls = own.withTags([Tag.Call]).filter((call) => {
        let matches = false;
        matching.match(matching, callee, call + 1, undefined, false, () => {
          matches = true;
        });
        return matches;
      });
      // Without steps nothing matches: that is no answer.
      if (budget.left > 0) known.set(key, calls);
    }
    return calls;
  };
  /** Whether a statement is what several patterns begin with: known from the second of them on. */
  const beginsLike = (item: PatternNode, matching: Matching): ((statement: number) => boolean) | undefined => {
    const known = starts.get(matching) ?? new Map<string, Map<number, boolean>>();
    starts.set(matching, known);
    const key = spelledOut(item);
    const answers = known.get(key);
    if (answers === undefined) {
      known.set(key, new Map());
      return undefined;
    }
    return (statement) => {
      const answer = answers.get(statement);
      if (answer !== undefined) return answer;
      let matches = false;
      matchStatement(matching, item, statement, undefined, () => {
        matches = true;
      });
      // Without steps nothing matches: that is no answer.
      if (budget.left <= 0) return true;
      answers.set(statement, matches);
      return matches;
    };
  };
  const starts = new Map<Matching, Map<string, Map<number, boolean>>>();
  const allOf = (index: number): readonly Match[] => wholeOf(index).matches;
  const wholeOf = (index: number): Rooted => {
    const carried = found[index];
    const isPlain = carried?.length === 1 && carried[0]?.moves.length === 0;
    let list = isPlain ? carried[0]?.found : carried === undefined ? undefined : movedMatches(carried, tree);
    if (list === undefined || list.matches.length > MAX_MATCHES_PER_PATTERN) list = search(index);
    // What was cut short is not the answer for the next rule that asks.
    if (!isPlain && budget.left > 0) found[index] = list.roots.length === 0 ? NOTHING_CARRIED : [{ found: list, tree, moves: NO_MOVES }];
    if (tooMany.has(list.matches)) truncated();
    return list;
  };
  const allNear = (index: number, near: () => Near): readonly Match[] => {
    const entry = program.patterns[index];
    if (entry?.narrowed !== undefined && found[index] === undefined) {
      const { from, by } = entry.narrowed;
      return allNear(from, near).filter(({ env }) => by.every((condition) => mayAnswer(condition, env, questions)));
    }
    if (entry === undefined || found[index] !== undefined || !entry.pattern.names.every((name) => occurrences.of(name.text).length > 0))
      return allOf(index);
    const list = searchIn(everywhere, entry, near());
    if (list === undefined) return allOf(index);
    if (tooMany.has(list.matches)) truncated();
    return list.matches;
  };
  const carry = (index: number, before: Carried, more: Carried, move: Move): void => {
    if (found[index] !== undefined) return;
    const all = isNothing(before) ? more : [...carriedBy(before, move, movesAfter), ...more];
    found[index] = all;
    if (all.length > MAX_MOVES || all.some(({ moves }) => moves.length > MAX_MOVES)) allOf(index);
  };
  const asked = (index: number, since: Since, near: Part): Asked => {
    const { kept, edit, mover } = since;
    const entry = program.patterns[index];
    const before = kept.matches[index];
    if (before === undefined) return 'nothing';
    if (entry === undefined || touching?.mayKeep(index) !== true) return undefined;
    if (touching.isUntouched(index)) {
      carry(index, before, NOTHING_CARRIED, mover.move);
      fresh[index] = NOTHING_ROOTED;
      return 'nothing';
    }
    const own = searchTouched(index, entry, near);
    if (own === undefined) return undefined;
    const was = isNothing(before) ? NOTHING_ROOTED : matchesAt(before, aroundEdit, kept.tree);
    carry(index, before, own.roots.length === 0 ? NOTHING_CARRIED : [{ found: own, tree, moves: NO_MOVES }], mover.move);
    if (was === undefined) return undefined;
    const now = atAny(own, edit.around);
    const inside = own.roots.length > now.roots.length || beginsIn(before, edit.from, edit.toBefore);
    if (was.roots.length > 0 || now.roots.length > 0) return { before: was, after: now, inside };
    return inside ? 'inside' : 'nothing';
  };
  const unmarked = (list: readonly Match[]): readonly Match[] =>
    marks === undefined ? list : list.filter(({ onMark }) => onMark !== true);
  return {
    found,
    asked: (index) => (since === undefined || touched === undefined ? undefined : asked(index, since, touched)),
    inRun: (index) => fresh[index]?.matches ?? allOf(index),
    matchesOf: (index) => unmarked(allOf(index)),
    matchesNear: marks === undefined && !whole ? allNear : undefined,
    markedOf: marks === undefined ? undefined : allOf,
    matchesWithin(index, nodes, env) {
      const entry = program.patterns[index];
      if (entry === undefined) return [];
      const matching = matchingFor(entry.options);
      const list: Match[] = [];
      const [item, second] = entry.pattern.items;
      if (item === undefined) return [];
      // What `$...BODY` took is a block of its own.
      const statements = second !== undefined || entry.pattern.statement;
      if (statements && nodes.some((node) => tagOf(tree, node) !== Tag.Block))
        matchStatementsAmong(matching, entry.pattern, nodes, (match) => add(list, match), env);
      for (const from of nodes) {
        for (let node = from, end = nextOf(tree, from); node < end; node++) {
          if ((node & 255) === 0 && expired()) return unmarked(list);
          if (statements) {
            if (tagOf(tree, node) === Tag.Block) matchStatementsIn(matching, entry.pattern, node, (match) => add(list, match));
          } else if (item.kind === 'node' || item.kind === 'string' || node === from || isExpression(tree, node) || isDefined(tree, node)) {
            matchAt(matching, item, node, (match) => add(list, match), env);
          }
        }
      }
      return unmarked(list);
    },
    hasType(index, node) {
      const entry = program.patterns[index];
      const [item] = entry?.pattern.items ?? [];
      if (entry === undefined || item === undefined) return false;
      let matched = false;
      matchesType(matchingFor(entry.options), item, node, () => {
        matched = true;
      });
      return matched;
    },
  };
}

const NO_LITERALS: readonly string[] = [];

/** Most patterns match nothing. */
function rooted(matches: readonly Match[], roots: readonly number[]): Rooted {
  return roots.length === 0 ? NOTHING_ROOTED : { matches, roots };
}

/** By the patterns' indexes; nothing yet. All of it at once: a sparse list is slow. */
function listFor<T>(patterns: readonly IndexedPattern[]): (T | undefined)[] {
  return patterns.map(() => undefined);
}

const spellings = new WeakMap<PatternNode, string>();

/** Equal for equal patterns. */
function spelledOut(pattern: PatternNode): string {
  let spelled = spellings.get(pattern);
  if (spelled === undefined) spellings.set(pattern, (spelled = JSON.stringify(pattern)));
  return spelled;
}
