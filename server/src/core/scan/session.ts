/**
 * The session: rules in, reports out. It compiles the rules of a language when the first file of that language arrives
 * and keeps nothing about files but what `reuseKey` asks for. Every shell goes through here.
 */
import type { GrammarId, Parser } from '../language/raw.js';
import { grammarsOf, languageById, LANGUAGES } from '../language/registry.js';
import { compileProgram, type Program } from '../formula/program.js';
import { createDetector } from '../detector/detector.js';
import type { RuleError, ScanError } from '../model/error.js';
import type { FileReport } from '../model/finding.js';
import type { LanguageId } from '../model/rule.js';
import { DEFAULT_LIMITS, type Clock, type ScanInput, type ScanOptions, type Session, type SessionConfig } from '../model/session.js';
import { formulasOf, languagesIn } from '../pack/languages.js';
import { parseRules } from '../pack/parse.js';
import type { Rule } from '../pack/rule.js';
import { SUPPRESSION_RULES } from '../suppression/rules.js';
import { createFollow } from '../taint/follow.js';
import type { CompiledRules, DetectorRule } from './rules.js';
import { scanInput } from './scan.js';

/** @param pageBase address under which rule pages are published, with a trailing slash */
export function createSession(config: SessionConfig, parser: Parser, clock: Clock, pageBase?: string): Session {
  const errors: ScanError[] = [];
  const rules: Rule[] = [];
  const seen = new Map<string, string>();
  const disabled = new Set(config.disabledRules ?? []);
  for (const source of config.sources) {
    const parsed = parseRules(source, pageBase);
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
      if (disabled.has(rule.id) || (rule.metadata.tier === 'audit' && config.profile !== 'audit')) continue;
      rules.push(rule);
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

  const inLanguage = (id: LanguageId): Rule[] => rules.filter((rule) => rule.body.kind !== 'detector' && rule.languages.includes(id));
  const programs = new Map<GrammarId, Program>();
  const textProgram = (id: LanguageId, beside: readonly Program[] = []): Program => {
    const compiled = compileProgram(inLanguage(id), undefined, parser.parse, beside);
    addErrors(compiled.errors);
    return compiled.program;
  };
  const detectors: DetectorRule[] = [];
  for (const rule of rules) {
    if (rule.body.kind !== 'detector') continue;
    const created = createDetector(rule.body.detector.text, rule.body.options);
    if ('error' in created)
      addErrors([
        {
          kind: 'rule',
          code: 'detector-options',
          message: created.error,
          path: rule.origin.path,
          range: rule.body.optionsRange,
          ruleId: rule.id,
          level: 'error',
        },
      ]);
    else detectors.push({ rule, detect: created.detect, wantsTree: created.wantsTree });
  }
  const comment = textProgram('comment');
  const text = textProgram('regex');
  const prose = textProgram('prose', [text]);
  const languageOf = new Map(LANGUAGES.flatMap((language) => grammarsOf(language).map((grammar) => [grammar, language.id] as const)));

  const compileCode = (grammar: GrammarId): Program => {
    let program = programs.get(grammar);
    if (program === undefined) {
      const language = languageOf.get(grammar);
      const compiled = compileProgram(language === undefined ? [] : inLanguage(language), grammar, parser.parse, [comment, text]);
      program = compiled.program;
      programs.set(grammar, program);
      // A pattern that only one of a language's grammars can read (JSX, or a type assertion) is no error.
      const siblings = language === undefined ? [] : grammarsOf(languageById(language));
      const others = siblings.filter((other) => other !== grammar).map((other) => programs.get(other));
      if (siblings.length === 1) addErrors(compiled.errors);
      else if (others.every((other) => other !== undefined))
        addErrors(compiled.errors.filter((error) => !others.some((other) => other.rules.some((rule) => rule.rule.id === error.ruleId))));
    }
    return program;
  };

  const needed = new Map<LanguageId, readonly GrammarId[]>();
  const namedIn = (id: LanguageId): readonly GrammarId[] => {
    let grammars = needed.get(id);
    if (grammars === undefined) {
      const named = new Set(inLanguage(id).flatMap((rule) => formulasOf(rule.body).flatMap(languagesIn)));
      grammars = [...named].flatMap((other) => grammarsOf(languageById(other)));
      needed.set(id, grammars);
    }
    return grammars;
  };

  const compiled: CompiledRules = {
    code: compileCode,
    grammarsFor: (grammar) => [...new Set([grammar, ...namedIn(languageOf.get(grammar) ?? 'regex')])],
    comment,
    prose,
    text,
    detectors,
    follow: createFollow(config.flowAcrossFunctions ?? true),
    hasCode: (grammar) => rules.some((rule) => rule.languages.includes(languageOf.get(grammar) ?? 'regex')),
  };

  const usedKeys = new Map<string, Set<string>>();
  return {
    rules: [...rules, ...SUPPRESSION_RULES],
    errors,
    async prepareAll() {
      for (const language of LANGUAGES) {
        if (!rules.some((rule) => rule.languages.includes(language.id))) continue;
        await parser.ensure([...new Set([...grammarsOf(language), ...namedIn(language.id)])]);
        for (const grammar of grammarsOf(language)) compileCode(grammar);
      }
    },
    async scan(input: ScanInput, options: ScanOptions = {}): Promise<FileReport> {
      return scanInput(input, compiled, parser, clock, {
        cancel: options.cancel,
        limits: options.limits ?? DEFAULT_LIMITS,
        ignorePaths: options.ignorePaths ?? false,
        reuse: (unit) => {
          if (options.reuseKey === undefined) return undefined;
          const key = `${options.reuseKey}\0${unit}`;
          const keys = usedKeys.get(options.reuseKey) ?? new Set();
          keys.add(key);
          usedKeys.set(options.reuseKey, keys);
          return key;
        },
      });
    },
    release(reuseKey) {
      for (const key of usedKeys.get(reuseKey) ?? []) parser.release(key);
      usedKeys.delete(reuseKey);
    },
    dispose() {
      for (const keys of usedKeys.values()) for (const key of keys) parser.release(key);
      usedKeys.clear();
    },
  };
}
