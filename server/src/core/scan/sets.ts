/** Named sets of sources, tried on their own: whether each pattern can be read in the set's languages, whoever uses it. */
import type { Parser } from '../language/raw.js';
import { grammarsOf, languageById } from '../language/registry.js';
import type { RuleError } from '../model/error.js';
import type { RuleId } from '../model/rule.js';
import { withBody } from '../pack/languages.js';
import type { Rule } from '../pack/rule.js';
import type { SetCheck } from '../pack/sourceSets.js';
import { takeUpPrepared } from './prepared.js';
import { createPrograms } from './programs.js';

/** @param addErrors told of patterns that cannot be read, at their places in the set's own file */
export async function trySets(sets: readonly SetCheck[], parser: Parser, addErrors: (errors: readonly RuleError[]) => void): Promise<void> {
  if (sets.length === 0) return;
  const programs = createPrograms(sets.map(asRule), parser.parse, takeUpPrepared(undefined), addErrors);
  for (const language of new Set(sets.flatMap((set) => set.languages))) {
    const grammars = grammarsOf(languageById(language));
    await parser.ensure(grammars);
    for (const grammar of grammars) programs.code(grammar);
  }
}

/** A rule that is compiled and never run. */
function asRule({ id, languages, path, range, content }: SetCheck): Rule {
  return {
    id: id as RuleId,
    message: '',
    severity: 'INFO',
    languages,
    metadata: { maestro: [], maestroThreats: [], cwe: [], owasp: [], references: [], supersedes: [], tier: 'pattern', raw: {} },
    origin: { path, range },
    ...withBody({ kind: 'taint', spec: { ...content, sinks: [] } }),
    fix: undefined,
    fixRegex: undefined,
    paths: { include: [], exclude: [] },
    options: {},
  };
}
