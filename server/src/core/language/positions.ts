/**
 * Where a hole of a pattern stands, in languages with braces and semicolons: as a statement of its own, as a member of a type, or inside
 * something else. Read from the text around it, since nothing has been parsed yet.
 */
import type { HoleContext } from './definition.js';

export interface BraceShapes {
  /** The end of a text after which a brace holds the members of a type. */
  readonly typeHead: RegExp;
  /** The end of a text after which a brace holds values. */
  readonly valueHead: RegExp;
}

export type Place = 'statement' | 'member' | 'inside';

const OPERATOR_BEFORE = /(?:[=+\-*/%&|^<>!?~,([.@]|\b(?:return|throw|case|new|in|is|as|and|or|not|await|yield|emit|delete|goto))$/;
const OPERATOR_AFTER = /^\s*(?:[,.)\]?]|[-+*/%&|<>=^]=?|->|::|=>|\s(?:and|or|in|is|as)\s)/;

export function placeOf({ pattern, at, end, bracket }: HoleContext, shapes: BraceShapes): Place {
  if (bracket >= 0 && pattern[bracket] !== '{') return 'inside';
  const before = pattern.slice(0, at);
  // Another `...` or a metavariable alone in the line above is a statement, not something that goes on.
  const trimmed = before.replace(/\.\.\.\s*$/, ';').trimEnd();
  const starts = trimmed === '' || /[;{}:]$/.test(trimmed) || /\n\s*$/.test(before);
  if (!starts || OPERATOR_BEFORE.test(trimmed)) return 'inside';
  // In the next line something new begins.
  if (OPERATOR_AFTER.test(pattern.slice(end).split('\n', 1)[0] ?? '') || /^\s*\.(?!\.\.)/.test(pattern.slice(end))) return 'inside';
  const head = bracket < 0 ? '' : pattern.slice(0, bracket);
  if (shapes.typeHead.test(head)) return 'member';
  return shapes.valueHead.test(head) ? 'inside' : 'statement';
}

/** Whether a semicolon follows the hole. */
export function isTerminated({ pattern, end }: HoleContext): boolean {
  return /^[ \t]*;/.test(pattern.slice(end));
}
