/** Where the text of a heredoc stands: after the line that begins it, in the order in which the heredocs begin. */
import type { Builder } from '../builder.js';
import type { RawTree } from '../raw.js';

interface Heredocs {
  readonly beginnings: readonly number[];
  readonly bodies: readonly number[];
}

const known = new WeakMap<RawTree, Heredocs>();

function heredocsOf(b: Builder): Heredocs {
  const cached = known.get(b.raw);
  if (cached !== undefined) return cached;
  const beginnings: number[] = [];
  const bodies: number[] = [];
  for (let raw = 0; raw < b.raw.count; raw++) {
    const kind = b.kindName(raw);
    if (kind === 'heredoc_beginning') beginnings.push(raw);
    else if (kind === 'heredoc_body') bodies.push(raw);
  }
  const found = { beginnings, bodies };
  known.set(b.raw, found);
  return found;
}

/** The raw node of the body that belongs to a beginning, or -1. */
export function bodyOf(b: Builder, beginning: number): number {
  const { beginnings, bodies } = heredocsOf(b);
  return bodies[beginnings.indexOf(beginning)] ?? -1;
}
