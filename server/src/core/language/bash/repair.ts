/**
 * tree-sitter-bash (0.25 and before) loses line breaks between a pipeline and a later redirection: words of the next lines come as further words of
 * one command. Where that shows, the break is written as `;`, which no offset notices, and the text is read again.
 */
import type { RawTree } from '../raw.js';

/** Nodes whose parts stand on one line, or on lines that a backslash continues. */
const ONE_LINE = new Set(['command', 'file_redirect']);

/** The text with lost line breaks spelled out; undefined when none is lost. */
export function withLineBreaks(text: string, tree: RawTree): string | undefined {
  const lost = new Set<number>();
  for (let node = 0; node < tree.count; node++) {
    if (!ONE_LINE.has(tree.grammar.kinds[tree.kind[node] as number] ?? '')) continue;
    let before = -1;
    for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
      const start = tree.start[child] as number;
      const at = before < 0 ? undefined : lineBreakIn(text.slice(before, start));
      if (at !== undefined) lost.add(before + at);
      if (tree.grammar.kinds[tree.kind[child] as number] !== 'comment') before = tree.end[child] as number;
    }
  }
  if (lost.size === 0) return undefined;
  const positions = [...lost].toSorted((a, b) => a - b);
  let repaired = '';
  let from = 0;
  for (const at of positions) {
    repaired += `${text.slice(from, at)};`;
    from = at + 1;
  }
  return repaired + text.slice(from);
}

/** Offset of a line break that neither a backslash continues nor a comment stands before. */
function lineBreakIn(gap: string): number | undefined {
  const at = gap.search(/(?<!\\)\r?\n/);
  return at < 0 || gap.slice(0, at).includes('#') ? undefined : at;
}
