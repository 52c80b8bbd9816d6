/**
 * Any text as a tree of words, punctuation and blocks, for `languages: [generic]`: more indentation opens a block, and so do brackets that are closed
 * on their line. The semantics are those of Semgrep's generic mode (spacegrep), so that its rules find the same.
 */

export type DocumentNode = Atom | Block;

export interface Atom {
  readonly kind: 'word' | 'punctuation' | 'other';
  readonly text: string;
  /** UTF-16 offset. */
  readonly start: number;
  /** 0-based. */
  readonly line: number;
}

export interface Block {
  readonly kind: 'block';
  readonly nodes: readonly DocumentNode[];
}

/** Holes that only patterns have. */
export type PatternToken =
  | DocumentNode
  | { readonly kind: 'metavariable'; readonly name: string }
  | { readonly kind: 'ellipsis'; /** `$...X`, or undefined for a plain one. */ readonly name: string | undefined }
  | { readonly kind: 'pattern-block'; readonly nodes: readonly PatternToken[] };

/** How much of a text decides whether it is laid out for people, in UTF-16 code units. */
const LAYOUT_SAMPLE = 4096;

/**
 * Whether a text is laid out in lines, so that blocks and lines mean something: as in Semgrep's generic mode, lines of 150 characters or less on
 * average, unless the text is short, and next to no control characters.
 */
export function isLaidOut(text: string): boolean {
  const sample = text.slice(0, LAYOUT_SAMPLE);
  let lines = 1;
  let printable = 0;
  let control = 0;
  for (let at = 0; at < sample.length; at++) {
    const code = sample.charCodeAt(at);
    if (code === 10) lines++;
    if (code === 9 || code === 10 || code === 13 || (code >= 32 && code < 127)) printable++;
    else if (code < 128) control++;
  }
  if (control > 0 && control / (printable + control) >= 0.01) return false;
  return sample.length <= 500 || lines * 150 >= sample.length;
}

export type CommentStyle = 'c' | 'cpp' | 'shell';

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const CLOSING = new Set(Object.values(PAIRS));

const PATTERN_TOKEN = /\.{4,}|\.\.\.|\$\.\.\.[A-Z][A-Za-z0-9_]*|\$[A-Z][A-Za-z0-9_]*|[A-Za-z0-9_]+|[^\s]|[^\S \t]/gu;
const PUNCTUATION = /^[!"#$%&'*+,\-./:;<=>?@\\^`|~()[\]{}]$/;

interface Line<T> {
  readonly indent: number;
  readonly tokens: readonly T[];
}

function linesOf<T>(text: string, read: (line: string, start: number, row: number) => readonly T[]): Line<T>[] {
  const lines: Line<T>[] = [];
  for (let start = 0, row = 0; start <= text.length; row++) {
    const next = text.indexOf('\n', start);
    const after = next < 0 ? text.length : next;
    const line = text.slice(start, after > start && text.charCodeAt(after - 1) === RETURN ? after - 1 : after);
    const tokens = read(line, start, row);
    if (tokens.length > 0) lines.push({ indent: indentOf(line), tokens });
    start = after + 1;
  }
  return lines;
}

const [TAB, RETURN, SPACE] = [9, 13, 32];

function indentOf(line: string): number {
  let indent = 0;
  for (let at = 0; ; at++) {
    const code = line.charCodeAt(at);
    if (code !== SPACE && code !== TAB) return indent;
    indent += code === TAB ? 8 : 1;
  }
}

/** Lines by indentation: more opens a block, less closes it. */
function nest<T, N>(lines: readonly Line<T>[], nodesOf: (tokens: readonly T[]) => readonly N[], block: (nodes: readonly N[]) => N): N[] {
  const open: { readonly indent: number; readonly nodes: N[] }[] = [{ indent: 0, nodes: [] }];
  const close = (): void => {
    const inner = open.pop();
    if (inner !== undefined) open.at(-1)?.nodes.push(block(inner.nodes));
  };
  for (const line of lines) {
    while (open.length > 1 && (open.at(-1)?.indent ?? 0) > line.indent) close();
    if ((open.at(-1)?.indent ?? 0) < line.indent) open.push({ indent: line.indent, nodes: [] });
    const nodes = open.at(-1)?.nodes;
    for (const node of nodesOf(line.tokens)) nodes?.push(node);
  }
  while (open.length > 1) close();
  return open[0]?.nodes ?? [];
}

function atom(text: string, start: number, line: number): Atom {
  const kind = /^\w/.test(text) ? 'word' : PUNCTUATION.test(text) ? 'punctuation' : 'other';
  return { kind, text, start, line };
}

const [BLANK, WORD, MARK, CONTROL] = [0, 1, 2, 3];
/** Of each ASCII character. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) return BLANK;
  if (/\w/.test(character)) return WORD;
  return PUNCTUATION.test(character) ? MARK : CONTROL;
});
const MARKS = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** The words and single characters of a line that starts at `start`. */
function atomsOf(line: string, start: number, row: number): readonly Atom[] {
  const atoms: Atom[] = [];
  for (let at = 0; at < line.length;) {
    const code = line.charCodeAt(at);
    if (code >= 128) {
      const text = String.fromCodePoint(line.codePointAt(at) as number);
      if (text.trim() !== '') atoms.push({ kind: 'other', text, start: start + at, line: row });
      at += text.length;
      continue;
    }
    const kind = CLASSES[code] as number;
    if (kind === BLANK) {
      at++;
      continue;
    }
    if (kind !== WORD) {
      atoms.push({ kind: kind === MARK ? 'punctuation' : 'other', text: MARKS[code] as string, start: start + at, line: row });
      at++;
      continue;
    }
    let end = at + 1;
    while (end < line.length && CLASSES[line.charCodeAt(end)] === WORD) end++;
    atoms.push({ kind: 'word', text: line.slice(at, end), start: start + at, line: row });
    at = end;
  }
  return atoms;
}

/** Brackets that are closed on their line hold blocks; others are plain punctuation. */
function withBrackets(tokens: readonly Atom[]): readonly DocumentNode[] {
  if (!tokens.some(({ kind, text }) => kind === 'punctuation' && PAIRS[text] !== undefined)) return tokens;
  const open: { readonly bracket: Atom | undefined; readonly nodes: DocumentNode[] }[] = [{ bracket: undefined, nodes: [] }];
  const demote = (): void => {
    const inner = open.pop();
    if (inner?.bracket !== undefined) open.at(-1)?.nodes.push(inner.bracket, ...inner.nodes);
  };
  for (const token of tokens) {
    // Words are most of a text, and no brackets: their texts need not be looked up.
    const isMark = token.kind === 'punctuation';
    if (isMark && PAIRS[token.text] !== undefined) {
      open.push({ bracket: token, nodes: [] });
      continue;
    }
    if (isMark && CLOSING.has(token.text)) {
      // A bracket of another kind that is still open here is never closed.
      while (open.length > 1 && PAIRS[open.at(-1)?.bracket?.text ?? ''] !== token.text) demote();
      const inner = open.length > 1 ? open.pop() : undefined;
      const outer = open.at(-1)?.nodes;
      if (inner?.bracket !== undefined) {
        outer?.push(inner.bracket);
        if (inner.nodes.length > 0) outer?.push({ kind: 'block', nodes: inner.nodes });
      }
      outer?.push(token);
      continue;
    }
    open.at(-1)?.nodes.push(token);
  }
  while (open.length > 1) demote();
  return open[0]?.nodes ?? [];
}

/** @param comments blanked before the text is read */
export function parseDocument(text: string, comments: CommentStyle | undefined): readonly DocumentNode[] {
  return nest(linesOf(withoutComments(text, comments), atomsOf), withBrackets, (nodes): DocumentNode => ({ kind: 'block', nodes }));
}

export type GenericPatternResult = { readonly nodes: readonly PatternToken[] } | { readonly error: string };

/** In a pattern only indentation makes blocks. */
export function parseGenericPattern(text: string, comments: CommentStyle | undefined): GenericPatternResult {
  const lines = linesOf(withoutComments(text, comments), (line, start, row) =>
    [...line.matchAll(PATTERN_TOKEN)].flatMap((found): PatternToken[] => {
      const [token] = found;
      const at = start + found.index;
      if (token.trim() === '') return [];
      if (token === '...') return [{ kind: 'ellipsis', name: undefined }];
      if (token.startsWith('....')) return [...token].map((dot, i) => atom(dot, at + i, row));
      if (token.startsWith('$...')) return [{ kind: 'ellipsis', name: token }];
      return /^\$[A-Z]/.test(token) ? [{ kind: 'metavariable', name: token }] : [atom(token, at, row)];
    }),
  );
  const nodes = nest(
    lines,
    (tokens) => tokens,
    (inner): PatternToken => ({ kind: 'pattern-block', nodes: inner }),
  );
  const problem = doubled(nodes);
  return problem === undefined ? { nodes } : { error: problem };
}

function doubled(nodes: readonly PatternToken[]): string | undefined {
  for (const [at, node] of nodes.entries()) {
    const next = nodes[at + 1];
    if (node.kind === 'ellipsis' && next?.kind === 'ellipsis' && next.name !== undefined)
      return `\`${node.name ?? '...'}\` and \`${next.name}\` stand next to each other: nothing says where one ends`;
    const inner = node.kind === 'pattern-block' ? doubled(node.nodes) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function withoutComments(text: string, style: CommentStyle | undefined): string {
  const blank = (found: string): string => found.replaceAll(/[^\r\n]/g, ' ');
  switch (style) {
    case undefined:
      return text;
    case 'shell':
      return text.replaceAll(/#[^\n]*/g, blank);
    case 'c':
      return text.replaceAll(/\/\*[\s\S]*?\*\//g, blank);
    case 'cpp':
      return text.replaceAll(/\/\/[^\n]*/g, blank).replaceAll(/\/\*[\s\S]*?\*\//g, blank);
  }
}
