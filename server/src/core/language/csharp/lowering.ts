/**
 * Lowers tree-sitter-c-sharp to the common vocabulary. An object's initializer is the last argument of its creation, and what is in
 * a namespace stands beside it; `declarations.ts` has what it declares.
 */
import type { Builder, Handler, Lowering } from '../builder.js';
import { block, leaf, transparent, wrap, TYPED_FIELD_ROLES } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { accessor, attribute, classLike, declaration, enumMember, func, lambda, property, typeOf, variables } from './declarations.js';
import { argument, asBlock, isThis, lower, parts } from './parts.js';

const OP_GENERIC = intern('generic');
const OP_INTERPOLATED = 1;

// ---- statements

const ifStatement: Handler = (b, raw, role) =>
  b.emit(Tag.If, 0, raw, role, () => {
    lower(b, b.field(raw, 'condition'), Role.Condition);
    asBlock(b, b.field(raw, 'consequence'), Role.Body);
    const alternative = b.field(raw, 'alternative');
    if (alternative >= 0 && b.kindName(alternative) === 'if_statement') b.lower(alternative, Role.Alternative);
    else asBlock(b, alternative, Role.Alternative);
  });

/** Everything in order, the body always a block. */
const withBody =
  (op: string): Handler =>
  (b, raw, role) => {
    const named = parts(b, raw);
    const body = b.field(raw, 'body') >= 0 ? b.field(raw, 'body') : (named.at(-1) ?? -1);
    b.emit(Tag.Other, intern(op), raw, role, () => {
      for (const child of named) if (child !== body) lower(b, child, b.roleFor(child));
      asBlock(b, body, Role.Body);
    });
  };

const foreach: Handler = (b, raw, role) =>
  b.emit(Tag.Other, intern('for_each'), raw, role, () => {
    const left = b.field(raw, 'left');
    b.emit(Tag.Param, 0, left, Role.Left, () => {
      b.lower(left, Role.Name);
      typeOf(b, b.field(raw, 'type'));
    });
    lower(b, b.field(raw, 'right'), Role.Right);
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

const section: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const isHead = (child: number): boolean => /(?:_pattern|when_clause|discard)$/.test(b.kindName(child));
  const body = children.filter((child) => !isHead(child));
  const [first] = body;
  b.emit(Tag.Other, intern('case'), raw, role, () => {
    b.lowerAll(children.filter(isHead));
    b.node(Tag.Block, 0, first === undefined ? b.endOf(raw) : b.startOf(first), b.endOf(raw), Role.Body, () => b.lowerAll(body));
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
    for (const child of b.namedChildren(raw)) {
      if (b.kindName(child) !== 'catch_declaration') continue;
      b.emit(Tag.Param, 0, child, Role.None, () => {
        b.lower(b.field(child, 'name'), Role.Name);
        b.lower(b.field(child, 'type'), Role.Type);
      });
    }
    b.lower(b.field(raw, 'body'), Role.Body);
  });

/** `using A.B;`, `using X = A.B;`. */
const using: Handler = (b, raw, role) => {
  const alias = b.field(raw, 'name');
  const module = b.namedChildren(raw).find((child) => child !== alias);
  b.emit(Tag.Import, intern(alias < 0 ? 'using' : 'using ='), raw, role, () => {
    if (module !== undefined) b.lower(module, Role.Module);
    b.lower(alias, Role.Alias);
  });
};

/** What is in a namespace stands after the node that names it. */
const namespace: Handler = (b, raw, role) => {
  const body = b.field(raw, 'body');
  const name = b.field(raw, 'name');
  b.emit(Tag.Other, intern('namespace'), raw, role, () => b.lower(name, Role.Module));
  if (body >= 0) b.lowerAll(b.namedChildren(body));
  else for (const child of b.namedChildren(raw)) if (child !== name) b.lower(child);
};

// ---- calls and members

const args: Handler = (b, raw, role) => b.emit(Tag.Args, 0, raw, role, () => b.namedChildren(raw).forEach((child) => argument(b, child)));

/** A member's name, without the types in `Name<T>`. */
function memberName(b: Builder, raw: number): number {
  return b.kindName(raw) === 'generic_name' ? (b.namedChildren(raw)[0] ?? raw) : raw;
}

const call: Handler = (b, raw, role) => {
  const callee = b.field(raw, 'function');
  b.emit(Tag.Call, 0, raw, role, () => {
    const name = b.kindName(callee) === 'generic_name' ? memberName(b, callee) : callee;
    lower(b, name, Role.Callee);
    b.lower(b.field(raw, 'arguments'), Role.Args);
    const generic = b.kindName(callee) === 'member_access_expression' ? b.field(callee, 'name') : callee;
    if (b.kindName(generic) === 'generic_name') b.lowerAll(b.namedChildren(generic).slice(1), Role.TypeParameters);
  });
};

const creation: Handler = (b, raw, role) =>
  b.emit(Tag.New, 0, raw, role, () => {
    b.lower(b.field(raw, 'type'), Role.Callee);
    const list = b.field(raw, 'arguments');
    const initializer = b.field(raw, 'initializer');
    b.node(Tag.Args, 0, b.startOf(list >= 0 ? list : Math.max(initializer, raw)), b.endOf(raw), Role.Args, () => {
      if (list >= 0) b.namedChildren(list).forEach((child) => argument(b, child));
      b.lower(initializer);
    });
  });

/** What stands before each `?.` that is open: `x?.y` has `.y` as a node of its own. */
const receivers: number[] = [];

const conditionalAccess: Handler = (b, raw, role) => {
  const condition = b.field(raw, 'condition');
  const rest = parts(b, raw).find((child) => child !== condition);
  if (rest === undefined) return;
  receivers.push(condition);
  try {
    lower(b, rest, role);
  } finally {
    receivers.pop();
  }
};

function receiver(emit: (object: number) => void): void {
  const object = receivers.pop();
  if (object === undefined) return;
  emit(object);
  receivers.push(object);
}

const memberBinding: Handler = (b, raw, role) =>
  receiver((object) =>
    b.node(Tag.Dot, 0, b.startOf(object), b.endOf(raw), role, () => {
      lower(b, object, Role.Object);
      b.emit(Tag.Ident, 0, memberName(b, b.field(raw, 'name')), Role.Name);
    }),
  );

/** `x?[0]`; without an `x?` before it, a list. */
const elementBinding: Handler = (b, raw, role) => {
  if (receivers.length === 0) b.emit(Tag.List, 0, raw, role, () => b.namedChildren(raw).forEach((child) => argument(b, child)));
  else
    receiver((object) =>
      b.node(Tag.Index, 0, b.startOf(object), b.endOf(raw), role, () => {
        lower(b, object, Role.Object);
        b.namedChildren(raw).forEach((child) => argument(b, child));
      }),
    );
};

// ---- literals

const string: Handler = (b, raw, role) =>
  b.emit(Tag.Str, 0, raw, role, () => {
    const text = b.textOf(raw);
    const open = /^[@$]*"+/.exec(text)?.[0].length ?? 1;
    const close = Math.max(1, open - (/^[@$]/.test(text) ? 1 : 0));
    if (b.endOf(raw) - close > b.startOf(raw) + open) b.node(Tag.StrText, 0, b.startOf(raw) + open, b.endOf(raw) - close, Role.None);
  });

const interpolated: Handler = (b, raw, role) =>
  b.emit(Tag.Str, OP_INTERPOLATED, raw, role, () => {
    let start = -1;
    let end = -1;
    const flush = (): void => {
      if (start >= 0 && end > start) b.node(Tag.StrText, 0, start, end, Role.None);
      start = -1;
    };
    for (const child of b.namedChildren(raw)) {
      const kind = b.kindName(child);
      if (kind === 'interpolation') {
        flush();
        b.emit(Tag.StrInterp, 0, child, Role.None, () => {
          const [value] = parts(b, child).filter((part) => !b.kindName(part).startsWith('interpolation_'));
          if (value !== undefined) lower(b, value);
        });
      } else if (kind !== 'interpolation_start' && kind !== 'interpolation_quote') {
        if (start < 0) start = b.startOf(child);
        end = b.endOf(child);
      }
    }
    flush();
  });

const sides = (b: Builder, raw: number): void => {
  lower(b, b.field(raw, 'left'), Role.Left);
  lower(b, b.field(raw, 'right'), Role.Right);
};

/** The operator is the one token that is not the operand. */
const unary: Handler = (b, raw, role) => {
  const operator = b.children(raw).find((child) => !b.isNamed(child) && !isThis(b, child));
  // `x!` is x, of which the compiler shall not ask whether it is null.
  if (operator !== undefined && b.kindName(raw) === 'postfix_unary_expression' && b.textOf(operator) === '!') {
    parts(b, raw).forEach((child) => lower(b, child, role));
    return;
  }
  const text = operator === undefined ? '' : b.textOf(operator);
  // `x++` and `++x` are not the same.
  const before = b.kindName(raw) === 'prefix_unary_expression' && /^(?:\+\+|--)$/.test(text) ? 'pre' : '';
  b.emit(Tag.Unary, intern(before + text), raw, role, () => parts(b, raw).forEach((child) => lower(b, child)));
};

const group: Handler = (b, raw, role) => {
  const [only, second] = parts(b, raw);
  if (only === undefined || second !== undefined) b.generic(raw, role);
  else lower(b, only, role);
};

const handlers: Record<string, Handler> = {
  compilation_unit: block,
  block,
  declaration_list: block,
  switch_body: block,
  enum_member_declaration_list: block,
  global_statement: transparent,
  expression_statement: group,
  parenthesized_expression: group,
  empty_statement: () => {},
  identifier: leaf(Tag.Ident),
  predefined_type: leaf(Tag.Ident),
  discard: leaf(Tag.Ident),
  generic_name: wrap(Tag.Other, OP_GENERIC),
  type_argument_list: wrap(Tag.Other, intern('type_arguments')),
  nullable_type: wrap(Tag.Other, intern('nullable')),
  qualified_name: (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      b.lower(b.field(raw, 'qualifier'), Role.Object);
      b.lower(memberName(b, b.field(raw, 'name')), Role.Name);
    }),
  boolean_literal: (b, raw, role) => b.emit(Tag.Const, intern(b.textOf(raw)), raw, role),
  null_literal: (b, raw, role) => b.emit(Tag.Const, intern('null'), raw, role),
  this_expression: (b, raw, role) => b.emit(Tag.Const, intern('this'), raw, role),
  base_expression: (b, raw, role) => b.emit(Tag.Const, intern('base'), raw, role),
  integer_literal: leaf(Tag.Num),
  real_literal: leaf(Tag.Num),
  character_literal: (b, raw, role) => b.emit(Tag.Other, b.kindId(raw), raw, role),
  string_literal: string,
  verbatim_string_literal: string,
  raw_string_literal: string,
  interpolated_string_expression: interpolated,
  member_access_expression: (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      lower(b, b.field(raw, 'expression'), Role.Object);
      b.emit(Tag.Ident, 0, memberName(b, b.field(raw, 'name')), Role.Name);
    }),
  conditional_access_expression: conditionalAccess,
  member_binding_expression: memberBinding,
  element_binding_expression: elementBinding,
  element_access_expression: (b, raw, role) =>
    b.emit(Tag.Index, 0, raw, role, () => {
      lower(b, b.field(raw, 'expression'), Role.Object);
      b.namedChildren(b.field(raw, 'subscript')).forEach((child) => argument(b, child));
    }),
  invocation_expression: call,
  argument_list: args,
  object_creation_expression: creation,
  initializer_expression: (b, raw, role) => b.emit(Tag.List, 0, raw, role, () => parts(b, raw).forEach((child) => lower(b, child))),
  tuple_expression: (b, raw, role) => b.emit(Tag.Tuple, 0, raw, role, () => b.namedChildren(raw).forEach((child) => argument(b, child))),
  cast_expression: (b, raw, role) =>
    b.emit(Tag.Cast, 0, raw, role, () => {
      lower(b, b.field(raw, 'value'), Role.Value);
      b.lower(b.field(raw, 'type'), Role.Type);
    }),
  assignment_expression: (b, raw, role) => {
    const operator = b.textOf(b.field(raw, 'operator'));
    b.emit(operator === '=' ? Tag.Assign : Tag.AugAssign, operator === '=' ? 0 : intern(operator), raw, role, () => sides(b, raw));
  },
  binary_expression: (b, raw, role) => b.emit(Tag.Binary, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => sides(b, raw)),
  prefix_unary_expression: unary,
  postfix_unary_expression: unary,
  conditional_expression: (b, raw, role) => b.emit(Tag.Ternary, 0, raw, role, () => parts(b, raw).forEach((child) => lower(b, child))),
  await_expression: (b, raw, role) =>
    b.emit(Tag.Other, intern('await'), raw, role, () => parts(b, raw).forEach((child) => lower(b, child))),
  return_statement: (b, raw, role) => b.emit(Tag.Return, 0, raw, role, () => parts(b, raw).forEach((child) => lower(b, child))),
  lambda_expression: lambda,
  anonymous_method_expression: lambda,
  local_declaration_statement: declaration,
  field_declaration: declaration,
  event_field_declaration: declaration,
  variable_declaration: (b, raw, role) => variables(b, raw, raw, role),
  property_declaration: property,
  accessor_declaration: accessor,
  method_declaration: func,
  constructor_declaration: func,
  destructor_declaration: func,
  local_function_statement: func,
  operator_declaration: func,
  delegate_declaration: func,
  class_declaration: classLike(0),
  interface_declaration: classLike(intern('interface')),
  struct_declaration: classLike(intern('struct')),
  record_declaration: classLike(intern('record')),
  enum_declaration: classLike(intern('enum')),
  enum_member_declaration: enumMember,
  attribute,
  using_directive: using,
  namespace_declaration: namespace,
  file_scoped_namespace_declaration: namespace,
  if_statement: ifStatement,
  foreach_statement: foreach,
  for_statement: withBody('for_statement'),
  while_statement: withBody('while'),
  do_statement: (b, raw, role) =>
    b.emit(Tag.Other, intern('do'), raw, role, () => {
      asBlock(b, b.field(raw, 'body'), Role.Body);
      lower(b, b.field(raw, 'condition'), Role.Condition);
    }),
  using_statement: withBody('using'),
  lock_statement: withBody('lock'),
  fixed_statement: withBody('fixed'),
  switch_section: section,
  try_statement: tryStatement,
  catch_clause: catchClause,
  finally_clause: (b, raw, role) => b.emit(Tag.Finally, 0, raw, role, () => b.lowerAll(b.namedChildren(raw), Role.Body)),
};

export const csharpLowering: Lowering = {
  handlers,
  comments: ['comment'],
  roles: TYPED_FIELD_ROLES,
};
