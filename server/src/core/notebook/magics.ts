/**
 * IPython's line and cell magics, shell lines and help requests are not Python: they are blanked to the same length, so
 * that the rest of the cell parses and every position stays. What they hold is not lost: Python after `%time` stays
 * Python, shell lines come back as shell text.
 */
import type { Span } from '../model/position.js';

export interface PreparedCell {
  /** Same length as the cell's text. */
  readonly python: string;
  /** Shell commands of the cell, as spans of its text. */
  readonly shell: readonly Span[];
}

/** Cell magics whose cell is shell, and those whose cell is still Python. */
const SHELL_CELLS = new Set(['bash', 'sh', 'shell', 'zsh', 'script bash', 'script sh']);
const PYTHON_CELLS = new Set(['time', 'timeit', 'capture', 'prun', 'memit', 'python', 'python3', 'pypy']);
/** Line magics followed by Python. */
const PYTHON_LINES = /^%(?:time|timeit|prun|memit|lprun)\b(?:[ \t]+-\S+(?:[ \t]+\d+)?)*/;
const SHELL_LINES = /^(?:!!?|%(?:system|sx|sh|bash|pip|conda|mamba|uv)\b)/;

export function prepareCell(text: string): PreparedCell {
  const cellMagic = /^\s*%%(\w+)(?:[ \t]+(\w+))?[^\n]*(?:\n|$)/.exec(text);
  if (cellMagic !== null) {
    const name = cellMagic[1] ?? '';
    const rest = cellMagic[0].length;
    if (SHELL_CELLS.has(name) || SHELL_CELLS.has(`${name} ${cellMagic[2] ?? ''}`))
      return { python: blank(text), shell: [{ start: rest, end: text.length }] };
    if (!PYTHON_CELLS.has(name)) return { python: blank(text), shell: [] };
    const inner = prepareLines(text.slice(rest));
    return {
      python: blank(text.slice(0, rest)) + inner.python,
      shell: inner.shell.map((span) => ({ start: span.start + rest, end: span.end + rest })),
    };
  }
  return prepareLines(text);
}

function prepareLines(text: string): PreparedCell {
  const shell: Span[] = [];
  let python = '';
  let at = 0;
  const state = { triple: '', depth: 0 };
  let continued = false;
  for (const line of text.split('\n')) {
    let kept = line;
    const code = line.trimStart();
    const indent = line.length - code.length;
    if (continued) {
      const last = shell.at(-1);
      if (last !== undefined) shell[shell.length - 1] = { start: last.start, end: at + line.length };
      kept = blank(line);
      continued = line.endsWith('\\');
    } else if (state.triple === '' && state.depth === 0) {
      const assigned = assignedMagic(line);
      const timed = PYTHON_LINES.exec(code);
      if (timed !== null) kept = line.slice(0, indent) + filler(timed[0].length, '0;') + code.slice(timed[0].length);
      else if (/^[%!?]/.test(code)) {
        const mark = SHELL_LINES.exec(code);
        // `%pip install x` is the command `pip install x`.
        if (mark !== null)
          shell.push({ start: at + indent + (/^%(?:pip|conda|mamba|uv)/.test(code) ? 1 : mark[0].length), end: at + line.length });
        kept = line.slice(0, indent) + filler(code.length, 'pass');
        continued = mark !== null && line.endsWith('\\');
      } else if (assigned !== undefined) {
        const { target, command } = assigned;
        if (SHELL_LINES.test(command))
          shell.push({ start: at + target.length + (SHELL_LINES.exec(command)?.[0].length ?? 1), end: at + line.length });
        kept = target + filler(command.length, '0');
      } else if (/^[\w.]+\?{1,2}\s*$/.test(code)) kept = line.slice(0, indent) + filler(code.length, 'pass');
    }
    track(kept, state);
    python += (at === 0 ? '' : '\n') + kept;
    at += line.length + 1;
  }
  return { python, shell };
}

/** `files = !ls`: up to the command, and the command. */
function assignedMagic(line: string): { readonly target: string; readonly command: string } | undefined {
  const equals = line.indexOf('=');
  const command = line.slice(equals + 1).trimStart();
  if (equals <= 0 || !/^[!%]/.test(command) || !/^[\w.[\]'",\s]+$/.test(line.slice(0, equals))) return undefined;
  return { target: line.slice(0, line.length - command.length), command };
}

/** Follows triple-quoted strings and brackets, so that a `%` at the start of their lines is left alone. */
function track(line: string, state: { triple: string; depth: number }): void {
  for (let i = 0; i < line.length; i++) {
    const three = line.slice(i, i + 3);
    if (state.triple !== '') {
      if (line[i] === '\\') i++;
      else if (three === state.triple) {
        state.triple = '';
        i += 2;
      }
      continue;
    }
    const c = line[i];
    if (c === '#') return;
    if (three === '"""' || three === "'''") {
      state.triple = three;
      i += 2;
    } else if (c === '"' || c === "'") {
      let close = i + 1;
      while (close < line.length && line[close] !== c) close += line[close] === '\\' ? 2 : 1;
      i = close;
    } else if (c === '(' || c === '[' || c === '{') state.depth++;
    else if (c === ')' || c === ']' || c === '}') state.depth = Math.max(0, state.depth - 1);
  }
}

/** Spaces, with line breaks where they were. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

/** A harmless statement of exactly `length` characters, if it fits. */
function filler(length: number, statement: string): string {
  if (length >= statement.length) return statement.padEnd(length, ' ');
  return length > 0 ? '0'.padEnd(length, ' ') : '';
}
