/**
 * Named sets of sources: where data of one kind enters a program, written once (`sources:` in a rule file) and used by any number of taint
 * rules (`pattern-sources: [{ use: NAME }]`). Our addition to the format; other tools refuse it. A set has one entry for each language, and may use other sets.
 */
import type { Range } from '../model/position.js';
import type { LanguageId } from '../model/rule.js';
import type { RuleSource } from '../model/session.js';
import { readLanguages } from './body.js';
import { SET_KEYS } from './keys.js';
import { allowKeys, type FormulaReader, type NamedSources } from './reader.js';
import { joinNamed, readPropagators, readSanitizers, readSources } from './taint.js';
import { readYaml, type YamlEntry, type YamlFile, type YamlNode } from './yaml.js';

export interface SourceSets {
  /**
   * What `use: name` stands for in a rule for these languages.
   * @param builtIn for a rule of ours: only sets of ours count, whatever a project's files call theirs
   */
  lookUp(name: string, languages: readonly LanguageId[], builtIn?: boolean): NamedSources | { readonly error: string };
  /** The first file that has a set of this name for one of these languages. */
  fileOf(name: string, languages: readonly LanguageId[]): string | undefined;
}

/** A set that its own file holds, as it is tried in each of its languages. */
export interface SetCheck {
  readonly id: string;
  readonly languages: readonly LanguageId[];
  readonly path: string;
  readonly range: Range;
  readonly content: NamedSources;
}

interface SourceSet {
  readonly id: string;
  readonly languages: readonly LanguageId[];
  readonly file: YamlFile;
  readonly idEntry: YamlEntry;
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

/** What begins the line of the key: files without it are not read. */
const HOLDS_SETS = /^sources[ \t]*:/m;

/** @param builtIn files of sets that ship with Countersign; read when first asked for */
export function createSourceSets(sources: readonly RuleSource[], builtIn: () => readonly RuleSource[] = () => []): SourceSets {
  let own: readonly SourceSet[] | undefined;
  let ours: readonly SourceSet[] | undefined;
  const known = (onlyOurs: boolean): readonly SourceSet[] => {
    ours ??= builtIn().flatMap(setsOf);
    if (onlyOurs) return ours;
    own ??= sources.flatMap(setsOf);
    const before = own;
    const replaced = (set: SourceSet): boolean => before.some((other) => other.id === set.id && overlap(other.languages, set.languages));
    return [...own, ...ours.filter((set) => !replaced(set))];
  };
  const read = new Map<SourceSet, NamedSources | { readonly error: string }>();
  const lookUp = (
    name: string,
    languages: readonly LanguageId[],
    onlyOurs: boolean,
    users: readonly SourceSet[],
  ): NamedSources | { readonly error: string } => {
    const all = known(onlyOurs);
    const fitting = choose(name, languages, all);
    if ('error' in fitting) return fitting;
    const parts: NamedSources[] = [];
    for (const set of fitting.sets) {
      if (users.includes(set)) return { error: `the set of sources \`${name}\` uses itself` };
      const part = read.get(set) ?? readForUse(set, (other) => lookUp(other, set.languages, onlyOurs, [...users, set]));
      read.set(set, part);
      if ('error' in part) return part;
      parts.push(part);
    }
    return joinNamed(parts);
  };
  return {
    lookUp: (name, languages, onlyOurs = false) => lookUp(name, languages, onlyOurs, []),
    fileOf: (name, languages) => known(false).find((set) => set.id === name && overlap(set.languages, languages))?.file.path,
  };
}

/** Of the sets with this name those for these languages: each of them has one, and no pattern is in a language that it is not for. */
function choose(
  name: string,
  languages: readonly LanguageId[],
  all: readonly SourceSet[],
): { readonly sets: readonly SourceSet[] } | { readonly error: string } {
  const named = all.filter((set) => set.id === name);
  if (named.length === 0) {
    const names = [...new Set(all.map((set) => set.id))];
    return { error: `there is no set of sources \`${name}\`${names.length === 0 ? '' : `; there is ${names.join(', ')}`}` };
  }
  const lacking = languages.find((language) => !named.some((set) => set.languages.includes(language)));
  if (lacking !== undefined) {
    const has = [...new Set(named.flatMap((set) => set.languages))];
    return { error: `the set of sources \`${name}\` has nothing for ${lacking}; it is for ${has.join(', ')}` };
  }
  const sets = named.filter((set) => overlap(set.languages, languages));
  if (sets.every((set) => languages.every((language) => set.languages.includes(language)))) return { sets };
  return { error: `the set of sources \`${name}\` differs between ${languages.join(' and ')}: write one rule for each` };
}

/**
 * Checks the sets that a file holds; what is wrong is recorded in the file.
 * @param node what stands under `sources:`
 */
export function checkSourceSets(file: YamlFile, node: YamlNode, sets: SourceSets): readonly SetCheck[] {
  const found = readDefinitions(file, node);
  const checks: SetCheck[] = [];
  for (const [at, set] of found.entries()) {
    const range = set.idEntry.value.range;
    const earlier = found.slice(0, at).some((other) => other.id === set.id && overlap(other.languages, set.languages));
    const elsewhere = sets.fileOf(set.id, set.languages);
    if (earlier || (elsewhere !== undefined && elsewhere !== file.path)) {
      const where = earlier ? 'above' : `in ${elsewhere}`;
      file.fail('duplicate-id', `there is a set of sources \`${set.id}\` for this language ${where} already`, range, set.id);
      continue;
    }
    // Its own name is known to be used: a set that comes back to it uses itself.
    const content = readSet(set, (other) => (other === set.id ? cycle(set.id) : sets.lookUp(other, set.languages)));
    if (content !== undefined) checks.push({ id: set.id, languages: set.languages, path: file.path, range, content });
  }
  return checks;
}

function cycle(name: string): { readonly error: string } {
  return { error: `the set of sources \`${name}\` uses itself` };
}

function setsOf(source: RuleSource): readonly SourceSet[] {
  if (!HOLDS_SETS.test(source.text)) return [];
  const file = readYaml(source.text, source.path, source.vetted === true);
  const node = file.root?.kind === 'map' ? file.root.get('sources') : undefined;
  return node === undefined ? [] : readDefinitions(file, node);
}

function readDefinitions(file: YamlFile, node: YamlNode): readonly SourceSet[] {
  if (node.kind !== 'list') {
    file.fail('source-set', '`sources:` must be a list of sets: each starts with `- id:`', node);
    return [];
  }
  return node.items().flatMap((item) => {
    const entries = new Map(item.entries().map((entry) => [entry.key, entry]));
    const idEntry = entries.get('id');
    const id = idEntry?.value.value;
    if (idEntry === undefined || typeof id !== 'string' || !/^[A-Za-z0-9._-]{1,200}$/.test(id)) {
      file.fail('source-set', 'a set of sources needs an `id:` made of letters, digits, `.`, `_` and `-`', idEntry?.value ?? item);
      return [];
    }
    if (!allowKeys({ file, ruleId: id }, entries.values(), SET_KEYS, 'sources')) return [];
    const languages = readLanguages(file, entries.get('languages'), id, idEntry);
    return languages === undefined ? [] : [{ id, languages, file, idEntry, entries }];
  });
}

function readSet({ id, file, idEntry, entries }: SourceSet, named: NonNullable<FormulaReader['named']>): NamedSources | undefined {
  const reader = { file, ruleId: id, named };
  const sourcesEntry = entries.get('pattern-sources');
  const sanitizersEntry = entries.get('pattern-sanitizers');
  const propagatorsEntry = entries.get('pattern-propagators');
  if (sourcesEntry === undefined) {
    file.fail('missing-key', 'a set of sources needs `pattern-sources:`', idEntry.value, id);
    return undefined;
  }
  const before = file.errors.length;
  const content = readSources(reader, sourcesEntry, 'older');
  const sanitizers = sanitizersEntry === undefined ? [] : readSanitizers(reader, sanitizersEntry);
  const propagators = propagatorsEntry === undefined ? [] : readPropagators(reader, propagatorsEntry);
  if (content === undefined || sanitizers === undefined || propagators === undefined) return undefined;
  // Without what is wrong in it a set says something else.
  if (file.errors.slice(before).some(({ level }) => level === 'error')) return undefined;
  return {
    sources: content.sources,
    sanitizers: [...content.sanitizers, ...sanitizers],
    propagators: [...content.propagators, ...propagators],
  };
}

/** What is wrong with a set that it uses is what is wrong with it. */
function readForUse(set: SourceSet, named: NonNullable<FormulaReader['named']>): NamedSources | { readonly error: string } {
  let inner: string | undefined;
  const content = readSet(set, (other) => {
    const found = named(other);
    if ('error' in found) inner ??= found.error;
    return found;
  });
  return content ?? { error: inner ?? `the set of sources \`${set.id}\` cannot be read (${set.file.path})` };
}

function overlap(some: readonly LanguageId[], others: readonly LanguageId[]): boolean {
  return some.some((language) => others.includes(language));
}
