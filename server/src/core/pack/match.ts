/**
 * Reads the newer form of what a rule matches, under `match:`: text is a pattern, `all`, `any`, `not`, `inside`, `anywhere` and
 * `regex` combine, and beside any of them `where` asks, `as` binds and `fix` replaces.
 */
import { needed, partsOf, readAnalysis, readComparison, readName, readTypes, type Parts } from './condition.js';
import { MATCH_EXTRAS, MATCH_KEYS, WHERE_KEYS } from './keys.js';
import {
  allowKeys,
  failUnknown,
  isPositive,
  isTooDeep,
  placeOf,
  readFlag,
  readFocus,
  readLanguage,
  readList,
  readMetavariable,
  readRegex,
  readText,
  type FormulaReader,
} from './reader.js';
import type { Condition, Conjunction, Formula } from './rule.js';
import type { YamlEntry, YamlNode } from './yaml.js';

const OPERATORS: ReadonlySet<string> = new Set(MATCH_KEYS);
const EXTRAS: ReadonlySet<string> = new Set(MATCH_EXTRAS);

/** The value of `match:`, or of any operator in it; undefined after recording an error. */
export function readMatch(reader: FormulaReader, entry: YamlEntry): Formula | undefined {
  return read(reader, entry.value, entry, 0, false);
}

/** The same for an item of a list, such as a source of a taint rule. */
export function readMatchNode(reader: FormulaReader, node: YamlNode, owner: YamlEntry): Formula | undefined {
  return notNegated(reader, read(reader, node, owner, 0, false), owner);
}

/** The same for an item whose other keys are read elsewhere. */
export function readMatchEntries(reader: FormulaReader, entries: readonly YamlEntry[], owner: YamlEntry): Formula | undefined {
  return notNegated(reader, fromEntries(reader, entries, owner, 0, false), owner);
}

/** @param within inside a question about a metavariable: then the metavariable itself is the positive part */
function read(reader: FormulaReader, node: YamlNode, owner: YamlEntry, depth: number, within: boolean): Formula | undefined {
  if (isTooDeep(reader, owner, depth)) return undefined;
  if (node.kind === 'scalar') return { kind: 'pattern', pattern: node.located() };
  if (node.kind === 'map') return fromEntries(reader, node.entries(), owner, depth, within);
  reader.file.fail(
    'pattern-type',
    `\`${owner.key}\` takes a pattern as text, or one operator such as \`all:\``,
    node.kind === 'empty' ? owner.keyRange : node,
    reader.ruleId,
  );
  return undefined;
}

/** One operator with its `where`, `as` and `fix`. */
function fromEntries(
  reader: FormulaReader,
  entries: readonly YamlEntry[],
  owner: YamlEntry,
  depth: number,
  within: boolean,
): Formula | undefined {
  const { file, ruleId } = reader;
  const unknown = entries.find((entry) => !OPERATORS.has(entry.key) && !EXTRAS.has(entry.key));
  if (unknown !== undefined) {
    failUnknown(reader, unknown);
    return undefined;
  }
  const operators = entries.filter((entry) => OPERATORS.has(entry.key));
  const [operator, second] = operators;
  if (operator === undefined) {
    file.fail('missing-key', `\`${owner.key}\` needs one of ${MATCH_KEYS.map((key) => `\`${key}\``).join(', ')}`, owner.keyRange, ruleId);
    return undefined;
  }
  if (second !== undefined) {
    file.fail(
      'operator-count',
      `one operator, but here stand ${operators.map((entry) => `\`${entry.key}\``).join(' and ')}: put them under \`all:\``,
      second.keyRange,
      ruleId,
    );
    return undefined;
  }
  const formula = readOperator(reader, operator, depth, within);
  const parts = new Map(entries.map((entry) => [entry.key, entry]));
  const where = parts.get('where');
  const as = parts.get('as');
  const fix = parts.get('fix');
  const asked = where === undefined ? { conditions: [], focus: [] } : readWhere(reader, where, depth);
  const name = as === undefined ? undefined : readMetavariable(reader, as.value, as);
  const fixText = fix === undefined ? undefined : fix.value.kind === 'empty' ? '' : readText(reader, fix, 'safe($X)')?.text;
  if (formula === undefined || (where === undefined && as === undefined && fix === undefined)) return formula;
  if (formula.kind === 'not') {
    const extra = where ?? as ?? fix ?? operator;
    file.fail(
      'negation',
      `\`${extra.key}\` beside \`not\` has nothing to speak of: put it beside a positive operator`,
      extra.keyRange,
      ruleId,
    );
    return undefined;
  }
  const extras = { ...(name === undefined ? {} : { as: name }), ...(fixText === undefined ? {} : { fix: fixText.trim() }) };
  // An `all` takes them itself; anything else is an `all` of one.
  return formula.kind === 'and' && operator.key === 'all'
    ? { ...formula, ...asked, ...extras }
    : { kind: 'and', range: operator.keyRange, children: [formula], ...asked, ...extras };
}

function readOperator(reader: FormulaReader, entry: YamlEntry, depth: number, within: boolean): Formula | undefined {
  const range = entry.keyRange;
  switch (entry.key as (typeof MATCH_KEYS)[number]) {
    case 'pattern': {
      const pattern = readText(reader, entry, 'exec($X)');
      return pattern === undefined ? undefined : { kind: 'pattern', pattern };
    }
    case 'regex': {
      const pattern = readRegex(reader, entry, true);
      return pattern === undefined ? undefined : { kind: 'regex', pattern };
    }
    case 'all':
      return conjunction(reader, entry, depth, within);
    case 'any':
      return disjunction(reader, entry, depth, within);
    case 'not': {
      const child = positiveChild(reader, entry, depth, within);
      return child === undefined ? undefined : { kind: 'not', range, child };
    }
    case 'inside': {
      const child = positiveChild(reader, entry, depth, within);
      return child === undefined ? undefined : { kind: 'inside', range, child };
    }
    case 'anywhere': {
      const child = positiveChild(reader, entry, depth, within);
      return child === undefined ? undefined : { kind: 'anywhere', range, child };
    }
  }
}

function positiveChild(reader: FormulaReader, entry: YamlEntry, depth: number, within: boolean): Formula | undefined {
  return notNegated(reader, read(reader, entry.value, entry, depth + 1, within), entry);
}

function notNegated(reader: FormulaReader, child: Formula | undefined, entry: YamlEntry): Formula | undefined {
  if (child?.kind !== 'not') return child;
  reader.file.fail(
    'negation',
    `a negation must stand beside a positive operator, under \`all:\`, not in \`${entry.key}\``,
    child.range,
    reader.ruleId,
  );
  return undefined;
}

function conjunction(reader: FormulaReader, entry: YamlEntry, depth: number, within: boolean): Conjunction | undefined {
  const items = readList(reader, entry, 'patterns and operators');
  if (items === undefined) return undefined;
  const children = items.map((item) => read(reader, item, entry, depth + 1, within));
  if (children.some((child) => child === undefined)) return undefined;
  const formulas = children as Formula[];
  if (!within && !formulas.some(isPositive)) {
    reader.file.fail(
      'no-positive-pattern',
      '`all` needs at least one positive operator: with only negations everything else would match',
      entry.keyRange,
      reader.ruleId,
    );
    return undefined;
  }
  return { kind: 'and', range: entry.keyRange, children: formulas, conditions: [], focus: [] };
}

function disjunction(reader: FormulaReader, entry: YamlEntry, depth: number, within: boolean): Formula | undefined {
  const items = readList(reader, entry, 'patterns and operators');
  if (items === undefined) return undefined;
  const children: Formula[] = [];
  for (const item of items) {
    const child = read(reader, item, entry, depth + 1, within);
    if (child === undefined) return undefined;
    if (child.kind === 'not') {
      reader.file.fail(
        'negation-in-either',
        '`not` cannot stand in `any`: put it beside what it limits, inside `all`',
        child.range,
        reader.ruleId,
      );
      return undefined;
    }
    children.push(child);
  }
  return { kind: 'or', range: entry.keyRange, children };
}

// ---- where

function readWhere(reader: FormulaReader, where: YamlEntry, depth: number): Pick<Conjunction, 'conditions' | 'focus'> {
  const conditions: Condition[] = [];
  const focus: string[][] = [];
  for (const item of readList(reader, where, 'questions') ?? []) {
    const parts = item.kind === 'map' ? partsOf({ value: item }) : undefined;
    const kind = parts === undefined ? undefined : kindOf(parts);
    if (parts === undefined || kind === undefined) {
      reader.file.fail(
        'operator-type',
        'each item of `where` asks something: it has `metavariable`, `comparison` or `focus`',
        item.kind === 'empty' ? where.keyRange : item,
        reader.ruleId,
      );
      continue;
    }
    const owner = parts.get(kind) ?? parts.get('types') ?? where;
    if (!allowKeys(reader, parts.values(), WHERE_KEYS[kind], 'where')) continue;
    if (kind === 'focus') focus.push(readFocus(reader, owner));
    else {
      const condition = readQuestion(reader, parts, kind, where, owner, depth);
      if (condition !== undefined) conditions.push(condition);
    }
  }
  return { conditions, focus };
}

/** Keys of a question that belong to no operator. */
const ABOUT: ReadonlySet<string> = new Set(['metavariable', 'language', 'constant-propagation']);

function kindOf(parts: Parts): keyof typeof WHERE_KEYS | undefined {
  if (parts.has('types')) return 'type';
  return (Object.keys(WHERE_KEYS) as (keyof typeof WHERE_KEYS)[]).find((kind) => parts.has(kind));
}

function readQuestion(
  reader: FormulaReader,
  parts: Parts,
  kind: Exclude<keyof typeof WHERE_KEYS, 'focus'>,
  where: YamlEntry,
  owner: YamlEntry,
  depth: number,
): Condition | undefined {
  switch (kind) {
    case 'comparison':
      return readComparison(reader, parts, where);
    case 'analyzer':
      return readAnalysis(reader, parts, where);
    case 'type':
      return readTypes(reader, parts, where);
    case 'metavariable': {
      const metavariable = readName(reader, parts, where);
      const language = readLanguage(reader, parts.get('language'), 'where');
      const constants = parts.get('constant-propagation');
      const own = [...parts.values()].filter((part) => !ABOUT.has(part.key));
      const [only, second] = own;
      // A regular expression alone asks the metavariable's text, or value, from its beginning.
      if (only?.key === 'regex' && second === undefined) {
        const regex = needed(reader, parts, 'regex', where);
        const located = regex === undefined || regex.value.kind !== 'scalar' ? failRegex(reader, only) : readRegex(reader, only, false);
        if (metavariable === undefined || located === undefined || language === null) return undefined;
        return {
          kind: 'regex',
          metavariable,
          regex: located,
          constantPropagation: constants === undefined || readFlag(reader, constants),
          range: owner.keyRange,
        };
      }
      if (constants !== undefined) {
        reader.file.fail('unknown-key', '`constant-propagation` only concerns a `regex` alone', constants.keyRange, reader.ruleId);
        return undefined;
      }
      const formula = fromEntries(reader, own, owner, depth + 1, true);
      if (metavariable === undefined || formula === undefined || language === null) return undefined;
      return { kind: 'pattern', metavariable, language, formula, range: owner.keyRange };
    }
  }
}

function failRegex(reader: FormulaReader, entry: YamlEntry): undefined {
  reader.file.fail('regex-type', '`regex` must be a regular expression', placeOf(entry), reader.ruleId);
}
