/**
 * The other files of a project, as far as one that is scanned may lead to them by its imports: what rules could find there, asked of their text alone, and their
 * trees, made when data is followed into them. What is kept is what a file's own text says, nothing about who asked: the order in which files are
 * scanned changes no answer.
 */
import { commentTexts } from '../comment/comments.js';
import { readText } from '../formula/readText.js';
import { createTextIndex, indexOfNeed, type TextIndex } from '../formula/textIndex.js';
import type { CompiledRule, Program } from '../formula/program.js';
import { createTreeSearch } from '../formula/search.js';
import { lowerTree } from '../language/builder.js';
import { grammarOfPath } from '../language/identify.js';
import type { ClassOutline, ModulePlace } from '../language/modules.js';
import type { GrammarId, Parser } from '../language/raw.js';
import { loweringOf, syntaxOf } from '../language/registry.js';
import type { SyntaxTree } from '../language/tree.js';
import type { Suppression } from '../model/finding.js';
import { createLineIndex, rangeOf } from '../model/position.js';
import { once } from '../model/once.js';
import type { RuleId } from '../model/rule.js';
import type { ProjectFiles } from '../model/project.js';
import { covers, suppressionsIn, type InlineSuppression } from '../suppression/suppressions.js';
import { isCalledLike } from '../taint/likeNames.js';
import { findSpecs, NOTHING_FOUND, unifies } from '../taint/follow.js';
import { createFlowTree, type FlowTree } from '../taint/flowTree.js';
import type { OpenFile, ProjectCode } from '../taint/project.js';
import type { FoundSpecs } from '../taint/spec.js';

/** Files that one file may lead to, nearest first; those beyond are as if they were not there. */
const MAX_REACH = 60;
/** Of those, the ones that are looked into: the first that calls lead to, the others stay unknown. */
const MAX_OPENED = 12;
/** The same for those that hold a source or a sink, or lead to one. */
const MAX_ENDS_OPENED = 40;
/** Longer files are not looked into, in UTF-16 code units. */
const MAX_LENGTH = 400_000;
const MAX_IMPORTS = 400;
/** Classes that one name may mean. */
const MAX_ALIKE = 16;
/** Trees that are kept, and texts of which it is known what they import. */
const MAX_TREES = 128;
const MAX_FACTS = 20_000;

/** What the text of one file says. */
interface Facts {
  readonly version: string;
  readonly grammar: GrammarId;
  readonly sources: ReadonlySet<string>;
  readonly sinks: ReadonlySet<string>;
  /** Files that it imports. */
  readonly imports: readonly string[];
  readonly classes: readonly ClassOutline[];
}

/** What a file leads to. */
export interface Reach {
  /** Whether a rule's source and its sink are both among the file and those that it leads to. */
  holds(rule: CompiledRule): boolean;
  /** For following data out of the file; undefined where it imports nothing of the project. */
  around(home: FlowTree): ProjectCode | undefined;
  /** Equal where the other files are the same. */
  readonly version: string;
  /** The suppression in another file that covers a rule's finding on a line (0-based) there. */
  suppressionAt(path: string, ruleId: string, line: number): Suppression | undefined;
}

/** A text with what it was asked before. */
export interface IndexedText {
  readonly text: string;
  readonly index: TextIndex;
}

export interface Projects {
  /** Undefined where the language's imports are not followed, or no rule follows data. */
  reachOf(path: string, grammar: GrammarId, text: IndexedText, files: ProjectFiles, expired: () => boolean): Promise<Reach | undefined>;
}

function suppressionsOf(tree: SyntaxTree): readonly InlineSuppression[] {
  return tree.text.includes('countersign:') ? suppressionsIn(commentTexts(tree), tree.text, createLineIndex(tree.text)) : [];
}

/** What a rule that follows data needs of a text for one of its ends, as indexes in the program's tables. */
interface AskedEnds {
  readonly id: RuleId;
  readonly source: number;
  readonly sink: number;
}

const knownEnds = new WeakMap<Program, readonly AskedEnds[]>();

function askedEnds(program: Program): readonly AskedEnds[] {
  let ends = knownEnds.get(program);
  if (ends === undefined) {
    const { tables } = program;
    ends = program.rules.flatMap(({ rule: { id }, ends: own }) =>
      own === undefined ? [] : [{ id, source: indexOfNeed(own.source, tables), sink: indexOfNeed(own.sink, tables) }],
    );
    knownEnds.set(program, ends);
  }
  return ends;
}

interface KeptFile {
  readonly version: string;
  readonly file: OpenFile;
}

/** A class of a file, under its own name and those of its bases. */
interface ReachedClass {
  readonly path: string;
  readonly className: string;
  readonly names: readonly string[];
}

/** By the names of their methods. */
function classesByMethod(reached: readonly (readonly [string, Facts])[]): ReadonlyMap<string, readonly ReachedClass[]> {
  const found = new Map<string, ReachedClass[]>();
  for (const [path, { classes }] of reached)
    for (const { name, bases, methods } of classes) {
      const own = { path, className: name, names: [name, ...bases] };
      for (const method of methods) {
        const list = found.get(method);
        if (list === undefined) found.set(method, [own]);
        else list.push(own);
      }
    }
  return found;
}

/** Files in which a rule may have its source or its sink, as their texts say, and those that import them; of rules that may have both somewhere. */
function filesWithEnds(reached: ReadonlyMap<string, Facts>): ReadonlySet<string> {
  const all = [...reached.values()];
  const sources = new Set(all.flatMap((each) => [...each.sources]));
  const rules = new Set(all.flatMap((each) => [...each.sinks]).filter((id) => sources.has(id)));
  const found = new Set<string>();
  for (const [path, facts] of reached) if ([...facts.sources, ...facts.sinks].some((id) => rules.has(id))) found.add(path);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [path, { imports }] of reached) if (!found.has(path) && imports.some((other) => found.has(other))) found.add(path);
  }
  return found;
}

/**
 * @param code the rules of a grammar
 * @param grammarsFor what must be loaded for them
 */
export function createProjects(
  parser: Parser,
  code: (grammar: GrammarId) => Program,
  grammarsFor: (grammar: GrammarId) => readonly GrammarId[],
): Projects {
  const facts = new Map<string, Facts>();
  const trees = new Map<string, KeptFile>();
  /** Whether a rule finds a source, or a sink, in a file. */
  const real = new Map<string, boolean>();

  const importsOf = (path: string, grammar: GrammarId, text: string, files: ProjectFiles): readonly string[] => {
    const modules = syntaxOf(grammar).modules;
    const imports = new Set<string>();
    for (const mentioned of modules?.mentioned(text).slice(0, MAX_IMPORTS) ?? []) {
      const place = modules?.find(mentioned, path, files);
      if (place !== undefined) imports.add(place.file);
    }
    return [...imports];
  };

  const factsOf = (grammar: GrammarId, { text, index }: IndexedText, version: string, imports: readonly string[]): Facts => {
    const program = code(grammar);
    const asks = askedEnds(program);
    const having = (end: 'source' | 'sink'): ReadonlySet<string> =>
      new Set(asks.flatMap((rule) => (index.answers(rule[end], program.tables) ? [rule.id] : [])));
    return {
      version,
      grammar,
      sources: having('source'),
      sinks: having('sink'),
      imports,
      classes: syntaxOf(grammar).modules?.classes(text) ?? [],
    };
  };

  const knownFacts = async (path: string, files: ProjectFiles): Promise<Facts | undefined> => {
    const version = files.version(path);
    const grammar = grammarOfPath(path);
    if (version === undefined || grammar === undefined || syntaxOf(grammar).modules === undefined) return undefined;
    const known = facts.get(path);
    if (known?.version === version) return known;
    const text = files.text(path);
    if (text === undefined || text.length > MAX_LENGTH) return undefined;
    await parser.ensure(grammarsFor(grammar));
    const found = factsOf(grammar, { text, index: createTextIndex(readText(text)) }, version, importsOf(path, grammar, text, files));
    if (facts.size >= MAX_FACTS) facts.clear();
    facts.set(path, found);
    return found;
  };

  const openFile = (path: string, grammar: GrammarId, files: ProjectFiles, expired: () => boolean): OpenFile | undefined => {
    const version = files.version(path);
    const kept = trees.get(path);
    if (kept !== undefined && kept.version === version) {
      trees.delete(path);
      trees.set(path, kept);
      return kept.file;
    }
    const text = version === undefined ? undefined : files.text(path);
    const raw = text === undefined ? undefined : parser.parse(text, grammar, undefined, expired);
    if (text === undefined || raw === undefined || version === undefined) return undefined;
    const tree = lowerTree(raw, text, loweringOf(grammar));
    const file = understood(path, tree, grammar);
    trees.delete(path);
    if (trees.size >= MAX_TREES) for (const oldest of [...trees.keys()].slice(0, 1)) trees.delete(oldest);
    trees.set(path, { version, file });
    return file;
  };

  const understood = (path: string, tree: SyntaxTree, grammar: GrammarId): OpenFile => {
    const program = code(grammar);
    const parse = (text: string, other: GrammarId): SyntaxTree | undefined => {
      const raw = parser.parse(text, other);
      return raw === undefined ? undefined : lowerTree(raw, text, loweringOf(other));
    };
    const search = createTreeSearch(program, tree, () => false, parse);
    const rules = new Map(program.rules.map((rule) => [rule.rule.id, rule]));
    const found = new Map<string, FoundSpecs>();
    const foundEnds = new Map<string, FoundSpecs>();
    const text = createTextIndex(readText(tree.text));
    const specsOf = (id: RuleId, known: Map<string, FoundSpecs>, endsOnly: boolean): FoundSpecs => {
      // The same rule, compiled for this file's grammar.
      const rule = rules.get(id);
      if (rule?.ends === undefined || rule.taint === undefined) return NOTHING_FOUND;
      let specs = known.get(id);
      if (specs === undefined) {
        const { source, sink } = rule.ends;
        const has = { sources: text.satisfies(source, program.tables), sinks: text.satisfies(sink, program.tables) };
        const taint = {
          ...rule.taint,
          ...(has.sources ? {} : { sources: [] }),
          ...(has.sinks ? {} : { sinks: [] }),
          ...(endsOnly ? { sanitizers: [], propagators: [] } : {}),
        };
        specs = findSpecs(taint, search.contextFor(rule), unifies(rule.rule.options), true) ?? NOTHING_FOUND;
        known.set(id, specs);
      }
      return specs;
    };
    return {
      path,
      other: { path, text: tree.text },
      code: createFlowTree(tree, search.names, search.constants),
      exports: syntaxOf(grammar).modules?.exports(tree) ?? { named: new Map(), every: [] },
      specs: ({ rule: { id } }) => specsOf(id, found, false),
      ends: ({ rule: { id } }) => found.get(id) ?? specsOf(id, foundEnds, true),
    };
  };

  const hasReally = (
    path: string,
    { version, grammar }: Facts,
    rule: CompiledRule,
    end: 'sources' | 'sinks',
    files: ProjectFiles,
    expired: () => boolean,
  ): boolean => {
    const key = `${path}\0${version}\0${end}\0${rule.rule.id}`;
    let answer = real.get(key);
    if (answer === undefined) {
      const file = openFile(path, grammar, files, expired);
      // Not read in time: no answer to keep.
      if (file === undefined) return false;
      answer = file.ends(rule)[end].some(({ ranges }) => ranges.length > 0);
      if (real.size >= MAX_FACTS) real.clear();
      real.set(key, answer);
    }
    return answer;
  };

  return {
    async reachOf(path, grammar, text, files, expired) {
      if (syntaxOf(grammar).modules === undefined || !code(grammar).rules.some(({ rule }) => rule.mode === 'taint')) return undefined;
      const imports = importsOf(path, grammar, text.text, files);
      if (imports.length === 0) return undefined;
      const own = factsOf(grammar, text, '', imports);
      const reached = new Map<string, Facts>([[path, own]]);
      const waiting = [...own.imports];
      for (let at = 0; at < waiting.length && reached.size < MAX_REACH; at++) {
        const next = waiting[at] as string;
        if (reached.has(next)) continue;
        if (expired()) return undefined;
        const found = await knownFacts(next, files);
        if (found === undefined) continue;
        reached.set(next, found);
        waiting.push(...found.imports.filter((one) => !reached.has(one)));
      }
      const reachedFiles = [...reached];
      const all = reachedFiles.map(([, known]) => known);
      const sources = new Set(all.flatMap((known) => [...known.sources]));
      const sinks = new Set(all.flatMap((known) => [...known.sinks]));
      const withMethods = once(() => classesByMethod(reachedFiles));
      let leading: ReadonlySet<string> | undefined;
      return {
        version: reachedFiles.map(([other, { version }]) => `${other}\0${version}`).join('\n'),
        suppressionAt(other, ruleId, line) {
          const grammar = reached.get(other)?.grammar;
          const file = grammar === undefined ? undefined : openFile(other, grammar, files, expired);
          const hit = file === undefined ? undefined : suppressionsOf(file.code.tree).find((one) => covers(one, ruleId, line));
          const lines = file === undefined || hit === undefined || hit.reason === '' ? undefined : createLineIndex(file.code.tree.text);
          return hit === undefined || lines === undefined ? undefined : { reason: hit.reason, range: rangeOf(lines, hit.span) };
        },
        holds(rule) {
          const { id } = rule.rule;
          if (!sources.has(id) || !sinks.has(id)) return false;
          // What a text has the words for need not be there: each file is asked once.
          return (['sources', 'sinks'] as const).every((end) =>
            reachedFiles.some(
              ([other, known]) => known[end].has(id) && (other === path || hasReally(other, known, rule, end, files, expired)),
            ),
          );
        },
        around(home) {
          const self: OpenFile = {
            path,
            other: undefined,
            code: home,
            exports: syntaxOf(grammar).modules?.exports(home.tree) ?? { named: new Map(), every: [] },
            // Its own are found where it is scanned.
            specs: () => NOTHING_FOUND,
            ends: () => NOTHING_FOUND,
          };
          const places = new Map<string, ModulePlace | undefined>();
          const opened = { leading: new Set<string>(), others: new Set<string>() };
          return {
            home: path,
            self,
            withMethod(receiver, method, from) {
              const found = (withMethods().get(method) ?? [])
                .filter(({ path: other, names }) => other !== from && isCalledLike(receiver, names))
                .map(({ path: other, className }) => ({ path: other, className }));
              return found.length > MAX_ALIKE ? [] : found;
            },
            open(other) {
              if (other === path) return self;
              const known = reached.get(other);
              if (known === undefined) return undefined;
              leading ??= filesWithEnds(reached);
              const [kept, most] = leading.has(other) ? [opened.leading, MAX_ENDS_OPENED] : [opened.others, MAX_OPENED];
              if (!kept.has(other) && kept.size >= most) return undefined;
              kept.add(other);
              return openFile(other, known.grammar, files, expired);
            },
            find(module, from) {
              const key = `${from}\0${module.join('\0')}`;
              if (!places.has(key)) {
                const other = reached.get(from)?.grammar;
                places.set(key, other === undefined ? undefined : syntaxOf(other).modules?.find(module, from, files));
              }
              return places.get(key);
            },
          };
        },
      };
    },
  };
}
