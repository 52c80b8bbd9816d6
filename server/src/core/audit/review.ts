/**
 * What a commit took away and what it opened: one pass over its changed files. Each analysis is a module of its own that compares the two sides; this one
 * reads the files once, hands them on and puts the answers in order. Nothing of the changed files is executed, and none of them can silence it.
 */
import { widenedAgents } from './agentSettings.js';
import type { FileChange } from './change.js';
import { configsOf } from './configs.js';
import { changedDependencies, lockConcerns } from './dependencies.js';
import { widenedFiles } from './fileChanges.js';
import { addedFlags } from './flags.js';
import { widenedInfrastructure } from './infrastructure.js';
import { loosenedSettings } from './lintSettings.js';
import { lostProtections } from './lost.js';
import { lostTests } from './lostTests.js';
import { lostPipelineChecks, widenedPipelines } from './pipelines.js';
import type { AddedSuppression, DependencyChange, RemovedCheck, SetApart, Widened } from './report.js';
import { setApartOf } from './setApart.js';
import { readPairs, type ReviewTools } from './side.js';
import { addedSuppressions } from './suppressed.js';
import { matchUnits } from './units.js';

export interface Review {
  readonly removedChecks: readonly RemovedCheck[];
  readonly widened: readonly Widened[];
  readonly suppressions: readonly AddedSuppression[];
  readonly dependencies: readonly DependencyChange[];
  /** Paths of CI workflows that are touched. */
  readonly workflows: readonly string[];
  readonly setApart: readonly SetApart[];
  /** What could not be compared, one sentence each. */
  readonly problems: readonly string[];
}

const WORKFLOWS =
  /(?:^|\/)(?:\.github\/(?:workflows|actions)\/.+\.ya?ml|\.gitlab-ci\.ya?ml|\.gitlab\/.+\.ya?ml|\.circleci\/.+\.ya?ml|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml|Jenkinsfile|\.travis\.yml|\.drone\.yml|\.woodpecker\/.+\.ya?ml|\.buildkite\/.+\.ya?ml|cloudbuild\.ya?ml)$/;

/** @param changes of one commit, or of a whole range as one change */
export async function reviewChanges(changes: readonly FileChange[], tools: ReviewTools): Promise<Review> {
  const setApart = changes.map(setApartOf).filter((apart) => apart !== undefined);
  const unread = new Set(setApart.map(({ path }) => path));
  const { pairs, problems } = await readPairs(changes, tools, unread);
  const matched = matchUnits(pairs);
  const configs = configsOf(pairs);
  const flagged = addedFlags(pairs);
  const silenced = addedSuppressions(pairs);
  const made = new Set(setApart.filter(({ why }) => why === 'generated').map(({ path }) => path));
  return {
    removedChecks: grouped(
      bunched(
        inOrder([
          ...lostProtections(pairs, matched),
          ...lostTests(pairs, matched),
          ...silenced.removedChecks,
          ...lostPipelineChecks(pairs, configs),
          ...loosenedSettings(pairs, configs),
          ...flagged.removedChecks,
        ]).map((check) =>
          // What a program wrote is mended where it was made from.
          made.has(check.path) ? { ...check, severity: 'INFO' as const } : check,
        ),
      ),
    ),
    widened: [
      ...widenedAgents(configs),
      ...widenedPipelines(configs),
      ...widenedInfrastructure(pairs, configs),
      ...widenedFiles(changes),
      ...flagged.widened,
    ].toSorted((a, b) => compare(a.path, b.path) || a.line - b.line || compare(a.setting, b.setting)),
    suppressions: silenced.suppressions,
    dependencies: [
      ...changedDependencies(pairs, configs),
      ...setApart.flatMap(({ path, why }) => {
        const change = why === 'lock-file' ? changes.find((other) => other.path === path) : undefined;
        return change === undefined ? [] : lockConcerns(path, change.before, change.after);
      }),
    ],
    workflows: changes.map(({ path }) => path).filter((path) => WORKFLOWS.test(path)),
    setApart,
    problems,
  };
}

/** By place; the same thing at the same line once. */
function inOrder(checks: readonly RemovedCheck[]): RemovedCheck[] {
  const seen = new Set<string>();
  return checks
    .toSorted((a, b) => compare(a.path, b.path) || a.line - b.line || compare(a.kind, b.kind))
    .filter((check) => {
      const key = `${check.path}\0${check.line}\0${check.kind}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** Kinds of which many alike in many files are one decision: to silence a rule, to skip what fails, to report less. */
const BUNCHED: ReadonlySet<RemovedCheck['kind']> = new Set([
  'scanner-suppressed',
  'lint-suppressed',
  'test-skipped',
  'assertion-removed',
  'assertion-weakened',
  'error-handling',
  'logging',
]);

/** The same, done in many files, is told where it is done first: the others are listed as INFO, and the last of the first ones says so. */
function bunched(checks: readonly RemovedCheck[]): RemovedCheck[] {
  const files = new Map<string, Set<string>>();
  // Whatever is named in it.
  const shape = (message: string): string => message.replaceAll(/`[^`]*`|"[^"]*"|\d+/g, '');
  const keyOf = ({ kind, message, severity }: RemovedCheck): string | undefined =>
    severity === 'INFO' || (!BUNCHED.has(kind) && !message.includes('switches off'))
      ? undefined
      : kind.endsWith('-suppressed') || message.includes('switches off')
        ? message
        : `${kind}\0${shape(message)}`;
  for (const check of checks) {
    const key = keyOf(check);
    if (key !== undefined) files.set(key, (files.get(key) ?? new Set()).add(check.path));
  }
  return checks.map((check) => {
    const paths = [...(files.get(keyOf(check) ?? '') ?? [])];
    const at = paths.indexOf(check.path);
    if (paths.length <= FEW || at < FEW - 1) return check;
    if (at >= FEW) return { ...check, severity: 'INFO' };
    return { ...check, message: `${check.message}; and in ${paths.length - FEW} more files of this change` };
  });
}

/** More of one kind in one file are told each for itself. */
const FEW = 3;

/** Many of one kind in one file are one entry, at the first place: a reviewer goes through the file anyway. */
function grouped(checks: readonly RemovedCheck[]): RemovedCheck[] {
  const groups = new Map<string, RemovedCheck[]>();
  for (const check of checks) {
    const key = `${check.path}\0${check.kind}\0${check.severity}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [check]);
    else group.push(check);
  }
  const told = new Set<RemovedCheck[]>();
  return checks.flatMap((check): RemovedCheck[] => {
    const group = groups.get(`${check.path}\0${check.kind}\0${check.severity}`) as RemovedCheck[];
    if (group.length <= FEW) return [check];
    if (told.has(group)) return [];
    told.add(group);
    const more = group.slice(1).map(({ line }) => line);
    return [{ ...check, message: `${check.message}; and ${more.length} more like this in the file`, more }];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
