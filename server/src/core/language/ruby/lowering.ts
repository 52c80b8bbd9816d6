/**
 * Lowers tree-sitter-ruby to the common vocabulary. A call with a block is a call of the call: `f(x) { y }` has the block as the argument of
 * `f(x)`. A method without arguments is a member, a name alone in a statement is a call. The body of a class is one block of statements.
 */
import type { Builder, Handler, Lowering } from '../builder.js';
import { keyword, leaf, transparent, wrap } from '../handlers.js';
import { DEEP, ELLIPSIS, ellipsisMetavariableOf, metavariableOf } from '../holes.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { bodyOf } from './heredoc.js';

const OP_ATOM = intern('atom');
const OP_LAMBDA = intern('lambda');
const OP_SCOPE = intern('::');
const OP_SPREAD = intern('*');
const OP_NOT = intern('!');
const OP_NULL = intern('null');
const OP_INTERPOLATED = 1;

/** Functions that load a file, in Semgrep's eyes imports. */
const LOADERS = new Set(['require', 'require_relative', 'load']);

function isHole(name: string): boolean {
  const plain = name.replace(/^C/, 'c');
  return plain === ELLIPSIS || plain === DEEP || metavariableOf(plain) !== undefined || ellipsisMetavariableOf(plain) !== undefined;
}

// ---- statements

function statement(b: Builder, raw: number): void {
  const kind = b.kindName(raw);
  if (kind === 'identifier' && !isHole(b.textOf(raw))) {
    b.emit(Tag.Call, 0, raw, Role.None, () => {
      b.emit(Tag.Ident, 0, raw, Role.Callee);
      b.node(Tag.Args, 0, b.endOf(raw), b.endOf(raw), Role.Args);
    });
  } else if (kind === 'call' && isLoad(b, raw)) {
    b.emit(Tag.Import, intern('import'), raw, Role.None, () => b.lowerAll(b.namedChildren(b.field(raw, 'arguments')), Role.Module));
  } else b.lower(raw);
}

function isLoad(b: Builder, raw: number): boolean {
  const args = b.field(raw, 'arguments');
  if (b.field(raw, 'receiver') >= 0 || b.field(raw, 'block') >= 0 || args < 0 || !LOADERS.has(b.textOf(b.field(raw, 'method'))))
    return false;
  const [only, second] = b.namedChildren(args);
  if (only === undefined || second !== undefined) return false;
  if (b.kindName(only) === 'string') return b.namedChildren(only).every((piece) => b.kindName(piece) !== 'interpolation');
  return b.kindName(only) === 'identifier';
}

const CLAUSES = new Set(['rescue', 'ensure', 'else']);

/** The statements of a body; with `rescue` and its like, one `try`. */
function body(b: Builder, raw: number): void {
  const children = b.namedChildren(raw);
  const clauses = children.filter((child) => CLAUSES.has(b.kindName(child)));
  const statements = children.filter((child) => !CLAUSES.has(b.kindName(child)));
  if (!clauses.some((child) => b.kindName(child) !== 'else')) {
    for (const child of children) statement(b, child);
    return;
  }
  b.emit(Tag.Try, 0, raw, Role.None, () => {
    const start = statements[0] === undefined ? b.startOf(raw) : b.startOf(statements[0]);
    const end = statements.length === 0 ? start : b.endOf(statements.at(-1) as number);
    b.node(Tag.Block, 0, start, end, Role.Body, () => statements.forEach((child) => statement(b, child)));
    for (const clause of clauses) b.lower(clause);
  });
}

const block: Handler = (b, raw, role) => b.emit(Tag.Block, 0, raw, role, () => body(b, raw));

/** A block even where there is none. */
function blockOr(b: Builder, raw: number, at: number, role: number): void {
  if (raw < 0) b.node(Tag.Block, 0, at, at, role);
  else if (b.kindName(raw) === 'elsif') b.emit(Tag.Block, 0, raw, role, () => b.lower(raw));
  else if (['then', 'do', 'else', 'block_body', 'body_statement', 'begin'].includes(b.kindName(raw))) block(b, raw, role);
  else b.emit(Tag.Block, 0, raw, role, () => statement(b, raw));
}

function negated(b: Builder, raw: number, role: number): void {
  b.emit(Tag.Unary, OP_NOT, raw, role, () => b.lower(raw));
}

/** `unless` is an `if` with the branches exchanged. */
const conditional =
  (unless: boolean, bodyField: string): Handler =>
  (b, raw, role) => {
    const condition = b.field(raw, 'condition');
    const consequence = b.field(raw, bodyField);
    const alternative = b.field(raw, 'alternative');
    b.emit(Tag.If, 0, raw, role, () => {
      if (unless) {
        negated(b, condition, Role.Condition);
        blockOr(b, alternative, b.endOf(raw), Role.Body);
        blockOr(b, consequence, b.endOf(raw), Role.Alternative);
      } else {
        b.lower(condition, Role.Condition);
        blockOr(b, consequence, b.endOf(condition), Role.Body);
        if (alternative >= 0) blockOr(b, alternative, b.endOf(raw), Role.Alternative);
      }
    });
  };

const loop =
  (until: boolean): Handler =>
  (b, raw, role) => {
    const condition = b.field(raw, 'condition');
    b.emit(Tag.Other, intern('while'), raw, role, () => {
      if (until) negated(b, condition, Role.Condition);
      else b.lower(condition, Role.Condition);
      blockOr(b, b.field(raw, 'body'), b.endOf(raw), Role.Body);
    });
  };

const rescue: Handler = (b, raw, role) =>
  b.emit(Tag.Catch, 0, raw, role, () => {
    const exceptions = b.field(raw, 'exceptions');
    const variable = b.field(raw, 'variable');
    const heads = exceptions < 0 ? [] : b.namedChildren(exceptions);
    if (variable >= 0 || heads.length > 1)
      b.emit(Tag.Other, intern(variable < 0 ? 'exceptions' : 'exceptions =>'), raw, Role.None, () => {
        b.lowerAll(heads);
        if (variable >= 0) b.lowerAll(b.namedChildren(variable), Role.Left);
      });
    else b.lowerAll(heads);
    blockOr(b, b.field(raw, 'body'), b.endOf(raw), Role.Body);
  });

/** One value, or a tuple of several. */
function values(b: Builder, raws: readonly number[], role: number): void {
  const [only, second] = raws;
  if (only === undefined) return;
  if (second === undefined) b.lower(only, role);
  else b.node(Tag.Tuple, 0, b.startOf(only), b.endOf(raws.at(-1) as number), role, () => b.lowerAll(raws));
}

const jump =
  (tag: number): Handler =>
  (b, raw, role) =>
    b.emit(tag, tag === Tag.Other ? b.kindId(raw) : 0, raw, role, () =>
      values(
        b,
        b.namedChildren(raw).flatMap((child) => (b.kindName(child) === 'argument_list' ? b.namedChildren(child) : [child])),
        Role.None,
      ),
    );

// ---- calls

/** `:a => 1` and `a: 1` in a call are named arguments; other pairs are values. */
function argument(b: Builder, raw: number): void {
  const key = b.kindName(raw) === 'pair' ? b.field(raw, 'key') : -1;
  const kind = key < 0 ? '' : b.kindName(key);
  if (kind !== 'hash_key_symbol' && kind !== 'simple_symbol') {
    b.lower(raw);
    return;
  }
  b.emit(Tag.Keyword, 0, raw, Role.None, () => {
    b.node(Tag.Ident, 0, b.startOf(key) + (kind === 'simple_symbol' ? 1 : 0), b.endOf(key), Role.Name);
    b.lower(b.field(raw, 'value'), Role.Value);
  });
}

const args: Handler = (b, raw, role) => b.emit(Tag.Args, 0, raw, role, () => b.namedChildren(raw).forEach((child) => argument(b, child)));

function callee(b: Builder, raw: number, role: number): void {
  const receiver = b.field(raw, 'receiver');
  const method = b.field(raw, 'method');
  if (receiver < 0) {
    b.lower(method, role);
    return;
  }
  // `x.(1)` calls `call`.
  const end = method >= 0 ? b.endOf(method) : b.endOf(b.field(raw, 'operator'));
  b.node(Tag.Dot, 0, b.startOf(raw), end, role, () => {
    b.lower(receiver, Role.Object);
    if (method >= 0) b.emit(Tag.Ident, 0, method, Role.Name);
    else b.node(Tag.Ident, 0, end, end, Role.Name);
  });
}

const call: Handler = (b, raw, role) => {
  const list = b.field(raw, 'arguments');
  const code = b.field(raw, 'block');
  const plain = (at: number): void => {
    const end = list >= 0 ? b.endOf(list) : b.endOf(b.field(raw, 'method') >= 0 ? b.field(raw, 'method') : raw);
    b.node(Tag.Call, 0, b.startOf(raw), end, at, () => {
      callee(b, raw, Role.Callee);
      if (list >= 0) args(b, list, Role.Args);
      else b.node(Tag.Args, 0, end, end, Role.Args);
    });
  };
  if (code < 0 && list < 0) callee(b, raw, role);
  else if (code < 0) plain(role);
  else
    b.emit(Tag.Call, 0, raw, role, () => {
      plain(Role.Callee);
      b.emit(Tag.Args, 0, code, Role.Args, () => b.lower(code));
    });
};

// ---- functions and classes

function parameter(b: Builder, raw: number): void {
  const name = b.field(raw, 'name');
  switch (b.kindName(raw)) {
    case 'identifier':
      b.emit(Tag.Param, 0, raw, Role.None, () => b.emit(Tag.Ident, 0, raw, Role.Name));
      return;
    case 'optional_parameter':
    case 'keyword_parameter':
      b.emit(Tag.Param, 0, raw, Role.None, () => {
        b.lower(name, Role.Name);
        b.lower(b.field(raw, 'value'), Role.Default);
      });
      return;
    case 'splat_parameter':
    case 'hash_splat_parameter':
    case 'block_parameter':
      b.emit(Tag.Spread, b.kindId(raw), raw, Role.None, () => b.lower(name));
      return;
    default:
      b.lower(raw);
  }
}

function parameters(b: Builder, raw: number, at: number): void {
  if (raw < 0) b.node(Tag.Params, 0, at, at, Role.Params);
  else b.emit(Tag.Params, 0, raw, Role.Params, () => b.namedChildren(raw).forEach((child) => parameter(b, child)));
}

function definition(b: Builder, raw: number, role: number, name: number): void {
  b.emit(Tag.Func, 0, raw, role, () => {
    if (name >= 0) b.emit(Tag.Ident, 0, name, Role.Name);
    const list = b.field(raw, 'parameters');
    parameters(b, list, b.endOf(b.field(raw, 'name')));
    blockOr(b, b.field(raw, 'body'), b.endOf(raw), Role.Body);
  });
}

const lambda: Handler = (b, raw, role) =>
  b.emit(Tag.Func, OP_LAMBDA, raw, role, () => {
    parameters(b, b.field(raw, 'parameters'), b.startOf(raw));
    const inner = b.field(raw, 'body');
    const isBlock = inner >= 0 && /^(?:do_)?block$/.test(b.kindName(inner));
    blockOr(b, isBlock ? b.field(inner, 'body') : inner, b.endOf(raw), Role.Body);
  });

const classLike =
  (tag: number): Handler =>
  (b, raw, role) =>
    b.emit(tag, tag === Tag.Class ? 0 : b.kindId(raw), raw, role, () => {
      b.lower(b.field(raw, 'name'), Role.Name);
      b.lower(b.field(raw, 'value'), Role.Object);
      const parent = b.field(raw, 'superclass');
      if (parent >= 0) b.emit(Tag.Bases, 0, parent, Role.None, () => b.lowerAll(b.namedChildren(parent)));
      const inner = b.field(raw, 'body');
      const start = inner < 0 ? b.endOf(raw) : b.startOf(inner);
      const end = inner < 0 ? b.endOf(raw) : b.endOf(inner);
      b.node(Tag.Block, 0, start, end, Role.Body, () => blockOr(b, inner, end, Role.None));
    });

// ---- names and literals

/** All names of `A::B::C` in one list: its parts are no expressions of their own. */
const scope: Handler = (b, raw, role) =>
  b.emit(Tag.Other, OP_SCOPE, raw, role, () => {
    const part = (at: number): void => {
      if (at < 0) return;
      const kind = b.kindName(at);
      if (kind === 'scope_resolution') {
        part(b.field(at, 'scope'));
        part(b.field(at, 'name'));
      } else if (kind === 'constant' || kind === 'identifier') b.emit(Tag.Ident, 0, at, Role.Name);
      else b.lower(at);
    };
    part(raw);
  });

/** Text, escapes included, and interpolations in between. */
function pieces(b: Builder, raws: readonly number[]): void {
  let start = -1;
  let end = -1;
  const flush = (): void => {
    if (start >= 0 && end > start) b.node(Tag.StrText, 0, start, end, Role.None);
    start = -1;
  };
  for (const raw of raws) {
    const kind = b.kindName(raw);
    if (kind === 'interpolation') {
      flush();
      b.emit(Tag.StrInterp, 0, raw, Role.None, () => b.lowerAll(b.namedChildren(raw)));
    } else if (kind !== 'heredoc_end') {
      if (start < 0) start = b.startOf(raw);
      end = b.endOf(raw);
    }
  }
  flush();
}

function isInterpolated(b: Builder, raws: readonly number[]): boolean {
  return raws.some((raw) => b.kindName(raw) === 'interpolation');
}

const string: Handler = (b, raw, role) => {
  const parts = b.namedChildren(raw);
  b.emit(Tag.Str, isInterpolated(b, parts) ? OP_INTERPOLATED : 0, raw, role, () => pieces(b, parts));
};

/** `'a' "b"` is one string. */
const chained: Handler = (b, raw, role) => {
  const parts = b.namedChildren(raw);
  b.emit(Tag.Str, parts.some((part) => isInterpolated(b, b.namedChildren(part))) ? OP_INTERPOLATED : 0, raw, role, () =>
    parts.forEach((part) => pieces(b, b.namedChildren(part))),
  );
};

const heredoc: Handler = (b, raw, role) => {
  const content = bodyOf(b, raw);
  const parts = content < 0 ? [] : b.namedChildren(content);
  b.emit(Tag.Str, isInterpolated(b, parts) ? OP_INTERPOLATED : 0, raw, role, () => pieces(b, parts));
};

const subshell: Handler = (b, raw, role) =>
  b.emit(Tag.Other, intern('subshell'), raw, role, () =>
    b.emit(Tag.Str, OP_INTERPOLATED, raw, Role.None, () => pieces(b, b.namedChildren(raw))),
  );

const regex: Handler = (b, raw, role) => {
  const parts = b.namedChildren(raw);
  if (!isInterpolated(b, parts)) b.emit(Tag.Regex, 0, raw, role);
  else b.emit(Tag.Regex, OP_INTERPOLATED, raw, role, () => pieces(b, parts));
};

const symbol =
  (skip: number): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Other, OP_ATOM, raw, role, () => b.node(Tag.Ident, 0, b.startOf(raw) + skip, b.endOf(raw), Role.Name));

/** `:"a"` is `:a`. */
const quotedSymbol: Handler = (b, raw, role) => {
  const parts = b.namedChildren(raw);
  const [only, second] = parts;
  if (only !== undefined && second === undefined && b.kindName(only) === 'string_content')
    b.emit(Tag.Other, OP_ATOM, raw, role, () => b.emit(Tag.Ident, 0, only, Role.Name));
  else b.emit(Tag.Str, OP_INTERPOLATED, raw, role, () => pieces(b, parts));
};

const WORDS: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!' };

function operator(b: Builder, raw: number): number {
  const text = b.textOf(b.field(raw, 'operator'));
  return intern(WORDS[text] ?? text);
}

const handlers: Record<string, Handler> = {
  program: block,
  body_statement: block,
  block_body: block,
  // oxlint-disable-next-line unicorn/no-thenable -- the grammar's name for a body; nothing awaits this table
  then: block,
  do: block,
  begin: block,
  begin_block: wrap(Tag.Other, intern('BEGIN')),
  parenthesized_statements: transparent,
  identifier: leaf(Tag.Ident),
  constant: leaf(Tag.Ident),
  instance_variable: leaf(Tag.Ident),
  class_variable: leaf(Tag.Ident),
  global_variable: leaf(Tag.Ident),
  setter: leaf(Tag.Ident),
  operator: leaf(Tag.Ident),
  self: keyword,
  super: keyword,
  true: keyword,
  false: keyword,
  nil: (b, raw, role) => b.emit(Tag.Const, OP_NULL, raw, role),
  integer: leaf(Tag.Num),
  float: leaf(Tag.Num),
  string,
  bare_string: string,
  chained_string: chained,
  heredoc_beginning: heredoc,
  heredoc_body: () => {},
  subshell,
  regex,
  simple_symbol: symbol(1),
  hash_key_symbol: symbol(0),
  bare_symbol: symbol(0),
  delimited_symbol: quotedSymbol,
  string_array: wrap(Tag.List),
  symbol_array: wrap(Tag.List),
  array: wrap(Tag.List),
  hash: wrap(Tag.Dict),
  pair: (b, raw, role) =>
    b.emit(Tag.Pair, 0, raw, role, () => {
      b.lower(b.field(raw, 'key'), Role.Key);
      b.lower(b.field(raw, 'value'), Role.Value);
    }),
  splat_argument: wrap(Tag.Spread, OP_SPREAD),
  hash_splat_argument: wrap(Tag.Spread, intern('**')),
  block_argument: wrap(Tag.Spread, intern('&')),
  rest_assignment: wrap(Tag.Spread, OP_SPREAD),
  scope_resolution: scope,
  call,
  argument_list: args,
  element_reference: (b, raw, role) =>
    b.emit(Tag.Index, 0, raw, role, () => {
      b.lower(b.field(raw, 'object'), Role.Object);
      for (const child of b.namedChildren(raw)) if (b.fieldOf(child) !== 'object' && b.fieldOf(child) !== 'block') b.lower(child);
    }),
  block: lambda,
  do_block: lambda,
  lambda,
  binary: (b, raw, role) =>
    b.emit(Tag.Binary, operator(b, raw), raw, role, () => {
      b.lower(b.field(raw, 'left'), Role.Left);
      b.lower(b.field(raw, 'right'), Role.Right);
    }),
  unary: (b, raw, role) => b.emit(Tag.Unary, operator(b, raw), raw, role, () => b.lower(b.field(raw, 'operand'))),
  range: (b, raw, role) =>
    b.emit(Tag.Other, intern('range'), raw, role, () => {
      // An end that is left out is nil.
      for (const [name, role2, at] of [
        ['begin', Role.Left, b.startOf(raw)],
        ['end', Role.Right, b.endOf(raw)],
      ] as const) {
        const bound = b.field(raw, name);
        if (bound >= 0) b.lower(bound, role2);
        else b.node(Tag.Const, OP_NULL, at, at, role2);
      }
    }),
  conditional: wrap(Tag.Ternary),
  assignment: (b, raw, role) =>
    b.emit(Tag.Assign, 0, raw, role, () => {
      b.lower(b.field(raw, 'left'), Role.Left);
      b.lower(b.field(raw, 'right'), Role.Right);
    }),
  operator_assignment: (b, raw, role) =>
    b.emit(Tag.AugAssign, operator(b, raw), raw, role, () => {
      b.lower(b.field(raw, 'left'), Role.Left);
      b.lower(b.field(raw, 'right'), Role.Right);
    }),
  left_assignment_list: wrap(Tag.Tuple),
  destructured_left_assignment: wrap(Tag.Tuple),
  right_assignment_list: wrap(Tag.Tuple),
  method: (b, raw, role) => definition(b, raw, role, b.field(raw, 'name')),
  // A method of an object is no method of the class: only a pattern that says `self.` asks for it.
  singleton_method: (b, raw, role) =>
    b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
      b.lower(b.field(raw, 'object'), Role.Object);
      b.emit(Tag.Ident, 0, b.field(raw, 'name'), Role.Name);
      definition(b, raw, Role.Value, -1);
    }),
  class: classLike(Tag.Class),
  module: classLike(Tag.Other),
  singleton_class: classLike(Tag.Other),
  if: conditional(false, 'consequence'),
  elsif: conditional(false, 'consequence'),
  unless: conditional(true, 'consequence'),
  if_modifier: conditional(false, 'body'),
  unless_modifier: conditional(true, 'body'),
  while: loop(false),
  until: loop(true),
  while_modifier: loop(false),
  until_modifier: loop(true),
  for: (b, raw, role) =>
    b.emit(Tag.Other, intern('for'), raw, role, () => {
      b.lower(b.field(raw, 'pattern'), Role.Left);
      b.lower(b.field(raw, 'value'), Role.Right);
      blockOr(b, b.field(raw, 'body'), b.endOf(raw), Role.Body);
    }),
  in: transparent,
  rescue,
  rescue_modifier: (b, raw, role) =>
    b.emit(Tag.Try, 0, raw, role, () => {
      blockOr(b, b.field(raw, 'body'), b.startOf(raw), Role.Body);
      b.emit(Tag.Catch, 0, b.field(raw, 'handler'), Role.None, () => blockOr(b, b.field(raw, 'handler'), b.endOf(raw), Role.Body));
    }),
  ensure: (b, raw, role) => b.emit(Tag.Finally, 0, raw, role, () => block(b, raw, Role.Body)),
  else: (b, raw, role) => b.emit(Tag.Else, 0, raw, role, () => block(b, raw, Role.Body)),
  when: (b, raw, role) =>
    b.emit(Tag.Other, intern('when'), raw, role, () => {
      for (const child of b.namedChildren(raw)) if (b.fieldOf(child) !== 'body') b.lower(child);
      blockOr(b, b.field(raw, 'body'), b.endOf(raw), Role.Body);
    }),
  pattern: transparent,
  return: jump(Tag.Return),
  yield: jump(Tag.Other),
  break: jump(Tag.Other),
  next: jump(Tag.Other),
};

export const rubyLowering: Lowering = {
  handlers,
  comments: ['comment'],
  roles: { body: Role.Body, condition: Role.Condition, left: Role.Left, right: Role.Right, value: Role.Value },
};
