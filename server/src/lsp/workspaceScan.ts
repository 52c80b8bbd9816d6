/**
 * Scans all folders, on request, with progress and cancellation. Open documents are left alone: what is in the
 * editor counts, not what is on disk. One scan at a time; a second request waits for the first and shares its end.
 */
import type { CancelSignal, FileReport } from '../core/index.js';
import type { ClosedFiles } from './closedFiles.js';
import type { LspHost } from './host.js';
import { fileUri } from './uri.js';
import type { Project } from './workspace.js';

/** Where progress goes; all calls are cheap and may be ignored. */
export interface ScanProgress {
  begin(title: string): void;
  /** `percentage` 0 to 100. */
  report(percentage: number, message: string): void;
  done(message: string): void;
}

export interface WorkspaceScanResult {
  readonly state: 'complete' | 'cancelled';
  readonly files: number;
  readonly findings: number;
  readonly notFullyScanned: number;
}

export interface WorkspaceScanOptions {
  readonly projects: readonly Project[];
  readonly host: LspHost;
  readonly closed: ClosedFiles;
  readonly cancel: CancelSignal;
  readonly progress: ScanProgress;
  /** A file's result has arrived and was stored. */
  fileDone(uri: string, project: Project, report: FileReport): void;
}

export async function scanWorkspace(options: WorkspaceScanOptions): Promise<WorkspaceScanResult> {
  const { projects, host, closed, cancel, progress } = options;
  const folders = projects.flatMap((project) =>
    project.root === undefined || project.folder === undefined ? [] : [{ project, root: project.root, folder: project.folder }],
  );
  let total = 0;
  let done = 0;
  let findings = 0;
  let notFullyScanned = 0;
  let lastPercentage = -1;
  progress.begin('Countersign: scanning the workspace');
  for (const { project, root, folder } of folders) {
    // A folder that was not come to is as incomplete as one that was left halfway.
    closed.setScanState(folder.uri, cancel.cancelled ? 'cancelled' : 'running');
    if (cancel.cancelled) continue;
    const seen = new Set<string>();
    await host.scanFolder({
      root,
      config: project.ruleSet.config,
      cancel,
      listed(count, passedOver) {
        total += count;
        closed.setPassedOver(folder.uri, passedOver);
      },
      report(file, report) {
        if (cancel.cancelled) return;
        done++;
        findings += report.findings.filter((finding) => finding.suppression === undefined).length;
        if (report.coverage.state !== 'scanned') notFullyScanned++;
        const uri = fileUri(file);
        seen.add(uri);
        closed.set({ uri, project, report });
        options.fileDone(uri, project, report);
        const percentage = total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100));
        if (percentage === lastPercentage) return;
        lastPercentage = percentage;
        progress.report(percentage, `${done} of ${total} files, ${findings} findings`);
      },
    });
    closed.setScanState(folder.uri, cancel.cancelled ? 'cancelled' : 'complete');
    if (!cancel.cancelled) dropVanished(closed, project, seen, options.fileDone);
  }
  const state = cancel.cancelled ? 'cancelled' : 'complete';
  const rest = notFullyScanned === 0 ? '' : `, ${notFullyScanned} not fully scanned`;
  progress.done(`${state === 'cancelled' ? 'Stopped: ' : ''}${done} files, ${findings} findings${rest}`);
  return { state, files: done, findings, notFullyScanned };
}

/** Files of an earlier scan that are not there any more, or are ignored now. */
function dropVanished(closed: ClosedFiles, project: Project, seen: ReadonlySet<string>, fileDone: WorkspaceScanOptions['fileDone']): void {
  for (const file of [...closed.all()]) {
    if (file.project.folder?.uri !== project.folder?.uri || seen.has(file.uri)) continue;
    closed.remove(file.uri);
    const { path } = file.report;
    fileDone(file.uri, project, { path, findings: [], errors: [], coverage: { path, state: 'scanned', languages: [], reasons: [] } });
  }
}
