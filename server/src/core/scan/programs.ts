/** The programs of a set of rules: those over text at once, one per grammar when it is first asked for. */
import { compileProgram, type Program } from '../formula/program.js';
import type { GrammarId, Parser } from '../language/raw.js';
import { grammarsOf, languageById, LANGUAGES } from '../language/registry.js';
import type { RuleError } from '../model/error.js';
import type { LanguageId } from '../model/rule.js';
import type { Rule } from '../pack/rule.js';
import type { Prepared } from './prepared.js';

export interface Programs {
  readonly comment: Program;
  readonly prose: Program;
  readonly text: Program;
  /** Its grammar is loaded, and so are those that its rules name. */
  code(grammar: GrammarId): Program;
  isCompiled(grammar: GrammarId): boolean;
  /** Rules in a language. */
  rulesIn(id: LanguageId): readonly Rule[];
}

const LANGUAGE_OF = new Map(LANGUAGES.flatMap((language) => grammarsOf(language).map((grammar) => [grammar, language.id] as const)));

export function languageOf(grammar: GrammarId): LanguageId {
  return LANGUAGE_OF.get(grammar) ?? 'regex';
}

/** @param addErrors told of rules that cannot be compiled, once each */
export function createPrograms(
  rules: readonly Rule[],
  parse: Parser['parse'],
  prepared: Prepared,
  addErrors: (errors: readonly RuleError[]) => void,
): Programs {
  const rulesIn = (id: LanguageId): Rule[] => rules.filter((rule) => rule.mode !== 'detector' && rule.languages.includes(id));
  const programs = new Map<GrammarId, Program>();
  const textProgram = (id: LanguageId, beside: readonly Program[] = []): Program => {
    const own = rulesIn(id);
    const compiled = compileProgram(own, undefined, parse, beside, prepared.programOf(id, own));
    addErrors(compiled.errors);
    return compiled.program;
  };
  const comment = textProgram('comment');
  const text = textProgram('regex');
  const prose = textProgram('prose', [text]);
  return {
    comment,
    text,
    prose,
    rulesIn,
    isCompiled: (grammar) => programs.has(grammar),
    code(grammar) {
      let program = programs.get(grammar);
      if (program === undefined) {
        const language = LANGUAGE_OF.get(grammar);
        const own = language === undefined ? [] : rulesIn(language);
        const compiled = compileProgram(own, grammar, parse, [comment, text], prepared.programOf(grammar, own));
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
    },
  };
}
