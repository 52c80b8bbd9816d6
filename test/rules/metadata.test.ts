/**
 * What built-in rules say about themselves is true where it can be checked: CVSS vectors, AIVSS factors, and ids and names of MAESTRO, OWASP and CWE.
 * `fixtures/cwe.json` holds names of weaknesses and whether MITRE wants findings mapped to them (CWE 4.x).
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ruleScore } from '../../server/src/core/aivss/ruleScore.js';
import type { RuleInfo } from '../../server/src/core/index.js';
import { isFactorCode } from '../../server/src/core/model/score.js';
import { threatName } from '../../server/src/core/page/threats.js';
import { readRuleSources } from '../../server/src/host/node/rule-sources.js';
import type { PrecisionFile } from '../../server/src/host/node/rule-notes.js';
import { createNodeSession } from '../../server/src/host/node/session.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = path.join(root, 'rules');
const { sources } = readRuleSources([folder], folder, root);
const shipped = sources.filter((source) => !/[\\/]self[\\/]/.test(source.path)).map((source) => ({ ...source, pack: 'built-in' }));
const session = await createNodeSession({ sources: shipped, profile: 'audit' });
const rules = session.rules.filter((rule) => rule.origin.pack !== undefined);

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

const WEAKNESSES = readJson('test/rules/fixtures/cwe.json') as Readonly<
  Record<string, { readonly name: string; readonly mapping: 'Allowed' | 'Allowed-with-Review' | 'Discouraged' | 'Prohibited' }>
>;

/** The agentic ones are also written with `&`. */
const OWASP = new Set([
  'LLM01:2025 Prompt Injection',
  'LLM02:2025 Sensitive Information Disclosure',
  'LLM03:2025 Supply Chain',
  'LLM04:2025 Data and Model Poisoning',
  'LLM05:2025 Improper Output Handling',
  'LLM06:2025 Excessive Agency',
  'LLM07:2025 System Prompt Leakage',
  'LLM08:2025 Vector and Embedding Weaknesses',
  'LLM09:2025 Misinformation',
  'LLM10:2025 Unbounded Consumption',
  'ASI01 Agent Goal Hijack',
  'ASI02 Tool Misuse and Exploitation',
  'ASI03 Identity and Privilege Abuse',
  'ASI04 Agentic Supply Chain Vulnerabilities',
  'ASI05 Unexpected Code Execution (RCE)',
  'ASI06 Memory and Context Poisoning',
  'ASI07 Insecure Inter-Agent Communication',
  'ASI08 Cascading Failures',
  'ASI09 Human-Agent Trust Exploitation',
  'ASI10 Rogue Agents',
  'A01:2021 Broken Access Control',
  'A02:2021 Cryptographic Failures',
  'A03:2021 Injection',
  'A04:2021 Insecure Design',
  'A05:2021 Security Misconfiguration',
  'A06:2021 Vulnerable and Outdated Components',
  'A07:2021 Identification and Authentication Failures',
  'A08:2021 Software and Data Integrity Failures',
  'A09:2021 Security Logging and Monitoring Failures',
  'A10:2021 Server-Side Request Forgery (SSRF)',
]);

describe('metadata', () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_id, { metadata }: RuleInfo) => {
    const score = ruleScore(metadata, 'v0.8');
    expect(score?.cvss ?? 0, 'a CVSS v4.0 vector that comes to something').toBeGreaterThan(0);
    const why = metadata.cvssWhy ?? '';
    expect(why.length, '`cvss-why`, one line').toBeGreaterThan(30);
    expect(why.length, '`cvss-why`, one line').toBeLessThan(200);
    expect(Object.keys(metadata.aivssFactors ?? {}).filter((code) => !isFactorCode(code))).toEqual([]);
    expect(metadata.maestroThreats.filter((code) => threatName(code) === undefined)).toEqual([]);
    expect(metadata.owasp.filter((entry) => !OWASP.has(entry.replace(' & ', ' and ')))).toEqual([]);
    expect(metadata.cwe.length).toBeGreaterThan(0);
    for (const entry of metadata.cwe) {
      const [, id = '', name] = /^(CWE-\d+): (.+)$/.exec(entry) ?? [];
      expect({ entry, name }).toEqual({ entry, name: WEAKNESSES[id]?.name });
      expect(WEAKNESSES[id]?.mapping).toMatch(/^Allowed/);
    }
  });
});

describe('measured precision', () => {
  const { rules: measured, corpora, date } = readJson('rules/precision.json') as PrecisionFile;
  const { judgements } = readJson('rules/judgements.json') as {
    readonly judgements: readonly {
      readonly rule: string;
      readonly corpus: string;
      readonly fingerprint: string;
      readonly right: boolean;
    }[];
  };

  test('is of rules that exist, and adds up', () => {
    const ids = new Set<string>(rules.map((rule) => rule.id));
    expect(Object.keys(measured).filter((id) => !ids.has(id))).toEqual([]);
    expect(Object.entries(measured).filter(([, { seen, judged, right }]) => right > judged || judged > seen)).toEqual([]);
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(corpora.length).toBeGreaterThanOrEqual(8);
  });

  test('counts no finding that nobody read', () => {
    for (const [id, { judged, right }] of Object.entries(measured)) {
      const read = judgements.filter(({ rule }) => rule === id);
      expect(judged, id).toBeLessThanOrEqual(read.length);
      expect(right, id).toBeLessThanOrEqual(read.filter((judgement) => judgement.right).length);
    }
  });

  test('a rule that was wrong in most of four projects or more is information, or says why it warns', () => {
    const kinds = new Map<string, { rule: string; right: number; all: number }>();
    for (const { rule, corpus, right } of judgements) {
      const kind = kinds.get(`${rule} ${corpus}`) ?? { rule, right: 0, all: 0 };
      kinds.set(`${rule} ${corpus}`, { rule, right: kind.right + (right ? 1 : 0), all: kind.all + 1 });
    }
    const warning = rules.filter(({ severity, metadata: { raw } }) => severity !== 'INFO' && raw['profile'] !== 'audit');
    const unexplained = warning.filter(({ id, metadata: { raw } }) => {
      const projects = [...kinds.values()].filter(({ rule }) => rule === id);
      const right = projects.filter((kind) => kind.right * 2 >= kind.all).length;
      return projects.length >= 4 && right * 2 < projects.length && typeof raw['severity-why'] !== 'string';
    });
    expect(unexplained.map(({ id }) => id)).toEqual([]);
  });

  test('every judgement is about a corpus that is named, once', () => {
    const names = new Set(corpora.map(({ name }) => name));
    expect(judgements.filter(({ corpus }) => !names.has(corpus))).toEqual([]);
    expect(new Set(judgements.map(({ corpus, fingerprint }) => `${corpus} ${fingerprint}`)).size).toBe(judgements.length);
  });
});

describe('docs/threat-coverage.md', () => {
  const text = readFileSync(path.join(root, 'docs/threat-coverage.md'), 'utf8');
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);

  test('names rules and fixtures that exist, each rule with its own', () => {
    const pages = links.filter((target) => target.startsWith('rules/'));
    const fixtures = links.filter((target) => target.startsWith('../rules/'));
    expect(pages.length).toBeGreaterThan(60);
    expect([...pages, ...fixtures].filter((target) => !existsSync(path.join(root, 'docs', target)))).toEqual([]);
    expect(fixtures.map((target) => path.basename(target).split('.')[0])).toEqual(pages.map((target) => path.basename(target, '.md')));
    for (const target of fixtures) {
      const id = path.basename(target).split('.')[0] ?? '';
      expect(readFileSync(path.join(root, 'docs', target), 'utf8')).toMatch(new RegExp(`(?<![-\\w])ruleid:.*\\b${id}(?![-\\w])`));
    }
  });
});
