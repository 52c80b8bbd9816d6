/**
 * Scans open documents, one result per revision: everyone who asks about the same text (publish, pull, hover, code
 * action) shares one scan, and a scan of text that has changed since is cancelled.
 */
import type { FileReport, Finding, ProjectFiles, RuleError } from '../core/index.js';
import type { OpenUnit } from './documents.js';
import { scanInput } from './documents.js';
import type { LspHost } from './host.js';
import type { Project } from './workspace.js';
import { documentPath } from './workspace.js';

export interface Check {
  readonly unit: OpenUnit;
  readonly project: Project;
  readonly report: FileReport;
  /** Paths of other files that the scan asked about. */
  readonly looked: ReadonlySet<string>;
  /** Set for rule files and `countersign.yaml`: what is wrong with them as rules. */
  readonly ruleErrors: readonly RuleError[];
}

export interface Checks {
  /** Nothing when the document has changed or closed meanwhile. Never rejects. */
  run(unit: OpenUnit): Promise<Check | undefined>;
  /** The newest finished result, perhaps of an older revision. */
  latest(uri: string): Check | undefined;
  /** When what runs has ended, and nothing else has begun for so many milliseconds. */
  settled(rest: number): Promise<void>;
  /** Ends the document's scan, if one runs. */
  cancel(uri: string): void;
  /** A file has changed: forgets results that depend on it; returns the URIs of their documents. */
  touched(uri: string): readonly string[];
  /** Forgets a closed document. */
  release(uri: string): void;
  /** Rules have changed: nothing that was found so far counts any more. */
  invalidate(): void;
}

interface Running {
  readonly revision: number;
  readonly signal: { cancelled: boolean };
  /** As in `Check`, so far. */
  readonly looked: Set<string>;
  readonly result: Promise<Check | undefined>;
}

export interface CheckSources {
  projectFor(uri: string): Promise<Project>;
  /** The files that a project's imports may lead to. */
  filesAround(project: Project): ProjectFiles | undefined;
  ruleErrors(unit: OpenUnit, project: Project): Promise<readonly RuleError[]>;
  after: LspHost['after'];
  internalError(error: unknown): void;
}

export function createChecks({ projectFor, filesAround, ruleErrors, after, internalError }: CheckSources): Checks {
  const running = new Map<string, Running>();
  const finished = new Map<string, Check>();
  const owners = new Map<string, Project>();
  let generation = 0;
  /** How many scans. */
  let begun = 0;

  const scan = async (unit: OpenUnit, signal: { cancelled: boolean }, looked: Set<string>): Promise<Check | undefined> => {
    const startedIn = generation;
    try {
      const project = await projectFor(unit.uri);
      if (signal.cancelled) return undefined;
      const previous = owners.get(unit.uri);
      if (previous !== undefined && previous.ruleSet !== project.ruleSet) previous.ruleSet.session.release(unit.uri);
      owners.set(unit.uri, project);
      const around = noting(filesAround(project), looked);
      const report = await project.ruleSet.use((session) =>
        session.scan(scanInput(unit, documentPath(unit.uri, project)), {
          cancel: signal,
          reuseKey: unit.uri,
          accounts: project.accounts,
          ...(around === undefined ? {} : { project: around }),
        }),
      );
      if (signal.cancelled || startedIn !== generation) return undefined;
      const check = { unit, project, report, looked, ruleErrors: await ruleErrors(unit, project) };
      if (signal.cancelled || startedIn !== generation) return undefined;
      finished.set(unit.uri, check);
      return check;
    } catch (error) {
      internalError(error);
      return undefined;
    }
  };

  const cancel = (uri: string): void => {
    const current = running.get(uri);
    if (current !== undefined) current.signal.cancelled = true;
    running.delete(uri);
  };

  return {
    run(unit) {
      const done = finished.get(unit.uri);
      if (done?.unit.revision === unit.revision) return Promise.resolve(done);
      const current = running.get(unit.uri);
      if (current?.revision === unit.revision) return current.result;
      cancel(unit.uri);
      begun++;
      const signal = { cancelled: false };
      const looked = new Set<string>();
      const result = scan(unit, signal, looked).finally(() => {
        if (running.get(unit.uri)?.signal === signal) running.delete(unit.uri);
      });
      running.set(unit.uri, { revision: unit.revision, signal, looked, result });
      return result;
    },
    touched(uri) {
      const depending = new Set<string>();
      const depends = (project: Project | undefined, looked: ReadonlySet<string>): boolean =>
        project !== undefined && looked.has(documentPath(uri, project));
      for (const [other, check] of finished) if (other !== uri && depends(check.project, check.looked)) depending.add(other);
      for (const [other, { looked }] of running) if (other !== uri && depends(owners.get(other), looked)) depending.add(other);
      for (const other of depending) {
        cancel(other);
        finished.delete(other);
      }
      return [...depending];
    },
    async settled(rest) {
      for (let seen: number | undefined; seen !== begun;) {
        seen = begun;
        await Promise.all([...running.values()].map(({ result }) => result));
        await new Promise<void>((resolve) => void after(rest, resolve));
      }
    },
    latest: (uri) => finished.get(uri),
    cancel,
    release(uri) {
      cancel(uri);
      finished.delete(uri);
      owners.get(uri)?.ruleSet.session.release(uri);
      owners.delete(uri);
    },
    invalidate() {
      generation++;
      for (const uri of running.keys()) cancel(uri);
      finished.clear();
    },
  };
}

/** The same files; what is asked for is noted. */
function noting(files: ProjectFiles | undefined, looked: Set<string>): ProjectFiles | undefined {
  if (files === undefined) return undefined;
  return {
    names: (folder) => files.names(folder),
    version(path) {
      looked.add(path);
      return files.version(path);
    },
    text: (path) => files.text(path),
  };
}

/** Findings that people see as such: not the suppressed ones. */
export function activeFindings(report: FileReport): readonly Finding[] {
  return report.findings.filter((finding) => finding.suppression === undefined);
}
