/** What the parts of lowering share: the tree and what is known of it, how a part lowers what stands inside of it, and how keys are spelled. */
import type { Write } from '../formula/kept.js';
import { internedText } from '../language/interner.js';
import { traitsOf } from '../language/registry.js';
import { Role, Tag } from '../language/tags.js';
import { firstChildWithRole, opOf, parentOf, stringTextOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import type { Decisions } from './decisions.js';
import { ANY_KEY, type AccessOf, type FunctionId, type Getter, type Imported, type Key, type Term, type VariableId } from './terms.js';
import type { Variables } from './variables.js';

/** As in `Program`, for some functions. */
export interface Writes {
  readonly written: Set<VariableId>;
  readonly fieldWrites: Map<string, number>;
  /** Func nodes that assign to variables of the module. */
  readonly writers: Set<number>;
}

/** Of one function. */
export interface OwnWrites extends Writes {
  /** Undefined where something is written that no node spells. */
  log: Write[] | undefined;
}

/** What lowering one tree needs, passed down. */
export interface Lowering {
  readonly tree: SyntaxTree;
  readonly variables: Variables;
  /** Functions by node, as far as they have been met. */
  readonly functionIds: Map<number, FunctionId>;
  /** As in `Program`. */
  readonly outerNode: Int32Array;
  /** The innermost node around that a pattern can mean as a whole. */
  outer: number;
  /** The Func or Class node that is being lowered; -1 for the top level. */
  func: number;
  /** What that one writes to. */
  writes: OwnWrites;
  term(node: number): Term;
  block(nodes: readonly number[]): Term;
  readonly decisions: Decisions;
  readonly accessOf: AccessOf;
  defineFunction(node: number): FunctionId;
  /** Functions of this file that a call of `callee` can only mean. */
  targetsOf(callee: number, construction: boolean): readonly FunctionId[];
  /** What a call means in another file. */
  importedBy(callee: number, construction: boolean): Imported | undefined;
  /** As in `Call`. */
  isGuessed(callee: number, construction: boolean): boolean;
  /** As in `Calls`. */
  fieldsMadeBy(callee: number): readonly string[] | undefined;
  /** As in `Calls`. */
  getterOf(node: number): Getter | undefined;
  /** As in `Calls`. */
  functionsAt(node: number): readonly FunctionId[];
}

/** In `outerNode`, of nodes that are no terms. */
export const NO_TERM = -2;

export const NOTHING: Term = { kind: 'literal', node: -1 };

export function memberKey(name: string): Key {
  return `.${name.replace(/^[@$#]+/, '')}`;
}

/** The key of a literal index. */
export function indexKey(tree: SyntaxTree, node: number): Key {
  const tag = tagOf(tree, node);
  if (tag === Tag.Num) return `#${textOf(tree, node)}`;
  const text = tag === Tag.Str ? stringTextOf(tree, node) : undefined;
  // Where `o.k` and `o['k']` are the same, so are their keys.
  if (text !== undefined) return traitsOf(tree.grammar).keysAreNames ? memberKey(text) : `"${text}`;
  // A symbol, as in Ruby.
  return tag === Tag.Other && internedText(opOf(tree, node)) === 'atom' ? `"${textOf(tree, node)}` : ANY_KEY;
}

/** Whether a function is written where its value is used. */
export function isInline({ tree }: Lowering, node: number): boolean {
  if (firstChildWithRole(tree, node, Role.Name) < 0) return true;
  const parent = parentOf(tree, node);
  if (parent < 0) return false;
  const tag = tagOf(tree, parent);
  if (tag === Tag.Block || tag === Tag.Class || tag === Tag.Decorator) return false;
  return tag !== Tag.Other || !/^(?:export|labeled|declaration|template)/.test(internedText(opOf(tree, parent)));
}
