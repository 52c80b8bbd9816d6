/** A scan as Markdown, for a comment or a page: findings, the worst first, and what was not looked at. The same tree gives the same bytes. */
import { layerName } from '../../core/index.js';
import { allFindings, oneBased, severityWord } from '../result.js';
import type { PlacedFinding, ScanResult } from '../result.js';
import { reasonText, summariseCoverage } from './coverage.js';
import { fitSections, inertCode, inertInline } from '../../core/page/markdownParts.js';
import { plural } from '../../core/page/plural.js';

export const SCAN_MARKER = '<!-- countersign:scan -->';

/** @param maxLength UTF-16 code units */
export function formatMarkdown(result: ScanResult, maxLength?: number): string {
  const worstFirst = allFindings({ ...result, sort: result.sort === 'path' ? 'severity' : result.sort });
  const open = worstFirst.filter(({ finding }) => finding.suppression === undefined);
  const suppressed = worstFirst.filter(({ finding }) => finding.suppression !== undefined);
  const coverage = summariseCoverage(result);
  const head = [
    SCAN_MARKER,
    `## Countersign: ${open.length === 0 ? 'no findings' : plural(open.length, 'finding')}`,
    `Scanned ${plural(coverage.scanned + coverage.partial, 'file')}, ${coverage.partial} of them only in part; ${coverage.skipped} skipped.`,
  ].join('\n\n');
  return fitSections(
    head,
    [
      { title: 'Findings', rows: open.map((placed) => row(placed, result)) },
      {
        title: `Suppressed in the source (${suppressed.length})`,
        folded: true,
        rows: suppressed.map(
          ({ target, finding }) =>
            `${placeOf(target.shown, finding)} ${inertCode(finding.ruleId)}: ${inertInline(finding.suppression?.reason ?? '')}`,
        ),
      },
      {
        title: 'Could not be done',
        rows: [...result.problems, ...result.ruleErrors.map(({ path, message }) => `${path}: ${message}`)].map((text) => inertInline(text)),
      },
      { title: 'Rules that the project leaves out', rows: result.disabledRules.map((id) => inertCode(id)) },
      {
        title: `Not fully looked at (${coverage.gaps.length})`,
        folded: true,
        rows: coverage.gaps.map(
          (gap) =>
            `${inertCode(gap.shown)} ${gap.state === 'partial' ? 'in part' : 'skipped'}, ${reasonText(gap.reason)}: ${inertInline(gap.message)}`,
        ),
      },
    ].filter(({ rows }) => rows.length > 0),
    `<sub>Countersign ${result.version}</sub>`,
    maxLength,
  );
}

function row({ target, finding }: PlacedFinding, result: ScanResult): string {
  const layer = finding.layer === undefined ? '' : `, MAESTRO ${finding.layer} ${layerName(finding.layer)}`;
  const known = result.rules.has(finding.ruleId);
  return `**${severityWord(finding.severity)}** ${placeOf(target.shown, finding)} ${inertInline(finding.message)} (${inertCode(finding.ruleId)}${layer}${known ? '' : ', rule unknown'})`;
}

function placeOf(shown: string, finding: PlacedFinding['finding']): string {
  const { cell, range } = finding;
  return cell === undefined
    ? inertCode(`${shown}:${oneBased(range.start).line}`)
    : `${inertCode(shown)} cell ${cell.index + 1}, line ${cell.range.start.line + 1}`;
}
