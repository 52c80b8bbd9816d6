/** Reports of an audit: what they say, that the same audit gives the same bytes, that they fit, and that a repository's text stays text in them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ajvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { excerptOf } from '../../server/src/core/audit/excerpt.js';
import { auditItems, digestItems } from '../../server/src/core/audit/items.js';
import { findingsAsScan } from '../../server/src/cli/auditResult.js';
import { maskAudit } from '../../server/src/core/page/auditSecrets.js';
import { formatAuditHtml } from '../../server/src/cli/reporters/auditHtml.js';
import { AUDIT_MARKER, formatAuditMarkdown } from '../../server/src/core/page/auditMarkdown.js';
import { formatAuditSarif } from '../../server/src/cli/reporters/auditSarif.js';
import { formatAuditGithub } from '../../server/src/cli/reporters/github.js';
import { formatAuditGitlab } from '../../server/src/cli/reporters/gitlab.js';
import { sha256 } from '../../server/src/host/node/git/binding.js';
import { CONTEXT, exampleReport, HOSTILE } from './example.js';
import { makeAdded, makeCommit, makeReport } from './report.js';

const require = createRequire(import.meta.url);
const schemaPath = require.resolve('@microsoft/jest-sarif').replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
const ajv = new ajvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')) as object);

function sarifOf(report: ReturnType<typeof exampleReport>): string {
  return formatAuditSarif(
    report,
    findingsAsScan(
      report.total.added.map(({ finding }) => finding),
      CONTEXT,
    ),
  );
}

describe('Markdown', () => {
  const text = formatAuditMarkdown(exampleReport(), CONTEXT);
  test('begins with the mark, says what matters and is the same every time', () => {
    expect(text.split('\n')[0]).toBe(AUDIT_MARKER);
    expect(text).toContain('4 findings added (1 error, 2 warnings, 1 note), 2 checks removed, 1 permission widened');
    expect(text).toContain(
      'At least 2 of 3 commits are AI-assisted (claude-code 1, codex 1): 1 by a tool’s record, 1 by what they declare.',
    );
    expect(text).toContain('1. `src/agent/run.py:10-15` error: model output reaches exec()');
    expect(text).toContain('The rest: 19 hunks in 7 files (+102 −11 lines)');
    expect(text).toContain('Was: `sandbox.run(answer, timeout=10)`');
    expect(text).toContain('trailer `Co-Authored-By: Claude <noreply@anthropic.com>`');
    expect(text).not.toMatch(/\b20\d\d-\d\d-\d\d\b/);
    expect(formatAuditMarkdown(exampleReport(), CONTEXT)).toBe(text);
  });
  test('mentions nobody, links nowhere and holds no HTML of the repository', () => {
    const hostile = formatAuditMarkdown(exampleReport(HOSTILE), CONTEXT);
    const outsideCode = hostile.replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    expect(outsideCode).not.toMatch(/hacked|@everyone|javascript:|<script|<img|<svg|127\.0\.0\.1|#1\b/);
    expect(hostile).not.toMatch(/[\u202e\u0000\u001b\u200b]/);
    // One comment stays one comment: no line begins with what the repository wrote.
    for (const line of hostile.split('\n'))
      expect(line).toMatch(/^(?:$|<!-- countersign:audit -->$|#|- |\d+\. |`|The |They |<\/?details>|<sub>)/);
  });
  test.each(['/approve', '@team please merge', 'fixes #12', 'see deadbeefcafe', 'GH-7', 'http://x.example', '!5 ~bug', 'a `b` @c'])(
    'makes code of a message like %s',
    (message) => {
      const report = makeReport([makeCommit({ added: [makeAdded({ message })] })]);
      const line = formatAuditMarkdown(report, CONTEXT)
        .split('\n')
        .find((row) => row.includes('**error**'));
      expect(line?.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '')).toBe('- **error**   (, MAESTRO L3 Agent Frameworks)');
    },
  );
  test('is cut to the size of a comment, and says what is cut', () => {
    const added = Array.from({ length: 3_000 }, (_, at) => makeAdded({ line: at + 1, message: `Finding ${at} ${'x'.repeat(at % 300)}` }));
    const checks = exampleReport().total.removedChecks;
    const report = makeReport([makeCommit({ added, removedChecks: checks })]);
    for (const most of [65_000, 5_000]) {
      const cut = formatAuditMarkdown(report, CONTEXT, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.length).toBeGreaterThan(most - 2_000);
      const left = Number(/… and (\d+) more, cut/.exec(cut)?.[1]);
      expect(left + (cut.match(/\*\*error\*\* `src\/agent\.py:/g)?.length ?? 0)).toBe(3_000);
      expect(cut).toContain('Code ran in a sandbox and does not any more.');
    }
  });
  test('of nothing says so', () => {
    expect(formatAuditMarkdown(makeReport([]), CONTEXT)).toContain('nothing risky added, no check removed');
  });
});

describe('SARIF', () => {
  test('is valid, and says who wrote it', () => {
    for (const report of [exampleReport(), exampleReport(HOSTILE), makeReport([])]) {
      const log: unknown = JSON.parse(sarifOf(report));
      expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
      expect((log as { runs: [{ results: unknown[] }] }).runs[0].results).toHaveLength(report.total.added.length);
    }
    const log = JSON.parse(sarifOf(exampleReport())) as {
      runs: [{ results: { ruleId: string; codeFlows?: unknown; properties: unknown }[] }];
    };
    expect(log.runs[0].results.find(({ ruleId }) => ruleId === 'test-exec')).toMatchObject({
      codeFlows: [{ threadFlows: [{ locations: { length: 3 } }] }],
      properties: {
        added: 'new',
        provenance: { tier: 'declared', agent: 'claude-code', recorded: true, evidence: [{ source: 'trailer' }] },
      },
    });
  });
});

describe('GitLab', () => {
  test('has every entry with a fingerprint of its own', () => {
    const twice = makeReport([makeCommit({ added: [makeAdded({ fingerprint: 'same' }), makeAdded({ fingerprint: 'same', line: 9 })] })]);
    for (const report of [exampleReport(), exampleReport(HOSTILE), twice]) {
      const text = formatAuditGitlab(report);
      expect(text).not.toMatch(/[\u202e\u001b\u200b]/);
      const issues = JSON.parse(text) as { fingerprint: string; severity: string; location: { lines: { begin: number } } }[];
      expect(issues).toHaveLength(auditItems(report.total).length);
      expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
      for (const { severity, location } of issues) {
        expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
        expect(location.lines.begin).toBeGreaterThan(0);
      }
    }
  });
});

describe('GitHub’s workflow commands', () => {
  test('are one line each, which nothing ends or begins anew', () => {
    const evil = '\n::set-output name=x::y\r\n%0A::error::z, file=a,line=2::';
    const text = formatAuditGithub(exampleReport(evil));
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(auditItems(exampleReport(evil).total).length);
    for (const line of lines) {
      const match = /^::(?:error|warning|notice) file=([^,:]*),line=(\d+),title=([^,:]*)::(.*)$/.exec(line);
      expect(match, line).not.toBeNull();
      expect(line).not.toMatch(/%0A|\r/);
    }
    expect(formatAuditGithub(exampleReport())).toContain(
      '::error file=src/agent/run.py,line=14,title=test-exec::Model output reaches exec()',
    );
  });
});

describe('HTML', () => {
  test('is one file with a policy, the same every time', () => {
    const page = formatAuditHtml(exampleReport(), CONTEXT);
    expect(formatAuditHtml(exampleReport(), CONTEXT)).toBe(page);
    expect(page).toContain('default-src &#39;none&#39;');
    // Our own addresses neither: it needs no network at all.
    expect(page).not.toMatch(/\b(?:src|href|action)=|@import|url\(/);
    expect(page.match(/<script>/g)).toHaveLength(1);
  });
  test('has no element and no attribute by the repository', () => {
    const page = formatAuditHtml(exampleReport(HOSTILE), CONTEXT);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/<(?:img|link|iframe|object|embed|a)\b|\son\w+="/);
    expect(page).not.toMatch(/[\u202e\u0000\u001b\u200b]/);
    expect(page).toContain('\\u{202E}');
  });
});

describe('secrets', () => {
  test('are stars wherever a report would quote them', () => {
    const secret = 'AKIA5XGH7QWERTY12345abcd';
    const line = `key = "${secret}"`;
    const finding = makeAdded({
      ruleId: 'secret',
      lines: line,
      message: `A key ${secret}.`,
      range: { start: { line: 2, column: 7, offset: 0 }, end: { line: 2, column: 7 + secret.length, offset: 0 } },
    });
    const commit = makeCommit({
      added: [finding],
      removedChecks: [{ kind: 'validation', path: 'b.py', line: 1, was: line, message: 'm', severity: 'INFO' }],
      suppressions: [{ path: 'src/agent.py', line: 3, tool: 'bandit', text: line, rules: [] }],
      readingOrder: [
        { path: 'src/agent.py', start: 3, end: 3, score: 30, why: `key ${secret}`, excerpt: [{ sign: '+', line: 3, text: line }] },
      ],
    });
    const rule = {
      id: 'secret',
      metadata: { cwe: ['CWE-798: Hard-coded'], maestro: [], owasp: [], maestroThreats: [], raw: {}, tier: 'likely' },
    };
    const context = { ...CONTEXT, rules: new Map([['secret', rule]]) as unknown as typeof CONTEXT.rules };
    const report = maskAudit(makeReport([commit]), context.rules);
    for (const text of [
      formatAuditHtml(report, context),
      formatAuditMarkdown(report, context),
      formatAuditGitlab(report),
      formatAuditGithub(report),
    ]) {
      expect(text).not.toContain(secret);
      expect(text).toContain(`${'*'.repeat(secret.length - 4)}abcd`);
    }
  });
});

describe('the digest of what was found', () => {
  test('stays for other lines and another order, changes with anything else', () => {
    const digest = (spec: Parameters<typeof makeCommit>[0]): string => digestItems(auditItems(makeCommit(spec)), sha256).digest;
    const [a, b] = [makeAdded({ fingerprint: 'a' }), makeAdded({ fingerprint: 'b', line: 7 })];
    expect(digest({ added: [a, b] })).toBe(digest({ added: [makeAdded({ fingerprint: 'b', line: 90 }), a] }));
    expect(digest({ added: [a] })).not.toBe(digest({ added: [a, b] }));
    expect(digest({ added: [a, a] })).not.toBe(digest({ added: [a] }));
    const check = exampleReport().total.removedChecks[0];
    expect(digest({ added: [a], removedChecks: check === undefined ? [] : [check] })).not.toBe(digest({ added: [a] }));
  });
});

describe('an excerpt', () => {
  const base = { status: 'modified', path: 'a', oldMode: '100644', newMode: '100644' } as const;
  const text = (lines: readonly { readonly sign: string; readonly line: number; readonly text: string }[]): string =>
    lines.map(({ sign, line, text: content }) => `${sign}${line} ${content}`).join('|');
  test('shows what went before what came', () => {
    const change = { ...base, before: 'a\nb\nc\nd', after: 'a\nB\nc\nd', hunks: [{ oldStart: 2, oldLines: 1, newStart: 2, newLines: 1 }] };
    expect(text(excerptOf(change, 2, 2))).toBe(' 1 a|-2 b|+2 B| 3 c| 4 d');
  });
  test('shows lines that were only removed where they stood', () => {
    const change = { ...base, before: 'a\nb\nc', after: 'a\nc', hunks: [{ oldStart: 2, oldLines: 1, newStart: 1, newLines: 0 }] };
    expect(text(excerptOf(change, 1, 1))).toBe(' 1 a|-2 b| 2 c');
  });
  test('of a deleted file shows it', () => {
    const change = { ...base, status: 'deleted' as const, before: 'a\nb', hunks: [{ oldStart: 1, oldLines: 2, newStart: 0, newLines: 0 }] };
    expect(text(excerptOf(change, 1, 1))).toBe('-1 a|-2 b');
  });
  test('is bounded', () => {
    const after = Array.from({ length: 500 }, () => 'x'.repeat(1_000)).join('\n');
    const lines = excerptOf({ ...base, status: 'added', after, hunks: [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 500 }] }, 1, 500);
    expect(lines).toHaveLength(40);
    expect(lines[0]?.text).toHaveLength(300);
  });
});
