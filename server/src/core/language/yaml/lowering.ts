/**
 * Lowers tree-sitter-yaml to the common vocabulary. Scalars are what YAML 1.1 takes them for, as in Semgrep: `on` is true, `1` a number, anything
 * else a string, quoted or not. An alias is what its anchor holds.
 */
import type { Builder, Handler, Lowering } from '../builder.js';
import { wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const NULL = new Set(['null', 'NULL', 'Null', '~']);

const OP_TRUE = intern('true');
const OP_FALSE = intern('false');
const OP_NULL = intern('null');
const OP_TAG = intern('tag');

/** Far more than people nest; ends circles of anchors. */
const MAX_ALIASES = 200;
const aliasesIn = new WeakMap<Builder, number>();

function plain(b: Builder, raw: number, role: number): void {
  const text = b.textOf(raw);
  if (TRUE.has(text)) b.emit(Tag.Const, OP_TRUE, raw, role);
  else if (FALSE.has(text)) b.emit(Tag.Const, OP_FALSE, raw, role);
  else if (NULL.has(text)) b.emit(Tag.Const, OP_NULL, raw, role);
  else if (/^[-+]?(?:0x[\da-fA-F]+|0o[0-7]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)$/.test(text)) b.emit(Tag.Num, 0, raw, role);
  else b.emit(Tag.Str, 0, raw, role, () => b.emit(Tag.StrText, 0, raw, Role.None));
}

const quoted: Handler = (b, raw, role) =>
  b.emit(Tag.Str, 0, raw, role, () => {
    const start = b.startOf(raw) + 1;
    const end = b.endOf(raw) - 1;
    if (end > start) b.node(Tag.StrText, 0, start, end, Role.None);
  });

/** `|` and `>`: the text below the header, each line without its indentation. */
const blockScalar: Handler = (b, raw, role) => {
  const source = b.textOf(raw);
  const header = /^[|>][-+\d]*/.exec(source)?.[0] ?? '';
  const begin = b.startOf(raw) + header.length;
  b.node(Tag.Str, 0, begin, b.endOf(raw), role, () => {
    const first = source.indexOf('\n') + 1;
    if (first === 0) return;
    // The line break that ends the last line belongs to the text, though the grammar leaves it out.
    const body = source.slice(first) + (b.text[b.endOf(raw)] === '\n' ? '\n' : '');
    const indent = Math.min(...body.split('\n').flatMap((line) => (line.trim() === '' ? [] : [(/^ */.exec(line)?.[0] ?? '').length])));
    const end = header.includes('+') ? body.length : body.trimEnd().length + (header.includes('-') ? 0 : 1);
    let at = 0;
    for (const line of body.split('\n')) {
      const start = Math.min(at + (Number.isFinite(indent) ? Math.min(indent, line.length) : 0), end);
      const stop = Math.min(at + line.length + 1, end, body.length);
      if (stop > start) b.node(Tag.StrText, 0, b.startOf(raw) + first + start, b.startOf(raw) + first + stop, Role.None);
      at += line.length + 1;
    }
  });
};

/** A node with what stands before it: an anchor is only a name, a tag is part of what it says. */
const node: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const tag = children.find((child) => b.kindName(child) === 'tag');
  const value = children.find((child) => b.kindName(child) !== 'tag' && b.kindName(child) !== 'anchor');
  if (tag === undefined) {
    if (value === undefined) empty(b, b.endOf(raw), role);
    else b.lower(value, role);
    return;
  }
  b.emit(Tag.Other, OP_TAG, raw, role, () => {
    b.node(Tag.Ident, 0, b.startOf(tag) + 1, b.endOf(tag), Role.None);
    if (value === undefined) empty(b, b.endOf(raw), Role.None);
    else b.lower(value);
  });
};

/** A value that is left out is the empty text. */
function empty(b: Builder, at: number, role: number): void {
  b.node(Tag.Str, 0, at, at, role);
}

const pair: Handler = (b, raw, role) =>
  b.emit(Tag.Pair, 0, raw, role, () => {
    const key = b.field(raw, 'key');
    const value = b.field(raw, 'value');
    if (key < 0) empty(b, b.startOf(raw), Role.Key);
    else b.lower(key, Role.Key);
    if (value < 0) empty(b, b.endOf(raw), Role.Value);
    else b.lower(value, Role.Value);
  });

const item: Handler = (b, raw, role) => {
  const [value] = b.namedChildren(raw);
  if (value === undefined) empty(b, b.endOf(raw), role);
  else b.lower(value, role);
};

/** In `{a, b: c}` a lone `a` is a key without a value. */
const flowMapping: Handler = (b, raw, role) =>
  b.emit(Tag.Dict, 0, raw, role, () => {
    for (const child of b.namedChildren(raw)) {
      if (b.kindName(child) === 'flow_pair') b.lower(child);
      else
        b.emit(Tag.Pair, 0, child, Role.None, () => {
          b.lower(child, Role.Key);
          empty(b, b.endOf(child), Role.Value);
        });
    }
  });

const alias: Handler = (b, raw, role) => {
  const name = b.textOf(raw).slice(1);
  const used = (aliasesIn.get(b) ?? 0) + 1;
  aliasesIn.set(b, used);
  if (used > MAX_ALIASES) b.leaveOut();
  const anchored = used > MAX_ALIASES ? -1 : anchorBefore(b, raw, name);
  if (anchored < 0) b.emit(Tag.Other, b.kindId(raw), raw, role);
  else b.lower(anchored, role);
};

/** The node whose anchor is `name`: the last one that ends before the alias. */
function anchorBefore(b: Builder, alias: number, name: string): number {
  let found = -1;
  let parent = -1;
  const open: number[] = [];
  for (let raw = 0; raw < alias; raw++) {
    while (open.length > 0 && (b.raw.next[open.at(-1) as number] as number) <= raw) open.pop();
    parent = open.at(-1) ?? -1;
    if (b.kindName(raw) === 'anchor' && b.textOf(raw) === `&${name}` && (b.raw.next[parent] as number) <= alias) found = parent;
    open.push(raw);
  }
  return found;
}

const documents: Handler = (b, raw, role) => b.emit(Tag.Block, 0, raw, role, () => b.lowerAll(b.namedChildren(raw)));

const handlers: Record<string, Handler> = {
  stream: documents,
  document: (b, raw, role) => {
    for (const child of b.namedChildren(raw))
      if (/^(?:block|flow)_node$/.test(b.kindName(child))) b.lower(child, role);
      else if (b.kindName(child) === 'ERROR') b.lower(child, role);
  },
  block_node: node,
  flow_node: node,
  plain_scalar: plain,
  double_quote_scalar: quoted,
  single_quote_scalar: quoted,
  block_scalar: blockScalar,
  block_mapping: wrap(Tag.Dict),
  block_mapping_pair: pair,
  flow_mapping: flowMapping,
  flow_pair: pair,
  block_sequence: wrap(Tag.List),
  block_sequence_item: item,
  flow_sequence: wrap(Tag.List),
  alias,
};

export const yamlLowering: Lowering = { handlers, comments: ['comment'], roles: {} };
