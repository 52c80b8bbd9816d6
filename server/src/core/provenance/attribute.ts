/** Puts together what a commit's message declares and what records say of its lines. */
import type { AttributedLines, Attribution, Evidence } from './attribution.js';
import type { RecordedAgent } from './gitAi.js';
import { sortEvidence } from './message.js';

/** One source's evidence, with lines that point into it. */
export interface Attributed {
  readonly evidence: readonly Evidence[];
  readonly lines?: readonly AttributedLines[];
  readonly lost?: readonly string[];
}

/** Best evidence first; lines in order of path and line, of overlapping ones the better evidence's first. */
export function attributionOf(parts: readonly Attributed[]): Attribution {
  const evidence = sortEvidence(parts.flatMap((part) => part.evidence));
  const position = new Map(evidence.map((entry, at) => [entry, at]));
  const lines = parts.flatMap((part) =>
    (part.lines ?? []).flatMap((line) => {
      const entry = part.evidence[line.evidence];
      return entry === undefined ? [] : [{ ...line, evidence: position.get(entry) ?? 0 }];
    }),
  );
  const best = evidence[0];
  return {
    tier: best?.tier ?? 'unknown',
    ...(best === undefined ? {} : { agent: best.agent }),
    evidence,
    lines: joined(lines),
    lost: [...new Set(parts.flatMap((part) => part.lost ?? []))],
  };
}

/** Neighbours and overlaps of one evidence are one. */
function joined(lines: readonly AttributedLines[]): readonly AttributedLines[] {
  const sorted = lines.toSorted((a, b) => compare(a.path, b.path) || a.evidence - b.evidence || a.start - b.start);
  const result: AttributedLines[] = [];
  for (const line of sorted) {
    const last = result.at(-1);
    if (last !== undefined && last.path === line.path && last.evidence === line.evidence && last.end + 1 >= line.start) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, line.end) };
    } else result.push(line);
  }
  return result.toSorted((a, b) => compare(a.path, b.path) || a.start - b.start || a.evidence - b.evidence);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A git-ai session as evidence. @param caveat why its lines might not be these */
export function evidenceOfSession({ agent, model, text }: RecordedAgent, caveat?: string): Evidence {
  return {
    tier: 'recorded',
    source: 'git-ai',
    agent,
    ...(model === undefined ? {} : { model }),
    text,
    role: 'write',
    ...(caveat === undefined ? {} : { caveat }),
  };
}
