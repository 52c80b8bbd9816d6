/**
 * Rule file text -> rules and errors. One bad rule never hides its neighbours: each is read on its own, and every
 * error carries the range of what is wrong. The format is Semgrep's; our additions are listed in docs/rule-format.md.
 */
import type { ScanError } from '../model/error.js';
import { isMaestroLayer, type MaestroLayer } from '../model/maestro.js';
import type { Range } from '../model/position.js';
import type { LanguageId, PackId, RuleId, RuleMetadata, Severity, Tier } from '../model/rule.js';
import type { RuleSource } from '../model/session.js';
import { LANGUAGES, languageByName } from '../language/registry.js';
import { compileRegex } from '../model/regex.js';
import { FORMULA_KEYS, readFormulaEntry } from './formula.js';
import type { FixRegex, Formula, Located, Rule, RuleOptions } from './rule.js';
import { readYaml, type YamlEntry, type YamlFile, type YamlNode } from './yaml.js';

export interface ParsedRules {
  readonly rules: readonly Rule[];
  readonly errors: readonly ScanError[];
}

const SEVERITIES: Readonly<Record<string, Severity>> = {
  ERROR: 'ERROR',
  WARNING: 'WARNING',
  INFO: 'INFO',
  CRITICAL: 'ERROR',
  HIGH: 'ERROR',
  MEDIUM: 'WARNING',
  LOW: 'INFO',
  INVENTORY: 'INFO',
  EXPERIMENT: 'INFO',
};

const RULE_KEYS = new Set([
  'id',
  'message',
  'severity',
  'languages',
  'metadata',
  'paths',
  'fix',
  'fix-regex',
  'options',
  'mode',
  'min-version',
  'max-version',
  'detector',
  ...FORMULA_KEYS,
]);

/** What Semgrep's format has beyond search mode. Named one by one so that the refusal can say what it is. */
const REFUSED_KEYS: Readonly<Record<string, string>> = {
  match: 'the newer `match:` form is not supported yet: write it with `patterns:` and `pattern-either:`',
  taint: 'taint rules are not supported yet',
  'pattern-sources': 'taint rules are not supported yet',
  'pattern-sinks': 'taint rules are not supported yet',
  'pattern-sanitizers': 'taint rules are not supported yet',
  'pattern-propagators': 'taint rules are not supported yet',
  join: 'join mode is not supported',
  extract: 'extract mode is not supported',
  equivalences: 'user-defined equivalences are not supported',
  'pattern-where-python': 'it would run Python from the rule: Countersign runs nothing that a rule or a scanned tree contains',
  'r2c-internal-project-depends-on': 'dependency rules are not supported',
  'project-depends-on': 'dependency rules are not supported',
  validators: 'secret validators are not supported: they would send what they found over the network',
  steps: 'steps are not supported',
  'pattern-not': 'it limits another pattern: put both under `patterns:`',
  'pattern-inside': 'put it under `patterns:` together with what to find inside',
  'pattern-not-inside': 'it limits another pattern: put both under `patterns:`',
  'pattern-not-regex': 'it limits another pattern: put both under `patterns:`',
  'metavariable-regex': 'it asks about a pattern: put both under `patterns:`',
  'metavariable-pattern': 'it asks about a pattern: put both under `patterns:`',
  'metavariable-comparison': 'it asks about a pattern: put both under `patterns:`',
  'focus-metavariable': 'it narrows a pattern: put both under `patterns:`',
};

/** Known options and whether they change what a search rule matches here. Unknown ones are refused. */
const OPTIONS: Readonly<Record<string, 'matters' | 'harmless'>> = {
  constant_propagation: 'matters',
  symbolic_propagation: 'matters',
  vardef_assign: 'matters',
  arrow_is_function: 'matters',
  implicit_deep_exprstmt: 'matters',
  ac_matching: 'matters',
  commutative_boolop: 'matters',
  commutative_compop: 'matters',
  // These concern taint mode, other engines or other languages: nothing in search mode here depends on them.
  interfile: 'harmless',
  taint_assume_safe_functions: 'harmless',
  taint_assume_safe_indexes: 'harmless',
  taint_assume_safe_booleans: 'harmless',
  taint_assume_safe_numbers: 'harmless',
  taint_assume_safe_comparisons: 'harmless',
  taint_unify_mvars: 'harmless',
  taint_only_propagate_through_assignments: 'harmless',
  decorators_order_matters: 'harmless',
  generic_comment_style: 'harmless',
  generic_ellipsis_max_span: 'harmless',
  generic_caseless: 'harmless',
  generic_multiline: 'harmless',
};

const TIERS: readonly Tier[] = ['proved', 'likely', 'pattern', 'audit'];

export const DETECTOR_NAMES: readonly string[] = ['hidden-unicode'];

export function parseRules(source: RuleSource, pageBase?: string): ParsedRules {
  const file = readYaml(source.text, source.path);
  const rules: Rule[] = [];
  const finish = (): ParsedRules => ({ rules, errors: file.errors.toSorted((a, b) => a.range.start.offset - b.range.start.offset) });
  if (file.root === undefined || file.root.kind !== 'map') {
    if (file.errors.length === 0)
      file.fail(
        'no-rules',
        'a rule file starts with `rules:` and a list of rules',
        file.root ?? { start: { line: 0, column: 0, offset: 0 }, end: { line: 0, column: 0, offset: 0 } },
      );
    return finish();
  }
  // With a syntax error the tree after it may be anything; what it says about rules is not to be trusted.
  if (file.errors.some((error) => error.code === 'yaml-syntax')) return finish();
  const list = file.root.get('rules');
  if (list === undefined) {
    file.fail('no-rules', 'a rule file needs `rules:` with a list of rules', file.root);
    return finish();
  }
  for (const entry of file.root.entries()) {
    if (entry.key !== 'rules' && !entry.key.startsWith('x-') && entry.key !== 'missed')
      file.fail('unknown-key', `a rule file has no key \`${entry.key}\`; rules go under \`rules:\``, entry.keyRange);
  }
  if (list.kind !== 'list') {
    file.fail('no-rules', '`rules:` must be a list: each rule starts with `- id:`', list);
    return finish();
  }
  const seen = new Map<string, Range>();
  for (const item of list.items()) {
    const before = file.errors.length;
    const rule = parseRule(file, item, source, pageBase);
    if (rule === undefined) continue;
    const earlier = seen.get(rule.id);
    if (earlier !== undefined) {
      file.fail(
        'duplicate-id',
        `the id \`${rule.id}\` is used twice in this file (first in line ${earlier.start.line + 1}); ids must differ`,
        rule.origin.range,
        rule.id,
      );
      continue;
    }
    seen.set(rule.id, rule.origin.range);
    if (!file.errors.slice(before).some((error) => error.level === 'error')) rules.push(rule);
  }
  return finish();
}

function parseRule(file: YamlFile, item: YamlNode, source: RuleSource, pageBase: string | undefined): Rule | undefined {
  if (item.kind !== 'map') {
    file.fail('rule-type', 'a rule is a map that starts with `- id:`', item);
    return undefined;
  }
  const entries = new Map(item.entries().map((entry) => [entry.key, entry]));
  const idEntry = entries.get('id');
  const id = idEntry?.value.kind === 'scalar' ? String(idEntry.value.value) : undefined;
  if (idEntry === undefined || id === undefined) {
    file.fail('missing-key', 'a rule needs an `id:`', item.entries()[0]?.keyRange ?? item);
    return undefined;
  }
  if (!/^[A-Za-z0-9._-]{1,200}$/.test(id)) {
    file.fail('rule-id', 'an id is made of letters, digits, `.`, `_` and `-`', idEntry.value, 'invalid-id');
    return undefined;
  }
  if (typeof idEntry.value.value !== 'string') {
    file.fail(
      'rule-id',
      `an id must be text: write \`id: "${id}"\` in quotes, or better a name that says what the rule finds`,
      idEntry.value,
      id,
    );
    return undefined;
  }
  for (const entry of entries.values()) {
    if (RULE_KEYS.has(entry.key)) continue;
    const reason = REFUSED_KEYS[entry.key];
    if (reason === undefined)
      file.fail(
        'unknown-key',
        `\`${entry.key}\` is not a key of a rule that Countersign knows; the rule is not run, since leaving it out might make it broader`,
        entry.keyRange,
        id,
      );
    else file.fail('unsupported-operator', `\`${entry.key}\`: ${reason}; the rule is not run`, entry.keyRange, id);
  }
  const message = text(file, entries.get('message'), 'message', id, idEntry);
  const severityText = text(file, entries.get('severity'), 'severity', id, idEntry);
  const severity = severityText === undefined ? undefined : SEVERITIES[severityText.toUpperCase()];
  if (severityText !== undefined && (severity === undefined || severityText !== severityText.toUpperCase())) {
    file.fail(
      'severity',
      `\`${severityText}\` is not a severity: use ERROR, WARNING or INFO`,
      entries.get('severity')?.value ?? idEntry.keyRange,
      id,
    );
  }
  const languages = readLanguages(file, entries.get('languages'), id, idEntry);
  const mode = entries.get('mode');
  const modeName = mode === undefined ? 'search' : String(mode.value.value);
  const body = readBody(file, entries, modeName, id, idEntry, languages);
  const fixEntry = entries.get('fix');
  let fix: Located | undefined;
  if (fixEntry !== undefined) {
    if (fixEntry.value.kind === 'scalar') fix = fixEntry.value.located();
    else if (fixEntry.value.kind !== 'empty') file.fail('fix-type', '`fix` must be text', fixEntry.value, id);
    else fix = { ...fixEntry.value.located(), text: '' };
  }
  const rule = {
    id: id as RuleId,
    message: message ?? '',
    severity: severity ?? 'WARNING',
    languages: languages ?? [],
    metadata: readMetadata(file, entries.get('metadata'), id, source.pack !== undefined),
    origin: { path: source.path, range: idEntry.value.range, ...(source.pack === undefined ? {} : { pack: source.pack as PackId }) },
    ...(pageBase !== undefined && source.pack !== undefined ? { href: `${pageBase}${id}.md` } : {}),
    fix,
    fixRegex: readFixRegex(file, entries.get('fix-regex'), id),
    paths: readPaths(file, entries.get('paths'), id),
    options: readOptions(file, entries.get('options'), id, modeName === 'detector'),
  };
  return body === undefined || languages === undefined || message === undefined || severity === undefined ? undefined : { ...rule, body };
}

function text(file: YamlFile, entry: YamlEntry | undefined, key: string, ruleId: string, idEntry: YamlEntry): string | undefined {
  if (entry === undefined) {
    file.fail('missing-key', `the rule \`${ruleId}\` needs \`${key}:\``, idEntry.value, ruleId);
    return undefined;
  }
  if (entry.value.kind !== 'scalar') {
    file.fail('key-type', `\`${key}\` must be text`, entry.value.kind === 'empty' ? entry.keyRange : entry.value, ruleId);
    return undefined;
  }
  return entry.value.located().text.trim();
}

function readLanguages(file: YamlFile, entry: YamlEntry | undefined, ruleId: string, idEntry: YamlEntry): LanguageId[] | undefined {
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
  for (const node of nodes) {
    const language = node.kind === 'scalar' ? languageByName(String(node.value)) : undefined;
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

function readBody(
  file: YamlFile,
  entries: ReadonlyMap<string, YamlEntry>,
  mode: string,
  ruleId: string,
  idEntry: YamlEntry,
  languages: readonly LanguageId[] | undefined,
): Rule['body'] | undefined {
  const modeEntry = entries.get('mode');
  if (mode === 'detector') return readDetector(file, entries, ruleId, idEntry);
  if (mode !== 'search') {
    const known =
      mode === 'taint'
        ? '`mode: taint` is not supported yet; the rule is not run'
        : `\`mode: ${mode}\` is not supported; the rule is not run`;
    file.fail('unsupported-mode', known, modeEntry?.value ?? idEntry.keyRange, ruleId);
    return undefined;
  }
  const detector = entries.get('detector');
  if (detector !== undefined) file.fail('unknown-key', '`detector` needs `mode: detector`', detector.keyRange, ruleId);
  const operators = [...entries.values()].filter((entry) => (FORMULA_KEYS as readonly string[]).includes(entry.key));
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
    file.fail(
      'operator-count',
      `a rule has one top operator, but here stand ${operators.map((entry) => `\`${entry.key}\``).join(' and ')}: put them under \`patterns:\``,
      second.keyRange,
      ruleId,
    );
    return undefined;
  }
  const formula = readFormulaEntry({ file, ruleId }, only);
  if (formula === undefined) return undefined;
  const textOnly = languages?.filter((language) => language === 'regex' || language === 'comment' || language === 'prose') ?? [];
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

function firstPattern(formula: Formula): Located | undefined {
  switch (formula.kind) {
    case 'pattern':
      return formula.pattern;
    case 'regex':
      return undefined;
    case 'and':
    case 'or':
      for (const child of formula.children) {
        const found = firstPattern(child);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'not':
    case 'inside':
      return firstPattern(formula.child);
  }
}

function readDetector(
  file: YamlFile,
  entries: ReadonlyMap<string, YamlEntry>,
  ruleId: string,
  idEntry: YamlEntry,
): Rule['body'] | undefined {
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
  if (!DETECTOR_NAMES.includes(detector.text)) {
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
  const data = options === undefined ? {} : options.value.toData();
  return { kind: 'detector', detector, options: isRecord(data) ? data : {}, optionsRange: options?.keyRange ?? entry.keyRange };
}

function readFixRegex(file: YamlFile, entry: YamlEntry | undefined, ruleId: string): FixRegex | undefined {
  if (entry === undefined) return undefined;
  const regex = entry.value.get('regex');
  const replacement = entry.value.get('replacement');
  if (regex?.kind !== 'scalar' || replacement === undefined || (replacement.kind !== 'scalar' && replacement.kind !== 'empty')) {
    file.fail('missing-key', '`fix-regex` needs `regex:` and `replacement:`', entry.keyRange, ruleId);
    return undefined;
  }
  const located = regex.located();
  const compiled = compileRegex(located.text, true);
  if ('error' in compiled) {
    file.fail('regex-syntax', `\`fix-regex\`: ${compiled.error}`, regex, ruleId);
    return undefined;
  }
  const count = entry.value.get('count')?.value;
  return {
    regex: located,
    replacement: replacement.kind === 'empty' ? '' : replacement.located().text,
    count: typeof count === 'number' ? count : undefined,
  };
}

function readPaths(file: YamlFile, entry: YamlEntry | undefined, ruleId: string): Rule['paths'] {
  if (entry === undefined) return { include: [], exclude: [] };
  if (entry.value.kind !== 'map') {
    file.fail(
      'paths',
      '`paths` needs `include:` or `exclude:` with a list of globs below it',
      entry.value.kind === 'empty' ? entry.keyRange : entry.value,
      ruleId,
    );
    return { include: [], exclude: [] };
  }
  const globs = (key: string): string[] => {
    const node = entry.value.get(key);
    if (node === undefined) return [];
    if (node.kind !== 'list') {
      file.fail('paths', `\`paths.${key}\` must be a list of globs`, node, ruleId);
      return [];
    }
    return node.items().map((item) => String(item.value));
  };
  for (const part of entry.value.entries()) {
    if (part.key !== 'include' && part.key !== 'exclude')
      file.fail('unknown-key', `\`paths\` knows \`include\` and \`exclude\`, not \`${part.key}\``, part.keyRange, ruleId);
  }
  return { include: globs('include'), exclude: globs('exclude') };
}

function readOptions(file: YamlFile, entry: YamlEntry | undefined, ruleId: string, detector: boolean): RuleOptions {
  if (entry === undefined) return {};
  if (entry.value.kind !== 'map') {
    file.fail('options', '`options` must be a map, such as `options: { constant_propagation: false }`', entry.value, ruleId);
    return {};
  }
  if (detector) return {};
  const options: Record<string, boolean | number | string> = {};
  for (const part of entry.value.entries()) {
    if (OPTIONS[part.key] === undefined)
      file.fail(
        'unsupported-option',
        `the option \`${part.key}\` is not supported; the rule is not run, since it might match more without it`,
        part.keyRange,
        ruleId,
      );
    const { value } = part.value;
    if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') options[part.key] = value;
  }
  return options;
}

function readMetadata(file: YamlFile, entry: YamlEntry | undefined, ruleId: string, ours: boolean): RuleMetadata {
  const data = entry?.value.toData();
  const raw = isRecord(data) ? data : {};
  const strings = (key: string): string[] => {
    const value = raw[key];
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const one = (key: string): string | undefined => (typeof raw[key] === 'string' ? raw[key].trim() : undefined);
  const where = (key: string): Range =>
    entry?.value.entries().find((part) => part.key === key)?.keyRange ?? entry?.keyRange ?? file.root?.range ?? zero;
  const maestro: MaestroLayer[] = [];
  for (const layer of strings('maestro')) {
    if (isMaestroLayer(layer)) maestro.push(layer);
    else if (ours) file.fail('maestro', `\`${layer}\` is not a MAESTRO layer: use L1 to L7`, where('maestro'), ruleId);
  }
  const tierText = one('tier');
  const tier = TIERS.find((known) => known === tierText);
  if (ours && tierText !== undefined && tier === undefined)
    file.fail('tier', `\`${tierText}\` is not a tier: use ${TIERS.join(', ')}`, where('tier'), ruleId);
  const safe = one('safe');
  const why = one('why');
  const incident = one('incident');
  return {
    maestro,
    maestroThreats: strings('maestro-threats'),
    cwe: strings('cwe'),
    owasp: strings('owasp'),
    references: strings('references'),
    tier: tier ?? 'pattern',
    ...(safe === undefined ? {} : { safe }),
    ...(why === undefined ? {} : { why }),
    ...(incident === undefined ? {} : { incident }),
    raw,
  };
}

const zero: Range = { start: { line: 0, column: 0, offset: 0 }, end: { line: 0, column: 0, offset: 0 } };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
