/**
 * Configurations of linters, type checkers, scanners and coverage that ask for less than before, and switches of the project's own settings that turn a
 * protection off. Compared by effect: a rule that moved to another file of the commit is still there.
 */
import type { Severity } from '../model/rule.js';
import { isAgentFile } from './agentSettings.js';
import type { Config } from './configs.js';
import { isPipeline } from './pipelineTools.js';
import { SWITCHES } from './protections.js';
import type { CheckKind, RemovedCheck } from './report.js';
import { at, leavesOf, listAt, mapsOf, textAt, type Leaf, type Setting } from './settings.js';
import { lineText, type Pair } from './side.js';
import { NOISY, OF_TYPES } from './suppressed.js';
import { isTestPath, isTestData } from '../model/testPaths.js';
import { words } from './words.js';

export function loosenedSettings(pairs: readonly Pair[], configs: readonly Config[]): RemovedCheck[] {
  const found = [
    ...configs.flatMap((config) => [...rules(config), ...lists(config), ...strictness(config), ...thresholds(config), ...switches(config)]),
    ...pairs.flatMap(ignoreFiles),
    ...pairs.flatMap((pair) => hooksGone(pair, pairs)),
    ...pairs.flatMap(commandThresholds),
    ...pairs.flatMap(environment),
  ];
  return found.map((one) => (isTestData(one.path) ? { ...one, severity: 'INFO' } : one));
}

function check(kind: CheckKind, path: string, line: number, was: string, message: string, severity: Severity): RemovedCheck {
  return { kind, path, line, was: was.slice(0, 200), message, severity };
}

// ---- rules of linters

const LEVELS: Readonly<Record<string, number>> = {
  off: 0,
  '0': 0,
  none: 0,
  false: 0,
  info: 1,
  warn: 1,
  warning: 1,
  '1': 1,
  error: 2,
  '2': 2,
  deny: 2,
  forbid: 3,
};
const SECURITY_RULE =
  /security|no-eval|no-implied-eval|no-new-func|no-danger|no-unsanitized|no-unsafe|detect-|xss|sql|injection|secret|crypto|^S\d{3}|^B[1-7]\d{2}/;

function levelOf(setting: Setting | undefined): number | undefined {
  const own = textAt(setting) ?? textAt(setting?.items?.[0]) ?? textAt(at(setting, 'level'));
  return own === undefined ? undefined : LEVELS[own.toLowerCase()];
}

function rules({ path, before, after, pair }: Config): RemovedCheck[] {
  if (
    after === undefined ||
    !/eslint|oxlint|biome|stylelint|tslint|package\.json$|Cargo\.toml$|clippy|detekt|golangci|semgrep|\.swiftlint|pyproject/.test(path)
  )
    return [];
  const found: RemovedCheck[] = [];
  // Overrides for the same files, or for files that nothing names, are told apart by how many of them there are.
  const [old, current] = [mapsByPath(before), mapsByPath(after)];
  const levels = (maps: readonly Setting[], rule: string): number[] => maps.flatMap((map) => levelOf(map.entries?.get(rule)) ?? []);
  for (const { path: where, map } of mapsOf(after)) {
    if (!/(?:^|\.)(?:rules|lints\.\w+|linter\.rules\.\w+)$/.test(where)) continue;
    const was = old.get(where);
    for (const [rule, value] of map.entries ?? []) {
      const now = levelOf(value);
      if (now === undefined || was === undefined || (pair.change.status !== 'renamed' && !isTouched(pair, value.line))) continue;
      const then = levels(was, rule);
      if (now > 0 && !then.some((level) => level > now)) continue;
      const lax = (all: readonly number[]): number => all.filter((level) => level <= now).length;
      if (lax(levels(current.get(where) ?? [], rule)) <= lax(then)) continue;
      const scanner = SECURITY_RULE.test(rule) && !OF_TYPES.test(rule);
      found.push(
        check(
          scanner ? 'scanner-suppressed' : 'lint-suppressed',
          path,
          value.line,
          rule,
          `the rule ${rule.slice(0, 60)} ${now === 0 ? 'is off' : 'only warns'} now`,
          scanner ? 'WARNING' : 'INFO',
        ),
      );
    }
  }
  return found;
}

function mapsByPath(root: Setting | undefined): ReadonlyMap<string, readonly Setting[]> {
  const found = new Map<string, Setting[]>();
  for (const { path, map } of mapsOf(root)) found.set(path, [...(found.get(path) ?? []), map]);
  return found;
}

/** @param line of the newer side, 1-based, in which a setting begins: its level may stand in one of the next lines */
function isTouched({ change }: Pair, line: number): boolean {
  return change.hunks.some(({ newStart, newLines }) => line + 2 >= newStart && line < newStart + newLines);
}

// ---- lists of what is left out

const LISTS =
  /(?:^|\.)(?:ignore|extend-ignore|ignores|ignorePatterns|exclude|extend-exclude|exclude_dirs|skips|skip|disable|disabled_rules|disable_error_code|per-file-ignores(?:\.[^.]*|\."[^"]*")?|testPathIgnorePatterns|coveragePathIgnorePatterns|modulePathIgnorePatterns|omit|addopts|exclude_lines|collect_ignore|exclude-rules|linters\.disable|ignored_vulnerabilities|allowlist\.(?:paths|regexes|commits|stopwords)|ignored-findings|skip-dirs)(?:\[\])?$/;

const LEAVING_OUT = /--ignore(?:-glob)?[= ]\S+|--deselect[= ]\S+|-[km] (?:"[^"]*"|'[^']*'|\S+)/g;

/** Whether options of a test run leave out what they did not leave out before. */
function isLeftOut(value: string, before: readonly Leaf[]): boolean {
  const old = before.map((leaf) => String(leaf.value)).join('\n');
  return (value.match(LEAVING_OUT) ?? []).some((option) => !old.includes(option) && (!/^-[km]/.test(option) || /\bnot\b/.test(option)));
}

function lists({ path, before, after, isNew }: Config): RemovedCheck[] {
  if (
    after === undefined ||
    isNew ||
    !/(?:eslint|oxlint|biome|stylelint|pyproject\.toml|setup\.cfg|ruff|mypy|pyright|bandit|gitleaks|semgrep|trivy|snyk|golangci|jest|vitest|package\.json|tsconfig|coverage|codecov|nycrc|countersign|checkov|codeql|sonar|osv|deny\.toml|audit)[^/]*$/.test(
      path,
    )
  )
    return [];
  const found: RemovedCheck[] = [];
  // A table of settings may have got another name.
  const was = new Set(
    leavesOf(before).flatMap((leaf) => [`${generic(leaf)}\0${String(leaf.value)}`, `${lastOf(leaf)}\0${String(leaf.value)}`]),
  );
  for (const leaf of leavesOf(after)) {
    const place = generic(leaf);
    if (!LISTS.test(place) || leaf.value === false) continue;
    if (was.has(`${place}\0${String(leaf.value)}`) || was.has(`${lastOf(leaf)}\0${String(leaf.value)}`)) continue;
    const value = String(leaf.value);
    if (path.endsWith('package.json') && !/jest|eslintConfig|nyc|c8/.test(place)) continue;
    if (
      /tsconfig/.test(path) ||
      (/(?:^|\.)(?:exclude|ignore\w*|skip)(?:\[\])?$/.test(place) &&
        /^(?:\*\*\/)?(?:node_modules|dist|build|coverage|\.venv|venv|out|target|\.next|\.git|\.cache|__pycache__|.*\.(?:d\.ts|snap|md))(?:\/|\*|$)/.test(
          value,
        ))
    )
      continue;
    const scanner =
      /gitleaks|semgrep|trivy|snyk|bandit|codeql|checkov|countersign|osv|deny\.toml/.test(path + place) ||
      (/^(?:S\d{3}|B[1-7]\d{2}|S)$/.test(value) && !NOISY.test(value));
    const tests = /testPathIgnore|collect_ignore|addopts/.test(place);
    // A list has what follows `-k` and `-m` by itself.
    if (/addopts(?:\[\])?$/.test(place) && !isLeftOut(value, leavesOf(before)) && !/^not\b/.test(value)) continue;
    found.push(
      check(
        tests ? 'test-skipped' : scanner ? 'scanner-suppressed' : 'lint-suppressed',
        path,
        leaf.line,
        value,
        `${tests ? 'tests are' : 'more is'} left out now: ${value.slice(0, 80)}`,
        scanner || tests ? 'WARNING' : 'INFO',
      ),
    );
  }
  for (const key of ['select', 'extend-select', 'enable', 'extends', 'plugins']) {
    for (const { path: where, map } of mapsOf(before)) {
      const value = at(map, key);
      const now = mapsOf(after).find((other) => other.path === where)?.map;
      if (
        value?.items === undefined ||
        now === undefined ||
        at(now, key) === undefined ||
        !/ruff|lint|mypy|pylint|golangci|eslint/.test(path + where)
      )
        continue;
      const kept = new Set(listAt(at(now, key)).map(({ text }) => text));
      if (kept.has('ALL') || kept.has('*')) continue;
      for (const { text } of listAt(value)) {
        if (kept.has(text) || [...kept].some((other) => text.startsWith(other))) continue;
        const scanner = /^S\d*$|^B\d*$|security|gosec/.test(text);
        found.push(
          check(
            scanner ? 'scanner-suppressed' : 'lint-suppressed',
            path,
            at(now, key)?.line ?? 1,
            text,
            `${text.slice(0, 60)} is no longer checked`,
            scanner ? 'WARNING' : 'INFO',
          ),
        );
      }
    }
  }
  return found;
}

/** The last two names of a setting's path that say what it is of: `ruff.ignore` for `tool.ruff.ignore` and for `tool.ruff.lint.ignore`. */
function lastOf(leaf: Leaf): string {
  const names = generic(leaf)
    .split('.')
    .filter((name) => name !== 'lint' && name !== 'linter');
  return names.slice(-2).join('.');
}

function generic(leaf: Leaf): string {
  return leaf.path.replaceAll(/\[[^\]]*\]/g, '[]');
}

// ---- strictness of type checkers and the like

const STRICT =
  /(?:^|\.)(?:strict|strictNullChecks|noImplicitAny|strictFunctionTypes|noUncheckedIndexedAccess|noImplicitReturns|alwaysStrict|useUnknownInCatchVariables|disallow_untyped_defs|disallow_any_\w+|check_untyped_defs|no_implicit_optional|warn_return_any|warn_unused_ignores|strict_optional|forceConsistentCasingInFileNames|typeCheckingMode|noEmitOnError|reportUnusedDisableDirectives|forbidOnly|xfail_strict|require_serial|warningsAsErrors|TreatWarningsAsErrors|checkJs)$/;
const LAX =
  /(?:^|\.)(?:ignore_missing_imports|ignore_errors|allow_untyped_defs|allowJs|skipLibCheck|suppressImplicitAnyIndexErrors|noCheck|ignoreBuildErrors|ignoreDuringBuilds|exit-zero|passWithNoTests|allowOnly|bail|isolatedModules)$/;

/** Whether a setting of a part, `tool.mypy.overrides[0].strict_optional`, is one of the whole now: `tool.mypy.strict_optional`. */
function isAskedOfMore(leaf: Leaf, now: Iterable<Leaf>): boolean {
  const holder = ({ path, key }: Leaf): string => path.slice(0, -key.length);
  for (const other of now) {
    const isWider = holder(other) !== '' && holder(other).length < holder(leaf).length && holder(leaf).startsWith(holder(other));
    if (isWider && other.key === leaf.key && String(other.value) === String(leaf.value)) return true;
  }
  return false;
}

function strictness({ path, before, after, isNew }: Config): RemovedCheck[] {
  if (after === undefined || isNew) return [];
  const found: RemovedCheck[] = [];
  const now = new Map(leavesOf(after).map((leaf) => [leaf.path, leaf]));
  const was = new Map(leavesOf(before).map((leaf) => [leaf.path, leaf]));
  for (const [name, leaf] of was) {
    if (!STRICT.test(name) || !/^(?:true|strict|standard|all)$/.test(String(leaf.value))) continue;
    const other = now.get(name);
    if (other !== undefined && String(other.value) === String(leaf.value)) continue;
    if (other === undefined && isAskedOfMore(leaf, now.values())) continue;
    if (
      other === undefined &&
      (String(leaf.value) !== 'true' ||
        !/tsconfig|mypy|pyproject|setup\.cfg|pyright/.test(path) ||
        [...now.keys()].some(
          (key) => key.endsWith('.strict') || key === 'strict' || key.endsWith('extends') || key.startsWith('references['),
        ))
    )
      continue;
    found.push(
      check(
        'lint-suppressed',
        path,
        other?.line ?? 1,
        `${leaf.key} = ${String(leaf.value)}`,
        `\`${leaf.key}\` is no longer checked`,
        'WARNING',
      ),
    );
  }
  for (const [name, leaf] of now) {
    if (!LAX.test(name) || String(leaf.value) !== 'true' || String(was.get(name)?.value) === 'true') continue;
    if (/skipLibCheck|allowJs|isolatedModules/.test(name)) continue;
    found.push(
      check(
        'lint-suppressed',
        path,
        leaf.line,
        `${leaf.key} = true`,
        `\`${leaf.key}\` lets errors pass`,
        /ignore_errors|ignoreBuildErrors|noCheck|ignoreDuringBuilds/.test(name) ? 'WARNING' : 'INFO',
      ),
    );
  }
  return found;
}

// ---- thresholds

const THRESHOLD =
  /(?:^|\.)(?:fail_under|fail-under|coverageThreshold\.[^.]+\.\w+|thresholds?(?:\.\w+)*|check-coverage\.\w+|min_coverage|minimum_coverage|minCoverage|(?:coverage|nyc|c8)\.(?:lines|branches|functions|statements)|status\.(?:project|patch)\.[^.]+\.target|mutation_score|quality_gate|break|minimumScore)$/i;

function thresholds({ path, before, after }: Config): RemovedCheck[] {
  const now = new Map(leavesOf(after).map((leaf) => [leaf.path, leaf]));
  return leavesOf(before).flatMap((leaf) => {
    if (!THRESHOLD.test(leaf.path)) return [];
    const other = now.get(leaf.path);
    const number = (value: unknown): number => Number.parseFloat(String(value));
    if (after === undefined || !Number.isFinite(number(leaf.value))) return [];
    if (other !== undefined && !(number(other.value) < number(leaf.value))) return [];
    if (other === undefined && /package\.json|pyproject/.test(path) === false) return [];
    return [
      check(
        'ci-check',
        path,
        other?.line ?? 1,
        `${leaf.key}: ${String(leaf.value)}`,
        `the threshold \`${leaf.key}\` went from ${String(leaf.value)} to ${other === undefined ? 'none' : String(other.value)}`,
        'WARNING',
      ),
    ];
  });
}

const IN_COMMAND =
  /(--(?:cov-)?fail[_-]under|--max-warnings|--check-coverage\s+--\w+|--threshold|--coverage\.thresholds\.\w+|--severity-level|--fail-on|--audit-level|fail_under|fail-under)[= ]\s*(\w+)|\b(statements|branches|functions|lines)\s*:\s*(\d+)/g;

function commandThresholds({ change, before, after }: Pair): RemovedCheck[] {
  if (before === undefined || after === undefined || /\.(?:md|rst|txt)$/.test(change.path)) return [];
  const coverage = /coverage|thresholds/i.test(after.text);
  const read = (text: string): Map<string, { value: string; index: number }> => {
    const found = new Map<string, { value: string; index: number }>();
    for (const match of text.matchAll(IN_COMMAND)) {
      const name = match[1] ?? match[3] ?? '';
      if (match[3] !== undefined && (!coverage || !/(?:jest|vitest|vite|nyc|karma|coverage)[^/]*$/.test(change.path))) continue;
      found.set(name, { value: match[2] ?? match[4] ?? '', index: match.index });
    }
    return found;
  };
  const now = read(after.text);
  const found: RemovedCheck[] = [];
  for (const [name, { value, index }] of read(before.text)) {
    const other = now.get(name);
    if (other === undefined || other.value === value) continue;
    const upper = name === '--max-warnings';
    const [was, is] = [Number(value), Number(other.value)];
    const order = ['none', 'low', 'info', 'moderate', 'medium', 'warning', 'high', 'error', 'critical'];
    const looser =
      Number.isFinite(was) && Number.isFinite(is)
        ? upper
          ? is > was || is < 0
          : is < was
        : name !== '--severity-level' && order.indexOf(other.value) > order.indexOf(value) && order.includes(value);
    if (!looser) continue;
    const line = after.lines.positionAt(other.index).line + 1;
    found.push(
      check(
        'ci-check',
        change.path,
        line,
        lineText(before, before.lines.positionAt(index).line + 1),
        `the threshold \`${name.replace(/^--/, '')}\` went from ${value} to ${other.value}`,
        'WARNING',
      ),
    );
  }
  return found;
}

// ---- switches of the project's own settings

function switches({ path, before, after, isNew }: Config): RemovedCheck[] {
  if (
    after === undefined ||
    isNew ||
    isAgentFile(path) ||
    isPipeline(path) ||
    isTestPath(path) ||
    /(?:tsconfig|package|eslint|ruff|mypy|pyproject|\.prettierrc|schema|lock)[^/]*$/.test(path)
  )
    return [];
  const was = new Map(leavesOf(before).map((leaf) => [leaf.path, leaf]));
  const found: RemovedCheck[] = [];
  const spelled = (leaf: Leaf): string[] => {
    const parts = leaf.path.replaceAll(/\[[^\]]*\]/g, '').split('.');
    const own = words(parts.at(-1) ?? '');
    const around = words(parts.at(-2) ?? '');
    return [
      own,
      `${around} ${own}`,
      ...(own === 'enabled' || own === 'enable' || own === 'required' || own === 'active' ? [around, `${around} ${own}`] : []),
      ...(own === 'disabled' ? [`disable ${around}`] : []),
    ];
  };
  for (const leaf of leavesOf(after)) {
    const value = typeof leaf.value === 'string' ? `"${leaf.value}"` : String(leaf.value);
    const old = was.get(leaf.path);
    if (old === undefined || old.value === leaf.value) continue;
    const names = spelled(leaf);
    const row = SWITCHES.find((one) => names.some((name) => one.name.test(name)) && one.off.test(value));
    if (row === undefined || row.off.test(typeof old.value === 'string' ? `"${old.value}"` : String(old.value))) continue;
    found.push(
      check(
        row.kind,
        path,
        leaf.line,
        `${leaf.key}: ${String(old.value)}`,
        `\`${leaf.path.slice(-80)}\` went from ${String(old.value).slice(0, 40)} to ${String(leaf.value).slice(0, 40)}`,
        row.severity,
      ),
    );
  }
  const kept = new Map(leavesOf(after).map((leaf) => [leaf.path, leaf]));
  for (const [name, leaf] of was) {
    if (kept.has(name)) continue;
    const value = typeof leaf.value === 'string' ? `"${leaf.value}"` : String(leaf.value);
    const row = SWITCHES.find(
      (one) => one.on !== undefined && spelled(leaf).some((spelling) => one.name.test(spelling)) && one.on.test(value),
    );
    const owner = name.slice(0, Math.max(0, name.lastIndexOf('.')));
    if (row === undefined || ![...kept.keys()].some((key) => owner === '' || key.startsWith(`${owner}.`))) continue;
    if ([...kept.values()].some((other) => other.key === leaf.key && String(other.value) === String(leaf.value))) continue;
    found.push(
      check(
        row.kind,
        path,
        1,
        `${leaf.key}: ${String(leaf.value)}`,
        `\`${name.slice(-80)}\` is no longer set to ${String(leaf.value).slice(0, 40)}`,
        'WARNING',
      ),
    );
  }
  return found;
}

// ---- files that name what is left out, hooks, and files of the environment

const IGNORE_FILES =
  /(?:^|\/)\.(?:semgrepignore|snyk|trivyignore|gitleaksignore|gitleaks-baseline|bandit|countersignignore|eslintignore|flake8|pylintrc|nsprc|auditignore|npmauditignore|dockleignore|checkovignore|secrets\.baseline|codespellignore|prettierignore|stylelintignore)$/;

function ignoreFiles({ change, before, after }: Pair): RemovedCheck[] {
  if (!IGNORE_FILES.test(change.path) || after === undefined) return [];
  const was = new Set((before?.text ?? '').split(/\r?\n/).map((line) => line.trim()));
  const scanner = /semgrep|snyk|trivy|gitleaks|bandit|countersign|nsprc|audit|checkov|secrets|dockle/.test(change.path);
  const found: RemovedCheck[] = [];
  after.text.split(/\r?\n/).forEach((line, i) => {
    const text = line.trim();
    if (text === '' || text.startsWith('#') || was.has(text) || found.length >= 20) return;
    if (/\.(?:flake8|pylintrc|bandit)$/.test(change.path) && !/ignore|disable|skip|exclude/.test(text)) return;
    found.push(
      check(
        scanner ? 'scanner-suppressed' : 'lint-suppressed',
        change.path,
        i + 1,
        text,
        `more is left out now: ${text.slice(0, 80)}`,
        scanner ? 'WARNING' : 'INFO',
      ),
    );
  });
  return found;
}

const HOOKS = /(?:^|\/)(?:\.husky\/[^/_.][^/]*|\.githooks\/[^/]+|\.pre-commit-config\.yaml|\.?lefthook\.ya?ml)$/;

/** Whether something else sets up hooks now: a file of another program for them, or one that speaks of them more than before. */
function hooksElsewhere(pairs: readonly Pair[]): boolean {
  const named = (text = ''): number => text.split(/\b(?:pre-?commit|git-?hooks|lefthook|husky|prek)\b/i).length;
  return pairs.some(
    ({ change, before, after }) =>
      after !== undefined &&
      ((HOOKS.test(change.path) && change.status === 'added') ||
        (/\.(?:nix|toml|json|ya?ml)$/.test(change.path) && !/lock/.test(change.path) && named(after.text) > named(before?.text))),
  );
}

function hooksGone({ change, before }: Pair, pairs: readonly Pair[]): RemovedCheck[] {
  // One in which nothing but comments stands ran nothing.
  if (change.status !== 'deleted' || !HOOKS.test(change.path) || !/^(?!\s*(?:#|\. |$))/m.test(before?.text ?? '')) return [];
  return [
    check(
      'ci-check',
      change.path,
      1,
      before === undefined ? '' : lineText(before, 1),
      'this hook no longer runs before commits',
      hooksElsewhere(pairs) ? 'INFO' : 'WARNING',
    ),
  ];
}

function environment({ change, before, after }: Pair): RemovedCheck[] {
  if (!/(?:^|\/)\.env[^/]*$|\.(?:properties|ini|cfg|conf)$/.test(change.path) || before === undefined || after === undefined) return [];
  const read = (text: string): Map<string, { value: string; line: number }> =>
    new Map(
      text.split(/\r?\n/).flatMap((line, i) => {
        const match = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
        return match === null
          ? []
          : [[match[1] as string, { value: (match[2] as string).replaceAll(/^["']|["']$/g, ''), line: i + 1 }] as const];
      }),
    );
  const was = read(before.text);
  return [...read(after.text)].flatMap(([name, { value, line }]) => {
    const old = was.get(name);
    const row = SWITCHES.find(
      (one) => (one.name.test(words(name)) || one.name.test(words(name.split(/[.]/).slice(-2).join('.')))) && one.off.test(value),
    );
    if (row === undefined || (old !== undefined && row.off.test(old.value))) return [];
    return [
      check(
        row.kind,
        change.path,
        line,
        old === undefined ? '' : `${name}=${old.value}`,
        `\`${name.slice(0, 60)}\` switches a protection off: ${value.slice(0, 40)}`,
        row.severity,
      ),
    ];
  });
}
