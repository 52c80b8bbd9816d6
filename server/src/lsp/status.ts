/** The counts that a status bar shows, and the coverage view's contents: both over open documents and scanned closed files. */
import type { FileCoverage, FileReport, Finding, MaestroLayer, RuleError, ScanError } from '../core/index.js';
import { layerName, MAESTRO_LAYERS } from '../core/index.js';
import { visible } from '../core/page/markdown.js';
import type { CoverageResult, FolderCoverage, StatusParams } from '../protocol/messages.js';
import type { ClosedFiles } from './closedFiles.js';
import type { Project } from './workspace.js';
import { disabledByFolder } from './workspace.js';

export interface KnownFile {
  readonly uri: string;
  readonly project: Project;
  readonly report: FileReport;
}

export function statusOf(files: readonly KnownFile[], projects: readonly Project[], state: StatusParams['state']): StatusParams {
  const active: Finding[] = [];
  let suppressed = 0;
  let notFullyScanned = 0;
  for (const { report } of files) {
    for (const finding of report.findings) {
      if (finding.suppression === undefined) active.push(finding);
      else suppressed++;
    }
    if (report.coverage.state !== 'scanned') notFullyScanned++;
  }
  const serious = active.filter((finding) => finding.severity !== 'INFO');
  const byLayer = (layer: MaestroLayer): number => serious.filter((finding) => finding.layer === layer).length;
  return {
    state,
    errors: active.filter((finding) => finding.severity === 'ERROR').length,
    warnings: active.filter((finding) => finding.severity === 'WARNING').length,
    infos: active.filter((finding) => finding.severity === 'INFO').length,
    suppressed,
    layers: MAESTRO_LAYERS.map((layer) => ({ layer, name: layerName(layer), count: byLayer(layer) })).filter(({ count }) => count > 0),
    files: files.length,
    notFullyScanned,
    disabledByWorkspace: [...new Set(projects.flatMap(disabledByFolder))].toSorted(),
    ruleErrors: projectRuleErrors(projects).length,
  };
}

export function coverageOf(
  files: readonly KnownFile[],
  projects: readonly Project[],
  closed: Pick<ClosedFiles, 'scanState' | 'passedOver'>,
): CoverageResult {
  const folders = projects.map((project) => folderCoverage(files, project, closed));
  return { folders, text: folders.map(folderText).join('\n') };
}

function folderCoverage(
  files: readonly KnownFile[],
  project: Project,
  closed: Pick<ClosedFiles, 'scanState' | 'passedOver'>,
): FolderCoverage {
  const own = files.filter((file) => file.project.folder?.uri === project.folder?.uri).map((file) => file.report.coverage);
  const passedOver = project.folder === undefined ? [] : closed.passedOver(project.folder.uri);
  const count = (state: FileCoverage['state']): number => own.filter((coverage) => coverage.state === state).length;
  return {
    name: project.folder?.name ?? 'Files outside a folder',
    uri: project.folder?.uri ?? '',
    scan: project.folder === undefined ? 'never' : closed.scanState(project.folder.uri),
    counts: { scanned: count('scanned'), partial: count('partial'), skipped: count('skipped') },
    files: [
      ...own.flatMap(({ path, state, reasons }) =>
        state === 'scanned' ? [] : [{ path: visible(path), state, reasons: reasons.map(reasonText) }],
      ),
      ...passedOver
        .filter(({ kind }) => kind === 'named')
        .map(({ path, message }) => ({ path: visible(path), state: 'skipped' as const, reasons: [visible(message)] })),
    ].toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    leftOut: passedOver.filter(({ kind }) => kind === 'convention').map(({ path }) => visible(path)),
    disabledByFolder: disabledByFolder(project),
    disabledBySettings: project.settings.disabledRules,
    profile: project.profile,
    ruleCount: project.ruleSet.session.rules.length,
    ruleErrors: projectRuleErrors([project]).map((error) =>
      visible(`${error.path}:${error.range.start.line + 1}:${error.range.start.column + 1} ${error.message}`),
    ),
  };
}

function reasonText(reason: ScanError): string {
  const line = reason.kind !== 'internal' && reason.range !== undefined ? ` (line ${reason.range.start.line + 1})` : '';
  return visible(`${reason.message}${line}`);
}

function projectRuleErrors(projects: readonly Project[]): readonly RuleError[] {
  const errors = projects.flatMap((project) => [...project.errors, ...project.ruleSet.session.errors]);
  const rules = errors.filter((error): error is RuleError => error.kind === 'rule' && error.level === 'error');
  return [...new Map(rules.map((error) => [`${error.path}:${error.range.start.offset}:${error.code}:${error.message}`, error])).values()];
}

function folderText(folder: FolderCoverage): string {
  const lines = [visible(folder.name)];
  const { scanned, partial, skipped } = folder.counts;
  lines.push(`  ${scanned + partial + skipped} files looked at: ${scanned} scanned, ${partial} in part, ${skipped} not.`);
  if (folder.scan === 'never') lines.push('  Only open documents were looked at. "Scan Workspace" looks at the rest.');
  if (folder.scan === 'running') lines.push('  A scan of the workspace is under way.');
  if (folder.scan === 'cancelled') lines.push('  The scan of the workspace was stopped: the list is not complete.');
  lines.push(`  ${folder.ruleCount} rules, profile "${folder.profile}".`);
  for (const rule of folder.disabledByFolder) lines.push(`  Switched off by countersign.yaml: ${visible(rule)}`);
  for (const rule of folder.disabledBySettings) lines.push(`  Switched off by settings: ${visible(rule)}`);
  if (folder.leftOut.length > 0) {
    const some = folder.leftOut.slice(0, 10).join(', ');
    lines.push(
      `  Left out, ignored by git or not the authors' own: ${some}${folder.leftOut.length > 10 ? ` and ${folder.leftOut.length - 10} more` : ''}.`,
    );
  }
  for (const error of folder.ruleErrors) lines.push(`  Rule not used: ${error}`);
  if (folder.files.length === 0 && scanned > 0) lines.push('  Everything that was looked at was scanned in full.');
  for (const file of folder.files) {
    lines.push('', `  ${file.path}: ${file.state === 'partial' ? 'scanned in part' : 'not scanned'}`);
    for (const reason of file.reasons) lines.push(`    ${reason}`);
  }
  return `${lines.join('\n')}\n`;
}
