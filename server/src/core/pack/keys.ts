/**
 * Every key, value and option that a rule file may hold, named once: the parser reads these lists, the JSON Schema that
 * editors use is made from them (`schema.ts`), and what is in neither is refused.
 */

/** Operators of the older form that may stand for a whole formula. */
export const FORMULA_KEYS = ['pattern', 'patterns', 'pattern-either', 'pattern-regex'] as const;

/** Operators of the older form that have a formula of their own, in a `patterns` list. */
export const CHILD_KEYS = [
  ...FORMULA_KEYS,
  'pattern-not',
  'pattern-inside',
  'pattern-not-inside',
  'pattern-not-regex',
  'semgrep-internal-pattern-anywhere',
] as const;

/** Questions of the older form, in a `patterns` list, and the keys that each knows. */
export const CONDITION_KEYS = {
  'metavariable-regex': ['metavariable', 'regex', 'constant-propagation'],
  'metavariable-pattern': ['metavariable', 'language', ...FORMULA_KEYS],
  'metavariable-comparison': ['metavariable', 'comparison', 'base', 'strip'],
  'metavariable-type': ['metavariable', 'type', 'types', 'language'],
  'metavariable-analysis': ['metavariable', 'analyzer'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Operators of the newer form, under `match:`. */
export const MATCH_KEYS = ['pattern', 'all', 'any', 'regex', 'not', 'inside', 'anywhere'] as const;

/** What may stand beside an operator of the newer form. */
export const MATCH_EXTRAS = ['where', 'as', 'fix'] as const;

/** Keys of one item under `where:`, by the key that says which kind it is; looked for in this order. */
export const WHERE_KEYS = {
  comparison: ['comparison', 'base', 'strip', 'metavariable'],
  focus: ['focus'],
  analyzer: ['metavariable', 'analyzer'],
  type: ['metavariable', 'type', 'types', 'language'],
  metavariable: ['metavariable', 'language', 'constant-propagation', ...MATCH_KEYS, ...MATCH_EXTRAS],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Parts of a taint rule in the newer form, under `taint:`. */
export const TAINT_KEYS = ['sources', 'sinks', 'sanitizers', 'propagators'] as const;

/** The same in the older form, beside `mode: taint`. */
export const TAINT_RULE_KEYS = ['pattern-sources', 'pattern-sinks', 'pattern-sanitizers', 'pattern-propagators'] as const;

/** What may stand beside the formula of one item, by the part that it is in. */
export const SPEC_KEYS = {
  sources: ['exact', 'control', 'by-side-effect', 'label', 'requires'],
  sinks: ['exact', 'at-exit', 'requires', 'lowers', 'first-element'],
  sanitizers: ['exact', 'by-side-effect', 'not_conflicting', 'not-conflicting', 'doubts'],
  propagators: ['from', 'to', 'by-side-effect', 'label', 'requires', 'replace-labels', 'as-element', 'as-stored'],
} as const satisfies Readonly<Record<(typeof TAINT_KEYS)[number], readonly string[]>>;

/** Keys of a named set of sources, under `sources:` beside `rules:` (ours). */
export const SET_KEYS = ['id', 'languages', 'pattern-sources', 'pattern-sanitizers', 'pattern-propagators'] as const;

export const ANALYZERS = ['entropy', 'entropy_v2', 'redos'] as const;
export const ENTROPY_MODES = ['default', 'lax', 'strict'] as const;

/** Semgrep's words and ours for the same three levels. */
export const SEVERITIES = {
  ERROR: 'ERROR',
  WARNING: 'WARNING',
  INFO: 'INFO',
  CRITICAL: 'ERROR',
  HIGH: 'ERROR',
  MEDIUM: 'WARNING',
  LOW: 'INFO',
  INVENTORY: 'INFO',
  EXPERIMENT: 'INFO',
} as const;

export const TIERS = ['proved', 'likely', 'pattern', 'audit'] as const;

export const DETECTOR_NAMES = ['hidden-unicode'] as const;

/** Keys of a rule beside those that say what to match. */
export const RULE_KEYS = [
  'id',
  'message',
  'severity',
  'languages',
  'metadata',
  'paths',
  'fix',
  'fix-regex',
  'options',
  'mode',
  'min-version',
  'max-version',
  'detector',
  'match',
  'taint',
  ...TAINT_RULE_KEYS,
  ...FORMULA_KEYS,
] as const;

export const PATHS_KEYS = ['include', 'exclude'] as const;
export const FIX_REGEX_KEYS = ['regex', 'replacement', 'count'] as const;

/** What Semgrep's format has beyond search mode. Named one by one so that the refusal can say what it is. */
export const REFUSED_RULE_KEYS: Readonly<Record<string, string>> = {
  join: 'join mode is not supported',
  extract: 'extract mode is not supported',
  'dest-language': 'extract mode is not supported',
  'dest-rules': 'extract mode is not supported',
  transform: 'extract mode is not supported',
  reduce: 'extract mode is not supported',
  equivalences: 'user-defined equivalences are not supported',
  'pattern-where-python': 'it would run Python from the rule: Countersign runs nothing that a rule or a scanned tree contains',
  'r2c-internal-project-depends-on': 'dependency rules are not supported',
  'project-depends-on': 'dependency rules are not supported',
  validators: 'secret validators are not supported: they would send what they found over the network',
  request: 'secret validators are not supported: they would send what they found over the network',
  response: 'secret validators are not supported: they would send what they found over the network',
  steps: 'steps are not supported',
  'pattern-not': 'it limits another pattern: put both under `patterns:`',
  'pattern-inside': 'put it under `patterns:` together with what to find inside',
  'pattern-not-inside': 'it limits another pattern: put both under `patterns:`',
  'pattern-not-regex': 'it limits another pattern: put both under `patterns:`',
  'metavariable-regex': 'it asks about a pattern: put both under `patterns:`',
  'metavariable-pattern': 'it asks about a pattern: put both under `patterns:`',
  'metavariable-comparison': 'it asks about a pattern: put both under `patterns:`',
  'metavariable-type': 'it asks about a pattern: put both under `patterns:`',
  'metavariable-analysis': 'it asks about a pattern: put both under `patterns:`',
  'focus-metavariable': 'it narrows a pattern: put both under `patterns:`',
  all: 'it belongs to the newer form: put it under `match:`',
  any: 'it belongs to the newer form: put it under `match:`',
  where: 'it belongs to the newer form: put it under `match:`',
};

/** Operators that Semgrep knows and Countersign does not run: refused with a reason of their own. */
export const REFUSED_OPERATORS: Readonly<Record<string, string>> = {
  'metavariable-name': 'name resolution across files is not built yet',
  'semgrep-internal-metavariable-name': 'this is internal to Semgrep',
  'pattern-where-python': 'it would run Python from the rule: Countersign runs nothing that a rule or a scanned tree contains',
  'metavariable-regexp': 'its name is `metavariable-regex`',
};

/** Names that rules of Semgrep's know and that nothing here can read. Beside others they cost a rule only their own files. */
export const OTHER_LANGUAGES: ReadonlySet<string> = new Set([
  'apex',
  'cairo',
  'circom',
  'clojure',
  'dart',
  'elixir',
  'ex',
  'hack',
  'jsonnet',
  'lisp',
  'move_on_aptos',
  'move_on_sui',
  'ocaml',
  'promql',
  'proto',
  'proto3',
  'protobuf',
  'ql',
  'r',
  'scheme',
  'swift',
  'vue',
]);

/** The code of the error about one of them: the rule runs in the others. */
export const LEFT_OUT = 'language-left-out';
