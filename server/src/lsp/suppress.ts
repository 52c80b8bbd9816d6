/**
 * Writes `countersign: ignore[rule-id] -- reason` where it counts. Whether a place counts is not guessed: the comment
 * is put into a copy of the text, the copy is scanned, and only an edit that suppresses exactly this finding, hides
 * no other and breaks nothing is offered. So there is none inside a template literal, JSX text or a long string.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { LANGUAGES, type CommentSyntax, type FileReport, type Finding } from '../core/index.js';
import type { Check } from './checks.js';
import { documentOf, scanInput } from './documents.js';
import { documentPath } from './workspace.js';

/** An insertion of `newText` before a position of `document`. */
export interface SuppressEdit {
  readonly document: TextDocument;
  readonly line: number;
  readonly character: number;
  readonly newText: string;
  /** Offset in `newText` where the reason stands. */
  readonly reasonAt: number;
}

interface CommentStyle {
  readonly open: string;
  readonly close: string;
}

/** By VS Code language id. Languages that have no comments, such as JSON, have no entry. */
const STYLES: ReadonlyMap<string, CommentStyle> = new Map([
  ...LANGUAGES.flatMap(({ files, code }) => {
    const style = code === undefined ? undefined : commentStyle(code.comments);
    return style === undefined ? [] : Object.keys(files.editorIds).map((id): readonly [string, CommentStyle] => [id, style]);
  }),
  // Files that no language of ours reads: rules for any text still find something in them.
  ...['zsh', 'yaml', 'dockerfile', 'toml'].map((id): readonly [string, CommentStyle] => [id, { open: '# ', close: '' }]),
  ['jsonc', { open: '// ', close: '' }],
  ...['markdown', 'html'].map((id): readonly [string, CommentStyle] => [id, { open: '<!-- ', close: ' -->' }]),
]);

function commentStyle({ line, block }: CommentSyntax): CommentStyle | undefined {
  if (line[0] !== undefined) return { open: `${line[0]} `, close: '' };
  const [first] = block ?? [];
  return first === undefined ? undefined : { open: `${first.open} `, close: ` ${first.close}` };
}

/** One line, nothing that could end the comment or hide in it. Empty when nothing is left. */
export function cleanReason(reason: string): string {
  return reason
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g, ' ')
    .replaceAll('*/', '* /')
    .replaceAll('-->', '-- >')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The first place where a suppression of `finding` works; nothing where there is none. `reason` must not be blank. */
export async function suppressEdit(check: Check, finding: Finding, reason: string): Promise<SuppressEdit | undefined> {
  const document = documentOf(check.unit, finding.cell?.index);
  const text = cleanReason(reason);
  if (document === undefined || text === '') return undefined;
  for (const edit of candidates(document, finding, text)) {
    if (await works(check, finding, edit, text)) return edit;
  }
  return undefined;
}

function* candidates(document: TextDocument, finding: Finding, reason: string): Generator<SuppressEdit> {
  const { line } = finding.range.start;
  const lineText = lineOf(document, line);
  const indent = /^[ \t]*/.exec(lineText)?.[0] ?? '';
  const ending = /\r\n|\n|\r/.exec(document.getText())?.[0] ?? '\n';
  const style = STYLES.get(document.languageId);
  if (style === undefined) return;
  const before = `${style.open}countersign: ignore[${finding.ruleId}] -- `;
  const comment = `${before}${reason}${style.close}`;
  yield { document, line, character: 0, newText: `${indent}${comment}${ending}`, reasonAt: indent.length + before.length };
  yield { document, line, character: lineText.length, newText: `  ${comment}`, reasonAt: 2 + before.length };
}

async function works(check: Check, finding: Finding, edit: SuppressEdit, reason: string): Promise<boolean> {
  const { unit, project, report } = check;
  const offset = edit.document.offsetAt({ line: edit.line, character: edit.character });
  const text = edit.document.getText();
  const changed = { uri: edit.document.uri, text: text.slice(0, offset) + edit.newText + text.slice(offset) };
  const after = await project.ruleSet.use((session) =>
    session.scan(scanInput(unit, documentPath(unit.uri, project), changed), { accounts: project.accounts }),
  );
  const wanted = after.findings.filter((other) => other.ruleId === finding.ruleId && other.suppression?.reason.trim() === reason);
  if (wanted.length === 0) return false;
  // Same findings as before, and of those that were active only findings of this rule on this line are suppressed now.
  const counted = (of: FileReport, withRule: boolean): number =>
    of.findings.filter((other) => other.suppression === undefined && (other.ruleId === finding.ruleId) === withRule).length;
  const sameLine = report.findings.filter(
    (other) =>
      other.ruleId === finding.ruleId &&
      other.suppression === undefined &&
      other.range.start.line === finding.range.start.line &&
      other.cell?.index === finding.cell?.index,
  ).length;
  return (
    after.findings.length === report.findings.length &&
    counted(after, false) === counted(report, false) &&
    counted(after, true) === counted(report, true) - sameLine &&
    parseErrors(after) <= parseErrors(report)
  );
}

function parseErrors(report: FileReport): number {
  return report.errors.filter((error) => error.kind === 'file' && error.code === 'parse-error').length;
}

function lineOf(document: TextDocument, line: number): string {
  const start = document.offsetAt({ line, character: 0 });
  const end = line + 1 < document.lineCount ? document.offsetAt({ line: line + 1, character: 0 }) : document.getText().length;
  return document
    .getText()
    .slice(start, end)
    .replace(/[\r\n]+$/, '');
}

/** The finding that an action was made for, also when lines above it have moved it since. */
export function findAgain(check: Check, uri: string, ruleId: string, line: number, character: number): Finding | undefined {
  const candidates = check.report.findings.filter(
    (finding) => finding.ruleId === ruleId && finding.suppression === undefined && documentOf(check.unit, finding.cell?.index)?.uri === uri,
  );
  const exact = candidates.find(({ range }) => range.start.line === line && range.start.column === character);
  if (exact !== undefined) return exact;
  const distance = (finding: Finding): number => Math.abs(finding.range.start.line - line);
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0];
}
