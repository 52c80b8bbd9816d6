/**
 * The lines around a finding: of the file, or of the notebook cell it is in. Falls back to the finding's own
 * lines when the text at hand is missing or no longer the one that was scanned.
 */
import type { Finding } from '../../core/index.js';
import type { LineOf } from './frame.js';

const LINE_BREAK = /\r\n|\r|\n/;

/** `text`: the file as it is now, if it can still be read. `hide` has been through the findings' own lines already. */
export function sourceLines(
  text: string | undefined,
  path: string,
  hide: (line: string) => string = (line) => line,
): (finding: Finding) => LineOf {
  let fileLines: readonly string[] | undefined;
  let cells: readonly (readonly string[])[] | undefined;
  return (finding) => {
    let lines: readonly string[] | undefined;
    if (text !== undefined) {
      if (finding.cell === undefined) lines = fileLines ??= text.split(LINE_BREAK);
      else lines = (cells ??= path.endsWith('.ipynb') ? notebookCells(text) : [])[finding.cell.index];
    }
    const range = finding.cell?.range ?? finding.range;
    const own = finding.lines.split(LINE_BREAK);
    const unchanged = lines !== undefined && own.every((line, at) => hide(lines[range.start.line + at] ?? '') === line);
    return (line) => {
      const found = unchanged ? lines?.[line] : own[line - range.start.line];
      return found === undefined ? undefined : hide(found);
    };
  };
}

function notebookCells(text: string): readonly (readonly string[])[] {
  try {
    const parsed: unknown = JSON.parse(text);
    const found = isRecord(parsed) && Array.isArray(parsed['cells']) ? (parsed['cells'] as readonly unknown[]) : [];
    return found.map((cell) => {
      const source = isRecord(cell) ? cell['source'] : undefined;
      const joined = Array.isArray(source)
        ? source.filter((part) => typeof part === 'string').join('')
        : typeof source === 'string'
          ? source
          : '';
      return joined.split(LINE_BREAK);
    });
  } catch {
    return [];
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
