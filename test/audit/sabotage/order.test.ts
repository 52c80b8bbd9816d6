/**
 * Every case as a commit of a real repository, audited with the project's own rules: the reading order itself has the sabotage among its first ten places, above
 * INFO, and ordinary work has nothing above INFO anywhere in the report.
 */
import { expect, it } from 'vitest';
import { diffLines, linesOf } from '../../../server/src/core/audit/lineDiff.js';
import type { CommitAudit } from '../../../server/src/core/audit/report.js';
import { audit } from '../audit.js';
import { makeRepository } from '../repository.js';
import { FIRST_REFACTORINGS, FIRST_SABOTAGES } from './firstSight.js';
import { FOURTH_SABOTAGES } from './fourthSight.js';
import type { Tree } from './projects.js';
import { REFACTORINGS, type Refactoring } from './refactorings.js';
import { SABOTAGES, type Sabotage } from './sabotages.js';
import { SECOND_REFACTORINGS, SECOND_SABOTAGES } from './secondSight.js';
import { edited, type Edit } from './support.js';
import { THIRD_SABOTAGES } from './thirdSight.js';

/** As far from a planted line as a hunk may be that shows it. */
const NEAR = 4;
const FIRST_PLACES = 10;
const ABOVE_INFO = 10;

interface Case {
  readonly name: string;
  readonly tree: Tree;
  readonly edits: readonly Edit[];
}

/** The audit of each case's commit, by its name. */
async function auditAll(cases: readonly Case[]): Promise<ReadonlyMap<string, CommitAudit>> {
  const repository = makeRepository();
  repository.commit({ message: 'Nothing yet\n' });
  const base = repository.git(['rev-parse', 'HEAD']);
  const shas = new Map<string, string>();
  let there: Tree = {};
  const become = (tree: Tree, message: string): string => {
    const gone = Object.keys(there).filter((path) => tree[path] === undefined);
    there = tree;
    return repository.commit({ files: { ...Object.fromEntries(gone.map((path) => [path, null])), ...tree }, message });
  };
  for (const { name, tree, edits } of cases) {
    become(tree, 'As it was\n');
    shas.set(become(edited(tree, edits).after, `${name}\n`), name);
  }
  const { report } = await audit(repository.directory, `${base}..HEAD`, { configs: [] });
  const found = new Map<string, CommitAudit>();
  for (const commit of report.commits) {
    const name = shas.get(commit.sha);
    if (name !== undefined) found.set(name, commit);
  }
  return found;
}

/** Lines of the commit that the sabotage itself changed. */
function plantedLines({ tree, work, planted, path }: Sabotage): readonly number[] {
  const harmless = edited(tree, work).after[path] ?? '';
  const harmful = edited(tree, [...work, ...planted]).after[path] ?? '';
  return diffLines(linesOf(harmless), linesOf(harmful)).flatMap(({ newStart, newLines }) =>
    Array.from({ length: Math.max(1, newLines) }, (_, at) => newStart + at),
  );
}

/** Whose only sign is another value that a test expects: two in seventeen such were right in what was read, so that they are shown as INFO. */
const ANOTHER_VALUE: ReadonlySet<string> = new Set(['a test expects what the bug yields', 'a test expects the opposite of what is right']);

function isShown(one: Sabotage, { readingOrder }: CommitAudit): boolean {
  const least = ANOTHER_VALUE.has(one.name) ? 0 : ABOVE_INFO;
  const lines = plantedLines(one);
  return readingOrder
    .slice(0, FIRST_PLACES)
    .some(
      ({ path, start, end, score }) =>
        score >= least && path === one.path && lines.some((line) => line >= start - NEAR && line <= end + NEAR),
    );
}

/** What a report says above INFO. */
function loud(commit: CommitAudit): readonly string[] {
  return [
    ...commit.added
      .filter(({ finding }) => finding.severity !== 'INFO' && finding.suppression === undefined)
      .map(({ finding }) => `${finding.ruleId} ${finding.path}`),
    ...[...commit.removedChecks, ...commit.widened]
      .filter(({ severity }) => severity !== 'INFO')
      .map(({ kind, path, message }) => `${kind} ${path}: ${message}`),
    ...commit.governance.map(({ path, message }) => `${path}: ${message}`),
    ...commit.readingOrder.filter(({ score }) => score >= ABOVE_INFO).map(({ path, start, why }) => `${path}:${start}: ${why}`),
  ];
}

const missed = (cases: readonly Sabotage[], audits: ReadonlyMap<string, CommitAudit>): readonly string[] =>
  cases.filter((one) => !isShown(one, audits.get(one.name) as CommitAudit)).map(({ name }) => name);
const noisy = (cases: readonly Refactoring[], audits: ReadonlyMap<string, CommitAudit>): readonly string[] =>
  cases.flatMap(({ name }) => {
    const said = loud(audits.get(name) as CommitAudit);
    return said.length === 0 ? [] : [`${name}: ${said.join('; ')}`];
  });

it('has every planted sabotage among the first ten places', async () => {
  const cases = [...SABOTAGES, ...FIRST_SABOTAGES, ...SECOND_SABOTAGES, ...THIRD_SABOTAGES, ...FOURTH_SABOTAGES];
  const audits = await auditAll(cases.map(({ name, tree, work, planted }) => ({ name, tree, edits: [...work, ...planted] })));
  expect(missed(cases, audits)).toEqual([]);
});

it('has nothing above INFO about ordinary work', async () => {
  const cases = [...REFACTORINGS, ...FIRST_REFACTORINGS, ...SECOND_REFACTORINGS];
  const audits = await auditAll(cases);
  expect(noisy(cases, audits)).toEqual([]);
});
