/**
 * What ships beside the built-in rules: how right each was in other people's code (`precision.json`, filled by `npm run precision` and by people) and a
 * piece of its fixture that it finds and one that it leaves alone (`examples.json`, made by the build). Read when first asked for; a rule that is not
 * built in has no notes, whatever it is called.
 */
import path from 'node:path';
import type { RuleExample, RuleInfo, RuleNotes, RulePrecision } from '../../core/index.js';
import { readSmallFile } from './files-small.js';

export const PRECISION_FILE = 'precision.json';
export const EXAMPLES_FILE = 'examples.json';

/** The content of `precision.json`. */
export interface PrecisionFile {
  /** When the corpora were scanned, `2026-11-21`. */
  readonly date: string;
  readonly corpora: RulePrecision['corpora'];
  /** By rule id; a rule that is not here was not there yet. */
  readonly rules: Readonly<Record<string, Pick<RulePrecision, 'seen' | 'judged' | 'right'>>>;
}

/** The content of `examples.json`, by rule id. */
export type ExamplesFile = Readonly<Record<string, { readonly bad?: RuleExample; readonly good?: RuleExample }>>;

const MAX_BYTES = 8_000_000;
const NOTHING: RuleNotes = {};

export function createRuleNotes(rulesDirectory: string): (rule: RuleInfo) => RuleNotes {
  let precision: Partial<PrecisionFile> | undefined;
  let examples: ExamplesFile | undefined;
  const read = (name: string): unknown => {
    try {
      return JSON.parse(readSmallFile(path.join(rulesDirectory, name), MAX_BYTES) ?? '{}');
    } catch {
      return {}; // a rule's page is complete without them
    }
  };
  return (rule) => {
    if (rule.origin.vetted !== true) return NOTHING;
    precision ??= read(PRECISION_FILE) as Partial<PrecisionFile>;
    examples ??= read(EXAMPLES_FILE) as ExamplesFile;
    const { date, corpora, rules } = precision;
    const counts = rules?.[rule.id];
    return {
      ...(counts === undefined || date === undefined || corpora === undefined ? {} : { precision: { date, corpora, ...counts } }),
      ...examples[rule.id],
    };
  };
}
