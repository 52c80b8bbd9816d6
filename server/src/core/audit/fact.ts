/** What the audit knows about the protections of one side, as plain data: calls and names that protect, settings, conditions that refuse, bounds, handlers of errors. */
import type { Severity } from '../model/rule.js';
import type { LIMITS } from './protections.js';
import type { CheckKind } from './report.js';
import type { Unit } from './units.js';

export interface Fact {
  readonly kind: CheckKind;
  /** `call`, `decorator` and `reference` protect by their name, `on` is a setting, `guard` a condition that refuses, `checked` a call whose error is looked at. */
  readonly form: 'call' | 'decorator' | 'reference' | 'on' | 'guard' | 'checked';
  /** Words of the name or, for a guard, of its condition. */
  readonly name: string;
  /** Code without layout. */
  readonly key: string;
  readonly unit: Unit;
  readonly node: number;
  /** Names that it speaks about: what it protects. */
  readonly about: ReadonlySet<string>;
  /** For a name that is handed over: names handed over with it, such as the handler of a route. */
  readonly beside?: ReadonlySet<string>;
  /** For a setting: the last name of the call that it is handed to. */
  readonly callee?: string;
  /** Its going takes nothing away: what follows refuses anyway, or it only let somebody in early. */
  readonly idle?: boolean;
  /** A guard whose words name no protection: only that it refuses is known. */
  readonly plain?: boolean;
  readonly severity: Severity;
}

/** A setting or call that switches a protection off. */
export interface Off {
  readonly kind: CheckKind;
  readonly name: string;
  readonly callee: string;
  readonly unit: Unit;
  readonly node: number;
  readonly severity: Severity;
}

/** A number that bounds something. */
export interface Limit {
  readonly row: (typeof LIMITS)[number];
  readonly name: string;
  /** Infinity where there is no bound any more. */
  readonly value: number;
  readonly unit: Unit;
  readonly node: number;
}

/** A place that catches errors. */
export interface Handler {
  readonly unit: Unit;
  readonly node: number;
  readonly does: 'rethrows' | 'reports' | 'returns' | 'nothing';
  /** Whether it catches everything. */
  readonly broad: boolean;
  /** Last names of what is called where errors are caught from. */
  readonly guarded: readonly string[];
  /** The same calls as code without layout. */
  readonly calls: readonly string[];
}

export interface Facts {
  readonly facts: readonly Fact[];
  readonly offs: readonly Off[];
  readonly limits: readonly Limit[];
  readonly handlers: readonly Handler[];
}

/** Losing one of these opens something at once. */
export const STRONG: ReadonlySet<CheckKind> = new Set(['authentication', 'authorization', 'tls', 'sandbox', 'approval']);

export const NOUNS: Readonly<Partial<Record<CheckKind, string>>> = {
  authentication: 'an authentication check',
  authorization: 'an authorization check',
  validation: 'a validation',
  escaping: 'an escaping or sanitizing step',
  tls: 'a TLS check',
  sandbox: 'a sandbox or isolation setting',
  'rate-limit': 'a rate limit',
  approval: 'a human approval',
  'error-handling': 'an error check',
  logging: 'a log or audit record',
};
