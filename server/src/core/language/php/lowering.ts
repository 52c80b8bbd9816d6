/**
 * Lowers tree-sitter-php to the common vocabulary. Variables keep their `$`, so that they are never names of functions or classes;
 * `->` and `::` are both members, `A\b` is in `names.ts`; what looks like a call (`echo x`, `include x`, `exit`) is one.
 */
import type { Builder, Handler, Lowering } from '../builder.js';
import { FIELD_ROLES, annotated, leaf, sides, transparent, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { qualified, use } from './names.js';

const OP_LAMBDA = intern('lambda');
const OP_SPREAD = intern('...');
const OP_MODIFIER = intern('modifier');
const OP_PROPERTY = intern('property');
const OP_INTERPOLATED = 1;

// ---- statements

const SKIPPED = new Set(['php_tag', 'php_end_tag', 'text_interpolation', 'text', 'empty_statement']);

function statements(b: Builder, raws: readonly number[]): void {
  for (const raw of raws) if (!SKIPPED.has(b.kindName(raw))) b.lower(raw);
}

const block: Handler = (b, raw, role) => b.emit(Tag.Block, 0, raw, role, () => statements(b, b.namedChildren(raw)));

/** A statement where a block may stand: always a block. */
function asBlock(b: Builder, raw: number, role: number): void {
  if (raw < 0) return;
  const kind = b.kindName(raw);
  if (kind === 'compound_statement' || kind === 'colon_block') block(b, raw, role);
  else b.emit(Tag.Block, 0, raw, role, () => statements(b, [raw]));
}

/** `elseif` is an `if` in the `else`. */
function branches(b: Builder, raw: number, clauses: readonly number[], role: number): void {
  const [first, ...rest] = clauses;
  b.emit(Tag.If, 0, raw, role, () => {
    b.lower(b.field(raw, 'condition'), Role.Condition);
    asBlock(b, b.field(raw, 'body'), Role.Body);
    // As Semgrep reads PHP, an `if` without an `else` has an empty one.
    if (first === undefined) b.node(Tag.Block, 0, b.endOf(raw), b.endOf(raw), Role.Alternative);
    else if (b.kindName(first) === 'else_if_clause') branches(b, first, rest, Role.Alternative);
    else {
      const body = b.field(first, 'body');
      if (body >= 0 && b.kindName(body) === 'if_statement') b.lower(body, Role.Alternative);
      else asBlock(b, body, Role.Alternative);
    }
  });
}

const ifStatement: Handler = (b, raw, role) =>
  branches(
    b,
    raw,
    b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'alternative'),
    role,
  );

const foreach: Handler = (b, raw, role) => {
  const body = b.field(raw, 'body');
  const [collection, item] = b.namedChildren(raw);
  b.emit(Tag.Other, intern('for_each'), raw, role, () => {
    if (item !== undefined && item !== body) b.lower(item, Role.Left);
    if (collection !== undefined) b.lower(collection, Role.Right);
    asBlock(b, body, Role.Body);
  });
};

const loop: Handler = (b, raw, role) => {
  const body = b.field(raw, 'body');
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    for (const child of b.namedChildren(raw)) if (child !== body) b.lower(child, b.roleFor(child));
    asBlock(b, body, Role.Body);
  });
};

/** `case x: ...`: what is compared, then a block. */
const clause: Handler = (b, raw, role) => {
  const value = b.field(raw, 'value');
  const body = b.namedChildren(raw).filter((child) => child !== value);
  const [first] = body;
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    b.lower(value);
    b.node(Tag.Block, 0, first === undefined ? b.endOf(raw) : b.startOf(first), b.endOf(raw), Role.Body, () => statements(b, body));
  });
};

const tryStatement: Handler = (b, raw, role) =>
  b.emit(Tag.Try, 0, raw, role, () => {
    const body = b.field(raw, 'body');
    b.lower(body, Role.Body);
    for (const child of b.namedChildren(raw)) if (child !== body) b.lower(child);
  });

const catchClause: Handler = (b, raw, role) =>
  b.emit(Tag.Catch, 0, raw, role, () => {
    const name = b.field(raw, 'name');
    b.emit(Tag.Param, 0, b.field(raw, 'type') >= 0 ? b.field(raw, 'type') : raw, Role.None, () => {
      b.lower(name, Role.Name);
      b.lower(b.field(raw, 'type'), Role.Type);
    });
    b.lower(b.field(raw, 'body'), Role.Body);
  });

// ---- calls

const args: Handler = (b, raw, role) => b.emit(Tag.Args, 0, raw, role, () => b.namedChildren(raw).forEach((child) => argument(b, child)));

function argument(b: Builder, raw: number): void {
  if (b.kindName(raw) !== 'argument') {
    b.lower(raw);
    return;
  }
  const name = b.field(raw, 'name');
  const values = b.namedChildren(raw).filter((child) => child !== name && b.kindName(child) !== 'reference_modifier');
  if (name < 0) b.lowerAll(values);
  else
    b.emit(Tag.Keyword, 0, raw, Role.None, () => {
      b.emit(Tag.Ident, 0, name, Role.Name);
      b.lowerAll(values, Role.Value);
    });
}

/** `die` is another word for `exit`. */
const EXIT = /^(?:exit|die)$/i;

const call: Handler = (b, raw, role) => {
  const callee = b.field(raw, 'function');
  b.emit(Tag.Call, 0, raw, role, () => {
    if (b.kindName(callee) === 'name' && EXIT.test(b.textOf(callee))) b.emit(Tag.Const, intern('exit'), callee, Role.Callee);
    else b.lower(callee, Role.Callee);
    b.lower(b.field(raw, 'arguments'), Role.Args);
  });
};

function member(b: Builder, raw: number, object: number, role: number, end = b.endOf(raw)): void {
  const name = b.field(raw, 'name');
  b.node(Tag.Dot, 0, b.startOf(raw), end, role, () => {
    b.lower(object, Role.Object);
    b.lower(name, Role.Name);
  });
}

const methodCall =
  (object: string): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Call, 0, raw, role, () => {
      member(b, raw, b.field(raw, object), Role.Callee, b.endOf(b.field(raw, 'name')));
      b.lower(b.field(raw, 'arguments'), Role.Args);
    });

/** A word with what it is applied to: `echo a, b`, `include x`, `exit(1)`. */
const wordCall =
  (callee?: string): Handler =>
  (b, raw, role) => {
    const [word] = b.children(raw);
    if (word === undefined) return;
    const values = b
      .namedChildren(raw)
      .flatMap((child) => (b.kindName(child) === 'sequence_expression' ? b.namedChildren(child) : [child]));
    // The semicolon is not part of the call.
    const end =
      values.length === 0 || b.hasToken(raw, ')') ? b.endOf(raw) - (b.hasToken(raw, ';') ? 1 : 0) : b.endOf(values.at(-1) as number);
    b.node(Tag.Call, 0, b.startOf(raw), end, role, () => {
      if (callee === undefined) b.emit(Tag.Ident, 0, word, Role.Callee);
      else b.emit(Tag.Const, intern(callee), word, Role.Callee);
      b.node(Tag.Args, 0, b.endOf(word), end, Role.Args, () => b.lowerAll(values));
    });
  };

const creation: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const list = children.find((child) => b.kindName(child) === 'arguments');
  const [callee] = children;
  if (callee === undefined || callee === list || b.kindName(callee) === 'anonymous_class') {
    b.generic(raw, role);
    return;
  }
  b.emit(Tag.New, 0, raw, role, () => {
    b.lower(callee, Role.Callee);
    if (list === undefined) b.node(Tag.Args, 0, b.endOf(raw), b.endOf(raw), Role.Args);
    else args(b, list, Role.Args);
  });
};

// ---- functions and classes

const parameter: Handler = (b, raw, role) =>
  b.emit(Tag.Param, b.kindName(raw) === 'variadic_parameter' ? OP_SPREAD : 0, raw, role, () => {
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type'), Role.Type);
    b.lower(b.field(raw, 'default_value'), Role.Default);
  });

function modifiers(b: Builder, raw: number): void {
  for (const child of b.namedChildren(raw)) {
    const kind = b.kindName(child);
    if (kind === 'attribute_list') {
      for (const group of b.namedChildren(child)) b.lowerAll(b.namedChildren(group), Role.Decorator);
    } else if (kind.endsWith('_modifier') && kind !== 'reference_modifier') b.emit(Tag.Other, OP_MODIFIER, child, Role.Decorator);
  }
}

const attribute: Handler = (b, raw, role) => {
  const [name = -1, list = -1] = b.namedChildren(raw);
  annotated(b, raw, role, name, list, () => args(b, list, Role.Args));
};

const func: Handler = (b, raw, role) =>
  b.emit(Tag.Func, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'parameters'), Role.Params);
    b.lower(b.field(raw, 'return_type'), Role.ReturnType);
    b.lower(b.field(raw, 'body'), Role.Body);
  });

const lambda: Handler = (b, raw, role) =>
  b.emit(Tag.Func, OP_LAMBDA, raw, role, () => {
    b.lower(b.field(raw, 'parameters'), Role.Params);
    b.lower(b.field(raw, 'return_type'), Role.ReturnType);
    const body = b.field(raw, 'body');
    if (b.kindName(body) === 'compound_statement') b.lower(body, Role.Body);
    else b.emit(Tag.Block, 0, body, Role.Body, () => b.emit(Tag.Return, 0, body, Role.None, () => b.lower(body)));
  });

const classLike =
  (op: number): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Class, op, raw, role, () => {
      modifiers(b, raw);
      b.lower(b.field(raw, 'name'), Role.Name);
      for (const child of b.namedChildren(raw)) {
        const kind = b.kindName(child);
        if (kind === 'base_clause' || kind === 'class_interface_clause')
          b.emit(Tag.Bases, kind === 'base_clause' ? 0 : b.kindId(child), child, Role.None, () => b.lowerAll(b.namedChildren(child)));
      }
      b.lower(b.field(raw, 'body'), Role.Body);
    });

/** `private int $a = 1, $b;` is two fields. */
const property: Handler = (b, raw, role) => {
  const elements = b.namedChildren(raw).filter((child) => b.kindName(child) === 'property_element');
  for (const element of elements) {
    b.emit(Tag.VarDef, OP_PROPERTY, elements.length === 1 ? raw : element, role, () => {
      modifiers(b, raw);
      b.lower(b.field(element, 'name'), Role.Name);
      b.lower(b.field(raw, 'type'), Role.Type);
      b.lower(b.field(element, 'default_value'), Role.Value);
    });
  }
};

const constants: Handler = (b, raw, role) => {
  const elements = b.namedChildren(raw).filter((child) => b.kindName(child) === 'const_element');
  for (const element of elements) {
    const [name, value] = b.namedChildren(element);
    b.emit(Tag.VarDef, intern('const'), elements.length === 1 ? raw : element, role, () => {
      modifiers(b, raw);
      if (name !== undefined) b.lower(name, Role.Name);
      if (value !== undefined) b.lower(value, Role.Value);
    });
  }
};

const statics: Handler = (b, raw, role) => {
  for (const child of b.namedChildren(raw))
    b.emit(Tag.VarDef, intern('static'), child, role, () => {
      b.lower(b.field(child, 'name'), Role.Name);
      b.lower(b.field(child, 'value'), Role.Value);
    });
};

// ---- literals

/** Text, escapes included, and what is interpolated. */
function pieces(b: Builder, raw: number): void {
  let start = -1;
  let end = -1;
  const flush = (): void => {
    if (start >= 0 && end > start) b.node(Tag.StrText, 0, start, end, Role.None);
    start = -1;
  };
  for (const child of b.namedChildren(raw)) {
    if (isText(b, child)) {
      if (start < 0) start = b.startOf(child);
      end = b.endOf(child);
    } else {
      flush();
      b.emit(Tag.StrInterp, 0, child, Role.None, () => b.lower(child));
    }
  }
  flush();
}

function isText(b: Builder, raw: number): boolean {
  return /^(?:string_content|escape_sequence|nowdoc_string|heredoc_end)$/.test(b.kindName(raw));
}

const string: Handler = (b, raw, role) => {
  const value = b.field(raw, 'value');
  const content = value < 0 ? raw : value;
  const interpolated = b.namedChildren(content).some((child) => !isText(b, child) && b.kindName(child) !== 'heredoc_start');
  b.emit(Tag.Str, interpolated ? OP_INTERPOLATED : 0, raw, role, () => pieces(b, content));
};

const shell: Handler = (b, raw, role) =>
  b.emit(Tag.Other, intern('shell'), raw, role, () => b.emit(Tag.Str, OP_INTERPOLATED, raw, Role.None, () => pieces(b, raw)));

const WORDS: Readonly<Record<string, string>> = { and: '&&', or: '||', xor: '^^', '<>': '!=' };

function operator(b: Builder, raw: number): number {
  const text = b.textOf(b.field(raw, 'operator')).toLowerCase();
  return intern(WORDS[text] ?? text);
}

const handlers: Record<string, Handler> = {
  program: block,
  compound_statement: block,
  colon_block: block,
  declaration_list: block,
  enum_declaration_list: block,
  expression_statement: transparent,
  parenthesized_expression: transparent,
  name: leaf(Tag.Ident),
  variable_name: leaf(Tag.Ident),
  relative_scope: leaf(Tag.Ident),
  namespace_name: qualified,
  qualified_name: qualified,
  named_type: transparent,
  primitive_type: leaf(Tag.Ident),
  boolean: (b, raw, role) => b.emit(Tag.Const, intern(b.textOf(raw).toLowerCase()), raw, role),
  null: (b, raw, role) => b.emit(Tag.Const, intern('null'), raw, role),
  integer: leaf(Tag.Num),
  float: leaf(Tag.Num),
  string,
  encapsed_string: string,
  heredoc: string,
  nowdoc: string,
  shell_command_expression: shell,
  array_creation_expression: wrap(Tag.List),
  list_literal: wrap(Tag.List),
  array_element_initializer: (b, raw, role) => {
    const [first, second] = b.namedChildren(raw);
    if (first === undefined) return;
    if (second === undefined) b.lower(first, role);
    else
      b.emit(Tag.Pair, 0, raw, role, () => {
        b.lower(first, Role.Key);
        b.lower(second, Role.Value);
      });
  },
  pair: wrap(Tag.Pair),
  variadic_unpacking: wrap(Tag.Spread, OP_SPREAD),
  subscript_expression: (b, raw, role) => {
    const [object, ...index] = b.namedChildren(raw);
    if (object === undefined || index.length === 0) b.emit(Tag.Other, intern('append'), raw, role, () => b.lowerAll(b.namedChildren(raw)));
    else
      b.emit(Tag.Index, 0, raw, role, () => {
        b.lower(object, Role.Object);
        b.lowerAll(index);
      });
  },
  member_access_expression: (b, raw, role) => member(b, raw, b.field(raw, 'object'), role),
  nullsafe_member_access_expression: (b, raw, role) => member(b, raw, b.field(raw, 'object'), role),
  scoped_property_access_expression: (b, raw, role) => member(b, raw, b.field(raw, 'scope'), role),
  class_constant_access_expression: (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      const [object, name] = b.namedChildren(raw);
      if (object !== undefined) b.lower(object, Role.Object);
      if (name !== undefined) b.lower(name, Role.Name);
    }),
  function_call_expression: call,
  member_call_expression: methodCall('object'),
  nullsafe_member_call_expression: methodCall('object'),
  scoped_call_expression: methodCall('scope'),
  arguments: args,
  object_creation_expression: creation,
  echo_statement: wordCall(),
  print_intrinsic: wordCall(),
  include_expression: wordCall(),
  include_once_expression: wordCall(),
  require_expression: wordCall(),
  require_once_expression: wordCall(),
  exit_statement: wordCall('exit'),
  unset_statement: wordCall(),
  assignment_expression: (b, raw, role) => b.emit(Tag.Assign, 0, raw, role, () => sides(b, raw)),
  reference_assignment_expression: (b, raw, role) =>
    b.emit(Tag.Assign, 0, raw, role, () => {
      b.lower(b.field(raw, 'left'), Role.Left);
      b.emit(Tag.Unary, intern('&'), b.field(raw, 'right'), Role.Right, () => b.lower(b.field(raw, 'right')));
    }),
  augmented_assignment_expression: (b, raw, role) => b.emit(Tag.AugAssign, operator(b, raw), raw, role, () => sides(b, raw)),
  binary_expression: (b, raw, role) => b.emit(Tag.Binary, operator(b, raw), raw, role, () => sides(b, raw)),
  unary_op_expression: (b, raw, role) => b.emit(Tag.Unary, operator(b, raw), raw, role, () => b.lower(b.field(raw, 'argument'))),
  update_expression: (b, raw, role) => {
    const argument = b.field(raw, 'argument');
    // `$x++` and `++$x` are not the same.
    const before = b.startOf(argument) > b.startOf(raw);
    const text = before ? b.text.slice(b.startOf(raw), b.startOf(raw) + 2) : b.text.slice(b.endOf(raw) - 2, b.endOf(raw));
    b.emit(Tag.Unary, intern((before ? 'pre' : '') + text), raw, role, () => b.lower(argument));
  },
  error_suppression_expression: wrap(Tag.Unary, intern('@')),
  conditional_expression: (b, raw, role) => {
    const condition = b.field(raw, 'condition');
    const body = b.field(raw, 'body');
    b.emit(Tag.Ternary, 0, raw, role, () => {
      b.lower(condition, Role.Condition);
      // `a ?: b` is `a ? a : b`.
      b.lower(body < 0 ? condition : body);
      b.lower(b.field(raw, 'alternative'));
    });
  },
  cast_expression: (b, raw, role) =>
    b.emit(Tag.Cast, 0, raw, role, () => {
      b.lower(b.field(raw, 'value'), Role.Value);
      b.emit(Tag.Ident, 0, b.field(raw, 'type'), Role.Type);
    }),
  anonymous_function: lambda,
  anonymous_function_creation_expression: lambda,
  arrow_function: lambda,
  function_definition: func,
  method_declaration: func,
  formal_parameters: wrap(Tag.Params),
  simple_parameter: parameter,
  variadic_parameter: parameter,
  property_promotion_parameter: parameter,
  class_declaration: classLike(0),
  interface_declaration: classLike(intern('interface')),
  trait_declaration: classLike(intern('trait')),
  enum_declaration: classLike(intern('enum')),
  attribute,
  property_declaration: property,
  const_declaration: constants,
  function_static_declaration: statics,
  global_declaration: wrap(Tag.Other, intern('global_statement')),
  namespace_use_declaration: use,
  namespace_definition: (b, raw, role) => {
    b.emit(Tag.Other, b.kindId(raw), raw, role, () => b.lower(b.field(raw, 'name'), Role.Module));
    const body = b.field(raw, 'body');
    if (body >= 0) statements(b, b.namedChildren(body));
  },
  return_statement: wrap(Tag.Return),
  if_statement: ifStatement,
  while_statement: loop,
  do_statement: loop,
  for_statement: loop,
  foreach_statement: foreach,
  switch_block: block,
  case_statement: clause,
  default_statement: clause,
  try_statement: tryStatement,
  catch_clause: catchClause,
  finally_clause: (b, raw, role) => b.emit(Tag.Finally, 0, raw, role, () => b.lower(b.field(raw, 'body'), Role.Body)),
};

export const phpLowering: Lowering = {
  handlers,
  comments: ['comment'],
  roles: FIELD_ROLES,
};
