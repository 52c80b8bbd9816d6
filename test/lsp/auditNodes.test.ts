/** The rows of the view "AI-assisted changes": what they say, in which order, and that no name in a repository makes two of them the same. */
import { describe, expect, it } from 'vitest';
import { auditNodes, noticeNodes } from '../../client/src/audit/nodes.js';
import type { AuditNode } from '../../client/src/audit/nodes.js';
import type { AuditedCommit, AuditEntry, AuditView } from '../../server/src/protocol/audit.js';

const SHA = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';

function entry(path: string, line: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return { kind: 'finding', severity: 'error', path, shown: path, startLine: line, endLine: line, message: 'it runs text', ...more };
}

function commit(more: Partial<AuditedCommit> = {}): AuditedCommit {
  return {
    ...{ sha: SHA, shortSha: SHA.slice(0, 12), subject: 'A change', author: 'Dana', date: '2026-01-05T09:02:00+00:00' },
    ...{ tier: 'unknown', evidence: [], lost: [], headline: 'nothing risky added, no check removed', countersigned: [] },
    change: {
      base: 'b'.repeat(40),
      head: SHA,
      readingOrder: [],
      rest: 'Nothing else was changed.',
      entries: [],
      setApart: [],
      problems: [],
    },
    ...more,
  };
}

function view(more: Partial<AuditView> = {}): AuditView {
  return {
    ...{
      range: 'main..HEAD',
      summary: 'None of 1 commit says so.',
      headline: '1 finding added',
      commits: [commit()],
      problems: [],
      markdown: '',
    },
    attributed: { recorded: 0, declared: 0, unknown: 1 },
    total: commit().change,
    ...more,
  };
}

function flat(nodes: readonly AuditNode[]): readonly AuditNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

function childrenOf(nodes: readonly AuditNode[], label: string): readonly AuditNode[] {
  return nodes.find((node) => node.label === label)?.children ?? [];
}

describe('the rows of the view', () => {
  it('begin with who wrote it, at least, and never take silence for a person', () => {
    expect(
      auditNodes(view())
        .slice(0, 2)
        .map(({ label }) => label),
    ).toEqual(['No mark of an agent in 1 commit', '1 finding added']);
    const agent = commit({ tier: 'declared', agent: 'Claude Code' });
    const [first] = auditNodes(view({ commits: [agent], attributed: { recorded: 0, declared: 1, unknown: 0 } }));
    expect(first).toMatchObject({ label: 'At least 1 of 1 commit by agents', description: 'Claude Code 1' });
    expect(childrenOf(auditNodes(view()), 'Commits')[0]?.tooltip).toContain('which is no evidence that none did');
  });

  it('lead to the place in the change that they speak of', () => {
    const { change } = commit({ change: { ...commit().change, entries: [entry('src/a.py', 4)] } });
    const [file] = childrenOf(auditNodes(view({ total: change })), 'By File');
    expect(file).toMatchObject({ label: 'a.py', description: 'src · 1 place', icon: undefined });
    expect(file?.children[0]).toMatchObject({
      label: '5: It runs text',
      icon: { name: 'error' },
      place: { path: 'src/a.py', startLine: 4, head: SHA },
    });
  });

  it('say who countersigned a commit, the newest decision first', () => {
    const by = { reviewer: 'Carol', date: '2026-01-06T00:00:00.000Z', signature: 'bad' };
    const signed = commit({
      countersigned: [
        { ...by, decision: 'reject', note: 'no' },
        { ...by, decision: 'approve' },
      ],
    });
    const [row] = childrenOf(auditNodes(view({ commits: [signed] })), 'Commits');
    expect(row).toMatchObject({ description: 'Dana · a1b2c3d4 · rejected by Carol', icon: { name: 'circle-slash' } });
    expect(row?.children[0]).toMatchObject({ label: 'Rejected by Carol, 2026-01-06', description: '“no” · SIGNATURE WRONG' });
  });

  it('say why there is no report, and what to do about it', () => {
    expect(noticeNodes('range', 'there is no commit `x` here').map(({ label, command }) => [label, command])).toEqual([
      ['There is no commit `x` here', undefined],
      ['Choose which commits to look at', 'countersign.chooseAuditRange'],
    ]);
    expect(noticeNodes('no-git', 'git was not found')[1]?.command).toBe('countersign.refreshAudit');
  });

  it('have ids of their own, whatever files are called, and something to say to a screen reader', () => {
    const paths = ['a', 'a 0', 'a 1', 'entry 0 a', 'file a', 'summary', '0 a', '__proto__'];
    const entries = paths.flatMap((path) => [entry(path, 1), entry(path, 1, { kind: 'check' })]);
    const change = { ...commit().change, entries, problems: ['x', 'x'], setApart: [{ shown: 'a', why: 'binary' }] };
    const nodes = flat(auditNodes(view({ total: change, commits: [commit({ change })], problems: ['x'] })));
    expect(nodes.length).toBeGreaterThan(40);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    expect(nodes.filter(({ spoken, tooltip, label }) => spoken === '' || tooltip === '' || label === '')).toEqual([]);
  });
});
