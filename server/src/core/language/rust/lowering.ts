/** Lowers tree-sitter-rust to the common vocabulary. A path `a::b` is a member of its own kind, so that what `use` brings in is known. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { TYPED_FIELD_ROLES, asBlockOf, block, dotted, leaf, lowered, sides, transparent, variable, wrap } from '../handlers.js';
import { metavariableOf } from '../holes.js';
import { intern } from '../interner.js';
import { MACRO, Role, Tag } from '../tags.js';

const OP_MACRO = intern(MACRO);
const OP_PATH = intern('::');
const OP_LAMBDA = intern('lambda');
const OP_MODIFIER = intern('modifier');

const asBlock = asBlockOf('block');

const ifExpression: Handler = (b, raw, role) =>
  b.emit(Tag.If, 0, raw, role, () => {
    b.lower(b.field(raw, 'condition'), Role.Condition);
    asBlock(b, b.field(raw, 'consequence'), Role.Body);
    const alternative = b.field(raw, 'alternative');
    const inner = alternative < 0 ? -1 : (b.namedChildren(alternative)[0] ?? -1);
    if (inner >= 0 && b.kindName(inner) === 'if_expression') b.lower(inner, Role.Alternative);
    else asBlock(b, inner, Role.Alternative);
  });

const loop =
  (op: string): Handler =>
  (b, raw, role) => {
    const body = b.field(raw, 'body');
    b.emit(Tag.Other, intern(op), raw, role, () => {
      b.lower(b.field(raw, 'pattern'), Role.Left);
      b.lower(b.field(raw, 'condition'), Role.Condition);
      b.lower(b.field(raw, 'value'), Role.Right);
      asBlock(b, body, Role.Body);
    });
  };

const arm: Handler = (b, raw, role) =>
  b.emit(Tag.Other, intern('match_arm'), raw, role, () => {
    b.lower(b.field(raw, 'pattern'));
    asBlock(b, b.field(raw, 'value'), Role.Body);
  });

function modifiers(b: Builder, raw: number): void {
  for (const child of b.namedChildren(raw)) {
    const kind = b.kindName(child);
    if (kind === 'visibility_modifier' || kind === 'mutable_specifier') b.emit(Tag.Other, OP_MODIFIER, child, Role.Decorator);
    else if (kind === 'function_modifiers') for (const word of b.children(child)) b.emit(Tag.Other, OP_MODIFIER, word, Role.Decorator);
  }
}

const parameter: Handler = (b, raw, role) =>
  b.emit(Tag.Param, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'pattern'), Role.Name);
    b.lower(b.field(raw, 'type'), Role.Type);
  });

const func: Handler = (b, raw, role) =>
  b.emit(Tag.Func, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type_parameters'), Role.TypeParameters);
    b.lower(b.field(raw, 'parameters'), Role.Params);
    b.lower(b.field(raw, 'return_type'), Role.ReturnType);
    b.lower(b.field(raw, 'body'), Role.Body);
  });

const closure: Handler = (b, raw, role) =>
  b.emit(Tag.Func, OP_LAMBDA, raw, role, () => {
    const list = b.field(raw, 'parameters');
    b.emit(Tag.Params, 0, list, Role.Params, () => {
      for (const child of b.namedChildren(list)) {
        if (b.kindName(child) === 'parameter') b.lower(child);
        else b.emit(Tag.Param, 0, child, Role.None, () => b.lower(child, Role.Name));
      }
    });
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

// ---- paths and what `use` brings in

/** The names of `a::b::c`; undefined for a path that is not made of names only. */
function segments(b: Builder, raw: number): number[] {
  if (raw < 0) return [];
  if (!/^scoped_(?:type_)?identifier$/.test(b.kindName(raw))) return [raw];
  return [...segments(b, b.field(raw, 'path')), b.field(raw, 'name')];
}

const scoped: Handler = (b, raw, role) => dotted(b, segments(b, raw), role, OP_PATH, lowered);

const use: Handler = (b, raw, role) => {
  const emit = (prefix: readonly number[], alias: number, all: boolean): void => {
    const last = prefix.at(-1);
    if (last === undefined) return;
    b.emit(Tag.Import, intern(all ? 'import' : 'from'), raw, role, () => {
      if (all) dotted(b, prefix, Role.Module, OP_PATH, lowered);
      else {
        if (prefix.length > 1) dotted(b, prefix.slice(0, -1), Role.Module, OP_PATH, lowered);
        else b.node(Tag.Ident, 0, b.startOf(last), b.startOf(last), Role.Module);
        b.emit(Tag.Ident, 0, last, Role.Name);
      }
      if (alias >= 0) b.emit(Tag.Ident, 0, alias, Role.Alias);
    });
  };
  const visit = (at: number, prefix: readonly number[]): void => {
    switch (b.kindName(at)) {
      case 'use_list':
        for (const child of b.namedChildren(at)) visit(child, prefix);
        return;
      case 'scoped_use_list':
        visit(b.field(at, 'list'), [...prefix, ...segments(b, b.field(at, 'path'))]);
        return;
      case 'use_as_clause':
        emit([...prefix, ...segments(b, b.field(at, 'path'))], b.field(at, 'alias'), false);
        return;
      case 'use_wildcard': {
        const [inner] = b.namedChildren(at);
        emit(inner === undefined ? prefix : [...prefix, ...segments(b, inner)], -1, true);
        return;
      }
      case 'self':
        emit(prefix, -1, false);
        return;
      default:
        emit([...prefix, ...segments(b, at)], -1, false);
    }
  };
  visit(b.field(raw, 'argument'), []);
};

// ---- expressions

const string: Handler = (b, raw, role) => {
  const text = b.textOf(raw);
  const open = /^b?c?r?#*"/.exec(text)?.[0].length ?? 1;
  const close = /"#*$/.exec(text)?.[0].length ?? 1;
  b.emit(Tag.Str, 0, raw, role, () => {
    if (b.endOf(raw) - close > b.startOf(raw) + open) b.node(Tag.StrText, 0, b.startOf(raw) + open, b.endOf(raw) - close, Role.None);
  });
};

const unary: Handler = (b, raw, role) => {
  const operator = b.children(raw).find((child) => !b.isNamed(child));
  b.emit(Tag.Unary, operator === undefined ? 0 : intern(b.textOf(operator)), raw, role, () => b.lowerAll(b.namedChildren(raw)));
};

/** `name!(...)` is a call of `name!`, whose arguments are tokens. A hole for the name asks for a macro, too. */
const macroCall: Handler = (b, raw, role) => {
  const name = b.field(raw, 'macro');
  const tokens = b.namedChildren(raw).find((child) => b.kindName(child) === 'token_tree');
  const bang = b.children(raw).find((child) => !b.isNamed(child) && b.kindName(child) === '!');
  if (name < 0 || tokens === undefined || bang === undefined) {
    b.generic(raw, role);
    return;
  }
  b.emit(Tag.Call, OP_MACRO, raw, role, () => {
    if (metavariableOf(b.textOf(name)) === undefined) b.node(Tag.Ident, 0, b.startOf(name), b.endOf(bang), Role.Callee);
    else b.lower(name, Role.Callee);
    b.emit(Tag.Args, 0, tokens, Role.Args, () => b.lowerAll(b.namedChildren(tokens)));
  });
};

const handlers: Record<string, Handler> = {
  source_file: block,
  block,
  declaration_list: block,
  expression_statement: transparent,
  parenthesized_expression: transparent,
  identifier: leaf(Tag.Ident),
  type_identifier: leaf(Tag.Ident),
  field_identifier: leaf(Tag.Ident),
  shorthand_field_identifier: leaf(Tag.Ident),
  primitive_type: leaf(Tag.Ident),
  self: (b, raw, role) => b.emit(Tag.Const, intern('self'), raw, role),
  boolean_literal: (b, raw, role) => b.emit(Tag.Const, intern(b.textOf(raw)), raw, role),
  integer_literal: leaf(Tag.Num),
  float_literal: leaf(Tag.Num),
  string_literal: string,
  raw_string_literal: string,
  scoped_identifier: scoped,
  scoped_type_identifier: scoped,
  generic_type: wrap(Tag.Other, intern('generic')),
  type_arguments: wrap(Tag.Other, intern('type_arguments')),
  generic_function: (b, raw, role) => b.lower(b.field(raw, 'function'), role),
  field_expression: (b, raw, role) =>
    b.emit(Tag.Dot, 0, raw, role, () => {
      b.lower(b.field(raw, 'value'), Role.Object);
      b.lower(b.field(raw, 'field'), Role.Name);
    }),
  call_expression: (b, raw, role) =>
    b.emit(Tag.Call, 0, raw, role, () => {
      b.lower(b.field(raw, 'function'), Role.Callee);
      b.lower(b.field(raw, 'arguments'), Role.Args);
    }),
  arguments: wrap(Tag.Args),
  macro_invocation: macroCall,
  index_expression: wrap(Tag.Index),
  tuple_expression: wrap(Tag.Tuple),
  array_expression: wrap(Tag.List),
  binary_expression: (b, raw, role) => b.emit(Tag.Binary, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => sides(b, raw)),
  unary_expression: unary,
  reference_expression: (b, raw, role) => b.emit(Tag.Unary, intern('&'), raw, role, () => b.lower(b.field(raw, 'value'))),
  assignment_expression: (b, raw, role) => b.emit(Tag.Assign, 0, raw, role, () => sides(b, raw)),
  compound_assignment_expr: (b, raw, role) =>
    b.emit(Tag.AugAssign, intern(b.textOf(b.field(raw, 'operator'))), raw, role, () => sides(b, raw)),
  type_cast_expression: (b, raw, role) =>
    b.emit(Tag.Cast, 0, raw, role, () => {
      b.lower(b.field(raw, 'value'), Role.Value);
      b.lower(b.field(raw, 'type'), Role.Type);
    }),
  let_declaration: variable('let', modifiers),
  const_item: variable('const', modifiers),
  static_item: variable('static', modifiers),
  parameters: wrap(Tag.Params),
  parameter,
  function_item: func,
  function_signature_item: func,
  closure_expression: closure,
  use_declaration: use,
  if_expression: ifExpression,
  while_expression: loop('while'),
  for_expression: loop('for_each'),
  loop_expression: loop('loop'),
  match_arm: arm,
  unsafe_block: (b, raw, role) => b.emit(Tag.Other, intern('unsafe'), raw, role, () => b.lowerAll(b.namedChildren(raw), Role.Body)),
  return_expression: wrap(Tag.Return),
};

export const rustLowering: Lowering = {
  handlers,
  comments: ['line_comment', 'block_comment'],
  roles: TYPED_FIELD_ROLES,
};
