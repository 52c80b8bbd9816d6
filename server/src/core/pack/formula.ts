/** Reads the part of a rule that says what to match: Semgrep's operators, each with its range. Anything unknown is refused by name. */
import { compileRegex } from '../model/regex.js';
import { languageByName } from '../language/registry.js';
import { isMetavariableName } from '../pattern/placeholder.js';
import type { Condition, Formula } from './rule.js';
import type { YamlEntry, YamlFile, YamlNode } from './yaml.js';

/** Operators that may stand for a whole formula. */
export const FORMULA_KEYS = ['pattern', 'patterns', 'pattern-either', 'pattern-regex'] as const;

/** What Semgrep knows and Countersign does not run yet: refused with a reason of its own. */
const NOT_YET: Readonly<Record<string, string>> = {
  'metavariable-type': 'types of metavariables are not built yet',
  'metavariable-analysis': 'entropy and ReDoS analysis of metavariables are not built yet',
  'metavariable-name': 'name resolution across files is not built yet',
  'semgrep-internal-metavariable-name': 'this is internal to Semgrep',
  'semgrep-internal-pattern-anywhere': 'this is internal to Semgrep',
  'pattern-where-python': 'it would run Python from the rule: Countersign runs nothing that a rule or a scanned tree contains',
};

const CHILD_KEYS = new Set([
  'pattern',
  'patterns',
  'pattern-either',
  'pattern-not',
  'pattern-inside',
  'pattern-not-inside',
  'pattern-regex',
  'pattern-not-regex',
]);

const MAX_NESTING = 64;

export interface FormulaReader {
  readonly file: YamlFile;
  readonly ruleId: string;
}

/** Reads the entry whose key is one of `CHILD_KEYS`; undefined after recording an error. */
export function readFormulaEntry(reader: FormulaReader, entry: YamlEntry, depth = 0, within = false): Formula | undefined {
  const { file, ruleId } = reader;
  if (depth > MAX_NESTING) {
    file.fail('too-nested', `formulas may be nested ${MAX_NESTING} deep at most`, entry.keyRange, ruleId);
    return undefined;
  }
  switch (entry.key) {
    case 'pattern':
      return pattern(reader, entry);
    case 'pattern-regex':
      return regex(reader, entry);
    case 'patterns':
      return conjunction(reader, entry, depth, within);
    case 'pattern-either':
      return disjunction(reader, entry, depth, within);
    case 'pattern-not': {
      const child = pattern(reader, entry);
      return child === undefined ? undefined : { kind: 'not', range: entry.keyRange, child };
    }
    case 'pattern-not-regex': {
      const child = regex(reader, entry);
      return child === undefined ? undefined : { kind: 'not', range: entry.keyRange, child };
    }
    case 'pattern-inside': {
      const child = insideOf(reader, entry, depth);
      return child === undefined ? undefined : { kind: 'inside', range: entry.keyRange, child };
    }
    case 'pattern-not-inside': {
      const child = insideOf(reader, entry, depth);
      return child === undefined
        ? undefined
        : { kind: 'not', range: entry.keyRange, child: { kind: 'inside', range: entry.keyRange, child } };
    }
    default:
      unknownOperator(reader, entry);
      return undefined;
  }
}

function pattern(reader: FormulaReader, entry: YamlEntry): Formula | undefined {
  const { value } = entry;
  if (value.kind === 'map') {
    // Semgrep's newer nesting: `pattern-not: { patterns: ... }`.
    return nested(reader, entry);
  }
  if (value.kind !== 'scalar') {
    reader.file.fail(
      'pattern-type',
      `\`${entry.key}\` must be text, such as \`${entry.key}: exec($X)\``,
      value.kind === 'empty' ? entry.keyRange : value,
      reader.ruleId,
    );
    return undefined;
  }
  return { kind: 'pattern', pattern: value.located() };
}

function nested(reader: FormulaReader, entry: YamlEntry): Formula | undefined {
  const entries = entry.value.entries();
  const only = entries[0];
  if (entries.length !== 1 || only === undefined || !CHILD_KEYS.has(only.key)) {
    reader.file.fail('pattern-type', `\`${entry.key}\` must be text or one operator such as \`patterns:\``, entry.value, reader.ruleId);
    return undefined;
  }
  return readFormulaEntry(reader, only, 1);
}

function insideOf(reader: FormulaReader, entry: YamlEntry, depth: number): Formula | undefined {
  if (entry.value.kind === 'map') {
    const entries = entry.value.entries();
    const only = entries[0];
    if (entries.length === 1 && only !== undefined && CHILD_KEYS.has(only.key)) return readFormulaEntry(reader, only, depth + 1);
  }
  return pattern(reader, entry);
}

function regex(reader: FormulaReader, entry: YamlEntry): Formula | undefined {
  const { file, ruleId } = reader;
  if (entry.value.kind !== 'scalar') {
    file.fail(
      'regex-type',
      `\`${entry.key}\` must be a regular expression`,
      entry.value.kind === 'empty' ? entry.keyRange : entry.value,
      ruleId,
    );
    return undefined;
  }
  const located = entry.value.located();
  const compiled = compileRegex(located.text, true);
  if ('error' in compiled) {
    file.fail('regex-syntax', `\`${entry.key}\`: ${compiled.error}`, entry.value, ruleId);
    return undefined;
  }
  return { kind: 'regex', pattern: located };
}

function disjunction(reader: FormulaReader, entry: YamlEntry, depth: number, within: boolean): Formula | undefined {
  const children = listOf(reader, entry)?.flatMap((item) => {
    const entries = item.entries();
    const children: Formula[] = [];
    if (item.kind !== 'map') {
      reader.file.fail(
        'operator-type',
        `each item of \`${entry.key}\` is an operator, such as \`- pattern: exec($X)\``,
        item.kind === 'empty' ? entry.keyRange : item,
        reader.ruleId,
      );
      return [];
    }
    if (entries.length > 1) {
      reader.file.fail(
        'operator-count',
        `each item of \`${entry.key}\` holds one operator; this one has ${entries.map((other) => `\`${other.key}\``).join(', ')}`,
        entries[1]?.keyRange ?? item,
        reader.ruleId,
      );
      return [];
    }
    for (const child of entries) {
      if (child.key === 'pattern-not' || child.key === 'pattern-not-inside' || child.key === 'pattern-not-regex') {
        reader.file.fail(
          'negation-in-either',
          `\`${child.key}\` cannot stand in \`pattern-either\`: put it beside the pattern it limits, inside \`patterns\``,
          child.keyRange,
          reader.ruleId,
        );
        continue;
      }
      const formula = readFormulaEntry(reader, child, depth + 1, within);
      if (formula !== undefined) children.push(formula);
    }
    return children;
  });
  if (children === undefined) return undefined;
  return { kind: 'or', range: entry.keyRange, children };
}

function listOf(reader: FormulaReader, entry: YamlEntry): readonly YamlNode[] | undefined {
  if (entry.value.kind !== 'list') {
    reader.file.fail(
      'operator-type',
      `\`${entry.key}\` must be a list of operators, each on a line of its own that starts with \`-\``,
      entry.value.kind === 'empty' ? entry.keyRange : entry.value,
      reader.ruleId,
    );
    return undefined;
  }
  const items = entry.value.items();
  if (items.length === 0) {
    reader.file.fail('operator-empty', `\`${entry.key}\` is empty: give it at least one operator`, entry.keyRange, reader.ruleId);
    return undefined;
  }
  return items;
}

/** @param within inside `metavariable-pattern`: then the metavariable itself is the positive part */
function conjunction(reader: FormulaReader, entry: YamlEntry, depth: number, within: boolean): Formula | undefined {
  const { file, ruleId } = reader;
  const items = listOf(reader, entry);
  if (items === undefined) return undefined;
  const children: Formula[] = [];
  const conditions: Condition[] = [];
  const focus: string[][] = [];
  for (const item of items) {
    const entries = item.entries();
    if (item.kind !== 'map' || entries.length === 0) {
      file.fail(
        'operator-type',
        'each item of `patterns` is an operator, such as `- pattern: exec($X)`',
        item.kind === 'empty' ? entry.keyRange : item,
        ruleId,
      );
      continue;
    }
    if (entries.length > 1) {
      file.fail(
        'operator-count',
        `each item of \`patterns\` holds one operator; this one has ${entries.map((other) => `\`${other.key}\``).join(', ')}: give each its own \`-\``,
        entries[1]?.keyRange ?? item,
        ruleId,
      );
      continue;
    }
    const only = entries[0] as YamlEntry;
    if (CHILD_KEYS.has(only.key)) {
      const child = readFormulaEntry(reader, only, depth + 1, within);
      if (child !== undefined) children.push(child);
    } else if (only.key === 'focus-metavariable') {
      const names = only.value.kind === 'list' ? only.value.items() : [only.value];
      focus.push(names.map((name) => metavariableName(reader, name, only)).filter((name) => name !== undefined));
    } else if (only.key.startsWith('metavariable-')) {
      const condition = readCondition(reader, only, depth);
      if (condition !== undefined) conditions.push(condition);
    } else unknownOperator(reader, only);
  }
  if (!within && !children.some((child) => child.kind !== 'not') && !file.errors.some((error) => error.ruleId === ruleId)) {
    file.fail(
      'no-positive-pattern',
      '`patterns` needs at least one positive operator (`pattern`, `pattern-either`, `pattern-inside`, `pattern-regex`): with only negations everything else would match',
      entry.keyRange,
      ruleId,
    );
    return undefined;
  }
  for (const child of children) {
    if (child.kind !== 'not' || child.child.kind !== 'pattern') continue;
    const text = child.child.pattern.text.trim();
    if (children.some((other) => other.kind === 'pattern' && other.pattern.text.trim() === text)) {
      file.fail(
        'unsatisfiable',
        'this `pattern-not` takes away exactly what `pattern` finds, so the rule can never match',
        child.child.pattern.range,
        ruleId,
      );
      return undefined;
    }
  }
  return { kind: 'and', range: entry.keyRange, children, conditions, focus };
}

function readCondition(reader: FormulaReader, entry: YamlEntry, depth: number): Condition | undefined {
  const { file, ruleId } = reader;
  if (entry.key in NOT_YET) {
    unknownOperator(reader, entry);
    return undefined;
  }
  if (entry.key !== 'metavariable-regex' && entry.key !== 'metavariable-pattern' && entry.key !== 'metavariable-comparison') {
    unknownOperator(reader, entry);
    return undefined;
  }
  if (entry.value.kind !== 'map') {
    file.fail(
      'operator-type',
      `\`${entry.key}\` needs \`metavariable:\` and what to ask of it, indented below`,
      entry.value.kind === 'empty' ? entry.keyRange : entry.value,
      ruleId,
    );
    return undefined;
  }
  const parts = new Map(entry.value.entries().map((part) => [part.key, part]));
  const nameEntry = parts.get('metavariable');
  const metavariable = nameEntry === undefined ? undefined : metavariableName(reader, nameEntry.value, nameEntry);
  const allow = (known: readonly string[]): boolean => {
    const extra = [...parts.values()].find((part) => !known.includes(part.key));
    if (extra === undefined) return true;
    file.fail(
      'unknown-key',
      `\`${entry.key}\` has no key \`${extra.key}\`; it knows ${known.map((key) => `\`${key}\``).join(', ')}`,
      extra.keyRange,
      ruleId,
    );
    return false;
  };
  const need = (key: string): void => file.fail('missing-key', `\`${entry.key}\` needs \`${key}:\``, entry.keyRange, ruleId);
  if (entry.key === 'metavariable-regex') {
    if (!allow(['metavariable', 'regex', 'constant-propagation'])) return undefined;
    const regexEntry = parts.get('regex');
    if (nameEntry === undefined) need('metavariable');
    if (regexEntry === undefined || regexEntry.value.kind !== 'scalar') need('regex');
    if (metavariable === undefined || regexEntry === undefined || regexEntry.value.kind !== 'scalar') return undefined;
    const located = regexEntry.value.located();
    const compiled = compileRegex(located.text, false);
    if ('error' in compiled) {
      file.fail('regex-syntax', `\`metavariable-regex\`: ${compiled.error}`, regexEntry.value, ruleId);
      return undefined;
    }
    return {
      kind: 'regex',
      metavariable,
      regex: located,
      constantPropagation: parts.get('constant-propagation')?.value.value === true,
      range: entry.keyRange,
    };
  }
  if (entry.key === 'metavariable-comparison') {
    if (!allow(['metavariable', 'comparison', 'base', 'strip'])) return undefined;
    const comparison = parts.get('comparison');
    if (comparison === undefined || comparison.value.kind !== 'scalar') {
      need('comparison');
      return undefined;
    }
    const base = parts.get('base')?.value.value;
    if (base !== undefined && typeof base !== 'number') {
      file.fail('comparison-base', '`base` must be a number, such as 8', parts.get('base')?.value ?? entry.keyRange, ruleId);
      return undefined;
    }
    return {
      kind: 'comparison',
      metavariable,
      comparison: comparison.value.located(),
      base,
      strip: parts.get('strip')?.value.value === true,
      range: entry.keyRange,
    };
  }
  if (nameEntry === undefined) need('metavariable');
  const language = parts.get('language');
  let languageId: ReturnType<typeof languageByName> = undefined;
  if (language !== undefined) {
    languageId = languageByName(String(language.value.value));
    if (languageId === undefined) {
      file.fail(
        'unsupported-language',
        `\`metavariable-pattern\` in language \`${String(language.value.value)}\` is not supported`,
        language.value,
        ruleId,
      );
      return undefined;
    }
  }
  const operators = [...parts.values()].filter((part) => part.key !== 'metavariable' && part.key !== 'language');
  const formula = readOperators(reader, operators, entry, depth + 1);
  if (metavariable === undefined || formula === undefined) return undefined;
  return { kind: 'pattern', metavariable, language: languageId?.id, formula, range: entry.keyRange };
}

/** One formula from operators that stand side by side in a map. */
function readOperators(reader: FormulaReader, operators: readonly YamlEntry[], owner: YamlEntry, depth: number): Formula | undefined {
  const { file, ruleId } = reader;
  const [only] = operators;
  if (only === undefined) {
    file.fail('missing-key', `\`${owner.key}\` needs one of ${FORMULA_KEYS.map((key) => `\`${key}\``).join(', ')}`, owner.keyRange, ruleId);
    return undefined;
  }
  if (operators.length > 1) {
    file.fail(
      'operator-count',
      `\`${owner.key}\` takes one operator; combine ${operators.map((other) => `\`${other.key}\``).join(' and ')} under \`patterns:\``,
      operators[1]?.keyRange ?? owner.keyRange,
      ruleId,
    );
    return undefined;
  }
  if (!(FORMULA_KEYS as readonly string[]).includes(only.key)) {
    unknownOperator(reader, only);
    return undefined;
  }
  return readFormulaEntry(reader, only, depth, true);
}

function metavariableName(reader: FormulaReader, node: YamlNode, owner: YamlEntry): string | undefined {
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

function unknownOperator(reader: FormulaReader, entry: YamlEntry): void {
  const reason = NOT_YET[entry.key];
  if (reason === undefined) {
    reader.file.fail(
      'unknown-operator',
      `\`${entry.key}\` is not an operator that Countersign knows; the rule is not run, since leaving it out would make it broader`,
      entry.keyRange,
      reader.ruleId,
    );
  } else {
    reader.file.fail(
      'unsupported-operator',
      `\`${entry.key}\` is not supported: ${reason}; the rule is not run, since leaving it out would make it broader`,
      entry.keyRange,
      reader.ruleId,
    );
  }
}
