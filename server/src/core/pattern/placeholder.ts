/**
 * Makes a pattern's text parseable: `$X`, `...`, `$...X` and `<... ...>` become ordinary names of the language, which
 * `compile.ts` turns back into holes. Nothing else of the text changes.
 */
import type { GrammarId } from '../language/raw.js';

export const METAVARIABLE_PREFIX = 'cs_mv_';
export const ELLIPSIS_METAVARIABLE_PREFIX = 'cs_em_';
export const ELLIPSIS = 'cs_ellipsis';
export const DEEP = 'cs_deep';

const METAVARIABLE = /^\$(?:[A-Z_][A-Z_0-9]*|[0-9]+)(?![A-Za-z0-9_])/;
const ELLIPSIS_METAVARIABLE = /^\$\.\.\.[A-Z_][A-Z_0-9]*(?![A-Za-z0-9_])/;

/** `$X` of a name that `substitute` made, or undefined. */
export function metavariableOf(name: string): string | undefined {
  return name.startsWith(METAVARIABLE_PREFIX) ? `$${name.slice(METAVARIABLE_PREFIX.length)}` : undefined;
}

export function ellipsisMetavariableOf(name: string): string | undefined {
  return name.startsWith(ELLIPSIS_METAVARIABLE_PREFIX) ? `$...${name.slice(ELLIPSIS_METAVARIABLE_PREFIX.length)}` : undefined;
}

export function isMetavariableName(text: string): boolean {
  return METAVARIABLE.exec(text)?.[0].length === text.length || ELLIPSIS_METAVARIABLE.exec(text)?.[0].length === text.length;
}

type Mode = 'code' | 'single' | 'double' | 'template' | 'triple-single' | 'triple-double' | 'comment';

/** The text to parse. String contents keep `...`; metavariables are replaced there too. */
export function substitute(pattern: string, grammar: GrammarId): string {
  const python = grammar === 'python';
  const bash = grammar === 'bash';
  const dictBraces = python ? pythonDictBraces(pattern) : new Set<number>();
  const braces: number[] = [];
  let out = '';
  let mode: Mode = 'code';
  /** Python f-strings, JS templates and Bash's `"$(...)"`: code nested in a string. */
  const nested: { readonly mode: Mode; readonly open: string; readonly close: string; depth: number }[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const rest = pattern.slice(i);
    const char = pattern[i] as string;
    const ellipsisMetavariable = ELLIPSIS_METAVARIABLE.exec(rest);
    if (ellipsisMetavariable !== null) {
      out += ELLIPSIS_METAVARIABLE_PREFIX + ellipsisMetavariable[0].slice(4);
      i += ellipsisMetavariable[0].length - 1;
      continue;
    }
    const metavariable = METAVARIABLE.exec(rest);
    // In Bash `$1` is a positional parameter, as in Semgrep only upper-case names are metavariables there.
    if (metavariable !== null && !(bash && /^\$[0-9_]/.test(rest) && metavariable[0] !== '$_')) {
      out += METAVARIABLE_PREFIX + metavariable[0].slice(1);
      i += metavariable[0].length - 1;
      continue;
    }
    if (mode === 'comment') {
      if (char === '\n') mode = 'code';
      out += char;
      continue;
    }
    if (mode !== 'code') {
      if (char === '\\') {
        out += pattern.slice(i, i + 2);
        i++;
        continue;
      }
      const close = closeOf(mode);
      if (rest.startsWith(close)) {
        out += close;
        i += close.length - 1;
        mode = 'code';
        continue;
      }
      if (mode === 'template' && rest.startsWith('${')) {
        nested.push({ mode, open: '{', close: '}', depth: 0 });
        mode = 'code';
        out += '${';
        i++;
        continue;
      }
      if (bash && mode === 'double' && rest.startsWith('$(')) {
        nested.push({ mode, open: '(', close: ')', depth: 0 });
        mode = 'code';
        out += '$(';
        i++;
        continue;
      }
      if (python && char === '{' && rest[1] !== '{' && isFormatString(pattern, i)) {
        nested.push({ mode, open: '{', close: '}', depth: 0 });
        mode = 'code';
        out += '{';
        continue;
      }
      out += char;
      continue;
    }
    const top = nested.at(-1);
    if (top !== undefined) {
      if (char === top.open) top.depth++;
      else if (char === top.close) {
        if (top.depth === 0) {
          nested.pop();
          mode = top.mode;
          out += char;
          continue;
        }
        top.depth--;
      }
    }
    if (rest.startsWith('<...')) {
      out += `${DEEP}(`;
      i += 3;
      continue;
    }
    if (rest.startsWith('...>')) {
      out += ')';
      i += 3;
      continue;
    }
    if (rest.startsWith('...')) {
      const spread = !python && !bash && /^\.\.\.[\w$([{"'`]/.test(rest);
      if (spread) out += '...';
      else if (python && dictBraces.has(braces.at(-1) ?? -1)) out += `**${ELLIPSIS}`;
      else out += ELLIPSIS;
      i += 2;
      continue;
    }
    const anyFor = !python && !bash ? /^for\s*\(\s*\.\.\.\s*\)/.exec(rest) : null;
    if (anyFor !== null && !/[\w$.]/.test(pattern[i - 1] ?? '')) {
      out += `for (${ELLIPSIS};;)`;
      i += anyFor[0].length - 1;
      continue;
    }
    const opened = openString(rest, grammar);
    if (opened !== undefined) {
      mode = opened;
      const quote = closeOf(opened);
      out += quote;
      i += quote.length - 1;
      continue;
    }
    if (((python || bash) && char === '#' && !bash) || (!python && !bash && rest.startsWith('//'))) mode = 'comment';
    if (char === '{' || char === '[' || char === '(') braces.push(i);
    else if (char === '}' || char === ']' || char === ')') braces.pop();
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
    .replaceAll(METAVARIABLE_PREFIX, '$');
}

function closeOf(mode: Mode): string {
  switch (mode) {
    case 'single':
      return "'";
    case 'double':
      return '"';
    case 'template':
      return '`';
    case 'triple-single':
      return "'''";
    case 'triple-double':
      return '"""';
    default:
      return '\n';
  }
}

function openString(rest: string, grammar: GrammarId): Mode | undefined {
  if (grammar === 'python') {
    if (rest.startsWith('"""')) return 'triple-double';
    if (rest.startsWith("'''")) return 'triple-single';
  }
  if (rest[0] === '"') return 'double';
  if (rest[0] === "'") return 'single';
  if (rest[0] === '`' && grammar !== 'python' && grammar !== 'bash') return 'template';
  return undefined;
}

/** Whether the string that holds position `at` was opened with an `f` prefix. Looks back to the nearest opening quote. */
function isFormatString(pattern: string, at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    if (pattern[i] === '"' || pattern[i] === "'") {
      let quote = i;
      while (quote > 0 && pattern[quote - 1] === pattern[i]) quote--;
      return /[fF]/.test(pattern.slice(Math.max(0, quote - 2), quote));
    }
  }
  return false;
}

/** Offsets of the `{` that open dictionaries: a `:` stands directly inside them. */
function pythonDictBraces(pattern: string): Set<number> {
  const found = new Set<number>();
  const stack: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '"' || c === "'") {
      const close = pattern.indexOf(c, i + 1);
      if (close > 0) i = close;
    } else if (c === '{' || c === '(' || c === '[') stack.push(i);
    else if (c === '}' || c === ')' || c === ']') stack.pop();
    else if (c === ':') {
      const open = stack.at(-1);
      if (open !== undefined && pattern[open] === '{') found.add(open);
    }
  }
  return found;
}
