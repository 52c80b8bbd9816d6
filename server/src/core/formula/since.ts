/**
 * Whether an edit is one beyond which nothing changed: it lies in a run of statements or in a function, and every name outside means what it meant. Then matches
 * outside are carried over, and only the others are looked for again.
 */
import { editsBetween, type Edit } from '../language/edit.js';
import type { Names, NamesBefore } from '../language/names.js';
import type { SyntaxTree } from '../language/tree.js';
import { mayHaveMarks } from '../matching/matcher.js';
import { sameMeanings } from './meanings.js';
import type { Kept, KeptSearch } from './kept.js';
import { once } from '../model/once.js';
import { changeIn } from '../model/textChange.js';
import type { EditedText } from './changedLines.js';
import type { FormulaRange } from './ranges.js';
import { createMover, createTextMover, type Mover } from './moves.js';

/** An edit, and what was found before it. */
export interface Since {
  readonly edit: Edit;
  /** The same as statements alone: outside of them the text is what it was, though names may mean something else. Undefined where they are not clear. */
  readonly inner: Edit | undefined;
  readonly mover: Mover;
  /** Whether the run declares the same types as before. */
  readonly sameTypes: boolean;
  /** Whether the expressions that variables outside are set to are the same: none of them is, or holds, what was replaced. */
  readonly sameValues: () => boolean;
  readonly kept: KeptSearch;
}

/** An edit after which names may mean something else anywhere. */
export interface LastEdit extends Pick<Since, 'edit' | 'mover' | 'kept'> {
  /** As in `Since`. */
  readonly sameTypes: () => boolean;
}

/** What expressions found in a text before it was edited. */
export interface LastText {
  readonly text: EditedText;
  readonly regexes: KeptSearch['regexes'];
  /** What one found, in its place now; undefined where it touches what was replaced. */
  moved(range: FormulaRange): FormulaRange | undefined;
}

/** What was kept, with the runs that may stand for what was edited since. */
export type EditsSince = readonly { readonly kept: KeptSearch; readonly edits: readonly Edit[] }[];

export function editsSince(kept: Kept, tree: SyntaxTree): EditsSince {
  return kept.map((each) => ({ kept: each, edits: editsBetween(each.tree, tree) }));
}

/** What is known of names, to be made what it is now: from the search that differs least. */
export function namesBefore(since: EditsSince): NamesBefore | undefined {
  for (const { kept, edits } of since) {
    const [edit] = edits;
    if (edit !== undefined) return { names: kept.names, edit };
  }
  return undefined;
}

/** Of what flows and summaries of functions are told: statements, or a function. Undefined where the edit may have changed anything. */
export function sinceKept(since: EditsSince, tree: SyntaxTree, names: Names): Since | undefined {
  for (const { kept, edits } of since) {
    if (mayHaveMarks(kept.tree) || mayHaveMarks(tree)) continue;
    const found = confined(
      edits.filter(({ kind }) => kind !== 'elements'),
      kept.names,
      names,
    );
    if (found !== undefined) return sinceEdit(found, edits, kept, names);
  }
  return undefined;
}

/**
 * The same for what patterns match, which may be less: what changed in an element. Whatever a variable is set to around it, its value is not known before or
 * after.
 */
export function searchedSince(since: EditsSince, confinedTo: Since | undefined, tree: SyntaxTree, names: Names): Since | undefined {
  for (const { kept, edits } of since) {
    const edit = edits.find(({ kind }) => kind === 'elements');
    const same = edit === undefined || mayHaveMarks(kept.tree) || mayHaveMarks(tree) ? undefined : sameMeanings(edit, kept.names, names);
    if (edit !== undefined && same !== undefined) return sinceEdit({ edit, ...same }, edits, kept, names);
    if (kept === confinedTo?.kept) break;
  }
  return confinedTo;
}

function sinceEdit(found: Pick<Since, 'edit' | 'sameTypes'>, edits: readonly Edit[], kept: KeptSearch, names: Names): Since {
  const sameValues = once(() => !setsValue(names, found.edit));
  const inner = edits.find(({ kind }) => kind === 'statements');
  return { ...found, inner, mover: createMover(found.edit), sameValues, kept };
}

/** The smallest run that may stand for what was edited; undefined where none is clear. */
export function lastEdit(since: EditsSince, tree: SyntaxTree, names: Names): LastEdit | undefined {
  for (const { kept, edits } of since) {
    const [edit] = edits;
    if (edit === undefined || mayHaveMarks(kept.tree) || mayHaveMarks(tree)) continue;
    const typesIn = (each: Names, to: number): string => each.scopes.saidIn(edit.from, to).types.toSorted().join('\n');
    const sameTypes = once(() => typesIn(kept.names, edit.toBefore) === typesIn(names, edit.toAfter));
    // Functions tell themselves whether they are what they were: no more of them need be looked at than what differs.
    const least = { ...edit, ...edit.least };
    return { edit: least, mover: createMover(least), kept, sameTypes };
  }
  return undefined;
}

/** Undefined where nothing was kept. */
export function lastText(since: EditsSince, tree: SyntaxTree): LastText | undefined {
  const kept = since[0]?.kept;
  if (kept === undefined) return undefined;
  const [before, after] = [kept.tree.text, tree.text];
  const change = changeIn(before, after);
  return { text: { before, after, change }, regexes: kept.regexes, moved: createTextMover(kept.tree, tree, change) };
}

/**
 * What to keep after a search. While a statement is typed the text around it may read as anything, such as after a bracket that is still open: what was
 * kept before that serves again when the bracket is closed.
 */
export function keptAfter(kept: Kept, search: KeptSearch, since: Since | undefined): Kept {
  if (search.tree.problems.length === 0) return [search];
  const before = kept.at(-1);
  const isNext = kept.length === 1 && since !== undefined;
  return before === undefined || isNext || since?.kept === before ? [search] : [search, before];
}

/**
 * Of the runs that may stand for an edit, the smallest one beyond which every name means what it meant. Statements that set what others read come last: matches
 * that begin before them and go on behind them are found again everywhere, and in a function that is all of it.
 */
function confined(edits: readonly Edit[], before: Names, after: Names): { readonly edit: Edit; readonly sameTypes: boolean } | undefined {
  const binds = ({ kind, from, toBefore, toAfter }: Edit): boolean =>
    kind === 'statements' &&
    (before.scopes.saidIn(from, toBefore).bindings.length > 0 || after.scopes.saidIn(from, toAfter).bindings.length > 0);
  for (const edit of edits.toSorted((a, b) => Number(binds(a)) - Number(binds(b)))) {
    const same = sameMeanings(edit, before, after);
    if (same !== undefined) return { edit, ...same };
  }
  return undefined;
}

/** Whether a name outside of the run is set to it, or to an expression around it, such as a lambda. */
function setsValue(names: Names, { from, toAfter, around }: Edit): boolean {
  const { nodes, values, count } = names.scopes.events;
  for (let at = 0; at < count && (nodes[at] as number) < from; at++) {
    const value = values[at] as number;
    if (around.has(value) || (value >= from && value < toAfter)) return true;
  }
  return false;
}
