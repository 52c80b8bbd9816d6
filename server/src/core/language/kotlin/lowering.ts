/** Lowers tree-sitter-kotlin to the common vocabulary. A function after a call is its last argument; `x!!` is x; `$name` in a string is an interpolation. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { block, dotted, leaf, sides, transparent, wrap } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_LAMBDA = intern('lambda');
const OP_MODIFIER = intern('modifier');
const CONSTANTS = new Set(['null', 'true', 'false']);

/** An expression where a block may stand: always a block. */
function asBlock(b: Builder, raw: number, role: number): void {
  if (raw < 0) return;
  const kind = b.kindName(raw);
  if (kind === 'block' || kind === 'class_body') block(b, raw, role);
  else if (kind === 'function_body' || kind === 'control_structure_body') asBlock(b, b.namedChildren(raw)[0] ?? -1, role);
  else b.emit(Tag.Block, 0, raw, role, () => b.lower(raw));
}

/** The named child after a token, or -1. */
function after(b: Builder, raw: number, token: string): number {
  const children = b.children(raw);
  const at = children.findIndex((child) => !b.isNamed(child) && b.kindName(child) === token);
  return at < 0 ? -1 : (children.slice(at + 1).find((child) => b.isNamed(child)) ?? -1);
}

function childOfKind(b: Builder, raw: number, ...kinds: readonly string[]): number {
  return b.namedChildren(raw).find((child) => kinds.includes(b.kindName(child))) ?? -1;
}

function modifiers(b: Builder, raw: number): void {
  const list = childOfKind(b, raw, 'modifiers');
  if (list < 0) return;
  for (const child of b.namedChildren(list)) {
    if (b.kindName(child) === 'annotation') b.lower(child, Role.Decorator);
    else b.emit(Tag.Other, OP_MODIFIER, child, Role.Decorator);
  }
}

const annotation: Handler = (b, raw, role) =>
  b.emit(Tag.Decorator, 0, raw, role, () => {
    const [what] = b.namedChildren(raw);
    if (what === undefined) return;
    const invoked = b.kindName(what) === 'constructor_invocation';
    const [type, list] = invoked ? b.namedChildren(what) : [what];
    b.emit(Tag.Call, 0, raw, Role.None, () => {
      if (type !== undefined) b.lower(type, Role.Callee);
      if (list === undefined) b.node(Tag.Args, 0, b.endOf(raw), b.endOf(raw), Role.Args);
      else b.lower(list, Role.Args);
    });
  });

/** A name and, after a colon, its type. */
function declared(b: Builder, raw: number): void {
  const [name] = b.namedChildren(raw).filter((child) => b.kindName(child) === 'identifier');
  if (name !== undefined) b.emit(Tag.Ident, 0, name, Role.Name);
  b.lower(after(b, raw, ':'), Role.Type);
}

const property: Handler = (b, raw, role) => {
  const target = childOfKind(b, raw, 'variable_declaration', 'multi_variable_declaration');
  b.emit(Tag.VarDef, intern(b.hasToken(raw, 'val') ? 'val' : 'var'), raw, role, () => {
    modifiers(b, raw);
    if (target >= 0 && b.kindName(target) === 'variable_declaration') declared(b, target);
    else b.lower(target, Role.Name);
    b.lower(after(b, raw, '='), Role.Value);
  });
};

const parameter: Handler = (b, raw, role) =>
  b.emit(Tag.Param, 0, raw, role, () => {
    modifiers(b, raw);
    declared(b, raw);
    b.lower(after(b, raw, '='), Role.Default);
  });

const func: Handler = (b, raw, role) =>
  b.emit(Tag.Func, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(childOfKind(b, raw, 'function_value_parameters'), Role.Params);
    b.lower(after(b, raw, ':'), Role.ReturnType);
    asBlock(b, childOfKind(b, raw, 'function_body'), Role.Body);
  });

const lambda: Handler = (b, raw, role) => {
  const list = childOfKind(b, raw, 'lambda_parameters');
  const body = b.namedChildren(raw).filter((child) => child !== list);
  b.emit(Tag.Func, OP_LAMBDA, raw, role, () => {
    if (list >= 0)
      b.emit(Tag.Params, 0, list, Role.Params, () => {
        for (const child of b.namedChildren(list)) b.emit(Tag.Param, 0, child, Role.None, () => declared(b, child));
      });
    const [first] = body;
    b.node(Tag.Block, 0, first === undefined ? b.endOf(raw) : b.startOf(first), b.endOf(raw), Role.Body, () => b.lowerAll(body));
  });
};

const classLike =
  (op: number): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Class, b.hasToken(raw, 'interface') ? intern('interface') : op, raw, role, () => {
      modifiers(b, raw);
      b.lower(b.field(raw, 'name'), Role.Name);
      const constructor = childOfKind(b, raw, 'primary_constructor');
      const list = constructor < 0 ? -1 : childOfKind(b, constructor, 'class_parameters');
      if (list >= 0) b.emit(Tag.Params, 0, list, Role.Params, () => b.lowerAll(b.namedChildren(list)));
      const parents = childOfKind(b, raw, 'delegation_specifiers');
      if (parents >= 0)
        b.emit(Tag.Bases, 0, parents, Role.None, () => {
          for (const parent of b.namedChildren(parents)) {
            const [what] = b.namedChildren(parent);
            if (what !== undefined) b.lower(b.kindName(what) === 'constructor_invocation' ? (b.namedChildren(what)[0] ?? what) : what);
          }
        });
      const body = childOfKind(b, raw, 'class_body', 'enum_class_body');
      if (body >= 0) block(b, body, Role.Body);
      else b.node(Tag.Block, 0, b.endOf(raw), b.endOf(raw), Role.Body);
    });

const argument: Handler = (b, raw, role) => {
  const value = after(b, raw, '=');
  const [name] = b.namedChildren(raw);
  if (value < 0 || name === undefined) b.lowerAll(b.namedChildren(raw), role);
  else
    b.emit(Tag.Keyword, 0, raw, role, () => {
      b.emit(Tag.Ident, 0, name, Role.Name);
      b.lower(value, Role.Value);
    });
};

const call: Handler = (b, raw, role) => {
  const [callee, ...rest] = b.namedChildren(raw);
  const list = rest.find((child) => b.kindName(child) === 'value_arguments');
  const functions = rest.filter((child) => b.kindName(child) === 'annotated_lambda');
  const start = list ?? functions[0];
  b.emit(Tag.Call, 0, raw, role, () => {
    if (callee !== undefined) b.lower(callee, Role.Callee);
    b.node(Tag.Args, 0, start === undefined ? b.endOf(raw) : b.startOf(start), b.endOf(raw), Role.Args, () => {
      if (list !== undefined) b.lowerAll(b.namedChildren(list));
      b.lowerAll(functions);
    });
  });
};

const member: Handler = (b, raw, role) => {
  const [object, name] = b.namedChildren(raw);
  b.emit(Tag.Dot, 0, raw, role, () => {
    if (object !== undefined) b.lower(object, Role.Object);
    if (name !== undefined) b.emit(Tag.Ident, 0, name, Role.Name);
  });
};

const imports: Handler = (b, raw, role) => {
  const qualified = childOfKind(b, raw, 'qualified_identifier');
  const names = qualified < 0 ? [childOfKind(b, raw, 'identifier')].filter((child) => child >= 0) : b.namedChildren(qualified);
  const alias = after(b, raw, 'as');
  b.emit(Tag.Import, intern(b.hasToken(raw, '*') ? 'import *' : 'import'), raw, role, () => {
    dotted(b, names, Role.Module);
    if (alias >= 0) b.emit(Tag.Ident, 0, alias, Role.Alias);
  });
};

/** Text between `from` and `to`, and the `$name` in it, for which the grammar has no node. */
function text(b: Builder, from: number, to: number): void {
  let at = from;
  for (const found of b.text.slice(from, to).matchAll(/\\[\s\S]|\$([A-Za-z_]\w*)/g)) {
    const name = found[1];
    if (name === undefined) continue;
    const start = from + found.index;
    if (start > at) b.node(Tag.StrText, 0, at, start, Role.None);
    at = start + 1 + name.length;
    b.node(Tag.StrInterp, 0, start, at, Role.None, () => b.node(Tag.Ident, 0, start + 1, start + 1 + name.length, Role.None));
  }
  if (to > at) b.node(Tag.StrText, 0, at, to, Role.None);
}

const string: Handler = (b, raw, role) => {
  const width = b.textOf(raw).startsWith('"""') ? 3 : 1;
  const inner = b.namedChildren(raw).filter((child) => b.kindName(child) === 'interpolation');
  const interpolated = inner.length > 0 || /(?<!\\)\$[A-Za-z_]/.test(b.textOf(raw));
  b.emit(Tag.Str, interpolated ? 1 : 0, raw, role, () => {
    let at = b.startOf(raw) + width;
    for (const child of inner) {
      text(b, at, b.startOf(child));
      b.emit(Tag.StrInterp, 0, child, Role.None, () => b.lowerAll(b.namedChildren(child)));
      at = b.endOf(child);
    }
    text(b, at, b.endOf(raw) - width);
  });
};

const ifExpression: Handler = (b, raw, role) => {
  const condition = b.field(raw, 'condition');
  const [body, alternative] = b.namedChildren(raw).filter((child) => child !== condition);
  b.emit(Tag.If, 0, raw, role, () => {
    b.lower(condition, Role.Condition);
    if (body !== undefined) asBlock(b, body, Role.Body);
    if (alternative === undefined) return;
    if (b.kindName(alternative) === 'if_expression') b.lower(alternative, Role.Alternative);
    else asBlock(b, alternative, Role.Alternative);
  });
};

const loop: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const body = children.at(-1);
  b.emit(Tag.Other, b.kindId(raw), raw, role, () => {
    for (const child of children.slice(0, -1)) {
      if (b.kindName(child) === 'variable_declaration') b.emit(Tag.Param, 0, child, Role.Left, () => declared(b, child));
      else b.lower(child, b.roleFor(child));
    }
    if (body !== undefined) asBlock(b, body, Role.Body);
  });
};

const tryExpression: Handler = (b, raw, role) =>
  b.emit(Tag.Try, 0, raw, role, () => {
    for (const child of b.namedChildren(raw)) {
      const kind = b.kindName(child);
      const body = childOfKind(b, child, 'block');
      if (kind === 'catch_block')
        b.emit(Tag.Catch, 0, child, Role.None, () => {
          b.emit(Tag.Param, 0, child, Role.None, () => declared(b, child));
          b.lower(body, Role.Body);
        });
      else if (kind === 'finally_block') b.emit(Tag.Finally, 0, child, Role.None, () => b.lower(body, Role.Body));
      else asBlock(b, child, Role.Body);
    }
  });

function operatorOf(b: Builder, raw: number): string {
  const token = b.children(raw).find((child) => !b.isNamed(child));
  return token === undefined ? '' : b.textOf(token);
}

const unary: Handler = (b, raw, role) => {
  const operator = operatorOf(b, raw);
  if (operator === '!!') b.lowerAll(b.namedChildren(raw), role);
  else b.emit(Tag.Unary, intern(operator), raw, role, () => b.lowerAll(b.namedChildren(raw)));
};

const handlers: Record<string, Handler> = {
  source_file: block,
  block,
  class_body: block,
  parenthesized_expression: transparent,
  annotated_lambda: transparent,
  user_type: transparent,
  interpolation: transparent,
  identifier: (b, raw, role) => {
    const word = b.textOf(raw);
    if (CONSTANTS.has(word)) b.emit(Tag.Const, intern(word), raw, role);
    else b.emit(Tag.Ident, 0, raw, role);
  },
  qualified_identifier: (b, raw, role) => dotted(b, b.namedChildren(raw), role),
  this_expression: (b, raw, role) => b.emit(Tag.Const, intern('this'), raw, role),
  number_literal: leaf(Tag.Num),
  float_literal: leaf(Tag.Num),
  string_literal: string,
  multiline_string_literal: string,
  navigation_expression: member,
  index_expression: wrap(Tag.Index),
  call_expression: call,
  value_arguments: wrap(Tag.Args),
  value_argument: argument,
  lambda_literal: lambda,
  binary_expression: (b, raw, role) => b.emit(Tag.Binary, intern(operatorOf(b, raw)), raw, role, () => sides(b, raw)),
  unary_expression: unary,
  as_expression: (b, raw, role) =>
    b.emit(Tag.Cast, 0, raw, role, () => {
      b.lower(b.field(raw, 'left'), Role.Value);
      b.lower(b.field(raw, 'right'), Role.Type);
    }),
  assignment: (b, raw, role) => {
    const operator = operatorOf(b, raw);
    b.emit(operator === '=' ? Tag.Assign : Tag.AugAssign, operator === '=' ? 0 : intern(operator), raw, role, () => sides(b, raw));
  },
  property_declaration: property,
  parameter,
  class_parameter: parameter,
  function_declaration: func,
  function_value_parameters: (b, raw, role) =>
    b.emit(Tag.Params, 0, raw, role, () => {
      for (const child of b.namedChildren(raw)) if (b.kindName(child) !== 'parameter_modifiers') b.lower(child);
    }),
  annotation,
  class_declaration: classLike(0),
  object_declaration: classLike(intern('object')),
  companion_object: classLike(intern('companion')),
  import: imports,
  if_expression: ifExpression,
  for_statement: loop,
  while_statement: loop,
  try_expression: tryExpression,
  return_expression: wrap(Tag.Return),
};

export const kotlinLowering: Lowering = {
  handlers,
  comments: ['line_comment', 'block_comment', 'multiline_comment', 'comment'],
  roles: { condition: Role.Condition, left: Role.Left, right: Role.Right, name: Role.Name },
};
