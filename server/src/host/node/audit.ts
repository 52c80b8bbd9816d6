/**
 * An audit: what the commits of a range added and took away, one by one and in sum, judged by what their base says. Git is asked for commits and for names of
 * changed files first, then every version of a file is scanned once, then change after change is compared. The command line and the language server share it.
 */
import type { AivssVersion, CancelSignal, FileReport, Profile, RuleInfo, ScanError } from '../../core/index.js';
import { DEFAULT_AIVSS } from '../../core/index.js';
import type { AuditReport, CommitAudit } from '../../core/audit/report.js';
import type { FileChange } from '../../core/audit/change.js';
import type { Review } from '../../core/audit/review.js';
import type { Attribution } from '../../core/provenance/attribution.js';
import { auditChanges, entriesToRead, reviewSet } from './audit/commit.js';
import type { AuditContext, ChangeSet } from './audit/commit.js';
import { baseIgnores } from './audit/ignored.js';
import { createParts } from './audit/parts.js';
import { governingRules } from './audit/rules.js';
import type { RulesWanted } from './audit/rules.js';
import { scanVersions } from './audit/scan.js';
import { createTextStore } from './audit/texts.js';
import { createVersionTrees } from './audit/trees.js';
import type { TargetLimits } from './files-scan.js';
import { createTreeDiffs } from './git/changes.js';
import type { ChangedEntry, TreeDiffs } from './git/changes.js';
import { readCommit, subjectOf } from './git/log.js';
import type { Commit } from './git/log.js';
import { rulesDigest } from './git/countersign.js';
import { createObjectReader } from './git/objects.js';
import { pendingChanges } from './git/pending.js';
import { resolveRange } from './git/range.js';
import type { AuditQuestion, ResolvedRange } from './git/range.js';
import { openRepository } from './git/repository.js';
import type { Repository } from './git/repository.js';

export interface AuditOptions extends RulesWanted {
  /** Absolute; anywhere inside the repository. */
  readonly directory: string;
  readonly question: AuditQuestion;
  /** Commits at most: the newest. */
  readonly maxCommits: number;
  /** What the caller asks for; undefined: what the base's configuration asks for. */
  readonly profile?: Profile;
  readonly aivss?: AivssVersion;
  readonly limits: TargetLimits;
  readonly jobs: number;
  readonly workerUrl: URL;
  /** Changed files of one commit, and of the range as a whole, that are compared; code first. Default 10,000. */
  readonly maxFiles?: number;
  /** Without: only the range as a whole. */
  readonly perCommit: boolean;
  /** For tests: compare checks in all of every changed file, also in what its change leaves alone. */
  readonly whole?: boolean;
  readonly cancel?: CancelSignal;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface AuditRun {
  readonly report: AuditReport;
  /** Of the rules that ran. */
  readonly rules: readonly RuleInfo[];
  /** Rules and packs that could not be used as written. */
  readonly ruleErrors: readonly ScanError[];
  /** Rules that were asked for and did not run, one sentence each: the run fails. */
  readonly failures: readonly string[];
  readonly disabledRules: readonly string[];
  /** Of the rule files that governed, what was left out of them and the profile: what a countersignature names. */
  readonly rulesDigest: string;
  readonly aivss: AivssVersion;
  /** Of the changed files, as the head has them, in order of their paths. */
  readonly files: readonly FileReport[];
}

export type AuditOutcome =
  | { readonly kind: 'audited'; readonly run: AuditRun }
  | {
      readonly kind: 'unusable';
      /** `range`: there is a repository, but not what was asked about. */
      readonly reason: 'no-folder' | 'no-git' | 'no-repository' | 'refused' | 'range';
      readonly message: string;
    };

const DEFAULT_MAX_FILES = 10_000;

/** Never throws for a repository, however broken: what cannot be looked at is in the report's `problems`. */
export async function auditRange(options: AuditOptions): Promise<AuditOutcome> {
  const opened = await openRepository(options.directory);
  if (opened.kind === 'closed') return { kind: 'unusable', reason: opened.reason, message: opened.message };
  const { repository } = opened;
  const reader = createObjectReader(repository);
  const resolved = await resolveRange(repository, reader, options.question, options.maxCommits);
  if (resolved.kind === 'unusable') {
    reader.close();
    return { ...resolved, reason: 'range' };
  }
  const diffs = createTreeDiffs(repository);
  const parts = createParts(repository, reader, diffs, options.whole);
  try {
    return { kind: 'audited', run: await audit(options, repository, resolved.range, { reader, diffs, parts }) };
  } finally {
    reader.close();
    diffs.close();
  }
}

interface Tools {
  readonly reader: ReturnType<typeof createObjectReader>;
  readonly diffs: TreeDiffs;
  readonly parts: ReturnType<typeof createParts>;
}

interface ListedCommit {
  readonly commit: Commit;
  readonly set: ChangeSet;
  readonly problems: readonly string[];
}

async function audit(options: AuditOptions, repository: Repository, range: ResolvedRange, tools: Tools): Promise<AuditRun> {
  const { reader, parts } = tools;
  const problems = [...range.problems, ...aboutRepository(repository)];
  const governing = await governingRules(repository, reader, range.base, options);
  problems.push(...governing.errors.map(({ path, message }) => `${path} of the base commit: ${message}`));

  const listed: ListedCommit[] = [];
  for (const { sha, parents } of range.commits) {
    const commit = await readCommit(reader, sha, parents);
    if (commit === undefined) problems.push(`${sha}: the commit is not in the repository, so it could not be looked at`);
    else listed.push({ commit, ...(await changesOf(commit, repository, tools)) });
  }
  const total = await totalChanges(repository, range, tools);
  problems.push(...total.problems);

  const maxFiles = options.maxFiles ?? DEFAULT_MAX_FILES;
  const each = options.perCommit ? listed : [];
  const trees = createVersionTrees();
  const scanning = scanVersions({
    trees,
    repository,
    entries: allEntries([...each.map(({ set }) => set), total.set], maxFiles),
    config: { sources: governing.sources, profile: options.profile ?? governing.profile ?? 'default', disabledRules: governing.disabled },
    limits: options.limits,
    jobs: options.jobs,
    checkRules: !governing.builtinOnly,
    workerUrl: options.workerUrl,
    ...(options.cancel === undefined ? {} : { cancel: options.cancel }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  const store = createTextStore(reader, options.limits.maxBytes, repository.bare ? undefined : repository.directory);
  // While threads scan, this one compares checks and settings.
  const reviews: Review[] = [];
  const review = async (set: ChangeSet): Promise<Review> => reviewSet(set, { store, maxFiles, parts, trees });
  const reviewing = (async () => {
    for (const { set } of each) if (options.cancel?.cancelled !== true) reviews.push(await review(set));
  })();
  const [scans] = await Promise.all([scanning, reviewing]);
  const aivss = options.aivss ?? governing.aivss ?? DEFAULT_AIVSS;
  const context: AuditContext = {
    store,
    ignores: await baseIgnores(repository, reader, range.base, pathsOf([...each.map(({ set }) => set), total.set])),
    scans,
    parts,
    rules: new Map(scans.rules.map((rule) => [rule.id, rule])),
    aivss,
    config: governing.config,
    maxFiles,
    baseText: baseTexts(total.set.entries, store),
  };

  const commits: CommitAudit[] = [];
  const attributions: Attribution[] = [];
  for (const [at, { commit, set, problems: own }] of listed.entries()) {
    if (options.cancel?.cancelled === true) break;
    const attribution = await parts.attributor.attribute(commit);
    attributions.push(attribution);
    const reviewed = reviews[at];
    if (reviewed === undefined) continue;
    // The lines themselves are kept for one change only: that of the whole range.
    const changes = await auditChanges(set, { ...context, excerpts: listed.length === 1 }, reviewed, () => Promise.resolve(attribution));
    commits.push({ ...headOf(commit), ...changes, problems: [...own, ...changes.problems] });
  }
  const [single] = commits;
  const whole =
    commits.length === 1 && single !== undefined && single.parents[0] === range.base && range.cut === false
      ? single
      : {
          ...headOf(listed.at(-1)?.commit, range.head),
          ...(await auditChanges(total.set, { ...context, excerpts: true }, await review(total.set), (changes) =>
            attributionInSum(tools, range, listed, changes),
          )),
        };
  return {
    report: {
      range: range.shown,
      base: range.base ?? '',
      head: range.head ?? '',
      commits,
      total: whole,
      attributed: {
        recorded: attributions.filter(({ tier }) => tier === 'recorded').length,
        declared: attributions.filter(({ tier }) => tier === 'declared').length,
        unknown: attributions.filter(({ tier }) => tier === 'unknown').length,
      },
      agents: countAgents(attributions),
      problems: [...new Set([...problems, ...(await parts.attributor.problems())])],
      rules: scans.rules.map(({ id, severity, metadata: { tier, maestro } }) => ({
        id,
        severity,
        tier,
        ...(maestro[0] === undefined ? {} : { layer: maestro[0] }),
      })),
    },
    rules: scans.rules,
    ruleErrors: [...governing.errors, ...scans.errors],
    failures: governing.problems,
    disabledRules: governing.disabled,
    rulesDigest: rulesDigest(governing.sources, governing.disabled, options.profile ?? governing.profile ?? 'default'),
    aivss,
    files: total.set.entries
      .flatMap((entry) => scans.report(entry, 'new') ?? [])
      .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
  };
}

function aboutRepository({ shallow, partial }: Repository): readonly string[] {
  return [
    ...(shallow
      ? ['this clone is shallow: the oldest commit that it has seems to have added everything, and notes or older commits may be missing']
      : []),
    ...(partial
      ? ['this is a partial clone: versions of files that it does not have are not fetched, and are named where they are missed']
      : []),
  ];
}

/** Against each parent; of a merge, only what differs from all of them. */
async function changesOf(commit: Commit, repository: Repository, { reader, diffs }: Tools): Promise<Omit<ListedCommit, 'commit'>> {
  const trees: string[] = [];
  const problems: string[] = [];
  for (const parent of commit.parents) {
    const known = await readCommit(reader, parent);
    if (known === undefined) problems.push(`the parent ${parent.slice(0, 12)} is not in the repository: compared with nothing`);
    else trees.push(known.tree);
  }
  const [first = repository.emptyTree, ...others] = trees;
  const entries = await diffs.between(first, commit.tree);
  if (entries === undefined)
    return {
      set: { entries: [], others: [] },
      problems: [...problems, 'git could not compare it with its parent: some of its objects are missing or broken'],
    };
  const against: (readonly ChangedEntry[])[] = [];
  for (const tree of others) against.push((await diffs.between(tree, commit.tree)) ?? []);
  const everywhere = against.map((list) => new Set(list.map(({ path }) => path)));
  const own = entries.filter(({ path }) => everywhere.every((paths) => paths.has(path)));
  const kept = new Set(own.map(({ path }) => path));
  return { set: { entries: own, others: against.map((list) => list.filter(({ path }) => kept.has(path))) }, problems };
}

/** From the base to the head, or to what is not committed yet. */
async function totalChanges(
  repository: Repository,
  range: ResolvedRange,
  { reader, diffs }: Tools,
): Promise<{ readonly set: ChangeSet; readonly problems: readonly string[] }> {
  const treeOf = async (sha: string | undefined): Promise<string | undefined> =>
    sha === undefined ? repository.emptyTree : (await readCommit(reader, sha))?.tree;
  const base = await treeOf(range.base);
  const none = { entries: [], others: [] };
  if (base === undefined)
    return { set: none, problems: [`the base commit ${range.base ?? ''} is not in the repository: nothing to compare with`] };
  if (range.also !== undefined) {
    const pending = await pendingChanges(repository, range.also, base);
    return pending.kind === 'failed'
      ? { set: none, problems: [`git could not list the changes: ${pending.message}`] }
      : { set: { entries: pending.entries, others: [] }, problems: [] };
  }
  const head = await treeOf(range.head);
  const entries = head === undefined ? undefined : await diffs.between(base, head);
  return entries === undefined
    ? { set: none, problems: ['git could not compare the base with the head: some of their objects are missing or broken'] }
    : { set: { entries, others: [] }, problems: [] };
}

function* pathsOf(sets: readonly ChangeSet[]): Iterable<string> {
  for (const { entries } of sets) for (const { path } of entries) yield path;
}

function* allEntries(sets: readonly ChangeSet[], max: number): Iterable<ChangedEntry> {
  for (const set of sets) {
    yield* entriesToRead(set.entries, max);
    for (const other of set.others) yield* entriesToRead(other, max);
  }
}

/** The base's text under a path that any commit of the range may use. */
function baseTexts(entries: readonly ChangedEntry[], store: ReturnType<typeof createTextStore>): AuditContext['baseText'] {
  const byPath = new Map<string, ChangedEntry>();
  for (const entry of entries) {
    if (entry.oldPath !== undefined) byPath.set(entry.oldPath, entry);
    byPath.set(entry.path, entry);
  }
  return async (path) => {
    const entry = byPath.get(path);
    const side = entry === undefined ? undefined : await store.side(entry, 'old');
    return side?.kind === 'text' ? side.text : undefined;
  };
}

function headOf(commit: Commit | undefined, head?: string): Pick<CommitAudit, 'sha' | 'parents' | 'subject' | 'author' | 'date'> {
  if (commit === undefined) return { sha: head ?? '', parents: [], subject: '', author: { name: '', email: '' }, date: '' };
  const { sha, parents, message, author, committer } = commit;
  return { sha, parents, subject: subjectOf(message), author: { name: author.name, email: author.email }, date: committer.date };
}

/** Of a range as one change, or of what is not committed yet. */
async function attributionInSum(
  { parts: { attributor }, reader }: Tools,
  range: ResolvedRange,
  listed: readonly ListedCommit[],
  changes: readonly FileChange[],
): Promise<Attribution> {
  const commits = listed.map(({ commit }) => commit);
  if (range.also !== undefined || range.head === undefined)
    return attributor.pending(range.head === undefined ? undefined : await readCommit(reader, range.head), changes);
  const paths = changes.filter(({ status }) => status !== 'deleted').map(({ path }) => path);
  return attributor.across({ head: range.head, paths, commits, ...(range.base === undefined ? {} : { base: range.base }) });
}

function countAgents(attributions: readonly Attribution[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { evidence } of attributions)
    for (const agent of new Set(evidence.filter(({ role }) => role === 'write').map((one) => one.agent)))
      counts.set(agent, (counts.get(agent) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}
