/**
 * Text for a terminal: inert, measured, wrapped, coloured. Everything that comes from a scanned tree or a rule
 * goes through `escapeTerminal` before it is printed, and nothing else decides what is safe to print.
 */
import { eastAsianWidth } from 'get-east-asian-width';

/** Controls (C0, C1, DEL), format characters (bidirectional, zero-width, tags), separators, lone surrogates, blank fillers. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** One line of untrusted text; also line breaks are shown, never sent: `a\x1b[2Jb` -> `a\u{1b}[2Jb`. */
export function escapeTerminal(text: string): string {
  return text.replace(UNSAFE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A line of source: as `escapeTerminal`, with tabs as spaces so that columns can be pointed at. */
export function escapeSource(text: string): string {
  return escapeTerminal(text.replaceAll('\t', '    '));
}

/** Columns that escaped text takes: 2 for wide characters, 0 for combining marks. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x300) width += 1;
    else if (!/\p{M}/u.test(char)) width += eastAsianWidth(code);
  }
  return width;
}

/** Breaks escaped text into lines of at most `width` columns, at spaces; a word that is longer is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    let rest = word;
    if (line !== '' && displayWidth(line) + 1 + displayWidth(rest) > width) {
      lines.push(line);
      line = '';
    }
    while (displayWidth(rest) > width) {
      const head = takeColumns(rest, width);
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = line === '' ? rest : `${line} ${rest}`;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** The longest head of escaped text that fits into `width` columns; at least one character. */
export function takeColumns(text: string, width: number): string {
  let used = 0;
  let head = '';
  for (const char of text) {
    used += displayWidth(char);
    if (used > width && head !== '') break;
    head += char;
  }
  return head;
}

/** `src/a/very/long/name.py` in at most `width` columns, the middle left out: file names matter at both ends. */
export function elide(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const chars = [...text];
  const keep = Math.max(1, Math.floor((width - 1) / 2));
  return `${chars.slice(0, keep).join('')}…${chars.slice(-keep).join('')}`;
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'green' | 'cyan' | 'underline';
export type Paint = (style: Style | readonly Style[], text: string) => string;

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
};

export function createPaint(colour: boolean): Paint {
  if (!colour) return (_style, text) => text;
  return (style, text) => {
    const styles = typeof style === 'string' ? [style] : style;
    return styles.reduce((inner, name) => `\u001b[${CODES[name][0]}m${inner}\u001b[${CODES[name][1]}m`, text);
  };
}

/** FORCE_COLOR wins over NO_COLOR, as in Node itself; then a terminal decides. */
export function wantsColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Columns to fill: the terminal's, else `COLUMNS`, else 80; never more than stays readable. */
export function terminalWidth(stream: { readonly columns?: number }, env: NodeJS.ProcessEnv = process.env): number {
  // A terminal that does not know its size says 0.
  const columns = stream.columns || Number.parseInt(env['COLUMNS'] ?? '', 10) || 80;
  return Math.max(40, Math.min(columns, 120));
}
