/**
 * Reads XML as a tree of the kinds that the HTML grammar has, so that both are lowered alike: names keep their case, every element is closed, nothing
 * is implied. One pass without recursion. What is no XML becomes an error node, and reading goes on behind it.
 */
import { ERROR_KIND, type GrammarInfo, type RawTree } from '../raw.js';

const KINDS = [
  'document',
  'element',
  'start_tag',
  'self_closing_tag',
  'end_tag',
  'tag_name',
  'attribute',
  'attribute_name',
  'quoted_attribute_value',
  'attribute_value',
  'text',
  'raw_text',
  'doctype',
  'comment',
] as const;

type Kind = (typeof KINDS)[number];

const INFO: GrammarInfo = { id: 'xml', kinds: KINDS, named: KINDS.map(() => true), fields: [''] };

const NAME = /[\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]*/uy;
const BLANK = /\s*/y;
const QUOTED = /"[^"<]*"|'[^'<]*'/y;
/** A metavariable or `...` where a value stands. */
const HOLE = /cs_\w+/y;
const TEXT = /[^<]+/y;
/** What begins with `<` and is no tag: how it begins and ends. */
const REMARKS: readonly { readonly kind: Kind; readonly open: string; readonly close: string }[] = [
  { kind: 'comment', open: '<!--', close: '-->' },
  { kind: 'raw_text', open: '<![CDATA[', close: ']]>' },
  { kind: 'doctype', open: '<?', close: '?>' },
];
/** No two of its alternatives hold at one place, so that it takes one step for each character. */
const DOCTYPE = /<!DOCTYPE(?:[^<>[\]"']|"[^"]*"|'[^']*')*(?:\[(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--(?:[^-]|-(?!->))*-->|<(?!!--))*\]\s*)?>/y;

/** Columns that grow; `open` is a node whose end is not known yet. */
function createTree(): {
  readonly leaf: (kind: Kind, start: number, end: number) => void;
  readonly error: (start: number, end: number) => void;
  readonly open: (kind: Kind, start: number) => number;
  readonly rename: (node: number, kind: Kind) => void;
  readonly close: (node: number, end: number) => void;
  readonly finish: () => RawTree;
} {
  const kind: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  const next: number[] = [];
  let hasError = false;
  const add = (id: number, from: number, to: number): number => {
    kind.push(id);
    start.push(from);
    end.push(to);
    return next.push(kind.length) - 1;
  };
  return {
    leaf: (id, from, to) => void add(KINDS.indexOf(id), from, to),
    error(from, to) {
      hasError = true;
      add(ERROR_KIND, from, to);
    },
    open: (id, from) => add(KINDS.indexOf(id), from, from),
    rename(node, id) {
      kind[node] = KINDS.indexOf(id);
    },
    close(node, to) {
      end[node] = to;
      next[node] = kind.length;
    },
    finish: () => ({
      grammar: INFO,
      count: kind.length,
      kind: Uint16Array.from(kind),
      field: new Uint8Array(kind.length),
      start: Uint32Array.from(start),
      end: Uint32Array.from(end),
      next: Uint32Array.from(next),
      missing: new Uint8Array(kind.length),
      hasError,
    }),
  };
}

export function readXml(text: string): RawTree {
  const tree = createTree();
  const document = tree.open('document', 0);
  /** Elements that are open, with their names, and how many there are of each name. */
  const stack: { readonly node: number; readonly name: string }[] = [];
  const opened = new Map<string, number>();
  /** What no longer occurs: it is looked for once. */
  const exhausted = new Set<string>();
  let at = 0;
  /** Where `expression` ends when it holds at `from`, or -1. */
  const past = (expression: RegExp, from: number): number => {
    expression.lastIndex = from;
    return expression.test(text) ? expression.lastIndex : -1;
  };
  const blank = (from: number): number => past(BLANK, from);
  /** Behind the next `token`, or -1. */
  const behind = (token: string, from: number): number => {
    const found = exhausted.has(token) ? -1 : text.indexOf(token, from);
    if (found < 0) exhausted.add(token);
    return found < 0 ? -1 : found + token.length;
  };

  /** The attributes from `from` to the end of the tag; the offset of the `>` or `/>`, or of what is neither. */
  function attributes(from: number): number {
    let place = blank(from);
    for (;;) {
      // A comment has no place in a tag, but where one stands it is nothing but a comment.
      const remark = text.startsWith('<!--', place) ? behind('-->', place + 4) : -1;
      if (remark >= 0) {
        tree.leaf('comment', place, remark);
        place = blank(remark);
        continue;
      }
      const named = past(NAME, place);
      if (named < 0) return place;
      const equals = blank(named);
      const attribute = tree.open('attribute', place);
      tree.leaf('attribute_name', place, named);
      let end = named;
      if (text[equals] === '=') {
        const value = blank(equals + 1);
        const quoted = past(QUOTED, value);
        const hole = quoted < 0 ? past(HOLE, value) : -1;
        end = Math.max(quoted, hole, equals + 1);
        if (quoted >= 0) tree.leaf('quoted_attribute_value', value, quoted);
        else if (hole >= 0) tree.leaf('attribute_value', value, hole);
        else tree.error(equals, equals + 1);
      }
      tree.close(attribute, end);
      place = blank(end);
    }
  }

  function push(node: number, name: string): void {
    stack.push({ node, name });
    opened.set(name, (opened.get(name) ?? 0) + 1);
  }

  /** Closes elements down to the innermost one of this name. */
  function pop(name: string, end: number): void {
    for (let element = stack.pop(); element !== undefined; element = stack.pop()) {
      opened.set(element.name, (opened.get(element.name) ?? 1) - 1);
      if (element.name !== name) {
        tree.error(at, at);
        tree.close(element.node, at);
        continue;
      }
      tree.leaf('end_tag', at, end);
      tree.close(element.node, end);
      return;
    }
  }

  function startTag(): void {
    const named = past(NAME, at + 1);
    const element = tree.open('element', at);
    const tag = tree.open('start_tag', at);
    tree.leaf('tag_name', at + 1, named);
    const place = attributes(named);
    const empty = text.startsWith('/>', place);
    if (empty || text[place] === '>') {
      const end = place + (empty ? 2 : 1);
      if (empty) tree.rename(tag, 'self_closing_tag');
      tree.close(tag, end);
      if (empty) tree.close(element, end);
      else push(element, text.slice(at + 1, named));
      at = end;
      return;
    }
    const stop = /[<>]/.exec(text.slice(place, place + 1000));
    const end = Math.max(stop === null ? Math.min(place + 1000, text.length) : place + stop.index + (stop[0] === '>' ? 1 : 0), place);
    tree.error(place, end);
    tree.close(tag, end);
    tree.close(element, end);
    at = end;
  }

  function endTag(): void {
    const named = past(NAME, at + 2);
    const close = named < 0 ? -1 : blank(named);
    const name = text.slice(at + 2, Math.max(named, at + 2));
    if (close < 0 || text[close] !== '>' || (opened.get(name) ?? 0) === 0) {
      const end = behind('>', at);
      tree.error(at, end < 0 ? text.length : end);
      at = end < 0 ? text.length : end;
      return;
    }
    pop(name, close + 1);
    at = close + 1;
  }

  while (at < text.length) {
    const from = at;
    if (text[at] !== '<') {
      at = past(TEXT, at);
      const content = text.slice(from, at);
      const lead = content.length - content.trimStart().length;
      if (lead < content.length) tree.leaf('text', from + lead, from + content.trimEnd().length);
      continue;
    }
    if (text.startsWith('</', at)) {
      endTag();
      continue;
    }
    const remark = REMARKS.find(({ open }) => text.startsWith(open, from));
    if (remark !== undefined || text.startsWith('<!DOCTYPE', from)) {
      const end = remark === undefined ? past(DOCTYPE, from) : behind(remark.close, from + remark.open.length);
      if (end < 0) tree.error(from, text.length);
      else tree.leaf(remark?.kind ?? 'doctype', from, end);
      at = end < 0 ? text.length : end;
      continue;
    }
    if (past(NAME, at + 1) >= 0) startTag();
    else {
      at = from + 1;
      tree.error(from, at);
    }
  }
  for (const { node } of stack.toReversed()) {
    tree.error(text.length, text.length);
    tree.close(node, text.length);
  }
  tree.close(document, text.length);
  return tree.finish();
}
