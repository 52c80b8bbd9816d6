/** Lowers tree-sitter-go to the common vocabulary. A composite literal is a `New`: its type, then its elements as arguments. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { TYPED_FIELD_ROLES, keyword, leaf, transparent, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_SHORT = intern(':=');
const OP_VAR = intern('var');
const OP_CONST = intern('const');
const OP_FIELD = intern('field');
const OP_POINTER = intern('*');
const OP_SPREAD = intern('...');
/** A parameter of which only the type is written. */
const OP_UNNAMED = intern('unnamed');

/** A block's statements stand in a list of their own in the grammar. */
function statementsOf(b: Builder, raw: number): number[] {
  return b.namedChildren(raw).flatMap((child) => (b.kindName(child) === 'statement_list' ? statementsOf(b, child) : [child]));
}

const block: Handler = (b, raw, role) => b.emit(Tag.Block, 0, raw, role, () => b.lowerAll(statementsOf(b, raw)));

/** One expression, or a tuple of several. */
function expressions(b: Builder, raw: number, role: number): void {
  if (raw < 0) return;
  const parts = b.kindName(raw) === 'expression_list' ? b.namedChildren(raw) : [raw];
  const [only] = parts;
  if (only !== undefined && parts.length === 1) b.lower(only, role);
  else b.emit(Tag.Tuple, 0, raw, role, () => b.lowerAll(parts));
}

function fieldsNamed(b: Builder, raw: number, name: string): number[] {
  return b.namedChildren(raw).filter((child) => b.fieldOf(child) === name);
}

/** `var a, b = 1, 2` is two definitions. */
function specification(op: number): (b: Builder, raw: number, outer: number, role: number) => void {
  return (b, raw, outer, role) => {
    const names = fieldsNamed(b, raw, 'name');
    const type = b.field(raw, 'type');
    const list = b.field(raw, 'value');
    const values = list < 0 ? [] : b.namedChildren(list);
    for (const [at, name] of names.entries()) {
      const extent = names.length === 1 ? outer : name;
      const value = names.length === values.length ? values[at] : undefined;
      b.emit(Tag.VarDef, op, extent, role, () => {
        b.lower(name, Role.Name);
        if (type >= 0) b.lower(type, Role.Type);
        if (value !== undefined) b.lower(value, Role.Value);
        // One call for several names: nobody's value alone.
        else if (list >= 0) expressions(b, list, Role.Optional);
      });
    }
  };
}

function declaration(op: number): Handler {
  const one = specification(op);
  return (b, raw, role) => {
    const specs = b.namedChildren(raw).flatMap((child) => (b.kindName(child) === 'var_spec_list' ? b.namedChildren(child) : [child]));
    for (const spec of specs) one(b, spec, specs.length === 1 ? raw : spec, role);
    if (specs.length === 0) b.generic(raw, role);
  };
}

const shortDeclaration: Handler = (b, raw, role) =>
  b.emit(Tag.Assign, OP_SHORT, raw, role, () => {
    expressions(b, b.field(raw, 'left'), Role.Left);
    expressions(b, b.field(raw, 'right'), Role.Right);
  });

const assignment: Handler = (b, raw, role) => {
  const operator = b.textOf(b.field(raw, 'operator'));
  b.emit(operator === '=' ? Tag.Assign : Tag.AugAssign, operator === '=' ? 0 : intern(operator), raw, role, () => {
    expressions(b, b.field(raw, 'left'), Role.Left);
    expressions(b, b.field(raw, 'right'), Role.Right);
  });
};

/** `x, y int` is two parameters. */
function parameter(b: Builder, raw: number): void {
  const names = fieldsNamed(b, raw, 'name');
  const type = b.field(raw, 'type');
  const variadic = b.kindName(raw) === 'variadic_parameter_declaration';
  const emit = (name: number | undefined): void => {
    const body = (): void => {
      if (name !== undefined) b.lower(name, Role.Name);
      b.lower(type, Role.Type);
    };
    const extent = names.length > 1 && name !== undefined ? name : raw;
    b.emit(Tag.Param, variadic ? OP_SPREAD : name === undefined ? OP_UNNAMED : 0, extent, Role.None, body);
  };
  if (names.length === 0) emit(undefined);
  for (const name of names) emit(name);
}

function result(b: Builder, raw: number): void {
  if (raw < 0) return;
  if (b.kindName(raw) !== 'parameter_list') {
    b.lower(raw, Role.ReturnType);
    return;
  }
  const types = b.namedChildren(raw).map((child) => b.field(child, 'type'));
  const [only] = types;
  if (only !== undefined && types.length === 1) b.lower(only, Role.ReturnType);
  else b.emit(Tag.Tuple, 0, raw, Role.ReturnType, () => b.lowerAll(types));
}

/** A method's receiver is its first parameter, of a kind of its own. */
function parameters(b: Builder, raw: number, receiver: number): void {
  b.emit(Tag.Params, 0, raw, Role.Params, () => {
    if (receiver >= 0)
      b.emit(Tag.Other, intern('receiver'), receiver, Role.None, () => {
        for (const child of b.namedChildren(receiver)) parameter(b, child);
      });
    for (const child of b.namedChildren(raw)) parameter(b, child);
  });
}

const func: Handler = (b, raw, role) =>
  b.emit(Tag.Func, 0, raw, role, () => {
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type_parameters'), Role.TypeParameters);
    const list = b.field(raw, 'parameters');
    if (list >= 0) parameters(b, list, b.field(raw, 'receiver'));
    result(b, b.field(raw, 'result'));
    b.lower(b.field(raw, 'body'), Role.Body);
  });

const functionType: Handler = (b, raw, role) =>
  b.emit(Tag.Other, intern('function_type'), raw, role, () => {
    const list = b.field(raw, 'parameters');
    if (list >= 0) parameters(b, list, -1);
    result(b, b.field(raw, 'result'));
  });

/** One Import per imported package: [path, alias?]; `op` tells a dot import apart. */
function imports(b: Builder, raw: number, role: number): void {
  const specs = b.namedChildren(raw).flatMap((child) => (b.kindName(child) === 'import_spec_list' ? b.namedChildren(child) : [child]));
  for (const spec of specs) {
    const name = b.field(spec, 'name');
    const dot = name >= 0 && b.kindName(name) === 'dot';
    // From the keyword on, as Semgrep reports it.
    b.node(Tag.Import, intern(dot ? 'import .' : 'import'), b.startOf(raw), b.endOf(spec), role, () => {
      b.lower(b.field(spec, 'path'), Role.Module);
      if (name >= 0 && !dot) b.emit(Tag.Ident, 0, name, Role.Alias);
    });
  }
  if (specs.length === 0) b.generic(raw, role);
}

const string: Handler = (b, raw, role) =>
  b.emit(Tag.Str, 0, raw, role, () => {
    // The text without its quotes, escapes as written.
    const start = b.startOf(raw) + 1;
    const end = b.endOf(raw) - 1;
    if (end > start) b.node(Tag.StrText, 0, start, end, Role.None);
  });

function elementValue(b: Builder, raw: number): number {
  return b.kindName(raw) === 'literal_element' ? (b.namedChildren(raw)[0] ?? raw) : raw;
}

/** `T{...}`: keys that are names are named arguments. In a list of such the type may be left out: `{...}`. */
const composite: Handler = (b, raw, role) =>
  b.emit(Tag.New, 0, raw, role, () => {
    b.lower(b.field(raw, 'type'), Role.Callee);
    const body = b.kindName(raw) === 'literal_value' ? raw : b.field(raw, 'body');
    b.emit(Tag.Args, 0, body, Role.Args, () => {
      for (const element of b.namedChildren(body)) {
        if (b.kindName(element) !== 'keyed_element') {
          b.lower(element);
          continue;
        }
        const key = elementValue(b, b.field(element, 'key'));
        const value = elementValue(b, b.field(element, 'value'));
        const named = b.kindName(key) === 'identifier';
        b.emit(named ? Tag.Keyword : Tag.Pair, 0, element, Role.None, () => {
          b.lower(key, named ? Role.Name : Role.Key);
          b.lower(value, Role.Value);
        });
      }
    });
  });

const unary: Handler = (b, raw, role) =>
  b.emit(Tag.Unary, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => b.lower(b.field(raw, 'operand')));

const step =
  (operator: string): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Unary, intern(operator), raw, role, () => b.lowerAll(b.namedChildren(raw)));

const dot =
  (object: string, name: string): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      b.lower(b.field(raw, object), Role.Object);
      b.emit(Tag.Ident, 0, b.field(raw, name), Role.Name);
    });

/** `new(T)` is `&T{}` and `make(T, ...)` makes a T: both say a type. */
const call: Handler = (b, raw, role) => {
  const callee = b.field(raw, 'function');
  const args = b.field(raw, 'arguments');
  const name = b.kindName(callee) === 'identifier' ? b.textOf(callee) : '';
  const [type, ...rest] = args < 0 ? [] : b.namedChildren(args);
  if (type !== undefined && name === 'new' && rest.length === 0) {
    b.emit(Tag.Unary, intern('&'), raw, role, () =>
      b.emit(Tag.New, 0, raw, Role.None, () => {
        b.lower(type, Role.Callee);
        b.node(Tag.Args, 0, b.endOf(args), b.endOf(args), Role.Args);
      }),
    );
  } else if (type !== undefined && name === 'make') {
    b.emit(Tag.New, 0, raw, role, () => {
      b.lower(type, Role.Callee);
      b.node(Tag.Args, 0, b.endOf(type), b.endOf(args), Role.Args, () => b.lowerAll(rest));
    });
  } else {
    b.emit(Tag.Call, 0, raw, role, () => {
      b.lower(callee, Role.Callee);
      b.lower(args, Role.Args);
      b.lower(b.field(raw, 'type_arguments'), Role.TypeParameters);
    });
  }
};

/** With an initializer, a block of the initializer and the statement itself. */
function withInitializer(b: Builder, raw: number, role: number, emit: (at: number) => void): void {
  const initializer = b.field(raw, 'initializer');
  if (initializer < 0) emit(role);
  else
    b.emit(Tag.Block, 0, raw, role, () => {
      b.lower(initializer);
      emit(Role.None);
    });
}

const ifStatement: Handler = (b, raw, role) =>
  withInitializer(b, raw, role, (at) =>
    b.emit(Tag.If, 0, raw, at, () => {
      b.lower(b.field(raw, 'condition'), Role.Condition);
      b.lower(b.field(raw, 'consequence'), Role.Body);
      b.lower(b.field(raw, 'alternative'), Role.Alternative);
    }),
  );

const forStatement: Handler = (b, raw, role) => {
  const body = b.field(raw, 'body');
  const header = b.namedChildren(raw).find((child) => child !== body);
  if (header !== undefined && b.kindName(header) === 'range_clause') {
    b.emit(Tag.Other, intern('for_range'), raw, role, () => {
      const left = b.field(header, 'left');
      if (left >= 0) b.emit(Tag.Tuple, 0, left, Role.Left, () => b.lowerAll(b.namedChildren(left)));
      b.lower(b.field(header, 'right'), Role.Right);
      b.lower(body, Role.Body);
    });
    return;
  }
  b.emit(Tag.Other, intern('for_statement'), raw, role, () => {
    if (header !== undefined && b.kindName(header) === 'for_clause') {
      for (const [name, part] of [
        ['initializer', Role.None],
        ['condition', Role.Condition],
        ['update', Role.Right],
      ] as const)
        b.lower(b.field(header, name), part);
    } else if (header !== undefined) b.lower(header, Role.Condition);
    b.lower(body, Role.Body);
  });
};

/** `case a, b: ...`: what is compared, then a block. */
const caseClause: Handler = (b, raw, role) => {
  const bodies = b.namedChildren(raw).filter((child) => b.kindName(child) === 'statement_list');
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    for (const child of b.namedChildren(raw)) {
      if (b.kindName(child) === 'expression_list') b.lowerAll(b.namedChildren(child));
      else if (b.kindName(child) !== 'statement_list') b.lower(child);
    }
    const start = bodies[0] === undefined ? b.endOf(raw) : b.startOf(bodies[0]);
    b.node(Tag.Block, 0, start, b.endOf(raw), Role.Body, () => b.lowerAll(bodies.flatMap((body) => statementsOf(b, body))));
  });
};

const switchStatement: Handler = (b, raw, role) =>
  withInitializer(b, raw, role, (at) =>
    b.emit(Tag.Other, intern(b.kindName(raw)), raw, at, () => {
      for (const child of b.namedChildren(raw)) if (b.fieldOf(child) !== 'initializer') b.lower(child);
    }),
  );

const structType: Handler = (b, raw, role) =>
  b.emit(Tag.Class, 0, raw, role, () => {
    const [list] = b.namedChildren(raw);
    if (list !== undefined) b.emit(Tag.Block, 0, list, Role.Body, () => b.lowerAll(b.namedChildren(list)));
  });

const structField: Handler = (b, raw, role) => {
  const names = fieldsNamed(b, raw, 'name');
  const type = b.field(raw, 'type');
  const tag = b.field(raw, 'tag');
  if (names.length === 0) b.emit(Tag.Spread, OP_SPREAD, raw, role, () => b.lower(type));
  for (const name of names) {
    b.emit(Tag.VarDef, OP_FIELD, names.length === 1 ? raw : name, role, () => {
      b.lower(name, Role.Name);
      b.lower(type, Role.Type);
      b.lower(tag, Role.Optional);
    });
  }
};

const typeDeclaration: Handler = (b, raw, role) => {
  const specs = b.namedChildren(raw);
  for (const spec of specs) {
    b.emit(Tag.Other, b.kindId(spec), specs.length === 1 ? raw : spec, role, () => {
      b.lower(b.field(spec, 'name'), Role.Name);
      b.lower(b.field(spec, 'type_parameters'), Role.TypeParameters);
      b.lower(b.field(spec, 'type'), Role.Type);
    });
  }
};

const handlers: Record<string, Handler> = {
  source_file: block,
  package_clause: (b, raw, role) => b.emit(Tag.Other, b.kindId(raw), raw, role, () => b.lowerAll(b.namedChildren(raw), Role.Name)),
  block,
  expression_statement: transparent,
  parenthesized_expression: transparent,
  parenthesized_type: transparent,
  expression_list: expressions,
  identifier: leaf(Tag.Ident),
  type_identifier: leaf(Tag.Ident),
  field_identifier: leaf(Tag.Ident),
  package_identifier: leaf(Tag.Ident),
  blank_identifier: leaf(Tag.Ident),
  label_name: leaf(Tag.Ident),
  int_literal: leaf(Tag.Num),
  float_literal: leaf(Tag.Num),
  true: keyword,
  false: keyword,
  nil: keyword,
  iota: keyword,
  interpreted_string_literal: string,
  raw_string_literal: string,
  selector_expression: dot('operand', 'field'),
  qualified_type: dot('package', 'name'),
  index_expression: (b, raw, role) =>
    b.emit(Tag.Index, 0, raw, role, () => {
      b.lower(b.field(raw, 'operand'), Role.Object);
      b.lower(b.field(raw, 'index'));
    }),
  call_expression: call,
  argument_list: wrap(Tag.Args),
  special_argument_list: wrap(Tag.Args),
  variadic_argument: wrap(Tag.Spread, OP_SPREAD),
  composite_literal: composite,
  literal_value: composite,
  literal_element: transparent,
  keyed_element: (b, raw, role) =>
    b.emit(Tag.Tuple, 0, raw, role, () => {
      b.lower(elementValue(b, b.field(raw, 'key')));
      b.lower(elementValue(b, b.field(raw, 'value')));
    }),
  type_conversion_expression: (b, raw, role) =>
    b.emit(Tag.Other, intern('type_conversion'), raw, role, () => {
      b.lower(b.field(raw, 'type'));
      b.lower(b.field(raw, 'operand'), Role.Value);
    }),
  type_elem: transparent,
  unary_expression: unary,
  inc_statement: step('++'),
  dec_statement: step('--'),
  binary_expression: (b, raw, role) =>
    b.emit(Tag.Binary, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => {
      b.lower(b.field(raw, 'left'), Role.Left);
      b.lower(b.field(raw, 'right'), Role.Right);
    }),
  pointer_type: wrap(Tag.Unary, OP_POINTER),
  var_declaration: declaration(OP_VAR),
  const_declaration: declaration(OP_CONST),
  short_var_declaration: shortDeclaration,
  assignment_statement: assignment,
  receive_statement: (b, raw, role) => {
    const left = b.field(raw, 'left');
    if (left < 0) b.lower(b.field(raw, 'right'), role);
    else
      b.emit(Tag.Assign, b.hasToken(raw, ':=') ? OP_SHORT : 0, raw, role, () => {
        expressions(b, left, Role.Left);
        b.lower(b.field(raw, 'right'), Role.Right);
      });
  },
  function_declaration: func,
  method_declaration: func,
  func_literal: func,
  method_elem: func,
  function_type: functionType,
  import_declaration: imports,
  if_statement: ifStatement,
  for_statement: forStatement,
  return_statement: (b, raw, role) =>
    b.emit(Tag.Return, 0, raw, role, () => {
      const [values] = b.namedChildren(raw);
      if (values !== undefined) expressions(b, values, Role.None);
    }),
  expression_switch_statement: switchStatement,
  type_switch_statement: switchStatement,
  select_statement: switchStatement,
  expression_case: caseClause,
  type_case: caseClause,
  communication_case: caseClause,
  default_case: caseClause,
  struct_type: structType,
  field_declaration: structField,
  type_declaration: typeDeclaration,
};

export const goLowering: Lowering = {
  local: true,
  handlers,
  comments: ['comment'],
  roles: TYPED_FIELD_ROLES,
};
