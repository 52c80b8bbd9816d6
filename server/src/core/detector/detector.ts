/**
 * Built-in analyses that rules call by name (`mode: detector`). A detector sees text, and the syntax tree where there
 * is one; it returns places with metavariables for the rule's message. It never decides severity: the rule does.
 */
import type { SyntaxTree } from '../language/tree.js';
import type { Env } from '../matching/bindings.js';
import type { Match } from '../matching/matcher.js';
import { detectHiddenUnicode, hiddenUnicodeOptions, mayMixScripts } from './hiddenUnicode.js';

export interface DetectorInput {
  readonly text: string;
  readonly tree: SyntaxTree | undefined;
}

export type Detect = (input: DetectorInput) => readonly Match[];

/** A detector ready to run with a rule's options, or what is wrong with them. */
export function createDetector(name: string, options: Readonly<Record<string, unknown>>): { readonly detect: Detect; readonly wantsTree: (text: string) => boolean } | { readonly error: string } {
  switch (name) {
    case 'hidden-unicode': {
      const parsed = hiddenUnicodeOptions(options);
      return 'error' in parsed ? parsed : { detect: (input) => detectHiddenUnicode(input, parsed.classes), wantsTree: (text) => parsed.classes.has('mixed-script-identifiers') && mayMixScripts(text) };
    }
    default:
      return { error: `there is no detector \`${name}\`` };
  }
}

/** An environment from plain texts, all standing at one place. */
export function textBindings(values: Readonly<Record<string, string>>, start: number, end: number): Env | undefined {
  let env: Env | undefined;
  for (const [name, text] of Object.entries(values)) env = { name, value: { kind: 'text', text, start, end }, next: env };
  return env;
}
