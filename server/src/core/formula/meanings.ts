/** Whether names outside of an edit mean what they meant: what it says of them is the same, or of names that stand nowhere else. */
import type { Edit } from '../language/edit.js';
import type { ImportedName, Names } from '../language/names.js';
import { traitsOf } from '../language/registry.js';
import type { BoundOutside, Said } from '../language/scopes.js';
import { Role, Tag } from '../language/tags.js';
import { endOf, nextOf, opOf, parentOf, roleOf, startOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { sayingOneOf } from '../model/words.js';
import type { Span } from './ranges.js';

/** Names that are looked for outside: more than that, and all is looked through. */
const MAX_NAMES = 40;
/** Places of such names that are looked at. */
const MAX_PLACES = 200;

/** Undefined where one may mean something else; or else whether the run declares the same types as before. */
export function sameMeanings(edit: Edit, before: Names, after: Names): { readonly sameTypes: boolean } | undefined {
  const [was, is] = [saidIn(before, edit.from, edit.toBefore), saidIn(after, edit.from, edit.toAfter)];
  if (was.said.constructs || is.said.constructs || told(was) !== told(is)) return undefined;
  const changed = edit.kind === 'function' ? changedNames(was, is) : changedStatements(edit, was, is);
  if (changed.size > MAX_NAMES || (changed.size > 0 && mayBeUsedBeside(edit, changed))) return undefined;
  return { sameTypes: was.said.types.toSorted().join('\n') === is.said.types.toSorted().join('\n') };
}

interface SaidIn {
  readonly said: Said;
  readonly imports: readonly ImportedName[];
}

function saidIn(names: Names, from: number, to: number): SaidIn {
  return { said: names.scopes.saidIn(from, to), imports: names.importedIn(from, to) };
}

/** What must be the same, whatever names there are: members of objects, names that are lent, packages of which all is imported. */
function told({ said: { members, lends }, imports }: SaidIn): string {
  const packages = imports.flatMap(({ name, path }) => (name === undefined ? [path.join('.')] : []));
  return JSON.stringify([members.toSorted(), lends.toSorted(), packages.toSorted()]);
}

/** Of a function, names around that it binds, or imports, otherwise than before. What a function sets counts in that function alone. */
function changedNames(was: SaidIn, is: SaidIn): ReadonlySet<string> {
  const [old, now] = [was, is].map(({ said, imports }) => {
    const bound = said.bindings.map(({ name, owner }) => [name, `${owner}`] as const);
    const imported = imports.map(({ name = '', path }) => [name, path.join('.')] as const);
    return grouped([...bound, ...imported], ([name]) => name);
  });
  const all = (each: readonly (readonly [string, string])[]): string =>
    each
      .map(([, what]) => what)
      .toSorted()
      .join('\n');
  return differing(old, now, (a, b) => all(a) === all(b));
}

/**
 * Of statements, names that are bound otherwise than before: statements beside them see the order of bindings, and each value. A name whose value has another one
 * of those in it is one of them.
 */
function changedStatements(edit: Edit, was: SaidIn, is: SaidIn): ReadonlySet<string> {
  const bound = [was, is].map(({ said }) => grouped(said.bindings, ({ name }) => name));
  const imported = [was, is].map(({ imports }) => grouped(imports, ({ name = '' }) => name));
  const changed = new Set(differing(bound[0], bound[1], (a, b) => a.every((old, at) => isSameBinding(edit, old, b[at] as BoundOutside))));
  for (const name of differing(imported[0], imported[1], (a, b) => a.every(({ path }, at) => path.join('.') === b[at]?.path.join('.'))))
    changed.add(name);
  if (changed.size === 0) return changed;
  const values = is.said.bindings.filter(({ value }) => value >= 0);
  for (let count = -1; count !== changed.size;) {
    count = changed.size;
    const spelled = sayingOneOf([...changed]);
    for (const { name, value } of values) if (!changed.has(name) && spelled.test(textOf(edit.after, value))) changed.add(name);
  }
  return changed;
}

function grouped<T>(all: readonly T[], nameOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(nameOf(each));
    if (group === undefined) groups.set(nameOf(each), [each]);
    else group.push(each);
  }
  return groups;
}

/** Names that are in one of both only, or of which there are more in one, or others. */
function differing<T>(
  was: ReadonlyMap<string, readonly T[]> = new Map(),
  is: ReadonlyMap<string, readonly T[]> = new Map(),
  areSame: (was: readonly T[], is: readonly T[]) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const [a, b] = [was.get(name), is.get(name)];
    if (a === undefined || b === undefined || a.length !== b.length || !areSame(a, b)) found.add(name);
  }
  return found;
}

/** Whether a binding stands where it stood among the blocks and statements of the run, and binds the same value, or none. */
function isSameBinding(edit: Edit, was: BoundOutside, is: BoundOutside): boolean {
  const { before, after, from } = edit;
  if (was.owner !== is.owner || (was.value < 0 ? was.value !== is.value : !isUntouched(edit, was.value, is.value))) return false;
  let [a, b] = [was.node, is.node];
  for (; a >= from && b >= from; [a, b] = [parentOf(before, a), parentOf(after, b)])
    if (tagOf(before, a) !== tagOf(after, b) || opOf(before, a) !== opOf(after, b) || roleOf(before, a) !== roleOf(after, b)) return false;
  return a < from && b < from;
}

/** Whether a node is another one in its place now, with nothing in it, or right beside it, that was edited. */
function isUntouched({ before, after, change, offset }: Edit, was: number, is: number): boolean {
  const [start, end] = [startOf(before, was), endOf(before, was)];
  const isBehind = start > change.endBefore;
  if (is < 0 || (!isBehind && end >= change.start)) return false;
  const moved = isBehind ? offset : 0;
  return startOf(after, is) === start + moved && endOf(after, is) === end + moved;
}

/** Whether one of the names may be used outside of the run: where it is a member's there, or in a text, it is another. */
function mayBeUsedBeside(edit: Edit, names: ReadonlySet<string>): boolean {
  const { after: tree, from, toAfter } = edit;
  const { declared } = traitsOf(tree.grammar);
  const run = extentOf(tree, from, toAfter, edit);
  const places: number[] = [];
  const pattern = new RegExp(sayingOneOf([...names]).source, 'giu');
  for (const { index } of tree.text.matchAll(pattern)) {
    if (index >= run.start && index < run.end) continue;
    if (places.push(index) > MAX_PLACES) return true;
  }
  return places.some((place) => {
    const node = innermostAt(tree, place);
    if (node === undefined || (node >= from && node < toAfter)) return true;
    if (tagOf(tree, node) === Tag.StrText) return false;
    // `this.NAME` is what a class declares, in languages where classes declare.
    const parent = parentOf(tree, node);
    const isMember = tagOf(tree, node) === Tag.Ident && roleOf(tree, node) === Role.Name && parent >= 0 && tagOf(tree, parent) === Tag.Dot;
    return declared || !isMember;
  });
}

function extentOf(tree: SyntaxTree, from: number, to: number, { change, offset }: Edit): Span {
  let [start, end] = [change.start, change.endBefore + offset];
  for (let node = from; node < to; node = nextOf(tree, node)) {
    start = Math.min(start, startOf(tree, node));
    end = Math.max(end, endOf(tree, node));
  }
  return { start, end };
}

/** The deepest node whose extent has a place in it. */
function innermostAt(tree: SyntaxTree, place: number): number | undefined {
  let found: number | undefined;
  for (let node = 0; node < tree.count;) {
    const isThere = startOf(tree, node) <= place && place < endOf(tree, node);
    if (isThere) found = node;
    node = isThere ? node + 1 : nextOf(tree, node);
  }
  return found;
}
