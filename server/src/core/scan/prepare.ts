/** What a session would work out for a set of rule files that never change, worked out once, as plain data: see `prepared.ts`. */
import { freezeProgram } from '../formula/prepared.js';
import type { Program } from '../formula/program.js';
import type { GrammarId, Parser } from '../language/raw.js';
import { grammarsOf, LANGUAGES } from '../language/registry.js';
import type { PartedData } from '../model/parted.js';
import type { ScanError } from '../model/error.js';
import type { RuleSource } from '../model/session.js';
import { parseRules } from '../pack/parse.js';
import { createSourceSets } from '../pack/sourceSets.js';
import { besideOf, takeUpPrepared } from './prepared.js';
import { plainRules } from './plainRules.js';
import { createPrograms, type Programs } from './programs.js';

export interface PreparedData {
  /** `heads` and `bodies`: as in `PreparedRules`. */
  readonly sources: readonly { readonly source: RuleSource; readonly heads: unknown; readonly bodies: unknown }[];
  /** By grammar, and `comment`, `prose` and `regex`; none for a program that cannot be kept. */
  readonly programs: ReadonlyMap<string, PartedData>;
  readonly errors: readonly ScanError[];
}

/** `pageBase` and `builtInSets` are as in `createSession`. */
export async function prepareSources(
  sources: readonly RuleSource[],
  parser: Parser,
  pageBase?: string,
  builtInSets?: () => readonly RuleSource[],
): Promise<PreparedData> {
  const sets = createSourceSets(sources, builtInSets);
  const errors: ScanError[] = [];
  const read = sources.map((source) => ({ source, parsed: parseRules(source, pageBase, sets) }));
  errors.push(...read.flatMap(({ parsed }) => parsed.errors));
  const rules = read.flatMap(({ parsed }) => parsed.rules);
  const programs = createPrograms(rules, parser.parse, takeUpPrepared(undefined), (found) => errors.push(...found));
  const used = LANGUAGES.filter(({ id }) => rules.some((rule) => rule.languages.includes(id)));
  const named = rules.flatMap((rule) => rule.questionLanguages);
  const grammars = used.flatMap(grammarsOf);
  await parser.ensure([...new Set([...grammars, ...LANGUAGES.filter(({ id }) => named.includes(id)).flatMap(grammarsOf)])]);
  return {
    sources: read.map(({ source, parsed }) => {
      const { heads, bodies } = plainRules(parsed);
      return { source, heads, bodies };
    }),
    programs: new Map([...freezePrograms(programs, grammars)].flatMap(([name, frozen]) => (frozen === undefined ? [] : [[name, frozen]]))),
    errors,
  };
}

/** @returns undefined where a program holds something that cannot be kept */
function freezePrograms(programs: Programs, grammars: readonly GrammarId[]): ReadonlyMap<string, PartedData | undefined> {
  const named: Readonly<Record<string, Program>> = { comment: programs.comment, regex: programs.text, prose: programs.prose };
  const frozen = new Map<string, PartedData | undefined>();
  const freeze = (name: string, program: Program): void => {
    const beside = besideOf(name).map((other) => named[other] as Program);
    frozen.set(name, freezeProgram(program, beside));
  };
  for (const [name, program] of Object.entries(named)) freeze(name, program);
  for (const grammar of grammars) freeze(grammar, programs.code(grammar));
  return frozen;
}
