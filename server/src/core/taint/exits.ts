/** After which nodes a function ends: for sinks that count only there. */
import type { Term } from './terms.js';

/** The values that `return` takes, and the last statement of every path to the end. */
export function exitsOf(body: Term): readonly number[] {
  return [...lastOf(body), ...returnsIn(body)];
}

function lastOf(term: Term | undefined): readonly number[] {
  if (term === undefined) return [];
  switch (term.kind) {
    case 'loop':
    case 'throw':
    case 'break':
    case 'continue':
    case 'label':
    case 'goto':
      return [];
    case 'block':
      return lastOf(term.terms.at(-1));
    case 'if':
      return [...term.branches.flatMap(lastOf), ...(term.node < 0 ? [] : [term.node])];
    case 'switch':
      return term.cases.flatMap((one) => lastOf(one.body));
    case 'try':
      return term.last === undefined ? [term.otherwise ?? term.body, ...term.handlers].flatMap(lastOf) : lastOf(term.last);
    case 'return':
    case 'yield':
      return [term.node, ...lastOf(term.value)];
    default:
      return [term.node];
  }
}

/** Returns anywhere but in functions of their own, which are terms elsewhere. */
function returnsIn(body: Term): readonly number[] {
  const found: number[] = [];
  const waiting: (Term | undefined)[] = [body];
  while (waiting.length > 0) {
    const term = waiting.pop();
    switch (term?.kind) {
      case 'block':
        waiting.push(...term.terms);
        break;
      case 'if':
        waiting.push(...term.branches);
        break;
      case 'loop':
        waiting.push(term.body, term.otherwise);
        break;
      case 'switch':
        waiting.push(...term.cases.map((one) => one.body));
        break;
      case 'try':
        waiting.push(term.body, ...term.handlers, term.otherwise, term.last);
        break;
      case 'return':
        found.push(...lastOf(term));
        break;
      default:
        break;
    }
  }
  return found;
}
