/** Which files say what CI and hooks run, and which tools that check they run. */
import { isTestPath } from '../model/testPaths.js';
import type { Pair, Side } from './side.js';

export const GITHUB = /(?:^|\/)\.github\/(?:workflows\/[^/]+|actions\/.+)\.ya?ml$/;
const GITLAB = /(?:^|\/)\.gitlab-ci\.ya?ml$|(?:^|\/)\.gitlab\/.+\.ya?ml$/;
const OTHERS =
  /(?:^|\/)(?:\.circleci\/.+\.ya?ml|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml|\.travis\.yml|\.drone\.yml|\.buildkite\/.+\.ya?ml|cloudbuild\.ya?ml|\.woodpecker\/.+\.ya?ml|\.pre-commit-config\.yaml|lefthook\.ya?ml|tox\.ini|noxfile\.py|(?:GNU)?[Mm]akefile|\.?[Jj]ustfile|[Tt]askfile\.ya?ml|package\.json|\.husky\/[^/]+|\.lintstagedrc[^/]*|Jenkinsfile)$/;

/** Whether a file says what CI or hooks run. */
export function isPipeline(path: string): boolean {
  return GITHUB.test(path) || GITLAB.test(path) || OTHERS.test(path);
}

/** Tools that check, by the words in commands and actions. */
const TOOLS =
  /\b(pytest|tox|nox|unittest|vitest|jest|mocha|playwright|cypress|eslint|oxlint|biome|prettier|stylelint|tsc|mypy|pyright|ty check|ruff|flake8|pylint|black|isort|bandit|semgrep|opengrep|codeql(?!-action\/upload-sarif)|snyk|trivy|grype|gitleaks|trufflehog|detect-secrets|gosec|govulncheck|golangci-lint|staticcheck|clippy|cargo[ -]audit|cargo[ -]deny|cargo test|cargo fmt|go test|go vet|gofmt|rspec|rubocop|brakeman|bundle[ -]audit|phpstan|phpunit|psalm|checkstyle|spotbugs|pmd|detekt|ktlint|checkov|tfsec|tflint|hadolint|shellcheck|actionlint|zizmor|dependency-review|scorecard|osv-scanner|pip-audit|npm audit|pnpm audit|yarn audit|npm test|npm run (?:test|lint|typecheck|check(?!:))|pnpm (?:run )?(?:test|lint|typecheck|check(?!:))|yarn (?:test|lint|typecheck|check(?!:))|make (?:test|lint|check)|countersign|sonar(?:cloud|qube|scanner|source)?(?!_)|commitlint|cosign verify|slsa-verifier|knip)\b/gi;

/** Programs that files name by a variable: `$(PNPM) lint`. */
const BY_VARIABLE = /\$[({](NPM|PNPM|YARN|BUN|UV|PYTHON|GO|CARGO|POETRY)[)}]/g;

export function toolsIn(text: string): Map<string, number> {
  const found = new Map<string, number>();
  text.split('\n').forEach((line, i) => {
    const plain = line
      .replace(/^(\s*)#.*$/, '$1')
      .replace(/\s#\s.*$/, '')
      .replaceAll(BY_VARIABLE, (_, name: string) => name.toLowerCase());
    // Installing a tool does not run it.
    if (
      /^\s*(?:-\s*)?(?:name|desc|description|key|path|(?:team[_-]?)?reviewers|assignees|labels|team|restore-keys|workflow_id|\w*(?:WITHOUT|EXCLUDE|SKIP)\w*):|^\s*(?:import|from)\s|^@nox\.|\b(?:pip|npm|pnpm|yarn|cargo|go|apt-get|brew|gem)\s+(?:install|add|i)\b(?!.*&&)/.test(
        plain,
      )
    )
      return;
    for (const match of plain.matchAll(TOOLS)) {
      // The name of a group of packages.
      if (/--(?:extra|group|only-group|with|only|features)[ =]$/.test(plain.slice(0, match.index))) continue;
      // In whose repository a job runs.
      if (/\brepository(?:_owner)?\s*[=!]=\s*['"][\w.-]*\/?$/.test(plain.slice(0, match.index))) continue;
      // A part of the name of a cache.
      if (plain.slice(0, match.index).endsWith('}}-')) continue;
      // In a sentence, or as a part of a path to something else.
      if (/\b(?:with|for|of|the|via|using|by|a|an)\s+$/i.test(plain.slice(0, match.index))) continue;
      if (
        /\w\/$/.test(plain.slice(0, match.index)) &&
        !/(?:\.bin|bin)\/$/.test(plain.slice(0, match.index)) &&
        !/^\s*-?\s*uses:/.test(plain)
      )
        continue;
      const tool = (match[1] as string).toLowerCase().replaceAll(/\s+/g, ' ');
      if (!found.has(tool)) found.set(tool, i + 1);
    }
  });
  return found;
}

const SCRIPT = /\.(?:sh|bash|zsh|py|[cm]?[jt]s|rb|ps1)$|(?:^|\/)(?:pyproject|pixi|mise)\.toml$|(?:^|\/)(?:scripts?|bin|tools|ci)\/[^./]+$/;

/** Whether a script of the commit names a tool more often than before: a pipeline may call the script now. */
export function isRunByScript(tool: string, pairs: readonly Pair[]): boolean {
  const named = (text = ''): number => text.toLowerCase().split(tool).length;
  return pairs.some(
    ({ change, before, after }) =>
      SCRIPT.test(change.path) && !isTestPath(change.path) && !isPipeline(change.path) && named(after?.text) > named(before?.text),
  );
}

/** Whether a workflow calls another one as a job now, which stands elsewhere and may run anything. */
export function callsAnother({ before, after }: Pair): boolean {
  const calls = (side: Side | undefined): number => side?.text.match(/^\s*uses:\s*\S*\.github\/workflows\/\S+/gm)?.length ?? 0;
  return calls(after) > calls(before);
}

/** Whether a pipeline runs the hooks of commits now, which lint, format and check types. */
export function isRunByHooks(tool: string, pipelines: readonly Pair[]): boolean {
  const hooks = (side: Side | undefined): number =>
    side?.text.match(/\b(?:pre-commit(?:\/action|[ \t]+run)|prek[ \t]+run)\b/g)?.length ?? 0;
  return !/test|pytest|jest|tox|nox|audit|scan/.test(tool) && pipelines.some(({ before, after }) => hooks(after) > hooks(before));
}

export const KINDS: readonly RegExp[] = [
  /^(?:pytest|tox|nox|unittest|make test)$/,
  /^(?:phpunit|rspec|go test|cargo test|make test)$/,
  /^(?:vitest|jest|mocha|npm test|npm run test|pnpm (?:run )?test|yarn test|make test)$/,
  /^(?:eslint|oxlint|biome|prettier|npm run lint|pnpm (?:run )?lint|yarn lint|make lint)$/,
  /^(?:ruff|flake8|pylint|black|isort|make lint)$/,
  /^(?:go vet|gofmt|golangci-lint|staticcheck|make lint)$/,
  /^(?:mypy|pyright|ty check|tsc|npm run typecheck|pnpm (?:run )?typecheck)$/,
  /^(?:npm run check|pnpm (?:run )?check|yarn check|make check)$/,
  /^(?:semgrep|opengrep|codeql|bandit|gosec|countersign|snyk|sonar\w*|brakeman)$/,
  /^(?:trivy|grype|snyk|osv-scanner|pip-audit|npm audit|pnpm audit|yarn audit|cargo[ -]audit|cargo[ -]deny|dependency-review|govulncheck)$/,
  /^(?:gitleaks|trufflehog|detect-secrets)$/,
  /^(?:playwright|cypress)$/,
  /^(?:checkov|tfsec|trivy|tflint)$/,
];
