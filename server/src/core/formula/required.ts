/**
 * Kinds of nodes without which a pattern matches nothing at a place: `$X[$Y] = ...` asks for an index, a function that defines a function for a
 * second one. A place whose subtree lacks one is passed over without a look, as one that lacks a name is.
 */
import type { GrammarId } from '../language/raw.js';
import { traitsOf } from '../language/registry.js';
import { Role, Tag } from '../language/tags.js';
import { nextOf, opOf, tagOf, type SyntaxTree } from '../language/tree.js';
import { ANY_FOR, type PatternNode } from '../pattern/pattern.js';
import type { IndexedPattern } from './compiled.js';
import type { NodeIndex } from './nodeIndex.js';
import { within } from './nodeIndex.js';
import { rootTags } from './starts.js';

/** Of each of these sets a tag must stand in the place. */
type TagSets = readonly (readonly number[])[];

/** What a place must hold: the node, or the first statement of a row, and for a row what stands behind it in the block. */
interface Required {
  /** The root's tag; -1 where the root may be a part of the place. */
  readonly root: number;
  /** The operator that a root of that tag has; -1 for any. */
  readonly op: number;
  readonly inFirst: TagSets;
  readonly behind: TagSets;
  /** Of a row: what must stand in the statement right behind the first. */
  readonly inSecond: TagSets;
}

/** Whether the pattern may match at a node, or with a statement of this block as its first. */
export interface MayHold {
  at(node: number): boolean;
  from(statement: number, block: number): boolean;
  /** Whether any statement of the block may be the first. */
  inBlock(block: number): boolean;
}

/** Tags that nothing of another tag stands for, but for what `rootTags` lists, and whose nodes a match never does without. */
const ASKED: ReadonlySet<number> = new Set([
  Tag.Index,
  Tag.Call,
  Tag.New,
  Tag.Func,
  Tag.Class,
  Tag.If,
  Tag.Try,
  Tag.Assign,
  Tag.AugAssign,
  Tag.Binary,
  Tag.Return,
]);

/** What is in these may match in other ways than node by node: by an import, as a constant, as a piece of a string. */
const CLOSED: ReadonlySet<number> = new Set([Tag.Import, Tag.Str, Tag.Regex, Tag.Decorator, Tag.Type, Tag.Num, Tag.Const]);

/** Tags whose nodes match those of the same operator only. */
const SAME_OP: ReadonlySet<number> = new Set([Tag.Other, Tag.Binary, Tag.AugAssign, Tag.Unary]);

const TYPES: ReadonlySet<number> = new Set([Role.Type, Role.ReturnType, Role.TypeParameters]);

const known = new WeakMap<IndexedPattern, Required>();

function requiredOf(entry: IndexedPattern, grammar: GrammarId): Required {
  let required = known.get(entry);
  if (required === undefined) known.set(entry, (required = workOut(entry, grammar)));
  return required;
}

const NOTHING: Required = { root: -1, op: -1, inFirst: [], behind: [], inSecond: [] };

function workOut({ pattern, options }: IndexedPattern, grammar: GrammarId): Required {
  // A variable may stand for what it was set to elsewhere, and where words are bare a command is what its words are.
  if (options.symbolicPropagation || traitsOf(grammar).bareWords) return NOTHING;
  const tagsIn = (items: readonly PatternNode[], withRoots: boolean): TagSets => {
    const sets = new Map<string, readonly number[]>();
    const visit = (node: PatternNode, parent: number, counts: boolean): void => {
      if (node.kind === 'deep' || node.kind === 'chain') visit(node.child, Tag.Other, true);
      if (node.kind !== 'node' || CLOSED.has(node.tag) || TYPES.has(node.role) || node.path !== undefined || node.group !== undefined)
        return;
      // One operator is one node for several operands, some of which `...` may leave out.
      if (counts && ASKED.has(node.tag) && !(node.tag === Tag.Binary && parent === Tag.Binary)) {
        const tags = rootTags(node, options, grammar);
        sets.set(tags.join(), tags);
      }
      for (const child of node.children) visit(child, node.tag, true);
    };
    for (const item of items) visit(item, Tag.Other, withRoots);
    return [...sets.values()];
  };
  const [first, second, ...rest] = pattern.items;
  // What `...` begins with is tried at the first statement of a block only, whichever that is.
  if (first === undefined || isOpen(first)) return NOTHING;
  const row = second !== undefined || pattern.statement;
  return {
    root: first.kind === 'node' ? first.tag : -1,
    op: first.kind === 'node' && !row && SAME_OP.has(first.tag) && first.op !== ANY_FOR ? first.op : -1,
    // The root of one item is looked for by its tag already.
    inFirst: tagsIn([first], row),
    behind: second === undefined ? [] : tagsIn([second, ...rest], true),
    inSecond: second === undefined || isOpen(second) ? [] : tagsIn([second], true),
  };
}

function isOpen(item: PatternNode): boolean {
  return item.kind === 'ellipsis' || item.kind === 'ellipsis-metavariable';
}

/** Undefined where nothing can be passed over. */
export function mayHold(entry: IndexedPattern, tree: SyntaxTree, nodes: NodeIndex): MayHold | undefined {
  const { root, op, inFirst, behind, inSecond } = requiredOf(entry, tree.grammar);
  if (op < 0 && inFirst.length + behind.length + inSecond.length === 0) return undefined;
  const testsOf = (sets: TagSets): readonly ((from: number, to: number) => boolean)[] => sets.map((tags) => within(nodes.withTags(tags)));
  const [first, later, next] = [testsOf(inFirst), testsOf(behind), testsOf(inSecond)];
  return {
    at(node) {
      const isRoot = tagOf(tree, node) === root;
      if (isRoot && op >= 0 && opOf(tree, node) !== op) return false;
      const from = isRoot ? node + 1 : node;
      const to = nextOf(tree, node);
      return first.every((test) => test(from, to));
    },
    inBlock(block) {
      const end = nextOf(tree, block);
      return first.every((test) => test(block + 1, end)) && later.every((test) => test(block + 1, end));
    },
    from(statement, block) {
      const to = nextOf(tree, statement);
      const end = nextOf(tree, block);
      return (
        first.every((test) => test(statement, to)) &&
        (next.length === 0 || (to < end && next.every((test) => test(to, nextOf(tree, to))))) &&
        later.every((test) => test(to, end))
      );
    },
  };
}
