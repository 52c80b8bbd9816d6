/**
 * Inline suppressions: `countersign: ignore[rule-id, other-id] -- reason`, in a real comment, on the finding's first line
 * or on a line of its own directly above. Without a reason it does not count, and says so; one that suppresses nothing
 * is itself reported. Text in strings or docstrings never counts (principle 4: the scanned tree can't silence us).
 */
import type { CommentText } from '../comment/comments.js';
import type { LineIndex, Span } from '../model/position.js';

export interface InlineSuppression {
  readonly ruleIds: readonly string[];
  /** Empty when its author gave none. */
  readonly reason: string;
  /** The comment in the file. */
  readonly span: Span;
  /** 0-based line whose findings it covers. */
  readonly line: number;
}

/** Not in back quotes: that is somebody writing about suppressions. */
const SYNTAX = /(?<!`)\bcountersign:\s*ignore(?:\[([^\]\n]*)\])?(?:[ \t]*--[ \t]*([^\n]*))?/g;

export function suppressionsIn(comments: readonly CommentText[], text: string, lines: LineIndex): InlineSuppression[] {
  const found: InlineSuppression[] = [];
  for (const comment of comments) {
    if (comment.docstring || !comment.text.includes('countersign:')) continue;
    for (const match of comment.text.matchAll(SYNTAX)) {
      const start = comment.toFile(match.index);
      const end = comment.toFile(match.index + match[0].length);
      const at = lines.positionAt(start).line;
      const span = lines.lineSpan(at);
      const before = text.slice(span.start, Math.max(span.start, comment.span.start));
      const lead = text.slice(Math.max(span.start, comment.span.start), start);
      // A comment on its own line speaks about the next line that is not itself such a comment. Only its delimiter stands before what it says.
      const alone = before.trim() === '' && !/[\p{L}\p{N}]/u.test(lead);
      found.push({
        ruleIds: (match[1] ?? '')
          .split(',')
          .map((id) => id.trim())
          .filter((id) => id !== ''),
        reason: (match[2] ?? '').replace(/(?:\*\/|-->)\s*$/, '').trim(),
        span: { start, end },
        line: alone ? nextCodeLine(at, text, lines) : at,
      });
    }
  }
  return found;
}

function nextCodeLine(from: number, text: string, lines: LineIndex): number {
  for (let line = from + 1; line < lines.lineCount; line++) {
    const span = lines.lineSpan(line);
    if (!text.slice(span.start, span.end).includes('countersign:')) return line;
  }
  return from + 1;
}

export function covers(suppression: InlineSuppression, ruleId: string, line: number): boolean {
  return suppression.line === line && suppression.ruleIds.includes(ruleId);
}
