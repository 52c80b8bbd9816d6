/**
 * Lowers tree-sitter-c, and tree-sitter-cpp, which knows its kinds and more, to the common vocabulary. What a declarator says about a type
 * (`*`, `[]`, `&`) goes to the type; qualifiers are a definition's decorators; `a->b` is `(*a).b`; what is in a namespace, in `extern "C"` or
 * behind a condition of the preprocessor stands beside it.
 */
import type { Builder, Handler, Lowering } from '../builder.js';
import { TYPED_FIELD_ROLES, block, leaf, sides, transparent, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_POINTER = intern('*');
const OP_REFERENCE = intern('&');
const OP_ARRAY = intern('array');
const OP_SCOPE = intern('::');
const OP_LAMBDA = intern('lambda');
const OP_MODIFIER = intern('modifier');
const OP_PROTOTYPE = intern('prototype');
const OP_SIZED = intern('sized');

// ---- statements

/** A statement where a block may stand: always a block. */
function asBlock(b: Builder, raw: number, role: number): void {
  if (raw < 0) return;
  if (b.kindName(raw) === 'compound_statement') block(b, raw, role);
  else if (b.kindName(raw) === 'else_clause') asBlock(b, b.namedChildren(raw)[0] ?? -1, role);
  else b.emit(Tag.Block, 0, raw, role, () => b.lower(raw));
}

const ifStatement: Handler = (b, raw, role) =>
  b.emit(Tag.If, 0, raw, role, () => {
    b.lower(b.field(raw, 'condition'), Role.Condition);
    asBlock(b, b.field(raw, 'consequence'), Role.Body);
    const alternative = b.field(raw, 'alternative');
    const [inner] = alternative < 0 ? [] : b.namedChildren(alternative);
    if (inner !== undefined && b.kindName(inner) === 'if_statement') b.lower(inner, Role.Alternative);
    else asBlock(b, alternative, Role.Alternative);
  });

const loop: Handler = (b, raw, role) => {
  const body = b.field(raw, 'body');
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    for (const child of b.namedChildren(raw)) if (child !== body) b.lower(child, b.roleFor(child));
    asBlock(b, body, Role.Body);
  });
};

const forRange: Handler = (b, raw, role) =>
  b.emit(Tag.Other, intern('for_each'), raw, role, () => {
    const declarator = b.field(raw, 'declarator');
    b.emit(Tag.Param, 0, declarator, Role.Left, () => declared(b, b.field(raw, 'type'), declarator));
    b.lower(b.field(raw, 'right'), Role.Right);
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

const clause: Handler = (b, raw, role) => {
  const value = b.field(raw, 'value');
  const body = b.namedChildren(raw).filter((child) => child !== value);
  const [first] = body;
  b.emit(Tag.Other, intern(value < 0 ? 'default' : 'case'), raw, role, () => {
    b.lower(value);
    b.node(Tag.Block, 0, first === undefined ? b.endOf(raw) : b.startOf(first), b.endOf(raw), Role.Body, () => b.lowerAll(body));
  });
};

/** The label, then the statement beside it. */
const labeled: Handler = (b, raw, role) => {
  const label = b.field(raw, 'label');
  b.emit(Tag.Other, intern('label'), label, role, () => b.lower(label, Role.Name));
  for (const child of b.namedChildren(raw)) if (child !== label) b.lower(child);
};

/** Only what is inside, beside what is around. */
const inline =
  (...skipped: readonly string[]): Handler =>
  (b, raw) => {
    for (const child of b.namedChildren(raw)) if (!skipped.includes(b.fieldOf(child))) b.lower(child);
  };

const tryStatement: Handler = (b, raw, role) =>
  b.emit(Tag.Try, 0, raw, role, () => {
    const body = b.field(raw, 'body');
    b.lower(body, Role.Body);
    for (const child of b.namedChildren(raw)) if (child !== body) b.lower(child);
  });

const catchClause: Handler = (b, raw, role) =>
  b.emit(Tag.Catch, 0, raw, role, () => {
    for (const child of b.namedChildren(b.field(raw, 'parameters'))) b.lower(child);
    b.lower(b.field(raw, 'body'), Role.Body);
  });

// ---- declarations

/** `long unsigned int`: its words in their order, then the type. Not one of the types that other languages call `long`. */
const sizedType: Handler = (b, raw, role) => {
  const type = b.field(raw, 'type');
  b.emit(Tag.Other, OP_SIZED, raw, role, () => {
    for (const word of b.children(raw)) if (word !== type) b.emit(Tag.Ident, 0, word, Role.None);
    if (type >= 0) b.emit(Tag.Ident, 0, type, Role.None);
  });
};

const QUALIFIERS = new Set(['storage_class_specifier', 'type_qualifier', 'virtual', 'explicit_function_specifier', 'virtual_specifier']);

function modifiers(b: Builder, raw: number): void {
  for (const child of b.children(raw)) if (QUALIFIERS.has(b.kindName(child))) b.emit(Tag.Other, OP_MODIFIER, child, Role.Decorator);
}

const NAMES = new Set([
  'identifier',
  'field_identifier',
  'type_identifier',
  'qualified_identifier',
  'destructor_name',
  'operator_name',
  'template_function',
  'primitive_type',
]);

/** The declarator inside another. */
function innerOf(b: Builder, raw: number): number {
  const field = b.field(raw, 'declarator');
  if (field >= 0) return field;
  return b.namedChildren(raw).find((child) => !QUALIFIERS.has(b.kindName(child))) ?? -1;
}

/** What is declared, beneath all `*`, `[]` and parentheses; -1 when nothing is named. */
function nameOf(b: Builder, declarator: number): number {
  for (let at = declarator; at >= 0; at = innerOf(b, at)) {
    const kind = b.kindName(at);
    if (NAMES.has(kind)) return at;
    if (!kind.endsWith('declarator')) return -1;
  }
  return -1;
}

/** The type, with what the declarator adds to it. */
function typeWith(b: Builder, type: number, declarator: number, role: number): void {
  if (type < 0 || b.kindName(type) === 'placeholder_type_specifier') return;
  const kind = declarator < 0 ? '' : b.kindName(declarator);
  const inner = declarator < 0 || NAMES.has(kind) ? -1 : innerOf(b, declarator);
  if (kind.includes('pointer_declarator') && kind !== 'pointer_type_declarator') {
    b.emit(Tag.Unary, OP_POINTER, type, role, () => typeWith(b, type, inner, Role.Type));
  } else if (kind.includes('reference_declarator')) {
    b.emit(Tag.Unary, OP_REFERENCE, type, role, () => typeWith(b, type, inner, Role.Type));
  } else if (kind.includes('array_declarator')) {
    b.emit(Tag.Other, OP_ARRAY, type, role, () => {
      typeWith(b, type, inner, Role.Type);
      b.lower(b.field(declarator, 'size'));
    });
  } else if (kind.includes('function_declarator')) {
    b.emit(Tag.Other, intern('function_type'), type, role, () => {
      typeWith(b, type, inner, Role.ReturnType);
      b.lower(b.field(declarator, 'parameters'), Role.Params);
    });
  } else if (inner >= 0) typeWith(b, type, inner, role);
  else b.lower(type, role);
}

function declared(b: Builder, type: number, declarator: number): void {
  const name = nameOf(b, declarator);
  if (name >= 0) b.lower(name, Role.Name);
  typeWith(b, type, declarator, Role.Type);
}

/** The function declarator of a function's declaration, beneath what it returns; -1 for anything else. */
function functionOf(b: Builder, declarator: number): number {
  for (let at = declarator; at >= 0; at = innerOf(b, at)) {
    const kind = b.kindName(at);
    if (kind === 'function_declarator') {
      const inner = innerOf(b, at);
      return inner >= 0 && b.kindName(inner) === 'parenthesized_declarator' ? -1 : at;
    }
    if (!/^(?:pointer|reference)_declarator$/.test(kind)) return -1;
  }
  return -1;
}

/** The type that a function returns, with the `*` before its name. */
function returned(b: Builder, type: number, declarator: number, func: number): void {
  if (type < 0) return;
  const wrapIn = (at: number, role: number): void => {
    if (at === func || at < 0) b.lower(type, role);
    else
      b.emit(Tag.Unary, b.kindName(at) === 'pointer_declarator' ? OP_POINTER : OP_REFERENCE, type, role, () =>
        wrapIn(innerOf(b, at), Role.Type),
      );
  };
  wrapIn(declarator, Role.ReturnType);
}

const func: Handler = (b, raw, role) => {
  const declarator = b.field(raw, 'declarator');
  const inner = functionOf(b, declarator);
  if (inner < 0) {
    b.generic(raw, role);
    return;
  }
  b.emit(Tag.Func, 0, raw, role, () => functionParts(b, raw, declarator, inner));
};

function functionParts(b: Builder, raw: number, declarator: number, inner: number): void {
  modifiers(b, raw);
  b.lower(innerOf(b, inner), Role.Name);
  b.lower(b.field(inner, 'parameters'), Role.Params);
  returned(b, b.field(raw, 'type'), declarator, inner);
  asBlock(b, b.field(raw, 'body'), Role.Body);
}

/** `int a = 1, *b, f(int);`: each for itself. */
const declaration: Handler = (b, raw, role) => {
  const type = b.field(raw, 'type');
  const list = b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'declarator');
  if (list.length === 0) {
    b.lower(type, role);
    return;
  }
  for (const [at, declarator] of list.entries()) {
    const start = at === 0 ? b.startOf(raw) : b.startOf(declarator);
    const end = list.length === 1 ? b.endOf(raw) : b.endOf(declarator);
    const inner = functionOf(b, declarator);
    if (inner >= 0) {
      b.node(Tag.Func, OP_PROTOTYPE, start, end, role, () => functionParts(b, raw, declarator, inner));
      continue;
    }
    const initialized = b.kindName(declarator) === 'init_declarator';
    const value = initialized ? b.field(declarator, 'value') : Math.max(b.field(raw, 'default_value'), b.field(raw, 'value'));
    b.node(Tag.VarDef, 0, start, end, role, () => {
      modifiers(b, raw);
      declared(b, type, initialized ? b.field(declarator, 'declarator') : declarator);
      if (value >= 0 && b.kindName(value) === 'argument_list')
        b.emit(Tag.List, 0, value, Role.Value, () => b.lowerAll(b.namedChildren(value)));
      else b.lower(value, Role.Value);
    });
  }
};

const parameter: Handler = (b, raw, role) =>
  b.emit(Tag.Param, 0, raw, role, () => {
    modifiers(b, raw);
    declared(b, b.field(raw, 'type'), b.field(raw, 'declarator'));
    b.lower(b.field(raw, 'default_value'), Role.Default);
  });

const classLike: Handler = (b, raw, role) => {
  const body = b.field(raw, 'body');
  const name = b.field(raw, 'name');
  // `struct s` alone is a type.
  if (body < 0) {
    b.emit(Tag.Other, b.kindId(raw), raw, role, () => b.lower(name));
    return;
  }
  b.emit(Tag.Class, b.kindId(raw), raw, role, () => {
    b.lower(name, Role.Name);
    for (const child of b.namedChildren(raw)) {
      if (b.kindName(child) !== 'base_class_clause') continue;
      b.emit(Tag.Bases, 0, child, Role.None, () => {
        for (const base of b.namedChildren(child)) if (b.kindName(base) !== 'access_specifier') b.lower(base);
      });
    }
    b.emit(Tag.Block, 0, body, Role.Body, () => {
      for (const member of b.namedChildren(body)) if (b.kindName(member) !== 'access_specifier') b.lower(member);
    });
  });
};

const typedef: Handler = (b, raw, role) => {
  for (const child of b.namedChildren(raw)) {
    if (b.fieldOf(child) !== 'declarator') continue;
    b.emit(Tag.Other, intern('typedef'), raw, role, () => declared(b, b.field(raw, 'type'), child));
  }
};

/** A type in a cast or as an argument: `char *`. */
const typeDescriptor: Handler = (b, raw, role) => typeWith(b, b.field(raw, 'type'), b.field(raw, 'declarator'), role);

const include: Handler = (b, raw, role) =>
  b.emit(Tag.Import, intern('import'), raw, role, () => {
    const path = b.field(raw, 'path');
    if (path < 0 || b.kindName(path) !== 'system_lib_string') b.lower(path, Role.Module);
    else b.emit(Tag.Str, 0, path, Role.Module, () => b.node(Tag.StrText, 0, b.startOf(path), b.endOf(path), Role.None));
  });

// ---- expressions

/** All names of `a::b::c` in one list: its parts are no expressions of their own. */
const qualified: Handler = (b, raw, role) =>
  b.emit(Tag.Other, OP_SCOPE, raw, role, () => {
    const part = (at: number): void => {
      if (at < 0) return;
      const kind = b.kindName(at);
      if (kind === 'qualified_identifier') {
        part(b.field(at, 'scope'));
        part(b.field(at, 'name'));
      } else if (kind.endsWith('identifier')) b.emit(Tag.Ident, 0, at, Role.Name);
      else b.lower(at);
    };
    part(raw);
  });

const member: Handler = (b, raw, role) => {
  const object = b.field(raw, 'argument');
  b.emit(Tag.Dot, 0, raw, role, () => {
    if (b.hasToken(raw, '->')) b.emit(Tag.Unary, OP_POINTER, object, Role.Object, () => b.lower(object));
    else b.lower(object, Role.Object);
    b.lower(b.field(raw, 'field'), Role.Name);
  });
};

const size: Handler = (b, raw, role) =>
  b.emit(Tag.Call, 0, raw, role, () => {
    b.node(Tag.Const, intern('sizeof'), b.startOf(raw), b.startOf(raw) + 'sizeof'.length, Role.Callee);
    b.node(Tag.Args, 0, b.startOf(raw) + 'sizeof'.length, b.endOf(raw), Role.Args, () => b.lowerAll(b.namedChildren(raw)));
  });

const creation: Handler = (b, raw, role) =>
  b.emit(Tag.New, 0, raw, role, () => {
    const placement = b.field(raw, 'placement');
    if (placement < 0) typeWith(b, b.field(raw, 'type'), b.field(raw, 'declarator'), Role.Callee);
    else
      b.emit(Tag.Other, intern('placement'), placement, Role.Callee, () => {
        b.lowerAll(b.namedChildren(placement));
        typeWith(b, b.field(raw, 'type'), b.field(raw, 'declarator'), Role.Type);
      });
    const list = b.field(raw, 'arguments');
    if (list < 0) b.node(Tag.Args, 0, b.endOf(raw), b.endOf(raw), Role.Args);
    else b.emit(Tag.Args, 0, list, Role.Args, () => b.lowerAll(b.namedChildren(list)));
  });

const lambda: Handler = (b, raw, role) =>
  b.emit(Tag.Func, OP_LAMBDA, raw, role, () => {
    const declarator = b.field(raw, 'declarator');
    if (declarator >= 0) b.lower(b.field(declarator, 'parameters'), Role.Params);
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

function text(b: Builder, raws: readonly number[]): void {
  const [first] = raws;
  const last = raws.at(-1);
  if (first !== undefined && last !== undefined) b.node(Tag.StrText, 0, b.startOf(first), b.endOf(last), Role.None);
}

const string: Handler = (b, raw, role) =>
  b.emit(Tag.Str, 0, raw, role, () =>
    text(
      b,
      b.namedChildren(raw).filter((child) => b.kindName(child) !== 'raw_string_delimiter'),
    ),
  );

/** `"a" "b"` is one string. */
const concatenated: Handler = (b, raw, role) => {
  const parts = b.namedChildren(raw);
  if (parts.some((part) => !b.kindName(part).endsWith('string_literal'))) b.generic(raw, role);
  else b.emit(Tag.Str, 0, raw, role, () => parts.forEach((part) => text(b, b.namedChildren(part))));
};

const unary: Handler = (b, raw, role) =>
  b.emit(Tag.Unary, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => b.lower(b.field(raw, 'argument')));

/** `x++` and `++x` are not the same. */
const step: Handler = (b, raw, role) => {
  const operator = b.field(raw, 'operator');
  const argument = b.field(raw, 'argument');
  b.emit(Tag.Unary, intern((operator < argument ? 'pre' : '') + b.textOf(operator)), raw, role, () => b.lower(argument));
};

const NULL = intern('null');
const WORDS: Readonly<Record<string, string>> = { and: '&&', or: '||', not_eq: '!=' };

const handlers: Record<string, Handler> = {
  translation_unit: block,
  compound_statement: block,
  declaration_list: block,
  expression_statement: (b, raw, role) => b.lowerAll(b.namedChildren(raw), role),
  parenthesized_expression: transparent,
  condition_clause: transparent,
  identifier: leaf(Tag.Ident),
  field_identifier: leaf(Tag.Ident),
  type_identifier: leaf(Tag.Ident),
  namespace_identifier: leaf(Tag.Ident),
  statement_identifier: leaf(Tag.Ident),
  primitive_type: leaf(Tag.Ident),
  sized_type_specifier: sizedType,
  qualified_identifier: qualified,
  template_type: wrap(Tag.Other, intern('template')),
  template_function: wrap(Tag.Other, intern('template')),
  template_argument_list: wrap(Tag.Other, intern('type_arguments')),
  type_descriptor: typeDescriptor,
  type_qualifier: () => {},
  this: (b, raw, role) => b.emit(Tag.Const, b.kindId(raw), raw, role),
  true: (b, raw, role) => b.emit(Tag.Const, b.kindId(raw), raw, role),
  false: (b, raw, role) => b.emit(Tag.Const, b.kindId(raw), raw, role),
  null: (b, raw, role) => b.emit(Tag.Const, NULL, raw, role),
  number_literal: leaf(Tag.Num),
  char_literal: (b, raw, role) => b.emit(Tag.Other, b.kindId(raw), raw, role),
  string_literal: string,
  raw_string_literal: string,
  concatenated_string: concatenated,
  call_expression: (b, raw, role) =>
    b.emit(Tag.Call, 0, raw, role, () => {
      b.lower(b.field(raw, 'function'), Role.Callee);
      b.lower(b.field(raw, 'arguments'), Role.Args);
    }),
  argument_list: wrap(Tag.Args),
  field_expression: member,
  subscript_expression: (b, raw, role) =>
    b.emit(Tag.Index, 0, raw, role, () => {
      b.lower(b.field(raw, 'argument'), Role.Object);
      const indices = b.field(raw, 'indices');
      if (indices >= 0) b.lowerAll(b.namedChildren(indices));
      else b.lower(b.field(raw, 'index'));
    }),
  pointer_expression: unary,
  unary_expression: unary,
  update_expression: step,
  binary_expression: (b, raw, role) => {
    const operator = b.textOf(b.field(raw, 'operator'));
    b.emit(Tag.Binary, intern(WORDS[operator] ?? operator), raw, role, () => sides(b, raw));
  },
  assignment_expression: (b, raw, role) => {
    const operator = b.textOf(b.field(raw, 'operator'));
    b.emit(operator === '=' ? Tag.Assign : Tag.AugAssign, operator === '=' ? 0 : intern(operator), raw, role, () => sides(b, raw));
  },
  conditional_expression: wrap(Tag.Ternary),
  cast_expression: (b, raw, role) =>
    b.emit(Tag.Cast, 0, raw, role, () => {
      b.lower(b.field(raw, 'value'), Role.Value);
      b.lower(b.field(raw, 'type'), Role.Type);
    }),
  sizeof_expression: size,
  new_expression: creation,
  lambda_expression: lambda,
  initializer_list: wrap(Tag.List),
  // As Semgrep reads it: the value alone.
  initializer_pair: (b, raw, role) => b.lower(b.field(raw, 'value'), role),
  declaration,
  field_declaration: declaration,
  function_definition: func,
  parameter_list: wrap(Tag.Params),
  parameter_declaration: parameter,
  optional_parameter_declaration: parameter,
  variadic_parameter: () => {},
  class_specifier: classLike,
  struct_specifier: classLike,
  union_specifier: classLike,
  type_definition: typedef,
  template_declaration: inline('parameters'),
  namespace_definition: (b, raw, role) => {
    b.emit(Tag.Other, intern('namespace'), raw, role, () => b.lower(b.field(raw, 'name'), Role.Module));
    const body = b.field(raw, 'body');
    if (body >= 0) b.lowerAll(b.namedChildren(body));
  },
  linkage_specification: (b, raw) => {
    const body = b.field(raw, 'body');
    if (body >= 0 && b.kindName(body) === 'declaration_list') b.lowerAll(b.namedChildren(body));
    else b.lower(body);
  },
  preproc_include: include,
  preproc_ifdef: inline('name'),
  preproc_if: inline('condition'),
  preproc_elif: inline('condition'),
  preproc_elifdef: inline('name'),
  preproc_else: inline(),
  if_statement: ifStatement,
  for_statement: loop,
  while_statement: loop,
  do_statement: loop,
  for_range_loop: forRange,
  case_statement: clause,
  labeled_statement: labeled,
  return_statement: wrap(Tag.Return),
  try_statement: tryStatement,
  catch_clause: catchClause,
};

export const cLowering: Lowering = {
  handlers,
  comments: ['comment'],
  roles: TYPED_FIELD_ROLES,
};
