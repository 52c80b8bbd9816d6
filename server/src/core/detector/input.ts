/** What every detector is given, and how it names what it found. */
import type { SyntaxTree } from '../language/tree.js';
import type { Env } from '../matching/bindings.js';
import type { Match } from '../matching/matcher.js';

export interface DetectorInput {
  readonly text: string;
  readonly tree: SyntaxTree | undefined;
}

export interface Detected {
  readonly matches: readonly Match[];
  /** Whether there were more than are kept. */
  readonly cut: boolean;
}

/** An environment from plain texts, all standing at one place. */
export function textBindings(values: Readonly<Record<string, string>>, start: number, end: number): Env | undefined {
  let env: Env | undefined;
  for (const [name, text] of Object.entries(values)) env = { name, value: { kind: 'text', text, start, end }, next: env };
  return env;
}
