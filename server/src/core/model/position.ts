/**
 * Positions in text. Everywhere in core: offsets and columns count UTF-16 code units, lines and columns are
 * 0-based, ranges are half-open. Shells convert to their own convention (LSP: the same; Semgrep JSON and
 * SARIF: 1-based) in one place each.
 */

/** A point, e.g. `{ line: 0, column: 4, offset: 4 }`. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Half-open: `end` is the first position that is not covered. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Half-open interval of offsets, where line and column are not needed yet. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Converts offsets of one text to lines and columns in O(log lines). Line breaks are `\n`, `\r\n` and lone `\r`, as in LSP. */
export interface LineIndex {
  readonly lineCount: number;
  positionAt(offset: number): Position;
  offsetAt(line: number, column: number): number;
  /** Offsets of a line without its line break. */
  lineSpan(line: number): Span;
}

export function createLineIndex(text: string): LineIndex {
  let read: readonly number[] | undefined;
  // Most files have nothing to place.
  const startsOf = (): readonly number[] => (read ??= lineStarts(text));
  const lineOf = (offset: number): number => {
    const starts = startsOf();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if ((starts[mid] ?? 0) <= offset) low = mid;
      else high = mid - 1;
    }
    return low;
  };
  const lineSpan = (line: number): Span => {
    const starts = startsOf();
    const clamped = Math.max(0, Math.min(line, starts.length - 1));
    const start = starts[clamped] ?? 0;
    let end = starts[clamped + 1] ?? text.length;
    if (end > start && clamped + 1 < starts.length) {
      if (text.charCodeAt(end - 1) === 10) end--;
      if (end > start && text.charCodeAt(end - 1) === 13) end--;
    }
    return { start, end };
  };
  return {
    get lineCount() {
      return startsOf().length;
    },
    positionAt(offset) {
      const at = Math.max(0, Math.min(offset, text.length));
      const line = lineOf(at);
      return { line, column: at - (startsOf()[line] ?? 0), offset: at };
    },
    offsetAt(line, column) {
      const span = lineSpan(line);
      return Math.min(span.start + Math.max(0, column), text.length);
    },
    lineSpan,
  };
}

function lineStarts(text: string): readonly number[] {
  const starts: number[] = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10) starts.push(i + 1);
    else if (c === 13) {
      if (text.charCodeAt(i + 1) === 10) i++;
      starts.push(i + 1);
    }
  }
  return starts;
}

export function rangeOf(index: LineIndex, span: Span): Range {
  return { start: index.positionAt(span.start), end: index.positionAt(span.end) };
}
