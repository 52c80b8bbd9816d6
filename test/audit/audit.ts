/** Audits of test repositories: the host's function itself, with few rules that a test can foresee, and the built command line. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AuditReport } from '../../server/src/core/audit/report.js';
import { auditRange } from '../../server/src/host/node/audit.js';
import type { AuditOptions, AuditRun } from '../../server/src/host/node/audit.js';
import type { AuditQuestion } from '../../server/src/host/node/git/range.js';
import { temporaryFolder } from './repository.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const RULES = `rules:
  - id: test-exec
    languages: [python]
    severity: ERROR
    message: exec() runs whatever $CODE holds.
    pattern: exec($CODE)
  - id: test-yaml
    languages: [python]
    severity: WARNING
    message: yaml.load() builds any object that the text names.
    pattern: yaml.load(...)
  - id: test-flow
    languages: [python]
    severity: ERROR
    mode: taint
    message: What a request holds reaches a shell.
    metadata: { tier: likely }
    pattern-sources: [{ pattern: request.args }, { pattern: request.form }]
    pattern-sinks: [{ pattern: os.system(...) }]
    pattern-sanitizers: [{ pattern: quote(...) }]
  - id: test-eval-js
    languages: [typescript]
    severity: ERROR
    message: eval() runs text.
    pattern: eval($X)
  - id: test-class
    languages: [python]
    severity: WARNING
    message: A tool without a timeout.
    pattern: |
      class $C(Tool):
          ...
`;

/** Outside of every repository: rules of the reviewer's own choice. */
export function rulesFile(text: string = RULES): string {
  const file = path.join(temporaryFolder(), 'rules.yaml');
  writeFileSync(file, text);
  return file;
}

/** @throws where the audit cannot be made; @param more `configs: []` takes the project's own rules */
export async function audit(directory: string, question: AuditQuestion | string, more: Partial<AuditOptions> = {}): Promise<AuditRun> {
  const outcome = await auditRange({
    directory,
    question: typeof question === 'string' ? { kind: 'range', range: question } : question,
    maxCommits: 1_000,
    configs: [rulesFile()],
    useProjectConfig: true,
    rulesDirectory: path.join(ROOT, 'rules'),
    cwd: directory,
    limits: { timeoutMs: 20_000, maxBytes: 1_000_000 },
    jobs: 1,
    workerUrl: pathToFileURL(path.join(ROOT, 'server/dist/worker.mjs')),
    perCommit: true,
    ...more,
  });
  if (outcome.kind === 'unusable') throw new Error(outcome.message);
  return outcome.run;
}

/** `rule path:line why`, of the range as a whole. */
export function addedIn(report: Pick<AuditReport['total'], 'added'>): readonly string[] {
  return report.added.map(({ finding, why }) => `${finding.ruleId} ${finding.path}:${finding.range.start.line + 1} ${why}`);
}
