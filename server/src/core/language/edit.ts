/**
 * What one edit left alone: the trees of a document before and after it, compared node by node. Everything outside of a run of statements, or of
 * one function, is the same but for its place, and need not be looked at again.
 */
import { changeIn, type TextChange } from '../model/textChange.js';
import { Tag } from './tags.js';
import { childrenOf, endOf, nextOf, opOf, parentOf, roleOf, startOf, tagOf, type SyntaxTree } from './tree.js';

/** A run of nodes, subtrees included, that stands for another. Nodes before it kept their numbers, those after it moved. */
export interface Edit {
  readonly before: SyntaxTree;
  readonly after: SyntaxTree;
  /** The run's first node, the same in both trees. */
  readonly from: number;
  /** Past its last node, in either tree. */
  readonly toBefore: number;
  readonly toAfter: number;
  /** How far what follows the run moved, in nodes. */
  readonly nodes: number;
  /** The same in UTF-16 code units. */
  readonly offset: number;
  /** What of the text was replaced. */
  readonly change: TextChange;
  /** Nodes before the run whose extent holds the change: a match that begins there may hold it, too. */
  readonly around: ReadonlySet<number>;
  readonly kind: 'elements' | 'statements' | 'function';
  /** The nodes that differ at most, whatever they are parts of. */
  readonly least: Extent;
}

type Extent = Pick<Edit, 'from' | 'toBefore' | 'toAfter' | 'around'>;

/**
 * Runs that may stand for the difference, smallest first: what changed in an element of JSX, whose statement may be as long as a component; the statements that
 * changed; then each function around them. None when the change is not confined, as when a bracket that is left open changes how everything behind it is read.
 */
export function editsBetween(before: SyntaxTree, after: SyntaxTree): readonly Edit[] {
  if (before.grammar !== after.grammar || before.tooDeep || after.tooDeep || before.count === 0 || after.count === 0) return [];
  const change = changeIn(before.text, after.text);
  const nodes = after.count - before.count;
  const offset = after.text.length - before.text.length;
  const same = sameFromStart(before, after, change, nodes, offset);
  const rest = sameFromEnd(before, after, change, nodes, offset, same);
  /** Nodes that hold the change, outermost first. */
  const holding: number[] = [];
  for (let node = 0; node < same; node = mayHold(before, node, change) ? node + 1 : nextOf(before, node))
    if (mayHold(before, node, change)) holding.push(node);

  const least: Extent = { from: same, toBefore: rest, toAfter: rest + nodes, around: new Set(holding) };
  const edits: Edit[] = [];
  const add = (kind: Edit['kind'], from: number, toBefore: number): void => {
    const toAfter = toBefore + nodes;
    // All that differs lies in the run, and the run has an end of its own on both sides.
    if (from > same || toBefore < rest || toBefore < from || toAfter < from) return;
    edits.push({
      before,
      after,
      from,
      toBefore,
      toAfter,
      nodes,
      offset,
      change,
      around: new Set(holding.filter((node) => node < from)),
      kind,
      least,
    });
  };
  /** The children of one node that hold what differs. */
  const addChildren = (kind: Edit['kind'], parent: number): void => {
    const children = childrenOf(before, parent);
    const from = children.find((node) => nextOf(before, node) > same || mayHold(before, node, change)) ?? nextOf(before, parent);
    add(kind, from, children.find((node) => node >= rest && node >= from) ?? nextOf(before, parent));
  };
  // Where the text can't be read as a program, as while an element of JSX has no end yet, its pieces stand side by side in no block.
  const block = holding.findLast((node) => tagOf(before, node) === Tag.Block) ?? holding[0];
  const element = holding.findLast((node) => tagOf(before, node) === Tag.Jsx || tagOf(before, node) === Tag.JsxAttributes);
  if (element !== undefined && block !== undefined && element > block) addChildren('elements', element);
  if (block !== undefined) addChildren('statements', block);
  for (const node of holding.toReversed()) if (tagOf(before, node) === Tag.Func) add('function', node, nextOf(before, node));
  return edits;
}

/** Whether the extent of a node that begins before the change has it inside, or at its end. */
function mayHold(tree: SyntaxTree, node: number, { start, endBefore }: TextChange): boolean {
  return startOf(tree, node) < Math.max(start, 1) && endOf(tree, node) >= endBefore && endOf(tree, node) >= start;
}

function sameKind(before: SyntaxTree, a: number, after: SyntaxTree, b: number): boolean {
  return tagOf(before, a) === tagOf(after, b) && opOf(before, a) === opOf(after, b) && roleOf(before, a) === roleOf(after, b);
}

/** How many nodes from the first on, all of which begin before the change, are the same; those that hold it, but for their ends. */
function sameFromStart(before: SyntaxTree, after: SyntaxTree, change: TextChange, nodes: number, offset: number): number {
  const most = Math.min(before.count, after.count);
  let node = 0;
  for (; node < most && startOf(before, node) < Math.max(change.start, 1); node++) {
    if (!sameKind(before, node, after, node) || startOf(before, node) !== startOf(after, node)) break;
    if (parentOf(before, node) !== parentOf(after, node)) break;
    const [end, next] = [endOf(before, node), nextOf(before, node)];
    const [endAfter, nextAfter] = [endOf(after, node), nextOf(after, node)];
    const untouched = end <= change.start && end === endAfter && next === nextAfter;
    const holds = mayHold(before, node, change) && end + offset === endAfter && next + nodes === nextAfter;
    if (!untouched && !holds) break;
  }
  return node;
}

/** The first of the nodes before that are the same up to the last one, all of which begin behind the change. */
function sameFromEnd(before: SyntaxTree, after: SyntaxTree, change: TextChange, nodes: number, offset: number, same: number): number {
  let node = before.count;
  for (; node > same && node + nodes > same; node--) {
    const own = node - 1;
    const other = own + nodes;
    if (startOf(before, own) < change.endBefore || !sameKind(before, own, after, other)) break;
    if (startOf(before, own) + offset !== startOf(after, other) || endOf(before, own) + offset !== endOf(after, other)) break;
    if (nextOf(before, own) + nodes !== nextOf(after, other)) break;
    const [parent, parentAfter] = [parentOf(before, own), parentOf(after, other)];
    if (parentAfter !== (parent < same ? parent : parent + nodes)) break;
  }
  return node;
}
