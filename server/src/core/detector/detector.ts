/**
 * Built-in analyses that rules call by name (`mode: detector`). A detector sees text, and the syntax tree where there
 * is one; it returns places with metavariables for the rule's message. It never decides severity: the rule does.
 */
import type { Detected, DetectorInput } from './input.js';
import { detectHiddenUnicode, hiddenUnicodeOptions, mayMixScripts } from './hiddenUnicode.js';

export type Detect = (input: DetectorInput) => Detected;

/** A detector ready to run with a rule's options, or what is wrong with them. */
export function createDetector(
  name: string,
  options: Readonly<Record<string, unknown>>,
): { readonly detect: Detect; readonly wantsTree: (text: string) => boolean } | { readonly error: string } {
  switch (name) {
    case 'hidden-unicode': {
      const parsed = hiddenUnicodeOptions(options);
      return 'error' in parsed
        ? parsed
        : {
            detect: (input) => detectHiddenUnicode(input, parsed.classes),
            wantsTree: (text) => parsed.classes.has('mixed-script-identifiers') && mayMixScripts(text),
          };
    }
    default:
      return { error: `there is no detector \`${name}\`` };
  }
}
