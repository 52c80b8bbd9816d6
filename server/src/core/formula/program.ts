/**
 * All rules of one grammar, compiled: patterns stand once however many rules share them, and know the kinds of nodes
 * they can start from, so that one traversal of a file serves every rule. A rule whose pattern does not compile is an
 * error and is left out whole. One file: a formula, its questions and its patterns are compiled by functions that call each other.
 */
import type { GrammarId, Parser } from '../language/raw.js';
import { grammarsOf, languageById, languageOfGrammar, traitsOf } from '../language/registry.js';
import { Role, Tag } from '../language/tags.js';
import { declarationOf } from '../language/typeText.js';
import { DEFAULT_MATCH_OPTIONS, type MatchOptions } from '../matching/options.js';
import type { RuleError } from '../model/error.js';
import type { LanguageId } from '../model/rule.js';
import { compileRegex, vettedRegex, type TextRegex } from '../model/regex.js';
import { compilePattern } from '../pattern/compile.js';
import type { PatternNode } from '../pattern/pattern.js';
import type { Condition, Formula, Located, Rule, RuleOptions, TaintSpec } from '../pack/rule.js';
import { parseComparison } from './comparison.js';
import { earlyConditions } from './metavariables.js';
import { narrowedBy, questionsOf } from './narrowed.js';
import type { CompiledCondition, CompiledFormula, CompiledSpec, CompiledTaint, IndexedPattern } from './compiled.js';
import { ANALYSES } from './analyses.js';
import { allOf, anyOf, needOf, type Need } from './needs.js';
import { needsOfReach, reachOf, type Reach } from './reach.js';
import { calleeName, firstTags, rootTags } from './starts.js';
import { createNeedTables, type NeedTables } from './textIndex.js';

export interface CompiledRule {
  readonly rule: Rule;
  /** What is looked for; in taint mode, that there is a source and a sink at all. */
  readonly formula: CompiledFormula;
  readonly taint: CompiledTaint | undefined;
  readonly options: MatchOptions;
  /** In taint mode: what a text must contain for a source to be in it, and for a sink. The two may be in different files. */
  readonly ends: { readonly source: Need; readonly sink: Need } | undefined;
  /** What the file's text must contain. */
  readonly need: Need;
  /** The same, literals only: for comments, whose text is not the file's text line by line. */
  readonly literalNeed: Need;
  /** Which function bodies matter to the rule; undefined when any may. */
  readonly reach: Reach | undefined;
}

export interface Program {
  /** Undefined for text languages. */
  readonly grammar: GrammarId | undefined;
  readonly patterns: readonly IndexedPattern[];
  readonly rules: readonly CompiledRule[];
  /** For asking texts what the rules need, those of the programs beside this one included. */
  readonly tables: NeedTables;
}

export interface ProgramResult {
  readonly program: Program;
  readonly errors: readonly RuleError[];
}

type Needs = Pick<CompiledRule, 'need' | 'literalNeed' | 'reach' | 'ends'>;

/** A compiled rule without the rule itself. */
export interface PreparedRule extends Needs {
  readonly id: string;
  /** @param rule the one that it was made of: what it looks for is taken up when it is first asked for */
  compiledFor(rule: Rule): CompiledRule;
}

/** A program that was compiled before: see `prepared.ts`. */
export interface PreparedProgram {
  /** Of the rules that were run so far. */
  readonly patterns: IndexedPattern[];
  /** By rule id. */
  readonly rules: ReadonlyMap<string, PreparedRule>;
  readonly tables: NeedTables;
}

export interface PreparedFor {
  readonly program: PreparedProgram;
  /** Undefined for a rule that is not among the program's, and is compiled. */
  of(rule: Rule): PreparedRule | undefined;
}

interface Draft {
  readonly grammar: GrammarId | undefined;
  readonly parse: Parser['parse'];
  readonly patterns: IndexedPattern[];
  readonly known: Map<string, number>;
  /** Formulas that several rules share, such as those of named sources, by the key of the options they are compiled with. */
  readonly compiled: Map<Formula, Map<string, CompiledFormula>>;
  /** The same by what they are. */
  readonly shared: Map<string, CompiledFormula>;
  /** Metavariables that some pattern of the rule at hand binds to the content of a string. */
  readonly stringNames: Set<string>;
  readonly errors: RuleError[];
}

/**
 * @param grammar undefined for `regex`, `comment` and `prose` rules, which hold no patterns
 * @param beside other programs whose rules are asked of the same texts: they share the tables, so that one pass serves all
 */
export function compileProgram(
  rules: readonly Rule[],
  grammar: GrammarId | undefined,
  parse: Parser['parse'],
  beside: readonly Program[] = [],
  prepared?: PreparedFor,
): ProgramResult {
  const draft: Draft = {
    grammar,
    parse,
    patterns: prepared?.program.patterns ?? [],
    known: new Map(),
    compiled: new Map(),
    shared: new Map(),
    stringNames: new Set(),
    errors: [],
  };
  const compiled: CompiledRule[] = [];
  const needs = createNeeds(draft.patterns);
  for (const rule of rules) {
    if (rule.mode === 'detector') continue;
    const ready = prepared?.of(rule);
    if (ready !== undefined) {
      compiled.push(ready.compiledFor(rule));
      continue;
    }
    const before = draft.errors.length;
    draft.stringNames.clear();
    const options = sharedOptions(rule.options);
    const { formula, taint } = compileGuarded(draft, rule, options);
    if (formula === undefined || draft.errors.length > before) continue;
    compiled.push(
      withNeeds({ rule, formula, taint, options }, () => ({
        ends:
          taint === undefined ? undefined : { source: anyOf(taint.sources.map(needs.whole)), sink: anyOf(taint.sinks.map(needs.whole)) },
        need: taint === undefined ? needOf(formula, draft.patterns, true) : bothNeeds(taint, needs.whole),
        literalNeed: taint === undefined ? needOf(formula, draft.patterns, false) : bothNeeds(taint, needs.literals),
        // Data may take its way through any function.
        reach: grammar === undefined || taint !== undefined ? undefined : reachOf(formula, draft.patterns),
      })),
    );
  }
  let tables: NeedTables | undefined;
  let preparedTables = prepared?.program.tables;
  return {
    program: {
      grammar: draft.grammar,
      patterns: draft.patterns,
      rules: compiled,
      get tables() {
        if (tables === undefined) {
          const around = [...compiled, ...beside.flatMap((program) => program.rules)];
          tables = tablesFor(around.flatMap(needsOfRule), preparedTables);
          // Megabytes, of no use where there are others.
          preparedTables = undefined;
        }
        return tables;
      },
    },
    errors: draft.errors,
  };
}

/** A bug of ours in one rule costs no other its findings. */
function compileGuarded(
  draft: Draft,
  rule: Rule,
  options: MatchOptions,
): { readonly formula?: CompiledFormula | undefined; readonly taint?: CompiledTaint | undefined } {
  try {
    const body = rule.body();
    if (body.kind === 'search') return { formula: compileFormula(draft, rule, body.formula, options), taint: undefined };
    const taint = body.kind === 'taint' ? compileTaint(draft, rule, body.spec, options) : undefined;
    return { formula: taint === undefined ? undefined : bothOf(taint), taint };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    fail(
      draft,
      rule,
      'internal',
      `Countersign failed on this rule, which is a bug of its own: ${reason}; the rule is not run`,
      rule.origin.range,
    );
    return {};
  }
}

/** What a rule needs is worked out when a text is first asked for it: a rule that is only checked never asks. */
function withNeeds(rule: Omit<CompiledRule, keyof Needs>, make: () => Needs): CompiledRule {
  let made: Needs | undefined;
  const needs = (): Needs => (made ??= make());
  return {
    ...rule,
    get need() {
      return needs().need;
    },
    get literalNeed() {
      return needs().literalNeed;
    },
    get reach() {
      return needs().reach;
    },
    get ends() {
      return needs().ends;
    },
  };
}

function compileTaint(draft: Draft, rule: Rule, spec: TaintSpec, options: MatchOptions): CompiledTaint | undefined {
  const compile = <S extends { readonly formula: Formula }>(
    items: readonly S[],
  ): readonly CompiledSpec<Omit<S, 'formula'>>[] | undefined => {
    const compiled = items.map(({ formula, ...own }) => ({ spec: own, formula: compileOnce(draft, rule, formula, options) }));
    return compiled.every((item): item is CompiledSpec<Omit<S, 'formula'>> => item.formula !== undefined) ? compiled : undefined;
  };
  const sources = compile(spec.sources);
  const sinks = compile(spec.sinks);
  const sanitizers = compile(spec.sanitizers);
  const propagators = compile(spec.propagators);
  if (sources === undefined || sinks === undefined || sanitizers === undefined || propagators === undefined) return undefined;
  return { sources, sinks, sanitizers, propagators };
}

type NeedOf = (spec: { readonly formula: CompiledFormula }) => Need;

/** Of formulas that several rules share, once. */
function createNeeds(patterns: readonly IndexedPattern[]): { readonly whole: NeedOf; readonly literals: NeedOf } {
  const remembering = (regexes: boolean): NeedOf => {
    const known = new Map<CompiledFormula, Need>();
    return ({ formula }) => {
      let need = known.get(formula);
      if (need === undefined) known.set(formula, (need = needOf(formula, patterns, regexes)));
      return need;
    };
  };
  return { whole: remembering(true), literals: remembering(false) };
}

function bothNeeds({ sources, sinks }: CompiledTaint, needOfSpec: NeedOf): Need {
  return allOf([anyOf(sources.map(needOfSpec)), anyOf(sinks.map(needOfSpec))]);
}

/** A source and a sink, wherever they are: what a text must have for data to get from one to the other. */
function bothOf({ sources, sinks }: CompiledTaint): CompiledFormula {
  const any = (specs: readonly { readonly formula: CompiledFormula }[]): CompiledFormula => ({
    kind: 'or',
    children: specs.map(({ formula }) => formula),
  });
  return {
    kind: 'and',
    positive: [any(sources), any(sinks)],
    cheapestFirst: [0, 1],
    early: [[], []],
    negative: [],
    conditions: [],
    focus: [],
    as: undefined,
    fix: undefined,
  };
}

/** The prepared ones where they hold all that is needed. */
function tablesFor(needs: readonly Need[], prepared: NeedTables | undefined): NeedTables {
  return prepared !== undefined && needs.every((need) => prepared.indexes.has(need)) ? prepared : createNeedTables(needs);
}

export function needsOfRule({ need, literalNeed, reach, ends }: Needs): readonly Need[] {
  return [need, literalNeed, ...(ends === undefined ? [] : [ends.source, ends.sink]), ...needsOfReach(reach)];
}

/** Equal ones are one object: matchings of a file are kept by it. */
function sharedOptions(options: RuleOptions): MatchOptions {
  const read = matchOptions(options);
  const key = JSON.stringify(read);
  const known = shared.get(key);
  if (known !== undefined) return known;
  if (shared.size >= MAX_SHARED) shared.clear();
  shared.set(key, read);
  return read;
}

const shared = new Map<string, MatchOptions>();
const MAX_SHARED = 1_000;

function matchOptions(options: RuleOptions): MatchOptions {
  const flag = (name: string, fallback: boolean): boolean => (typeof options[name] === 'boolean' ? options[name] : fallback);
  const known = Object.entries(DEFAULT_MATCH_OPTIONS).flatMap(([name, fallback]) =>
    typeof fallback === 'boolean' ? [[name, flag(snakeCase(name), fallback)] as const] : [],
  );
  const read = { ...DEFAULT_MATCH_OPTIONS, ...Object.fromEntries(known), generic: genericOptions(options) };
  // The older name of the same option.
  return { ...read, symmetricEq: read.symmetricEq || flag('commutative_compop', false) };
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function genericOptions(options: RuleOptions): MatchOptions['generic'] {
  const span = options['generic_ellipsis_max_span'];
  const style = options['generic_comment_style'];
  return {
    maxSpan: typeof span === 'number' ? span : DEFAULT_MATCH_OPTIONS.generic.maxSpan,
    comments: style === 'c' || style === 'cpp' || style === 'shell' ? style : undefined,
  };
}

function compileOnce(draft: Draft, rule: Rule, formula: Formula, options: MatchOptions): CompiledFormula | undefined {
  const key = keyOf(options);
  const known = draft.compiled.get(formula)?.get(key);
  if (known !== undefined) return known;
  const own = compileFormula(draft, rule, formula, options);
  if (own === undefined) return undefined;
  const compiled = sharedFormula(draft, own);
  const byOptions = draft.compiled.get(formula) ?? new Map<string, CompiledFormula>();
  byOptions.set(key, compiled);
  draft.compiled.set(formula, byOptions);
  return compiled;
}

/** Rules that spell out the same sources share what was compiled first: a document is searched for it once. */
function sharedFormula({ shared: formulas }: Draft, formula: CompiledFormula): CompiledFormula {
  let isPlain = true;
  const key = JSON.stringify(formula, (name, value: unknown) => {
    if (name === 'other' && value !== undefined) isPlain = false;
    if (typeof value !== 'object' || value === null || !('matchesAtStart' in value)) return value;
    const { source, multiline } = value as TextRegex;
    return `${source}\0${multiline}`;
  });
  if (!isPlain) return formula;
  const known = formulas.get(key);
  if (known === undefined) formulas.set(key, formula);
  return known ?? formula;
}

const optionKeys = new WeakMap<MatchOptions, string>();

function keyOf(options: MatchOptions): string {
  let key = optionKeys.get(options);
  if (key === undefined) optionKeys.set(options, (key = JSON.stringify(options)));
  return key;
}

function compileFormula(draft: Draft, rule: Rule, formula: Formula, options: MatchOptions): CompiledFormula | undefined {
  switch (formula.kind) {
    case 'pattern': {
      // Where there is only text, a pattern is a regular expression, as in Semgrep.
      if (draft.grammar === undefined) return compileFormula(draft, rule, { kind: 'regex', pattern: formula.pattern }, options);
      const index = addPattern(draft, rule, formula.pattern, options);
      return index === undefined ? undefined : { kind: 'pattern', index };
    }
    case 'regex': {
      const compiled = rule.origin.vetted === true ? vettedRegex(formula.pattern.text, true) : compileRegex(formula.pattern.text, true);
      // Reading the rule refused it already; this is only for rules made in other ways.
      return 'error' in compiled
        ? fail(draft, rule, 'regex-syntax', compiled.error, formula.pattern.range)
        : { kind: 'regex', regex: compiled.regex };
    }
    case 'or': {
      const children = formula.children.map((child) => compileFormula(draft, rule, child, options));
      return children.every((child) => child !== undefined) ? { kind: 'or', children } : undefined;
    }
    case 'inside': {
      const child = compileFormula(draft, rule, formula.child, options);
      return child === undefined ? undefined : { kind: 'inside', child };
    }
    case 'anywhere': {
      const child = compileFormula(draft, rule, formula.child, options);
      return child === undefined ? undefined : { kind: 'anywhere', child };
    }
    case 'not':
      return fail(draft, rule, 'negation', 'a negation must stand beside a positive pattern, under `patterns:`', formula.range);
    case 'and': {
      const positive: CompiledFormula[] = [];
      const negative: CompiledFormula[] = [];
      for (const child of formula.children) {
        const inner = compileFormula(draft, rule, child.kind === 'not' ? child.child : child, options);
        if (inner === undefined) return undefined;
        (child.kind === 'not' ? negative : positive).push(inner);
      }
      const conditions: CompiledCondition[] = [];
      for (const condition of formula.conditions) {
        const compiled = compileCondition(draft, rule, condition, options);
        if (compiled === undefined) return undefined;
        conditions.push(compiled);
      }
      const early = earlyConditions(positive, conditions, draft.patterns);
      return {
        kind: 'and',
        positive: positive.map((child, at) => narrowedBy(child, questionsOf(early[at] ?? [], conditions), draft.patterns, draft.known)),
        cheapestFirst: cheapestFirst(positive, draft.patterns),
        early,
        negative,
        conditions,
        focus: formula.focus,
        as: formula.as,
        fix: formula.fix,
      };
    }
  }
}

function cheapestFirst(children: readonly CompiledFormula[], patterns: readonly IndexedPattern[]): number[] {
  const cost = (formula: CompiledFormula): number => {
    switch (formula.kind) {
      case 'pattern': {
        const entry = patterns[formula.index];
        if (entry?.calleeName !== undefined) return 0;
        // Any expression at all: what is around it had better be found first.
        if (entry?.pattern.items.length === 1 && entry.pattern.items[0]?.kind === 'metavariable') return 6;
        // Each expression in each that holds it.
        if (entry?.pattern.items.length === 1 && entry.pattern.items[0]?.kind === 'deep') return 7;
        if (entry === undefined) return 4;
        const { localLiterals, strings, stringRegexes } = entry.pattern;
        const spelled = strings.length + stringRegexes.length > 0;
        if (entry.tags.length === 0) return spelled && entry.firstTags.length > 0 ? 2 : 4;
        return localLiterals.length > 0 ? 1 : spelled ? 1.5 : 3;
      }
      case 'regex':
        return 2;
      case 'inside':
      case 'anywhere':
        return cost(formula.child) + 0.5;
      case 'or':
        return Math.max(...formula.children.map(cost));
      case 'and':
        return Math.min(...formula.positive.map(cost));
    }
  };
  return children.map((_, at) => at).toSorted((a, b) => cost(children[a] as CompiledFormula) - cost(children[b] as CompiledFormula));
}

function compileCondition(draft: Draft, rule: Rule, condition: Condition, options: MatchOptions): CompiledCondition | undefined {
  switch (condition.kind) {
    case 'regex': {
      const compiled = rule.origin.vetted === true ? vettedRegex(condition.regex.text, false) : compileRegex(condition.regex.text, false);
      if ('error' in compiled) return fail(draft, rule, 'regex-syntax', compiled.error, condition.regex.range);
      return {
        kind: 'regex',
        metavariable: condition.metavariable,
        regex: compiled.regex,
        constantPropagation: condition.constantPropagation && options.constantPropagation,
        onString: draft.stringNames.has(condition.metavariable),
      };
    }
    case 'comparison': {
      const parsed = parseComparison(condition.comparison.text);
      if ('error' in parsed)
        return fail(draft, rule, 'comparison-syntax', `\`comparison\`: ${parsed.error}`, condition.comparison.locate(parsed.at));
      return {
        kind: 'comparison',
        comparison: parsed.comparison,
        source: condition.comparison.text,
        base: condition.base,
        strip: condition.strip,
        constantPropagation: options.constantPropagation,
      };
    }
    case 'type': {
      const types = condition.types.map((type) => addType(draft, rule, type, options));
      return types.every((type) => type !== undefined) ? { kind: 'type', metavariable: condition.metavariable, types } : undefined;
    }
    case 'analysis': {
      const { analyzer, metavariable } = condition;
      if (ANALYSES[analyzer] !== undefined) return { kind: 'analysis', metavariable, analyzer };
      return fail(draft, rule, 'unsupported-operator', `the analyzer \`${condition.analyzer}\` is not supported`, condition.range);
    }
    case 'pattern':
      return compileNested(draft, rule, condition, options);
  }
}

/** A question in a language that it names is a small program of its own: its patterns are read by that language's grammar. */
function compileNested(
  draft: Draft,
  rule: Rule,
  condition: Condition & { readonly kind: 'pattern' },
  options: MatchOptions,
): CompiledCondition | undefined {
  const { language, metavariable } = condition;
  if (language === undefined) {
    const formula = compileFormula(draft, rule, condition.formula, options);
    if (formula === undefined) return undefined;
    // What a metavariable of the generic language holds is text, which is read again.
    const generic = draft.grammar !== undefined && READS_SOURCE.has(languageOfGrammar(draft.grammar));
    const again = generic ? ({ kind: 'code', grammar: draft.grammar, patterns: draft.patterns, readsSource: true } as const) : undefined;
    return { kind: 'pattern', metavariable, formula, other: again };
  }
  const inner = (grammar: GrammarId | undefined): Draft => ({
    ...draft,
    grammar,
    patterns: [],
    known: new Map(),
    compiled: new Map(),
    shared: new Map(),
    errors: [],
  });
  if (language === 'regex') {
    const own = inner(undefined);
    const formula = compileFormula(own, rule, condition.formula, options);
    draft.errors.push(...own.errors);
    return formula === undefined ? undefined : { kind: 'pattern', metavariable, formula, other: { kind: 'text' } };
  }
  if (draft.grammar === undefined) {
    return fail(
      draft,
      rule,
      'unsupported-operator',
      '`metavariable-pattern` in a programming language is not supported in a rule about text; the rule is not run',
      condition.range,
    );
  }
  let errors: readonly RuleError[] = [];
  for (const grammar of grammarsOf(languageById(language))) {
    const own = inner(grammar);
    const formula = compileFormula(own, rule, condition.formula, options);
    if (formula !== undefined && own.errors.length === 0) {
      const other = { kind: 'code', grammar, patterns: own.patterns, readsSource: READS_SOURCE.has(language) } as const;
      return { kind: 'pattern', metavariable, formula, other };
    }
    if (errors.length === 0) errors = own.errors;
  }
  if (errors.length > 0) {
    draft.errors.push(...errors);
    return undefined;
  }
  return fail(
    draft,
    rule,
    'unsupported-operator',
    `\`metavariable-pattern\` with \`language: ${language}\` is not supported; the rule is not run`,
    condition.range,
  );
}

/** Languages that any code may be read in, not only the content of strings. */
const READS_SOURCE: ReadonlySet<LanguageId> = new Set(['generic']);

/** A type as a pattern of its own, found in a declaration around it. */
function addType(draft: Draft, rule: Rule, type: Located, options: MatchOptions): number | undefined {
  const declaration = draft.grammar === undefined ? undefined : declarationOf(draft.grammar, type.text.trim());
  if (draft.grammar === undefined || declaration === undefined) {
    return fail(
      draft,
      rule,
      'unsupported-operator',
      '`metavariable-type` is not supported in this language; the rule is not run',
      type.range,
    );
  }
  const key = `type\0${keyOf(options)}\0${type.text}`;
  const known = draft.known.get(key);
  if (known !== undefined) return known;
  const result = compilePattern(declaration, draft.grammar, draft.parse);
  const found = 'error' in result ? undefined : typeIn(result.pattern.items);
  if ('error' in result || found === undefined)
    return fail(draft, rule, 'pattern-syntax', `\`${type.text.trim()}\` cannot be read as a type`, type.range);
  const index = draft.patterns.length;
  draft.patterns.push({ pattern: { ...result.pattern, items: [found] }, options, calleeName: undefined, tags: [], firstTags: [] });
  draft.known.set(key, index);
  return index;
}

function typeIn(items: readonly PatternNode[]): PatternNode | undefined {
  for (const item of items) {
    if (item.kind !== 'node') continue;
    const type = item.children.find((child) => child.role === Role.Type);
    if (type !== undefined) return type.kind === 'node' && type.tag === Tag.Type && type.children.length === 1 ? type.children[0] : type;
    const inner = typeIn(item.children);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function addPattern(draft: Draft, rule: Rule, located: Located, options: MatchOptions): number | undefined {
  if (draft.grammar === undefined) return fail(draft, rule, 'pattern-in-text', 'in a text language use `pattern-regex`', located.range);
  const key = `${keyOf(options)}\0${located.text}`;
  const known = draft.known.get(key);
  if (known !== undefined) {
    for (const name of draft.patterns[known]?.pattern.stringNames ?? []) draft.stringNames.add(name);
    return known;
  }
  const result = compilePattern(located.text, draft.grammar, draft.parse);
  if ('error' in result)
    return fail(draft, rule, 'pattern-syntax', `this pattern cannot be read: ${result.error}`, located.locate(result.at));
  const index = draft.patterns.length;
  const [first, second] = result.pattern.items;
  const single = second === undefined ? first : undefined;
  draft.patterns.push({
    pattern: result.pattern,
    options,
    calleeName: single === undefined || traitsOf(draft.grammar).caselessNames ? undefined : calleeName(single),
    tags: single === undefined ? [] : rootTags(single, options, draft.grammar),
    firstTags: first === undefined || second === undefined ? [] : firstTags(first, options, draft.grammar),
  });
  for (const name of result.pattern.stringNames) draft.stringNames.add(name);
  draft.known.set(key, index);
  return index;
}

function fail(draft: Draft, rule: Rule, code: string, message: string, range: RuleError['range']): undefined {
  draft.errors.push({ kind: 'rule', code, message, path: rule.origin.path, range, ruleId: rule.id, level: 'error' });
  return undefined;
}
