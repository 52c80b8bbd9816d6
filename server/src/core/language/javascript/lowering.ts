/** Lowers tree-sitter-javascript, -typescript and -tsx to the common vocabulary. One table serves the three grammars. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { intern } from '../interner.js';
import { asBlockOf, block, decorator, keyword, leaf, transparent, wrap } from '../handlers.js';
import { OPTIONAL_ACCESS, Role, Tag, TAGGED_TEMPLATE } from '../tags.js';

const OP_ASYNC = intern('async');
const OP_ARROW = intern('arrow');
const OP_ASYNC_ARROW = intern('async arrow');
const OP_SELF_CLOSING = intern('self-closing');
const OP_IMPLEMENTS = intern('implements');
const OP_MODIFIER = intern('modifier');
const OP_OPTIONAL = intern(OPTIONAL_ACCESS);
const OP_TAGGED = intern(TAGGED_TEMPLATE);
const OP_SPREAD = intern('...');

/** A statement where a block may stand: always a Block, so that `if (x) y` and `if (x) { y }` are one shape. */
const asBlock = asBlockOf('statement_block');

/** A function's body; an arrow's expression becomes a block that returns it. */
function functionBody(b: Builder, raw: number): void {
  if (raw < 0) return;
  if (b.kindName(raw) === 'statement_block') b.lower(raw, Role.Body);
  else b.emit(Tag.Block, 0, raw, Role.Body, () => b.emit(Tag.Return, 0, raw, Role.None, () => b.lower(raw)));
}

function decoratorsBefore(b: Builder, raw: number): number[] {
  return b.namedChildren(raw).filter((child) => b.kindName(child) === 'decorator');
}

/** `export` and `default` before a declaration, which a pattern that says them asks for. */
function exportWords(b: Builder, raw: number): void {
  const isWord = (at: number, word: string): boolean => at > 0 && !b.isNamed(at) && b.kindName(at) === word;
  const byDefault = isWord(raw - 1, 'default') && isWord(raw - 2, 'export');
  if (!byDefault && !isWord(raw - 1, 'export')) return;
  b.emit(Tag.Other, OP_MODIFIER, byDefault ? raw - 2 : raw - 1, Role.Decorator);
  if (byDefault) b.emit(Tag.Other, OP_MODIFIER, raw - 1, Role.Decorator);
}

function func(b: Builder, raw: number, role: number): void {
  const isAsync = b.hasToken(raw, 'async');
  const op = b.kindName(raw) === 'arrow_function' ? (isAsync ? OP_ASYNC_ARROW : OP_ARROW) : isAsync ? OP_ASYNC : 0;
  b.emit(Tag.Func, op, raw, role, () => {
    exportWords(b, raw);
    b.lowerAll(decoratorsBefore(b, raw), Role.Decorator);
    // The name of a function expression is known inside it only: not asked for, as in Semgrep.
    if (!/^(?:function_expression|generator_function)$/.test(b.kindName(raw))) b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type_parameters'), Role.TypeParameters);
    const list = b.field(raw, 'parameters');
    const single = b.field(raw, 'parameter');
    if (list >= 0) b.lower(list, Role.Params);
    else if (single >= 0) b.emit(Tag.Params, 0, single, Role.Params, () => parameter(b, single, Role.None));
    b.lower(b.field(raw, 'return_type'), Role.ReturnType);
    functionBody(b, b.field(raw, 'body'));
  });
}

function parameter(b: Builder, raw: number, role: number): void {
  const kind = b.kindName(raw);
  b.emit(Tag.Param, 0, raw, role, () => {
    if (kind === 'required_parameter' || kind === 'optional_parameter') {
      b.lowerAll(decoratorsBefore(b, raw), Role.Decorator);
      b.lower(b.field(raw, 'pattern'), Role.Name);
      b.lower(b.field(raw, 'type'), Role.Type);
      b.lower(b.field(raw, 'value'), Role.Default);
    } else if (kind === 'assignment_pattern') {
      b.lower(b.field(raw, 'left'), Role.Name);
      b.lower(b.field(raw, 'right'), Role.Default);
    } else b.lower(raw, Role.Name);
  });
}

const parameters: Handler = (b, raw, role) =>
  b.emit(Tag.Params, 0, raw, role, () => {
    for (const child of b.namedChildren(raw)) parameter(b, child, Role.None);
  });

/** `const a = 1, b = 2` is two definitions. */
function declarations(b: Builder, raw: number, role: number): void {
  const kind = b.field(raw, 'kind');
  const op = intern(kind >= 0 ? b.textOf(kind) : 'var');
  const declarators = b.namedChildren(raw).filter((child) => b.kindName(child) === 'variable_declarator');
  for (const declarator of declarators) {
    // The first one starts at the keyword, as a reader would point at it; a lone one covers the whole statement.
    const start = declarator === declarators[0] ? b.startOf(raw) : b.startOf(declarator);
    const end = declarators.length === 1 ? b.endOf(raw) : b.endOf(declarator);
    b.node(Tag.VarDef, op, start, end, role, () => {
      exportWords(b, raw);
      b.lower(b.field(declarator, 'name'), Role.Name);
      b.lower(b.field(declarator, 'type'), Role.Type);
      b.lower(b.field(declarator, 'value'), Role.Value);
    });
  }
  if (declarators.length === 0) b.generic(raw, role);
}

const field: Handler = (b, raw, role) =>
  b.emit(Tag.VarDef, intern('field'), raw, role, () => {
    b.lowerAll(decoratorsBefore(b, raw), Role.Decorator);
    const name = b.field(raw, 'name');
    b.lower(name >= 0 ? name : b.field(raw, 'property'), Role.Name);
    b.lower(b.field(raw, 'type'), Role.Type);
    b.lower(b.field(raw, 'value'), Role.Value);
  });

function classLike(b: Builder, raw: number, outer: number, role: number, extra: readonly number[]): void {
  b.emit(Tag.Class, 0, outer, role, () => {
    exportWords(b, raw);
    b.lowerAll(extra, Role.Decorator);
    b.lowerAll(decoratorsBefore(b, raw), Role.Decorator);
    b.lower(b.field(raw, 'name'), Role.Name);
    b.lower(b.field(raw, 'type_parameters'), Role.TypeParameters);
    const heritage = b.namedChildren(raw).find((child) => b.kindName(child) === 'class_heritage');
    if (heritage !== undefined) {
      const clauses = b.namedChildren(heritage);
      const interfaces = clauses.filter((child) => b.kindName(child) === 'implements_clause');
      if (interfaces.length < clauses.length)
        b.emit(Tag.Bases, 0, heritage, Role.None, () => {
          for (const child of clauses) {
            if (b.kindName(child) === 'extends_clause') b.lower(b.field(child, 'value'));
            else if (!interfaces.includes(child)) b.lower(child);
          }
        });
      for (const clause of interfaces) b.emit(Tag.Bases, OP_IMPLEMENTS, clause, Role.None, () => b.lowerAll(b.namedChildren(clause)));
    }
    b.lower(b.field(raw, 'body'), Role.Body);
  });
}

function exportStatement(b: Builder, raw: number, role: number): void {
  const declaration = b.field(raw, 'declaration');
  const value = b.field(raw, 'value');
  const decorators = decoratorsBefore(b, raw);
  if (declaration >= 0 && b.kindName(declaration).includes('class')) classLike(b, declaration, raw, role, decorators);
  else if (declaration >= 0) b.lower(declaration, role);
  else if (value >= 0) b.emit(Tag.Other, intern('export default'), raw, role, () => b.lower(value));
  else b.generic(raw, role);
}

/** One Import per imported name: [module, name?, alias?], `op` says which form. */
function importStatement(b: Builder, raw: number, role: number): void {
  const source = b.field(raw, 'source');
  const clause = b.namedChildren(raw).find((child) => b.kindName(child) === 'import_clause');
  const required = b.namedChildren(raw).find((child) => b.kindName(child) === 'import_require_clause');
  if (required !== undefined) {
    b.emit(Tag.Import, intern('import *'), raw, role, () => {
      b.lower(b.field(required, 'source'), Role.Module);
      const name = b.namedChildren(required)[0];
      if (name !== undefined) b.lower(name, Role.Alias);
    });
    return;
  }
  if (clause === undefined) {
    b.emit(Tag.Import, intern('import'), raw, role, () => b.lower(source, Role.Module));
    return;
  }
  const one = (form: string, name: number, alias: number): void =>
    b.emit(Tag.Import, intern(form), raw, role, () => {
      b.lower(source, Role.Module);
      b.lower(name, Role.Name);
      b.lower(alias, Role.Alias);
    });
  for (const part of b.namedChildren(clause)) {
    const kind = b.kindName(part);
    if (kind === 'identifier') one('import default', -1, part);
    else if (kind === 'namespace_import') one('import *', -1, b.namedChildren(part)[0] ?? -1);
    else if (kind === 'named_imports') {
      for (const specifier of b.namedChildren(part)) one('import {}', b.field(specifier, 'name'), b.field(specifier, 'alias'));
    }
  }
}

function stringPieces(b: Builder, raw: number): void {
  let textStart = -1;
  let textEnd = -1;
  const flush = (): void => {
    if (textStart >= 0 && textEnd > textStart) b.node(Tag.StrText, 0, textStart, textEnd, Role.None);
    textStart = -1;
  };
  for (const child of b.namedChildren(raw)) {
    const kind = b.kindName(child);
    if (kind === 'template_substitution') {
      flush();
      b.emit(Tag.StrInterp, 0, child, Role.None, () => b.lowerAll(b.namedChildren(child)));
    } else {
      // Fragments and escape sequences in a row are one text.
      if (textStart < 0) textStart = b.startOf(child);
      textEnd = b.endOf(child);
    }
  }
  flush();
}

const string: Handler = (b, raw, role) => b.emit(Tag.Str, 0, raw, role, () => stringPieces(b, raw));
/** A template is one without holes too: a pattern for a template asks for no other string. */
const template: Handler = (b, raw, role) => b.emit(Tag.Str, 1, raw, role, () => stringPieces(b, raw));

function operatorText(b: Builder, raw: number): number {
  const operator = b.field(raw, 'operator');
  return operator < 0 ? 0 : intern(b.textOf(operator));
}

const binary: Handler = (b, raw, role) =>
  b.emit(Tag.Binary, operatorText(b, raw), raw, role, () => {
    b.lower(b.field(raw, 'left'), Role.Left);
    b.lower(b.field(raw, 'right'), Role.Right);
  });

const unary: Handler = (b, raw, role) => b.emit(Tag.Unary, operatorText(b, raw), raw, role, () => b.lower(b.field(raw, 'argument')));

/** `x++` and `++x` are not the same. */
const step: Handler = (b, raw, role) => {
  const argument = b.field(raw, 'argument');
  const operator = b.textOf(b.field(raw, 'operator'));
  b.emit(Tag.Unary, intern((b.startOf(argument) > b.startOf(raw) ? 'pre' : '') + operator), raw, role, () => b.lower(argument));
};

const assignment: Handler = (b, raw, role) => {
  const augmented = b.kindName(raw) === 'augmented_assignment_expression';
  b.emit(augmented ? Tag.AugAssign : Tag.Assign, augmented ? operatorText(b, raw) : 0, raw, role, () => {
    b.lower(b.field(raw, 'left'), Role.Left);
    b.lower(b.field(raw, 'right'), Role.Right);
  });
};

const pair: Handler = (b, raw, role) =>
  b.emit(Tag.Pair, 0, raw, role, () => {
    b.lower(b.field(raw, 'key'), Role.Key);
    b.lower(b.field(raw, 'value'), Role.Value);
  });

const shorthand: Handler = (b, raw, role) =>
  b.emit(Tag.Pair, 0, raw, role, () => {
    b.emit(Tag.Ident, 0, raw, Role.Key);
    b.emit(Tag.Ident, 0, raw, Role.Value);
  });

function jsxAttributes(b: Builder, raw: number): void {
  b.emit(Tag.JsxAttributes, 0, raw, Role.None, () => {
    for (const child of b.namedChildren(raw)) if (b.fieldOf(child) === 'attribute') b.lower(child);
  });
}

const jsxSelfClosing: Handler = (b, raw, role) =>
  b.emit(Tag.Jsx, OP_SELF_CLOSING, raw, role, () => {
    b.lower(b.field(raw, 'name'), Role.Name);
    jsxAttributes(b, raw);
  });

const jsxElement: Handler = (b, raw, role) => {
  const open = b.field(raw, 'open_tag');
  b.emit(Tag.Jsx, 0, raw, role, () => {
    b.lower(b.field(open, 'name'), Role.Name);
    jsxAttributes(b, open);
    for (const child of b.namedChildren(raw)) {
      const kind = b.kindName(child);
      if (kind === 'jsx_opening_element' || kind === 'jsx_closing_element') continue;
      if (kind === 'jsx_text' && b.textOf(child).trim() === '') continue;
      b.lower(child);
    }
  });
};

const jsxAttribute: Handler = (b, raw, role) =>
  b.emit(Tag.JsxAttribute, 0, raw, role, () => {
    const [name, value] = b.namedChildren(raw);
    if (name !== undefined) b.lower(name, Role.Name);
    if (value !== undefined) b.lower(value, Role.Value);
  });

const ifStatement: Handler = (b, raw, role) =>
  b.emit(Tag.If, 0, raw, role, () => {
    b.lower(b.field(raw, 'condition'), Role.Condition);
    asBlock(b, b.field(raw, 'consequence'), Role.Body);
    const alternative = b.field(raw, 'alternative');
    if (alternative < 0) return;
    const inner = b.namedChildren(alternative)[0] ?? -1;
    if (inner >= 0 && b.kindName(inner) === 'if_statement') b.lower(inner, Role.Alternative);
    else asBlock(b, inner, Role.Alternative);
  });

/** Loops: everything in order, the body always a block. */
const loop: Handler = (b, raw, role) => {
  const body = b.field(raw, 'body');
  const kind = b.field(raw, 'kind');
  let op = b.kindName(raw);
  const operator = b.field(raw, 'operator');
  if (operator >= 0) op += ` ${b.textOf(operator)}`;
  b.emit(Tag.Other, intern(op), raw, role, () => {
    for (const child of b.namedChildren(raw)) {
      if (child === body) asBlock(b, child, Role.Body);
      else if (child !== kind) b.lower(child, b.roleFor(child));
    }
  });
};

const tryStatement: Handler = (b, raw, role) =>
  b.emit(Tag.Try, 0, raw, role, () => {
    b.lower(b.field(raw, 'body'), Role.Body);
    b.lower(b.field(raw, 'handler'));
    b.lower(b.field(raw, 'finalizer'));
  });

const catchClause: Handler = (b, raw, role) =>
  b.emit(Tag.Catch, 0, raw, role, () => {
    b.lower(b.field(raw, 'parameter'));
    b.lower(b.field(raw, 'body'), Role.Body);
  });

const call: Handler = (b, raw, role) => {
  const args = b.field(raw, 'arguments');
  const tagged = args >= 0 && b.kindName(args) === 'template_string';
  b.emit(Tag.Call, tagged ? OP_TAGGED : 0, raw, role, () => {
    b.lower(b.field(raw, 'function'), Role.Callee);
    if (tagged) b.emit(Tag.Args, 0, args, Role.Args, () => b.lower(args));
    else b.lower(args, Role.Args);
  });
};

const cast: Handler = (b, raw, role) => {
  const [value, ...types] = b.namedChildren(raw);
  if (value === undefined) b.generic(raw, role);
  else {
    b.emit(Tag.Cast, b.kindId(raw), raw, role, () => {
      b.lower(value, Role.Value);
      b.lowerAll(types, Role.Type);
    });
  }
};

const handlers: Record<string, Handler> = {
  program: block,
  statement_block: block,
  class_body: block,
  expression_statement: transparent,
  parenthesized_expression: transparent,
  non_null_expression: transparent,
  identifier: leaf(Tag.Ident),
  property_identifier: leaf(Tag.Ident),
  private_property_identifier: leaf(Tag.Ident),
  statement_identifier: leaf(Tag.Ident),
  type_identifier: leaf(Tag.Ident),
  predefined_type: leaf(Tag.Ident),
  shorthand_property_identifier: shorthand,
  shorthand_property_identifier_pattern: shorthand,
  this: keyword,
  super: keyword,
  true: keyword,
  false: keyword,
  null: keyword,
  undefined: keyword,
  import: leaf(Tag.Ident),
  number: leaf(Tag.Num),
  string,
  template_string: template,
  regex: leaf(Tag.Regex),
  member_expression: (b, raw, role) =>
    b.emit(Tag.Dot, b.namedChildren(raw).some((child) => b.kindName(child) === 'optional_chain') ? OP_OPTIONAL : 0, raw, role, () => {
      b.lower(b.field(raw, 'object'), Role.Object);
      b.lower(b.field(raw, 'property'), Role.Name);
    }),
  nested_identifier: (b, raw, role) => b.emit(Tag.Dot, 0, raw, role, () => b.lowerAll(b.namedChildren(raw))),
  subscript_expression: (b, raw, role) =>
    b.emit(Tag.Index, 0, raw, role, () => {
      b.lower(b.field(raw, 'object'), Role.Object);
      b.lower(b.field(raw, 'index'));
    }),
  call_expression: call,
  new_expression: (b, raw, role) =>
    b.emit(Tag.New, 0, raw, role, () => {
      b.lower(b.field(raw, 'constructor'), Role.Callee);
      const args = b.field(raw, 'arguments');
      if (args >= 0) b.lower(args, Role.Args);
      else b.node(Tag.Args, 0, b.endOf(raw), b.endOf(raw), Role.Args);
    }),
  arguments: wrap(Tag.Args),
  spread_element: wrap(Tag.Spread, OP_SPREAD),
  rest_pattern: wrap(Tag.Spread, OP_SPREAD),
  binary_expression: binary,
  unary_expression: unary,
  update_expression: step,
  ternary_expression: wrap(Tag.Ternary),
  assignment_expression: assignment,
  augmented_assignment_expression: assignment,
  lexical_declaration: declarations,
  variable_declaration: declarations,
  field_definition: field,
  public_field_definition: field,
  array: wrap(Tag.List),
  array_pattern: wrap(Tag.List),
  object: wrap(Tag.Dict),
  object_pattern: wrap(Tag.Dict),
  pair,
  pair_pattern: pair,
  computed_property_name: transparent,
  function_declaration: func,
  function_expression: func,
  generator_function: func,
  generator_function_declaration: func,
  arrow_function: func,
  method_definition: func,
  function_signature: func,
  method_signature: func,
  abstract_method_signature: func,
  formal_parameters: parameters,
  class_declaration: (b, raw, role) => classLike(b, raw, raw, role, []),
  class: (b, raw, role) => classLike(b, raw, raw, role, []),
  abstract_class_declaration: (b, raw, role) => classLike(b, raw, raw, role, []),
  decorator,
  return_statement: wrap(Tag.Return),
  import_statement: importStatement,
  export_statement: exportStatement,
  if_statement: ifStatement,
  while_statement: loop,
  do_statement: loop,
  for_statement: loop,
  for_in_statement: loop,
  try_statement: tryStatement,
  catch_clause: catchClause,
  finally_clause: (b, raw, role) => b.emit(Tag.Finally, 0, raw, role, () => b.lower(b.field(raw, 'body'), Role.Body)),
  type_annotation: wrap(Tag.Type),
  as_expression: cast,
  satisfies_expression: cast,
  type_assertion: (b, raw, role) => {
    const children = b.namedChildren(raw);
    const value = children.at(-1);
    if (value === undefined) b.generic(raw, role);
    else {
      b.emit(Tag.Cast, b.kindId(raw), raw, role, () => {
        b.lower(value, Role.Value);
        b.lowerAll(children.slice(0, -1), Role.Type);
      });
    }
  },
  type_arguments: wrap(Tag.Other, intern('type_arguments')),
  jsx_element: jsxElement,
  jsx_self_closing_element: jsxSelfClosing,
  jsx_attribute: jsxAttribute,
  jsx_expression: transparent,
  jsx_text: leaf(Tag.JsxText),
  jsx_namespace_name: leaf(Tag.Ident),
};

export const javascriptLowering: Lowering = {
  local: true,
  handlers,
  comments: ['comment', 'html_comment', 'hash_bang_line'],
  roles: {
    body: Role.Body,
    condition: Role.Condition,
    alternative: Role.Alternative,
    left: Role.Left,
    right: Role.Right,
    name: Role.Name,
    value: Role.Value,
    type_arguments: Role.Optional,
    type_parameters: Role.TypeParameters,
  },
};
