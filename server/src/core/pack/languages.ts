/** Which languages a formula names in questions about metavariables: their grammars are needed beside the rule's own. */
import type { LanguageId } from '../model/rule.js';
import type { Formula, Rule, RuleBody } from './rule.js';

/** A rule's body, and what is known of it without reading it. */
export function withBody(body: RuleBody): Pick<Rule, 'mode' | 'questionLanguages' | 'body'> {
  return { mode: body.kind, questionLanguages: [...new Set(formulasOf(body).flatMap(languagesIn))], body: () => body };
}

/** The formulas of a rule: one, or one for each source, sink, sanitizer and propagator. */
function formulasOf(body: RuleBody): readonly Formula[] {
  switch (body.kind) {
    case 'search':
      return [body.formula];
    case 'taint':
      return Object.values(body.spec).flatMap((part: readonly { readonly formula: Formula }[]) => part.map(({ formula }) => formula));
    case 'detector':
      return [];
  }
}

function languagesIn(formula: Formula): readonly LanguageId[] {
  switch (formula.kind) {
    case 'pattern':
    case 'regex':
      return [];
    case 'not':
    case 'inside':
    case 'anywhere':
      return languagesIn(formula.child);
    case 'or':
      return formula.children.flatMap(languagesIn);
    case 'and':
      return [
        ...formula.children.flatMap(languagesIn),
        ...formula.conditions.flatMap((condition) =>
          condition.kind === 'pattern'
            ? [...(condition.language === undefined ? [] : [condition.language]), ...languagesIn(condition.formula)]
            : [],
        ),
      ];
  }
}
