/**
 * Workflow commands of GitHub Actions: each finding as an annotation on its line. What the scanned tree supplied is escaped as the runner reads it, so that no
 * message and no file name ends a command or begins another. The runner shows ten of each kind per step, the worst come first.
 */
import { auditItems } from '../../core/audit/items.js';
import type { AuditReport } from '../../core/audit/report.js';
import { layerName } from '../../core/index.js';
import type { Severity } from '../../core/index.js';
import { visible } from '../../core/page/markdown.js';
import { allFindings } from '../result.js';
import type { ScanResult } from '../result.js';
import { summariseCoverage } from './coverage.js';

const COMMANDS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = { ERROR: 'error', WARNING: 'warning', INFO: 'notice' };

export function formatGithub(result: ScanResult): string {
  const lines = allFindings({ ...result, sort: result.sort === 'path' ? 'severity' : result.sort }).flatMap(({ target, finding }) => {
    if (finding.suppression !== undefined) return [];
    const { start, end } = finding.range;
    const layer = finding.layer === undefined ? '' : ` [MAESTRO ${finding.layer} ${layerName(finding.layer)}]`;
    return command(COMMANDS[finding.severity], `${finding.message}${layer}`, {
      file: target.path,
      line: start.line + 1,
      endLine: end.line > start.line && end.column === 0 ? end.line : end.line + 1,
      ...(start.line === end.line ? { col: start.column + 1, endColumn: end.column + 1 } : {}),
      title: finding.ruleId,
    });
  });
  const { scanned, partial, skipped } = summariseCoverage(result);
  return [...lines, `Scanned ${scanned + partial} files, ${partial} of them in part, skipped ${skipped}.`, ''].join('\n');
}

export function formatAuditGithub(report: AuditReport): string {
  return auditItems(report.total)
    .map((item) => `${command(COMMANDS[item.severity], item.message, { file: item.path, line: item.line, title: item.name })}\n`)
    .join('');
}

function command(name: string, message: string, properties: Readonly<Record<string, string | number>>): string {
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${property(visible(String(value)))}`);
  return `::${name} ${listed.join(',')}::${data(visible(message.replace(/\s+/g, ' ').trim()))}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
