/** The hover: everything there is to say about the findings at a place. Markdown only for clients that render it. */
import type { Hover, Position } from 'vscode-languageserver';
import { DEFAULT_AIVSS } from '../core/index.js';
import type { Finding, RuleInfo, RuleNotes } from '../core/index.js';
import { findingMarkdown, findingPlainText } from '../core/page/findingNote.js';
import type { Check } from './checks.js';
import type { ClientFeatures } from './clientFeatures.js';
import { documentOf } from './documents.js';
import { toRange } from './toDiagnostic.js';

/** More than this on one spot is a wall of text. */
const MAX_FINDINGS = 3;

export function hoverAt(
  check: Check,
  uri: string,
  position: Position,
  features: ClientFeatures,
  notesOf: (rule: RuleInfo) => RuleNotes,
): Hover | null {
  const found = findingsAt(check, uri, position);
  const first = found[0];
  if (first === undefined) return null;
  const shown = found.slice(0, MAX_FINDINGS);
  const rest = found.length - shown.length;
  // Our own client is VS Code, whose hover starts with the diagnostic itself.
  const withoutMessage = features.clientCommands && shown.length === 1;
  const rules = check.project.ruleSet.rules;
  const more = rest === 0 ? [] : [`${rest} more here: see the list of problems.`];
  const note = (finding: Finding): string => {
    const rule = rules.get(finding.ruleId);
    const precision = rule === undefined ? undefined : notesOf(rule).precision;
    const options = {
      withoutMessage,
      aivss: check.project.config.aivss ?? DEFAULT_AIVSS,
      ...(precision === undefined ? {} : { precision }),
    };
    return features.markdownHover ? findingMarkdown(finding, rule, options) : findingPlainText(finding, rule, options);
  };
  const value = [...shown.map(note), ...more].join(features.markdownHover ? '\n\n---\n\n' : '\n\n');
  return { contents: { kind: features.markdownHover ? 'markdown' : 'plaintext', value }, range: toRange(first.range) };
}

/** Innermost first; the place right behind a finding counts as on it, as a cursor at its end does. */
function findingsAt(check: Check, uri: string, position: Position): readonly Finding[] {
  const covers = ({ range: { start, end } }: Finding): boolean =>
    (start.line < position.line || (start.line === position.line && start.column <= position.character)) &&
    (end.line > position.line || (end.line === position.line && end.column >= position.character));
  const length = ({ range }: Finding): number => range.end.offset - range.start.offset;
  return check.report.findings
    .filter((finding) => documentOf(check.unit, finding.cell?.index)?.uri === uri && covers(finding))
    .toSorted((a, b) => Number(a.suppression !== undefined) - Number(b.suppression !== undefined) || length(a) - length(b));
}
