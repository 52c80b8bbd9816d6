/**
 * Markdown for a comment on somebody's platform: lists that fit a size, and untrusted text that mentions nobody, refers to nothing and links nowhere. GitHub and
 * GitLab look for `@name`, `#12`, hashes, labels and `/commands` in a comment's text after Markdown was read, so escapes do not help: only code is left alone.
 */
import { codeSpan, escapeMarkdown } from './markdown.js';

/** Characters of a comment; GitHub takes 65,536. */
export const DEFAULT_MAX_LENGTH = 65_000;
const LONGEST_TEXT = 400;
const FIRST_ROWS = 10;

/** What a platform would make something of. */
const REFERENCE = /[@#!~%&$^]|\bGH-\d|\b[0-9a-f]{7,64}\b|:\/\/|\bwww\.|^\s*\//i;

/** Untrusted text on one line: code in backticks stays code, and all of it becomes code where a platform would find a reference in it. */
export function inertInline(text: string, longest = LONGEST_TEXT): string {
  const line = clip(text.replace(/\s+/g, ' ').trim(), longest);
  const parts = line.split('`');
  const outside = parts.filter((_, at) => at % 2 === 0).join(' ');
  return parts.length % 2 === 0 || /``/.test(line) || REFERENCE.test(outside) ? codeSpan(line) : escapeMarkdown(line);
}

/** A name or a line of source. */
export function inertCode(text: string, longest = 200): string {
  return codeSpan(clip(text.replace(/\s+/g, ' ').trim(), longest));
}

export interface MarkdownSection {
  readonly title: string;
  /** Before the rows; our own words. */
  readonly lead?: string;
  /** One line of Markdown each, without the mark of the list. */
  readonly rows: readonly string[];
  readonly numbered?: boolean;
  /** Folded away until somebody opens it. */
  readonly folded?: boolean;
}

/** All sections, or as much of them as fits: the first rows of each, then the others in order. What is cut is said. */
export function fitSections(head: string, sections: readonly MarkdownSection[], foot: string, maxLength = DEFAULT_MAX_LENGTH): string {
  const filled = sections.filter(({ rows, lead }) => rows.length > 0 || lead !== undefined);
  const frame = filled.reduce((sum, section) => sum + renderSection(section, 0).length + 4, head.length + foot.length + 8);
  let room = maxLength - frame;
  const shown = filled.map(() => 0);
  for (const most of [FIRST_ROWS, Infinity]) {
    for (const [at, { rows }] of filled.entries()) {
      for (let row = shown[at] ?? 0; row < Math.min(rows.length, most); row++) {
        const length = (rows[row]?.length ?? 0) + 8;
        if (length > room) break;
        room -= length;
        shown[at] = row + 1;
      }
    }
  }
  const text = [head, ...filled.map((section, at) => renderSection(section, shown[at] ?? 0)), foot].join('\n\n');
  return `${text}\n`;
}

function renderSection({ title, lead, rows, numbered, folded }: MarkdownSection, count: number): string {
  const left = rows.length - count;
  const lines = rows.slice(0, count).map((row, at) => `${numbered === true ? `${at + 1}.` : '-'} ${row}`);
  if (left > 0) lines.push(`${numbered === true ? `${count + 1}.` : '-'} … and ${left} more, cut because a comment may not be longer.`);
  const body = [...(lead === undefined ? [] : [lead]), ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n');
  return folded === true ? `<details><summary>${title}</summary>\n\n${body}\n\n</details>` : `### ${title}\n\n${body}`;
}

function clip(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
