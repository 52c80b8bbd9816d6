/**
 * Expressions as terms. It knows the common vocabulary; a node without a tag of its own is the value of all its parts, so that nothing that runs is
 * left out. What steers is in `lowerControl.ts`.
 */
import { internedText } from '../language/interner.js';
import { flowTraitsOf, traitsOf } from '../language/registry.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, nextOf, opOf, parentOf, roleOf, tagOf, textOf } from '../language/tree.js';
import { indexKey, isInline, memberKey, NO_TERM, NOTHING, type Lowering } from './lowerContext.js';
import { lowerControl } from './lowerControl.js';
import { nameTerm } from './nameTerm.js';
import { lowerTarget } from './targets.js';
import { ANY_KEY, type Argument, type Combination, type FunctionId, type Term } from './terms.js';

const COMPARISONS = new Set([
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  '<=>',
  '=~',
  '!~',
  'in',
  'not in',
  'is',
  'is not',
  'instanceof',
  '<>',
]);
const LAZY = new Set(['&&', '||', 'and', 'or', '??', '?:']);

/** Lowers `node` as something that a pattern can mean as a whole. */
function within<T>(lowering: Lowering, node: number, lower: () => T): T {
  const { outer } = lowering;
  if (lowering.outerNode[node] === NO_TERM) lowering.outerNode[node] = outer;
  lowering.outer = node;
  const result = lower();
  lowering.outer = outer;
  return result;
}

/** Lowers what only steers: no pattern means it as a value. */
function beside<T>(lowering: Lowering, lower: () => T): T {
  const { outer } = lowering;
  const result = lower();
  lowering.outer = outer;
  return result;
}

export function lowerTerm(lowering: Lowering, node: number): Term {
  const { tree } = lowering;
  switch (tagOf(tree, node)) {
    case Tag.Block:
      return beside(lowering, () => lowering.block(childrenOf(tree, node)));
    case Tag.Import:
    case Tag.Type:
    case Tag.Decorator:
    case Tag.Error:
    case Tag.Params:
    case Tag.Bases:
    case Tag.StrText:
    case Tag.JsxText:
      return NOTHING;
    case Tag.Func: {
      const inline = isInline(lowering, node);
      const id = lowering.defineFunction(node);
      if (!inline) return { kind: 'function', node, id, inline };
      return within(lowering, node, () => ({ kind: 'function', node, id, inline }));
    }
    case Tag.Class:
      lowering.defineFunction(node);
      return NOTHING;
    case Tag.If:
    case Tag.Try:
    case Tag.Return:
    case Tag.Other:
      return beside(lowering, () => lowerControl(lowering, node)) ?? within(lowering, node, () => lowerOther(lowering, node));
    case Tag.Ident: {
      const text = textOf(tree, node);
      if ((text === 'break' || text === 'continue') && tagOf(tree, Math.max(0, parentOf(tree, node))) === Tag.Block)
        return { kind: text, label: undefined };
      const place = within(lowering, node, () => nameTerm(lowering, node));
      // A word alone is the word, though a command may write to the variable of that name.
      return isBareWord(lowering, node) ? { kind: 'sequence', node: -1, parts: [place, NOTHING] } : place;
    }
    case Tag.Keyword:
    case Tag.Pair:
    case Tag.StrInterp:
    case Tag.Args:
    case Tag.JsxAttributes:
    case Tag.Spread: {
      const parts = childrenOf(tree, node).filter((child) => roleOf(tree, child) !== Role.Name);
      const [only, second] = parts;
      if (only !== undefined && second === undefined) return lowering.term(only);
      return { kind: 'union', node: -1, parts: parts.map((part) => lowering.term(part)), result: 'any' };
    }
    default:
      return within(lowering, node, () => lowerExpression(lowering, node));
  }
}

function lowerOther(lowering: Lowering, node: number): Term {
  const { tree } = lowering;
  const parts = childrenOf(tree, node)
    .filter((child) => !isPlainName(lowering, child))
    .map((child) => lowering.term(child));
  const [only, second] = parts;
  if (only !== undefined && second === undefined) return { kind: 'same', node, inner: only };
  const kind = internedText(opOf(tree, node));
  if (/^(?:sequence|comma)_expression/.test(kind)) return { kind: 'sequence', node, parts };
  return { kind: 'union', node, parts, result: COMPARISONS.has(kind.split(' ')[0] ?? '') ? 'comparison' : 'any' };
}

/** A name that no variable is meant by. */
function isPlainName({ tree }: Lowering, node: number): boolean {
  const role = roleOf(tree, node);
  return (
    tagOf(tree, node) === Tag.Ident &&
    (role === Role.Key || role === Role.Type || role === Role.ReturnType || role === Role.Module || role === Role.Alias)
  );
}

function isBareWord({ tree }: Lowering, node: number): boolean {
  if (!traitsOf(tree.grammar).bareWords || tagOf(tree, Math.max(0, parentOf(tree, node))) !== Tag.Args) return false;
  return !textOf(tree, node).startsWith('$');
}

/** Whether a part is read, neither called nor assigned to. */
function isRead({ tree }: Lowering, node: number): boolean {
  const parent = parentOf(tree, node);
  const tag = parent < 0 ? undefined : tagOf(tree, parent);
  const [first] = parent < 0 ? [] : childrenOf(tree, parent);
  return first !== node || !(tag === Tag.Call || tag === Tag.New || tag === Tag.Assign || tag === Tag.AugAssign);
}

function lowerExpression(lowering: Lowering, node: number): Term {
  const { tree } = lowering;
  const children = childrenOf(tree, node);
  const [first, second] = children;
  switch (tagOf(tree, node)) {
    case Tag.Dot: {
      if (first === undefined || second === undefined) return { kind: 'literal', node };
      const getter = isRead(lowering, node) ? lowering.getterOf(node) : undefined;
      const key = memberKey(textOf(tree, second));
      return { kind: 'part', node, object: lowering.term(first), key, indexes: [], ...(getter === undefined ? {} : { getter }) };
    }
    case Tag.Index: {
      if (first === undefined) return { kind: 'literal', node };
      const indexes = children.slice(1);
      const [only] = indexes;
      return {
        kind: 'part',
        node,
        object: lowering.term(first),
        key: indexes.length === 1 && only !== undefined ? indexKey(tree, only) : ANY_KEY,
        indexes: indexes.map((index) => lowering.term(index)),
      };
    }
    case Tag.Call:
    case Tag.New: {
      if (first === undefined) return { kind: 'literal', node };
      const construction = tagOf(tree, node) === Tag.New;
      const args = children.find((child) => roleOf(tree, child) === Role.Args || tagOf(tree, child) === Tag.Args);
      if (args !== undefined && nextOf(tree, args) === args + 1 && isNamespace(lowering, first))
        return { kind: 'name', node, variable: lowering.variables.namespaceAt(node, textOf(tree, first)) };
      const fields = lowering.fieldsMadeBy(first);
      const extra = children
        .slice(1)
        .filter((child) => child !== args && tagOf(tree, child) !== Tag.Type && roleOf(tree, child) !== Role.TypeParameters);
      return {
        kind: 'call',
        node,
        callee: lowering.term(first),
        args: [...(args === undefined ? [] : childrenOf(tree, args)), ...extra].map((arg) => argument(lowering, arg)),
        construction,
        targets: lowering.targetsOf(first, construction),
        imported: lowering.importedBy(first, construction),
        guessed: lowering.isGuessed(first, construction),
        access: args === undefined ? undefined : lowering.accessOf(first, childrenOf(tree, args)),
        ...(fields === undefined ? {} : { fields }),
      };
    }
    case Tag.Assign:
    case Tag.VarDef: {
      const target = children.find((child) => roleOf(tree, child) === Role.Left || roleOf(tree, child) === Role.Name) ?? first;
      const value = children.find((child) => roleOf(tree, child) === Role.Right || roleOf(tree, child) === Role.Value);
      if (target === undefined || value === undefined) return NOTHING;
      const lowered = lowering.term(value);
      return { kind: 'assign', node, target: lowerTarget(lowering, target), value: lowered, hidden: false };
    }
    case Tag.AugAssign: {
      if (first === undefined || second === undefined) return { kind: 'literal', node };
      const value: Term = { kind: 'union', node: -1, parts: [lowering.term(first), lowering.term(second)], result: 'any' };
      return { kind: 'assign', node, target: lowerTarget(lowering, first), value, hidden: false };
    }
    case Tag.Binary: {
      const op = internedText(opOf(tree, node));
      const parts = children.map((child) => lowering.term(child));
      if (LAZY.has(op)) return { kind: 'lazy', node, parts };
      return { kind: 'union', node, parts, result: COMPARISONS.has(op) ? 'comparison' : 'any' };
    }
    case Tag.Unary: {
      const op = internedText(opOf(tree, node));
      if (first === undefined) return { kind: 'literal', node };
      const inner = lowering.term(first);
      return op === '*' || op === '&' || op === '@' || op === '<-'
        ? { kind: 'same', node, inner }
        : { kind: 'union', node, parts: [inner], result: 'any' };
    }
    case Tag.Ternary: {
      const marked = firstChildWithRole(tree, node, Role.Condition);
      const condition = marked >= 0 ? marked : children[traitsOf(tree.grammar).conditionSecond ? 1 : 0];
      const all = children.filter((child) => child !== condition);
      const truth = condition === undefined || all.length !== 2 ? undefined : lowering.decisions.truthOf(condition);
      const branches = (truth === undefined ? all : [all[truth ? 0 : 1] as number]).map((child) => lowering.term(child));
      return { kind: 'if', node, condition: condition === undefined ? NOTHING : lowering.term(condition), branches, complete: true };
    }
    case Tag.Cast: {
      const value = firstChildWithRole(tree, node, Role.Value);
      const inner = value >= 0 ? value : first;
      return inner === undefined ? { kind: 'literal', node } : { kind: 'same', node, inner: lowering.term(inner) };
    }
    case Tag.List:
    case Tag.Tuple:
      return { kind: 'elements', node, parts: children.map((child) => argument(lowering, child)) };
    case Tag.Const: {
      const word = textOf(tree, node);
      if (word !== 'this' && word !== 'self' && word !== 'super') return { kind: 'literal', node };
      const self = lowering.variables.selfAt(node);
      return self === undefined ? { kind: 'literal', node } : { kind: 'name', node, variable: self };
    }
    case Tag.Num:
    case Tag.Regex:
      return { kind: 'literal', node };
    case Tag.Dict:
      return { kind: 'record', node, entries: children.map((child) => entryOf(lowering, child)) };
    case Tag.Jsx: {
      const parts = children.filter((child) => roleOf(tree, child) !== Role.Name).map((child) => lowering.term(child));
      return { kind: 'union', node, parts, result: 'any' };
    }
    case Tag.JsxAttribute:
      return { kind: 'union', node, parts: children.slice(1).map((child) => lowering.term(child)), result: 'any' };
    default:
      return children.length === 0
        ? { kind: 'literal', node }
        : { kind: 'union', node, parts: children.map((child) => lowering.term(child)), result: 'any' };
  }
}

function isNamespace({ tree }: Lowering, callee: number): boolean {
  return tagOf(tree, callee) === Tag.Ident && flowTraitsOf(tree.grammar).namespaces.includes(textOf(tree, callee));
}

/** A dictionary's entry: computed keys are values too, plain names are not. */
function entryOf(lowering: Lowering, node: number): (Combination & { readonly kind: 'record' })['entries'][number] {
  const { tree } = lowering;
  const [key, value] = childrenOf(tree, node);
  if (tagOf(tree, node) !== Tag.Pair || key === undefined || value === undefined) return { key: undefined, parts: [lowering.term(node)] };
  const constant =
    tagOf(tree, key) === Tag.Ident ? (roleOf(tree, key) === Role.Key ? memberKey(textOf(tree, key)) : ANY_KEY) : indexKey(tree, key);
  if (constant !== ANY_KEY) return { key: constant, parts: [lowering.term(value)] };
  return { key: undefined, parts: [lowering.term(key), lowering.term(value)] };
}

function functionsIn(lowering: Lowering, node: number): readonly FunctionId[] {
  const { tree } = lowering;
  const value = tagOf(tree, node) === Tag.Keyword ? firstChildWithRole(tree, node, Role.Value) : node;
  return value < 0 ? [] : lowering.functionsAt(value);
}

function argument(lowering: Lowering, node: number): Argument {
  const { tree } = lowering;
  const tag = tagOf(tree, node);
  const name = tag === Tag.Keyword ? firstChildWithRole(tree, node, Role.Name) : -1;
  return {
    name: name < 0 ? undefined : textOf(tree, name),
    value: lowering.term(node),
    spread: tag === Tag.Spread,
    functions: functionsIn(lowering, node),
  };
}
