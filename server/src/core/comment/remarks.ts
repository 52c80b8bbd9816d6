/** What of a text may be comments, found without a parse: no comment is outside of it, though some strings may be inside. */
import type { CommentSyntax } from '../language/definition.js';
import type { Span } from '../model/position.js';

/** In order, none touching another; undefined where a language's comments are not found by their marks alone. */
export function remarksByMarks(text: string, { line, block = [], byMarks }: CommentSyntax): readonly Span[] | undefined {
  if (byMarks !== true) return undefined;
  const spans: Span[] = [];
  for (const mark of line) {
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, spans.at(-1)?.end)) {
      const end = text.indexOf('\n', at);
      spans.push({ start: at, end: end < 0 ? text.length : end });
    }
  }
  for (const { open, close } of block) {
    for (let at = text.indexOf(open); at >= 0;) {
      const end = text.indexOf(close, at + open.length);
      spans.push({ start: at, end: end < 0 ? text.length : end + close.length });
      // What opens before that ends there, too, unless it is a part of the end itself.
      at = end < 0 ? -1 : text.indexOf(open, Math.max(at + 1, end - open.length + 1));
    }
  }
  return united(spans);
}

function united(spans: readonly Span[]): readonly Span[] {
  const all: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else all.push({ start, end });
  }
  return all;
}
