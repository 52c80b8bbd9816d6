/** What both forms of the rule language read alike: names of metavariables, regular expressions, lists, and refusals by name. */
import { languageByName } from '../language/registry.js';
import type { LanguageId } from '../model/rule.js';
import { compileRegex } from '../model/regex.js';
import { isMetavariableName } from '../pattern/placeholder.js';
import { CHILD_KEYS, CONDITION_KEYS, MATCH_KEYS, REFUSED_OPERATORS } from './keys.js';
import type { Formula, Located, TaintPropagator, TaintSanitizer, TaintSource } from './rule.js';
import type { YamlEntry, YamlFile, YamlNode } from './yaml.js';

export interface FormulaReader {
  readonly file: YamlFile;
  readonly ruleId: string;
  /** What `use: NAME` stands for in the languages of the rule that is read; without it there are no named sets. */
  readonly named?: (name: string) => NamedSources | { readonly error: string };
}

/** What a named set of sources stands for: see `sourceSets.ts`. */
export interface NamedSources {
  readonly sources: readonly TaintSource[];
  readonly sanitizers: readonly TaintSanitizer[];
  readonly propagators: readonly TaintPropagator[];
}

const MAX_NESTING = 64;

export function isTooDeep(reader: FormulaReader, entry: YamlEntry, depth: number): boolean {
  if (depth <= MAX_NESTING) return false;
  reader.file.fail('too-nested', `formulas may be nested ${MAX_NESTING} deep at most`, entry.keyRange, reader.ruleId);
  return true;
}

/** Where to point for an entry whose value is missing or of the wrong kind. */
export function placeOf(entry: YamlEntry): YamlNode | YamlEntry['keyRange'] {
  return entry.value.kind === 'empty' ? entry.keyRange : entry.value;
}

export function readText(reader: FormulaReader, entry: YamlEntry, example: string): Located | undefined {
  if (entry.value.kind === 'scalar') return entry.value.located();
  reader.file.fail('pattern-type', `\`${entry.key}\` must be text, such as \`${entry.key}: ${example}\``, placeOf(entry), reader.ruleId);
  return undefined;
}

export function readRegex(reader: FormulaReader, entry: YamlEntry, multiline: boolean): Located | undefined {
  if (entry.value.kind !== 'scalar') {
    reader.file.fail('regex-type', `\`${entry.key}\` must be a regular expression`, placeOf(entry), reader.ruleId);
    return undefined;
  }
  const located = entry.value.located();
  if (reader.file.vetted) return located;
  const compiled = compileRegex(located.text, multiline);
  if (!('error' in compiled)) return located;
  reader.file.fail('regex-syntax', `\`${entry.key}\`: ${compiled.error}`, entry.value, reader.ruleId);
  return undefined;
}

export function readList(reader: FormulaReader, entry: YamlEntry, of: string): readonly YamlNode[] | undefined {
  if (entry.value.kind !== 'list') {
    reader.file.fail(
      'operator-type',
      `\`${entry.key}\` must be a list of ${of}, each on a line of its own that starts with \`-\``,
      placeOf(entry),
      reader.ruleId,
    );
    return undefined;
  }
  const items = entry.value.items();
  if (items.length > 0) return items;
  reader.file.fail('operator-empty', `\`${entry.key}\` is empty: give it at least one`, entry.keyRange, reader.ruleId);
  return undefined;
}

export function readMetavariable(reader: FormulaReader, node: YamlNode, owner: YamlEntry): string | undefined {
  const name = node.kind === 'scalar' ? String(node.value) : '';
  if (isMetavariableName(name)) return name;
  reader.file.fail(
    'metavariable-name',
    `${name === '' ? 'this' : `\`${name}\``} is not a metavariable: write a name in capitals, such as \`$CODE\``,
    node.kind === 'empty' ? owner.keyRange : node,
    reader.ruleId,
  );
  return undefined;
}

/** One name or a list of names. */
export function readFocus(reader: FormulaReader, entry: YamlEntry): string[] {
  const names = entry.value.kind === 'list' ? entry.value.items() : [entry.value];
  if (names.length === 0)
    reader.file.fail('operator-empty', `\`${entry.key}\` is empty: name a metavariable`, entry.keyRange, reader.ruleId);
  return names.map((name) => readMetavariable(reader, name, entry)).filter((name) => name !== undefined);
}

/** `false` after an error. */
export function readFlag(reader: FormulaReader, entry: YamlEntry | undefined): boolean {
  if (entry === undefined) return false;
  const { value } = entry.value;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  reader.file.fail('key-type', `\`${entry.key}\` must be \`true\` or \`false\``, placeOf(entry), reader.ruleId);
  return false;
}

/** `undefined` without an entry, `null` after an error. */
export function readLanguage(reader: FormulaReader, entry: YamlEntry | undefined, owner: string): LanguageId | undefined | null {
  if (entry === undefined) return undefined;
  const language = entry.value.kind === 'scalar' ? languageByName(String(entry.value.value)) : undefined;
  if (language !== undefined) return language.id;
  reader.file.fail(
    'unsupported-language',
    `\`${owner}\` in language \`${String(entry.value.value)}\` is not supported`,
    placeOf(entry),
    reader.ruleId,
  );
  return null;
}

/** Whether all keys are known; records an error at the first that is not. */
export function allowKeys(reader: FormulaReader, parts: Iterable<YamlEntry>, known: readonly string[], owner: string): boolean {
  for (const part of parts) {
    if (known.includes(part.key)) continue;
    if (part.key in REFUSED_OPERATORS || isOfTheOtherForm(part.key, known)) failUnknown(reader, part);
    else
      reader.file.fail(
        'unknown-key',
        `\`${owner}\` has no key \`${part.key}\`; it knows ${known.map((key) => `\`${key}\``).join(', ')}`,
        part.keyRange,
        reader.ruleId,
      );
    return false;
  }
  return true;
}

const OLDER: readonly string[] = [...CHILD_KEYS, ...Object.keys(CONDITION_KEYS), 'focus-metavariable'].filter((key) => key !== 'pattern');
const NEWER: readonly string[] = [...MATCH_KEYS, 'where', 'as'].filter((key) => key !== 'pattern');

/** What to write instead of an operator of the older form, in the newer one. */
const RENAMED: Readonly<Record<string, string>> = {
  patterns: '`all`',
  'pattern-either': '`any`',
  'pattern-not': '`not`',
  'pattern-inside': '`inside`',
  'pattern-not-inside': '`not: { inside: ... }`',
  'pattern-regex': '`regex`',
  'pattern-not-regex': '`not: { regex: ... }`',
  'focus-metavariable': '`focus` under `where:`',
};

function isOfTheOtherForm(key: string, known: readonly string[]): boolean {
  return (
    (OLDER.includes(key) && !known.some((other) => OLDER.includes(other))) ||
    (NEWER.includes(key) && !known.some((other) => NEWER.includes(other)))
  );
}

/** Records why this operator is refused. */
export function failUnknown(reader: FormulaReader, entry: YamlEntry): void {
  const { file, ruleId } = reader;
  const { key } = entry;
  const reason = REFUSED_OPERATORS[key];
  if (reason !== undefined) {
    file.fail(
      'unsupported-operator',
      `\`${key}\` is not supported: ${reason}; the rule is not run, since leaving it out would make it broader`,
      entry.keyRange,
      ruleId,
    );
  } else if (NEWER.includes(key))
    file.fail(
      'mixed-forms',
      `\`${key}\` belongs to the newer form, under \`match:\`: a rule is written in one form`,
      entry.keyRange,
      ruleId,
    );
  else if (OLDER.includes(key)) {
    const instead = RENAMED[key] ?? 'an item under `where:`';
    file.fail('mixed-forms', `\`${key}\` belongs to the older form: under \`match:\` write ${instead}`, entry.keyRange, ruleId);
  } else {
    file.fail(
      'unknown-operator',
      `\`${key}\` is not an operator that Countersign knows; the rule is not run, since leaving it out would make it broader`,
      entry.keyRange,
      ruleId,
    );
  }
}

export function isPositive(formula: Formula): boolean {
  return formula.kind !== 'not';
}
