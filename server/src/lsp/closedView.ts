/**
 * Diagnostics of files that nobody has open: results of a workspace scan, and errors in rule and configuration files.
 * Pushed, or handed out by `workspace/diagnostic` where the client pulls. An open document always counts for itself.
 */
import type { Diagnostic, PreviousResultId, WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver';
import type { FileReport, ProjectFiles, RuleError } from '../core/index.js';
import { activeFindings } from './checks.js';
import type { ClientFeatures } from './clientFeatures.js';
import type { ClosedFiles } from './closedFiles.js';
import { resultIdOf } from './diagnostics.js';
import type { Documents } from './documents.js';
import type { LspHost } from './host.js';
import type { ProjectStore } from './projectStore.js';
import { ruleErrorDiagnostic, toDiagnostic } from './toDiagnostic.js';
import { filePath, uriKey } from './uri.js';
import type { Project } from './workspace.js';
import { documentPath, pathUri } from './workspace.js';

export interface ClosedView {
  /** A result has arrived or gone. */
  show(uri: string): void;
  /** Reads a file again if it was part of a workspace scan, or drops it if it is gone. */
  rescan(uri: string): Promise<void>;
  /** A file or folder was deleted. */
  drop(uri: string): void;
  /** Errors of rule files on disk; replaces the previous ones. */
  setRuleErrors(errors: ReadonlyMap<string, readonly RuleError[]>): void;
  /** One report per closed file that has, or had, something to show. */
  reports(previous: readonly PreviousResultId[]): readonly WorkspaceDocumentDiagnosticReport[];
}

export interface ClosedViewOptions {
  readonly closed: ClosedFiles;
  readonly documents: Documents;
  readonly features: ClientFeatures;
  readonly host: LspHost;
  readonly store: ProjectStore;
  /** The files that a project's imports may lead to. */
  filesAround(project: Project): ProjectFiles | undefined;
  push(uri: string, diagnostics: readonly Diagnostic[]): void;
}

export function createClosedView({ closed, documents, features, host, store, filesAround, push }: ClosedViewOptions): ClosedView {
  let ruleErrors: ReadonlyMap<string, readonly RuleError[]> = new Map();
  /** What was last pushed per file, by key; only files with something on show. */
  const pushed = new Set<string>();

  const diagnosticsOf = (uri: string): readonly Diagnostic[] => {
    const file = closed.get(uri);
    const found = file === undefined ? [] : reportDiagnostics(uri, file.report, file.project, features);
    const errors = ruleErrors.get(uriKey(uri)) ?? [];
    return [...found, ...errors.map(ruleErrorDiagnostic)];
  };

  const show = (uri: string): void => {
    if (features.pull || documents.find(uri) !== undefined) return;
    const diagnostics = diagnosticsOf(uri);
    if (diagnostics.length === 0 && !pushed.has(uri)) return;
    if (diagnostics.length === 0) pushed.delete(uri);
    else pushed.add(uri);
    push(uri, diagnostics);
  };

  const drop = (uri: string): void => {
    for (const file of closed.remove(uri)) show(file.uri);
  };

  return {
    show,
    drop,
    async rescan(uri) {
      const projects = await store.get();
      const project = projects.forUri(uri);
      const file = filePath(uri);
      if (file === undefined || project.folder === undefined || closed.scanState(project.folder.uri) === 'never') return;
      const report = await project.ruleSet.use((session) => host.scanFile(session, file, documentPath(uri, project), filesAround(project)));
      if (documents.find(uri) !== undefined) return;
      const missing = report.errors.some((error) => error.kind === 'file' && error.code === 'unreadable');
      if (missing) {
        drop(uri);
        return;
      }
      closed.set({ uri, project, report });
      show(uri);
    },
    setRuleErrors(errors) {
      const before = ruleErrors;
      ruleErrors = errors;
      for (const uri of new Set([...before.keys(), ...errors.keys()])) show(uri);
    },
    reports(previous) {
      const known = new Map(previous.map(({ uri, value }) => [uriKey(uri), { uri, value }]));
      const uris = new Map<string, string>();
      for (const { uri } of closed.all()) uris.set(uriKey(uri), uri);
      for (const uri of ruleErrors.keys()) uris.set(uriKey(uri), uri);
      for (const [key, { uri }] of known) if (!uris.has(key)) uris.set(key, uri);
      const reports: WorkspaceDocumentDiagnosticReport[] = [];
      for (const [key, uri] of uris) {
        if (documents.find(uri) !== undefined) continue;
        const items = diagnosticsOf(uri);
        const before = known.get(key)?.value;
        const resultId = resultIdOf(items);
        if (resultId === before) reports.push({ kind: 'unchanged', uri, version: null, resultId });
        else if (items.length > 0 || before !== undefined) reports.push({ kind: 'full', uri, version: null, resultId, items: [...items] });
      }
      return reports.toSorted((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0));
    },
  };
}

function reportDiagnostics(uri: string, report: FileReport, project: Project, features: ClientFeatures): readonly Diagnostic[] {
  const findings = project.settings.showSuppressed ? report.findings : activeFindings(report);
  return findings.map((finding) =>
    toDiagnostic(finding, project.ruleSet.rules.get(finding.ruleId), features, (_, path) =>
      path === undefined ? uri : pathUri(path, project),
    ),
  );
}
