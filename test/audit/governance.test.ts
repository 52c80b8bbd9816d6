/** The base governs: whatever a range does to configuration, rules and suppressions, the finding and the attempt are both in the report. */
import { describe, expect, test } from 'vitest';
import { addedIn, audit, RULES, rulesFile } from './audit.js';
import { makeRepository } from './repository.js';

const CONFIG = 'rules: [security/rules]\n';
const PROJECT = { 'countersign.yaml': CONFIG, 'security/rules/exec.yaml': RULES, 'a.py': 'def one(code):\n    return code\n' };
const BAD = 'def one(code):\n    exec(code)\n    return code\n';

async function pull(files: Record<string, string | null>, base: Record<string, string> = PROJECT) {
  const made = makeRepository();
  made.commit({ files: base });
  made.branch('change');
  made.commit({ files });
  return audit(made.directory, 'main..change', { configs: [] });
}

const own = (added: readonly string[]): readonly string[] => added.filter((text) => text.startsWith('test-'));

describe('a pull request that', () => {
  test('switches the rule off', async () => {
    const { report } = await pull({ 'a.py': BAD, 'countersign.yaml': `${CONFIG}disable: [test-exec]\n` });
    expect(own(addedIn(report.total))).toEqual(['test-exec a.py:2 new']);
    expect(report.total.governance).toMatchObject([
      { path: 'countersign.yaml', line: 2, message: expect.stringContaining('switches the rule test-exec off') },
    ]);
    expect(report.total.readingOrder.map(({ path }) => path)).toContain('countersign.yaml');
  });
  test('drops the rules from the configuration', async () => {
    const { report } = await pull({ 'a.py': BAD, 'countersign.yaml': 'rules: []\n' });
    expect(own(addedIn(report.total))).toEqual(['test-exec a.py:2 new']);
    expect(report.total.governance).toMatchObject([
      { path: 'countersign.yaml', message: expect.stringContaining('drops the rules in security/rules') },
    ]);
  });
  test('deletes the configuration', async () => {
    const { report } = await pull({ 'a.py': BAD, 'countersign.yaml': null });
    expect(own(addedIn(report.total))).toEqual(['test-exec a.py:2 new']);
    expect(report.total.governance).toMatchObject([
      { path: 'countersign.yaml', message: expect.stringContaining('takes countersign.yaml away') },
    ]);
  });
  test('deletes the rule pack', async () => {
    const { report } = await pull({ 'a.py': BAD, 'security/rules/exec.yaml': null });
    expect(own(addedIn(report.total))).toEqual(['test-exec a.py:2 new']);
    expect(report.total.governance).toMatchObject([
      { path: 'security/rules/exec.yaml', message: expect.stringContaining('deletes a rule file') },
    ]);
  });
  test('makes the rule narrower', async () => {
    const { report } = await pull({
      'a.py': BAD,
      'security/rules/exec.yaml': RULES.replace('pattern: exec($CODE)', 'pattern: exec("nothing")'),
    });
    expect(own(addedIn(report.total))).toEqual(['test-exec a.py:2 new']);
    expect(report.total.governance).toMatchObject([
      { path: 'security/rules/exec.yaml', message: expect.stringContaining('changes a rule file') },
    ]);
  });
  test('suppresses its own finding', async () => {
    const { report } = await pull({ 'a.py': BAD.replace('exec(code)', 'exec(code)  # countersign: ignore[test-exec] -- it is fine') });
    expect(own(addedIn(report.total))).toEqual(['test-exec a.py:2 new']);
    expect(report.total.added.find(({ finding }) => finding.ruleId === 'test-exec')?.finding.suppression).toBeUndefined();
    expect(report.total.governance).toMatchObject([{ path: 'a.py', line: 2, message: expect.stringContaining('would hide [test-exec]') }]);
  });
  test('suppresses an old finding: said, and no finding is new or gone', async () => {
    const { report } = await pull(
      { 'a.py': BAD.replace('exec(code)', 'exec(code)  # countersign: ignore[test-exec] -- it is fine') },
      { ...PROJECT, 'a.py': BAD },
    );
    expect(own(addedIn(report.total))).toEqual([]);
    expect(report.total.removedFindings).toEqual([]);
    expect(report.total.governance).toMatchObject([{ path: 'a.py', message: expect.stringContaining('would hide [test-exec]') }]);
  });
  test('suppresses in one commit and adds in the next', async () => {
    const made = makeRepository();
    made.commit({ files: { ...PROJECT } });
    made.branch('change');
    made.commit({ files: { 'a.py': 'def one(code):\n    # countersign: ignore[test-exec] -- for later\n    return code\n' } });
    made.commit({
      files: { 'a.py': 'def one(code):\n    # countersign: ignore[test-exec] -- for later\n    exec(code)\n    return code\n' },
    });
    const { report } = await audit(made.directory, 'main..change', { configs: [] });
    expect(own(addedIn(report.commits.at(-1) ?? { added: [] }))).toEqual(['test-exec a.py:3 new']);
    expect(own(addedIn(report.total))).toEqual(['test-exec a.py:3 new']);
  });
  test('takes files out of diffs and scans', async () => {
    const { report } = await pull({
      'a.py': BAD,
      '.gitattributes': '*.png binary\n*.py -diff linguist-generated\n',
      '.countersignignore': 'a.py\n',
    });
    expect(own(addedIn(report.total))).toEqual(['test-exec a.py:2 new']);
    expect(report.total.governance.map(({ path, line }) => `${path}:${line}`)).toEqual(['.countersignignore:1', '.gitattributes:2']);
  });
  test('and what the base took out of scans stays out', async () => {
    const made = makeRepository();
    made.commit({ files: { ...PROJECT, '.countersignignore': 'examples/\n', 'examples/.countersignignore': '!shown.py\n' } });
    made.branch('change');
    made.commit({ files: { 'examples/a.py': BAD, 'b.py': BAD } });
    const { report } = await audit(made.directory, 'main..change', { configs: [] });
    expect(own(addedIn(report.total))).toEqual(['test-exec b.py:2 new']);
    expect(report.total.problems.join()).toContain('.countersignignore names the file');
    expect(report.total.governance).toEqual([]);
  });
  test('changes rules that the reviewer named by their folder', async () => {
    const made = makeRepository();
    made.commit({ files: PROJECT });
    made.branch('change');
    made.commit({ files: { 'a.py': BAD, 'security/rules/exec.yaml': 'rules: []\n' } });
    const { report } = await audit(made.directory, 'main..change', { configs: ['security/rules'] });
    expect(addedIn(report.total)).toEqual(['test-exec a.py:2 new']);
  });
});

describe('a suppression of the base', () => {
  const suppressed = 'def one(code):\n    # countersign: ignore[test-exec] -- a constant of ours\n    exec(code)\n    return code\n';
  test('counts, also in a file that moves', async () => {
    const made = makeRepository();
    made.commit({ files: { 'a.py': suppressed } });
    made.commit({ files: { 'lib/a.py': `import os\n${suppressed}` }, moves: { 'a.py': 'lib/a.py' } });
    const { report } = await audit(made.directory, 'HEAD~1..HEAD');
    expect(addedIn(report.total)).toEqual([]);
    expect(report.total.governance).toEqual([]);
  });
  test('counts for the line below it when that changes, and stays visible', async () => {
    const made = makeRepository();
    made.commit({ files: { 'a.py': suppressed } });
    made.commit({ files: { 'a.py': suppressed.replace('exec(code)', 'exec(code + "1")') } });
    const { report } = await audit(made.directory, 'HEAD~1..HEAD');
    expect(report.total.added.map(({ finding }) => finding.suppression?.reason)).toEqual(['a constant of ours']);
    expect(report.total.governance).toEqual([]);
  });
  test('does not count for a copy', async () => {
    const made = makeRepository();
    made.commit({ files: { 'a.py': suppressed } });
    made.commit({ files: { 'a.py': `${suppressed}\n${suppressed.replace('one', 'two')}` } });
    const { report } = await audit(made.directory, 'HEAD~1..HEAD');
    expect(addedIn(report.total)).toEqual(['test-exec a.py:8 new']);
    expect(report.total.added[0]?.finding.suppression).toBeUndefined();
  });
  test('that is taken away brings its finding back', async () => {
    const made = makeRepository();
    made.commit({ files: { 'a.py': suppressed } });
    made.commit({ files: { 'a.py': suppressed.replace(/ *#.*\n/, '') } });
    const { report } = await audit(made.directory, 'HEAD~1..HEAD', { configs: [rulesFile()] });
    expect(addedIn(report.total)).toEqual(['test-exec a.py:2 unsuppressed']);
  });
});
