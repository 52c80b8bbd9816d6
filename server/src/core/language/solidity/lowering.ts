/**
 * Lowers tree-sitter-solidity to the common vocabulary. Visibility, mutability, storage and modifiers are a definition's decorators; a
 * modifier and a constructor are functions; what a function returns is not looked at, as in Semgrep.
 */
import type { Builder, Handler, Lowering } from '../builder.js';
import { FIELD_ROLES, block, dotted, leaf, lowered, sides, transparent, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { expressionIn, mended, operation, startOf } from './operations.js';

const OP_MODIFIER = intern('modifier');
const OP_NOTHING = intern('empty_statement');
const OP_ARRAY = intern('array');
const OP_SIZED_ARRAY = intern('sized array');

// ---- statements

function unwrapped(b: Builder, raw: number): number {
  return raw >= 0 && b.kindName(raw) === 'statement' ? (b.namedChildren(raw)[0] ?? raw) : raw;
}

/** A statement where a block may stand: always a block. */
function asBlock(b: Builder, raw: number, role: number): void {
  const at = unwrapped(b, raw);
  if (at < 0) return;
  if (b.kindName(at) === 'block_statement' && !isUnchecked(b, at)) block(b, at, role);
  else b.emit(Tag.Block, 0, at, role, () => b.lower(at));
}

function isUnchecked(b: Builder, raw: number): boolean {
  return b.namedChildren(raw).some((child) => b.kindName(child) === 'unchecked');
}

const blockStatement: Handler = (b, raw, role) => {
  if (!isUnchecked(b, raw)) {
    block(b, raw, role);
    return;
  }
  b.emit(Tag.Other, intern('unchecked'), raw, role, () =>
    b.emit(Tag.Block, 0, raw, Role.Body, () => b.lowerAll(b.namedChildren(raw).filter((child) => b.kindName(child) !== 'unchecked'))),
  );
};

const ifStatement: Handler = (b, raw, role) =>
  b.emit(Tag.If, 0, raw, role, () => {
    b.lower(b.field(raw, 'condition'), Role.Condition);
    const [body, alternative] = b.namedChildren(raw).filter((child) => b.fieldOf(child) === 'body');
    if (body !== undefined) asBlock(b, body, Role.Body);
    if (alternative === undefined) return;
    const inner = unwrapped(b, alternative);
    if (b.kindName(inner) === 'if_statement') b.lower(inner, Role.Alternative);
    else asBlock(b, alternative, Role.Alternative);
  });

/** A part that is left out has a node too, so that a pattern without it asks for just that. */
function orNothing(b: Builder, raw: number, at: number, role: number): void {
  if (raw >= 0 && b.isNamed(raw)) b.lower(raw, role);
  else b.node(Tag.Other, OP_NOTHING, at, at, role);
}

const forStatement: Handler = (b, raw, role) =>
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    const at = b.startOf(raw);
    orNothing(b, b.field(raw, 'initial'), at, Role.None);
    orNothing(b, b.field(raw, 'condition'), at, Role.Condition);
    orNothing(b, b.field(raw, 'update'), at, Role.Right);
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

const whileStatement: Handler = (b, raw, role) =>
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    b.lower(b.field(raw, 'condition'), Role.Condition);
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

const tryStatement: Handler = (b, raw, role) =>
  b.emit(Tag.Try, 0, raw, role, () => {
    for (const child of b.namedChildren(raw)) b.lower(child, b.fieldOf(child) === 'body' ? Role.Body : Role.None);
  });

const catchClause: Handler = (b, raw, role) =>
  b.emit(Tag.Catch, 0, raw, role, () => {
    for (const child of b.namedChildren(raw)) b.lower(child, b.fieldOf(child) === 'body' ? Role.Body : Role.None);
  });

// ---- definitions

const MODIFIERS = new Set(['visibility', 'state_mutability', 'virtual', 'override_specifier']);
const MODIFIER_TOKENS = new Set([
  'constant',
  'immutable',
  'payable',
  'public',
  'internal',
  'private',
  'abstract',
  'memory',
  'storage',
  'calldata',
  'indexed',
]);

function modifiers(b: Builder, raw: number): void {
  for (const child of b.children(raw)) {
    const kind = b.kindName(child);
    if (MODIFIERS.has(kind) || MODIFIER_TOKENS.has(kind)) b.emit(Tag.Other, OP_MODIFIER, child, Role.Decorator);
    else if (kind === 'modifier_invocation') b.lower(child, Role.Decorator);
  }
}

const invocation: Handler = (b, raw, role) =>
  b.emit(Tag.Decorator, 0, raw, role, () =>
    b.emit(Tag.Call, 0, raw, Role.None, () => {
      const children = b.namedChildren(raw);
      dotted(
        b,
        children.filter((child) => b.kindName(child) !== 'call_argument'),
        Role.Callee,
        0,
        lowered,
      );
      b.node(Tag.Args, 0, b.startOf(raw), b.endOf(raw), Role.Args, () => args(b, raw));
    }),
  );

function variable(b: Builder, raw: number, outer: number, value: number, role: number): void {
  b.emit(Tag.VarDef, 0, outer, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type'), Role.Type);
    b.lower(value, Role.Value);
  });
}

const local: Handler = (b, raw, role) => {
  const [target] = b.namedChildren(raw);
  const value = b.field(raw, 'value');
  if (target === undefined) return;
  if (b.kindName(target) === 'variable_declaration') variable(b, target, raw, value, role);
  else
    b.emit(Tag.Assign, 0, raw, role, () => {
      b.emit(Tag.Tuple, 0, target, Role.Left, () => b.lowerAll(b.namedChildren(target)));
      b.lower(value, Role.Right);
    });
};

const parameter: Handler = (b, raw, role) =>
  b.emit(Tag.Param, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type'), Role.Type);
  });

const PARAMETERS = new Set(['parameter', 'event_parameter', 'error_parameter']);

function parameters(b: Builder, raw: number): void {
  const list = b.namedChildren(raw).filter((child) => PARAMETERS.has(b.kindName(child)));
  const start = list[0] === undefined ? b.startOf(raw) : b.startOf(list[0]);
  b.node(Tag.Params, 0, start, Math.max(start, b.endOf(list.at(-1) ?? raw)), Role.Params, () => b.lowerAll(list));
}

/** @param own the word that is the name of a function without one, and itself a decorator */
const func =
  (own: boolean): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Func, 0, raw, role, () => {
      const [word] = b.children(raw);
      if (own && word !== undefined) b.emit(Tag.Other, OP_MODIFIER, word, Role.Decorator);
      modifiers(b, raw);
      const name = b.field(raw, 'name');
      if (name >= 0) b.lower(name, Role.Name);
      else if (word !== undefined) b.emit(Tag.Ident, 0, word, Role.Name);
      parameters(b, raw);
      b.lower(b.field(raw, 'body'), Role.Body);
    });

const signature: Handler = (b, raw, role) =>
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    b.lower(b.field(raw, 'name'), Role.Name);
    parameters(b, raw);
  });

const contract =
  (op: number): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Class, op, raw, role, () => {
      modifiers(b, raw);
      b.lower(b.field(raw, 'name'), Role.Name);
      const bases = b.namedChildren(raw).filter((child) => b.kindName(child) === 'inheritance_specifier');
      const [first] = bases;
      if (first !== undefined)
        b.node(Tag.Bases, 0, b.startOf(first), b.endOf(bases.at(-1) ?? first), Role.None, () => {
          for (const base of bases) b.lower(b.field(base, 'ancestor'));
        });
      b.lower(b.field(raw, 'body'), Role.Body);
    });

// ---- types and names

const typeName: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const [first, second] = children;
  if (b.hasToken(raw, 'mapping')) b.emit(Tag.Other, intern('mapping'), raw, role, () => b.lowerAll(children));
  else if (b.hasToken(raw, '[') && first !== undefined)
    b.emit(Tag.Other, second === undefined ? OP_ARRAY : OP_SIZED_ARRAY, raw, role, () => b.lowerAll(children));
  else if (first !== undefined && second === undefined) b.lower(first, role);
  else b.generic(raw, role);
};

// ---- expressions

function args(b: Builder, raw: number): void {
  for (const child of b.namedChildren(raw)) {
    if (b.kindName(child) !== 'call_argument') continue;
    const inner = b.namedChildren(child);
    // `f({a: 1})`
    if (b.hasToken(child, '{')) b.emit(Tag.Dict, 0, child, Role.None, () => b.lowerAll(inner));
    else b.lowerAll(inner);
  }
}

function argsAfter(b: Builder, raw: number, from: number): void {
  b.node(Tag.Args, 0, from, b.endOf(raw), Role.Args, () => args(b, raw));
}

/** `new T(x)` is a call of `new T` in the grammar. */
const call: Handler = (b, raw, role) => {
  const callee = expressionIn(b, b.field(raw, 'function'));
  if (b.kindName(callee) === 'new_expression')
    b.emit(Tag.New, 0, raw, role, () => {
      b.lower(b.field(callee, 'name'), Role.Callee);
      argsAfter(b, raw, b.endOf(callee));
    });
  else
    b.node(Tag.Call, 0, startOf(b, raw), b.endOf(raw), role, () => {
      b.lower(callee, Role.Callee);
      argsAfter(b, raw, b.endOf(callee));
    });
};

/** A word that is called: `payable(x)`, `type(T)`. */
const wordCall: Handler = (b, raw, role) => {
  const [word] = b.children(raw);
  if (word === undefined) return;
  b.emit(Tag.Call, 0, raw, role, () => {
    b.emit(Tag.Ident, 0, word, Role.Callee);
    b.node(Tag.Args, 0, b.endOf(word), b.endOf(raw), Role.Args, () => {
      args(b, raw);
      for (const child of b.namedChildren(raw)) if (b.kindName(child) === 'type_name') b.lower(child);
    });
  });
};

/** `revert(x)` calls `revert`, `revert E(x)` what `revert(E)` gives. */
const revert: Handler = (b, raw, role) => {
  const [word] = b.children(raw);
  const error = expressionIn(b, b.field(raw, 'error'));
  const list = b.namedChildren(raw).find((child) => b.kindName(child) === 'revert_arguments');
  if (word === undefined) return;
  const plain = (at: number): void => {
    const end = error < 0 ? b.endOf(word) : b.endOf(error);
    b.node(Tag.Call, 0, b.startOf(raw), end, at, () => {
      b.emit(Tag.Ident, 0, word, Role.Callee);
      b.node(Tag.Args, 0, b.endOf(word), end, Role.Args, () => {
        if (error < 0) return;
        const kind = b.kindName(error);
        if (kind === 'parenthesized_expression' || kind === 'tuple_expression') b.lowerAll(b.namedChildren(error));
        else b.lower(error);
      });
    });
  };
  if (list === undefined) plain(role);
  else
    b.emit(Tag.Call, 0, raw, role, () => {
      if (error < 0) b.emit(Tag.Ident, 0, word, Role.Callee);
      else plain(Role.Callee);
      b.emit(Tag.Args, 0, list, Role.Args, () => args(b, list));
    });
};

/** `x.call{value: 1}`: all in one list. */
const structured: Handler = (b, raw, role) =>
  b.node(Tag.Other, intern('struct'), startOf(b, raw), b.endOf(raw), role, () => {
    for (const child of b.namedChildren(raw)) {
      if (b.kindName(child) !== 'struct_field_assignment') b.lower(child);
      else {
        b.lower(b.field(child, 'name'), Role.Name);
        b.lower(b.field(child, 'value'), Role.Value);
      }
    }
  });

/** `x++` and `++x` are not the same. */
const update: Handler = (b, raw, role) => {
  const operator = b.field(raw, 'operator');
  const argument = b.field(raw, 'argument');
  b.emit(Tag.Unary, intern((operator < argument ? 'pre' : '') + b.textOf(operator)), raw, role, () => b.lower(argument));
};

const string: Handler = (b, raw, role) => {
  const parts = b.namedChildren(raw);
  b.emit(Tag.Str, 0, raw, role, () => {
    for (const part of parts.length === 0 ? [raw] : parts) {
      const start = b.startOf(part) + 1;
      if (b.endOf(part) - 1 > start) b.node(Tag.StrText, 0, start, b.endOf(part) - 1, Role.None);
    }
  });
};

const augmented: Handler = (b, raw, role) => {
  const operator = b.children(raw).find((child) => !b.isNamed(child));
  b.emit(Tag.AugAssign, operator === undefined ? 0 : intern(b.textOf(operator)), raw, role, () => sides(b, raw));
};

/** A place that is left empty has a node too. */
const tuple: Handler = (b, raw, role) =>
  b.emit(Tag.Tuple, 0, raw, role, () => {
    let filled = false;
    for (const child of b.children(raw)) {
      const kind = b.kindName(child);
      if (b.isNamed(child)) {
        b.lower(child);
        filled = true;
      } else if (kind === ',' || kind === ')') {
        if (!filled) b.node(Tag.Other, OP_NOTHING, b.startOf(child), b.startOf(child), Role.None);
        filled = false;
      }
    }
  });

const handlers: Record<string, Handler> = {
  source_file: block,
  contract_body: block,
  function_body: block,
  struct_body: block,
  enum_body: block,
  block_statement: blockStatement,
  statement: transparent,
  expression: transparent,
  expression_statement: transparent,
  parenthesized_expression: transparent,
  identifier: leaf(Tag.Ident),
  enum_value: leaf(Tag.Ident),
  primitive_type: leaf(Tag.Ident),
  user_defined_type: (b, raw, role) => dotted(b, b.namedChildren(raw), role, 0, lowered),
  type_name: typeName,
  boolean_literal: (b, raw, role) => b.emit(Tag.Const, intern(b.textOf(raw)), raw, role),
  number_literal: (b, raw, role) => b.emit(b.namedChildren(raw).length === 0 ? Tag.Num : Tag.Other, 0, raw, role),
  string_literal: string,
  string,
  member_expression: mended((b, raw, role) =>
    b.node(Tag.Dot, 0, startOf(b, raw), b.endOf(raw), role, () => {
      b.lower(b.field(raw, 'object'), Role.Object);
      b.lower(b.field(raw, 'property'), Role.Name);
    }),
  ),
  array_access: mended((b, raw, role) =>
    b.node(Tag.Index, 0, startOf(b, raw), b.endOf(raw), role, () => {
      b.lower(b.field(raw, 'base'), Role.Object);
      b.lower(b.field(raw, 'index'));
    }),
  ),
  call_expression: mended(call),
  call_struct_argument: (b, raw, role) =>
    b.emit(Tag.Pair, 0, raw, role, () => {
      b.lower(b.field(raw, 'name'), Role.Key);
      b.lower(b.field(raw, 'value'), Role.Value);
    }),
  payable_conversion_expression: wordCall,
  meta_type_expression: wordCall,
  type_cast_expression: (b, raw, role) =>
    b.emit(Tag.Cast, 0, raw, role, () => {
      const [type, value] = b.namedChildren(raw);
      if (value !== undefined) b.lowerAll(b.kindName(value) === 'call_argument' ? b.namedChildren(value) : [value], Role.Value);
      if (type !== undefined) b.lower(type, Role.Type);
    }),
  struct_expression: mended(structured),
  tuple_expression: tuple,
  inline_array_expression: wrap(Tag.List),
  assignment_expression: (b, raw, role) => b.emit(Tag.Assign, 0, raw, role, () => sides(b, raw)),
  augmented_assignment_expression: augmented,
  binary_expression: operation((b, raw, role) =>
    b.emit(Tag.Binary, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => sides(b, raw)),
  ),
  unary_expression: operation((b, raw, role) =>
    b.emit(Tag.Unary, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => b.lower(b.field(raw, 'argument'))),
  ),
  update_expression: update,
  ternary_expression: wrap(Tag.Ternary),
  variable_declaration_statement: local,
  variable_declaration: (b, raw, role) => variable(b, raw, raw, -1, role),
  state_variable_declaration: (b, raw, role) => variable(b, raw, raw, b.field(raw, 'value'), role),
  constant_variable_declaration: (b, raw, role) => variable(b, raw, raw, b.field(raw, 'value'), role),
  struct_member: (b, raw, role) => variable(b, raw, raw, -1, role),
  visibility: () => {},
  parameter,
  event_parameter: parameter,
  error_parameter: parameter,
  function_definition: func(false),
  constructor_definition: func(true),
  modifier_definition: func(true),
  fallback_receive_definition: func(false),
  modifier_invocation: invocation,
  event_definition: signature,
  error_declaration: signature,
  contract_declaration: contract(0),
  interface_declaration: contract(intern('interface')),
  library_declaration: contract(intern('library')),
  struct_declaration: contract(intern('struct')),
  enum_declaration: contract(intern('enum')),
  import_directive: (b, raw, role) => b.emit(Tag.Import, intern('import'), raw, role, () => b.lower(b.field(raw, 'source'), Role.Module)),
  if_statement: ifStatement,
  for_statement: forStatement,
  while_statement: whileStatement,
  try_statement: tryStatement,
  catch_clause: catchClause,
  return_statement: wrap(Tag.Return),
  revert_statement: revert,
  emit_statement: (b, raw, role) =>
    b.emit(Tag.Other, intern('emit'), raw, role, () => {
      const name = b.field(raw, 'name');
      b.lower(name, Role.Callee);
      argsAfter(b, raw, b.endOf(name));
    }),
};

export const solidityLowering: Lowering = {
  handlers,
  comments: ['comment'],
  roles: FIELD_ROLES,
};
