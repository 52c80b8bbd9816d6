/** Lowers tree-sitter-html to the vocabulary that JSX has: elements, attributes, text. What is in a script or style is text. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { leaf } from '../handlers.js';
import { ELLIPSIS, metavariableOf } from '../holes.js';
import { Role, Tag } from '../tags.js';

const TAGS = new Set(['start_tag', 'self_closing_tag']);

const element: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const open = children.find((child) => TAGS.has(b.kindName(child)));
  if (open === undefined) {
    b.generic(raw, role);
    return;
  }
  b.emit(Tag.Jsx, 0, raw, role, () => {
    const [name, ...attributes] = b.namedChildren(open);
    if (name !== undefined) b.emit(Tag.Ident, 0, name, Role.Name);
    b.emit(Tag.JsxAttributes, 0, open, Role.None, () => b.lowerAll(attributes));
    for (const child of children) {
      const kind = b.kindName(child);
      if (child === open || kind === 'end_tag' || kind === 'erroneous_end_tag') continue;
      b.lower(child);
    }
  });
};

/** The value of an attribute, quoted or not; a hole stands for any. */
function value(b: Builder, raw: number): void {
  const quoted = b.kindName(raw) === 'quoted_attribute_value';
  const text = b.textOf(raw);
  if (!quoted && (text === ELLIPSIS || metavariableOf(text) !== undefined)) {
    b.emit(Tag.Ident, 0, raw, Role.Value);
    return;
  }
  const start = b.startOf(raw) + (quoted ? 1 : 0);
  const end = b.endOf(raw) - (quoted ? 1 : 0);
  b.emit(Tag.Str, 0, raw, Role.Value, () => {
    if (end > start) b.node(Tag.StrText, 0, start, end, Role.None);
  });
}

const attribute: Handler = (b, raw, role) => {
  const [name, content] = b.namedChildren(raw);
  b.emit(Tag.JsxAttribute, 0, raw, role, () => {
    if (name !== undefined) b.emit(Tag.Ident, 0, name, Role.Name);
    if (content !== undefined) value(b, content);
  });
};

const handlers: Record<string, Handler> = {
  document: (b, raw, role) => b.emit(Tag.Block, 0, raw, role, () => b.lowerAll(b.namedChildren(raw))),
  element,
  script_element: element,
  style_element: element,
  attribute,
  text: leaf(Tag.JsxText),
  raw_text: leaf(Tag.JsxText),
  entity: leaf(Tag.JsxText),
  doctype: () => {},
};

export const htmlLowering: Lowering = { handlers, comments: ['comment'], roles: {} };
