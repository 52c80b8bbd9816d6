/**
 * What a commit changed in code and data that are no test, as words: of which it has fewer than before, and which are gone. A test that went or changed along
 * with the words that it speaks of followed its code; one that changed alone did not.
 */
import { named } from './factsOfNames.js';
import type { Pair } from './side.js';
import { isTestPath } from '../model/testPaths.js';
import { words as spelt } from './words.js';

export interface CodeChange {
  /** Whether anything but tests and documents was changed. */
  readonly changed: boolean;
  /** Whether a text of a test speaks of what the code has less of now: a word that is gone, or a good part of the words that the code knew. */
  followed(text: string): boolean;
  /** Whether the code has several fewer of a word that a test's name or its file's name says. */
  dropped(name: string): boolean;
  /**
   * Whether a test is about code that the commit changed: its file imports one of the changed files or is named after one, or the test shares a good part of its
   * words with the changed lines. What the test says less of may be what the code does no more.
   */
  concerns(file: { readonly path: string; readonly text: string }, test: string): boolean;
  /** Whether the change takes a part of the program out: much code goes and little comes. */
  readonly takesOut: boolean;
  /** Lines of code that went and came, together. */
  readonly lines: number;
  /** Whether twice as much code goes as comes: what was tested may have gone. */
  readonly shrinks: boolean;
  /** Whether a text names something that the changed code spoke of all over and does not name any more: it went with what it was part of. */
  featureGone(text: string): boolean;
  /** Whether a text speaks of something that is called nothing, stood elsewhere in the code as well, and is nowhere in it now: what it was about was taken out. */
  subjectGone(text: string): boolean;
  /** Whether a text has a string that was in the code several times and is nowhere in it now: what it stood for was taken out. */
  vanished(text: string): boolean;
}

const DOCUMENTS =
  /(?:^|\/)(?:docs?|documentation|\.changeset|changelogs?)\/|(?:^|\/)(?:README|CHANGELOG|CHANGES|HISTORY|NEWS)[^/]*$|\.(?:mdx|rst|adoc)$/i;
/** Strings with something in them. */
const LITERAL = /["'`]([^"'`\n]{6,120})["'`]/g;
/** Longer names that are not called. */
const SUBJECT = /(?<![\p{L}\p{N}_$])[\p{L}_$][\p{L}\p{N}_$]{9,}(?![\p{L}\p{N}_$]*\s*\()/gu;
const WORD = /[\p{L}_][\p{L}\p{N}_]{3,}/gu;
/** A word that is gone says something from this length on. */
const TELLING = 5;
/** Part of the words, known to the changed code, that it has fewer of. */
const GOOD_PART = 0.34;
/** Words of names that are about few things. */
const LONG = 8;
/** Fewer words say nothing by their part. */
const FEW = 2;
const SEVERAL = 3;
/** Places that a word stands in where it is about a feature and not about one check. */
const ALL_OVER = 12;
/** Part of a test's words that stand in changed lines as well. */
const SOME_PART = 0.2;

/** Fewer lines that go are a change in place. */
const SOME_LINES = 15;

/** Lines of code that go where a part of the program is taken out, and how often as many as come. */
const MUCH = 400;
const FEWER_COME = 3;

/** Words of languages and of testing, which say nothing about what is tested. */
const PLAIN = new Set(
  `const this self async await function return returns import from export default class extends interface type typeof string number boolean object array null
   undefined none true false else elif while with that then than when where what should must does into only also have been test tests testing expect expected
   actual assert describe mock mocks mocked patch spec fixture pytest unittest vitest jest require result results response request value values data error errors
   name names message content text path file files item items list line lines options option config params args call calls called handler context before after
   each every some equal equals contain contains match matches length func struct public private static void final throw throws catch`.split(
    /\s+/,
  ),
);

export function codeChange(pairs: readonly Pair[]): CodeChange {
  const own = pairs.filter(
    ({ change }) => !isTestPath(change.path) && !isTestPath(change.oldPath ?? change.path) && !DOCUMENTS.test(change.path),
  );
  let net: ReadonlyMap<string, number> | undefined;
  let pairsNet: ReadonlyMap<string, number> | undefined;
  let spelled: ReadonlyMap<string, number> | undefined;
  let after: ReadonlySet<string> | undefined;
  let stems: readonly string[] | undefined;
  const features = new Map<string, boolean>();
  const words = (text: string): Set<string> => new Set([...text.matchAll(WORD)].map(([word]) => word).filter((word) => !PLAIN.has(word)));
  const times = (side: Pair['before'], said: string): number => (side === undefined ? 0 : side.text.split(said).length - 1);
  const sum = (which: 'before' | 'after', said: string): number => own.reduce((all, pair) => all + times(pair[which], said), 0);
  const fewerOf = (said: string): boolean => said.length >= TELLING && sum('after', said) < sum('before', said);
  const [gone, come] = own
    .flatMap(({ change }) => change.hunks)
    .reduce(([less, more], { oldLines, newLines }) => [less + oldLines, more + newLines], [0, 0]) as [number, number];
  return {
    changed: own.length > 0,
    takesOut: gone >= MUCH && gone >= come * FEWER_COME,
    lines: gone + come,
    shrinks: gone >= SOME_LINES && gone >= come * 2,
    followed(text) {
      net ??= balance(own);
      if ([...text.matchAll(LITERAL)].some(([, inner]) => fewerOf(trimmed(inner as string)))) return true;
      const spoken = [...words(text)];
      pairsNet ??= balance(own, pairsIn);
      if (pairsIn(text).some((pair) => (pairsNet?.get(pair) ?? 0) <= -SEVERAL)) return true;
      if (!spoken.some((word) => (net?.get(word) ?? 0) < 0)) return false;
      after ??= new Set(own.flatMap(({ after: side }) => (side === undefined ? [] : [...words(side.text)])));
      const fewer = spoken.filter((word) => (net?.get(word) ?? 0) < 0);
      const left = after;
      if (fewer.some((word) => word.length >= TELLING && !left.has(word))) return true;
      const known = spoken.filter((word) => net?.has(word) === true || left.has(word));
      return fewer.length >= FEW && fewer.length >= known.length * GOOD_PART;
    },
    dropped(name) {
      spelled ??= balance(own, (text) => wordsIn(text).flatMap((word) => spelt(word).split(' ')));
      return spelt(name)
        .split(' ')
        .some((word) => word.length >= LONG && !PLAIN.has(word) && (spelled?.get(word) ?? 0) <= -SEVERAL);
    },
    concerns(file, test) {
      stems ??= own.flatMap(({ change }) => [stemOf(change.path), stemOf(change.oldPath ?? change.path)]);
      const named = stemOf(file.path);
      if (stems.some((stem) => stem === named || (stem.length >= TELLING && isImported(stem, file.text)))) return true;
      net ??= balance(own);
      const spoken = [...words(test)].filter((word) => word.length >= TELLING);
      const touched = spoken.filter((word) => net?.has(word) === true);
      return touched.length >= FEW && touched.length >= spoken.length * SOME_PART;
    },
    featureGone(text) {
      const said = [...text.matchAll(WORD)].flatMap(([word]) => spelt(word).split(' '));
      const telling = [...new Set(said)].filter((word) => word.length >= TELLING && !PLAIN.has(word));
      return telling.some((word) => {
        let gone = features.get(word);
        if (gone === undefined) {
          const named = new RegExp(word, 'gi');
          const isLeft = own.some(({ change }) => change.after !== undefined && change.after.search(new RegExp(word, 'i')) >= 0);
          const count = (): number => own.reduce((all, { change }) => all + (change.before?.match(named)?.length ?? 0), 0);
          gone = !isLeft && count() >= ALL_OVER;
          features.set(word, gone);
        }
        return gone;
      });
    },
    subjectGone: (text) =>
      [...new Set([...text.matchAll(SUBJECT)].map(([name]) => name))].some(
        (name) => named(spelt(name), false) === undefined && sum('after', name) === 0 && sum('before', name) > text.split(name).length,
      ),
    vanished: (text) =>
      [...text.matchAll(/"([^"\n]{4,80})"/g)].some(([, inner]) => {
        const said = inner as string;
        return sum('after', said) === 0 && sum('before', said) >= SEVERAL;
      }),
  };
}

/** A file's name without what says that it is a test, and without its ending; the folder's where it is an index. */
function stemOf(path: string): string {
  const parts = path.split('/');
  const name = (parts.at(-1) ?? '')
    .replace(/(?:[._-](?:test|tests|spec|e2e|cy|live|unit|integration))?\.\w+$/, '')
    .replace(/^test_|_test$|_spec$|Tests?$/, '');
  return /^(?:index|__init__|mod|main)$/.test(name) ? (parts.at(-2) ?? '') : name;
}

/** Whether one of a file's imports, mocks or patches ends in a name. */
function isImported(stem: string, text: string): boolean {
  let at = text.indexOf(stem);
  for (; at >= 0; at = text.indexOf(stem, at + stem.length)) {
    if (!/[./\s]/.test(text[at - 1] ?? '') || /[\p{L}\p{N}_-]/u.test(text[at + stem.length] ?? '')) continue;
    const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
    if (/\b(?:import|from|require|mock|patch|use|include|require_relative)\b/.test(line) || /^\s*\}?\s*from\b/.test(line)) return true;
  }
  return false;
}

/** Without marks around the words: they are put together in many ways. */
function trimmed(said: string): string {
  return said.replace(/^[^\p{L}\p{N}]+/u, '').replace(/[^\p{L}\p{N}]+$/u, '');
}

function wordsIn(text: string): string[] {
  return [...text.matchAll(WORD)].map(([word]) => word);
}

/** Neighbours among the words of names, such as `dev features` of `isDevFeaturesEnabled`: what a name is about, whatever is done with it. */
function pairsIn(text: string): string[] {
  return wordsIn(text).flatMap((name) => {
    const parts = spelt(name).split(' ');
    return parts
      .slice(1)
      .flatMap((part, i) => (part.length > 3 && (parts[i] as string).length > 2 && !PLAIN.has(part) ? [`${parts[i]} ${part}`] : []));
  });
}

/** How many more of each word the lines that came have than those that went. */
function balance(pairs: readonly Pair[], of: (text: string) => readonly string[] = wordsIn): ReadonlyMap<string, number> {
  const net = new Map<string, number>();
  const count = (text: string, by: number): void => {
    for (const word of of(text)) net.set(word, (net.get(word) ?? 0) + by);
  };
  for (const { change, before, after } of pairs) {
    for (const { oldStart, oldLines, newStart, newLines } of change.hunks) {
      if (before !== undefined && oldLines > 0) count(linesOf(before, oldStart, oldLines), -1);
      if (after !== undefined && newLines > 0) count(linesOf(after, newStart, newLines), 1);
    }
  }
  return net;
}

function linesOf(side: NonNullable<Pair['before']>, first: number, count: number): string {
  const from = side.lines.lineSpan(first - 1).start;
  const to = side.lines.lineSpan(first + count - 2).end;
  return side.text.slice(from, to);
}
