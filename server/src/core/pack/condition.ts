/**
 * Questions about metavariables, in the older form (`metavariable-regex: ...`) and in the newer one (an item under
 * `where:`): what they have in common is read here.
 */
import { ANALYZERS, CONDITION_KEYS, ENTROPY_MODES } from './keys.js';
import { allowKeys, placeOf, readFlag, readLanguage, readMetavariable, readRegex, type FormulaReader } from './reader.js';
import type { Analyzer, Condition, Formula, Located } from './rule.js';
import type { YamlEntry } from './yaml.js';

export type Parts = ReadonlyMap<string, YamlEntry>;

/** Reads the formula of a nested question from the entries beside `metavariable` and `language`. */
export type ReadNested = (operators: readonly YamlEntry[], owner: YamlEntry) => Formula | undefined;

export function partsOf(entry: Pick<YamlEntry, 'value'>): Parts {
  return new Map(entry.value.entries().map((part) => [part.key, part]));
}

/** A question of the older form. */
export function readCondition(reader: FormulaReader, entry: YamlEntry, nested: ReadNested): Condition | undefined {
  const { file, ruleId } = reader;
  const known = CONDITION_KEYS[entry.key as keyof typeof CONDITION_KEYS];
  if (entry.value.kind !== 'map') {
    file.fail('operator-type', `\`${entry.key}\` needs \`metavariable:\` and what to ask of it, indented below`, placeOf(entry), ruleId);
    return undefined;
  }
  const parts = partsOf(entry);
  if (entry.key !== 'metavariable-pattern' && !allowKeys(reader, parts.values(), known, entry.key)) return undefined;
  switch (entry.key as keyof typeof CONDITION_KEYS) {
    case 'metavariable-regex': {
      const metavariable = readName(reader, parts, entry);
      const regex = needed(reader, parts, 'regex', entry);
      const located = regex === undefined ? undefined : readRegex(reader, { ...regex, key: entry.key }, false);
      if (metavariable === undefined || located === undefined) return undefined;
      const constantPropagation = readFlag(reader, parts.get('constant-propagation'));
      return { kind: 'regex', metavariable, regex: located, constantPropagation, range: entry.keyRange };
    }
    case 'metavariable-comparison':
      return readComparison(reader, parts, entry);
    case 'metavariable-type':
      return readTypes(reader, parts, entry);
    case 'metavariable-analysis':
      return readAnalysis(reader, parts, entry);
    case 'metavariable-pattern': {
      const metavariable = readName(reader, parts, entry);
      const language = readLanguage(reader, parts.get('language'), entry.key);
      const operators = [...parts.values()].filter((part) => part.key !== 'metavariable' && part.key !== 'language');
      const formula = nested(operators, entry);
      if (metavariable === undefined || formula === undefined || language === null) return undefined;
      return { kind: 'pattern', metavariable, language, formula, range: entry.keyRange };
    }
  }
}

export function needed(reader: FormulaReader, parts: Parts, key: string, owner: YamlEntry): YamlEntry | undefined {
  const part = parts.get(key);
  if (part === undefined || part.value.kind === 'empty') {
    reader.file.fail('missing-key', `\`${owner.key}\` needs \`${key}:\``, part?.keyRange ?? owner.keyRange, reader.ruleId);
    return undefined;
  }
  return part;
}

export function readName(reader: FormulaReader, parts: Parts, owner: YamlEntry): string | undefined {
  const entry = needed(reader, parts, 'metavariable', owner);
  return entry === undefined ? undefined : readMetavariable(reader, entry.value, entry);
}

export function readComparison(reader: FormulaReader, parts: Parts, owner: YamlEntry): Condition | undefined {
  const { file, ruleId } = reader;
  const comparison = needed(reader, parts, 'comparison', owner);
  if (comparison === undefined) return undefined;
  if (comparison.value.kind !== 'scalar') {
    file.fail('key-type', '`comparison` must be text, such as `$X > 10`', comparison.value, ruleId);
    return undefined;
  }
  const name = parts.get('metavariable');
  const metavariable = name === undefined ? undefined : readMetavariable(reader, name.value, name);
  if (name !== undefined && metavariable === undefined) return undefined;
  const baseEntry = parts.get('base');
  const base = baseEntry === undefined ? undefined : Number(baseEntry.value.value);
  if (baseEntry !== undefined && (base === undefined || !Number.isInteger(base) || base < 2 || base > 36)) {
    file.fail('comparison-base', '`base` must be a whole number from 2 to 36, such as 8', placeOf(baseEntry), ruleId);
    return undefined;
  }
  const stripEntry = parts.get('strip');
  const strip = readFlag(reader, stripEntry);
  if (strip && metavariable === undefined && owner.key === 'metavariable-comparison' && stripEntry !== undefined) {
    file.fail('missing-key', '`strip: true` needs `metavariable:`', stripEntry.keyRange, ruleId);
    return undefined;
  }
  return { kind: 'comparison', metavariable, comparison: comparison.value.located(), base, strip, range: owner.keyRange };
}

export function readTypes(reader: FormulaReader, parts: Parts, owner: YamlEntry): Condition | undefined {
  const { file, ruleId } = reader;
  const metavariable = readName(reader, parts, owner);
  const language = readLanguage(reader, parts.get('language'), owner.key);
  const types: Located[] = [];
  const one = parts.get('type');
  const many = parts.get('types');
  if (many !== undefined && many.value.kind !== 'list') {
    file.fail('key-type', '`types` must be a list of types', placeOf(many), ruleId);
    return undefined;
  }
  for (const node of [...(one === undefined ? [] : [one.value]), ...(many?.value.items() ?? [])]) {
    if (node.kind === 'scalar') types.push(node.located());
    else file.fail('key-type', 'a type must be text, such as `String`', node.kind === 'empty' ? owner.keyRange : node, ruleId);
  }
  if (types.length === 0) {
    file.fail('missing-key', `\`${owner.key}\` needs \`type:\` or \`types:\``, owner.keyRange, ruleId);
    return undefined;
  }
  if (metavariable === undefined || language === null) return undefined;
  if (language !== undefined) {
    file.fail(
      'unsupported-operator',
      'a type in another language than the rule is not supported; the rule is not run',
      parts.get('language')?.keyRange ?? owner.keyRange,
      ruleId,
    );
    return undefined;
  }
  return { kind: 'type', metavariable, types, range: owner.keyRange };
}

/** `analyzer: entropy`, or a map with `kind:` and options. */
export function readAnalysis(reader: FormulaReader, parts: Parts, owner: YamlEntry): Condition | undefined {
  const { file, ruleId } = reader;
  const metavariable = readName(reader, parts, owner);
  const entry = needed(reader, parts, 'analyzer', owner);
  if (metavariable === undefined || entry === undefined) return undefined;
  const details = entry.value.kind === 'map' ? partsOf(entry) : undefined;
  const kind = details === undefined ? entry : details.get('kind');
  const name = kind?.value.kind === 'scalar' ? String(kind.value.value) : '';
  const analyzer = ANALYZERS.find((known) => known === name);
  if (analyzer === undefined) {
    file.fail(
      'unknown-analyzer',
      `\`${name}\` is not an analyzer; there are ${ANALYZERS.map((word) => `\`${word}\``).join(', ')}`,
      kind === undefined ? entry.keyRange : placeOf(kind),
      ruleId,
    );
    return undefined;
  }
  if (details !== undefined && !allowKeys(reader, details.values(), analyzer === 'entropy_v2' ? ['kind', 'mode'] : ['kind'], 'analyzer'))
    return undefined;
  const mode = details?.get('mode');
  if (mode !== undefined && !ENTROPY_MODES.some((known) => known === mode.value.value)) {
    file.fail('analyzer-mode', `\`mode\` must be one of ${ENTROPY_MODES.map((word) => `\`${word}\``).join(', ')}`, placeOf(mode), ruleId);
    return undefined;
  }
  if (analyzer === 'entropy_v2') {
    file.fail(
      'unsupported-operator',
      'the analyzer `entropy_v2` is not supported: its measure is not public, so it cannot be the same here; `entropy` is. The rule is not run',
      placeOf(entry),
      ruleId,
    );
    return undefined;
  }
  return { kind: 'analysis', metavariable, analyzer: analyzer satisfies Analyzer, range: owner.keyRange };
}
