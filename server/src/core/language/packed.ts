/** Lowered trees as plain data for another thread, and back: what was parsed there need not be parsed here. */
import type { PackedTree } from '../model/packedTree.js';
import { intern, internedText } from './interner.js';
import type { SyntaxTree } from './tree.js';

const BYTES_PER_NODE = 22;

/** A copy: the tree itself stays whole. */
export function packTree(tree: SyntaxTree): PackedTree {
  const { count } = tree;
  const columns = new ArrayBuffer(count * BYTES_PER_NODE);
  const views = viewsOf(columns, count);
  const numbers = new Map<number, number>();
  const ops: string[] = [];
  for (let node = 0; node < count; node++) {
    const op = tree.op[node] as number;
    if (op === 0) continue;
    let number = numbers.get(op);
    if (number === undefined) {
      ops.push(internedText(op));
      numbers.set(op, (number = ops.length));
    }
    views.op[node] = number;
  }
  views.start.set(tree.start);
  views.end.set(tree.end);
  views.next.set(tree.next);
  views.parent.set(tree.parent);
  views.tag.set(tree.tag);
  views.role.set(tree.role);
  const comments = new Uint32Array(tree.comments.length * 2);
  for (const [at, { start, end }] of tree.comments.entries()) {
    comments[at * 2] = start;
    comments[at * 2 + 1] = end;
  }
  const { grammar, text, problems, tooDeep } = tree;
  return { grammar, length: text.length, count, columns, ops, comments, problems, tooDeep };
}

/** @param text what it was made of; @returns undefined for a text of another length. The packed tree stays as it is. */
export function unpackTree(packed: PackedTree, text: string): SyntaxTree | undefined {
  const { grammar, length, count, columns, ops, comments, problems, tooDeep } = packed;
  if (length !== text.length) return undefined;
  const views = viewsOf(columns, count);
  const ids = Uint32Array.of(0, ...ops.map(intern));
  const op = views.op.map((number) => ids[number] as number);
  const spans: { start: number; end: number }[] = [];
  for (let at = 0; at < comments.length; at += 2) spans.push({ start: comments[at] as number, end: comments[at + 1] as number });
  return { ...views, op, text, grammar, count, comments: spans, problems, tooDeep };
}

function viewsOf(columns: ArrayBuffer, count: number) {
  return {
    op: new Uint32Array(columns, 0, count),
    start: new Uint32Array(columns, count * 4, count),
    end: new Uint32Array(columns, count * 8, count),
    next: new Uint32Array(columns, count * 12, count),
    parent: new Int32Array(columns, count * 16, count),
    tag: new Uint8Array(columns, count * 20, count),
    role: new Uint8Array(columns, count * 21, count),
  };
}
