/** Scala. */
import type { LanguageDefinition } from '../definition.js';
import type { RawTree } from '../raw.js';
import { scalaImports } from './imports.js';
import { scalaLowering } from './lowering.js';
import { scalaPatterns } from './patterns.js';

const CONSTRUCTOR_ANNOTATION = /(\bclass\s+\w+(?:\[[^\]]*\])?\s+)(@\w+(?:\([^()]*\))?)(?=\s*\()/g;
const LATER_IMPLICIT = /([(,]\s*)(implicit)(?=\s+va[lr]\b)/g;
/** A function in braces whose parameter has a type. */
const TYPED_FUNCTION = /(\{\s*?)(implicit)?(\s)((?!self\b|this\b)\w+\s*:[^{}()=]*?)\s(=>)/g;

/**
 * The grammar takes the parameters of `class C @A()(x: T)` for arguments of the annotation, and knows `implicit` before the first parameter
 * of a class only; patterns look at neither, so both are read as space. `{ x: T => y }` it knows with parentheses around the parameter only.
 */
function repaired(text: string, tree: RawTree): string | undefined {
  if (!tree.hasError) return undefined;
  const blank = (_: string, before: string, what: string): string => before + what.replaceAll(/[^\n]/g, ' ');
  const parenthesised = (_: string, before: string, word: string | undefined, __: string, parameter: string, arrow: string): string =>
    `${before}${' '.repeat(word?.length ?? 0)}(${parameter})${arrow}`;
  const result = text.replaceAll(CONSTRUCTOR_ANNOTATION, blank).replaceAll(LATER_IMPLICIT, blank).replaceAll(TYPED_FUNCTION, parenthesised);
  return result === text ? undefined : result;
}

export const scala: LanguageDefinition = {
  id: 'scala',
  names: ['scala'],
  grammars: [{ id: 'scala', wasm: 'tree-sitter-scala/tree-sitter-scala.wasm', repair: repaired }],
  files: { extensions: { '.scala': 'scala' }, editorIds: { scala: 'scala' } },
  code: {
    lowering: scalaLowering,
    patterns: scalaPatterns,
    comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
    imports: scalaImports,
    flow: { lastIsValue: 'always', casesFall: false },
    traits: { implicitReturns: true, declared: true },
  },
};
