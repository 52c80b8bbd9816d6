/** The two findings that suppressions themselves give rise to. They are rules like any other, so that every shell can show them. */
import type { RuleId, RuleInfo } from '../model/rule.js';

/** Where the engine's own rules come from: no file. */
export const ENGINE_ORIGIN = 'countersign';

const origin = { path: ENGINE_ORIGIN, range: { start: { line: 0, column: 0, offset: 0 }, end: { line: 0, column: 0, offset: 0 } } };

function own(id: string, severity: RuleInfo['severity'], message: string, why: string, safe: string): RuleInfo {
  return {
    id: id as RuleId,
    message,
    severity,
    languages: ['comment'],
    metadata: {
      maestro: ['L5'],
      maestroThreats: ['M5.4'],
      cwe: [],
      owasp: [],
      references: [],
      supersedes: [],
      tier: 'proved',
      why,
      safe,
      raw: {},
    },
    origin,
  };
}

export const SUPPRESSION_WITHOUT_REASON = own(
  'suppression-without-reason',
  'WARNING',
  'This suppression gives no reason, so it does not count: write `-- ` and why the finding is acceptable here.',
  'A suppression is a decision that somebody has to be able to check later. Without a reason, nobody can, and an assistant that wants quiet could write one on every line.',
  'Name the rule and say why: `countersign: ignore[rule-id] -- input is a constant from our own build`.',
);

export const UNUSED_SUPPRESSION = own(
  'unused-suppression',
  'INFO',
  'This suppression covers no finding any more: remove it.',
  'A suppression that outlives its finding silences the next one on that line, which nobody has looked at.',
  'Delete the comment.',
);

export const SUPPRESSION_RULES: readonly RuleInfo[] = [SUPPRESSION_WITHOUT_REASON, UNUSED_SUPPRESSION];
