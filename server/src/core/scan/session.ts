/**
 * The session: rules in, reports out. It compiles the rules of a language when the first file of that language arrives
 * and keeps nothing about files but what `reuseKey` asks for. Every shell goes through here.
 */
import type { GrammarId, Parser } from '../language/raw.js';
import { grammarsOf, languageById, LANGUAGES } from '../language/registry.js';
import { createDetector } from '../detector/detector.js';
import type { RuleError, ScanError } from '../model/error.js';
import type { FileReport } from '../model/finding.js';
import type { LanguageId } from '../model/rule.js';
import {
  DEFAULT_LIMITS,
  type Clock,
  type PreparedSources,
  type RuleSource,
  type ScanInput,
  type ScanOptions,
  type Session,
  type SessionConfig,
} from '../model/session.js';
import { parseRules, type ParsedRules } from '../pack/parse.js';
import { createSourceSets, type SetCheck } from '../pack/sourceSets.js';
import type { Rule } from '../pack/rule.js';
import { SUPPRESSION_RULES } from '../suppression/rules.js';
import { createFollow } from '../taint/follow.js';
import { parsedFrom, plainRules } from './plainRules.js';
import { takeUpPrepared } from './prepared.js';
import { createPrograms, languageOf } from './programs.js';
import { createProjects } from './project.js';
import type { CompiledRules, DetectorRule } from './rules.js';
import { scanInput, type OpenUnit } from './scan.js';
import { trySets } from './sets.js';
import { supersedingOf } from './supersede.js';

/**
 * @param pageBase address under which rule pages are published, with a trailing slash
 * @param sources what was worked out before for some of the rule files
 * @param builtInSets files of named sources that ship with Countersign, for rules of any file to use
 */
export function createSession(
  config: SessionConfig,
  parser: Parser,
  clock: Clock,
  pageBase?: string,
  sources?: PreparedSources,
  builtInSets?: () => readonly RuleSource[],
): Session {
  const prepared = takeUpPrepared(sources);
  const sets = createSourceSets([...config.sources, ...(config.sets ?? [])], builtInSets);
  const setChecks: SetCheck[] = [];
  const errors: ScanError[] = [];
  const rules: Rule[] = [];
  const seen = new Map<string, string>();
  const disabled = new Set<string>(config.disabledRules ?? []);
  const idle = new Set<string>();
  const read = new Map<RuleSource, ParsedRules>();
  for (const source of config.sources) {
    const known = prepared.rulesOf(source);
    const parsed = known ?? (source.read === undefined ? parseRules(source, pageBase, sets) : parsedFrom(source.read, source.text));
    if (known === undefined) read.set(source, parsed);
    setChecks.push(...parsed.sets);
    errors.push(...parsed.errors);
    for (const rule of parsed.rules) {
      const earlier = seen.get(rule.id);
      if (earlier !== undefined) {
        errors.push({
          kind: 'rule',
          code: 'duplicate-id',
          message: `the id \`${rule.id}\` is already used in ${earlier}; the first one is run`,
          path: source.path,
          range: rule.origin.range,
          ruleId: rule.id,
          level: 'error',
        });
        continue;
      }
      seen.set(rule.id, source.path);
      if (disabled.has(rule.id) || (rule.metadata.tier === 'audit' && config.profile !== 'audit')) idle.add(rule.id);
      else rules.push(rule);
    }
  }

  const reported = new Set<string>();
  const addErrors = (found: readonly RuleError[]): void => {
    for (const error of found) {
      // The same pattern may fail in two grammars of one language: once is enough.
      const key = `${error.path}\0${error.ruleId ?? ''}\0${error.code}\0${error.range.start.offset}`;
      if (reported.has(key)) continue;
      reported.add(key);
      errors.push(error);
    }
  };

  const detectors: DetectorRule[] = [];
  for (const rule of rules) {
    const body = rule.mode === 'detector' ? rule.body() : undefined;
    if (body?.kind !== 'detector') continue;
    const created = createDetector(body.detector.text, body.options);
    if ('error' in created)
      addErrors([
        {
          kind: 'rule',
          code: 'detector-options',
          message: created.error,
          path: rule.origin.path,
          range: body.optionsRange,
          ruleId: rule.id,
          level: 'error',
        },
      ]);
    else detectors.push({ rule, detect: created.detect, wantsTree: created.wantsTree });
  }
  const programs = createPrograms(rules, parser.parse, prepared, addErrors);

  const needed = new Map<LanguageId, readonly GrammarId[]>();
  const namedIn = (id: LanguageId): readonly GrammarId[] => {
    let grammars = needed.get(id);
    if (grammars === undefined) {
      const named = new Set(programs.rulesIn(id).flatMap((rule) => rule.questionLanguages));
      grammars = [...named].flatMap((other) => grammarsOf(languageById(other)));
      needed.set(id, grammars);
    }
    return grammars;
  };

  const grammarsFor = (grammar: GrammarId): readonly GrammarId[] => [...new Set([grammar, ...namedIn(languageOf(grammar))])];
  const across = config.flowAcrossFunctions ?? true;
  const ofSuppressions = SUPPRESSION_RULES.filter(({ id }) => !disabled.has(id));
  const wanted = new Set(rules.flatMap((rule) => rule.languages));
  const compiled: CompiledRules = {
    code: programs.code,
    grammarsFor,
    comment: programs.comment,
    prose: programs.prose,
    text: programs.text,
    detectors,
    superseding: supersedingOf(rules),
    ofSuppressions: new Set(ofSuppressions),
    idle,
    followIn: (reach) =>
      createFollow(across, reach === undefined ? undefined : { project: (home) => reach.around(home), version: reach.version }),
    projects: createProjects(parser, programs.code, grammarsFor),
    hasCode: (grammar) => wanted.has(languageOf(grammar)),
  };

  /** What `reuseKey` asks to keep: by that key and by unit. */
  const open = new Map<string, Map<string, OpenUnit>>();
  return {
    rules: [...rules, ...ofSuppressions],
    errors,
    async prepareAll(except) {
      for (const language of LANGUAGES) {
        if (except?.has(language.id) === true || !rules.some((rule) => rule.languages.includes(language.id) && !prepared.has(rule)))
          continue;
        await parser.ensure([...new Set([...grammarsOf(language), ...namedIn(language.id)])]);
        for (const grammar of grammarsOf(language)) programs.code(grammar);
      }
      await trySets(setChecks, parser, addErrors);
    },
    readSources: () =>
      config.sources.map((source) => {
        const parsed = read.get(source);
        return parsed === undefined || source.read !== undefined ? source : { ...source, read: plainRules(parsed) };
      }),
    preparedLanguages: () =>
      LANGUAGES.filter((language) => grammarsOf(language).length > 0 && grammarsOf(language).every(programs.isCompiled)).map(
        ({ id }) => id,
      ),
    async scan(input: ScanInput, options: ScanOptions = {}): Promise<FileReport> {
      return scanInput(input, compiled, parser, clock, {
        cancel: options.cancel,
        limits: options.limits ?? DEFAULT_LIMITS,
        ignorePaths: options.ignorePaths ?? false,
        accounts: options.accounts ?? [],
        project: across ? options.project : undefined,
        onTree: options.onTree,
        openUnit: (unit) => {
          if (options.reuseKey === undefined) return undefined;
          const units = open.get(options.reuseKey) ?? new Map<string, OpenUnit>();
          open.set(options.reuseKey, units);
          const known = units.get(unit) ?? { key: `${options.reuseKey}\0${unit}`, kept: [] };
          units.set(unit, known);
          return known;
        },
      });
    },
    release(reuseKey) {
      for (const { key } of open.get(reuseKey)?.values() ?? []) parser.release(key);
      open.delete(reuseKey);
    },
    dispose() {
      for (const units of open.values()) for (const { key } of units.values()) parser.release(key);
      open.clear();
    },
  };
}
