/**
 * Lowers tree-sitter-scala to the common vocabulary. A block or function after a call is its argument, several lists of parameters are
 * one, and each case of a `catch` is a clause of its own.
 */
import type { Builder, Handler, Lowering } from '../builder.js';
import { TYPED_FIELD_ROLES, annotated, asBlockOf, block, dotted, leaf, sides, transparent, variable, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_LAMBDA = intern('lambda');
const OP_MODIFIER = intern('modifier');
const OP_INTERPOLATED = 1;

// ---- statements

/** An expression where a block may stand: always a block. */
const asBlock = asBlockOf('block', 'template_body', 'indented_block');

const ifExpression: Handler = (b, raw, role) =>
  b.emit(Tag.If, 0, raw, role, () => {
    b.lower(b.field(raw, 'condition'), Role.Condition);
    asBlock(b, b.field(raw, 'consequence'), Role.Body);
    const alternative = b.field(raw, 'alternative');
    if (alternative >= 0 && b.kindName(alternative) === 'if_expression') b.lower(alternative, Role.Alternative);
    else asBlock(b, alternative, Role.Alternative);
  });

const loop =
  (op: string): Handler =>
  (b, raw, role) => {
    const body = b.field(raw, 'body');
    b.emit(Tag.Other, intern(op), raw, role, () => {
      for (const child of b.namedChildren(raw)) if (child !== body) b.lower(child, b.roleFor(child));
      asBlock(b, body, Role.Body);
    });
  };

/** What stands after the `=>` of a case, as a block. */
function clauseBody(b: Builder, raw: number): void {
  const body = b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'body');
  const [only] = body;
  if (only !== undefined && body.length === 1) asBlock(b, only, Role.Body);
  else b.node(Tag.Block, 0, only === undefined ? b.endOf(raw) : b.startOf(only), b.endOf(raw), Role.Body, () => b.lowerAll(body));
}

const caseClause: Handler = (b, raw, role) =>
  b.emit(Tag.Other, intern('case'), raw, role, () => {
    for (const child of b.namedChildren(raw)) if (b.fieldOf(child) !== 'body') b.lower(child);
    clauseBody(b, raw);
  });

const tryExpression: Handler = (b, raw, role) =>
  b.emit(Tag.Try, 0, raw, role, () => {
    const body = b.field(raw, 'body');
    asBlock(b, body, Role.Body);
    for (const child of b.namedChildren(raw)) {
      const kind = b.kindName(child);
      if (kind === 'catch_clause') {
        for (const cases of b.namedChildren(child)) {
          for (const one of b.namedChildren(cases)) {
            b.emit(Tag.Catch, 0, one, Role.None, () => {
              b.lower(b.field(one, 'pattern'));
              clauseBody(b, one);
            });
          }
        }
      } else if (kind === 'finally_clause')
        b.emit(Tag.Finally, 0, child, Role.None, () => asBlock(b, b.namedChildren(child)[0] ?? -1, Role.Body));
    }
  });

// ---- definitions

function modifiers(b: Builder, raw: number): void {
  for (const child of b.namedChildren(raw)) {
    const kind = b.kindName(child);
    if (kind === 'annotation') b.lower(child, Role.Decorator);
    else if (kind === 'modifiers') for (const word of b.children(child)) b.emit(Tag.Other, OP_MODIFIER, word, Role.Decorator);
  }
}

const annotation: Handler = (b, raw, role) =>
  annotated(b, raw, role, b.field(raw, 'name'), b.field(raw, 'arguments'), (list) => b.lower(list, Role.Args));

const parameter: Handler = (b, raw, role) =>
  b.emit(Tag.Param, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type'), Role.Type);
    b.lower(b.field(raw, 'default_value'), Role.Default);
  });

function parameters(b: Builder, raw: number, field: string): void {
  const lists = b.namedChildren(raw).filter((child) => b.fieldOf(child) === field);
  const [first] = lists;
  if (first === undefined) return;
  b.node(Tag.Params, 0, b.startOf(first), b.endOf(lists.at(-1) ?? first), Role.Params, () => {
    for (const list of lists) b.lowerAll(b.namedChildren(list));
  });
}

const func: Handler = (b, raw, role) =>
  b.emit(Tag.Func, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    parameters(b, raw, 'parameters');
    b.lower(b.field(raw, 'return_type'), Role.ReturnType);
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

const lambda: Handler = (b, raw, role) => {
  const list = b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'parameters');
  const body = b.namedChildren(raw).filter((child) => b.fieldOf(child) !== 'parameters');
  const [first] = list;
  b.emit(Tag.Func, OP_LAMBDA, raw, role, () => {
    b.node(Tag.Params, 0, b.startOf(first ?? raw), b.endOf(list.at(-1) ?? first ?? raw), Role.Params, () => {
      for (const child of list) {
        if (b.kindName(child) === 'bindings') b.lowerAll(b.namedChildren(child));
        else b.emit(Tag.Param, 0, child, Role.None, () => b.lower(child, Role.Name));
      }
    });
    const [only] = body;
    if (only !== undefined && body.length === 1) asBlock(b, only, Role.Body);
    else if (only !== undefined) b.node(Tag.Block, 0, b.startOf(only), b.endOf(raw), Role.Body, () => b.lowerAll(body));
  });
};

const classLike =
  (op: number): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Class, op, raw, role, () => {
      modifiers(b, raw);
      b.lower(b.field(raw, 'name'), Role.Name);
      parameters(b, raw, 'class_parameters');
      const parents = b.field(raw, 'extend');
      if (parents >= 0)
        b.emit(Tag.Bases, 0, parents, Role.None, () => {
          for (const child of b.namedChildren(parents)) if (b.fieldOf(child) === 'type') b.lower(child);
        });
      const body = b.field(raw, 'body');
      if (body >= 0) block(b, body, Role.Body);
      else b.node(Tag.Block, 0, b.endOf(raw), b.endOf(raw), Role.Body);
    });

// ---- imports: one for each name

const OP_FROM = intern('from');

const imports: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const names = children.filter((child) => b.fieldOf(child) === 'path');
  const selectors = children.find((child) => b.kindName(child) === 'namespace_selectors');
  const one = (prefix: readonly number[], name: number, alias: number): void =>
    b.emit(Tag.Import, OP_FROM, raw, role, () => {
      dotted(b, prefix, Role.Module);
      b.emit(Tag.Ident, 0, name, Role.Name);
      if (alias >= 0) b.emit(Tag.Ident, 0, alias, Role.Alias);
    });
  const all = (op: string): void => b.emit(Tag.Import, intern(op), raw, role, () => dotted(b, names, Role.Module));
  if (selectors !== undefined) {
    for (const child of b.namedChildren(selectors)) {
      if (b.kindName(child) === 'namespace_wildcard') all('import *');
      else if (b.field(child, 'alias') >= 0) one(names, b.field(child, 'name'), b.field(child, 'alias'));
      else one(names, child, -1);
    }
  } else all(children.some((child) => b.kindName(child) === 'namespace_wildcard') ? 'import *' : 'import');
};

// ---- expressions

/** A block with nothing but a function is that function. */
function blockArgument(b: Builder, raw: number): void {
  const [only, second] = b.namedChildren(raw);
  if (b.kindName(raw) === 'block' && only !== undefined && second === undefined && b.kindName(only) === 'lambda_expression') b.lower(only);
  else b.lower(raw);
}

const call: Handler = (b, raw, role) => {
  const list = b.field(raw, 'arguments');
  b.emit(Tag.Call, 0, raw, role, () => {
    b.lower(b.field(raw, 'function'), Role.Callee);
    if (list >= 0 && b.kindName(list) === 'arguments') b.lower(list, Role.Args);
    else b.emit(Tag.Args, 0, list < 0 ? raw : list, Role.Args, () => (list < 0 ? undefined : blockArgument(b, list)));
  });
};

const args: Handler = (b, raw, role) =>
  b.emit(Tag.Args, 0, raw, role, () => {
    for (const child of b.namedChildren(raw)) {
      if (b.kindName(child) !== 'assignment_expression' || b.kindName(b.field(child, 'left')) !== 'identifier') {
        b.lower(child);
        continue;
      }
      b.emit(Tag.Keyword, 0, child, Role.None, () => {
        b.lower(b.field(child, 'left'), Role.Name);
        b.lower(b.field(child, 'right'), Role.Value);
      });
    }
  });

const creation: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const list = b.field(raw, 'arguments');
  const [type] = children.filter((child) => child !== list);
  b.emit(Tag.New, 0, raw, role, () => {
    if (type !== undefined) b.lower(type, Role.Callee);
    if (list >= 0) b.lower(list, Role.Args);
    else b.node(Tag.Args, 0, b.endOf(raw), b.endOf(raw), Role.Args);
    for (const child of children) if (b.kindName(child) === 'template_body') block(b, child, Role.Optional);
  });
};

/** `a op b`; an operator that ends in `=` assigns, a name is a method that is called. */
const infix: Handler = (b, raw, role) => {
  const named = b.field(raw, 'operator');
  const right = b.field(raw, 'right');
  const operator = b.textOf(named);
  if (b.kindName(named) === 'identifier') {
    b.emit(Tag.Call, 0, raw, role, () => {
      b.node(Tag.Dot, 0, b.startOf(raw), b.endOf(named), Role.Callee, () => {
        b.lower(b.field(raw, 'left'), Role.Object);
        b.emit(Tag.Ident, 0, named, Role.Name);
      });
      b.emit(Tag.Args, 0, right, Role.Args, () =>
        b.kindName(right) === 'tuple_expression' ? b.lowerAll(b.namedChildren(right)) : blockArgument(b, right),
      );
    });
    return;
  }
  const assigns = /[^=!<>]=$/.test(operator);
  b.emit(assigns ? Tag.AugAssign : Tag.Binary, intern(operator), raw, role, () => sides(b, raw));
};

/** `x op` is `x.op`. */
const postfix: Handler = (b, raw, role) => {
  const [operand, operator] = b.namedChildren(raw);
  b.emit(Tag.Dot, 0, raw, role, () => {
    if (operand !== undefined) b.lower(operand, Role.Object);
    if (operator !== undefined) b.emit(Tag.Ident, 0, operator, Role.Name);
  });
};

function quotes(text: string): number {
  return text.startsWith('"""') ? 3 : 1;
}

const string: Handler = (b, raw, role) => {
  const width = quotes(b.textOf(raw));
  b.emit(Tag.Str, 0, raw, role, () => {
    if (b.endOf(raw) - width > b.startOf(raw) + width) b.node(Tag.StrText, 0, b.startOf(raw) + width, b.endOf(raw) - width, Role.None);
  });
};

/** Text stands between the interpolations; the grammar has no node for it. */
const interpolated: Handler = (b, raw, role) => {
  const name = b.field(raw, 'interpolator');
  // Others than the built-in ones make of the text what they like.
  if (name < 0 || /^(?:s|f|raw)$/.test(b.textOf(name))) pieces(b, raw, role);
  else
    b.emit(Tag.Call, 0, raw, role, () => {
      b.emit(Tag.Ident, 0, name, Role.Callee);
      b.node(Tag.Args, 0, b.endOf(name), b.endOf(raw), Role.Args, () => pieces(b, raw, Role.None));
    });
};

const pieces: Handler = (b, raw, role) => {
  const content = b.namedChildren(raw).find((child) => b.kindName(child) === 'interpolated_string') ?? raw;
  const width = quotes(b.textOf(content));
  const end = b.endOf(content) - width;
  b.emit(Tag.Str, OP_INTERPOLATED, raw, role, () => {
    let at = b.startOf(content) + width;
    for (const child of b.namedChildren(content)) {
      if (b.kindName(child) !== 'interpolation') continue;
      if (b.startOf(child) > at) b.node(Tag.StrText, 0, at, b.startOf(child), Role.None);
      b.emit(Tag.StrInterp, 0, child, Role.None, () => {
        for (const inner of b.namedChildren(child)) {
          if (b.kindName(inner) === 'block') b.lowerAll(b.namedChildren(inner));
          else b.lower(inner);
        }
      });
      at = b.endOf(child);
    }
    if (end > at) b.node(Tag.StrText, 0, at, end, Role.None);
  });
};

const handlers: Record<string, Handler> = {
  compilation_unit: block,
  block,
  indented_block: block,
  template_body: block,
  parenthesized_expression: transparent,
  identifier: (b, raw, role) => {
    const isThis = b.textOf(raw) === 'this';
    b.emit(isThis ? Tag.Const : Tag.Ident, isThis ? intern('this') : 0, raw, role);
  },
  operator_identifier: leaf(Tag.Ident),
  type_identifier: leaf(Tag.Ident),
  wildcard: leaf(Tag.Ident),
  stable_identifier: (b, raw, role) => dotted(b, b.namedChildren(raw), role),
  stable_type_identifier: (b, raw, role) => dotted(b, b.namedChildren(raw), role),
  generic_type: wrap(Tag.Other, intern('generic')),
  type_arguments: wrap(Tag.Other, intern('type_arguments')),
  generic_function: (b, raw, role) => b.lower(b.field(raw, 'function'), role),
  boolean_literal: (b, raw, role) => b.emit(Tag.Const, intern(b.textOf(raw)), raw, role),
  null_literal: (b, raw, role) => b.emit(Tag.Const, intern('null'), raw, role),
  integer_literal: leaf(Tag.Num),
  floating_point_literal: leaf(Tag.Num),
  string,
  interpolated_string_expression: interpolated,
  field_expression: (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      b.lower(b.field(raw, 'value'), Role.Object);
      b.emit(Tag.Ident, 0, b.field(raw, 'field'), Role.Name);
    }),
  call_expression: call,
  arguments: args,
  instance_expression: creation,
  infix_expression: infix,
  postfix_expression: postfix,
  prefix_expression: (b, raw, role) => {
    const [operand] = b.namedChildren(raw);
    const operator = b.children(raw).find((child) => child !== operand);
    b.emit(Tag.Unary, operator === undefined ? 0 : intern(b.textOf(operator)), raw, role, () =>
      operand === undefined ? undefined : b.lower(operand),
    );
  },
  tuple_expression: wrap(Tag.Tuple),
  assignment_expression: (b, raw, role) => b.emit(Tag.Assign, 0, raw, role, () => sides(b, raw)),
  val_definition: variable('val', modifiers),
  var_definition: variable('var', modifiers),
  val_declaration: variable('val', modifiers),
  var_declaration: variable('var', modifiers),
  function_definition: func,
  function_declaration: func,
  lambda_expression: lambda,
  parameter,
  class_parameter: parameter,
  binding: parameter,
  annotation,
  class_definition: classLike(0),
  object_definition: classLike(intern('object')),
  trait_definition: classLike(intern('trait')),
  import_declaration: imports,
  if_expression: ifExpression,
  while_expression: loop('while'),
  do_while_expression: loop('do'),
  for_expression: loop('for_expression'),
  case_clause: caseClause,
  case_block: (b, raw) => b.lowerAll(b.namedChildren(raw)),
  match_expression: (b, raw, role) =>
    b.emit(Tag.Other, intern('match'), raw, role, () => {
      b.lower(b.field(raw, 'value'));
      b.lower(b.field(raw, 'body'));
    }),
  try_expression: tryExpression,
  return_expression: wrap(Tag.Return),
};

export const scalaLowering: Lowering = {
  handlers,
  comments: ['comment', 'block_comment'],
  roles: TYPED_FIELD_ROLES,
};
