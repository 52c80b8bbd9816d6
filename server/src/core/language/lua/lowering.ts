/** Lowers tree-sitter-lua to the common vocabulary. `a.b` and `a:b` are members; several targets or values are tuples. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { block, leaf, transparent, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_LAMBDA = intern('lambda');

/** A body, which has no node when it is empty. */
function body(b: Builder, raw: number, field: string, role: number): void {
  const at = b.field(raw, field);
  if (at >= 0) block(b, at, role);
  else b.node(Tag.Block, 0, b.endOf(raw), b.endOf(raw), role);
}

/** One expression, or a tuple of several. */
function several(b: Builder, raw: number, role: number): void {
  const parts = b.namedChildren(raw);
  const [only] = parts;
  if (only !== undefined && parts.length === 1) b.lower(only, role);
  else b.emit(Tag.Tuple, 0, raw, role, () => b.lowerAll(parts));
}

function branches(b: Builder, raw: number, clauses: readonly number[], role: number): void {
  const [first, ...rest] = clauses;
  b.emit(Tag.If, 0, raw, role, () => {
    b.lower(b.field(raw, 'condition'), Role.Condition);
    body(b, raw, 'consequence', Role.Body);
    if (first === undefined) return;
    if (b.kindName(first) === 'elseif_statement') branches(b, first, rest, Role.Alternative);
    else body(b, first, 'body', Role.Alternative);
  });
}

const forStatement: Handler = (b, raw, role) => {
  const clause = b.field(raw, 'clause');
  const numeric = b.kindName(clause) === 'for_numeric_clause';
  b.emit(Tag.Other, intern(numeric ? 'for_statement' : 'for_each'), raw, role, () => {
    if (numeric) {
      b.lower(b.field(clause, 'name'), Role.Left);
      for (const part of ['start', 'end', 'step']) b.lower(b.field(clause, part));
    } else {
      const [left, right] = b.namedChildren(clause);
      if (left !== undefined) several(b, left, Role.Left);
      if (right !== undefined) several(b, right, Role.Right);
    }
    body(b, raw, 'body', Role.Body);
  });
};

const func: Handler = (b, raw, role) => {
  const name = b.field(raw, 'name');
  b.emit(Tag.Func, name < 0 ? OP_LAMBDA : 0, raw, role, () => {
    b.lower(name, Role.Name);
    const list = b.field(raw, 'parameters');
    if (list >= 0)
      b.emit(Tag.Params, 0, list, Role.Params, () => {
        for (const child of b.namedChildren(list)) {
          if (b.kindName(child) === 'identifier') b.emit(Tag.Param, 0, child, Role.None, () => b.lower(child, Role.Name));
          else b.emit(Tag.Spread, intern('...'), child, Role.None);
        }
      });
    body(b, raw, 'body', Role.Body);
  });
};

const assignment: Handler = (b, raw, role) => {
  const [left, right] = b.namedChildren(raw);
  b.emit(Tag.Assign, 0, raw, role, () => {
    if (left !== undefined) several(b, left, Role.Left);
    if (right !== undefined) several(b, right, Role.Right);
  });
};

/** `local x, y = 1, 2`. */
const local: Handler = (b, raw, role) => {
  const [only] = b.namedChildren(raw);
  if (only === undefined) return;
  const [left, right] = b.kindName(only) === 'assignment_statement' ? b.namedChildren(only) : [only];
  b.emit(Tag.VarDef, intern('local'), raw, role, () => {
    if (left !== undefined) several(b, left, Role.Name);
    if (right !== undefined) several(b, right, Role.Value);
  });
};

const member =
  (name: string): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      b.lower(b.field(raw, 'table'), Role.Object);
      b.lower(b.field(raw, name), Role.Name);
    });

const field: Handler = (b, raw, role) => {
  const name = b.field(raw, 'name');
  if (name < 0) b.lower(b.field(raw, 'value'), role);
  else
    b.emit(Tag.Pair, 0, raw, role, () => {
      b.lower(name, Role.Key);
      b.lower(b.field(raw, 'value'), Role.Value);
    });
};

const string: Handler = (b, raw, role) =>
  b.emit(Tag.Str, 0, raw, role, () => {
    const content = b.field(raw, 'content');
    if (content >= 0) b.emit(Tag.StrText, 0, content, Role.None);
  });

const WORDS: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!', '~=': '!=' };

function operator(b: Builder, raw: number): number {
  const token = b.children(raw).find((child) => !b.isNamed(child));
  const text = token === undefined ? '' : b.textOf(token);
  return intern(WORDS[text] ?? text);
}

const constant =
  (word: string): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Const, intern(word), raw, role);

const handlers: Record<string, Handler> = {
  chunk: block,
  block,
  do_statement: (b, raw, role) => body(b, raw, 'body', role),
  parenthesized_expression: transparent,
  empty_statement: () => {},
  identifier: leaf(Tag.Ident),
  number: leaf(Tag.Num),
  true: constant('true'),
  false: constant('false'),
  nil: constant('null'),
  string,
  dot_index_expression: member('field'),
  method_index_expression: member('method'),
  bracket_index_expression: (b, raw, role) =>
    b.emit(Tag.Index, 0, raw, role, () => {
      b.lower(b.field(raw, 'table'), Role.Object);
      b.lower(b.field(raw, 'field'));
    }),
  function_call: (b, raw, role) =>
    b.emit(Tag.Call, 0, raw, role, () => {
      b.lower(b.field(raw, 'name'), Role.Callee);
      b.lower(b.field(raw, 'arguments'), Role.Args);
    }),
  arguments: wrap(Tag.Args),
  table_constructor: wrap(Tag.Dict),
  field,
  binary_expression: (b, raw, role) =>
    b.emit(Tag.Binary, operator(b, raw), raw, role, () => {
      b.lower(b.field(raw, 'left'), Role.Left);
      b.lower(b.field(raw, 'right'), Role.Right);
    }),
  unary_expression: (b, raw, role) => b.emit(Tag.Unary, operator(b, raw), raw, role, () => b.lower(b.field(raw, 'operand'))),
  assignment_statement: assignment,
  variable_declaration: local,
  function_declaration: func,
  function_definition: func,
  if_statement: (b, raw, role) =>
    branches(
      b,
      raw,
      b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'alternative'),
      role,
    ),
  for_statement: forStatement,
  while_statement: (b, raw, role) =>
    b.emit(Tag.Other, intern('while'), raw, role, () => {
      b.lower(b.field(raw, 'condition'), Role.Condition);
      body(b, raw, 'body', Role.Body);
    }),
  repeat_statement: (b, raw, role) =>
    b.emit(Tag.Other, intern('repeat'), raw, role, () => {
      body(b, raw, 'body', Role.Body);
      b.lower(b.field(raw, 'condition'), Role.Condition);
    }),
  return_statement: (b, raw, role) =>
    b.emit(Tag.Return, 0, raw, role, () => {
      const [list] = b.namedChildren(raw);
      if (list !== undefined) several(b, list, Role.None);
    }),
};

export const luaLowering: Lowering = { handlers, comments: ['comment'], roles: {} };
