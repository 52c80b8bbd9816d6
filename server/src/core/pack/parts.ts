/** The parts of a rule beside what it looks for: fixes, paths, metadata. */
import { isMaestroLayer, type MaestroLayer } from '../model/maestro.js';
import type { Range } from '../model/position.js';
import { compileRegex } from '../model/regex.js';
import type { RuleMetadata } from '../model/rule.js';
import { FACTORS, isBaseVector, isFactorCode, type FactorCode, type FactorLevel, type FactorLevels } from '../model/score.js';
import { FIX_REGEX_KEYS, PATHS_KEYS, TIERS } from './keys.js';
import type { FixRegex, Rule } from './rule.js';
import type { YamlEntry, YamlFile } from './yaml.js';

export function readFixRegex(file: YamlFile, entry: YamlEntry | undefined, ruleId: string): FixRegex | undefined {
  if (entry === undefined) return undefined;
  const unknown = entry.value.entries().find((part) => !(FIX_REGEX_KEYS as readonly string[]).includes(part.key));
  if (unknown !== undefined) {
    file.fail(
      'unknown-key',
      `\`fix-regex\` knows ${FIX_REGEX_KEYS.map((key) => `\`${key}\``).join(', ')}, not \`${unknown.key}\``,
      unknown.keyRange,
      ruleId,
    );
    return undefined;
  }
  const regex = entry.value.get('regex');
  const replacement = entry.value.get('replacement');
  if (regex?.kind !== 'scalar' || replacement === undefined || (replacement.kind !== 'scalar' && replacement.kind !== 'empty')) {
    file.fail('missing-key', '`fix-regex` needs `regex:` and `replacement:`', entry.keyRange, ruleId);
    return undefined;
  }
  const located = regex.located();
  const compiled = compileRegex(located.text, false);
  if ('error' in compiled) {
    file.fail('regex-syntax', `\`fix-regex\`: ${compiled.error}`, regex, ruleId);
    return undefined;
  }
  const countNode = entry.value.get('count');
  const count = countNode?.value;
  if (countNode !== undefined && (typeof count !== 'number' || !Number.isInteger(count) || count < 0)) {
    file.fail('key-type', '`count` must be a whole number', countNode.kind === 'empty' ? entry.keyRange : countNode, ruleId);
    return undefined;
  }
  return {
    regex: located,
    replacement: replacement.kind === 'empty' ? '' : replacement.located().text,
    // 0 replaces all, as does no count.
    count: typeof count !== 'number' || count === 0 ? undefined : count,
  };
}

export function readPaths(file: YamlFile, entry: YamlEntry | undefined, ruleId: string): Rule['paths'] {
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
    const items = node.items();
    const wrong = items.find((item) => item.kind !== 'scalar');
    // A glob that is left out makes a rule broader, or one that excludes everything.
    if (wrong !== undefined)
      file.fail('paths', `\`paths.${key}\` holds something that is no glob`, wrong.kind === 'empty' ? node : wrong, ruleId);
    return items.filter((item) => item.kind === 'scalar').map((item) => item.located().text);
  };
  for (const part of entry.value.entries()) {
    if (!(PATHS_KEYS as readonly string[]).includes(part.key))
      file.fail('unknown-key', `\`paths\` knows \`include\` and \`exclude\`, not \`${part.key}\``, part.keyRange, ruleId);
  }
  return { include: globs('include'), exclude: globs('exclude') };
}

export function readMetadata(file: YamlFile, entry: YamlEntry | undefined, ruleId: string, ours: boolean): RuleMetadata {
  const data = entry?.value.toData();
  const raw = isRecord(data) ? data : {};
  if (entry !== undefined && entry.value.kind !== 'map' && entry.value.kind !== 'empty')
    file.fail('key-type', '`metadata` must be a map', entry.value, ruleId);
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
  const vector = one('cvss');
  const cvss = vector !== undefined && isBaseVector(vector) ? vector : undefined;
  if (ours && raw['cvss'] !== undefined && cvss === undefined)
    file.fail('cvss', '`cvss` must be a CVSS v4.0 vector of all eleven base metrics in order, `CVSS:4.0/AV:N/...`', where('cvss'), ruleId);
  const cvssWhy = one('cvss-why');
  if (ours && raw['cvss-why'] !== undefined && (cvssWhy === undefined || cvssWhy.includes('\n')))
    file.fail('cvss-why', '`cvss-why` must be one line of text', where('cvss-why'), ruleId);
  const { levels, problem } = readFactors(raw['aivss-factors']);
  if (ours && problem !== undefined) file.fail('aivss-factors', problem, where('aivss-factors'), ruleId);
  return {
    maestro,
    maestroThreats: strings('maestro-threats'),
    cwe: strings('cwe'),
    owasp: strings('owasp'),
    references: strings('references'),
    tier: tier ?? 'pattern',
    supersedes: strings('supersedes'),
    ...(safe === undefined ? {} : { safe }),
    ...(why === undefined ? {} : { why }),
    ...(incident === undefined ? {} : { incident }),
    ...(cvss === undefined ? {} : { cvss }),
    ...(cvssWhy === undefined ? {} : { cvssWhy }),
    ...(Object.keys(levels).length === 0 ? {} : { aivssFactors: levels }),
    raw,
  };
}

/** `[AA, TU]`, each in full, or `{AA: 1, TU: 0.5}`. What is wrong is left out, and said. */
function readFactors(value: unknown): { readonly levels: FactorLevels; readonly problem: string | undefined } {
  if (value === undefined) return { levels: {}, problem: undefined };
  const entries: readonly (readonly [string, unknown])[] | undefined = Array.isArray(value)
    ? value.map((code) => [String(code), 1])
    : isRecord(value)
      ? Object.entries(value)
      : undefined;
  if (entries === undefined) return { levels: {}, problem: '`aivss-factors` is a list of codes, or a map from codes to 0.5 or 1' };
  const levels: Partial<Record<FactorCode, FactorLevel>> = {};
  let problem: string | undefined;
  for (const [code, level] of entries) {
    if (!isFactorCode(code)) problem = `\`${code}\` is not an AIVSS factor: use ${Object.keys(FACTORS).join(', ')}`;
    else if (level !== 1 && level !== 0.5)
      problem = `\`${code}\` must be 0.5 or 1: AIVSS has no other levels, and what is not there counts as 0`;
    else levels[code] = level;
  }
  return { levels, problem };
}

const zero: Range = { start: { line: 0, column: 0, offset: 0 }, end: { line: 0, column: 0, offset: 0 } };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
