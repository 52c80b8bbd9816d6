/**
 * Lowers a raw tree with a language's table of handlers. A handler emits nodes for one raw node; what has no
 * handler becomes `Other` with its kind and keyword tokens in `op`. Recursion is bounded: beyond `MAX_DEPTH` a
 * node is kept as a leaf and the tree says so.
 */
import { intern } from './interner.js';
import { createLoweringMemory, type LoweredNodes, type LoweringMemory } from './lowered.js';
import { ERROR_KIND, type GrammarInfo, type RawTree } from './raw.js';
import { Role, Tag } from './tags.js';
import type { CommentSpan, SyntaxTree } from './tree.js';

/** Several frames of the stack go into each level: this leaves room on the smallest stacks in use (worker threads). */
const MAX_DEPTH = 700;
const MAX_PROBLEMS = 20;

/** Emits the lowered form of raw node `raw`, playing `role` in the node that is open. */
export type Handler = (b: Builder, raw: number, role: number) => void;

/** One language's lowering: raw kind name -> handler. */
export interface Lowering {
  readonly handlers: Readonly<Record<string, Handler>>;
  /** Raw kinds that are comments. */
  readonly comments: readonly string[];
  /** Field names that become roles, for nodes lowered without a handler. */
  readonly roles: Readonly<Record<string, number>>;
  /** Whether what a raw node becomes is said by it alone, by the role that is asked for and by how deep it lies. */
  readonly local?: boolean;
}

interface GrammarTables {
  readonly handlers: readonly (Handler | undefined)[];
  readonly isComment: readonly boolean[];
  readonly kindIds: readonly number[];
  readonly roles: readonly number[];
  readonly isPunctuation: readonly boolean[];
  readonly fieldIds: ReadonlyMap<string, number>;
}

const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ';', ':', '.', '\n', '"', "'", '`', '${', '=>', '<', '>', '</', '/>', '=']);

interface Columns {
  readonly op: Uint32Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly next: Uint32Array;
  readonly parent: Int32Array;
  readonly tag: Uint8Array;
  readonly role: Uint8Array;
}

const tableCache = new WeakMap<GrammarInfo, GrammarTables>();

export class Builder {
  readonly raw: RawTree;
  readonly text: string;
  private readonly tables: GrammarTables;
  private count = 0;
  private depth = 0;
  private open = -1;
  private columns: Columns;
  private readonly problems: { start: number; end: number }[] = [];
  private tooDeep = false;
  private readonly memory: LoweringMemory | undefined;

  constructor(raw: RawTree, text: string, lowering: Lowering) {
    this.raw = raw;
    this.text = text;
    this.tables = tablesFor(raw.grammar, lowering);
    // A handler may emit more nodes than it was given (a shorthand property has a key and a value), so this can grow.
    this.columns = allocate(raw.count + 16);
    this.memory = lowering.local === true ? createLoweringMemory(raw) : undefined;
  }

  finish(): SyntaxTree {
    const { count } = this;
    // Comments and repairs hang anywhere, also beside what a handler looks at: one pass over the raw tree finds them all.
    const comments: CommentSpan[] = [];
    for (let raw = 0; raw < this.raw.count; raw++) {
      if (this.isComment(raw)) comments.push({ start: this.startOf(raw), end: this.endOf(raw) });
      else if (this.raw.kind[raw] === ERROR_KIND || this.raw.missing[raw] === 1) this.note(raw);
    }
    if (this.raw.hiddenError !== undefined) this.problems.push(this.raw.hiddenError);
    const byStart = (a: { start: number }, b: { start: number }): number => a.start - b.start;
    const tree: SyntaxTree = {
      text: this.text,
      grammar: this.raw.grammar.id,
      count,
      tag: this.columns.tag.subarray(0, count),
      role: this.columns.role.subarray(0, count),
      op: this.columns.op.subarray(0, count),
      start: this.columns.start.subarray(0, count),
      end: this.columns.end.subarray(0, count),
      next: this.columns.next.subarray(0, count),
      parent: this.columns.parent.subarray(0, count),
      comments,
      problems: this.problems.toSorted(byStart),
      tooDeep: this.tooDeep,
    };
    this.memory?.finish(tree);
    return tree;
  }

  // ---- reading the raw tree

  kindName(raw: number): string {
    const kind = this.raw.kind[raw] as number;
    return kind === ERROR_KIND ? 'ERROR' : (this.raw.grammar.kinds[kind] ?? '');
  }

  isNamed(raw: number): boolean {
    const kind = this.raw.kind[raw] as number;
    return kind === ERROR_KIND || this.raw.grammar.named[kind] === true;
  }

  isComment(raw: number): boolean {
    return this.tables.isComment[this.raw.kind[raw] as number] === true;
  }

  startOf(raw: number): number {
    return this.raw.start[raw] as number;
  }

  endOf(raw: number): number {
    return this.raw.end[raw] as number;
  }

  textOf(raw: number): string {
    return this.text.slice(this.raw.start[raw], this.raw.end[raw]);
  }

  /** Children without comments; tokens included. */
  children(raw: number): number[] {
    const result: number[] = [];
    const limit = this.raw.next[raw] as number;
    for (let child = raw + 1; child < limit; child = this.raw.next[child] as number) {
      if (!this.isComment(child)) result.push(child);
    }
    return result;
  }

  namedChildren(raw: number): number[] {
    const { next } = this.raw;
    const limit = next[raw] as number;
    // Most nodes have no child, or one: a list that grows takes room for many.
    let count = 0;
    let last = -1;
    for (let child = raw + 1; child < limit; child = next[child] as number) {
      if (!this.isNamed(child) || this.isComment(child)) continue;
      last = child;
      count++;
    }
    if (count <= 1) return count === 0 ? [] : [last];
    // oxlint-disable-next-line unicorn/no-new-array -- the one way to a list of just that size
    const result = new Array<number>(count);
    for (let child = raw + 1, at = 0; at < count; child = next[child] as number)
      if (this.isNamed(child) && !this.isComment(child)) result[at++] = child;
    return result;
  }

  /** First child in a field, or -1. */
  field(raw: number, name: string): number {
    const id = this.tables.fieldIds.get(name);
    if (id === undefined) return -1;
    const limit = this.raw.next[raw] as number;
    for (let child = raw + 1; child < limit; child = this.raw.next[child] as number) if (this.raw.field[child] === id) return child;
    return -1;
  }

  fieldOf(raw: number): string {
    return this.raw.grammar.fields[this.raw.field[raw] as number] ?? '';
  }

  /** Whether a token child such as `async` is present. */
  hasToken(raw: number, token: string): boolean {
    const limit = this.raw.next[raw] as number;
    for (let child = raw + 1; child < limit; child = this.raw.next[child] as number) {
      if (!this.isNamed(child) && this.kindName(child) === token) return true;
    }
    return false;
  }

  // ---- emitting

  /** Opens a node; `body` emits its children. */
  node(tag: number, op: number, start: number, end: number, role: number, body?: () => void): void {
    if (this.count === this.columns.tag.length) this.columns = allocate(this.count * 2, this.columns);
    const index = this.count++;
    const { columns } = this;
    columns.tag[index] = tag;
    columns.op[index] = op;
    columns.start[index] = start;
    columns.end[index] = end;
    columns.role[index] = role;
    columns.parent[index] = this.open;
    if (body !== undefined) {
      const outer = this.open;
      this.open = index;
      body();
      this.open = outer;
    }
    // Looked up again: the body may have moved the columns.
    this.columns.next[index] = this.count;
  }

  /** As `node`, with the extent of a raw node. */
  emit(tag: number, op: number, raw: number, role: number, body?: () => void): void {
    this.node(tag, op, this.startOf(raw), this.endOf(raw), role, body);
  }

  lower(raw: number, role: number = Role.None): void {
    if (raw < 0) return;
    if (this.raw.missing[raw] === 1) return;
    if (this.depth >= MAX_DEPTH) {
      this.tooDeep = true;
      this.emit(Tag.Error, 0, raw, role);
      return;
    }
    const state = this.depth * 256 + role;
    const before = this.memory?.before(raw, state);
    const first = this.count;
    if (before !== undefined) {
      this.take(before);
      this.memory?.noteAll(raw, before, first);
      return;
    }
    this.depth++;
    const kind = this.raw.kind[raw] as number;
    if (kind === ERROR_KIND) {
      this.emit(Tag.Error, 0, raw, role, () => this.lowerAll(this.namedChildren(raw)));
    } else if (this.tables.isComment[kind] === true) {
      // Collected by `finish`, wherever they hang.
    } else {
      const handler = this.tables.handlers[kind];
      if (handler === undefined) this.generic(raw, role);
      else handler(this, raw, role);
    }
    this.depth--;
    this.memory?.note(raw, state, first, this.count);
  }

  /** Emits nodes of an earlier tree. */
  private take({ tree, start, end, offset }: LoweredNodes): void {
    const first = this.count;
    while (first + end - start > this.columns.tag.length) this.columns = allocate(this.columns.tag.length * 2, this.columns);
    const { columns } = this;
    for (const name of ['op', 'tag', 'role'] as const) columns[name].set(tree[name].subarray(start, end), first);
    const moved = first - start;
    for (let node = start; node < end; node++) {
      const at = node + moved;
      columns.start[at] = (tree.start[node] as number) + offset;
      columns.end[at] = (tree.end[node] as number) + offset;
      columns.next[at] = (tree.next[node] as number) + moved;
      const parent = tree.parent[node] as number;
      columns.parent[at] = parent < start ? this.open : parent + moved;
    }
    this.count = first + end - start;
  }

  lowerAll(raws: readonly number[], role: number = Role.None): void {
    for (const raw of raws) this.lower(raw, role);
  }

  /** The default: kind and keyword tokens make `op`; named children keep their order and the roles of their fields. */
  generic(raw: number, role: number, tag: number = Tag.Other): void {
    const kind = this.raw.kind[raw] as number;
    const children = this.children(raw);
    let op = this.tables.kindIds[kind] as number;
    let keywords = '';
    for (const child of children) {
      if (!this.isNamed(child)) {
        const childKind = this.raw.kind[child] as number;
        if (this.tables.isPunctuation[childKind] !== true) keywords += ` ${this.kindName(child)}`;
      }
    }
    if (keywords !== '') op = intern(this.kindName(raw) + keywords);
    this.emit(tag, op, raw, role, () => {
      for (const child of children) if (this.isNamed(child)) this.lower(child, this.roleFor(child));
    });
  }

  /** Something is not looked into, on purpose: the file's coverage says so. */
  leaveOut(): void {
    this.tooDeep = true;
  }

  /** Records a place the parser had to repair. */
  note(raw: number): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ start: this.startOf(raw), end: this.endOf(raw) });
  }

  kindId(raw: number): number {
    return this.tables.kindIds[this.raw.kind[raw] as number] ?? 0;
  }

  roleFor(raw: number): number {
    return this.tables.roles[this.raw.field[raw] as number] ?? Role.None;
  }
}

/** One allocation for all columns; a larger one takes over what the smaller one held. */
function allocate(capacity: number, before?: Columns): Columns {
  const buffer = new ArrayBuffer(capacity * 22);
  const at = (offset: number): number => offset * capacity;
  const columns = {
    op: new Uint32Array(buffer, at(0), capacity),
    start: new Uint32Array(buffer, at(4), capacity),
    end: new Uint32Array(buffer, at(8), capacity),
    next: new Uint32Array(buffer, at(12), capacity),
    parent: new Int32Array(buffer, at(16), capacity),
    tag: new Uint8Array(buffer, at(20), capacity),
    role: new Uint8Array(buffer, at(21), capacity),
  };
  if (before !== undefined)
    for (const name of ['op', 'start', 'end', 'next', 'parent', 'tag', 'role'] as const) columns[name].set(before[name]);
  return columns;
}

export function lowerTree(raw: RawTree, text: string, lowering: Lowering): SyntaxTree {
  const builder = new Builder(raw, text, lowering);
  builder.lower(0);
  return builder.finish();
}

function tablesFor(grammar: GrammarInfo, lowering: Lowering): GrammarTables {
  const cached = tableCache.get(grammar);
  if (cached !== undefined) return cached;
  const tables: GrammarTables = {
    handlers: grammar.kinds.map((name, kind) => (grammar.named[kind] === true ? lowering.handlers[name] : undefined)),
    isComment: grammar.kinds.map((name, kind) => grammar.named[kind] === true && lowering.comments.includes(name)),
    kindIds: grammar.kinds.map((name) => intern(name)),
    roles: grammar.fields.map((name) => lowering.roles[name] ?? Role.None),
    isPunctuation: grammar.kinds.map((name) => PUNCTUATION.has(name)),
    fieldIds: new Map(grammar.fields.map((name, id) => [name, id])),
  };
  tableCache.set(grammar, tables);
  return tables;
}
