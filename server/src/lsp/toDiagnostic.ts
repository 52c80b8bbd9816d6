/**
 * The one place where our findings and errors become LSP diagnostics. Both count lines and UTF-16 columns from
 * 0, so positions pass through.
 */
import type { Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Range as LspRange } from 'vscode-languageserver';
import type { Finding, Range, RepoPath, RuleError, RuleInfo, TracePlace } from '../core/index.js';
import { layerName } from '../core/index.js';
import { cweId } from '../core/page/findingNote.js';
import { safeHref, visible } from '../core/page/markdown.js';
import type { ClientFeatures } from './clientFeatures.js';
import { SOURCE } from './clientFeatures.js';

/** What a diagnostic carries for its code actions; a client hands it back unchanged. */
export interface DiagnosticData {
  readonly fingerprint: string;
}

export type UriOf = (cell: number | undefined, path?: RepoPath) => string | undefined;

export function toRange(range: Range): LspRange {
  return {
    start: { line: range.start.line, character: range.start.column },
    end: { line: range.end.line, character: range.end.column },
  };
}

/** @param uriOf the document that a place is in: the file's own, that of a notebook's cell, or another file's */
export function toDiagnostic(finding: Finding, rule: RuleInfo | undefined, features: ClientFeatures, uriOf: UriOf): Diagnostic {
  const href = rule?.href === undefined ? undefined : safeHref(rule.href);
  const related = features.relatedInformation ? relatedInformation(finding, uriOf) : [];
  const data: DiagnosticData = { fingerprint: finding.fingerprint };
  return {
    range: toRange(finding.range),
    severity: finding.suppression === undefined ? severity(finding) : 4,
    code: finding.ruleId,
    ...(href !== undefined && features.codeDescription ? { codeDescription: { href } } : {}),
    source: SOURCE,
    message: diagnosticMessage(finding, rule),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(features.diagnosticData ? { data } : {}),
  };
}

/** Of a long way so many steps are listed from either end: a list that nobody reads to its end hides both of them. Reports have more. */
const STEPS_AT_AN_END = 8;

/** The places on the way of the data, one click each. */
function relatedInformation({ trace }: Finding, uriOf: UriOf): DiagnosticRelatedInformation[] {
  if (trace === undefined) return [];
  const { steps } = trace;
  const left = steps.length - 2 * STEPS_AT_AN_END;
  const shown = left > 1 ? [...steps.slice(0, STEPS_AT_AN_END), ...steps.slice(-STEPS_AT_AN_END)] : steps;
  const places: readonly (readonly [TracePlace, string])[] = [
    [trace.source, 'Comes from here'],
    ...shown.map((step, at) => {
      const word = step.kind === 'assigned' ? 'Goes into' : 'Passes';
      return [step, left > 1 && at === STEPS_AT_AN_END ? `After ${left} more steps, ${word.toLowerCase()}` : word] as const;
    }),
    [trace.sink, 'Arrives here'],
  ];
  return places.flatMap(([place, word]) => {
    const uri = uriOf(place.cell?.index, place.path);
    return uri === undefined ? [] : [informationAt(place, word, uri)];
  });
}

/** Of places that several findings go through, and that findings have in common with those before an edit. */
const known = new WeakMap<TracePlace, { readonly word: string; readonly information: DiagnosticRelatedInformation }>();

function informationAt(place: TracePlace, word: string, uri: string): DiagnosticRelatedInformation {
  const before = known.get(place);
  if (before?.word === word && before.information.location.uri === uri) return before.information;
  const message = `${word}: ${visible(place.text.replace(/\s+/g, ' ').trim())}`;
  const information = { location: { uri, range: toRange(place.cell?.range ?? place.range) }, message };
  known.set(place, { word, information });
  return information;
}

/** `Model output reaches exec(): ... [MAESTRO L3 Agent Frameworks, CWE-95]`, on one line, nothing invisible in it. */
export function diagnosticMessage(finding: Finding, rule: RuleInfo | undefined): string {
  const facts: string[] = [];
  if (finding.layer !== undefined) facts.push(`MAESTRO ${finding.layer} ${layerName(finding.layer)}`);
  const cwe = rule?.metadata.cwe[0];
  if (cwe !== undefined) facts.push(cweId(cwe));
  const text = visible(finding.message.replace(/\s+/g, ' ').trim());
  const shown = finding.suppression === undefined ? text : `Suppressed (${visible(finding.suppression.reason)}): ${text}`;
  return facts.length === 0 ? shown : `${shown} [${facts.join(', ')}]`;
}

export function ruleErrorDiagnostic(error: RuleError): Diagnostic {
  return {
    range: toRange(error.range),
    severity: error.level === 'error' ? 1 : 2,
    code: error.code,
    source: SOURCE,
    message: visible(error.message),
  };
}

function severity(finding: Finding): DiagnosticSeverity {
  switch (finding.severity) {
    case 'ERROR':
      return 1;
    case 'WARNING':
      return 2;
    case 'INFO':
      return 3;
  }
}
