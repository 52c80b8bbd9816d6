/** What a rule looks for: its languages, and the formula, newer form or detector that it names. */
import { LANGUAGES, languageByName } from '../language/registry.js';
import type { LanguageDefinition } from '../language/definition.js';
import type { LanguageId } from '../model/rule.js';
import { readFormulaEntry } from './formula.js';
import { DETECTOR_NAMES, FORMULA_KEYS, LEFT_OUT, OTHER_LANGUAGES, TAINT_RULE_KEYS } from './keys.js';
import { readMatch } from './match.js';
import type { FormulaReader } from './reader.js';
import type { Condition, Formula, Located, RuleBody } from './rule.js';
import { readTaintEntry, readTaintKeys } from './taint.js';
import type { YamlEntry, YamlFile, YamlNode } from './yaml.js';

const TEXT_LANGUAGES: ReadonlySet<LanguageId> = new Set(['regex', 'comment', 'prose']);

export function readLanguages(file: YamlFile, entry: YamlEntry | undefined, ruleId: string, idEntry: YamlEntry): LanguageId[] | undefined {
  if (entry === undefined) {
    file.fail('missing-key', `the rule \`${ruleId}\` needs \`languages:\`, such as \`languages: [python]\``, idEntry.value, ruleId);
    return undefined;
  }
  const nodes = entry.value.kind === 'list' ? entry.value.items() : [entry.value];
  if (nodes.length === 0 || entry.value.kind !== 'list') {
    file.fail(
      'languages',
      '`languages` must be a list with at least one language, such as `[python]`',
      entry.value.kind === 'empty' ? entry.keyRange : entry.value,
      ruleId,
    );
    return undefined;
  }
  const found: LanguageId[] = [];
  const named = (node: YamlNode): LanguageDefinition | undefined =>
    node.kind === 'scalar' ? languageByName(String(node.value)) : undefined;
  const others = nodes.some((node) => named(node) !== undefined);
  for (const node of nodes) {
    const language = named(node);
    if (language === undefined && others && OTHER_LANGUAGES.has(String(node.value).toLowerCase())) {
      file.fail(LEFT_OUT, `the language \`${String(node.value)}\` is not supported: the rule runs in the others only`, node, ruleId);
      continue;
    }
    if (language === undefined) {
      file.fail(
        'unsupported-language',
        `the language \`${String(node.value)}\` is not supported; there are ${LANGUAGES.map((known) => known.id).join(', ')}`,
        node,
        ruleId,
      );
      return undefined;
    }
    if (!found.includes(language.id)) found.push(language.id);
  }
  return found;
}

export function readBody(
  file: YamlFile,
  entries: ReadonlyMap<string, YamlEntry>,
  mode: string,
  ruleId: string,
  idEntry: YamlEntry,
  languages: readonly LanguageId[] | undefined,
  named: FormulaReader['named'],
): RuleBody | undefined {
  const modeEntry = entries.get('mode');
  if (mode === 'detector') return readDetector(file, entries, ruleId, idEntry);
  if (mode === 'taint' || entries.has('taint')) return readTaint(file, entries, mode, ruleId, idEntry, languages, named);
  if (mode !== 'search') {
    file.fail('unsupported-mode', `\`mode: ${mode}\` is not supported; the rule is not run`, modeEntry?.value ?? idEntry.keyRange, ruleId);
    return undefined;
  }
  const detector = entries.get('detector');
  if (detector !== undefined) file.fail('unknown-key', '`detector` needs `mode: detector`', detector.keyRange, ruleId);
  const spec = TAINT_RULE_KEYS.map((key) => entries.get(key)).find((entry) => entry !== undefined);
  if (spec !== undefined) {
    file.fail('unknown-key', `\`${spec.key}\` needs \`mode: taint\``, spec.keyRange, ruleId);
    return undefined;
  }
  const operators = [...entries.values()].filter(
    (entry) => entry.key === 'match' || (FORMULA_KEYS as readonly string[]).includes(entry.key),
  );
  const [only, second] = operators;
  if (only === undefined) {
    if (!file.errors.some((error) => error.ruleId === ruleId)) {
      file.fail(
        'missing-key',
        `the rule \`${ruleId}\` says nothing to match: give it \`pattern\`, \`patterns\`, \`pattern-either\` or \`pattern-regex\``,
        idEntry.value,
        ruleId,
      );
    }
    return undefined;
  }
  if (second !== undefined) {
    const names = operators.map((entry) => `\`${entry.key}\``).join(' and ');
    if (entries.has('match')) file.fail('mixed-forms', `here stand ${names}: a rule is written in one form`, second.keyRange, ruleId);
    else
      file.fail(
        'operator-count',
        `a rule has one top operator, but here stand ${names}: put them under \`patterns:\``,
        second.keyRange,
        ruleId,
      );
    return undefined;
  }
  const formula = only.key === 'match' ? readMatch({ file, ruleId }, only) : readFormulaEntry({ file, ruleId }, only);
  if (formula === undefined) return undefined;
  // In a rule for `regex` alone a pattern is a regular expression, as in Semgrep.
  const textOnly = languages?.length === 1 && languages[0] === 'regex' ? [] : (languages ?? []).filter((id) => TEXT_LANGUAGES.has(id));
  const syntactic = textOnly.length > 0 ? firstPattern(formula) : undefined;
  if (syntactic !== undefined) {
    file.fail(
      'pattern-in-text',
      `in the language \`${textOnly[0] ?? ''}\` there is only text: use \`pattern-regex\` instead of \`pattern\``,
      syntactic.range,
      ruleId,
    );
    return undefined;
  }
  return { kind: 'search', formula };
}

function readTaint(
  file: YamlFile,
  entries: ReadonlyMap<string, YamlEntry>,
  mode: string,
  ruleId: string,
  idEntry: YamlEntry,
  languages: readonly LanguageId[] | undefined,
  named: FormulaReader['named'],
): RuleBody | undefined {
  const modeEntry = entries.get('mode');
  const newer = entries.get('taint');
  const owner = newer ?? modeEntry ?? idEntry;
  if (newer !== undefined && mode !== 'search' && mode !== 'taint') {
    file.fail('mixed-forms', `\`taint\` and \`mode: ${mode}\` do not go together`, newer.keyRange, ruleId);
    return undefined;
  }
  const others = ['match', 'detector', ...FORMULA_KEYS, ...(newer === undefined ? [] : TAINT_RULE_KEYS)];
  const other = others.map((key) => entries.get(key)).find((entry) => entry !== undefined);
  if (other !== undefined) {
    const message =
      newer === undefined
        ? `\`mode: taint\` takes no \`${other.key}\`: say where data comes from and where it must not arrive, with \`pattern-sources\` and \`pattern-sinks\``
        : `here stand \`taint\` and \`${other.key}\`: a rule is written in one form`;
    file.fail(newer === undefined ? 'operator-count' : 'mixed-forms', message, other.keyRange, ruleId);
    return undefined;
  }
  const textual = languages?.find((id) => TEXT_LANGUAGES.has(id) || id === 'generic');
  if (textual !== undefined) {
    file.fail(
      'taint-in-text',
      `\`mode: taint\` follows data through code; in the language \`${textual}\` there is only text`,
      entries.get('languages')?.value ?? owner.keyRange,
      ruleId,
    );
    return undefined;
  }
  const reader: FormulaReader = { file, ruleId, ...(named === undefined ? {} : { named }) };
  const spec = newer === undefined ? readTaintKeys(reader, entries, owner) : readTaintEntry(reader, newer);
  return spec === undefined ? undefined : { kind: 'taint', spec };
}

/** A pattern that would have to be parsed; not those of a question that names a language of its own. */
function firstPattern(formula: Formula): Located | undefined {
  switch (formula.kind) {
    case 'pattern':
      return formula.pattern;
    case 'regex':
      return undefined;
    case 'and':
      return first([...formula.children, ...formula.conditions.flatMap(nestedFormula)]);
    case 'or':
      return first(formula.children);
    case 'not':
    case 'inside':
    case 'anywhere':
      return firstPattern(formula.child);
  }
}

function first(formulas: readonly Formula[]): Located | undefined {
  for (const formula of formulas) {
    const found = firstPattern(formula);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nestedFormula(condition: Condition): readonly Formula[] {
  return condition.kind === 'pattern' && condition.language === undefined ? [condition.formula] : [];
}

function readDetector(file: YamlFile, entries: ReadonlyMap<string, YamlEntry>, ruleId: string, idEntry: YamlEntry): RuleBody | undefined {
  const entry = entries.get('detector');
  if (entry === undefined || entry.value.kind !== 'scalar') {
    file.fail(
      'missing-key',
      `\`mode: detector\` needs \`detector:\`, one of ${DETECTOR_NAMES.join(', ')}`,
      entries.get('mode')?.keyRange ?? idEntry.keyRange,
      ruleId,
    );
    return undefined;
  }
  const detector = entry.value.located();
  if (!(DETECTOR_NAMES as readonly string[]).includes(detector.text)) {
    file.fail('unknown-detector', `there is no detector \`${detector.text}\`; there is ${DETECTOR_NAMES.join(', ')}`, entry.value, ruleId);
    return undefined;
  }
  for (const key of FORMULA_KEYS) {
    const other = entries.get(key);
    if (other !== undefined) {
      file.fail('operator-count', `\`mode: detector\` takes no \`${key}\``, other.keyRange, ruleId);
      return undefined;
    }
  }
  const options = entries.get('options');
  if (options !== undefined && options.value.kind !== 'map') {
    file.fail('options', '`options` must be a map', options.value.kind === 'empty' ? options.keyRange : options.value, ruleId);
    return undefined;
  }
  const data = options === undefined ? {} : options.value.toData();
  return { kind: 'detector', detector, options: isRecord(data) ? data : {}, optionsRange: options?.keyRange ?? entry.keyRange };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
