/**
 * What can be done about a finding: apply its rule's fix, or suppress it with a reason. Suppressing is never the
 * preferred action. A fix is preferred, and part of "fix all", only where its rule says that it is safe to apply
 * without looking (`metadata: fix-safe: true`).
 */
import type { CodeAction, CodeActionContext, Diagnostic, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Fix, RuleInfo } from '../core/index.js';
import { visible } from '../core/page/markdown.js';
import type { SuppressArguments } from '../protocol/commands.js';
import { COMMANDS } from '../protocol/commands.js';
import type { Check } from './checks.js';
import { activeFindings } from './checks.js';
import type { ClientFeatures } from './clientFeatures.js';
import { FIX_ALL_KIND, SOURCE } from './clientFeatures.js';
import { uriIn } from './diagnostics.js';
import { documentOf } from './documents.js';
import { suppressEdit } from './suppress.js';
import { toDiagnostic, toRange } from './toDiagnostic.js';

/** Suppressing costs a scan each; a selection over half a file does not ask for that. */
const MAX_SUPPRESSIONS = 5;
const PLACEHOLDER = 'say why';

export async function codeActions(
  check: Check,
  uri: string,
  range: Range,
  context: CodeActionContext,
  features: ClientFeatures,
): Promise<CodeAction[]> {
  const wanted = (kind: string): boolean =>
    context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const here = activeFindings(check.report).filter((finding) => documentOf(check.unit, finding.cell?.index)?.uri === uri);
  const actions: CodeAction[] = [];
  if (wanted('quickfix')) {
    const touched = here.filter((finding) => overlaps(toRange(finding.range), range));
    for (const finding of touched) {
      const action = fixAction(check, finding, diagnosticsOf(check, finding, context, features), features);
      if (action !== undefined) actions.push(action);
    }
    for (const finding of oncePerRuleAndLine(touched).slice(0, MAX_SUPPRESSIONS)) {
      const action = await suppressAction(check, finding, diagnosticsOf(check, finding, context, features), features);
      if (action !== undefined) actions.push(action);
    }
  }
  // Asked for by name (on save, or from the source-action menu); a plain lightbulb stays short.
  if (context.only !== undefined && wanted(FIX_ALL_KIND)) {
    const action = fixAllAction(check, here, features);
    if (action !== undefined) actions.push(action);
  }
  return actions;
}

/** Whether a rule's author says that its fix never needs a look. */
export function isSafeFix(rule: RuleInfo | undefined): boolean {
  return rule?.metadata.raw['fix-safe'] === true;
}

function fixAction(check: Check, finding: Finding, diagnostics: Diagnostic[], features: ClientFeatures): CodeAction | undefined {
  const { fix } = finding;
  const document = fix === undefined ? undefined : documentOf(check.unit, fix.cell?.index ?? finding.cell?.index);
  if (fix === undefined || document === undefined) return undefined;
  const preferred = features.preferredActions && isSafeFix(check.project.ruleSet.rules.get(finding.ruleId));
  return {
    title: fixTitle(fix),
    kind: 'quickfix',
    diagnostics,
    ...(preferred ? { isPreferred: true } : {}),
    edit: workspaceEdit(document, [fixEdit(fix)], features),
  };
}

function fixTitle(fix: Fix): string {
  const text = visible(fix.text.replace(/\s+/g, ' ').trim());
  if (text === '') return 'Remove this (Countersign)';
  return `Replace with ${text.length > 60 ? `${text.slice(0, 59)}…` : text} (Countersign)`;
}

async function suppressAction(
  check: Check,
  finding: Finding,
  diagnostics: Diagnostic[],
  features: ClientFeatures,
): Promise<CodeAction | undefined> {
  const edit = await suppressEdit(check, finding, PLACEHOLDER);
  if (edit === undefined) return undefined;
  const title = `Suppress ${visible(finding.ruleId)} here, with a reason`;
  if (features.clientCommands) {
    const argument: SuppressArguments = {
      uri: edit.document.uri,
      ruleId: finding.ruleId,
      line: finding.range.start.line,
      character: finding.range.start.column,
    };
    return { title: `${title}…`, kind: 'quickfix', diagnostics, command: { title, command: COMMANDS.suppress, arguments: [argument] } };
  }
  // No way to ask for the reason: leave its place empty. Without a reason the comment suppresses nothing.
  const newText = edit.newText.slice(0, edit.reasonAt) + edit.newText.slice(edit.reasonAt + PLACEHOLDER.length);
  const at = { line: edit.line, character: edit.character };
  return {
    title: `${title}: inserts the comment, counts once you write why`,
    kind: 'quickfix',
    diagnostics,
    edit: workspaceEdit(edit.document, [{ range: { start: at, end: at }, newText }], features),
  };
}

function fixAllAction(check: Check, findings: readonly Finding[], features: ClientFeatures): CodeAction | undefined {
  const first = findings[0];
  const document = first === undefined ? undefined : documentOf(check.unit, first.cell?.index);
  if (document === undefined) return undefined;
  const fixes = findings.flatMap((finding) =>
    finding.fix !== undefined && isSafeFix(check.project.ruleSet.rules.get(finding.ruleId)) ? [finding.fix] : [],
  );
  const edits: TextEdit[] = [];
  let end = -1;
  // Overlapping edits are refused by every client: of two, the first one wins, and the other is found again afterwards.
  for (const fix of fixes.toSorted((a, b) => a.range.start.offset - b.range.start.offset)) {
    if (fix.range.start.offset < end) continue;
    end = fix.range.end.offset;
    edits.push(fixEdit(fix));
  }
  if (edits.length === 0) return undefined;
  return { title: 'Apply all safe Countersign fixes', kind: FIX_ALL_KIND, edit: workspaceEdit(document, edits, features) };
}

function fixEdit(fix: Fix): TextEdit {
  return { range: toRange(fix.range), newText: fix.text };
}

export function workspaceEdit(document: TextDocument, edits: TextEdit[], features: ClientFeatures): WorkspaceEdit {
  return features.documentChanges
    ? { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] }
    : { changes: { [document.uri]: edits } };
}

/** The client's own diagnostics where it sent them: it matches actions to squiggles by them. */
function diagnosticsOf(check: Check, finding: Finding, context: CodeActionContext, features: ClientFeatures): Diagnostic[] {
  const own = toDiagnostic(finding, check.project.ruleSet.rules.get(finding.ruleId), features, uriIn(check));
  const sent = context.diagnostics.filter(
    (diagnostic) => diagnostic.source === SOURCE && diagnostic.code === own.code && sameRange(diagnostic.range, own.range),
  );
  return sent.length > 0 ? sent : [own];
}

function oncePerRuleAndLine(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.ruleId}:${finding.range.start.line}`, finding])).values()];
}

function sameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

function overlaps(a: Range, b: Range): boolean {
  const before = (x: Range['start'], y: Range['start']): boolean => x.line < y.line || (x.line === y.line && x.character < y.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}
