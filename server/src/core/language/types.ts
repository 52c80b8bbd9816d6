/**
 * How a type is written in a grammar, for questions about the type of a metavariable: text around it that makes it parse, and
 * what literals are called. Grammars that are not listed have no such questions.
 */
import type { GrammarId } from './raw.js';

export type BuiltinType = 'string' | 'int' | 'float' | 'boolean';

export interface TypeSyntax {
  /** A declaration of this type; its first node of role `Type` is the type. */
  readonly declare: (type: string) => string;
  /** Names that a rule may use for the type of a literal. */
  readonly builtins: Readonly<Record<BuiltinType, readonly string[]>>;
}

const script: TypeSyntax = {
  declare: (type) => `let cs_t: ${type}`,
  builtins: { string: ['string'], int: ['number', 'int'], float: ['number', 'float'], boolean: ['boolean'] },
};

const SYNTAX: Partial<Readonly<Record<GrammarId, TypeSyntax>>> = {
  python: {
    declare: (type) => `cs_t: ${type}`,
    builtins: { string: ['str'], int: ['int'], float: ['float'], boolean: ['bool'] },
  },
  typescript: script,
  tsx: script,
};

export function typeSyntaxOf(grammar: GrammarId): TypeSyntax | undefined {
  return SYNTAX[grammar];
}
