/** Which statements change nothing for others, and what a statement does first. */
import type { Imported, InertStatement } from '../formula/kept.js';
import { internedText } from '../language/interner.js';
import { flowTraitsOf } from '../language/registry.js';
import { Tag } from '../language/tags.js';
import { nextOf, opOf, tagOf, textOf } from '../language/tree.js';
import { mayUseChannel } from './channels.js';
import { isListOfKnownLength } from './containers.js';
import type { FlowTree } from './flowTree.js';
import { putsIntoStore } from './stores.js';
import type { Argument, Call, Program, Target, Term } from './terms.js';

interface Looking {
  readonly code: FlowTree;
  readonly program: Program;
  /** The Func node around. */
  readonly func: number;
  readonly imports: Imported[];
  readonly sets: Set<string>;
  calls: boolean;
}

/** Nodes that say something to others wherever they stand. */
const TELLING: ReadonlySet<number> = new Set([Tag.Func, Tag.Class, Tag.Import, Tag.Decorator, Tag.Error]);
/** Of nodes without a tag of their own. */
const DECLARING = /global|nonlocal|static|extern|using|type|enum|interface|namespace|module/;

/**
 * What is known of a statement that sets no more than variables of its function, calls only what is not known in this file, and goes on to the next one;
 * undefined for any other.
 * @param func the innermost Func node around it
 */
export function inertStatement(code: FlowTree, func: number, node: number, term: Term): InertStatement | undefined {
  const { tree } = code;
  for (let at = node; at < nextOf(tree, node); at++) {
    const tag = tagOf(tree, at);
    if (TELLING.has(tag) || (tag === Tag.Other && DECLARING.test(internedText(opOf(tree, at))))) return undefined;
  }
  const looking: Looking = { code, program: code.program(), func, imports: [], sets: new Set(), calls: false };
  const said = code.names.scopes.saidIn(node, nextOf(tree, node));
  if (said.members.length > 0 || said.lends.length > 0 || said.constructs || !isInert(term, looking)) return undefined;
  for (const { name } of said.bindings) looking.sets.add(name);
  if (![...looking.sets].every((name) => code.program().localOf(func, name) !== undefined)) return undefined;
  return { imports: looking.imports, sets: [...looking.sets], calls: looking.calls };
}

function isInert(term: Term | undefined, looking: Looking): boolean {
  const all = (terms: readonly (Term | undefined)[]): boolean => terms.every((one) => isInert(one, looking));
  switch (term?.kind) {
    case undefined:
    case 'literal':
    case 'name':
      return true;
    case 'part':
      return term.getter === undefined && all([term.object, ...term.indexes]);
    case 'call':
      looking.calls = true;
      return isInertCall(term, looking) && all([term.callee, ...term.args.map(({ value }) => value)]);
    case 'assign':
      return setsOwn(term.target, looking) && isInert(term.value, looking);
    case 'union':
    case 'lazy':
    case 'sequence':
      return all(term.parts);
    case 'elements':
      return all(term.parts.map(({ value }) => value)) && term.parts.every(({ functions }) => functions.length === 0);
    case 'record':
      return term.entries.every(({ parts }) => all(parts));
    case 'same':
      return isInert(term.inner, looking);
    case 'if':
      return all([term.condition, ...term.branches]);
    case 'block':
      return all(term.terms);
    default:
      return false;
  }
}

/** Whether it is only variables of the function itself, each as a whole, that get a value. */
function setsOwn(target: Target | undefined, looking: Looking): boolean {
  const { program, func, sets } = looking;
  switch (target?.kind) {
    case undefined:
      return true;
    case 'place': {
      if (target.place.kind !== 'name') return false;
      const { variable } = target.place;
      sets.add(program.variableNames[variable] ?? '');
      return program.variableOwners[variable] === func;
    }
    case 'elements':
      return [...target.elements, target.rest].every((one) => setsOwn(one, looking));
    case 'members':
      return [...target.members.map((member) => member.target), target.rest].every((one) => setsOwn(one, looking));
    case 'all':
      return target.targets.every((one) => setsOwn(one, looking));
  }
}

/** A call of something that is not known here, is given no function, and is not known to do anything to what it is given. */
function isInertCall({ callee, args, targets, imported, access }: Call, looking: Looking): boolean {
  const { code, program } = looking;
  const { changingMethods, accessors } = flowTraitsOf(code.tree.grammar);
  if (targets.length > 0 || args.some(({ functions }) => functions.length > 0)) return false;
  if (access !== undefined && access.op !== 'read' && access.op !== 'make') return false;
  if (imported !== undefined) looking.imports.push(imported);
  // What a caller gives may be called, and so may what settles a promise.
  if (callee.kind === 'name' && (program.variableOwners[callee.variable] ?? -1) >= 0) return false;
  if (callee.kind === 'part') {
    const method = callee.key.slice(1);
    if (mayUseChannel(method) || putsIntoStore(method) || changingMethods.includes(method)) return false;
    if (accessors && method.startsWith('set')) return false;
  }
  return args.every((argument) => !mayBeList(argument, looking));
}

/** Whether an argument may be a list of a known length, which may be another one afterwards. */
function mayBeList({ value }: Argument, { code: { tree, names } }: Looking): boolean {
  if (value.kind !== 'name' || value.node < 0) return false;
  if (names.resolve(value.node) !== undefined) return false;
  const values = names.scopes.lookup(value.node, textOf(tree, value.node))?.values ?? [];
  return values.some((node) => node >= 0 && (tagOf(tree, node) === Tag.Ident || isListOfKnownLength(tree, names, node)));
}

/** What a term does first that others may see: it calls something, or it does something else. Undefined effects count as the latter. */
export function firstEffect(term: Term | undefined): 'call' | 'other' | 'none' {
  const first = (terms: readonly (Term | undefined)[]): ReturnType<typeof firstEffect> =>
    terms.map(firstEffect).find((one) => one !== 'none') ?? 'none';
  /** What does something itself, after its parts. */
  const after = (terms: readonly (Term | undefined)[]): ReturnType<typeof firstEffect> => (first(terms) === 'call' ? 'call' : 'other');
  switch (term?.kind) {
    case undefined:
    case 'literal':
    case 'name':
      return 'none';
    case 'call':
    case 'throw':
      return 'call';
    case 'part':
      return term.getter === undefined ? first([term.object, ...term.indexes]) : 'other';
    case 'union':
    case 'sequence':
      return first(term.parts);
    case 'lazy':
      return after(term.parts.slice(0, 1));
    case 'elements':
      return first(term.parts.map(({ value }) => value));
    case 'record':
      return first(term.entries.flatMap(({ parts }) => parts));
    case 'same':
      return firstEffect(term.inner);
    case 'assign':
    case 'return':
    case 'yield':
      return after([term.value]);
    case 'if':
      return after([term.condition]);
    case 'block':
      return first(term.terms);
    default:
      return 'other';
  }
}
