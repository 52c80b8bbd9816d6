/**
 * A rule's `options`: Semgrep's names and types. Each either changes what matches, or concerns something that search mode
 * here does not have (taint mode, analysis across files, one language's parser) and is kept. One that a rule sets to a value
 * that cannot be honoured is refused, and so is an unknown one.
 */
import type { RuleOptions } from './rule.js';
import type { YamlEntry, YamlFile } from './yaml.js';

type OptionType = 'boolean' | 'count' | 'strings' | 'pairs' | 'metavariable' | readonly string[];

interface OptionSpec {
  readonly type: OptionType;
  /** The only value that can be honoured; any other is refused. */
  readonly only?: boolean | string;
}

const flag: OptionSpec = { type: 'boolean' };

export const OPTIONS: Readonly<Record<string, OptionSpec>> = {
  constant_propagation: flag,
  symbolic_propagation: flag,
  ac_matching: flag,
  commutative_boolop: flag,
  commutative_compop: flag,
  symmetric_eq: flag,
  vardef_assign: flag,
  flddef_assign: flag,
  attr_expr: flag,
  unify_ids_strictly: flag,
  arrow_is_function: flag,
  let_is_var: flag,
  go_deeper_expr: flag,
  go_deeper_stmt: flag,
  implicit_deep_exprstmt: flag,
  implicit_ellipsis: flag,
  xml_singleton_loose_matching: flag,
  xml_attrs_implicit_ellipsis: flag,
  xml_children_ordered: flag,
  decorators_order_matters: flag,
  implicit_return: flag,
  // Analysis across files: without it a rule runs file by file, as in Semgrep's own open engine.
  interfile: flag,
  // Taint mode only.
  taint_intrafile: flag,
  taint_match_on: { type: ['source', 'sink'] },
  taint_focus_on: { type: ['source', 'sink'] },
  taint_unify_mvars: flag,
  taint_assume_safe_functions: flag,
  taint_assume_safe_indexes: flag,
  taint_assume_safe_comparisons: flag,
  taint_assume_safe_booleans: flag,
  taint_assume_safe_numbers: flag,
  taint_only_propagate_through_assignments: flag,
  // Ours: flows that were followed far are told as information.
  taint_lower_far: flag,
  // Ours: not where the named metavariable's text begins with an account that the project belongs to.
  own_account: { type: 'metavariable' },
  // Of single languages; what reads that language honours them.
  generic_engine: { type: ['spacegrep', 'aliengrep'], only: 'spacegrep' },
  generic_multiline: flag,
  generic_braces: { type: 'pairs' },
  generic_extra_braces: { type: 'pairs' },
  generic_extra_word_characters: { type: 'strings' },
  generic_caseless: flag,
  generic_ellipsis_max_span: { type: 'count' },
  generic_comment_style: { type: ['c', 'cpp', 'shell'] },
};

/** Records errors at the option; undefined values are left out. */
export function readOptions(file: YamlFile, entry: YamlEntry | undefined, ruleId: string): RuleOptions {
  if (entry === undefined) return {};
  if (entry.value.kind !== 'map') {
    file.fail('options', '`options` must be a map, such as `options: { constant_propagation: false }`', entry.value, ruleId);
    return {};
  }
  const options: Record<string, RuleOptions[string]> = {};
  for (const part of entry.value.entries()) {
    const spec = OPTIONS[part.key];
    if (spec === undefined) {
      file.fail(
        'unsupported-option',
        `the option \`${part.key}\` is not supported; the rule is not run, since it might match more without it`,
        part.keyRange,
        ruleId,
      );
      continue;
    }
    const value = readValue(spec.type, part.value.toData());
    if (value === undefined) {
      const at = part.value.kind === 'empty' ? part.keyRange : part.value;
      file.fail('option-type', `the option \`${part.key}\` must be ${describe(spec.type)}`, at, ruleId);
    } else if (spec.only !== undefined && value !== spec.only) {
      file.fail(
        'unsupported-option',
        `the option \`${part.key}\` is only supported with the value \`${String(spec.only)}\`; the rule is not run`,
        part.value,
        ruleId,
      );
    } else options[part.key] = value;
  }
  return options;
}

function readValue(type: OptionType, value: unknown): RuleOptions[string] | undefined {
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (type === 'count') return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
  if (type === 'strings') return isStrings(value) ? value : undefined;
  if (type === 'pairs')
    return Array.isArray(value) && value.every((pair) => isStrings(pair) && pair.length === 2) ? (value as string[][]) : undefined;
  if (type === 'metavariable') return typeof value === 'string' && /^\$[A-Z_][A-Z_0-9]*$/.test(value) ? value : undefined;
  return typeof value === 'string' && type.includes(value) ? value : undefined;
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function describe(type: OptionType): string {
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'count') return 'a whole number';
  if (type === 'strings') return 'a list of texts';
  if (type === 'pairs') return 'a list of pairs of texts';
  if (type === 'metavariable') return 'a metavariable, such as `$OWNER`';
  return `one of ${type.map((word) => `\`${word}\``).join(', ')}`;
}
