/** Reads the older, and usual, form of what a rule matches: `pattern`, `patterns`, `pattern-either` and what stands in them. */
import { readCondition } from './condition.js';
import { CHILD_KEYS, CONDITION_KEYS, FORMULA_KEYS } from './keys.js';
import { failUnknown, isPositive, isTooDeep, placeOf, readFocus, readList, readRegex, readText, type FormulaReader } from './reader.js';
import type { Condition, Formula } from './rule.js';
import type { YamlEntry, YamlNode } from './yaml.js';

const CHILDREN: ReadonlySet<string> = new Set(CHILD_KEYS);
const FORMULAS: ReadonlySet<string> = new Set(FORMULA_KEYS);
const NEGATIONS: ReadonlySet<string> = new Set(['pattern-not', 'pattern-not-inside', 'pattern-not-regex']);

/**
 * Reads the entry whose key is one of `CHILD_KEYS`; undefined after recording an error.
 * @param within inside `metavariable-pattern`: then the metavariable itself is the positive part
 */
export function readFormulaEntry(reader: FormulaReader, entry: YamlEntry, depth = 0, within = false): Formula | undefined {
  if (isTooDeep(reader, entry, depth)) return undefined;
  const range = entry.keyRange;
  switch (entry.key) {
    case 'pattern': {
      const pattern = readText(reader, entry, 'exec($X)');
      return pattern === undefined ? undefined : { kind: 'pattern', pattern };
    }
    case 'pattern-regex':
      return regex(reader, entry);
    case 'patterns':
      return conjunction(reader, entry, depth, within);
    case 'pattern-either':
      return disjunction(reader, entry, depth, within);
    case 'pattern-not': {
      const child = textOrOperator(reader, entry, depth, within);
      return child === undefined ? undefined : { kind: 'not', range, child };
    }
    case 'pattern-not-regex': {
      const child = regex(reader, entry);
      return child === undefined ? undefined : { kind: 'not', range, child };
    }
    case 'pattern-inside': {
      const child = textOrOperator(reader, entry, depth, within);
      return child === undefined ? undefined : { kind: 'inside', range, child };
    }
    case 'pattern-not-inside': {
      const child = textOrOperator(reader, entry, depth, within);
      return child === undefined ? undefined : { kind: 'not', range, child: { kind: 'inside', range, child } };
    }
    case 'semgrep-internal-pattern-anywhere': {
      const child = textOrOperator(reader, entry, depth, within);
      return child === undefined ? undefined : { kind: 'anywhere', range, child };
    }
    default:
      failUnknown(reader, entry);
      return undefined;
  }
}

/** Text, or one operator: `pattern-not: { patterns: [...] }`. */
function textOrOperator(reader: FormulaReader, entry: YamlEntry, depth: number, within: boolean): Formula | undefined {
  if (entry.value.kind === 'map') {
    const entries = entry.value.entries();
    const [only, second] = entries;
    if (only !== undefined && second === undefined) {
      if (!NEGATIONS.has(only.key)) return readFormulaEntry(reader, only, depth + 1, within);
      reader.file.fail(
        'negation',
        `\`${only.key}\` cannot stand alone in \`${entry.key}\`: put it under \`patterns:\` beside a positive operator`,
        only.keyRange,
        reader.ruleId,
      );
      return undefined;
    }
  }
  if (entry.value.kind !== 'scalar') {
    reader.file.fail('pattern-type', `\`${entry.key}\` must be text or one operator such as \`patterns:\``, placeOf(entry), reader.ruleId);
    return undefined;
  }
  return { kind: 'pattern', pattern: entry.value.located() };
}

function regex(reader: FormulaReader, entry: YamlEntry): Formula | undefined {
  const pattern = readRegex(reader, entry, true);
  return pattern === undefined ? undefined : { kind: 'regex', pattern };
}

function disjunction(reader: FormulaReader, entry: YamlEntry, depth: number, within: boolean): Formula | undefined {
  const children = readList(reader, entry, 'operators')?.flatMap((item) => {
    const only = operatorOf(reader, item, entry);
    if (only === undefined) return [];
    if (NEGATIONS.has(only.key)) {
      reader.file.fail(
        'negation-in-either',
        `\`${only.key}\` cannot stand in \`pattern-either\`: put it beside the pattern it limits, inside \`patterns\``,
        only.keyRange,
        reader.ruleId,
      );
      return [];
    }
    if (only.key in CONDITION_KEYS || only.key === 'focus-metavariable') {
      reader.file.fail(
        'question-in-either',
        `\`${only.key}\` cannot stand alone in \`${entry.key}\`: put it under \`patterns:\` beside the pattern that it asks about`,
        only.keyRange,
        reader.ruleId,
      );
      return [];
    }
    return readFormulaEntry(reader, only, depth + 1, within) ?? [];
  });
  return children === undefined ? undefined : { kind: 'or', range: entry.keyRange, children };
}

/** The one operator of a list's item. */
function operatorOf(reader: FormulaReader, item: YamlNode, owner: YamlEntry): YamlEntry | undefined {
  const entries = item.entries();
  const [only, second] = entries;
  if (item.kind !== 'map' || only === undefined) {
    reader.file.fail(
      'operator-type',
      `each item of \`${owner.key}\` is an operator, such as \`- pattern: exec($X)\``,
      item.kind === 'empty' ? owner.keyRange : item,
      reader.ruleId,
    );
    return undefined;
  }
  if (second !== undefined) {
    reader.file.fail(
      'operator-count',
      `each item of \`${owner.key}\` holds one operator; this one has ${entries.map((other) => `\`${other.key}\``).join(', ')}: give each its own \`-\``,
      second.keyRange,
      reader.ruleId,
    );
    return undefined;
  }
  return only;
}

function conjunction(reader: FormulaReader, entry: YamlEntry, depth: number, within: boolean): Formula | undefined {
  const { file, ruleId } = reader;
  const items = readList(reader, entry, 'operators');
  if (items === undefined) return undefined;
  const children: Formula[] = [];
  const conditions: Condition[] = [];
  const focus: string[][] = [];
  for (const item of items) {
    const only = operatorOf(reader, item, entry);
    if (only === undefined) continue;
    if (CHILDREN.has(only.key)) {
      const child = readFormulaEntry(reader, only, depth + 1, within);
      if (child !== undefined) children.push(child);
    } else if (only.key === 'focus-metavariable') focus.push(readFocus(reader, only));
    else if (only.key in CONDITION_KEYS) {
      const condition = readCondition(reader, only, (operators, owner) => operatorAmong(reader, operators, owner, depth + 1));
      if (condition !== undefined) conditions.push(condition);
    } else failUnknown(reader, only);
  }
  if (!within && !children.some(isPositive) && !file.errors.some((error) => error.ruleId === ruleId && error.level === 'error')) {
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

/** The formula of a nested question: one operator beside `metavariable` and `language`. */
function operatorAmong(reader: FormulaReader, operators: readonly YamlEntry[], owner: YamlEntry, depth: number): Formula | undefined {
  const { file, ruleId } = reader;
  const [only, second] = operators;
  if (only === undefined) {
    file.fail('missing-key', `\`${owner.key}\` needs one of ${FORMULA_KEYS.map((key) => `\`${key}\``).join(', ')}`, owner.keyRange, ruleId);
    return undefined;
  }
  const unknown = operators.find((operator) => !FORMULAS.has(operator.key));
  if (unknown !== undefined) {
    failUnknown(reader, unknown);
    return undefined;
  }
  if (second !== undefined) {
    file.fail(
      'operator-count',
      `\`${owner.key}\` takes one operator; combine ${operators.map((other) => `\`${other.key}\``).join(' and ')} under \`patterns:\``,
      second.keyRange,
      ruleId,
    );
    return undefined;
  }
  return readFormulaEntry(reader, only, depth, true);
}
