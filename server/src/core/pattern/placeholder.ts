/**
 * Makes a pattern's text parseable: `$X`, `...`, `$...X` and `<... ...>` become ordinary names of the language, which
 * `compile.ts` turns back into holes. Nothing else of the text changes.
 */
import type { Interpolation, PatternSyntax, StringSyntax } from '../language/definition.js';
import type { GrammarId } from '../language/raw.js';
import { DEEP, ELLIPSIS, ELLIPSIS_METAVARIABLE_PREFIX, METAVARIABLE_PREFIX, TYPED_PREFIX } from '../language/holes.js';

const METAVARIABLE = /^\$(?:[A-Z_][A-Z_0-9]*|[0-9]+)(?![A-Za-z0-9_])/;
const ELLIPSIS_METAVARIABLE = /^\$\.\.\.[A-Z_][A-Z_0-9]*(?![A-Za-z0-9_])/;

export function isMetavariableName(text: string): boolean {
  return METAVARIABLE.exec(text)?.[0].length === text.length || ELLIPSIS_METAVARIABLE.exec(text)?.[0].length === text.length;
}

/** Where the reader stands: in code, in a comment that ends with its line, or in a string. */
type Mode = 'code' | 'comment' | StringSyntax;

/** Code inside a string: it ends at the closing character that nothing inside it opened. */
interface Nested {
  readonly string: StringSyntax;
  readonly interpolation: Interpolation;
  depth: number;
}

/** The text to parse. String contents keep `...`; metavariables are replaced there too. */
export function substitute(pattern: string, syntax: PatternSyntax, grammar: GrammarId): string {
  let out = '';
  let mode: Mode = 'code';
  const nested: Nested[] = [];
  const brackets: number[] = [];
  let deep = 0;
  const spell = (kind: 'metavariable' | 'ellipsis' | 'ellipsis-metavariable', name: string, at: number, end: number): string =>
    syntax.spell?.({ kind, name, pattern, at, end, bracket: brackets.at(-1) ?? -1, inString: typeof mode === 'object' }) ?? name;
  for (let i = 0; i < pattern.length; i++) {
    const rest = pattern.slice(i);
    const char = pattern[i] as string;
    const many = ELLIPSIS_METAVARIABLE.exec(rest);
    if (many !== null) {
      out += spell('ellipsis-metavariable', ELLIPSIS_METAVARIABLE_PREFIX + many[0].slice(4), i, i + many[0].length);
      i += many[0].length - 1;
      continue;
    }
    const one = METAVARIABLE.exec(rest);
    if (one !== null && syntax.ownDollar?.(rest) !== true) {
      out += spell('metavariable', METAVARIABLE_PREFIX + one[0].slice(1), i, i + one[0].length);
      i += one[0].length - 1;
      continue;
    }
    if (mode === 'comment') {
      if (char === '\n') mode = 'code';
      out += char;
      continue;
    }
    if (typeof mode === 'object') {
      if (char === '\\' && mode.escapes !== false) {
        out += pattern.slice(i, i + 2);
        i++;
        continue;
      }
      if (rest.startsWith(mode.close)) {
        out += mode.close;
        i += mode.close.length - 1;
        mode = 'code';
        continue;
      }
      const interpolation = mode.interpolations?.find(({ open, when }) => rest.startsWith(open) && when?.(pattern, i) !== false);
      if (interpolation !== undefined) {
        nested.push({ string: mode, interpolation, depth: 0 });
        mode = 'code';
        out += interpolation.open;
        i += interpolation.open.length - 1;
        continue;
      }
      out += char;
      continue;
    }
    const top = nested.at(-1);
    if (top !== undefined) {
      if (char === top.interpolation.nested) top.depth++;
      else if (char === top.interpolation.close) {
        if (top.depth === 0) {
          nested.pop();
          mode = top.string;
          out += char;
          continue;
        }
        top.depth--;
      }
    }
    // `<...>` and `<..., T>` are type parameters.
    if (rest.startsWith('<...') && !/^<\.\.\.\s*[>,]/.test(rest)) {
      deep++;
      out += syntax.deep?.open ?? `${DEEP}(`;
      i += 3;
      continue;
    }
    if (deep > 0 && rest.startsWith('...>')) {
      deep--;
      out += syntax.deep?.close ?? ')';
      i += 3;
      continue;
    }
    if (rest.startsWith('...')) {
      out += spell('ellipsis', ELLIPSIS, i, i + 3);
      i += 2;
      continue;
    }
    const rewritten = syntax.rewrite?.(pattern, i, grammar);
    if (rewritten !== undefined) {
      for (const c of rewritten.text) {
        if (c === '{' || c === '[' || c === '(') brackets.push(i);
        else if (c === '}' || c === ']' || c === ')') brackets.pop();
      }
      out += rewritten.text;
      i += rewritten.length - 1;
      continue;
    }
    const opened = syntax.strings.find((string) => rest.startsWith(string.open));
    if (opened !== undefined) {
      mode = opened;
      out += opened.open;
      i += opened.open.length - 1;
      continue;
    }
    if (syntax.lineComments.some((mark) => rest.startsWith(mark))) mode = 'comment';
    if (char === '{' || char === '[' || char === '(') brackets.push(i);
    else if (char === '}' || char === ']' || char === ')') brackets.pop();
    out += char;
  }
  return out;
}

/** The text as its author wrote it, near enough for a message or a position. */
export function restore(substituted: string): string {
  return substituted
    .replaceAll(`**${ELLIPSIS}`, '...')
    .replaceAll(ELLIPSIS, '...')
    .replaceAll(`${DEEP}(`, '<...')
    .replaceAll(ELLIPSIS_METAVARIABLE_PREFIX, '$...')
    .replaceAll(METAVARIABLE_PREFIX, '$')
    .replaceAll(TYPED_PREFIX, '$');
}
