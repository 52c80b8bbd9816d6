/**
 * CI pipelines: what their jobs may do now that they could not before, and which checks they no longer run or no longer mind. A job or step that was moved to
 * another file, renamed or reordered changes nothing.
 */
import type { RemovedCheck, Widened } from './report.js';
import { widening, type Config } from './configs.js';
import { at, leavesOf, listAt, mapsOf, textAt, type Leaf, type Setting } from './settings.js';
import { callsAnother, GITHUB, KINDS, isPipeline, isRunByHooks, isRunByScript, toolsIn } from './pipelineTools.js';
import { lineText, type Pair } from './side.js';

interface Job {
  readonly name: string;
  readonly line: number;
  readonly job: Setting;
  readonly permissions: ReadonlyMap<string, number> | undefined;
}

const LEVELS: Readonly<Record<string, number>> = { none: 0, read: 1, write: 2 };

function permissionsOf(setting: Setting | undefined): ReadonlyMap<string, number> | undefined {
  if (setting === undefined) return undefined;
  const word = textAt(setting);
  if (word === 'write-all') return new Map([['*', 2]]);
  if (word === 'read-all') return new Map([['*', 1]]);
  return new Map([...(setting.entries ?? [])].map(([scope, level]) => [scope, LEVELS[String(textAt(level))] ?? 0]));
}

function jobsOf(root: Setting | undefined): Job[] {
  const own = permissionsOf(at(root, 'permissions'));
  return [...(at(root, 'jobs')?.entries ?? [])].map(([name, job]) => ({
    name,
    line: job.line,
    job,
    permissions: permissionsOf(at(job, 'permissions')) ?? own,
  }));
}

function triggersOf(root: Setting | undefined): Map<string, number> {
  const on = at(root, 'on') ?? at(root, 'true');
  const found = new Map(listAt(on).map(({ text, line }) => [text, line]));
  for (const [name, trigger] of on?.entries ?? []) found.set(name, trigger.line);
  return found;
}

export function widenedPipelines(configs: readonly Config[]): Widened[] {
  return configs
    .filter(({ path, after }) => GITHUB.test(path) && after !== undefined)
    .flatMap((config) => [...scopes(config), ...triggers(config), ...settings(config)]);
}

function levelOf(permissions: ReadonlyMap<string, number> | undefined, scope: string): number {
  return permissions?.get(scope) ?? permissions?.get('*') ?? 0;
}

function scopes({ path, before, after, isNew }: Config): Widened[] {
  const found: Widened[] = [];
  const was = jobsOf(before);
  const seen = new Set<string>();
  for (const job of jobsOf(after)) {
    const old = was.find(({ name }) => name === job.name) ?? (was.length === 1 ? was[0] : undefined);
    const where = at(job.job, 'permissions') ?? at(after, 'permissions');
    if (job.permissions === undefined) {
      if (old?.permissions === undefined || seen.has('lost')) continue;
      seen.add('lost');
      found.push(
        widening(
          path,
          job.line,
          'workflow-permission',
          'permissions',
          [...old.permissions.keys()].join(', '),
          '',
          "the permissions of the token are no longer limited: the repository's default holds",
          'WARNING',
        ),
      );
      continue;
    }
    for (const [scope, level] of job.permissions) {
      const line = where?.entries?.get(scope)?.line ?? where?.line ?? job.line;
      if (level <= levelOf(old?.permissions, scope) || seen.has(`${scope}:${line}`)) continue;
      // Where nothing was said, the default may have been as wide.
      if (old !== undefined && old.permissions === undefined && scope !== '*') continue;
      seen.add(`${scope}:${line}`);
      const severity = level < 2 ? 'INFO' : scope === '*' ? 'ERROR' : isNew || old === undefined ? 'INFO' : 'WARNING';
      found.push(
        widening(
          path,
          line,
          'workflow-permission',
          `permissions.${scope}`,
          nameOf(levelOf(old?.permissions, scope)),
          nameOf(level),
          `the token of \`${job.name}\` may ${level < 2 ? 'read' : 'write'} ${scope === '*' ? 'everything' : scope} now`,
          severity,
        ),
      );
    }
  }
  return found;
}

function nameOf(level: number): string {
  return level === 2 ? 'write' : level === 1 ? 'read' : 'none';
}

function triggers({ path, before, after, isNew }: Config): Widened[] {
  const was = triggersOf(before);
  return [...triggersOf(after)].flatMap(([name, line]) => {
    if (
      was.has(name) ||
      !/^(?:pull_request_target|workflow_run|issue_comment|issues|discussion|discussion_comment|pull_request_review\w*|repository_dispatch)$/.test(
        name,
      )
    )
      return [];
    const target = name === 'pull_request_target';
    return [
      widening(
        path,
        line,
        'workflow-trigger',
        'on',
        [...was.keys()].join(', '),
        name,
        `strangers can start this workflow with the repository's own token and secrets: \`${name}\``,
        target ? 'ERROR' : isNew ? 'INFO' : 'WARNING',
      ),
    ];
  });
}

const TRUST = /actor|author_association|head\.repo|\bfork\b|sender|environment|github\.ref|permission|repository ==|repository_owner|label/;

function settings({ path, before, after }: Config): Widened[] {
  const found: Widened[] = [];
  const was = leavesOf(before);
  const count = (leaves: readonly { readonly key: string; readonly value: unknown }[], key: string, value: string): number =>
    leaves.filter((leaf) => leaf.key === key && String(leaf.value) === value).length;
  const now = leavesOf(after);
  for (const [key, value, message, severity] of [
    ['persist-credentials', 'true', 'the checkout leaves its token on disk for all later steps', 'WARNING'],
    ['secrets', 'inherit', 'all secrets are handed to the called workflow', 'WARNING'],
    ['allowed_non_write_users', '*', 'everybody may start the agent', 'ERROR'],
    ['allowed_bots', '*', 'every bot may start the agent', 'WARNING'],
    ['safety-strategy', 'unsafe', 'the agent keeps the rights of the runner', 'ERROR'],
    ['show_full_output', 'true', "the agent's whole output, with what it read, is public", 'WARNING'],
    ['sandbox', 'danger-full-access', 'the agent runs without a sandbox', 'ERROR'],
  ] as const) {
    if (count(now, key, value) <= count(was, key, value)) continue;
    const leaf = now.findLast((one) => one.key === key && String(one.value) === value);
    if (leaf !== undefined) found.push(widening(path, leaf.line, 'workflow-setting', key, '', value, message, severity));
  }
  const lost = count(was, 'persist-credentials', 'false') - count(now, 'persist-credentials', 'false');
  if (lost > 0 && checkouts(after) >= checkouts(before))
    found.push(
      widening(
        path,
        1,
        'workflow-setting',
        'persist-credentials',
        'false',
        '',
        'the checkout leaves its token on disk for all later steps again',
        'WARNING',
      ),
    );
  for (const job of jobsOf(after)) {
    const old = jobsOf(before).find(({ name }) => name === job.name);
    if (old === undefined) continue;
    const runner = (one: Setting): string =>
      listAt(at(one, 'runs-on'))
        .map(({ text }) => text)
        .join(', ');
    if (/self-hosted/.test(runner(job.job)) && !/self-hosted/.test(runner(old.job)))
      found.push(
        widening(
          path,
          at(job.job, 'runs-on')?.line ?? job.line,
          'workflow-runner',
          'runs-on',
          runner(old.job),
          runner(job.job),
          'the job runs on a machine of your own, where it can leave things',
          'WARNING',
        ),
      );
    const gate = leavesOf(at(old.job, 'environment'))
      .map(({ value }) => String(value))
      .join(' ');
    if (gate !== '' && at(job.job, 'environment') === undefined)
      found.push(
        widening(
          path,
          job.line,
          'workflow-approval',
          'environment',
          gate,
          '',
          `\`${job.name}\` no longer waits for the approval of its environment`,
          'ERROR',
        ),
      );
    const condition = textAt(at(old.job, 'if')) ?? '';
    const current = textAt(at(job.job, 'if')) ?? '';
    if (TRUST.test(condition) && !TRUST.test(current))
      found.push(
        widening(
          path,
          at(job.job, 'if')?.line ?? job.line,
          'workflow-condition',
          'if',
          condition,
          current,
          `\`${job.name}\` no longer asks who started it or from where`,
          'WARNING',
        ),
      );
    const needs = listAt(at(old.job, 'needs')).map(({ text }) => text);
    const kept = new Set(listAt(at(job.job, 'needs')).map(({ text }) => text));
    const jobs = new Set(jobsOf(after).map(({ name }) => name));
    const dropped = needs.filter((name) => !kept.has(name) && jobs.has(name) && CHECK.test(name));
    if (dropped.length > 0)
      found.push(
        widening(
          path,
          job.line,
          'workflow-condition',
          'needs',
          dropped.join(', '),
          [...kept].join(', '),
          `\`${job.name}\` no longer waits for ${dropped.join(', ')}`,
          'WARNING',
        ),
      );
  }
  return found;
}

function checkouts(root: Setting | undefined): number {
  return leavesOf(root).filter(({ key, value }) => key === 'uses' && String(value).startsWith('actions/checkout@')).length;
}

// ---- checks that no longer run

const CHECK =
  /\b(?:test|tests|lint|check|checks|typecheck|audit|scan|security|codeql|semgrep|verify|validate|coverage|quality|sast|e2e|unit|integration)\b/i;

/** Checks that CI or hooks ran before the commit and do not run, or do not mind, after it. */
export function lostPipelineChecks(pairs: readonly Pair[], configs: readonly Config[]): RemovedCheck[] {
  const pipelines = pairs.filter(({ change }) => isPipeline(change.path) || isPipeline(change.oldPath ?? ''));
  if (pipelines.length === 0) return [];
  const found: RemovedCheck[] = [];
  const relevant = (pair: Pair, side: 'before' | 'after'): string => {
    const text = pair[side]?.text ?? '';
    if (!pair.change.path.endsWith('package.json')) return text;
    // Of a package, only what its scripts run.
    const lines = text.split('\n');
    const from = lines.findIndex((line) => /^\s*"scripts"\s*:/.test(line));
    if (from < 0) return '';
    const to = lines.findIndex((line, i) => i > from && /^\s*\}/.test(line));
    return lines.map((line, i) => (i > from && i < to ? line : '')).join('\n');
  };
  const now = new Set(pipelines.flatMap((pair) => [...toolsIn(relevant(pair, 'after')).keys()]));
  const told = new Set<string>();
  for (const pair of pipelines) {
    if (pair.before === undefined) continue;
    const kept = toolsIn(relevant(pair, 'after'));
    for (const [tool, line] of toolsIn(relevant(pair, 'before'))) {
      if (kept.has(tool) || now.has(tool) || told.has(tool)) continue;
      // Another tool of the kind took its place.
      const kinds = KINDS.filter((kind) => kind.test(tool));
      if (
        pipelines.some((other) => {
          const was = toolsIn(relevant(other, 'before'));
          return [...toolsIn(relevant(other, 'after')).keys()].some((name) => !was.has(name) && kinds.some((kind) => kind.test(name)));
        })
      )
        continue;
      told.add(tool);
      const packageScript = pair.change.path.endsWith('package.json');
      // A project that is put away needs no checks.
      const isPutAway =
        pair.after === undefined &&
        pairs.length >= MANY &&
        pairs.filter((other) => other.change.status === 'deleted').length * 2 > pairs.length;
      found.push({
        kind: 'ci-check',
        path: pair.change.path,
        line: pair.after === undefined ? line : Math.min(pair.after.lines.lineCount, lineNear(pair, line)),
        was: lineText(pair.before, line),
        message: `${tool} no longer runs ${packageScript ? "in this package's scripts" : 'here'}, nor in another pipeline of this commit`,
        severity:
          packageScript ||
          isPutAway ||
          isOfGoneLanguage(tool, pairs) ||
          isRunByScript(tool, pairs) ||
          isRunByHooks(tool, pipelines) ||
          isRunOtherwise(tool, pair, line) ||
          callsAnother(pair)
            ? 'INFO'
            : 'WARNING',
      });
    }
  }
  for (const config of configs) {
    if (!isPipeline(config.path) || config.before === undefined) continue;
    const elsewhere = configs.some((other) => other !== config && takesUp(other));
    for (const check of tolerated(config)) {
      const moved = elsewhere && check.message === NO_LONGER_ON('pull_request');
      found.push(moved ? { ...check, severity: 'INFO' } : check);
    }
  }
  return found;
}

/** Tools of JavaScript. */
const OF_SCRIPTS = /^(?:npm|pnpm|yarn|vitest|jest|mocha|eslint|oxlint|biome|prettier|stylelint|tsc|knip|playwright|cypress)\b/;
const OF_PYTHON = /^(?:pytest|tox|nox|unittest|mypy|pyright|ty check|ruff|flake8|pylint|black|isort|bandit|pip-audit)$/;

/** Whether the same change takes most of the code out that a tool is for: what was rewritten in another language needs other tools. */
function isOfGoneLanguage(tool: string, pairs: readonly Pair[]): boolean {
  const files = OF_SCRIPTS.test(tool) ? /\.[cm]?[jt]sx?$/ : OF_PYTHON.test(tool) ? /\.py$/ : undefined;
  if (files === undefined) return false;
  const own = pairs.filter(({ change }) => files.test(change.path));
  const gone = own.filter(({ change }) => change.status === 'deleted').length;
  return gone >= MANY && gone * 2 > own.length;
}

const NO_LONGER_ON = (trigger: string): string => `these checks no longer run on \`${trigger}\``;

/** Whether another workflow, which runs on pull requests, does more than before: it may have taken up what one no longer does. */
function takesUp({ path, after, pair }: Config): boolean {
  const more = pair.change.hunks.reduce((sum, { oldLines, newLines }) => sum + newLines - oldLines, 0);
  return GITHUB.test(path) && triggersOf(after).has('pull_request') && more >= FEW_LINES;
}

const FEW_LINES = 3;

/** Files of a change that say something by how many of them went. */
const MANY = 20;

/** What a command is for: those that find flaws are told by their names only. */
const PURPOSES: readonly RegExp[] = [
  /test|spec\b|jest|mocha|cypress|playwright|\btox\b|\bnox\b/i,
  /lint|format|fmt|prettier|biome|ruff|flake8|black|isort|clippy|rubocop|detekt|checkstyle|phpstan|psalm|\bvet\b|stylecheck|pre-?commit/i,
  /type-?s?-?check|\btsc\b|mypy|pyright|\btypes\b/i,
];

/** Whether a command of the same purpose stands where a tool was run: `just test` for `vitest`. */
function isRunOtherwise(tool: string, { change, after }: Pair, line: number): boolean {
  if (after === undefined) return false;
  const purposes = PURPOSES.filter((purpose) => purpose.test(tool));
  return change.hunks
    .filter(({ oldStart, oldLines }) => line >= oldStart && line < oldStart + oldLines)
    .flatMap(({ newStart, newLines }) => Array.from({ length: newLines }, (_, i) => lineText(after, newStart + i)))
    .some(
      (text) =>
        !/^\s*(?:-\s*)?(?:#|name:|desc:|if:|(?:run:\s*)?(?:echo|true|exit|ls|cat|cd|mkdir|rm|cp|mv|touch|find|grep|head|tail|printf|sleep|export|set)\b)|\|\|\s*(?:true|:|exit 0)/.test(
          text,
        ) && purposes.some((purpose) => purpose.test(text)),
    );
}

function lineNear(pair: Pair, line: number): number {
  let shift = 0;
  for (const hunk of pair.change.hunks) {
    if (line < hunk.oldStart) break;
    if (line < hunk.oldStart + hunk.oldLines) return Math.max(1, hunk.newStart);
    shift += hunk.newLines - hunk.oldLines;
  }
  return Math.max(1, line + shift);
}

/** Whether a step does what no step did before, and no check: its failure never counted. */
function isNewStep(leaf: { readonly path: string; readonly key: string }, now: readonly Leaf[], was: readonly Leaf[]): boolean {
  const own = leaf.path.slice(0, leaf.path.length - leaf.key.length);
  const does = now.filter(({ path, key }) => (key === 'run' || key === 'uses') && path === `${own}${key}`);
  // A job that is new may be a trial; its steps are looked at one by one.
  const job = /^jobs\.[^.[]+\./.exec(leaf.path)?.[0];
  if (job !== undefined && job.length + leaf.key.length === leaf.path.length && !was.some(({ path }) => path.startsWith(job))) return true;
  const plain = (value: unknown): string =>
    String(value)
      .replace(/@[^@]*$/, '')
      .trim();
  const times = (leaves: readonly Leaf[], key: string, value: string): number =>
    leaves.filter((other) => other.key === key && plain(other.value) === value).length;
  const runs = (leaves: readonly Leaf[]): readonly Leaf[] => leaves.filter(({ key }) => key === 'run' || key === 'uses');
  // All that was run still is: it is one more.
  if (does.length > 0 && runs(was).every(({ key, value }) => times(now, key, plain(value)) >= times(was, key, plain(value))))
    return does.every(({ key, value }) => times(now, key, plain(value)) > times(was, key, plain(value)));
  return (
    does.length > 0 &&
    does.every(
      ({ key, value }) =>
        (!CHECK.test(String(value)) || TELLING.test(String(value))) && times(now, key, plain(value)) > times(was, key, plain(value)),
    )
  );
}

/** Whether a step only hands on what another one found: a report that cannot be uploaded says nothing of the check. */
function isOfUpload(leaf: Leaf, now: readonly Leaf[]): boolean {
  const own = leaf.path.slice(0, leaf.path.length - leaf.key.length).replace(/\bwith\.$/, '');
  // Steps without names are told apart by their lines.
  const does = now.findLast(({ path, key, line }) => (key === 'run' || key === 'uses') && path === `${own}${key}` && line <= leaf.line);
  return does?.key === 'uses' && /codecov|coveralls|upload|coverage|report|comment/i.test(String(does.value));
}

/** Whether a step, by its name or what it runs, checks something; of a job, nothing is known. */
function isOfCheck(leaf: { readonly path: string; readonly key: string }, now: readonly Leaf[]): boolean {
  const own = leaf.path.slice(0, leaf.path.length - leaf.key.length);
  const does = now.filter(({ path, key }) => (key === 'run' || key === 'uses' || key === 'name') && path === `${own}${key}`);
  return does.length === 0 || does.some(({ value }) => CHECK.test(String(value)) || toolsIn(String(value)).size > 0);
}

/** What only tells the outcome of a check. */
const TELLING = /\b(?:report|upload|comment|summary|badge|notify|codecov|artifact)\b/i;

/** Whether a later step asks how this one ended. */
function isLookedAt(leaf: { readonly path: string; readonly key: string }, now: readonly Leaf[], text: string): boolean {
  const own = leaf.path.slice(0, leaf.path.length - leaf.key.length);
  const id = now.find(({ path }) => path === `${own}id`);
  return id !== undefined && text.includes(`steps.${String(id.value)}.outcome`);
}

/** Patterns of paths under which most of a project's code is, as far as a name tells. */
const BROAD =
  /^\/?(?:\*\*|src|lib|libs|app|apps|server|client|core|pkg|internal|cmd|packages|backend|frontend|api|auth|security|modules|services)(?:\/(?!.*\/\.)[^.]*)?$|\.(?:py|[cm]?[jt]sx?|go|rs|java|kt|rb|php|cs|swift|scala)["']?$/;

/** Patterns of paths under which no code is. */
const NO_CODE =
  /\.(?:mdx?|txt|rst|adoc|png|svg|jpe?g|gif|webp|ico|pdf)$|(?:^|\/)(?:docs?|documentation|images?|img|\.vscode)(?:[-_]\w+)*\/|LICENSE/;

/** Failures that no longer count, and conditions under which nothing runs. */
function tolerated({ path, before, after, pair }: Config): RemovedCheck[] {
  const found: RemovedCheck[] = [];
  if (after === undefined || pair.after === undefined) return found;
  const was = leavesOf(before);
  const now = leavesOf(after);
  const same = (leaf: { readonly key: string; readonly value: unknown }, leaves: typeof now): number =>
    leaves.filter((other) => other.key === leaf.key && String(other.value) === String(leaf.value)).length;
  const told = new Set<string>();
  for (const leaf of now) {
    const text = String(leaf.value).trim();
    const key = `${leaf.key}=${text}`;
    const tolerates = /^(?:continue-on-error|allow_failure|continueOnError|soft_fail)$/.test(leaf.key) && text === 'true';
    const never = leaf.key === 'if' && /^(?:\$\{\{\s*)?(?:false|'false'|0)(?:\s*\}\})?$/.test(text);
    const lenient =
      (leaf.key === 'exit-code' && text === '0') ||
      (/^fail[_-]?(?:ci-if-error|ci_if_error|on-error|build|on|on-severity)$/.test(leaf.key) && /^(?:false|never|none)$/.test(text)) ||
      (leaf.key === 'when' && text === 'manual' && CHECK.test(leaf.path)) ||
      (leaf.key === 'stages' && text === 'manual');
    if ((!tolerates && !never && !lenient) || told.has(key) || same(leaf, now) <= same(leaf, was)) continue;
    told.add(key);
    // A new job may be a trial; one that was there counted before.
    const last =
      now.findLast(
        (other) =>
          other.key === leaf.key &&
          String(other.value).trim() === text &&
          !was.some((old) => old.path === other.path && String(old.value).trim() === text),
      ) ?? leaf;
    found.push({
      kind: 'ci-check',
      path,
      line: last.line,
      was: lineText(pair.after, last.line),
      message: never ? 'this job or step never runs now' : 'a failure of this job or step no longer counts',
      severity:
        (lenient && isOfUpload(last, now)) ||
        (tolerates && (isNewStep(last, now, was) || isLookedAt(last, now, pair.after.text))) ||
        ((tolerates || never) && !isOfCheck(last, now))
          ? 'INFO'
          : 'WARNING',
    });
  }
  const lostTriggers = [...triggersOf(before).keys()].filter(
    (name) =>
      /^(?:pull_request|push|merge_group|schedule)$/.test(name) &&
      !triggersOf(after).has(name) &&
      !(name === 'push' && triggersOf(after).has('pull_request')) &&
      !(name === 'pull_request' && triggersOf(after).has('pull_request_target')),
  );
  const checks =
    CHECK.test(path) || mapsOf(at(after, 'jobs')).some(({ path: name }) => CHECK.test(name)) || toolsIn(pair.after.text).size > 0;
  if (GITHUB.test(path) && checks) {
    for (const name of lostTriggers)
      found.push({
        kind: 'ci-check',
        path,
        line: at(after, 'on')?.line ?? 1,
        was: name,
        message: NO_LONGER_ON(name),
        // Another workflow may call it on the same event.
        severity: name === 'pull_request' && !triggersOf(after).has('workflow_call') ? 'WARNING' : 'INFO',
      });
    const isOfChecks = CHECK.test(path) || toolsIn(pair.after.text).size > 0;
    const ignored = (root: Setting | undefined): { text: string; line: number }[] =>
      ['push', 'pull_request'].flatMap((name) => listAt(at(root, 'on', name, 'paths-ignore')));
    const old = new Set(ignored(before).map(({ text }) => text));
    const left = new Set(ignored(after).map(({ text }) => text));
    const gone = [...old].filter((text) => !left.has(text));
    // Its folder was moved: the end of its path was left out before.
    const isMovedPath = (text: string): boolean => gone.some((other) => lastParts(other) === lastParts(text));
    // For each that is new another one went, of no fewer folders.
    const depth = (text: string): number => text.split('/').length;
    const isInstead = (text: string): boolean => left.size <= old.size && gone.some((other) => depth(other) <= depth(text));
    for (const entry of ignored(after))
      if (!old.has(entry.text) && !isMovedPath(entry.text) && !NO_CODE.test(entry.text))
        found.push({
          kind: 'ci-check',
          path,
          line: entry.line,
          was: entry.text,
          message: `these checks no longer run for changes of ${entry.text}`,
          // What builds or publishes may be told by a word of its jobs only.
          severity: isOfChecks && BROAD.test(entry.text) && !isInstead(entry.text) ? 'WARNING' : 'INFO',
        });
  }
  if (path.endsWith('.pre-commit-config.yaml')) {
    const ids = (root: Setting | undefined): Map<string, number> =>
      new Map(
        leavesOf(root)
          .filter(({ key }) => key === 'id')
          .map(({ value, line }) => [String(value), line]),
      );
    const kept = ids(after);
    for (const [id, line] of ids(before))
      // Under another id of the same tool it runs on: `ruff` for `ruff-check`.
      if (!kept.has(id) && ![...kept.keys()].some((other) => other.split('-')[0] === id.split('-')[0] && !ids(before).has(other)))
        found.push({
          kind: 'ci-check',
          path,
          line: lineNear(pair, line),
          was: id,
          message: `the hook ${id} no longer runs before commits`,
          severity:
            /secret|leak|bandit|semgrep|countersign|private-key|mypy|ruff|eslint|pylint|flake8/.test(id) &&
            !/format|fmt/.test(id) &&
            kept.size > 0
              ? 'WARNING'
              : 'INFO',
        });
  }
  return found;
}

/** The last name of a path, without what stands for everything below it. */
function lastParts(path: string): string {
  return (
    path
      .replace(/(?:\/\*+)+$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}
