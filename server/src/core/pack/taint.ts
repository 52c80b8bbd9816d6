/**
 * Reads what a taint rule says: sources, sinks, sanitizers and propagators, in the older form (`pattern-sources:` ...) and in the newer
 * one (`taint: { sources: ... }`). Each item is a formula, as in search mode, with a few keys beside it.
 */
import type { Range } from '../model/position.js';
import { readFormulaEntry } from './formula.js';
import { FORMULA_KEYS, MATCH_EXTRAS, MATCH_KEYS, SPEC_KEYS, TAINT_KEYS } from './keys.js';
import { readMatchEntries, readMatchNode } from './match.js';
import { allowKeys, placeOf, readList, readMetavariable, readText, type FormulaReader, type NamedSources } from './reader.js';
import { readRequires } from './requires.js';
import type { Formula, SideEffect, TaintPropagator, TaintRequires, TaintSanitizer, TaintSink, TaintSource, TaintSpec } from './rule.js';
import type { YamlEntry, YamlNode } from './yaml.js';

/** Which form the items are written in. */
type Form = 'older' | 'newer';

type Part = keyof typeof SPEC_KEYS;

const OLDER_NAMES: Readonly<Record<Part, string>> = {
  sources: 'pattern-sources',
  sinks: 'pattern-sinks',
  sanitizers: 'pattern-sanitizers',
  propagators: 'pattern-propagators',
};

/** The older form: `mode: taint` with `pattern-sources` and so on among the rule's own keys. */
export function readTaintKeys(reader: FormulaReader, entries: ReadonlyMap<string, YamlEntry>, owner: YamlEntry): TaintSpec | undefined {
  return readSpec(reader, (part) => entries.get(OLDER_NAMES[part]), OLDER_NAMES, 'older', owner);
}

/** The newer form: what stands under `taint:`. */
export function readTaintEntry(reader: FormulaReader, entry: YamlEntry): TaintSpec | undefined {
  if (entry.value.kind !== 'map') {
    reader.file.fail('key-type', '`taint` must be a map with `sources:` and `sinks:`', placeOf(entry), reader.ruleId);
    return undefined;
  }
  const parts = new Map(entry.value.entries().map((part) => [part.key, part]));
  if (!allowKeys(reader, parts.values(), TAINT_KEYS, 'taint')) return undefined;
  const names = { sources: 'sources', sinks: 'sinks', sanitizers: 'sanitizers', propagators: 'propagators' };
  return readSpec(reader, (part) => parts.get(part), names, 'newer', entry);
}

function readSpec(
  reader: FormulaReader,
  entryOf: (part: Part) => YamlEntry | undefined,
  names: Readonly<Record<Part, string>>,
  form: Form,
  owner: YamlEntry,
): TaintSpec | undefined {
  const missing = (part: Part): undefined => {
    reader.file.fail('missing-key', `a taint rule needs \`${names[part]}:\``, owner.keyRange, reader.ruleId);
    return undefined;
  };
  const read = <T>(part: Exclude<Part, 'sources'>, item: (item: Item) => T | undefined): readonly T[] | undefined => {
    const entry = entryOf(part);
    if (entry === undefined) return part === 'sinks' ? missing(part) : [];
    const nodes = readList(reader, entry, 'patterns');
    if (nodes === undefined) return undefined;
    const items = nodes.map((node) => {
      const split = splitItem(reader, node, entry, part, form);
      return split === undefined ? undefined : item(split);
    });
    return items.every((one) => one !== undefined) ? items : undefined;
  };
  const sourcesEntry = entryOf('sources');
  const named = sourcesEntry === undefined ? missing('sources') : readSources(reader, sourcesEntry, form);
  const sinks = read('sinks', (item) => sink(reader, item));
  const sanitizers = read('sanitizers', (item) => sanitizer(reader, item));
  const propagators = read('propagators', (item) => propagator(reader, item));
  if (named === undefined || sinks === undefined || sanitizers === undefined || propagators === undefined) return undefined;
  return {
    sources: named.sources,
    sinks,
    sanitizers: [...named.sanitizers, ...sanitizers],
    propagators: [...named.propagators, ...propagators],
  };
}

/** A list of sources, in which `use: NAME` stands for those of a set, with their sanitizers and propagators. */
export function readSources(reader: FormulaReader, entry: YamlEntry, form: Form): NamedSources | undefined {
  const nodes = readList(reader, entry, 'patterns');
  const items = nodes?.map((node): NamedSources | undefined => {
    if (isUse(node)) return usedSources(reader, node, entry);
    const split = splitItem(reader, node, entry, 'sources', form);
    const own = split === undefined ? undefined : source(reader, split);
    return own === undefined ? undefined : { sources: [own], sanitizers: [], propagators: [] };
  });
  if (items?.every((item) => item !== undefined) !== true) return undefined;
  return joinNamed(items);
}

/** All of them together; what several bring along, such as a set that they use, counts once. */
export function joinNamed(parts: readonly NamedSources[]): NamedSources {
  return {
    sources: parts.flatMap(({ sources }) => sources),
    sanitizers: [...new Set(parts.flatMap(({ sanitizers }) => sanitizers))],
    propagators: [...new Set(parts.flatMap(({ propagators }) => propagators))],
  };
}

/** A list of propagators in the older form. */
export function readPropagators(reader: FormulaReader, entry: YamlEntry): readonly TaintPropagator[] | undefined {
  const items = readList(reader, entry, 'patterns')?.map((node) => {
    const split = splitItem(reader, node, entry, 'propagators', 'older');
    return split === undefined ? undefined : propagator(reader, split);
  });
  return items?.every((item) => item !== undefined) === true ? items : undefined;
}

/** A list of sanitizers in the older form. */
export function readSanitizers(reader: FormulaReader, entry: YamlEntry): readonly TaintSanitizer[] | undefined {
  const items = readList(reader, entry, 'patterns')?.map((node) => {
    const split = splitItem(reader, node, entry, 'sanitizers', 'older');
    return split === undefined ? undefined : sanitizer(reader, split);
  });
  return items?.every((item) => item !== undefined) === true ? items : undefined;
}

function isUse(node: YamlNode): boolean {
  return node.kind === 'map' && node.get('use') !== undefined;
}

function usedSources(reader: FormulaReader, node: YamlNode, owner: YamlEntry): NamedSources | undefined {
  const entries = node.entries();
  if (!allowKeys(reader, entries, ['use'], owner.key)) return undefined;
  const [use] = entries;
  const name = use === undefined ? undefined : readText(reader, use, 'model-output')?.text.trim();
  if (use === undefined || name === undefined) return undefined;
  const found = reader.named?.(name) ?? { error: `there is no set of sources \`${name}\`` };
  // What is wrong with a set's patterns in this rule is said where the rule asks for the set: the set's own file is checked for itself.
  if (!('error' in found)) return movedTo(found, use.value.range);
  reader.file.fail('source-set', `${found.error}; the rule is not run`, use.value, reader.ruleId);
  return undefined;
}

/** A copy of formulas in which every part stands at this place. */
function movedTo<T>(value: T, range: Range): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => movedTo(item, range)) as T;
  const moved = Object.entries(value).map(([key, part]: [string, unknown]) => [
    key,
    key === 'range' ? range : key === 'locate' ? () => range : key === 'written' ? undefined : movedTo(part, range),
  ]);
  return Object.fromEntries(moved) as T;
}

/** One item of a list: its formula, and the keys beside it. */
interface Item {
  readonly formula: Formula;
  readonly options: ReadonlyMap<string, YamlEntry>;
  readonly owner: YamlEntry;
  readonly node: YamlNode;
}

function splitItem(reader: FormulaReader, node: YamlNode, owner: YamlEntry, part: Part, form: Form): Item | undefined {
  if (form === 'newer' && node.kind === 'scalar') {
    const formula = readMatchNode(reader, node, owner);
    return formula === undefined ? undefined : { formula, options: new Map(), owner, node };
  }
  const operators: readonly string[] = form === 'older' ? FORMULA_KEYS : [...MATCH_KEYS, ...MATCH_EXTRAS];
  if (node.kind !== 'map') {
    const at = node.kind === 'empty' ? owner.keyRange : node;
    reader.file.fail('operator-type', `each item of \`${owner.key}\` is an operator, such as \`- pattern: f($X)\``, at, reader.ruleId);
    return undefined;
  }
  const entries = node.entries();
  const keys: readonly string[] = SPEC_KEYS[part];
  if (!allowKeys(reader, entries, [...operators, ...keys], owner.key)) return undefined;
  const own = entries.filter((entry) => operators.includes(entry.key));
  const options = new Map(entries.filter((entry) => keys.includes(entry.key)).map((entry) => [entry.key, entry]));
  const formula = form === 'newer' ? readMatchEntries(reader, own, owner) : olderFormula(reader, own, node, owner);
  return formula === undefined ? undefined : { formula, options, owner, node };
}

function olderFormula(reader: FormulaReader, own: readonly YamlEntry[], node: YamlNode, owner: YamlEntry): Formula | undefined {
  const [only, second] = own;
  if (only !== undefined && second === undefined) return readFormulaEntry(reader, only);
  if (only === undefined)
    reader.file.fail(
      'missing-key',
      `each item of \`${owner.key}\` needs one of ${FORMULA_KEYS.map((key) => `\`${key}\``).join(', ')}`,
      node,
      reader.ruleId,
    );
  else
    reader.file.fail(
      'operator-count',
      `each item of \`${owner.key}\` holds one operator; put several under \`patterns:\``,
      second?.keyRange ?? only.keyRange,
      reader.ruleId,
    );
  return undefined;
}

function source(reader: FormulaReader, { formula, options }: Item): TaintSource | undefined {
  const exact = flag(reader, options, 'exact', false);
  const control = flag(reader, options, 'control', false);
  const bySideEffect = sideEffect(reader, options);
  const label = word(reader, options, 'label');
  const requires = requirement(reader, options);
  if (exact === undefined || control === undefined || bySideEffect === undefined || label === null || requires === null) return undefined;
  return { formula, exact, control, bySideEffect, label, requires };
}

function sink(reader: FormulaReader, { formula, options }: Item): TaintSink | undefined {
  const exact = flag(reader, options, 'exact', true);
  const atExit = flag(reader, options, 'at-exit', false);
  const requires = requirement(reader, options);
  const lowers = reason(reader, options);
  const firstElement = flag(reader, options, 'first-element', false);
  if (exact === undefined || atExit === undefined || requires === null || lowers === null || firstElement === undefined) return undefined;
  return { formula, exact, atExit, requires, lowers, firstElement, focused: formula.kind === 'and' && formula.focus.length > 0 };
}

function sanitizer(reader: FormulaReader, { formula, options }: Item): TaintSanitizer | undefined {
  const exact = flag(reader, options, 'exact', false);
  const bySideEffect = flag(reader, options, 'by-side-effect', false);
  const older = flag(reader, options, 'not_conflicting', false);
  const newer = flag(reader, options, 'not-conflicting', false);
  const doubts = flag(reader, options, 'doubts', false);
  if (exact === undefined || bySideEffect === undefined || older === undefined || newer === undefined || doubts === undefined)
    return undefined;
  return { formula, exact, bySideEffect, notConflicting: older || newer, doubts };
}

function propagator(reader: FormulaReader, { formula, options, owner, node }: Item): TaintPropagator | undefined {
  const end = (key: 'from' | 'to'): string | undefined => {
    const entry = options.get(key);
    if (entry !== undefined) return readMetavariable(reader, entry.value, entry);
    reader.file.fail('missing-key', `each item of \`${owner.key}\` needs \`${key}:\`, a metavariable`, node, reader.ruleId);
    return undefined;
  };
  const from = end('from');
  const to = end('to');
  const bySideEffect = flag(reader, options, 'by-side-effect', true);
  const asElement = flag(reader, options, 'as-element', false);
  const stored = options.get('as-stored');
  const asStored = stored === undefined ? undefined : readMetavariable(reader, stored.value, stored);
  const label = word(reader, options, 'label');
  const requires = requirement(reader, options);
  const replaced = options.get('replace-labels');
  const replaceLabels = replaced === undefined ? undefined : labelsOf(reader, replaced);
  if (from === undefined || to === undefined || bySideEffect === undefined) return undefined;
  if (asElement === undefined || (stored !== undefined && asStored === undefined)) return undefined;
  if (label === null || requires === null) return undefined;
  if (replaced !== undefined && replaceLabels === undefined) return undefined;
  return { formula, from, to, bySideEffect, label, requires, replaceLabels, asElement, asStored };
}

function labelsOf(reader: FormulaReader, entry: YamlEntry): readonly string[] | undefined {
  const items = readList(reader, entry, 'labels');
  if (items?.every((item) => item.kind === 'scalar') === true) return items.map((item) => String(item.value));
  if (items !== undefined) reader.file.fail('key-type', '`replace-labels` must be a list of labels', placeOf(entry), reader.ruleId);
  return undefined;
}

/** Undefined after an error. */
function flag(reader: FormulaReader, options: Item['options'], key: string, fallback: boolean): boolean | undefined {
  const entry = options.get(key);
  if (entry === undefined) return fallback;
  const { value } = entry.value;
  if (typeof value === 'boolean') return value;
  reader.file.fail('key-type', `\`${key}\` must be \`true\` or \`false\``, placeOf(entry), reader.ruleId);
  return undefined;
}

function sideEffect(reader: FormulaReader, options: Item['options']): SideEffect | undefined {
  const entry = options.get('by-side-effect');
  if (entry === undefined) return 'no';
  const { value } = entry.value;
  if (value === 'only') return 'only';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  reader.file.fail('key-type', '`by-side-effect` must be `true`, `false` or `only`', placeOf(entry), reader.ruleId);
  return undefined;
}

/** Undefined without one, null after an error. */
function word(reader: FormulaReader, options: Item['options'], key: string): string | undefined | null {
  const entry = options.get(key);
  if (entry === undefined) return undefined;
  const text = readText(reader, entry, 'USER')?.text.trim();
  if (text === undefined) return null;
  if (/^[A-Za-z_]\w*$/.test(text)) return text;
  reader.file.fail('taint-label', `\`${key}\` must be a name made of letters, digits and \`_\``, entry.value, reader.ruleId);
  return null;
}

/** Why a sink is no danger. Undefined without one, null after an error. */
function reason(reader: FormulaReader, options: Item['options']): string | undefined | null {
  const entry = options.get('lowers');
  if (entry === undefined) return undefined;
  const text = readText(reader, entry, 'it runs in a container without network')?.text.trim();
  if (text !== '') return text ?? null;
  reader.file.fail('key-type', '`lowers` must say why what arrives there does little harm', placeOf(entry), reader.ruleId);
  return null;
}

/** Undefined without one, null after an error. */
function requirement(reader: FormulaReader, options: Item['options']): TaintRequires | undefined | null {
  const entry = options.get('requires');
  if (entry === undefined) return undefined;
  if (entry.value.kind === 'list' || entry.value.kind === 'map') {
    reader.file.fail(
      'unsupported-operator',
      '`requires` with a metavariable for each label is not supported: write one expression over labels, such as `A and not B`; the rule is not run',
      entry.keyRange,
      reader.ruleId,
    );
    return null;
  }
  const located = readText(reader, entry, 'A and not B');
  if (located === undefined) return null;
  const parsed = readRequires(located.text);
  if (!('error' in parsed)) return parsed;
  reader.file.fail('taint-requires', `\`requires\`: ${parsed.error}`, located.locate(parsed.at), reader.ruleId);
  return null;
}
