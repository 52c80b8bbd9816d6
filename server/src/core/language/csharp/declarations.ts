/**
 * What C# declares: variables, fields, properties, parameters, functions, types. Attributes and modifiers are a declaration's
 * decorators, fields and properties are variables.
 */
import type { Builder, Handler } from '../builder.js';
import { annotated } from '../handlers.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';
import { argument, asBlock, lower, parts } from './parts.js';

const OP_LAMBDA = intern('lambda');
const OP_MODIFIER = intern('modifier');
const OP_SPREAD = intern('params');

/** Attributes and words such as `static`, as decorators. */
export function modifiers(b: Builder, raw: number): void {
  for (const child of b.namedChildren(raw)) {
    const kind = b.kindName(child);
    if (kind === 'attribute_list') b.lowerAll(b.namedChildren(child), Role.Decorator);
    else if (kind === 'modifier') b.emit(Tag.Other, OP_MODIFIER, child, Role.Decorator);
  }
}

/** `[Name(x, Y = z)]`. */
export const attribute: Handler = (b, raw, role) => {
  const list = b.namedChildren(raw).find((child) => b.kindName(child) === 'attribute_argument_list') ?? -1;
  annotated(b, raw, role, b.field(raw, 'name'), list, () =>
    b.emit(Tag.Args, 0, list, Role.Args, () => b.namedChildren(list).forEach((child) => attributeArgument(b, child))),
  );
};

/** `Name = value`. */
function attributeArgument(b: Builder, raw: number): void {
  const [value] = parts(b, raw);
  if (value === undefined || b.kindName(value) !== 'assignment_expression') {
    argument(b, raw);
    return;
  }
  b.emit(Tag.Keyword, 0, raw, Role.None, () => {
    b.lower(b.field(value, 'left'), Role.Name);
    lower(b, b.field(value, 'right'), Role.Value);
  });
}

/** `var` says no type. */
export function typeOf(b: Builder, raw: number): void {
  if (raw >= 0 && b.kindName(raw) !== 'implicit_type') b.lower(raw, Role.Type);
}

/** `int a = 1, b;` is two variables. */
export function variables(b: Builder, raw: number, outer: number, role: number): void {
  const declarators = b.namedChildren(raw).filter((child) => b.kindName(child) === 'variable_declarator');
  const type = b.field(raw, 'type');
  for (const [at, declarator] of declarators.entries()) {
    const name = b.field(declarator, 'name');
    const value = parts(b, declarator).find((child) => child !== name && b.kindName(child) !== 'bracketed_argument_list');
    const start = at === 0 ? b.startOf(outer) : b.startOf(declarator);
    const end = declarators.length === 1 ? b.endOf(outer) : b.endOf(declarator);
    b.node(Tag.VarDef, 0, start, end, role, () => {
      if (outer !== raw) modifiers(b, outer);
      b.lower(name, Role.Name);
      typeOf(b, type);
      if (value !== undefined) lower(b, value, Role.Value);
    });
  }
}

/** Variables of a statement, fields and events. */
export const declaration: Handler = (b, raw, role) => {
  for (const child of b.namedChildren(raw)) if (b.kindName(child) === 'variable_declaration') variables(b, child, raw, role);
};

/** A property is a variable; what its accessors do may be left out of a pattern. */
export const property: Handler = (b, raw, role) =>
  b.emit(Tag.VarDef, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type'), Role.Type);
    const value = b.field(raw, 'value');
    if (value >= 0 && b.kindName(value) === 'arrow_expression_clause') asBlock(b, value, Role.Optional);
    else lower(b, value, Role.Value);
    const accessors = b.field(raw, 'accessors');
    if (accessors >= 0) b.emit(Tag.Block, 0, accessors, Role.Optional, () => b.lowerAll(b.namedChildren(accessors)));
  });

/** `get { ... }` is a function of that name. */
export const accessor: Handler = (b, raw, role) =>
  b.emit(Tag.Func, 0, raw, role, () => {
    const name = b.field(raw, 'name');
    b.emit(Tag.Ident, 0, name, Role.Name);
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

function parameters(b: Builder, raw: number): void {
  if (raw < 0) return;
  const plain = b.kindName(raw) !== 'parameter_list' && b.kindName(raw) !== 'bracketed_parameter_list';
  b.emit(Tag.Params, 0, raw, Role.Params, () => {
    if (plain) {
      b.emit(Tag.Param, 0, raw, Role.None, () => b.emit(Tag.Ident, 0, raw, Role.Name));
      return;
    }
    for (const child of b.namedChildren(raw)) if (b.kindName(child) === 'parameter') parameter(b, child);
    // `params T[] x` has no node of its own.
    const name = b.field(raw, 'name');
    if (name < 0) return;
    const type = b.field(raw, 'type');
    b.node(Tag.Param, OP_SPREAD, b.startOf(type < 0 ? name : type), b.endOf(name), Role.None, () => {
      b.lower(name, Role.Name);
      b.lower(type, Role.Type);
    });
  });
}

function parameter(b: Builder, raw: number): void {
  const name = b.field(raw, 'name');
  const type = b.field(raw, 'type');
  const value = parts(b, raw).find(
    (child) => child > name && child !== type && child !== name && !/^(?:modifier|attribute_list)$/.test(b.kindName(child)),
  );
  b.emit(Tag.Param, 0, raw, Role.None, () => {
    modifiers(b, raw);
    b.lower(name, Role.Name);
    typeOf(b, type);
    if (value !== undefined) lower(b, value, Role.Default);
  });
}

/** Whatever has a name and parameters. */
export const func: Handler = (b, raw, role) =>
  b.emit(Tag.Func, 0, raw, role, () => {
    modifiers(b, raw);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type_parameters'), Role.TypeParameters);
    parameters(b, b.field(raw, 'parameters'));
    const returns = b.field(raw, 'returns') >= 0 ? b.field(raw, 'returns') : b.field(raw, 'type');
    b.lower(returns, Role.ReturnType);
    asBlock(b, b.field(raw, 'body'), Role.Body);
  });

/** `x => x` and `delegate (int x) { ... }`. */
export const lambda: Handler = (b, raw, role) =>
  b.emit(Tag.Func, OP_LAMBDA, raw, role, () => {
    parameters(b, b.field(raw, 'parameters'));
    const body =
      b.field(raw, 'body') >= 0 ? b.field(raw, 'body') : (b.namedChildren(raw).find((child) => b.kindName(child) === 'block') ?? -1);
    asBlock(b, body, Role.Body);
  });

/** A class, interface, struct, record or enumeration. */
export const classLike =
  (op: number): Handler =>
  (b, raw, role) =>
    b.emit(Tag.Class, op, raw, role, () => {
      modifiers(b, raw);
      b.lower(b.field(raw, 'name'), Role.Name);
      for (const child of b.namedChildren(raw)) {
        const kind = b.kindName(child);
        if (kind === 'base_list') b.emit(Tag.Bases, 0, child, Role.None, () => b.lowerAll(b.namedChildren(child)));
        else if (kind === 'type_parameter_list') b.lower(child, Role.TypeParameters);
      }
      b.lower(b.field(raw, 'body'), Role.Body);
    });

/** A member of an enumeration is a variable. */
export const enumMember: Handler = (b, raw, role) =>
  b.emit(Tag.VarDef, intern('enum'), raw, role, () => {
    b.lower(b.field(raw, 'name'), Role.Name);
    lower(b, b.field(raw, 'value'), Role.Value);
  });
