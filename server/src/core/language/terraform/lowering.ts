/**
 * Lowers tree-sitter-hcl to the common vocabulary. A block is a call of its type with its labels and, last, its body; a body and an object
 * are dictionaries of definitions (`a = 1`), pairs (`"a": 1`) and nested blocks, whose order does not count.
 */
import type { Builder, Handler, Lowering } from '../builder.js';
import { leaf, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_FIELD = intern('field');
const OP_SPLAT = intern('splat');

/** The content between quotes or heredoc markers: text as it stands, and interpolations. */
function pieces(b: Builder, raw: number): void {
  let start = -1;
  let end = -1;
  let heredoc = b.kindName(raw) === 'heredoc_template';
  const flush = (): void => {
    if (start >= 0) b.node(Tag.StrText, 0, start, end, Role.None);
    start = -1;
  };
  for (const child of b.namedChildren(raw)) {
    const kind = b.kindName(child);
    if (kind === 'template_literal') {
      // A heredoc's text begins with its first line, blanks included.
      if (start < 0) start = heredoc ? b.text.lastIndexOf('\n', b.startOf(child)) + 1 : b.startOf(child);
      heredoc = false;
      end = b.endOf(child);
    } else if (kind === 'template_interpolation' || kind === 'template_directive') {
      flush();
      heredoc = false;
      b.emit(Tag.StrInterp, 0, child, Role.None, () => {
        for (const inner of b.namedChildren(child)) if (!/_(?:start|end)$/.test(b.kindName(inner))) b.lower(inner);
      });
    }
  }
  flush();
}

const string: Handler = (b, raw, role) => {
  const interpolated = b.namedChildren(raw).some((child) => /^template_(?:interpolation|directive)$/.test(b.kindName(child)));
  b.emit(Tag.Str, interpolated ? 1 : 0, raw, role, () => pieces(b, raw));
};

const only: Handler = (b, raw, role) => {
  const [child] = b.namedChildren(raw);
  if (child === undefined) b.generic(raw, role);
  else b.lower(child, role);
};

// ---- expressions: the grammar lists a term and what is applied to it side by side

const POSTFIX = new Set(['get_attr', 'index', 'splat']);

/** `x`, `.a`, `[0]`, `.*`: the last one is applied to all before it. */
function term(b: Builder, parts: readonly number[], role: number): void {
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return;
  if (parts.length === 1) {
    b.lower(first, role);
    return;
  }
  const rest = parts.slice(0, -1);
  const start = b.startOf(first);
  const end = b.endOf(last);
  switch (b.kindName(last)) {
    case 'get_attr':
      b.node(Tag.Dot, 0, start, end, role, () => {
        term(b, rest, Role.Object);
        b.lowerAll(b.namedChildren(last), Role.Name);
      });
      return;
    case 'index':
      b.node(Tag.Index, 0, start, end, role, () => {
        term(b, rest, Role.Object);
        const [inner] = b.namedChildren(last);
        if (inner !== undefined && b.kindName(inner) === 'new_index') b.lowerAll(b.namedChildren(inner));
        // `.0`
        else if (inner !== undefined) b.node(Tag.Num, 0, b.startOf(inner) + 1, b.endOf(inner), Role.None);
      });
      return;
    case 'splat': {
      const [inner] = b.namedChildren(last);
      const applied = inner === undefined ? [] : b.namedChildren(inner);
      splat(b, rest, inner ?? last, applied, role);
      return;
    }
    default:
      for (const part of parts) b.lower(part, role);
  }
}

/** `x.*.a[0]`: what follows a splat hangs below it in the grammar. */
function splat(b: Builder, object: readonly number[], at: number, applied: readonly number[], role: number): void {
  const start = b.startOf(object[0] as number);
  const last = applied.at(-1);
  const rest = applied.slice(0, -1);
  if (last === undefined) {
    const end = b.startOf(at) + (b.kindName(at) === 'attr_splat' ? 2 : 3);
    b.node(Tag.Other, intern(b.kindName(at)), start, end, role, () => {
      term(b, object, Role.Object);
      b.node(Tag.Const, OP_SPLAT, b.startOf(at), end, Role.None);
    });
  } else if (b.kindName(last) === 'get_attr') {
    b.node(Tag.Dot, 0, start, b.endOf(last), role, () => {
      splat(b, object, at, rest, Role.Object);
      b.lowerAll(b.namedChildren(last), Role.Name);
    });
  } else {
    b.node(Tag.Index, 0, start, b.endOf(last), role, () => {
      splat(b, object, at, rest, Role.Object);
      const [inner] = b.namedChildren(last);
      if (inner !== undefined && b.kindName(inner) === 'new_index') b.lowerAll(b.namedChildren(inner));
      else if (inner !== undefined) b.node(Tag.Num, 0, b.startOf(inner) + 1, b.endOf(inner), Role.None);
    });
  }
}

const expression: Handler = (b, raw, role) => {
  const parts = b.namedChildren(raw);
  if (parts.length > 0 && parts.slice(1).every((part) => POSTFIX.has(b.kindName(part)))) term(b, parts, role);
  else b.generic(raw, role);
};

const binary: Handler = (b, raw, role) => {
  const children = b.children(raw);
  const at = children.findIndex((child) => !b.isNamed(child) && !['(', ')'].includes(b.kindName(child)));
  const operator = children[at];
  const named = (list: readonly number[]): number[] => list.filter((child) => b.isNamed(child));
  if (operator === undefined) b.generic(raw, role);
  else
    b.emit(Tag.Binary, intern(b.textOf(operator)), raw, role, () => {
      term(b, named(children.slice(0, at)), Role.Left);
      term(b, named(children.slice(at + 1)), Role.Right);
    });
};

const unary: Handler = (b, raw, role) =>
  b.emit(Tag.Unary, intern(b.hasToken(raw, '!') ? '!' : '-'), raw, role, () => term(b, b.namedChildren(raw), Role.None));

// ---- blocks and their members

const isDelimiter = (kind: string): boolean => kind.endsWith('_start') || kind.endsWith('_end');

function members(b: Builder, raw: number): void {
  for (const child of b.namedChildren(raw)) if (!isDelimiter(b.kindName(child))) b.lower(child);
}

const block: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const [type, ...rest] = children;
  const open = children.find((child) => b.kindName(child) === 'block_start');
  if (type === undefined || open === undefined) {
    b.generic(raw, role);
    return;
  }
  const labels = rest.filter((child) => child < open);
  b.emit(Tag.Call, 0, raw, role, () => {
    b.lower(type, Role.Callee);
    b.node(Tag.Args, 0, b.startOf(labels[0] ?? open), b.endOf(raw), Role.Args, () => {
      b.lowerAll(labels);
      b.node(Tag.Dict, 0, b.startOf(open), b.endOf(raw), Role.None, () => {
        for (const child of rest) if (b.kindName(child) === 'body') members(b, child);
      });
    });
  });
};

const attribute: Handler = (b, raw, role) => {
  const [name, value] = b.namedChildren(raw);
  b.emit(Tag.VarDef, OP_FIELD, raw, role, () => {
    if (name !== undefined) b.lower(name, Role.Name);
    if (value !== undefined) b.lower(value, Role.Value);
  });
};

/** `a = 1` in an object is what it is in a body; with a colon or another key it is a pair. */
const element: Handler = (b, raw, role) => {
  const key = b.field(raw, 'key');
  const value = b.field(raw, 'val');
  const colon = b.hasToken(raw, ':');
  b.emit(colon ? Tag.Pair : Tag.VarDef, colon ? 0 : OP_FIELD, raw, role, () => {
    b.lower(key, colon ? Role.Key : Role.Name);
    b.lower(value, Role.Value);
  });
};

const call: Handler = (b, raw, role) => {
  const [callee, args] = b.namedChildren(raw);
  b.emit(Tag.Call, 0, raw, role, () => {
    if (callee !== undefined) b.lower(callee, Role.Callee);
    if (args === undefined) b.node(Tag.Args, 0, b.endOf(raw) - 1, b.endOf(raw), Role.Args);
    else b.lower(args, Role.Args);
  });
};

const handlers: Record<string, Handler> = {
  config_file: (b, raw, role) => b.emit(Tag.Block, 0, raw, role, () => b.lowerAll(b.namedChildren(raw))),
  body: (b, raw) => b.lowerAll(b.namedChildren(raw)),
  block,
  attribute,
  identifier: leaf(Tag.Ident),
  expression,
  variable_expr: only,
  literal_value: only,
  template_expr: only,
  collection_value: only,
  for_expr: only,
  operation: only,
  string_lit: string,
  quoted_template: string,
  heredoc_template: string,
  numeric_lit: leaf(Tag.Num),
  bool_lit: (b, raw, role) => b.emit(Tag.Const, intern(b.textOf(raw)), raw, role),
  null_lit: (b, raw, role) => b.emit(Tag.Const, intern('null'), raw, role),
  tuple: (b, raw, role) => b.emit(Tag.List, 0, raw, role, () => members(b, raw)),
  object: (b, raw, role) => b.emit(Tag.Dict, 0, raw, role, () => members(b, raw)),
  object_elem: element,
  function_call: call,
  function_arguments: (b, raw, role) =>
    b.emit(Tag.Args, 0, raw, role, () => {
      for (const child of b.namedChildren(raw)) if (b.kindName(child) !== 'ellipsis') b.lower(child);
    }),
  binary_operation: binary,
  unary_operation: unary,
  conditional: wrap(Tag.Ternary),
};

export const terraformLowering: Lowering = { handlers, comments: ['comment'], roles: {} };
