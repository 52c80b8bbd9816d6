/** Lowers tree-sitter-java to the common vocabulary. Modifiers and annotations are a definition's decorators, fields are variables. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { TYPED_FIELD_ROLES, asBlockOf, block, keyword, leaf, transparent, wrap } from '../handlers.js';
import { UNTYPED } from '../holes.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_EXTENDS = intern('extends');
const OP_IMPLEMENTS = intern('implements');
const OP_ARRAY = intern('array');
const OP_SPREAD = intern('...');
/** A modifier word such as `static`. */
const OP_MODIFIER = intern('modifier');

/** A statement where a block may stand: always a Block. */
const asBlock = asBlockOf('block');

function childOfKind(b: Builder, raw: number, kind: string): number {
  return b.namedChildren(raw).find((child) => b.kindName(child) === kind) ?? -1;
}

function modifiers(b: Builder, raw: number): void {
  const list = childOfKind(b, raw, 'modifiers');
  if (list < 0) return;
  for (const child of b.children(list)) {
    if (b.isNamed(child)) b.lower(child, Role.Decorator);
    else b.emit(Tag.Other, OP_MODIFIER, child, Role.Decorator);
  }
}

const annotation: Handler = (b, raw, role) =>
  b.emit(Tag.Decorator, 0, raw, role, () => {
    const name = b.field(raw, 'name');
    const args = b.field(raw, 'arguments');
    b.emit(Tag.Call, 0, args < 0 ? name : raw, Role.None, () => {
      b.lower(name, Role.Callee);
      if (args < 0) b.node(Tag.Args, 0, b.endOf(name), b.endOf(name), Role.Args);
      else b.emit(Tag.Args, 0, args, Role.Args, () => b.lowerAll(b.namedChildren(args)));
    });
  });

const nameAndValue =
  (tag: number, nameField: string, nameRole: number): Handler =>
  (b, raw, role) =>
    b.emit(tag, 0, raw, role, () => {
      b.lower(b.field(raw, nameField), nameRole);
      b.lower(b.field(raw, 'value'), Role.Value);
    });

/** `int a = 1, b` is two definitions. */
const variables: Handler = (b, raw, role) => {
  const declarators = b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'declarator');
  for (const declarator of declarators) {
    const start = declarator === declarators[0] ? b.startOf(raw) : b.startOf(declarator);
    const end = declarators.length === 1 ? b.endOf(raw) : b.endOf(declarator);
    b.node(Tag.VarDef, 0, start, end, role, () => {
      modifiers(b, raw);
      b.lower(b.field(declarator, 'name'), Role.Name);
      declaredType(b, b.field(raw, 'type'), b.field(declarator, 'dimensions'));
      b.lower(b.field(declarator, 'value'), Role.Value);
    });
  }
  if (declarators.length === 0) b.generic(raw, role);
};

/** `int x[]` is `int[] x`; `var x` says no type. */
function declaredType(b: Builder, type: number, dimensions: number): void {
  if (type < 0 || b.textOf(type) === 'var') return;
  if (dimensions >= 0) b.emit(Tag.Other, OP_ARRAY, type, Role.Type, () => b.lower(type));
  else b.lower(type, Role.Type);
}

const parameter: Handler = (b, raw, role) => {
  const spread = b.kindName(raw) === 'spread_parameter';
  const declarator = childOfKind(b, raw, 'variable_declarator');
  b.emit(Tag.Param, spread ? OP_SPREAD : 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(spread ? b.field(declarator, 'name') : b.field(raw, 'name'), Role.Name);
    const type = b.namedChildren(raw).find((child) => child !== declarator && b.kindName(child) !== 'modifiers') ?? -1;
    const written = spread ? type : b.field(raw, 'type');
    if (written < 0 || b.textOf(written) !== UNTYPED) declaredType(b, written, b.field(raw, 'dimensions'));
  });
};

function parameters(b: Builder, raw: number): void {
  if (raw < 0) return;
  b.emit(Tag.Params, 0, raw, Role.Params, () => {
    const list = b.kindName(raw) === 'identifier' ? [raw] : b.namedChildren(raw);
    for (const child of list) {
      if (b.kindName(child) === 'identifier') b.emit(Tag.Param, 0, child, Role.None, () => b.emit(Tag.Ident, 0, child, Role.Name));
      else if (b.kindName(child) !== 'receiver_parameter') b.lower(child);
    }
  });
}

const method: Handler = (b, raw, role) =>
  b.emit(Tag.Func, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'type_parameters'), Role.TypeParameters);
    b.lower(b.field(raw, 'type'), Role.ReturnType);
    b.lower(b.field(raw, 'name'), Role.Name);
    parameters(b, b.field(raw, 'parameters'));
    b.lower(childOfKind(b, raw, 'throws'), Role.Optional);
    b.lower(b.field(raw, 'body'), Role.Body);
  });

const lambda: Handler = (b, raw, role) =>
  b.emit(Tag.Func, 0, raw, role, () => {
    parameters(b, b.field(raw, 'parameters'));
    const body = b.field(raw, 'body');
    if (b.kindName(body) === 'block') b.lower(body, Role.Body);
    else b.emit(Tag.Block, 0, body, Role.Body, () => b.emit(Tag.Return, 0, body, Role.None, () => b.lower(body)));
  });

function typesIn(b: Builder, raw: number): readonly number[] {
  return b.namedChildren(raw).flatMap((child) => (b.kindName(child) === 'type_list' ? b.namedChildren(child) : [child]));
}

function bases(b: Builder, raw: number, op: number): void {
  if (raw >= 0) b.emit(Tag.Bases, op, raw, Role.None, () => b.lowerAll(typesIn(b, raw)));
}

const classLike: Handler = (b, raw, role) =>
  b.emit(Tag.Class, b.kindId(raw), raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type_parameters'), Role.TypeParameters);
    parameters(b, b.field(raw, 'parameters'));
    bases(b, b.field(raw, 'superclass'), OP_EXTENDS);
    bases(b, childOfKind(b, raw, 'extends_interfaces'), OP_EXTENDS);
    bases(b, b.field(raw, 'interfaces'), OP_IMPLEMENTS);
    b.lower(b.field(raw, 'body'), Role.Body);
  });

const enumBody: Handler = (b, raw, role) =>
  b.emit(Tag.Block, 0, raw, role, () => {
    for (const child of b.namedChildren(raw))
      if (b.kindName(child) === 'enum_body_declarations') b.lowerAll(b.namedChildren(child));
      else b.lower(child);
  });

const dot =
  (object: string, name: string): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      b.lower(b.field(raw, object), Role.Object);
      b.lower(b.field(raw, name), Role.Name);
    });

const scopedType: Handler = (b, raw, role) => {
  const [first, ...rest] = b.namedChildren(raw).filter((child) => !b.kindName(child).includes('annotation'));
  const last = rest.at(-1);
  if (first === undefined || last === undefined || rest.length > 1) b.generic(raw, role);
  else
    b.emit(Tag.Dot, 0, raw, role, () => {
      b.lower(first, Role.Object);
      b.emit(Tag.Ident, 0, last, Role.Name);
    });
};

const call: Handler = (b, raw, role) =>
  b.emit(Tag.Call, 0, raw, role, () => {
    const object = b.field(raw, 'object');
    const name = b.field(raw, 'name');
    if (object < 0) b.lower(name, Role.Callee);
    else
      b.node(Tag.Dot, 0, b.startOf(object), b.endOf(name), Role.Callee, () => {
        b.lower(object, Role.Object);
        b.lower(name, Role.Name);
      });
    b.lower(b.field(raw, 'arguments'), Role.Args);
  });

/** With a body, a call of an anonymous class, as in Semgrep: a pattern for the plain creation does not ask for it. */
const creation: Handler = (b, raw, role) => {
  const body = childOfKind(b, raw, 'class_body');
  const type = b.field(raw, 'type');
  const args = b.field(raw, 'arguments');
  if (body < 0) {
    b.emit(Tag.New, 0, raw, role, () => {
      b.lower(type, Role.Callee);
      b.lower(args, Role.Args);
    });
    return;
  }
  b.emit(Tag.Call, 0, raw, role, () => {
    b.emit(Tag.Class, intern('class_declaration'), raw, Role.Callee, () => {
      b.emit(Tag.Bases, OP_EXTENDS, type, Role.None, () => b.lower(type));
      b.lower(body, Role.Body);
    });
    b.lower(args, Role.Args);
  });
};

/** `new T[n]` and `new T[] {...}`: a New of an array type. */
const arrayCreation: Handler = (b, raw, role) =>
  b.emit(Tag.New, 0, raw, role, () => {
    const sizes = b.namedChildren(raw).filter((child) => b.kindName(child) === 'dimensions_expr');
    const type = b.field(raw, 'type');
    const value = b.field(raw, 'value');
    const brackets = b.namedChildren(raw).filter((child) => b.kindName(child) === 'dimensions');
    const depth =
      sizes.length + brackets.reduce((sum, dims) => sum + b.children(dims).filter((token) => b.kindName(token) === '[').length, 0);
    const array = (left: number): void => {
      if (left === 0) b.lower(type);
      else b.emit(Tag.Other, OP_ARRAY, type, left === depth ? Role.Callee : Role.None, () => array(left - 1));
    };
    array(Math.max(1, depth));
    b.node(Tag.Args, 0, b.endOf(type), b.endOf(raw), Role.Args, () => {
      if (value >= 0) b.lower(value);
      for (const size of sizes) b.lowerAll(b.namedChildren(size));
    });
  });

const binary: Handler = (b, raw, role) =>
  b.emit(Tag.Binary, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => {
    b.lower(b.field(raw, 'left'), Role.Left);
    b.lower(b.field(raw, 'right'), Role.Right);
  });

const assignment: Handler = (b, raw, role) => {
  const operator = b.textOf(b.field(raw, 'operator'));
  b.emit(operator === '=' ? Tag.Assign : Tag.AugAssign, operator === '=' ? 0 : intern(operator), raw, role, () => {
    b.lower(b.field(raw, 'left'), Role.Left);
    b.lower(b.field(raw, 'right'), Role.Right);
  });
};

const string: Handler = (b, raw, role) =>
  b.emit(Tag.Str, 0, raw, role, () => {
    const quotes = b.textOf(raw).startsWith('"""') ? 3 : 1;
    const start = b.startOf(raw) + quotes;
    const end = b.endOf(raw) - quotes;
    if (end > start) b.node(Tag.StrText, 0, start, end, Role.None);
  });

/** Module and name of `import a.b.C`; `import a.b.*` has no name. */
const importDeclaration: Handler = (b, raw, role) => {
  const [path, star] = b.namedChildren(raw);
  if (path === undefined) {
    b.generic(raw, role);
    return;
  }
  if (star !== undefined) {
    b.emit(Tag.Import, intern('from *'), raw, role, () => b.lower(path, Role.Module));
    return;
  }
  const scope = b.field(path, 'scope');
  const word = b.children(raw).find((child) => !b.isNamed(child) && b.kindName(child) === 'static');
  b.emit(Tag.Import, intern('from'), raw, role, () => {
    // A pattern that says `static` asks for it.
    if (word !== undefined) b.emit(Tag.Other, intern('modifier'), word, Role.Decorator);
    if (scope >= 0) {
      b.lower(scope, Role.Module);
      b.lower(b.field(path, 'name'), Role.Name);
    } else {
      b.node(Tag.Ident, 0, b.startOf(path), b.startOf(path), Role.Module);
      b.lower(path, Role.Name);
    }
  });
};

const ifStatement: Handler = (b, raw, role) =>
  b.emit(Tag.If, 0, raw, role, () => {
    b.lower(b.field(raw, 'condition'), Role.Condition);
    asBlock(b, b.field(raw, 'consequence'), Role.Body);
    const alternative = b.field(raw, 'alternative');
    if (alternative >= 0 && b.kindName(alternative) === 'if_statement') b.lower(alternative, Role.Alternative);
    else asBlock(b, alternative, Role.Alternative);
  });

/** Loops: everything in order, the body always a block. */
const loop: Handler = (b, raw, role) => {
  const body = b.field(raw, 'body');
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    for (const child of b.namedChildren(raw)) {
      if (child === body) asBlock(b, child, Role.Body);
      else b.lower(child, b.roleFor(child));
    }
  });
};

const forEach: Handler = (b, raw, role) =>
  b.emit(Tag.Other, intern('for_each'), raw, role, () => {
    const type = b.field(raw, 'type');
    b.node(Tag.VarDef, 0, b.startOf(type), b.endOf(b.field(raw, 'name')), Role.None, () => {
      modifiers(b, raw);
      b.lower(b.field(raw, 'name'), Role.Name);
      declaredType(b, type, b.field(raw, 'dimensions'));
    });
    b.lower(b.field(raw, 'value'), Role.Right);
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

const tryStatement: Handler = (b, raw, role) =>
  b.emit(Tag.Try, 0, raw, role, () => {
    const resources = b.field(raw, 'resources');
    if (resources >= 0) b.emit(Tag.Other, intern('resources'), resources, Role.Optional, () => b.lowerAll(b.namedChildren(resources)));
    b.lower(b.field(raw, 'body'), Role.Body);
    for (const child of b.namedChildren(raw)) if (child !== resources && b.fieldOf(child) !== 'body') b.lower(child);
  });

const resource: Handler = (b, raw, role) => {
  if (b.field(raw, 'name') < 0) {
    b.lowerAll(b.namedChildren(raw), role);
    return;
  }
  b.emit(Tag.VarDef, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    declaredType(b, b.field(raw, 'type'), -1);
    b.lower(b.field(raw, 'value'), Role.Value);
  });
};

const catchParameter: Handler = (b, raw, role) =>
  b.emit(Tag.Param, 0, raw, role, () => {
    b.lower(b.field(raw, 'name'), Role.Name);
    const type = childOfKind(b, raw, 'catch_type');
    const types = type < 0 ? [] : b.namedChildren(type);
    if (types.length === 1) b.lower(types[0] as number, Role.Type);
    else if (type >= 0) b.emit(Tag.Other, intern('|'), type, Role.Type, () => b.lowerAll(types));
  });

const step: Handler = (b, raw, role) => {
  const token = b.children(raw).find((child) => !b.isNamed(child)) ?? raw;
  const [operand] = b.namedChildren(raw);
  // `x++` and `++x` are not the same.
  const before = operand !== undefined && token < operand ? 'pre' : '';
  b.emit(Tag.Unary, intern(before + b.textOf(token)), raw, role, () => b.lowerAll(b.namedChildren(raw)));
};

const switchGroup: Handler = (b, raw, role) =>
  b.emit(Tag.Other, intern('case'), raw, role, () => {
    const labels = b.namedChildren(raw).filter((child) => b.kindName(child) === 'switch_label');
    const rest = b.namedChildren(raw).filter((child) => b.kindName(child) !== 'switch_label');
    b.lowerAll(labels);
    const first = rest[0];
    b.node(Tag.Block, 0, first === undefined ? b.endOf(raw) : b.startOf(first), b.endOf(raw), Role.Body, () => b.lowerAll(rest));
  });

const handlers: Record<string, Handler> = {
  program: block,
  block,
  class_body: block,
  interface_body: block,
  annotation_type_body: block,
  constructor_body: block,
  enum_body: enumBody,
  static_initializer: (b, raw, role) => b.emit(Tag.Other, intern('static'), raw, role, () => b.lowerAll(b.namedChildren(raw))),
  expression_statement: transparent,
  parenthesized_expression: transparent,
  identifier: leaf(Tag.Ident),
  type_identifier: leaf(Tag.Ident),
  integral_type: leaf(Tag.Ident),
  floating_point_type: leaf(Tag.Ident),
  boolean_type: leaf(Tag.Ident),
  void_type: leaf(Tag.Ident),
  annotated_type: (b, raw, role) => b.lower(b.namedChildren(raw).at(-1) ?? -1, role),
  decimal_integer_literal: leaf(Tag.Num),
  hex_integer_literal: leaf(Tag.Num),
  octal_integer_literal: leaf(Tag.Num),
  binary_integer_literal: leaf(Tag.Num),
  decimal_floating_point_literal: leaf(Tag.Num),
  hex_floating_point_literal: leaf(Tag.Num),
  true: keyword,
  false: keyword,
  null_literal: (b, raw, role) => b.emit(Tag.Const, intern('null'), raw, role),
  this: keyword,
  super: keyword,
  string_literal: string,
  scoped_identifier: dot('scope', 'name'),
  scoped_type_identifier: scopedType,
  field_access: dot('object', 'field'),
  array_access: (b, raw, role) =>
    b.emit(Tag.Index, 0, raw, role, () => {
      b.lower(b.field(raw, 'array'), Role.Object);
      b.lower(b.field(raw, 'index'));
    }),
  array_type: (b, raw, role) => b.emit(Tag.Other, OP_ARRAY, raw, role, () => b.lower(b.field(raw, 'element'))),
  generic_type: wrap(Tag.Other, intern('generic_type')),
  method_invocation: call,
  explicit_constructor_invocation: (b, raw, role) =>
    b.emit(Tag.Call, 0, raw, role, () => {
      b.lower(b.field(raw, 'constructor'), Role.Callee);
      b.lower(b.field(raw, 'arguments'), Role.Args);
    }),
  argument_list: wrap(Tag.Args),
  object_creation_expression: creation,
  array_creation_expression: arrayCreation,
  array_initializer: wrap(Tag.List),
  element_value_array_initializer: wrap(Tag.List),
  cast_expression: (b, raw, role) =>
    b.emit(Tag.Other, intern('cast'), raw, role, () => {
      b.lower(b.field(raw, 'type'), Role.None);
      b.lower(b.field(raw, 'value'), Role.None);
    }),
  instanceof_expression: (b, raw, role) =>
    b.emit(Tag.Binary, intern('instanceof'), raw, role, () => {
      b.lower(b.field(raw, 'left'), Role.Left);
      b.lower(b.field(raw, 'right'), Role.Right);
    }),
  binary_expression: binary,
  unary_expression: (b, raw, role) =>
    b.emit(Tag.Unary, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => b.lower(b.field(raw, 'operand'))),
  update_expression: step,
  assignment_expression: assignment,
  ternary_expression: wrap(Tag.Ternary),
  lambda_expression: lambda,
  local_variable_declaration: variables,
  field_declaration: variables,
  constant_declaration: variables,
  formal_parameter: parameter,
  spread_parameter: parameter,
  method_declaration: method,
  constructor_declaration: method,
  compact_constructor_declaration: method,
  annotation_type_element_declaration: method,
  class_declaration: classLike,
  interface_declaration: classLike,
  enum_declaration: classLike,
  record_declaration: classLike,
  annotation_type_declaration: classLike,
  annotation,
  marker_annotation: annotation,
  element_value_pair: nameAndValue(Tag.Keyword, 'key', Role.Name),
  import_declaration: importDeclaration,
  if_statement: ifStatement,
  while_statement: loop,
  do_statement: loop,
  for_statement: loop,
  enhanced_for_statement: forEach,
  labeled_statement: (b, raw, role) => b.generic(raw, role),
  try_statement: tryStatement,
  try_with_resources_statement: tryStatement,
  resource,
  catch_clause: (b, raw, role) =>
    b.emit(Tag.Catch, 0, raw, role, () => {
      b.lower(childOfKind(b, raw, 'catch_formal_parameter'));
      b.lower(b.field(raw, 'body'), Role.Body);
    }),
  catch_formal_parameter: catchParameter,
  finally_clause: (b, raw, role) => b.emit(Tag.Finally, 0, raw, role, () => b.lower(childOfKind(b, raw, 'block'), Role.Body)),
  return_statement: wrap(Tag.Return),
  switch_block: block,
  switch_block_statement_group: switchGroup,
  switch_rule: switchGroup,
};

export const javaLowering: Lowering = {
  local: true,
  handlers,
  comments: ['line_comment', 'block_comment'],
  roles: TYPED_FIELD_ROLES,
};
