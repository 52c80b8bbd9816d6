/**
 * Lowers tree-sitter-julia to the common vocabulary. The grammar has no node for a body: statements stand beside the head they belong to, so
 * bodies are made here. `f(x) = e` is a function that returns `e`, `x::T` a variable with a type where one is declared and a conversion elsewhere.
 */
import type { Builder, Handler, Lowering } from '../builder.js';
import { leaf, transparent, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_LAMBDA = intern('lambda');
const OP_IMPORT = intern('import');
const OP_FROM = intern('from');
const OP_USING = intern('using');
const OP_USING_FROM = intern('using from');

/** Statements as a block; an empty one stands at `at`. */
function body(b: Builder, statements: readonly number[], role: number, at: number): void {
  const [first] = statements;
  const last = statements.at(-1);
  const start = first === undefined ? at : b.startOf(first);
  b.node(Tag.Block, 0, start, last === undefined ? at : b.endOf(last), role, () => b.lowerAll(statements));
}

/** The end of the keyword that `raw` begins with. */
function headEnd(b: Builder, raw: number): number {
  const [first] = b.children(raw);
  return first === undefined ? b.startOf(raw) : b.endOf(first);
}

/** Whether two nodes stand on one line. */
function sameLine(b: Builder, from: number, to: number): boolean {
  return !/[\n;]/.test(b.text.slice(from, to));
}

const OPERATOR = 'operator';

function operatorOf(b: Builder, raw: number): number {
  const found = b.namedChildren(raw).find((child) => b.kindName(child) === OPERATOR);
  return found === undefined ? 0 : intern(b.textOf(found));
}

function operands(b: Builder, raw: number): number[] {
  return b.namedChildren(raw).filter((child) => b.kindName(child) !== OPERATOR);
}

// ---- functions

interface Signature {
  readonly name: number | undefined;
  readonly params: number | undefined;
  readonly returns: number | undefined;
}

/** `f(x)`, `f(x)::T`, `f(x) where T`; undefined for what is no head of a function. */
function signatureOf(b: Builder, raw: number): Signature | undefined {
  const [first, second] = b.namedChildren(raw);
  switch (b.kindName(raw)) {
    case 'signature':
    case 'where_expression':
      return first === undefined ? undefined : signatureOf(b, first);
    case 'typed_expression': {
      const inner = first === undefined ? undefined : signatureOf(b, first);
      return inner === undefined || inner.params === undefined ? undefined : { ...inner, returns: second };
    }
    case 'call_expression':
      return { name: first, params: second, returns: undefined };
    case 'argument_list':
    case 'tuple_expression':
      return { name: undefined, params: raw, returns: undefined };
    case 'identifier':
      return { name: raw, params: undefined, returns: undefined };
    default:
      return undefined;
  }
}

/** Of `x`, `x::T`, `x = 1`, `x::T = 1`, `xs...`. */
function parameter(b: Builder, raw: number): void {
  const kind = b.kindName(raw);
  if (kind === 'splat_expression') {
    b.emit(Tag.Spread, intern('...'), raw, Role.None, () => b.lowerAll(b.namedChildren(raw)));
    return;
  }
  b.emit(Tag.Param, 0, raw, Role.None, () => {
    const [declared, value] = kind === 'named_argument' || kind === 'let_binding' ? operands(b, raw) : [raw];
    if (declared === undefined) return;
    const [name, type] = b.kindName(declared) === 'typed_expression' ? b.namedChildren(declared) : [declared];
    if (name !== undefined) b.lower(name, Role.Name);
    if (type !== undefined) b.emit(Tag.Type, 0, type, Role.Type, () => b.lower(type));
    if (value !== undefined) b.lower(value, Role.Default);
  });
}

function parameters(b: Builder, raw: number | undefined, at: number): void {
  if (raw === undefined) b.node(Tag.Params, 0, at, at, Role.Params);
  else if (b.kindName(raw) === 'identifier') b.emit(Tag.Params, 0, raw, Role.Params, () => parameter(b, raw));
  else
    b.emit(Tag.Params, 0, raw, Role.Params, () => {
      for (const child of b.namedChildren(raw)) parameter(b, child);
    });
}

function func(b: Builder, raw: number, role: number, signature: Signature, op: number, emitBody: () => void): void {
  b.emit(Tag.Func, op, raw, role, () => {
    if (signature.name !== undefined) b.lower(signature.name, Role.Name);
    parameters(b, signature.params, signature.name === undefined ? b.startOf(raw) : b.endOf(signature.name));
    const { returns } = signature;
    if (returns !== undefined) b.emit(Tag.Type, 0, returns, Role.ReturnType, () => b.lower(returns));
    emitBody();
  });
}

/** A body that is one expression, which the function returns. */
function returned(b: Builder, raw: number): void {
  const kind = b.kindName(raw);
  if (kind === 'compound_statement') b.lower(raw, Role.Body);
  else
    b.emit(Tag.Block, 0, raw, Role.Body, () => {
      if (kind === 'return_statement') b.lower(raw);
      else b.emit(Tag.Return, 0, raw, Role.None, () => b.lower(raw));
    });
}

const definition =
  (op: number): Handler =>
  (b, raw, role) => {
    const [head, ...statements] = b.namedChildren(raw);
    const signature = head === undefined ? undefined : signatureOf(b, head);
    if (head === undefined || signature === undefined) b.generic(raw, role);
    else func(b, raw, role, signature, signature.name === undefined ? OP_LAMBDA : op, () => body(b, statements, Role.Body, b.endOf(head)));
  };

const arrow: Handler = (b, raw, role) => {
  const [head, value] = b.namedChildren(raw);
  if (head === undefined || value === undefined) {
    b.generic(raw, role);
    return;
  }
  const params = /^(?:argument_list|tuple_expression|identifier)$/.test(b.kindName(head)) ? head : undefined;
  if (params === undefined) b.generic(raw, role);
  else func(b, raw, role, { name: undefined, params, returns: undefined }, OP_LAMBDA, () => returned(b, value));
};

// ---- assignments

function assigned(b: Builder, raw: number, role: number, keyword: number | undefined): void {
  const [left, right] = operands(b, raw);
  if (left === undefined) return;
  const signature = b.kindName(left) === 'identifier' ? undefined : signatureOf(b, left);
  if (signature?.name !== undefined && signature.params !== undefined && right !== undefined) {
    func(b, raw, role, signature, 0, () => returned(b, right));
    return;
  }
  const [name, type] = b.kindName(left) === 'typed_expression' ? b.namedChildren(left) : [left];
  const declares = keyword !== undefined;
  b.emit(declares ? Tag.VarDef : Tag.Assign, keyword ?? 0, raw, role, () => {
    if (name !== undefined) b.lower(name, declares ? Role.Name : Role.Left);
    if (type !== undefined) b.emit(Tag.Type, 0, type, Role.Type, () => b.lower(type));
    if (right !== undefined) b.lower(right, declares ? Role.Value : Role.Right);
  });
}

const declaration =
  (keyword: string): Handler =>
  (b, raw, role) => {
    const [inner] = b.namedChildren(raw);
    if (inner === undefined) return;
    if (b.kindName(inner) === 'assignment') assigned(b, inner, role, intern(keyword));
    else b.generic(raw, role);
  };

const letStatement: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  let bound = 0;
  let end = headEnd(b, raw);
  // Bindings stand on the line of `let`, and go on after a comma.
  while (bound < children.length && (sameLine(b, end, b.startOf(children[bound] as number)) || /^\s*,/.test(b.text.slice(end)))) {
    end = b.endOf(children[bound] as number);
    bound++;
  }
  b.emit(Tag.Other, intern('let_statement'), raw, role, () => {
    for (const child of children.slice(0, bound)) {
      if (b.kindName(child) === 'let_binding') assigned(b, child, Role.None, intern('let'));
      else b.lower(child);
    }
    body(b, children.slice(bound), Role.Body, end);
  });
};

// ---- control

function branches(b: Builder, raw: number, clauses: readonly number[], role: number): void {
  const [first, ...rest] = clauses;
  const condition = b.field(raw, 'condition');
  const last = clauses.at(-1) ?? raw;
  b.node(Tag.If, 0, b.startOf(raw), Math.max(b.endOf(raw), b.endOf(last)), role, () => {
    b.lower(condition, Role.Condition);
    const statements = b.namedChildren(raw).filter((child) => child !== condition && b.fieldOf(child) !== 'alternative');
    body(b, statements, Role.Body, condition < 0 ? headEnd(b, raw) : b.endOf(condition));
    if (first === undefined) return;
    if (b.kindName(first) === 'elseif_clause') branches(b, first, rest, Role.Alternative);
    else body(b, b.namedChildren(first), Role.Alternative, headEnd(b, first));
  });
}

const forStatement: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const bindings = children.filter((child) => b.kindName(child) === 'for_binding');
  b.emit(Tag.Other, intern('for_statement'), raw, role, () => {
    for (const binding of bindings) {
      const [left, right] = operands(b, binding);
      if (left !== undefined) b.lower(left, Role.Left);
      if (right !== undefined) b.lower(right, Role.Right);
    }
    body(
      b,
      children.filter((child) => !bindings.includes(child)),
      Role.Body,
      b.endOf(bindings.at(-1) ?? raw),
    );
  });
};

const whileStatement: Handler = (b, raw, role) => {
  const condition = b.field(raw, 'condition');
  b.emit(Tag.Other, intern('while_statement'), raw, role, () => {
    b.lower(condition, Role.Condition);
    body(
      b,
      b.namedChildren(raw).filter((child) => child !== condition),
      Role.Body,
      condition < 0 ? headEnd(b, raw) : b.endOf(condition),
    );
  });
};

const CLAUSES: Readonly<Record<string, number>> = { catch_clause: Tag.Catch, finally_clause: Tag.Finally, else_clause: Tag.Else };

const tryStatement: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const isClause = (child: number): boolean => b.kindName(child) in CLAUSES;
  b.emit(Tag.Try, 0, raw, role, () => {
    body(
      b,
      children.filter((child) => !isClause(child)),
      Role.Body,
      headEnd(b, raw),
    );
    for (const clause of children.filter(isClause))
      b.emit(CLAUSES[b.kindName(clause)] ?? Tag.Other, 0, clause, Role.None, () => {
        const [first, ...rest] = b.namedChildren(clause);
        // What is caught stands on the line of `catch`.
        const caught = b.kindName(clause) === 'catch_clause' && first !== undefined && sameLine(b, headEnd(b, clause), b.startOf(first));
        if (caught) b.lower(first);
        body(b, caught || first === undefined ? rest : [first, ...rest], Role.Body, caught ? b.endOf(first) : headEnd(b, clause));
      });
  });
};

/** A head and what stands in it: `module M ... end`. */
const moduleDefinition: Handler = (b, raw, role) => {
  const name = b.field(raw, 'name');
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    b.lower(name, Role.Name);
    body(
      b,
      b.namedChildren(raw).filter((child) => child !== name),
      Role.Body,
      name < 0 ? headEnd(b, raw) : b.endOf(name),
    );
  });
};

const structDefinition: Handler = (b, raw, role) => {
  const [head, ...members] = b.namedChildren(raw);
  const [inner] = head === undefined ? [] : b.namedChildren(head);
  b.emit(Tag.Class, b.hasToken(raw, 'mutable') ? intern('mutable') : 0, raw, role, () => {
    const [name, base] = inner === undefined ? [] : b.kindName(inner) === 'binary_expression' ? operands(b, inner) : [inner];
    if (name !== undefined) b.lower(name, Role.Name);
    if (base !== undefined) b.emit(Tag.Bases, 0, base, Role.None, () => b.lower(base));
    const at = head === undefined ? b.startOf(raw) : b.endOf(head);
    const last = members.at(-1);
    b.node(Tag.Block, 0, members[0] === undefined ? at : b.startOf(members[0]), last === undefined ? at : b.endOf(last), Role.Body, () => {
      for (const member of members) {
        const [field, type] = b.kindName(member) === 'typed_expression' ? b.namedChildren(member) : [member];
        if (b.kindName(member) !== 'identifier' && b.kindName(member) !== 'typed_expression') b.lower(member);
        else
          b.emit(Tag.VarDef, intern('field'), member, Role.None, () => {
            if (field !== undefined) b.lower(field, Role.Name);
            if (type !== undefined) b.emit(Tag.Type, 0, type, Role.Type, () => b.lower(type));
          });
      }
    });
  });
};

// ---- imports

/** `import A.B as C`, `using A: b as c, d`. */
const imports: Handler = (b, raw, role) => {
  const named = (part: number, at: number): void => {
    const [name, alias] = b.kindName(part) === 'import_alias' ? b.namedChildren(part) : [part];
    if (name !== undefined) b.lower(name, at);
    if (alias !== undefined) b.lower(alias, Role.Alias);
  };
  const using = b.kindName(raw) === 'using_statement';
  for (const child of b.namedChildren(raw)) {
    const [module, ...names] = b.kindName(child) === 'selected_import' ? b.namedChildren(child) : [child];
    if (module === undefined) continue;
    if (names.length === 0) b.emit(Tag.Import, using ? OP_USING : OP_IMPORT, raw, role, () => named(module, Role.Module));
    for (const name of names)
      b.emit(Tag.Import, using ? OP_USING_FROM : OP_FROM, raw, role, () => {
        b.lower(module, Role.Module);
        named(name, Role.Name);
      });
  }
};

const dotted: Handler = (b, raw, role) => {
  const [first, ...rest] = b.namedChildren(raw);
  const emit = (count: number, at: number): void => {
    const last = rest[count - 1];
    if (first === undefined) return;
    if (last === undefined) b.lower(first, at);
    else
      b.node(Tag.Dot, 0, b.startOf(raw), b.endOf(last), at, () => {
        emit(count - 1, Role.Object);
        b.lower(last, Role.Name);
      });
  };
  emit(rest.length, role);
};

// ---- expressions

/** Text, escapes as written, and interpolations. */
const string: Handler = (b, raw, role) =>
  b.emit(Tag.Str, 0, raw, role, () => {
    // The closing quotes are no node; they are as many as the opening ones.
    const [open, ...children] = b.children(raw);
    const end = b.endOf(raw) - (open === undefined ? 0 : b.endOf(open) - b.startOf(open));
    let from = -1;
    const flush = (to: number): void => {
      if (from >= 0 && to > from) b.node(Tag.StrText, 0, from, to, Role.None);
      from = -1;
    };
    for (const child of children) {
      const kind = b.kindName(child);
      if (kind === 'string_interpolation') {
        flush(b.startOf(child));
        b.emit(Tag.StrInterp, 0, child, Role.None, () => b.lowerAll(b.namedChildren(child)));
      } else if (b.isNamed(child)) from = from < 0 ? b.startOf(child) : from;
      else flush(b.startOf(child));
    }
    flush(end);
  });

const call: Handler = (b, raw, role) => {
  const [callee, ...rest] = b.namedChildren(raw);
  const [args, block] = rest;
  b.emit(Tag.Call, 0, raw, role, () => {
    if (callee !== undefined) b.lower(callee, Role.Callee);
    if (args === undefined) return;
    // A `do` block is one more argument: a function.
    b.node(Tag.Args, 0, b.startOf(args), b.endOf(block ?? args), Role.Args, () => {
      if (b.kindName(args) === 'do_clause') b.lower(args);
      else b.lowerAll(b.namedChildren(args));
      if (block !== undefined) b.lower(block);
    });
  });
};

const doClause: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const [head] = children;
  const hasParams = head !== undefined && b.kindName(head) === 'argument_list';
  const signature = { name: undefined, params: hasParams ? head : undefined, returns: undefined };
  const at = hasParams ? b.endOf(head) : headEnd(b, raw);
  func(b, raw, role, signature, OP_LAMBDA, () => body(b, hasParams ? children.slice(1) : children, Role.Body, at));
};

const typed: Handler = (b, raw, role) => {
  const [value, type] = b.namedChildren(raw);
  b.emit(Tag.Cast, 0, raw, role, () => {
    if (value !== undefined) b.lower(value);
    if (type !== undefined) b.emit(Tag.Type, 0, type, Role.Type, () => b.lower(type));
  });
};

const macroCall: Handler = (b, raw, role) => {
  const [name, args] = b.namedChildren(raw);
  b.emit(Tag.Call, 0, raw, role, () => {
    if (name !== undefined) b.emit(Tag.Ident, 0, name, Role.Callee);
    const at = name === undefined ? b.startOf(raw) : b.endOf(name);
    if (args === undefined) b.node(Tag.Args, 0, at, at, Role.Args);
    else b.emit(Tag.Args, 0, args, Role.Args, () => b.lowerAll(b.namedChildren(args)));
  });
};

const block: Handler = (b, raw, role) => b.emit(Tag.Block, 0, raw, role, () => b.lowerAll(b.namedChildren(raw)));

const handlers: Record<string, Handler> = {
  source_file: block,
  compound_statement: block,
  [OPERATOR]: () => {},
  identifier: leaf(Tag.Ident),
  integer_literal: leaf(Tag.Num),
  float_literal: leaf(Tag.Num),
  boolean_literal: (b, raw, role) => b.emit(Tag.Const, intern(b.textOf(raw)), raw, role),
  string_literal: string,
  parenthesized_expression: transparent,
  function_definition: definition(0),
  macro_definition: definition(intern('macro')),
  arrow_function_expression: arrow,
  do_clause: doClause,
  assignment: (b, raw, role) => assigned(b, raw, role, undefined),
  const_statement: declaration('const'),
  local_statement: declaration('local'),
  global_statement: declaration('global'),
  let_statement: letStatement,
  compound_assignment_expression: (b, raw, role) =>
    b.emit(Tag.AugAssign, operatorOf(b, raw), raw, role, () => {
      const [left, right] = operands(b, raw);
      if (left !== undefined) b.lower(left, Role.Left);
      if (right !== undefined) b.lower(right, Role.Right);
    }),
  if_statement: (b, raw, role) =>
    branches(
      b,
      raw,
      b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'alternative'),
      role,
    ),
  for_statement: forStatement,
  while_statement: whileStatement,
  try_statement: tryStatement,
  return_statement: wrap(Tag.Return),
  module_definition: moduleDefinition,
  struct_definition: structDefinition,
  import_statement: imports,
  using_statement: imports,
  scoped_identifier: dotted,
  field_expression: (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      const [object, name] = b.namedChildren(raw);
      if (object !== undefined) b.lower(object, Role.Object);
      if (name !== undefined) b.lower(name, Role.Name);
    }),
  index_expression: (b, raw, role) =>
    b.emit(Tag.Index, 0, raw, role, () => {
      const [object, index] = b.namedChildren(raw);
      if (object !== undefined) b.lower(object, Role.Object);
      if (index !== undefined) b.lowerAll(b.namedChildren(index));
    }),
  call_expression: call,
  macrocall_expression: macroCall,
  argument_list: wrap(Tag.Args),
  named_argument: (b, raw, role) =>
    b.emit(Tag.Keyword, 0, raw, role, () => {
      const [name, value] = operands(b, raw);
      if (name !== undefined) b.lower(name, Role.Name);
      if (value !== undefined) b.lower(value, Role.Value);
    }),
  splat_expression: wrap(Tag.Spread, intern('...')),
  typed_expression: typed,
  binary_expression: (b, raw, role) =>
    b.emit(Tag.Binary, operatorOf(b, raw), raw, role, () => {
      const [left, right] = operands(b, raw);
      if (left !== undefined) b.lower(left, Role.Left);
      if (right !== undefined) b.lower(right, Role.Right);
    }),
  unary_expression: (b, raw, role) => b.emit(Tag.Unary, operatorOf(b, raw), raw, role, () => b.lowerAll(operands(b, raw))),
  ternary_expression: wrap(Tag.Ternary),
  vector_expression: wrap(Tag.List),
  tuple_expression: wrap(Tag.Tuple),
};

export const juliaLowering: Lowering = { handlers, comments: ['line_comment', 'block_comment'], roles: { condition: Role.Condition } };
