/**
 * How deep block style nests. tree-sitter-yaml's scanner keeps its indentations in a buffer of fixed size and writes past its end from about 256
 * levels on, which takes the whole runtime down: text is read only up to there. Flow style (`[[[`) is not kept in that buffer.
 */

/** No file that a person wrote comes near; the scanner can hold a few more. */
const MAX_LEVELS = 200;

/** Offset of the first line that nests deeper than the grammar's scanner can hold; undefined when none does. */
export function tooDeepAt(text: string): number | undefined {
  // Columns at which the open levels begin.
  const levels: number[] = [];
  const open = (column: number): void => {
    while (levels.length > 0 && (levels.at(-1) as number) >= column) levels.pop();
    levels.push(column);
  };
  for (let line = 0; line < text.length;) {
    const next = text.indexOf('\n', line);
    const end = next < 0 ? text.length : next;
    for (let at = line; at < end; at++) {
      const char = text[at];
      if (char === ' ' || char === '\t') continue;
      if (char === '#' || char === '\r') break;
      open(at - line);
      const after = text[at + 1];
      const marks = (char === '-' || char === '?' || char === ':') && (after === undefined || /\s/.test(after));
      if (!marks) break;
    }
    if (levels.length > MAX_LEVELS) return line;
    line = end + 1;
  }
  return undefined;
}
