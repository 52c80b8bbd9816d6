/**
 * Rule file text -> rules and errors. One bad rule never hides its neighbours: each is read on its own, and every
 * error carries the range of what is wrong. The format is Semgrep's; our additions are listed in docs/rule-format.md.
 */
import type { ScanError } from '../model/error.js';
import type { Range } from '../model/position.js';
import type { PackId, RuleId, Severity } from '../model/rule.js';
import type { RuleSource } from '../model/session.js';
import { readBody, readLanguages } from './body.js';
import { LEFT_OUT, REFUSED_RULE_KEYS, RULE_KEYS, SEVERITIES } from './keys.js';
import { readOptions } from './options.js';
import { readFixRegex, readMetadata, readPaths } from './parts.js';
import type { Located, Rule } from './rule.js';
import { withBody } from './languages.js';
import { checkSourceSets, createSourceSets, type SetCheck, type SourceSets } from './sourceSets.js';
import { compareVersions, parseVersion, SEMGREP_VERSION } from './version.js';
import { readYaml, type YamlEntry, type YamlFile, type YamlNode } from './yaml.js';

export interface ParsedRules {
  readonly rules: readonly Rule[];
  /** The file's named sets of sources, to be tried in their languages. */
  readonly sets: readonly SetCheck[];
  readonly errors: readonly ScanError[];
}

const KNOWN_KEYS: ReadonlySet<string> = new Set(RULE_KEYS);

/** @param sets what rules may name in a list of sources; without them, the sets of the same file */
export function parseRules(source: RuleSource, pageBase?: string, sets: SourceSets = createSourceSets([source])): ParsedRules {
  const file = readYaml(source.text, source.path, source.vetted === true);
  const rules: Rule[] = [];
  const checks: SetCheck[] = [];
  const finish = (): ParsedRules => ({
    rules,
    sets: checks,
    errors: file.errors.toSorted((a, b) => a.range.start.offset - b.range.start.offset),
  });
  if (file.root === undefined || file.root.kind !== 'map') {
    if (file.errors.length === 0)
      file.fail(
        'no-rules',
        'a rule file starts with `rules:` and a list of rules, or with `sources:` and a list of sets',
        file.root ?? { start: { line: 0, column: 0, offset: 0 }, end: { line: 0, column: 0, offset: 0 } },
      );
    return finish();
  }
  // With a syntax error the tree after it may be anything; what it says about rules is not to be trusted.
  if (file.errors.some((error) => error.code === 'yaml-syntax')) return finish();
  const list = file.root.get('rules');
  const setsNode = file.root.get('sources');
  if (list === undefined && setsNode === undefined) {
    file.fail('no-rules', 'a rule file needs `rules:` with a list of rules', file.root);
    return finish();
  }
  for (const entry of file.root.entries()) {
    if (entry.key !== 'rules' && entry.key !== 'sources' && !entry.key.startsWith('x-') && entry.key !== 'missed')
      file.fail('unknown-key', `a rule file has no key \`${entry.key}\`; rules go under \`rules:\``, entry.keyRange);
  }
  if (setsNode !== undefined) checks.push(...checkSourceSets(file, setsNode, sets));
  if (list === undefined) return finish();
  if (list.kind !== 'list') {
    file.fail('no-rules', '`rules:` must be a list: each rule starts with `- id:`', list);
    return finish();
  }
  const seen = new Map<string, Range>();
  for (const item of list.items()) {
    const before = file.errors.length;
    const rule = parseRule(file, item, source, pageBase, sets);
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
    // Without a language that nothing here can read it finds less, and nothing else.
    if (!file.errors.slice(before).some((error) => error.level === 'error' && error.code !== LEFT_OUT)) rules.push(rule);
  }
  return finish();
}

function parseRule(file: YamlFile, item: YamlNode, source: RuleSource, pageBase: string | undefined, sets: SourceSets): Rule | undefined {
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
  if (!isForThisVersion(file, entries, id)) return undefined;
  for (const entry of entries.values()) {
    if (KNOWN_KEYS.has(entry.key)) continue;
    const reason = REFUSED_RULE_KEYS[entry.key];
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
  const severity: Severity | undefined =
    severityText === undefined ? undefined : (SEVERITIES as Readonly<Record<string, Severity>>)[severityText.toUpperCase()];
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
  const named = languages === undefined ? undefined : (name: string) => sets.lookUp(name, languages, source.vetted === true);
  const body = readBody(file, entries, modeName, id, idEntry, languages, named);
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
    origin: {
      path: source.path,
      range: idEntry.value.range,
      ...(source.vetted === true ? { vetted: true } : {}),
      ...(source.pack === undefined ? {} : { pack: source.pack as PackId }),
    },
    ...(pageBase !== undefined && source.pack !== undefined ? { href: `${pageBase}${id}.md` } : {}),
    fix,
    fixRegex: readFixRegex(file, entries.get('fix-regex'), id),
    paths: readPaths(file, entries.get('paths'), id),
    options: modeName === 'detector' ? {} : readOptions(file, entries.get('options'), id),
  };
  return body === undefined || languages === undefined || message === undefined || severity === undefined
    ? undefined
    : { ...rule, ...withBody(body) };
}

/** A rule for another version is left out, whatever else it says; a second rule with its id may be for this one. */
function isForThisVersion(file: YamlFile, entries: ReadonlyMap<string, YamlEntry>, ruleId: string): boolean {
  const own = parseVersion(SEMGREP_VERSION);
  let fits = true;
  for (const key of ['min-version', 'max-version']) {
    const entry = entries.get(key);
    if (entry === undefined || own === undefined) continue;
    const version = entry.value.kind === 'scalar' ? parseVersion(entry.value.located().text) : undefined;
    if (version === undefined) {
      file.fail(
        'version',
        `\`${key}\` must be a version such as ${SEMGREP_VERSION}`,
        entry.value.kind === 'empty' ? entry.keyRange : entry.value,
        ruleId,
      );
      return false;
    }
    if (key === 'min-version' ? compareVersions(own, version) >= 0 : compareVersions(own, version) <= 0) continue;
    const than = key === 'min-version' ? 'newer' : 'older';
    file.warn(
      'other-version',
      `this rule is for a ${than} rule language than Semgrep ${SEMGREP_VERSION}, whose rules Countersign runs; it is left out`,
      entry.value,
      ruleId,
    );
    fits = false;
  }
  return fits;
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
