/**
 * Matches one compiled pattern against one lowered tree, all solutions. Written in continuation-passing style: `then`
 * receives every environment under which the pattern so far holds, and the search goes on after it returns. What
 * equals what follows Semgrep's documented pattern semantics; where a choice of ours differs, the comment says so.
 *
 * It is one file because every case calls every other: splitting the recursion would only hide the cycle.
 */
import { numberOf, type Constants } from '../language/constants.js';
import type { MatchTraits } from '../language/definition.js';
import { ELLIPSIS, metavariableOf } from '../language/holes.js';
import { intern, internedText } from '../language/interner.js';
import type { Names } from '../language/names.js';
import { builtinNamed, createTypes, type KnownType, type Types } from '../language/types.js';
import { traitsOf } from '../language/registry.js';
import { Role, Tag } from '../language/tags.js';
import {
  childrenOf,
  endOf,
  firstChildWithRole,
  isAssignmentTarget,
  nextOf,
  opOf,
  parentOf,
  roleOf,
  startOf,
  tagOf,
  textOf,
  type SyntaxTree,
} from '../language/tree.js';
import {
  ANONYMOUS,
  ANY_FOR,
  type IdentPattern,
  type NodePattern,
  type Pattern,
  type PatternNode,
  type StringPattern,
} from '../pattern/pattern.js';
import { findGeneric, type GenericOptions } from './generic.js';
import { isSameCaseless, lookup, sameValue, type BoundValue, type Env } from './bindings.js';

/** Options of a rule that change what matches, as Semgrep names them. */
export interface MatchOptions {
  readonly constantPropagation: boolean;
  readonly symbolicPropagation: boolean;
  readonly vardefAssign: boolean;
  readonly implicitDeepExprstmt: boolean;
  readonly arrowIsFunction: boolean;
  readonly acMatching: boolean;
  readonly commutativeBoolop: boolean;
  readonly symmetricEq: boolean;
  readonly flddefAssign: boolean;
  readonly attrExpr: boolean;
  readonly unifyIdsStrictly: boolean;
  readonly letIsVar: boolean;
  readonly goDeeperExpr: boolean;
  readonly implicitReturn: boolean;
  readonly goDeeperStmt: boolean;
  readonly implicitEllipsis: boolean;
  readonly xmlSingletonLooseMatching: boolean;
  readonly xmlAttrsImplicitEllipsis: boolean;
  readonly xmlChildrenOrdered: boolean;
  readonly decoratorsOrderMatters: boolean;
  readonly generic: GenericOptions;
}

export const DEFAULT_MATCH_OPTIONS: MatchOptions = {
  constantPropagation: true,
  symbolicPropagation: false,
  vardefAssign: true,
  implicitDeepExprstmt: true,
  arrowIsFunction: true,
  acMatching: true,
  commutativeBoolop: false,
  symmetricEq: false,
  flddefAssign: false,
  attrExpr: true,
  unifyIdsStrictly: true,
  letIsVar: true,
  goDeeperExpr: true,
  implicitReturn: true,
  goDeeperStmt: true,
  implicitEllipsis: true,
  xmlSingletonLooseMatching: true,
  xmlAttrsImplicitEllipsis: true,
  xmlChildrenOrdered: true,
  decoratorsOrderMatters: false,
  generic: { maxSpan: 10, comments: undefined },
};

/** One place where a pattern holds. Offsets are UTF-16, half-open. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly env: Env | undefined;
}

export interface MatchContext {
  readonly tree: SyntaxTree;
  readonly names: Names;
  readonly constants: Constants;
  readonly options: MatchOptions;
  /** Counts down over all patterns of a file; at 0 matching stops and the caller reports it. */
  readonly budget: { left: number };
}

type Then = (env: Env | undefined) => void;

const LITERALS: ReadonlySet<number> = new Set([Tag.Str, Tag.Num, Tag.Const]);
const OP_ASYNC = intern('async');
const OP_LAMBDA = intern('lambda');
const ASYNC: ReadonlySet<number> = new Set([OP_ASYNC, intern('async arrow')]);
const ARROWS: ReadonlySet<number> = new Set([intern('arrow'), intern('async arrow')]);
const OP_VAR = intern('var');
const OP_FIELD = intern('field');
const DECLARATION_KEYWORDS: ReadonlySet<number> = new Set([intern('var'), intern('let'), intern('const')]);
const ASSOCIATIVE: ReadonlySet<number> = new Set(['and', 'or', '&&', '||', '&', '|', '^', '.'].map(intern));
const COMMUTATIVE: ReadonlySet<number> = new Set(['&', '|', '^'].map(intern));
const BOOLEAN: ReadonlySet<number> = new Set(['and', 'or', '&&', '||'].map(intern));
/** Operands that metavariables share in every way; with more there are too many ways. */
const MAX_SHARED = 3;
const COMPARISONS: ReadonlySet<number> = new Set(['==', '!=', '===', '!=='].map(intern));

/** Roles that a pattern which does not mention them does not ask for. */
const LESS_IS_MORE: ReadonlySet<number> = new Set([
  Role.Decorator,
  Role.ReturnType,
  Role.TypeParameters,
  Role.Optional,
  Role.Type,
  Role.Alias,
]);

/** Tags of nodes that have a value; `Other` may. */
export const EXPRESSION_TAGS: ReadonlySet<number> = new Set([
  Tag.Ident,
  Tag.Dot,
  Tag.Index,
  Tag.Call,
  Tag.New,
  Tag.Str,
  Tag.Num,
  Tag.Const,
  Tag.Regex,
  Tag.Binary,
  Tag.Unary,
  Tag.Assign,
  Tag.AugAssign,
  Tag.List,
  Tag.Tuple,
  Tag.Set,
  Tag.Dict,
  Tag.Func,
  Tag.Jsx,
  Tag.Cast,
  Tag.Ternary,
  Tag.Other,
]);

export function isExpression(tree: SyntaxTree, node: number): boolean {
  if (!EXPRESSION_TAGS.has(tagOf(tree, node))) return false;
  const role = roleOf(tree, node);
  if (role === Role.Type || role === Role.ReturnType) return false;
  if (tagOf(tree, node) === Tag.Ident) {
    if (role === Role.Name || role === Role.Key || role === Role.Module || role === Role.Alias) return false;
    const parent = Math.max(0, parentOf(tree, node));
    return tagOf(tree, parent) !== Tag.Params && tagOf(tree, parent) !== Tag.Type && role !== Role.Type && !isTypeList(tree, parent);
  }
  // A definition is a statement; it is the function without a name, or one that is used, that has a value.
  if (tagOf(tree, node) === Tag.Func)
    return firstChildWithRole(tree, node, Role.Name) < 0 || tagOf(tree, Math.max(0, parentOf(tree, node))) !== Tag.Block;
  if (tagOf(tree, node) === Tag.Other)
    return !/(?:_statement|_clause|_declaration|_signature|_parameters?|^export|^type_arguments)/.test(internedText(opOf(tree, node)));
  return true;
}

function isTypeList(tree: SyntaxTree, node: number): boolean {
  return tagOf(tree, node) === Tag.Other && /^type_(?:arguments|parameter)/.test(internedText(opOf(tree, node)));
}

/** The name in `int x = 1`, which is also an assignment to it. */
export function isDefined(tree: SyntaxTree, node: number): boolean {
  if (tagOf(tree, node) !== Tag.Ident || roleOf(tree, node) !== Role.Name) return false;
  const parent = parentOf(tree, node);
  if (parent < 0 || tagOf(tree, parent) !== Tag.VarDef || opOf(tree, parent) === OP_FIELD) return false;
  return childrenOf(tree, parent).some((child) => roleOf(tree, child) === Role.Value);
}

export class Matcher {
  private readonly tree: SyntaxTree;
  private readonly names: Names;
  private readonly constants: Constants;
  private readonly options: MatchOptions;
  private readonly budget: { left: number };
  /** Made when a typed metavariable first asks. */
  private types: Types | undefined;
  private readonly traits: MatchTraits;
  /** Children lists of this tree, made once: many patterns look at the same call. */
  private readonly known: (number[] | undefined)[] = [];
  /** The last statement that a sequence took, for the match's extent. */
  private lastStatement = -1;

  constructor(context: MatchContext) {
    this.tree = context.tree;
    this.names = context.names;
    this.constants = context.constants;
    this.options = context.options;
    this.budget = context.budget;
    this.traits = traitsOf(context.tree.grammar);
  }

  /** Matches with `node` as the root of a one-item pattern. */
  matchAt(item: PatternNode, node: number, found: (match: Match) => void, given?: Env): void {
    if (item.kind === 'node' && item.words !== undefined) {
      const { tree, budget, options } = this;
      for (const match of findGeneric(tree, item.words, options.generic, given, budget)) found(match);
      return;
    }
    // With `attr_expr: false` a decorator is no call or name.
    if (!this.options.attrExpr && roleOf(this.tree, node) !== Role.Decorator && isInDecorator(this.tree, node)) return;
    this.match(item, node, given, true, (env) => found({ start: startOf(this.tree, node), end: endOf(this.tree, node), env }));
  }

  /** Whether what the file says about the type of `node` is the type `wanted`. */
  matchesType(wanted: PatternNode, node: number, found: () => void): void {
    this.typed(wanted, node, undefined, found);
  }

  /** Matches a sequence of statements anywhere inside the block `block`. */
  matchStatementsIn(pattern: Pattern, block: number, inside: boolean, found: (match: Match) => void): void {
    this.matchStatementsAmong(pattern, this.childrenOf(block), inside, found);
  }

  /** Matches a sequence of statements in this list of statements. */
  matchStatementsAmong(pattern: Pattern, statements: readonly number[], inside: boolean, found: (match: Match) => void, given?: Env): void {
    const { items } = pattern;
    for (let from = 0; from < statements.length; from++) {
      const first = statements[from] as number;
      this.statements(items, 0, statements, from, given, { lessOk: true, deeper: true, inside, last: -1 }, (env) => {
        const last = this.lastStatement;
        found({
          start: startOf(this.tree, first),
          end: last < 0 ? endOf(this.tree, first) : Math.max(endOf(this.tree, last), endOf(this.tree, first)),
          env,
        });
      });
      // A leading ellipsis takes everything before the rest; other starts would only repeat it with less.
      if (items[0]?.kind === 'ellipsis') break;
    }
  }

  private childrenOf(node: number): readonly number[] {
    return (this.known[node] ??= childrenOf(this.tree, node));
  }

  // ---- one node

  private match(p: PatternNode, t: number, env: Env | undefined, root: boolean, then: Then): void {
    if (this.budget.left-- <= 0) return;
    const { tree } = this;
    switch (p.kind) {
      case 'metavariable':
        if (tagOf(tree, t) === Tag.Error) return;
        if (p.type !== undefined) {
          this.typed(p.type, t, env, (next) => this.bind(p.name, { kind: 'node', tree, node: t }, next, then));
          return;
        }
        this.bind(p.name, { kind: 'node', tree, node: t }, env, then);
        this.symbolic(p, t, env, root, then);
        return;
      case 'ellipsis':
        then(env);
        return;
      case 'ellipsis-metavariable':
        this.bind(p.name, this.nodes([t], t), env, then);
        return;
      case 'deep':
        for (let node = t, end = this.options.goDeeperExpr ? nextOf(tree, t) : t + 1; node < end;) {
          // Statements of a function that stands in the expression are not in the expression.
          if (node !== t && tagOf(tree, node) === Tag.Block && !isExpressionBody(tree, node)) {
            node = nextOf(tree, node);
            continue;
          }
          if (node === t || isExpression(tree, node)) this.match(p.child, node, env, false, then);
          node++;
        }
        return;
      case 'ident':
        this.ident(p, t, env, root, then);
        return;
      case 'string':
        this.string(p, t, env, then);
        return;
      case 'chain':
        this.chain(p.child, t, env, then);
        return;
      case 'node':
        this.node(p, t, env, root, then);
    }
  }

  private bind(name: string, value: BoundValue, env: Env | undefined, then: Then): void {
    if (name === ANONYMOUS || name === '$..._') {
      then(env);
      return;
    }
    const bound = lookup(env, name);
    if (bound === undefined) then({ name, value, next: env });
    else if (sameValue(bound, value, this.options.unifyIdsStrictly) || this.sameConstant(bound, value)) then(env);
  }

  /** A variable and the literal that it always holds, as in `a = 0; if (a == 0)`. */
  private sameConstant(a: BoundValue, b: BoundValue): boolean {
    if (!this.options.constantPropagation || a.kind !== 'node' || b.kind !== 'node' || a.tree !== this.tree || b.tree !== this.tree)
      return false;
    const first = tagOf(this.tree, a.node);
    const second = tagOf(this.tree, b.node);
    if (!(first === Tag.Ident && LITERALS.has(second)) && !(second === Tag.Ident && LITERALS.has(first))) return false;
    const x = this.constants.valueOf(a.node, true);
    const y = this.constants.valueOf(b.node, true);
    if (x === undefined || y === undefined || x.kind !== y.kind) return false;
    return x.kind === 'null' || y.kind === 'null' || x.value === y.value;
  }

  /** A typed metavariable: what the file says about the type of `t`, against the pattern's type. */
  private typed(wanted: PatternNode, t: number, env: Env | undefined, then: Then): void {
    this.types ??= createTypes(this.tree, this.names, this.constants);
    if (!isExpression(this.tree, t) && roleOf(this.tree, t) !== Role.Name) return;
    let matched = false;
    for (const type of this.types.typesOf(t)) {
      if (matched) return;
      this.sameType(wanted, type, t, env, (next) => {
        matched = true;
        then(next);
      });
    }
  }

  private sameType(wanted: PatternNode, type: KnownType, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const inner = wanted.kind === 'node' && wanted.tag === Tag.Type ? (wanted.children[0] ?? wanted) : wanted;
    const basic = inner.kind === 'ident' ? builtinNamed(inner.name) : undefined;
    const pointed = inner.kind === 'node' && inner.tag === Tag.Unary && internedText(inner.op) === '*' ? inner.children[0] : undefined;
    switch (type.kind) {
      case 'null':
        if (pointed !== undefined) then(env);
        return;
      case 'builtin':
        // In C a string is a `char *`.
        if (type.name === 'string' && pointed?.kind === 'ident' && pointed.name === 'char') then(env);
        else if (type.name === 'string' && pointed?.kind === 'metavariable')
          this.bind(pointed.name, { kind: 'text', text: 'char', start: startOf(this.tree, t), end: startOf(this.tree, t) }, env, then);
        if (basic === type.name || (basic === 'number' && (type.name === 'int' || type.name === 'float'))) then(env);
        return;
      case 'pointer':
        if (pointed !== undefined) this.sameType(pointed, type.to, t, env, then);
        return;
      case 'name':
        if (inner.kind === 'ident' && inner.name === type.text) then(env);
        return;
      case 'written': {
        const { node } = type;
        const actual = tagOf(tree, node) === Tag.Ident ? builtinNamed(textOf(tree, node)) : undefined;
        if (basic !== undefined && basic === actual) then(env);
        else this.match(inner, node, env, false, then);
      }
    }
  }

  private nodes(nodes: readonly number[], near: number): BoundValue {
    const { tree } = this;
    const first = nodes[0];
    const last = nodes.at(-1);
    const start = first === undefined ? startOf(tree, near) : startOf(tree, first);
    return { kind: 'nodes', tree, nodes, start, end: last === undefined ? start : endOf(tree, last) };
  }

  private ident(p: IdentPattern, t: number, env: Env | undefined, root: boolean, then: Then): void {
    const { tree } = this;
    const tag = tagOf(tree, t);
    if (tag === Tag.Ident || (tag === Tag.Const && !this.traits.bareWords)) {
      if (textOf(tree, t) === p.name || (this.traits.caselessNames && isSameCaseless(tree, t, p.name))) {
        then(env);
        return;
      }
      const path = tag === Tag.Ident ? this.names.resolve(t) : undefined;
      if (path !== undefined && path.length === 1 && path[0] === p.name) then(env);
      else if (path === undefined) this.symbolic(p, t, env, root, then);
    } else if (tag === Tag.Call) {
      const path = this.names.resolve(t);
      if (path !== undefined && path.length === 1 && path[0] === p.name) then(env);
    } else if (this.traits.keysAreNames && tag === Tag.Str && p.role === Role.Key) {
      if (this.constants.valueOf(t, false)?.kind === 'string' && this.plainText(t) === p.name) then(env);
    } else if (tag === Tag.Str && this.traits.bareWords && this.plainText(t) === p.name) then(env);
    else if (tag === Tag.Cast && !root) this.match(p, this.childrenOf(t)[0] as number, env, false, then);
  }

  private plainText(t: number): string | undefined {
    const pieces = this.childrenOf(t);
    if (pieces.some((piece) => tagOf(this.tree, piece) !== Tag.StrText)) return undefined;
    const value = this.traits.stringValue?.(this.tree, t);
    if (value !== undefined) return value;
    return pieces.map((piece) => textOf(this.tree, piece)).join('');
  }

  private string(p: StringPattern, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const tag = tagOf(tree, t);
    if (p.content.kind === 'joined') {
      if (tag === Tag.Str && this.childrenOf(t).some((piece) => tagOf(tree, piece) === Tag.StrText && opOf(tree, piece) !== 0)) then(env);
      return;
    }
    let text: string | undefined;
    let start = startOf(tree, t);
    let end = endOf(tree, t);
    if (tag === Tag.Str) {
      const pieces = this.childrenOf(t);
      const first = pieces[0];
      const last = pieces.at(-1);
      if (first !== undefined && last !== undefined) {
        start = startOf(tree, first);
        end = endOf(tree, last);
      } else {
        start = Math.min(start + 1, end);
        end = start;
      }
      text = this.plainText(t);
      // In Bash "$X" and "..." take any double-quoted string, expansions included: quoting is what the pattern asks for.
      if (text === undefined && this.traits.bareWords && (p.content.kind === 'any' || p.content.kind === 'metavariable'))
        text = tree.text.slice(start, end);
    } else if (this.traits.literalsCoerce && p.content.kind === 'exact' && (tag === Tag.Num || tag === Tag.Const)) {
      if (p.content.text === textOf(tree, t)) then(env);
      return;
    } else if (this.traits.keysAreNames && tag === Tag.Ident && roleOf(tree, t) === Role.Key) text = textOf(tree, t);
    else if (this.traits.bareWords && tag === Tag.Ident && p.content.kind === 'exact') text = textOf(tree, t);
    if (text === undefined && this.options.constantPropagation) {
      const constant = this.constants.valueOf(t, true);
      if (constant?.kind === 'string') {
        text = constant.value;
        // The text stands where the literal stands: that is where a reader must look, and what Semgrep reports.
        const first = constant.literal === undefined ? undefined : this.childrenOf(constant.literal)[0];
        if (constant.literal !== undefined) {
          start = startOf(tree, first ?? constant.literal);
          end = endOf(tree, first === undefined ? constant.literal : (this.childrenOf(constant.literal).at(-1) ?? first));
        }
      }
    }
    if (text === undefined) {
      if (p.content.kind === 'any' && this.options.constantPropagation && this.constants.isString(t)) then(env);
      return;
    }
    const { content } = p;
    switch (content.kind) {
      case 'any':
        then(env);
        return;
      case 'exact':
        if (text === content.text) then(env);
        return;
      case 'regex':
        if (content.regex.find(text, 0, this.budget) !== undefined) then(env);
        return;
      case 'metavariable':
        this.bind(content.name, { kind: 'text', text, start, end }, env, then);
    }
  }

  /** `x. ...`: x itself, or the object at any point down a chain of accesses and calls on it. */
  private chain(p: PatternNode, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    let at = t;
    for (;;) {
      this.match(p, at, env, false, then);
      const tag = tagOf(tree, at);
      if (tag === Tag.Ident && this.options.symbolicPropagation) {
        // On along what the variable was set to; a definition stands before its use, so this ends.
        const value = this.names.scopes.reaching(at, textOf(tree, at))?.value ?? -1;
        if (value < 0 || value >= at) return;
        at = value;
        continue;
      }
      if (tag !== Tag.Call && tag !== Tag.Dot && tag !== Tag.Index) return;
      at = at + 1;
    }
  }

  /** With `symbolic_propagation`, a variable with one value stands for that value's expression. */
  private symbolic(p: PatternNode, t: number, env: Env | undefined, root: boolean, then: Then): void {
    if (!this.options.symbolicPropagation || !this.options.constantPropagation || root || tagOf(this.tree, t) !== Tag.Ident) return;
    const role = roleOf(this.tree, t);
    if (role === Role.Name || role === Role.Key || isAssignmentTarget(this.tree, t)) return;
    const value = this.names.scopes.reaching(t, textOf(this.tree, t))?.value ?? -1;
    // A definition stands before its use; this also ends circles.
    if (value >= 0 && value < t) this.match(p, value, env, false, then);
  }

  private node(p: NodePattern, t: number, env: Env | undefined, root: boolean, then: Then): void {
    const { tree } = this;
    const tag = tagOf(tree, t);
    if (tag === Tag.Cast && p.tag !== Tag.Cast && !root) {
      this.match(p, this.childrenOf(t)[0] as number, env, false, then);
      return;
    }
    if (p.group !== undefined) {
      this.importGroup(p.group, t, env, then);
      return;
    }
    if (p.tag !== tag) {
      this.unlike(p, t, tag, env, root, then);
      return;
    }
    switch (p.tag) {
      case Tag.Dot: {
        // `a\b` is no `a.b`.
        if (p.op !== opOf(tree, t)) return;
        let structural = false;
        this.inOrder(p.children, this.childrenOf(t), 0, env, (next) => {
          structural = true;
          then(next);
        });
        if (!structural && p.path !== undefined && this.samePath(p.path, t)) then(env);
        return;
      }
      case Tag.Call:
      case Tag.New: {
        const [callee, args] = p.children;
        const [callee2, args2] = this.childrenOf(t);
        if (callee === undefined || args === undefined || callee2 === undefined || args2 === undefined) return;
        if (this.traits.bareWords && callee.kind === 'ellipsis' && args.kind === 'node') {
          // `... bash ...`: the command's name is one of its words.
          this.list([callee, ...args.children], 0, [callee2, ...childrenOf(tree, args2)], 0, t, env, this.general, then);
          return;
        }
        this.match(callee, callee2, env, false, (next) => this.args(args, args2, next, then));
        return;
      }
      case Tag.Args:
        this.args(p, t, env, then);
        return;
      case Tag.Str:
        if (p.op === opOf(tree, t) || (this.traits.bareWords && p.op !== 0)) this.pieces(p.children, 0, this.childrenOf(t), 0, env, then);
        return;
      case Tag.Num:
        if (this.sameNumber(p.text, textOf(tree, t))) then(env);
        return;
      case Tag.Const:
        if (p.op === opOf(tree, t)) then(env);
        return;
      case Tag.Regex:
        if (p.children.length > 0) this.pieces(p.children, 0, this.childrenOf(t), 0, env, then);
        else this.regexLiteral(p.text, t, env, then);
        return;
      case Tag.StrText:
      case Tag.JsxText:
        if (p.text.trim() === textOf(tree, t).trim()) then(env);
        return;
      case Tag.Binary:
        this.binary(p, t, env, then);
        return;
      case Tag.Dict:
        this.members(p.children, this.childrenOf(t), env, this.traits.openMembers && this.options.implicitEllipsis, then);
        return;
      case Tag.Set:
        this.members(p.children, this.childrenOf(t), env, false, then);
        return;
      case Tag.Assign:
        // Go: `=` in a pattern also asks for `:=`, not the other way round.
        if (p.op === 0 || p.op === opOf(tree, t)) this.assign(p, this.childrenOf(t), env, then);
        return;
      case Tag.VarDef:
        this.varDef(p, t, env, then);
        return;
      case Tag.Func:
        this.func(p, t, env, then);
        return;
      case Tag.Class:
        this.classDef(p, t, env, then);
        return;
      case Tag.Bases:
        this.anyOrder(withoutEllipsis(p.children), this.childrenOf(t), true, env, then);
        return;
      case Tag.JsxAttributes:
        this.anyOrder(withoutEllipsis(p.children), this.childrenOf(t), this.options.xmlAttrsImplicitEllipsis || hasEllipsis(p), env, then);
        return;
      case Tag.Block:
        // A file and a class are no blocks of statements by themselves.
        if (root && (parentOf(tree, t) < 0 || tagOf(tree, parentOf(tree, t)) === Tag.Class)) return;
        if (p.op === opOf(tree, t)) this.block(p.children, t, env, then);
        return;
      case Tag.If:
        this.ifStatement(p, t, env, then);
        return;
      case Tag.Try:
        this.tryStatement(p, t, env, then);
        return;
      case Tag.Import:
        this.importDirective(p, t, env, then);
        return;
      case Tag.Jsx:
        this.jsx(p, t, env, then);
        return;
      case Tag.Return: {
        const [value] = p.children;
        const [value2] = this.childrenOf(t);
        if (value === undefined ? value2 === undefined : value.kind === 'ellipsis') then(env);
        else if (value !== undefined && value2 !== undefined) this.match(value, value2, env, false, then);
        return;
      }
      case Tag.Error:
        return;
      case Tag.AugAssign:
      case Tag.Unary:
      case Tag.Spread:
        if (p.op === opOf(tree, t)) this.inOrder(p.children, this.childrenOf(t), 0, env, then);
        return;
      case Tag.Params:
        this.list(p.children, 0, this.childrenOf(t), 0, t, env, (a, b, next, go) => this.param(a, b, next, go), then);
        return;
      case Tag.Param:
        this.param(p, t, env, then);
        return;
      case Tag.Decorator:
        this.decorator(p, t, env, then);
        return;
      case Tag.Catch:
        this.catchClause(p, t, env, then);
        return;
      case Tag.Other:
        this.other(p, t, env, then);
        return;
      default:
        this.list(p.children, 0, this.wanted(p, t), 0, t, env, this.general, then);
    }
  }

  /** `/.../` takes any, `/$X/` binds what is between the slashes. */
  private regexLiteral(wanted: string, t: number, env: Env | undefined, then: Then): void {
    const text = textOf(this.tree, t);
    const [, hole = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(wanted) ?? [];
    const metavariable = metavariableOf(hole);
    const close = text.lastIndexOf('/');
    // Flags that the pattern names must be there; without any, all do.
    if (flags !== '' && text.slice(close + 1) !== flags) return;
    if (text === wanted || text.slice(0, close + 1) === wanted || hole === '...' || hole === ELLIPSIS) then(env);
    else if (metavariable !== undefined && nextOf(this.tree, t) === t + 1) {
      const start = startOf(this.tree, t);
      this.bind(metavariable, { kind: 'text', text: text.slice(1, close), start: start + 1, end: start + close }, env, then);
    }
  }

  /** Children of `t` without those parts that `p` leaves out and need not mention. */
  private wanted(p: NodePattern, t: number): number[] {
    const mentioned = new Set(p.children.map((child) => child.role));
    return this.childrenOf(t).filter((child) => {
      const role = roleOf(this.tree, child);
      return !LESS_IS_MORE.has(role) || mentioned.has(role);
    });
  }

  private other(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    if (p.op === ANY_FOR) {
      const body = this.childrenOf(t).find((child) => roleOf(this.tree, child) === Role.Body);
      const wanted = p.children[1];
      if (internedText(opOf(this.tree, t)).startsWith('for_') && body !== undefined && wanted !== undefined)
        this.match(wanted, body, env, false, then);
      return;
    }
    if (p.op !== opOf(this.tree, t)) return;
    const children = this.wanted(p, t);
    if (p.children.length === 0 && children.length === 0) {
      if (p.text === textOf(this.tree, t)) then(env);
      return;
    }
    this.list(p.children, 0, children, 0, t, env, this.general, then);
  }

  /** The tags differ: the equivalences between kinds of nodes. */
  private unlike(p: NodePattern, t: number, tag: number, env: Env | undefined, root: boolean, then: Then): void {
    const { tree } = this;
    if (p.tag === Tag.Dot) {
      if (p.path !== undefined) {
        if ((tag === Tag.Ident || tag === Tag.Call) && this.samePath(p.path, t)) then(env);
        else if (tag === Tag.Ident) this.symbolic(p, t, env, root, then);
      } else if (tag === Tag.Ident) {
        // `os.$F` and `system`, imported from os: holes take parts of the imported path.
        const path = this.names.resolve(t);
        if (path !== undefined) this.pathWithHoles(p, path, t, env, then);
        else this.symbolic(p, t, env, root, then);
      }
      return;
    }
    if (
      isEmptyDisplay(p) &&
      COMPREHENSIONS[p.tag]?.has(tag === Tag.Other ? (internedText(opOf(tree, t)).split(' ', 1)[0] ?? '') : tag) === true
    ) {
      then(env);
      return;
    }
    if (p.tag === Tag.Assign && tag === Tag.VarDef) {
      const children = this.childrenOf(t);
      const value = children.find((child) => roleOf(tree, child) === Role.Value);
      // A class's field that holds a function is the definition of one.
      const method = opOf(tree, t) === OP_FIELD && value !== undefined && tagOf(tree, value) === Tag.Func;
      if (value !== undefined && (method ? this.options.flddefAssign : this.options.vardefAssign)) this.assign(p, children, env, then);
      return;
    }
    if (p.tag === Tag.Assign && tag === Tag.Func) {
      if (this.options.flddefAssign) this.assignedFunction(p, t, env, then);
      return;
    }
    if (p.tag === Tag.Import && tag === Tag.VarDef) {
      this.importAsRequire(p, t, env, then);
      return;
    }
    if (p.tag === Tag.Func && tag === Tag.VarDef && this.traits.functionValues) {
      // `function $F() {}` and `const f = () => {}`.
      const name = p.children.find((child) => child.role === Role.Name);
      const children = this.childrenOf(t);
      const local = children.find((child) => roleOf(tree, child) === Role.Name);
      const value = children.find((child) => roleOf(tree, child) === Role.Value);
      if (
        name === undefined ||
        local === undefined ||
        value === undefined ||
        tagOf(tree, value) !== Tag.Func ||
        tagOf(tree, local) !== Tag.Ident
      )
        return;
      this.match(name, local, env, false, (next) => this.funcParts(p, value, next, then));
      return;
    }
    if (p.tag === Tag.Pair && tag === Tag.Func) {
      // `{ run: function () {} }` and `{ run() {} }`.
      const [key, value] = p.children;
      const name = this.childrenOf(t).find((child) => roleOf(tree, child) === Role.Name);
      if (key === undefined || value === undefined || name === undefined) return;
      this.match(key, name, env, false, (next) => {
        if (value.kind === 'node' && value.tag === Tag.Func) this.funcParts(value, t, next, then);
        else if (value.kind === 'ellipsis') then(next);
        else if (value.kind === 'metavariable') this.bind(value.name, { kind: 'node', tree, node: t }, next, then);
      });
      return;
    }
    if (p.tag === Tag.Block && p.children.length === 1 && tag !== Tag.Block) {
      const [only] = p.children;
      if (only !== undefined) this.match(only, t, env, false, then);
      return;
    }
    if ((p.tag === Tag.Num || p.tag === Tag.Const || p.tag === Tag.Unary) && this.options.constantPropagation) {
      this.literal(p, t, env, then);
      return;
    }
    if (p.tag === Tag.Return && this.traits.implicitReturns && this.options.implicitReturn && this.isReturned(t)) {
      const [value] = p.children;
      if (value !== undefined) this.match(value, t, env, false, then);
      return;
    }
    if (p.tag === Tag.Regex && tag === Tag.Ident && this.options.constantPropagation && !isAssignmentTarget(tree, t)) {
      const value = this.names.scopes.reaching(t, textOf(tree, t))?.value ?? -1;
      if (value >= 0 && tagOf(tree, value) === Tag.Regex) this.regexLiteral(p.text, value, env, then);
      return;
    }
    if (tag === Tag.Ident) this.symbolic(p, t, env, root, then);
  }

  /** Whether an expression is the last that a function evaluates, on some path. */
  private isReturned(t: number): boolean {
    const { tree } = this;
    const tag = tagOf(tree, t);
    if (tag === Tag.Func || tag === Tag.Other || !isExpression(tree, t)) return false;
    for (let at = t, parent = parentOf(tree, t); parent >= 0; at = parent, parent = parentOf(tree, parent)) {
      const role = roleOf(tree, at);
      switch (tagOf(tree, parent)) {
        case Tag.Func:
          return role === Role.Body;
        case Tag.Block:
          if (nextOf(tree, at) !== nextOf(tree, parent)) return false;
          break;
        case Tag.If:
          if (role !== Role.Body && role !== Role.Alternative) return false;
          break;
        case Tag.Try: {
          // What runs last is `finally`.
          const last = this.childrenOf(parent).at(-1);
          if (last !== undefined && last !== at && tagOf(tree, last) === Tag.Finally) return false;
          break;
        }
        case Tag.Catch:
        case Tag.Else:
        case Tag.Finally:
          break;
        case Tag.Other:
          if (!/^(?:case|when|match|in$)/.test(internedText(opOf(tree, parent))) || nextOf(tree, at) === at + 1) return false;
          if (role === Role.Condition) return false;
          break;
        default:
          return false;
      }
    }
    return false;
  }

  private literal(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const constant = this.constants.valueOf(t, true);
    if (constant === undefined) return;
    if (constant.kind === 'string') {
      if (this.traits.literalsCoerce && (p.tag === Tag.Num ? p.text : internedText(p.op)) === constant.value) then(env);
    } else if (p.tag === Tag.Num && constant.kind === 'number' && this.sameNumber(p.text, constant.text)) then(env);
    else if (p.tag === Tag.Const) {
      const word = internedText(p.op);
      if (constant.kind === 'boolean' ? word === String(constant.value) : constant.kind === 'null' && (word === 'none' || word === 'null'))
        then(env);
    }
  }

  private sameNumber(a: string, b: string): boolean {
    if (a === b) return true;
    const x = numberOf(a);
    return !Number.isNaN(x) && x === numberOf(b);
  }

  /** A dotted pattern with holes against the imported path that a single name at `t` stands for. */
  private pathWithHoles(p: PatternNode, path: readonly string[], t: number, env: Env | undefined, then: Then): void {
    const last = path.at(-1);
    if (last === undefined) return;
    const bindText = (name: string, text: string, next: Env | undefined, done: Then): void =>
      this.bind(name, { kind: 'text', text, start: startOf(this.tree, t), end: endOf(this.tree, t) }, next, done);
    if (p.kind === 'ident') {
      if (path.length === 1 && p.name === last) then(env);
    } else if (p.kind === 'metavariable') bindText(p.name, path.join('.'), env, then);
    else if (p.kind === 'node' && p.tag === Tag.Dot && path.length > 1) {
      const [object, name] = p.children;
      if (object === undefined || name === undefined) return;
      const next = (found: Env | undefined): void => this.pathWithHoles(object, path.slice(0, -1), t, found, then);
      if (name.kind === 'ident') {
        if (name.name === last) next(env);
      } else if (name.kind === 'metavariable') bindText(name.name, last, env, next);
    }
  }

  private samePath(path: readonly string[], t: number): boolean {
    const resolved = this.names.resolve(t);
    if (resolved === undefined) return this.names.mayBe(t, path);
    return resolved.length === path.length && resolved.every((segment, i) => segment === path[i]);
  }

  // ---- lists

  private readonly general = (p: PatternNode, t: number, env: Env | undefined, then: Then): void => this.match(p, t, env, false, then);

  /** Children one by one, without holes for several. */
  private inOrder(ps: readonly PatternNode[], ts: readonly number[], from: number, env: Env | undefined, then: Then): void {
    if (from === ps.length || from === ts.length) {
      if (ps.length === ts.length) then(env);
      return;
    }
    this.match(ps[from] as PatternNode, ts[from] as number, env, false, (next) => this.inOrder(ps, ts, from + 1, next, then));
  }

  private list(
    ps: readonly PatternNode[],
    i: number,
    ts: readonly number[],
    j: number,
    near: number,
    env: Env | undefined,
    one: (p: PatternNode, t: number, env: Env | undefined, then: Then) => void,
    then: Then,
  ): void {
    const p = ps[i];
    if (p === undefined) {
      if (j === ts.length) then(env);
      return;
    }
    if (p.kind === 'ellipsis') {
      if (i === ps.length - 1) {
        then(env);
        return;
      }
      for (let k = j; k <= ts.length; k++) this.list(ps, i + 1, ts, k, near, env, one, then);
      return;
    }
    if (p.kind === 'ellipsis-metavariable') {
      for (let k = i === ps.length - 1 ? ts.length : j; k <= ts.length; k++) {
        this.bind(p.name, this.nodes(ts.slice(j, k), ts[j] ?? near), env, (next) => this.list(ps, i + 1, ts, k, near, next, one, then));
      }
      return;
    }
    const t = ts[j];
    if (t !== undefined) one(p, t, env, (next) => this.list(ps, i + 1, ts, j + 1, near, next, one, then));
  }

  /** Arguments: positional ones in order, keyword ones wherever they stand. */
  private args(p: PatternNode, t: number, env: Env | undefined, then: Then): void {
    if (p.kind !== 'node') {
      this.match(p, t, env, false, then);
      return;
    }
    const args = this.mentioned(p, this.childrenOf(t));
    if (this.cannotMatchArguments(p, args)) return;
    this.argList(p.children, 0, args, t, env, then);
  }

  /** Arguments without those that are optional and that the pattern does not name. */
  private mentioned(p: NodePattern, args: readonly number[]): readonly number[] {
    const { tree } = this;
    if (!args.some((arg) => roleOf(tree, arg) === Role.Optional)) return args;
    const names = p.children.flatMap((child) => (child.kind === 'node' && child.tag === Tag.Keyword ? child.children.slice(0, 1) : []));
    return args.filter((arg) => {
      if (roleOf(tree, arg) !== Role.Optional) return true;
      const [name] = this.childrenOf(arg);
      return names.some(
        (wanted) =>
          wanted.kind === 'metavariable' ||
          (name !== undefined &&
            (wanted.kind === 'ident' ? wanted.name === textOf(tree, name) : wanted.kind === 'node' && wanted.op === opOf(tree, name))),
      );
    });
  }

  /** A look at names and numbers before the search: most calls lack the keyword that a pattern asks for. */
  private cannotMatchArguments(p: NodePattern, args: readonly number[]): boolean {
    const { tree } = this;
    let keywords = 0;
    for (const arg of args) if (tagOf(tree, arg) === Tag.Keyword) keywords++;
    if (args.length - keywords < (p.positional ?? 0)) return true;
    if (p.keywords === undefined || p.keywords.length === 0) return false;
    if (keywords < p.keywords.length) return true;
    return p.keywords.some(
      (name) =>
        !args.some(
          (arg) =>
            tagOf(tree, arg) === Tag.Keyword &&
            endOf(tree, arg + 1) - startOf(tree, arg + 1) === name.length &&
            textOf(tree, arg + 1) === name,
        ),
    );
  }

  private argList(ps: readonly PatternNode[], i: number, ts: readonly number[], near: number, env: Env | undefined, then: Then): void {
    if (this.budget.left-- <= 0) return;
    const p = ps[i];
    if (p === undefined) {
      if (ts.length === 0) then(env);
      return;
    }
    if (p.kind === 'ellipsis') {
      if (i === ps.length - 1) {
        then(env);
        return;
      }
      for (let k = 0; k <= ts.length; k++) this.argList(ps, i + 1, ts.slice(k), near, env, then);
      return;
    }
    if (p.kind === 'ellipsis-metavariable') {
      for (let k = i === ps.length - 1 ? ts.length : 0; k <= ts.length; k++) {
        this.bind(p.name, this.nodes(ts.slice(0, k), near), env, (next) => this.argList(ps, i + 1, ts.slice(k), near, next, then));
      }
      return;
    }
    if (p.kind === 'node' && p.tag === Tag.Keyword) {
      for (let k = 0; k < ts.length; k++) {
        const t = ts[k] as number;
        if (tagOf(this.tree, t) !== Tag.Keyword) continue;
        const rest = ts.filter((_, at) => at !== k);
        this.inOrder(p.children, this.childrenOf(t), 0, env, (next) => this.argList(ps, i + 1, rest, near, next, then));
      }
      return;
    }
    const t = ts[0];
    if (t === undefined) return;
    const tag = tagOf(this.tree, t);
    // A positional pattern never takes a keyword argument, nor an unpacked one unless it asks for one.
    if (tag === Tag.Keyword) return;
    this.match(p, t, env, false, (next) => this.argList(ps, i + 1, ts.slice(1), near, next, then));
  }

  /** Pieces of an interpolated string: `...` as text takes any pieces, text never matches an interpolation. */
  private pieces(ps: readonly PatternNode[], i: number, ts: readonly number[], j: number, env: Env | undefined, then: Then): void {
    const joint = ts[j];
    if (joint !== undefined && tagOf(this.tree, joint) === Tag.StrText && opOf(this.tree, joint) !== 0) {
      this.pieces(ps, i, ts, j + 1, env, then);
      return;
    }
    const p = ps[i];
    if (p === undefined) {
      if (j === ts.length) then(env);
      return;
    }
    const text = p.kind === 'node' && p.tag === Tag.StrText ? p.text : undefined;
    if (text === '...' || p.kind === 'ellipsis') {
      for (let k = j; k <= ts.length; k++) this.pieces(ps, i + 1, ts, k, env, then);
      return;
    }
    const t = ts[j];
    if (t === undefined) return;
    const next = (found: Env | undefined): void => this.pieces(ps, i + 1, ts, j + 1, found, then);
    if (text !== undefined) {
      if (tagOf(this.tree, t) !== Tag.StrText) return;
      const metavariable = metavariableOf(text);
      if (metavariable !== undefined)
        this.bind(
          metavariable,
          { kind: 'text', text: textOf(this.tree, t), start: startOf(this.tree, t), end: endOf(this.tree, t) },
          env,
          next,
        );
      else if (textOf(this.tree, t) === text) next(env);
      return;
    }
    if (tagOf(this.tree, t) === Tag.StrInterp) this.match(p, t, env, false, next);
  }

  /** Each pattern item takes a different code item, in any order. */
  private anyOrder(
    ps: readonly PatternNode[],
    ts: readonly number[],
    lessOk: boolean,
    env: Env | undefined,
    then: Then,
    one: (p: PatternNode, t: number, env: Env | undefined, then: Then) => void = this.general,
  ): void {
    const taken: number[] = [];
    const from = (i: number, bound: Env | undefined): void => {
      const p = ps[i];
      if (p === undefined) {
        if (lessOk || ts.length === taken.length) then(bound);
        return;
      }
      for (const [k, t] of ts.entries()) {
        if (taken.includes(k)) continue;
        if (this.budget.left-- <= 0) return;
        one(p, t, bound, (next) => {
          taken.push(k);
          from(i + 1, next);
          taken.pop();
        });
      }
    };
    from(0, env);
  }

  /** Members of an object, dictionary or set: order does not count; `...` allows more (in JavaScript always, as Semgrep's implicit ellipsis). */
  private members(ps: readonly PatternNode[], ts: readonly number[], env: Env | undefined, lessOk: boolean, then: Then): void {
    const many = ps.find((p) => p.kind === 'ellipsis-metavariable');
    if (many !== undefined) {
      this.list(ps, 0, ts, 0, ts[0] ?? 0, env, this.general, then);
      return;
    }
    const items = withoutEllipsis(ps);
    this.anyOrder(items, ts, lessOk || items.length < ps.length, env, then, this.member);
  }

  /** A member that is a statement, such as a block nested in a block, is looked for as statements are. */
  private readonly member = (p: PatternNode, t: number, env: Env | undefined, then: Then): void => {
    if (p.kind === 'node' && p.tag === Tag.Call) this.statement(p, t, env, then);
    else this.match(p, t, env, false, then);
  };

  // ---- expressions

  private binary(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const { tree, options } = this;
    if (p.op !== opOf(tree, t)) return;
    const [left, right] = p.children;
    const [left2, right2] = this.childrenOf(t);
    if (left === undefined || right === undefined || left2 === undefined || right2 === undefined) return;
    if (options.acMatching && ASSOCIATIVE.has(p.op)) {
      const operands = flattenPattern(p, p.op);
      const operands2 = this.flatten(t, p.op);
      if (COMMUTATIVE.has(p.op) || (options.commutativeBoolop && BOOLEAN.has(p.op))) this.inAnyOrder(operands, operands2, t, env, then);
      else this.associated(operands, 0, operands2, 0, env, then);
      return;
    }
    let matched = false;
    this.match(left, left2, env, false, (next) =>
      this.match(right, right2, next, false, (last) => {
        matched = true;
        then(last);
      }),
    );
    // `$X + ...` also holds for `a + b + c`: look down the left spine.
    if (!matched && right.kind === 'ellipsis' && tagOf(tree, left2) === Tag.Binary) this.binary(p, left2, env, then);
    if (!matched && options.symmetricEq && COMPARISONS.has(p.op))
      this.match(left, right2, env, false, (next) => this.match(right, left2, next, false, then));
  }

  /** Operands in their order; a metavariable may stand for several in a row. */
  private associated(ps: readonly PatternNode[], i: number, ts: readonly number[], j: number, env: Env | undefined, then: Then): void {
    if (this.budget.left-- <= 0) return;
    const p = ps[i];
    if (p === undefined) {
      if (j === ts.length) then(env);
      return;
    }
    if (p.kind === 'ellipsis') {
      for (let k = i === ps.length - 1 ? ts.length : j; k <= ts.length; k++) this.associated(ps, i + 1, ts, k, env, then);
      return;
    }
    const t = ts[j];
    if (t === undefined) return;
    const next = (found: Env | undefined): void => this.associated(ps, i + 1, ts, j + 1, found, then);
    this.match(p, t, env, false, next);
    if (p.kind !== 'metavariable' || p.type !== undefined) return;
    for (let k = i === ps.length - 1 ? Math.max(ts.length, j + 2) : j + 2; k <= ts.length; k++)
      this.bind(p.name, this.nodes(ts.slice(j, k), t), env, (found) => this.associated(ps, i + 1, ts, k, found, then));
  }

  /**
   * Operands in any order, more of them allowed. What is no metavariable takes one operand each; metavariables share what is left, in
   * every way while that is little, and one by one otherwise, as in Semgrep.
   */
  private inAnyOrder(ps: readonly PatternNode[], ts: readonly number[], near: number, env: Env | undefined, then: Then): void {
    const isVariable = (p: PatternNode): boolean => p.kind === 'ellipsis' || (p.kind === 'metavariable' && p.type === undefined);
    const fixed = ps.filter((p) => !isVariable(p));
    const variables = withoutEllipsis(ps.filter(isVariable));
    const share = (from: number, left: readonly number[], next: Env | undefined): void => {
      if (this.budget.left-- <= 0) return;
      const p = variables[from];
      if (p === undefined) {
        then(next);
        return;
      }
      for (let at = 0; at < left.length; at++) {
        const others = left.filter((_, other) => other !== at);
        this.match(p, left[at] as number, next, false, (found) => share(from + 1, others, found));
        if (left.length > MAX_SHARED || p.kind !== 'metavariable') continue;
        // Two or more of the operands, together.
        for (let mask = 1; mask < 1 << others.length; mask++) {
          const taken = others.filter((_, other) => other >= at && (mask & (1 << other)) !== 0);
          if (taken.length === 0 || others.some((_, other) => other < at && (mask & (1 << other)) !== 0)) continue;
          const rest = others.filter((other) => !taken.includes(other));
          this.bind(p.name, this.nodes([left[at] as number, ...taken], near), next, (found) => share(from + 1, rest, found));
        }
      }
    };
    const oneToOne = (from: number, left: readonly number[], next: Env | undefined): void => {
      if (this.budget.left-- <= 0) return;
      const p = fixed[from];
      if (p === undefined) {
        share(0, left, next);
        return;
      }
      for (let at = 0; at < left.length; at++) {
        const others = left.filter((_, other) => other !== at);
        this.match(p, left[at] as number, next, false, (found) => oneToOne(from + 1, others, found));
      }
    };
    oneToOne(0, ts, env);
  }

  private flatten(t: number, op: number): number[] {
    const { tree } = this;
    const operands: number[] = [];
    const visit = (node: number): void => {
      if (tagOf(tree, node) === Tag.Binary && opOf(tree, node) === op) for (const child of this.childrenOf(node)) visit(child);
      else operands.push(node);
    };
    visit(t);
    return operands;
  }

  /** `$X = v` against [target, type?, value] of an assignment or definition. */
  private assign(p: NodePattern, children: readonly number[], env: Env | undefined, then: Then): void {
    const { tree } = this;
    const isValue = (child: number): boolean => roleOf(tree, child) === Role.Right || roleOf(tree, child) === Role.Value;
    const target = children.find((child) => roleOf(tree, child) === Role.Left || roleOf(tree, child) === Role.Name);
    const value = children.find(isValue);
    const type = children.find((child) => roleOf(tree, child) === Role.Type);
    const left = p.children.find((child) => child.role === Role.Left);
    const right = p.children.find((child) => child.role === Role.Right);
    const wantedType = p.children.find((child) => child.role === Role.Type);
    if (target === undefined || value === undefined || left === undefined || right === undefined) return;
    const withType = (next: Env | undefined): void => {
      if (wantedType === undefined) then(next);
      else if (type !== undefined) this.match(wantedType, type, next, false, then);
    };
    let matched = false;
    this.match(left, target, env, false, (next) =>
      this.match(right, value, next, false, (last) => {
        matched = true;
        withType(last);
      }),
    );
    if (matched) return;
    // `a, b = 1, 2` is also `a = 1` and `b = 2`.
    if (tagOf(tree, target) === Tag.Tuple && tagOf(tree, value) === Tag.Tuple) {
      const targets = this.childrenOf(target);
      const values = this.childrenOf(value);
      if (targets.length !== values.length) return;
      for (const [at, one] of targets.entries()) {
        this.match(left, one, env, false, (next) => this.match(right, values[at] as number, next, false, then));
      }
    }
  }

  /** `f = function () { ... }` against a definition of `f`. */
  private assignedFunction(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const left = p.children.find((child) => child.role === Role.Left);
    const right = p.children.find((child) => child.role === Role.Right);
    const name = this.childrenOf(t).find((child) => roleOf(this.tree, child) === Role.Name);
    if (left === undefined || right === undefined || name === undefined) return;
    this.match(left, name, env, false, (next) => {
      if (right.kind === 'node' && right.tag === Tag.Func) this.funcParts(right, t, next, then);
      else if (right.kind === 'ellipsis') then(next);
      else if (right.kind === 'metavariable') this.bind(right.name, { kind: 'node', tree: this.tree, node: t }, next, then);
    });
  }

  private varDef(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const op = opOf(tree, t);
    if (p.op !== op && !(this.options.letIsVar && p.op === OP_VAR && DECLARATION_KEYWORDS.has(op))) return;
    const children = this.childrenOf(t);
    const decorators = p.children.filter((child) => child.role === Role.Decorator);
    const hasValue = (roles: readonly number[]): boolean => roles.includes(Role.Value);
    if (!hasValue(p.children.map((child) => child.role)) && hasValue(children.map((child) => roleOf(tree, child)))) return;
    if (decorators.length === 0) this.byRole(p.children, children, 0, env, then);
    else {
      const rest = p.children.filter((child) => child.role !== Role.Decorator);
      const decorators2 = children.filter((child) => roleOf(tree, child) === Role.Decorator);
      this.decorators(decorators, decorators2, env, (next) => this.byRole(rest, children, 0, next, then));
    }
  }

  /** Every part that the pattern mentions matches the code's part of the same role. */
  private byRole(ps: readonly PatternNode[], ts: readonly number[], from: number, env: Env | undefined, then: Then): void {
    const p = ps[from];
    if (p === undefined) {
      then(env);
      return;
    }
    const t = ts.find((child) => roleOf(this.tree, child) === p.role);
    if (t !== undefined) this.match(p, t, env, false, (next) => this.byRole(ps, ts, from + 1, next, then));
    else if (p.kind === 'ellipsis') this.byRole(ps, ts, from + 1, env, then);
  }

  private jsx(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    if (!this.options.xmlSingletonLooseMatching && p.op !== opOf(this.tree, t)) return;
    const [name, attributes, ...content] = p.children;
    const [name2, attributes2, ...content2] = this.childrenOf(t);
    if (name === undefined || attributes === undefined || name2 === undefined || attributes2 === undefined) return;
    this.match(name, name2, env, false, (named) =>
      this.match(attributes, attributes2, named, false, (next) => {
        if (content.length === 0) then(next);
        else if (!this.options.xmlChildrenOrdered)
          this.anyOrder(
            withoutEllipsis(content),
            content2,
            content.some((child) => child.kind === 'ellipsis'),
            next,
            then,
          );
        else this.list(content, 0, content2, 0, t, next, this.general, then);
      }),
    );
  }

  // ---- definitions

  private func(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const name = p.children.find((child) => child.role === Role.Name);
    const name2 = this.childrenOf(t).find((child) => roleOf(tree, child) === Role.Name);
    if (name === undefined) {
      // A function expression: a declaration is not one.
      const parent = parentOf(tree, t);
      if (name2 !== undefined && parent >= 0 && tagOf(tree, parent) === Tag.Block) return;
      this.funcParts(p, t, env, then);
    } else if (name2 !== undefined) this.match(name, name2, env, false, (next) => this.funcParts(p, t, next, then));
  }

  /** Everything but the name. */
  private funcParts(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const op = opOf(tree, t);
    if (ASYNC.has(p.op) ? !ASYNC.has(op) : (p.op === OP_LAMBDA) !== (op === OP_LAMBDA)) return;
    if (!this.options.arrowIsFunction && ARROWS.has(p.op) !== ARROWS.has(op)) return;
    const children = this.childrenOf(t);
    const decorators = p.children.filter((child) => child.role === Role.Decorator);
    const decorators2 = children.filter((child) => roleOf(tree, child) === Role.Decorator);
    const parts = p.children.filter((child) => child.role !== Role.Decorator && child.role !== Role.Name);
    this.decorators(decorators, decorators2, env, (next) => this.byRole(parts, children, 0, next, then));
  }

  /** Each decorator of the pattern is one of the code's; with `decorators_order_matters` in the same order. */
  private decorators(ps: readonly PatternNode[], ts: readonly number[], env: Env | undefined, then: Then): void {
    const wanted = withoutEllipsis(ps);
    if (!this.options.decoratorsOrderMatters) {
      this.anyOrder(wanted, ts, true, env, then);
      return;
    }
    // The order of keywords such as `static final` never matters.
    const isDecorator = (p: PatternNode): boolean => p.kind === 'node' && p.tag === Tag.Decorator;
    const isDecoratorHere = (t: number): boolean => tagOf(this.tree, t) === Tag.Decorator;
    const keywords = ts.filter((t) => !isDecoratorHere(t));
    this.anyOrder(
      wanted.filter((p) => !isDecorator(p)),
      keywords,
      true,
      env,
      (next) => this.subsequence(wanted.filter(isDecorator), 0, ts.filter(isDecoratorHere), 0, next, then),
    );
  }

  private subsequence(ps: readonly PatternNode[], i: number, ts: readonly number[], from: number, env: Env | undefined, then: Then): void {
    const p = ps[i];
    if (p === undefined) {
      then(env);
      return;
    }
    for (let j = from; j < ts.length; j++)
      this.match(p, ts[j] as number, env, false, (next) => this.subsequence(ps, i + 1, ts, j + 1, next, then));
  }

  /** `@f(...)` also asks for `@f`; a decorator that is no call (`@$X.y`) for what it is. */
  private decorator(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const [wanted] = p.children;
    const [actual] = this.childrenOf(t);
    if (wanted !== undefined && actual !== undefined) this.match(wanted, actual, env, false, then);
  }

  private param(p: PatternNode, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    if (p.kind !== 'node' || p.tag !== Tag.Param || tagOf(tree, t) !== Tag.Param) {
      if (p.kind === 'node' && p.tag === Tag.Param && tagOf(tree, t) === Tag.Spread) return;
      this.match(p, t, env, false, then);
      return;
    }
    const children = this.childrenOf(t);
    // `T...` is no `T`, and a type alone no named parameter.
    if (p.op === opOf(tree, t)) this.byRole(p.children, children, 0, env, then);
  }

  private classDef(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const children = this.childrenOf(t);
    const decorators = p.children.filter((child) => child.role === Role.Decorator);
    const decorators2 = children.filter((child) => roleOf(tree, child) === Role.Decorator);
    const name = p.children.find((child) => child.role === Role.Name);
    const bases = p.children.filter((child) => child.kind === 'node' && child.tag === Tag.Bases);
    // A class is no interface, enumeration or record.
    if (p.op !== opOf(tree, t)) return;
    const body = p.children.find((child) => child.kind === 'node' && child.tag === Tag.Block);
    const name2 = children.find((child) => roleOf(tree, child) === Role.Name);
    const bases2 = children.filter((child) => tagOf(tree, child) === Tag.Bases);
    const body2 = children.find((child) => tagOf(tree, child) === Tag.Block);
    const matchBody = (next: Env | undefined): void => {
      if (body === undefined) then(next);
      else if (body2 !== undefined && body.kind === 'node')
        this.anyOrder(
          withoutEllipsis(body.children),
          this.childrenOf(body2),
          this.options.implicitEllipsis || hasEllipsis(body),
          next,
          then,
        );
    };
    // `class C(x: T)`
    const params = p.children.find((child) => child.role === Role.Params);
    const params2 = children.find((child) => roleOf(tree, child) === Role.Params);
    const matchParams = (next: Env | undefined): void => {
      // `class C(...)` may also have none.
      const any = params?.kind === 'node' && withoutEllipsis(params.children).length === 0 && params.children.length > 0;
      if (params === undefined || any) matchBases(next);
      else if (params2 !== undefined) this.match(params, params2, next, false, (found) => matchBases(found));
    };
    // One list, or one for each of `extends` and `implements`.
    const matchBases = (next: Env | undefined, from = 0): void => {
      const wanted = bases[from];
      if (wanted === undefined) matchBody(next);
      else if (wanted.kind !== 'node' || withoutEllipsis(wanted.children).length === 0) matchBases(next, from + 1);
      else {
        const list = bases2.find((child) => opOf(tree, child) === wanted.op);
        if (list !== undefined) this.match(wanted, list, next, false, (found) => matchBases(found, from + 1));
      }
    };
    this.decorators(decorators, decorators2, env, (next) => {
      if (name === undefined) matchParams(next);
      else if (name2 !== undefined) this.match(name, name2, next, false, matchParams);
    });
  }

  /** `from m import a, b`: each name is imported by the same statement, which may import more. */
  private importGroup(group: readonly PatternNode[], t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    if (tagOf(tree, t) !== Tag.Import) {
      const [first, ...rest] = group;
      if (first === undefined) then(env);
      else this.match(first, t, env, false, (next) => this.importGroup(rest, t, next, then));
      return;
    }
    const parent = parentOf(tree, t);
    const same = (parent < 0 ? [t] : this.childrenOf(parent)).filter(
      (other) => tagOf(tree, other) === Tag.Import && startOf(tree, other) === startOf(tree, t) && endOf(tree, other) === endOf(tree, t),
    );
    if (same[0] === t) this.anyOrder(group, same, true, env, then);
  }

  private importDirective(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const children = this.childrenOf(t);
    const part = (role: number): PatternNode | undefined => p.children.find((child) => child.role === role);
    const part2 = (role: number): number | undefined => children.find((child) => roleOf(tree, child) === role);
    const module = part(Role.Module);
    const module2 = part2(Role.Module);
    if (module === undefined || module2 === undefined) return;
    const named = part(Role.Name);
    const named2 = part2(Role.Name);
    if (module.kind === 'ident' && module.name === '' && named?.kind === 'metavariable' && named2 !== undefined) {
      // `import $X` in languages whose imports name one thing by its whole path.
      const start = startOf(tree, module2);
      const text = tree.text.slice(start, endOf(tree, named2));
      this.bind(named.name, { kind: 'text', text, start, end: endOf(tree, named2) }, env, then);
      return;
    }
    if (p.op !== opOf(tree, t)) {
      // `import a.b` and `from a import b` bring in the same thing.
      if (this.traits.imports === 'paths') {
        const wanted = importPath(p);
        const name2 = part2(Role.Name);
        const actual = [textOf(tree, module2), ...(name2 === undefined ? [] : [textOf(tree, name2)])].join('.');
        // `import a` asks for anything out of a; `from a import b` only for a.b.
        const partly = part(Role.Name) === undefined && wanted !== undefined && actual.startsWith(`${wanted}.`);
        if (wanted !== undefined && part(Role.Alias) === undefined && (actual === wanted || partly)) then(env);
        else if (wanted === undefined && part(Role.Name) === undefined) {
          this.modulePrefix(module, module2, env, then);
          // `import a.$X` and `import a.{b, c}`.
          const [object, last] = module.kind === 'node' && module.tag === Tag.Dot ? module.children : [];
          if (object !== undefined && last !== undefined && name2 !== undefined)
            this.match(object, module2, env, false, (next) => this.match(last, name2, next, false, then));
        }
      } else if (internedText(p.op) === 'import') this.moduleSource(module, module2, env, then);
      return;
    }
    const matchModule = (next: (env: Env | undefined) => void): void => {
      if (this.traits.imports === 'sources' && internedText(p.op) === 'import') {
        this.moduleSource(module, module2, env, next);
        return;
      }
      let matched = false;
      this.modulePrefix(module, module2, env, (found) => {
        matched = true;
        next(found);
      });
      // `import a` also asks for `import a.b`.
      const wanted = modulePath(module);
      if (!matched && this.traits.imports === 'paths' && wanted !== undefined && textOf(tree, module2).startsWith(`${wanted}.`)) next(env);
    };
    matchModule((found) =>
      this.byRole(
        p.children.filter((child) => child !== module),
        children,
        0,
        found,
        then,
      ),
    );
  }

  /** `import a.$X` also asks for modules below it, such as `a.b.c`. */
  private modulePrefix(p: PatternNode, t: number, env: Env | undefined, then: Then): void {
    this.match(p, t, env, false, then);
    if (this.traits.imports !== 'paths' || p.kind !== 'node' || p.tag !== Tag.Dot || p.path !== undefined) return;
    for (let at = t; tagOf(this.tree, at) === Tag.Dot; at++) this.match(p, at + 1, env, false, then);
  }

  /** `import "a"` also asks for modules below it, such as `a/b`. */
  private moduleSource(p: PatternNode, t: number, env: Env | undefined, then: Then): void {
    if (p.kind === 'string' && p.content.kind === 'exact') {
      const actual = this.plainText(t) ?? '';
      if (actual === p.content.text || actual.startsWith(`${p.content.text}/`)) then(env);
    } else this.match(p, t, env, false, then);
  }

  /** `import x from 'm'` and `const x = require('m')`. */
  private importAsRequire(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const children = this.childrenOf(t);
    const value = children.find((child) => roleOf(tree, child) === Role.Value);
    const local = children.find((child) => roleOf(tree, child) === Role.Name);
    const module = p.children.find((child) => child.role === Role.Module);
    const alias = p.children.find((child) => child.role === Role.Alias);
    const name = p.children.find((child) => child.role === Role.Name);
    if (value === undefined || local === undefined || module === undefined || tagOf(tree, value) !== Tag.Call) return;
    const [callee, args] = this.childrenOf(value);
    if (callee === undefined || args === undefined || textOf(tree, callee) !== 'require') return;
    const [source] = this.childrenOf(args);
    if (source === undefined) return;
    this.match(module, source, env, false, (next) => {
      if (name === undefined) {
        if (alias === undefined) then(next);
        else if (tagOf(tree, local) === Tag.Ident) this.match(alias, local, next, false, then);
        return;
      }
      if (tagOf(tree, local) !== Tag.Dict) return;
      for (const pair of this.childrenOf(local)) {
        const [key, bound] = this.childrenOf(pair);
        if (key === undefined || bound === undefined) continue;
        this.match(name, key, next, false, (found) => {
          if (alias === undefined) then(found);
          else this.match(alias, bound, found, false, then);
        });
      }
    });
  }

  // ---- statements

  private block(ps: readonly PatternNode[], t: number, env: Env | undefined, then: Then): void {
    if (ps.length === 1 && ps[0]?.kind === 'ellipsis') {
      then(env);
      return;
    }
    const statements = this.childrenOf(t);
    this.statements(ps, 0, statements, 0, env, { lessOk: false, deeper: true, inside: false, last: -1 }, then);
  }

  /**
   * Statements in a row. With `deeper`, statements after a `...` may also stand in blocks nested further down, as
   * Semgrep searches them.
   */
  private statements(
    ps: readonly PatternNode[],
    i: number,
    ts: readonly number[],
    j: number,
    env: Env | undefined,
    mode: { readonly lessOk: boolean; readonly deeper: boolean; readonly inside: boolean; readonly last: number },
    then: Then,
  ): void {
    if (this.budget.left-- <= 0) return;
    const p = ps[i];
    if (p === undefined) {
      if (!mode.lessOk && j < ts.length) return;
      this.lastStatement = mode.last;
      then(env);
      return;
    }
    if (p.kind === 'ellipsis') {
      if (i === ps.length - 1) {
        // The longest extent is enough: it holds every shorter one.
        this.lastStatement = ts.at(-1) ?? mode.last;
        then(env);
        return;
      }
      for (let k = j; k <= ts.length; k++) {
        const last = k > j ? (ts[k - 1] as number) : mode.last;
        // After an ellipsis further statements may follow, as in Semgrep.
        this.statements(ps, i + 1, ts, k, env, { ...mode, lessOk: true, deeper: false, last }, then);
      }
      if (mode.deeper && this.options.goDeeperStmt) {
        const flat = this.flattenStatements(ts.slice(j));
        if (flat !== undefined) {
          for (let k = 0; k <= flat.length; k++) {
            // Positions that the flat list shares with this one were tried above.
            const last = k > 0 ? (flat[k - 1] as number) : mode.last;
            this.statements(ps, i + 1, flat, k, env, { ...mode, deeper: false, lessOk: true, last }, then);
          }
        }
      }
      return;
    }
    if (p.kind === 'ellipsis-metavariable') {
      for (let k = j; k <= ts.length; k++) {
        const taken = ts.slice(j, k);
        this.bind(p.name, this.nodes(taken, ts[j] ?? 0), env, (next) =>
          this.statements(ps, i + 1, ts, k, next, { ...mode, lessOk: false, last: taken.at(-1) ?? mode.last }, then),
        );
      }
      return;
    }
    const t = ts[j];
    if (t === undefined) return;
    this.statement(p, t, env, (next) => this.statements(ps, i + 1, ts, j + 1, next, { ...mode, last: t }, then));
  }

  /** One statement; an expression pattern also holds where the statement only contains the expression. */
  private statement(p: PatternNode, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    if (p.kind === 'deep') {
      this.deepInStatement(p.child, t, env, then);
      return;
    }
    let matched = false;
    this.match(p, t, env, false, (next) => {
      matched = true;
      then(next);
    });
    if (matched || !this.options.implicitDeepExprstmt || !this.options.goDeeperExpr || !isExpressionPattern(p)) return;
    const tag = tagOf(tree, t);
    if (tag === Tag.Block || tag === Tag.If || tag === Tag.Try || tag === Tag.Func || tag === Tag.Class) return;
    if (tag === Tag.Other && !isExpression(tree, t)) return;
    // What a definition assigns and what is returned is looked through as `<... ...>` does.
    if (tag === Tag.VarDef || tag === Tag.Return) this.deepInStatement(p, t, env, then);
    else this.implicitly(p, t, env, then);
  }

  /** Where an expression that is a whole statement in the pattern may also stand: not as deep as `<... ...>` looks. */
  private implicitly(p: PatternNode, t: number, env: Env | undefined, then: Then): void {
    for (const child of this.childrenOf(t)) {
      if (!isTransparent(this.tree, t, child)) continue;
      if (isExpression(this.tree, child)) this.match(p, child, env, false, then);
      this.implicitly(p, child, env, then);
    }
  }

  /** `<... x ...>` as a statement: anywhere in it but in the statements that it holds. */
  private deepInStatement(p: PatternNode, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    for (let node = t, end = nextOf(tree, t); node < end;) {
      const parent = parentOf(tree, node);
      if (tagOf(tree, node) === Tag.Block && (parent < 0 || tagOf(tree, parent) !== Tag.Func || node === t)) {
        node = nextOf(tree, node);
        continue;
      }
      if (isExpression(tree, node)) this.match(p, node, env, false, then);
      node++;
    }
  }

  /** The statements and all statements nested in them, in source order; undefined when there is nothing nested. */
  private flattenStatements(ts: readonly number[]): number[] | undefined {
    const { tree } = this;
    const flat: number[] = [];
    let nested = false;
    const visit = (node: number): void => {
      flat.push(node);
      // A block by itself.
      if (tagOf(tree, node) === Tag.Block) {
        nested = true;
        for (const statement of this.childrenOf(node)) visit(statement);
        return;
      }
      for (let child = node + 1, end = nextOf(tree, node); child < end;) {
        if (tagOf(tree, child) === Tag.Block) {
          nested = true;
          for (const statement of this.childrenOf(child)) visit(statement);
          child = nextOf(tree, child);
        } else child++;
      }
    };
    for (const statement of ts) visit(statement);
    return nested ? flat : undefined;
  }

  private ifStatement(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    // Less is more: a pattern without else holds for an if with one.
    this.byRole(p.children, this.childrenOf(t), 0, env, then);
  }

  private tryStatement(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const children = this.childrenOf(t);
    const has = (tag: number): PatternNode | undefined => p.children.find((child) => child.kind === 'node' && child.tag === tag);
    const has2 = (tag: number): number | undefined => children.find((child) => tagOf(tree, child) === tag);
    const open = p.children.some((child) => child.kind === 'ellipsis');
    for (const tag of [Tag.Else, Tag.Finally]) if (!open && (has(tag) === undefined) !== (has2(tag) === undefined)) return;
    const single = p.children.filter((child) => !(child.kind === 'node' && child.tag === Tag.Catch) && child.kind !== 'ellipsis');
    const catches = p.children.filter((child) => child.kind === 'node' && child.tag === Tag.Catch);
    const catches2 = children.filter((child) => tagOf(tree, child) === Tag.Catch);
    const others = children.filter((child) => tagOf(tree, child) !== Tag.Catch && !(open && tagOf(tree, child) === Tag.Finally));
    this.inOrder(single, others, 0, env, (next) => this.anyOrder(catches, catches2, true, next, then));
  }

  private catchClause(p: NodePattern, t: number, env: Env | undefined, then: Then): void {
    const { tree } = this;
    const children = this.childrenOf(t);
    const body = p.children.find((child) => child.role === Role.Body);
    const body2 = children.find((child) => roleOf(tree, child) === Role.Body);
    const heads = p.children.filter((child) => child !== body);
    const heads2 = children.filter((child) => child !== body2);
    const matchBody = (next: Env | undefined): void => {
      if (body === undefined) then(next);
      else if (body2 !== undefined) this.match(body, body2, next, false, then);
    };
    const [head] = heads;
    const [head2] = heads2;
    // `catch {}` catches without a name.
    if (head?.kind === 'ellipsis' || (head?.kind === 'metavariable' && head2 === undefined)) matchBody(env);
    else if (head === undefined || head2 === undefined) {
      if (heads.length === heads2.length) matchBody(env);
    } else {
      let matched = false;
      const found = (next: Env | undefined): void => {
        matched = true;
        matchBody(next);
      };
      // `except (..., E, ...)` also asks for `except E`.
      const several = head.kind === 'node' && head.tag === Tag.Tuple && tagOf(tree, head2) !== Tag.Tuple;
      if (several && head.kind === 'node') this.list(head.children, 0, [head2], 0, head2, env, this.general, found);
      else this.match(head, head2, env, false, found);
      // `except E:` asks about the exception; that the code also names it does not matter.
      const [first] = this.childrenOf(head2);
      if (!matched && first !== undefined && internedText(opOf(tree, head2)).startsWith('as_pattern'))
        this.match(head, first, env, false, matchBody);
    }
  }
}

function isInDecorator(tree: SyntaxTree, node: number): boolean {
  const parent = parentOf(tree, node);
  return parent >= 0 && tagOf(tree, parent) === Tag.Decorator;
}

/** `[...]` and `{...}` also stand for comprehensions, and `{...}` for a dictionary, whose first member decides in the code only. */
const COMPREHENSIONS: Readonly<Record<number, ReadonlySet<number | string>>> = {
  [Tag.List]: new Set(['list_comprehension']),
  [Tag.Set]: new Set([Tag.Dict, 'set_comprehension', 'dictionary_comprehension']),
  [Tag.Dict]: new Set([Tag.Set, 'set_comprehension', 'dictionary_comprehension']),
};

function isEmptyDisplay(p: NodePattern): boolean {
  return p.children.length === 1 && p.children[0]?.kind === 'ellipsis';
}

/** The body of `x => x + 1`: an expression, though it is lowered to a block that returns it. */
function isExpressionBody(tree: SyntaxTree, block: number): boolean {
  const [only, second] = childrenOf(tree, block);
  if (only === undefined || second !== undefined || tagOf(tree, only) !== Tag.Return) return false;
  return nextOf(tree, only) > only + 1 && startOf(tree, only + 1) === startOf(tree, block);
}

/** Whether a statement `f()` of a pattern may be this child of a node that stands as, or in, a statement. */
function isTransparent(tree: SyntaxTree, node: number, child: number): boolean {
  const role = roleOf(tree, child);
  switch (tagOf(tree, node)) {
    case Tag.Assign:
    case Tag.AugAssign:
    case Tag.VarDef:
      return role === Role.Right || role === Role.Value;
    case Tag.Dot:
      return child === node + 1;
    case Tag.Keyword:
    case Tag.Pair:
      return child !== node + 1;
    case Tag.Call:
    case Tag.Args:
    case Tag.Cast:
    case Tag.Return:
    case Tag.List:
    case Tag.Tuple:
    case Tag.Set:
    case Tag.Dict:
    case Tag.Unary:
    case Tag.Binary:
    case Tag.Str:
    case Tag.StrInterp:
      return true;
    case Tag.Other:
      return isExpression(tree, node);
    default:
      return false;
  }
}

function hasEllipsis(p: PatternNode): boolean {
  return p.kind === 'node' && p.children.some((child) => child.kind === 'ellipsis');
}

function withoutEllipsis(ps: readonly PatternNode[]): readonly PatternNode[] {
  return ps.some((p) => p.kind === 'ellipsis') ? ps.filter((p) => p.kind !== 'ellipsis') : ps;
}

function flattenPattern(p: PatternNode, op: number): PatternNode[] {
  return p.kind === 'node' && p.tag === Tag.Binary && p.op === op ? p.children.flatMap((child) => flattenPattern(child, op)) : [p];
}

function isExpressionPattern(p: PatternNode): boolean {
  if (p.kind === 'metavariable' || p.kind === 'ellipsis' || p.kind === 'ellipsis-metavariable') return false;
  return p.kind !== 'node' || (EXPRESSION_TAGS.has(p.tag) && p.tag !== Tag.Other && p.tag !== Tag.Func);
}

function modulePath(p: PatternNode): string | undefined {
  if (p.kind === 'ident') return p.name;
  return p.kind === 'node' && p.path !== undefined ? p.path.join('.') : undefined;
}

/** `a.b.c` of `import a.b.c` or `from a.b import c`, when it has no holes. */
function importPath(p: NodePattern): string | undefined {
  const module = p.children.find((child) => child.role === Role.Module);
  const name = p.children.find((child) => child.role === Role.Name);
  const path = module === undefined ? undefined : modulePath(module);
  if (path === undefined || name === undefined) return path;
  const last = modulePath(name);
  return last === undefined ? undefined : `${path}.${last}`;
}
