/** Julia patterns: `...` after a name is the language's own, elsewhere a hole. */
import type { PatternSyntax } from '../definition.js';
import { LINES, PARENTHESISED } from '../wrappings.js';

export const juliaPatterns: PatternSyntax = {
  strings: [
    { open: '"""', close: '"""', interpolations: [{ open: '$(', nested: '(', close: ')' }] },
    { open: '"', close: '"', interpolations: [{ open: '$(', nested: '(', close: ')' }] },
  ],
  lineComments: ['#'],
  spell: ({ kind, pattern, at, inString }) =>
    kind === 'ellipsis' && !inString && /[\w)\]]$/.test(pattern.slice(0, at)) ? '...' : undefined,
  wrappings: () => [LINES, PARENTHESISED],
};
