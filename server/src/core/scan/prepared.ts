/**
 * A session's part in programs that were compiled before (`formula/prepared.ts`): what is written where Countersign is built, and
 * what a session takes up again instead of reading YAML and patterns.
 */
import { thawProgram } from '../formula/prepared.js';
import type { PreparedFor, PreparedProgram } from '../formula/program.js';
import type { PreparedSources, RuleSource } from '../model/session.js';
import type { ParsedRules } from '../pack/parse.js';
import type { Rule } from '../pack/rule.js';
import { rulesFrom } from './plainRules.js';

/** Programs whose rules are asked of the same texts as those of the program named: a grammar, `comment`, `prose` or `regex`. */
export function besideOf(name: string): readonly string[] {
  if (BESIDE.has(name)) return [];
  return name === 'prose' ? ['regex'] : ['comment', 'regex'];
}

const BESIDE: ReadonlySet<string> = new Set(['comment', 'regex']);

export interface Prepared {
  /** Undefined where the source is to be read. */
  rulesOf(source: RuleSource): ParsedRules | undefined;
  /** Whether the rule is one of them: it was compiled before, without an error. */
  has(rule: Rule): boolean;
  /** @param rules that the program is for; undefined when none of them was prepared */
  programOf(name: string, rules: readonly Rule[]): PreparedFor | undefined;
}

/** @param sources undefined where nothing was prepared */
export function takeUpPrepared(sources: PreparedSources | undefined): Prepared {
  const known = new Set<Rule>();
  /** Those that are beside others; each of the others is asked for once. */
  const programs = new Map<string, PreparedProgram | undefined>();
  const programNamed = (name: string): PreparedProgram | undefined => {
    if (programs.has(name)) return programs.get(name);
    const frozen = sources?.programOf(name);
    const beside = besideOf(name).map(programNamed);
    const whole = beside.every((program) => program !== undefined);
    const program = frozen === undefined || !whole ? undefined : thawProgram(frozen, beside);
    if (BESIDE.has(name)) programs.set(name, program);
    return program;
  };
  return {
    rulesOf(source) {
      const prepared = sources?.rulesOf(source);
      if (prepared === undefined) return undefined;
      // Errors in them were found when they were prepared: of a place inside a scalar the scalar's own is enough.
      const rules = rulesFrom(prepared.heads, prepared.bodies);
      for (const rule of rules) known.add(rule);
      return { rules, sets: [], errors: [] };
    },
    has: (rule) => known.has(rule),
    programOf(name, rules) {
      const program = rules.some((rule) => known.has(rule)) ? programNamed(name) : undefined;
      return program === undefined ? undefined : { program, of: (rule) => (known.has(rule) ? program.rules.get(rule.id) : undefined) };
    },
  };
}
