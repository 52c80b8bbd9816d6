/** Lowers tree-sitter-python (0.23 and later) to the common vocabulary. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { decorator, keyword, leaf, transparent, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_ASYNC = intern('async');
const OP_LAMBDA = intern('lambda');
const OP_IMPORT = intern('import');
const OP_FROM = intern('from');
const OP_FROM_ALL = intern('from *');
const OP_NOT = intern('not');
const OP_JOIN = intern('join');

function dottedName(b: Builder, raw: number, role: number): void {
  const parts = b.namedChildren(raw);
  const emit = (count: number, at: number): void => {
    if (count === 1) {
      b.emit(Tag.Ident, 0, parts[0] as number, at);
      return;
    }
    const last = parts[count - 1] as number;
    b.node(Tag.Dot, 0, b.startOf(raw), b.endOf(last), at, () => {
      emit(count - 1, Role.Object);
      b.emit(Tag.Ident, 0, last, Role.Name);
    });
  };
  if (parts.length === 0) b.emit(Tag.Ident, 0, raw, role);
  else emit(parts.length, role);
}

function statementBlock(b: Builder, raw: number, role: number): void {
  b.emit(Tag.Block, 0, raw, role, () => b.lowerAll(b.namedChildren(raw)));
}

function definition(b: Builder, raw: number, outer: number, role: number, decorators: readonly number[]): void {
  const isClass = b.kindName(raw) === 'class_definition';
  const op = !isClass && b.hasToken(raw, 'async') ? OP_ASYNC : 0;
  b.emit(isClass ? Tag.Class : Tag.Func, op, outer, role, () => {
    b.lowerAll(decorators, Role.Decorator);
    b.lower(b.field(raw, 'name'), Role.Name);
    const parameters = b.field(raw, 'parameters');
    if (parameters >= 0) b.lower(parameters, Role.Params);
    const bases = b.field(raw, 'superclasses');
    if (bases >= 0) b.emit(Tag.Bases, 0, bases, Role.None, () => b.lowerAll(b.namedChildren(bases)));
    const returns = b.field(raw, 'return_type');
    if (returns >= 0) b.lower(returns, Role.ReturnType);
    b.lower(b.field(raw, 'body'), Role.Body);
  });
}

function parameter(b: Builder, raw: number, role: number): void {
  b.emit(Tag.Param, 0, raw, role, () => {
    const name = b.field(raw, 'name');
    const type = b.field(raw, 'type');
    const value = b.field(raw, 'value');
    if (name >= 0) b.lower(name, Role.Name);
    else {
      // typed_parameter has no name field: its first child is the name or a splat.
      const first = b.namedChildren(raw)[0];
      if (first !== undefined && first !== type) b.lower(first, Role.Name);
    }
    if (type >= 0) b.lower(type, Role.Type);
    if (value >= 0) b.lower(value, Role.Default);
  });
}

function parameters(b: Builder, raw: number, role: number): void {
  b.emit(Tag.Params, 0, raw, role === Role.None ? Role.Params : role, () => {
    for (const child of b.namedChildren(raw)) {
      if (b.kindName(child) === 'identifier') b.emit(Tag.Param, 0, child, Role.None, () => b.emit(Tag.Ident, 0, child, Role.Name));
      else b.lower(child);
    }
  });
}

function comparison(b: Builder, raw: number, role: number): void {
  const operands = b.children(raw).filter((child) => b.isNamed(child) && b.fieldOf(child) !== 'operators');
  const operators = b.children(raw).filter((child) => b.fieldOf(child) === 'operators');
  const op = intern(operators.map((operator) => b.textOf(operator).replace(/\s+/g, ' ')).join(' '));
  b.emit(operands.length === 2 ? Tag.Binary : Tag.Other, op, raw, role, () => {
    b.lowerAll(operands);
  });
}

function binary(b: Builder, raw: number, role: number): void {
  const operator = b.field(raw, 'operator');
  b.emit(Tag.Binary, operator < 0 ? 0 : intern(b.textOf(operator)), raw, role, () => {
    b.lower(b.field(raw, 'left'), Role.Left);
    b.lower(b.field(raw, 'right'), Role.Right);
  });
}

function unary(b: Builder, raw: number, role: number): void {
  const operator = b.field(raw, 'operator');
  b.emit(Tag.Unary, operator < 0 ? OP_NOT : intern(b.textOf(operator)), raw, role, () => b.lower(b.field(raw, 'argument')));
}

function assignment(b: Builder, raw: number, role: number): void {
  const right = b.field(raw, 'right');
  const type = b.field(raw, 'type');
  const augmented = b.kindName(raw) === 'augmented_assignment';
  const operator = augmented ? intern(b.textOf(b.field(raw, 'operator'))) : 0;
  const tag = augmented ? Tag.AugAssign : right < 0 ? Tag.VarDef : Tag.Assign;
  b.emit(tag, operator, raw, role, () => {
    b.lower(b.field(raw, 'left'), Role.Left);
    if (type >= 0) b.lower(type, Role.Type);
    if (right >= 0) b.lower(right, Role.Right);
  });
}

/** A string literal's pieces; escapes stay as written. */
function stringPieces(b: Builder, raw: number): void {
  for (const child of b.namedChildren(raw)) {
    const kind = b.kindName(child);
    if (kind === 'string_content') b.emit(Tag.StrText, 0, child, Role.None);
    else if (kind === 'interpolation') b.emit(Tag.StrInterp, 0, child, Role.None, () => b.lower(b.field(child, 'expression')));
    else if (kind === 'string') {
      // Where two literals meet: no text, only that they do.
      if (child !== b.namedChildren(raw)[0]) b.node(Tag.StrText, OP_JOIN, b.startOf(child), b.startOf(child), Role.None);
      stringPieces(b, child);
    } else if (kind !== 'string_start' && kind !== 'string_end') b.lower(child);
  }
}

function isFormatString(b: Builder, raw: number): boolean {
  const first = b.namedChildren(raw)[0];
  if (first === undefined) return false;
  if (b.kindName(first) === 'string') return b.namedChildren(raw).some((part) => isFormatString(b, part));
  return b.kindName(first) === 'string_start' && /[ft]/i.test(b.textOf(first));
}

function string(b: Builder, raw: number, role: number): void {
  // An f-string beside other literals is no f-string any more, though it holds expressions.
  const format = isFormatString(b, raw);
  b.emit(Tag.Str, format ? (b.kindName(raw) === 'string' ? 1 : 2) : 0, raw, role, () => stringPieces(b, raw));
}

function importStatement(b: Builder, raw: number, role: number): void {
  for (const name of b.namedChildren(raw)) {
    b.emit(Tag.Import, OP_IMPORT, raw, role, () => {
      if (b.kindName(name) === 'aliased_import') {
        b.lower(b.field(name, 'name'), Role.Module);
        b.lower(b.field(name, 'alias'), Role.Alias);
      } else b.lower(name, Role.Module);
    });
  }
}

function importFrom(b: Builder, raw: number, role: number): void {
  const module = b.field(raw, 'module_name');
  const emitModule = (): void => {
    if (module >= 0) b.lower(module, Role.Module);
    else b.node(Tag.Ident, 0, b.startOf(raw), b.startOf(raw), Role.Module);
  };
  for (const name of b.namedChildren(raw)) {
    if (name === module) continue;
    if (b.kindName(name) === 'wildcard_import') b.emit(Tag.Import, OP_FROM_ALL, raw, role, emitModule);
    else {
      b.emit(Tag.Import, OP_FROM, raw, role, () => {
        emitModule();
        if (b.kindName(name) === 'aliased_import') {
          b.lower(b.field(name, 'name'), Role.Name);
          b.lower(b.field(name, 'alias'), Role.Alias);
        } else b.lower(name, Role.Name);
      });
    }
  }
}

/** How many `elif` nest before the rest stands side by side: nothing is lost, only the nesting. */
const MAX_ELIF_DEPTH = 100;

function ifStatement(b: Builder, raw: number, role: number): void {
  const alternatives = b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'alternative');
  const emit = (head: number, end: number, at: number, from: number, depth: number): void => {
    b.node(Tag.If, 0, b.startOf(head), end, at, () => {
      b.lower(b.field(head, 'condition'), Role.Condition);
      b.lower(b.field(head, 'consequence'), Role.Body);
      const next = alternatives[from];
      if (next === undefined) return;
      if (b.kindName(next) !== 'elif_clause') b.lower(b.field(next, 'body'), Role.Alternative);
      else if (depth < MAX_ELIF_DEPTH) emit(next, end, Role.Alternative, from + 1, depth + 1);
      else {
        for (const rest of alternatives.slice(from)) {
          b.lower(b.field(rest, 'condition'), Role.Alternative);
          b.lower(b.field(rest, 'consequence'), Role.Alternative);
          b.lower(b.field(rest, 'body'), Role.Alternative);
        }
      }
    });
  };
  emit(raw, b.endOf(raw), role, 0, 0);
}

function clause(tag: number): Handler {
  return (b, raw, role) =>
    b.emit(tag, 0, raw, role, () => {
      for (const child of b.namedChildren(raw)) b.lower(child, b.kindName(child) === 'block' ? Role.Body : Role.None);
    });
}

function expressionStatement(b: Builder, raw: number, role: number): void {
  const children = b.namedChildren(raw);
  if (children.length === 1) b.lower(children[0] as number, role);
  else b.emit(Tag.Tuple, 0, raw, role, () => b.lowerAll(children));
}

const handlers: Record<string, Handler> = {
  module: statementBlock,
  block: statementBlock,
  expression_statement: expressionStatement,
  parenthesized_expression: transparent,
  identifier: leaf(Tag.Ident),
  dotted_name: dottedName,
  integer: leaf(Tag.Num),
  float: leaf(Tag.Num),
  true: keyword,
  false: keyword,
  none: keyword,
  ellipsis: keyword,
  string,
  concatenated_string: string,
  attribute: (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      b.lower(b.field(raw, 'object'), Role.Object);
      b.lower(b.field(raw, 'attribute'), Role.Name);
    }),
  // `x[1, 2]` is `x[(1, 2)]`.
  subscript: (b, raw, role) =>
    b.emit(Tag.Index, 0, raw, role, () => {
      b.lower(b.field(raw, 'value'), Role.Object);
      const indexes = b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'subscript');
      const [first, second] = indexes;
      const last = indexes.at(-1);
      if (first !== undefined && last !== undefined && second !== undefined)
        b.node(Tag.Tuple, 0, b.startOf(first), b.endOf(last), Role.None, () => b.lowerAll(indexes));
      else b.lowerAll(indexes);
    }),
  call: (b, raw, role) =>
    b.emit(Tag.Call, 0, raw, role, () => {
      b.lower(b.field(raw, 'function'), Role.Callee);
      const args = b.field(raw, 'arguments');
      if (args >= 0 && b.kindName(args) === 'generator_expression') b.emit(Tag.Args, 0, args, Role.Args, () => b.lower(args));
      else b.lower(args, Role.Args);
    }),
  argument_list: wrap(Tag.Args),
  keyword_argument: (b, raw, role) =>
    b.emit(Tag.Keyword, 0, raw, role, () => {
      b.lower(b.field(raw, 'name'), Role.Name);
      b.lower(b.field(raw, 'value'), Role.Value);
    }),
  list_splat: wrap(Tag.Spread, intern('*')),
  list_splat_pattern: wrap(Tag.Spread, intern('*')),
  dictionary_splat: wrap(Tag.Spread, intern('**')),
  dictionary_splat_pattern: wrap(Tag.Spread, intern('**')),
  binary_operator: binary,
  boolean_operator: binary,
  comparison_operator: comparison,
  not_operator: unary,
  unary_operator: unary,
  assignment,
  augmented_assignment: assignment,
  named_expression: (b, raw, role) =>
    b.emit(Tag.Assign, 0, raw, role, () => {
      b.lower(b.field(raw, 'name'), Role.Left);
      b.lower(b.field(raw, 'value'), Role.Right);
    }),
  pattern_list: wrap(Tag.Tuple),
  expression_list: wrap(Tag.Tuple),
  tuple_pattern: wrap(Tag.Tuple),
  list_pattern: wrap(Tag.List),
  list: wrap(Tag.List),
  tuple: wrap(Tag.Tuple),
  set: wrap(Tag.Set),
  dictionary: wrap(Tag.Dict),
  pair: (b, raw, role) =>
    b.emit(Tag.Pair, 0, raw, role, () => {
      b.lower(b.field(raw, 'key'), Role.Key);
      b.lower(b.field(raw, 'value'), Role.Value);
    }),
  conditional_expression: wrap(Tag.Ternary),
  lambda: (b, raw, role) =>
    b.emit(Tag.Func, OP_LAMBDA, raw, role, () => {
      const params = b.field(raw, 'parameters');
      if (params >= 0) b.lower(params, Role.Params);
      else b.node(Tag.Params, 0, b.startOf(raw), b.startOf(raw), Role.Params);
      b.lower(b.field(raw, 'body'), Role.Body);
    }),
  parameters,
  lambda_parameters: parameters,
  default_parameter: parameter,
  typed_parameter: parameter,
  typed_default_parameter: parameter,
  type: wrap(Tag.Type),
  function_definition: (b, raw, role) => definition(b, raw, raw, role, []),
  class_definition: (b, raw, role) => definition(b, raw, raw, role, []),
  decorated_definition: (b, raw, role) => {
    const inner = b.field(raw, 'definition');
    const decorators = b.namedChildren(raw).filter((child) => b.kindName(child) === 'decorator');
    if (inner < 0) b.generic(raw, role);
    else definition(b, inner, raw, role, decorators);
  },
  decorator,
  return_statement: wrap(Tag.Return),
  import_statement: importStatement,
  import_from_statement: importFrom,
  future_import_statement: importFrom,
  if_statement: ifStatement,
  try_statement: clause(Tag.Try),
  except_clause: clause(Tag.Catch),
  except_group_clause: clause(Tag.Catch),
  finally_clause: clause(Tag.Finally),
  else_clause: clause(Tag.Else),
};

export const pythonLowering: Lowering = {
  local: true,
  handlers,
  comments: ['comment', 'line_continuation'],
  roles: {
    body: Role.Body,
    condition: Role.Condition,
    alternative: Role.Alternative,
    left: Role.Left,
    right: Role.Right,
    name: Role.Name,
    value: Role.Value,
  },
};
