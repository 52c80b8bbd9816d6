/**
 * How a type is written where it stands alone in a rule (`metavariable-type`): a declaration around it that the grammar reads.
 * Grammars that are not listed have no such questions.
 */
import type { GrammarId } from './raw.js';

/** In C a type's dimensions stand behind the name. */
function declarator(type: string): string {
  const [, element = type, dimensions = ''] = /^(.*?)\s*((?:\[[^[\]]*\])+)\s*$/.exec(type) ?? [];
  return `${element} cs_t${dimensions};`;
}

const DECLARATIONS: Partial<Readonly<Record<GrammarId, (type: string) => string>>> = {
  python: (type) => `cs_t: ${type}`,
  typescript: (type) => `let cs_t: ${type}`,
  tsx: (type) => `let cs_t: ${type}`,
  go: (type) => `var cs_t ${type}`,
  java: (type) => `${type} cs_t;`,
  php: (type) => `function cs_f(${type} $cs_t) {}`,
  'c-sharp': (type) => `${type} cs_t;`,
  c: declarator,
  cpp: declarator,
  kotlin: (type) => `val cs_t: ${type} = cs_v`,
  scala: (type) => `val cs_t: ${type} = cs_v`,
  rust: (type) => `let cs_t: ${type};`,
  julia: (type) => `cs_t::${type} = 0`,
};

/** A declaration whose first part of role `Type` is this type; undefined where the language is not asked. */
export function declarationOf(grammar: GrammarId, type: string): string | undefined {
  return DECLARATIONS[grammar]?.(type);
}
