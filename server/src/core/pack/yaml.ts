/**
 * A reading cursor over a YAML document that never loses positions. Thin over the `yaml` package: it resolves
 * aliases, bounds how much an alias bomb can unfold, and turns syntax errors into `RuleError`s.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node, type Pair, type Scalar } from 'yaml';
import type { RuleError } from '../model/error.js';
import { createLineIndex, rangeOf, type LineIndex, type Range } from '../model/position.js';
import type { Located, Written } from './rule.js';

const MAX_NODES = 500_000;

export interface YamlFile {
  readonly path: string;
  readonly text: string;
  /** As in `RuleSource`: its regular expressions need no check before their first use. */
  readonly vetted: boolean;
  readonly root: YamlNode | undefined;
  readonly errors: RuleError[];
  /** Records an error at a node or range. */
  fail(code: string, message: string, at: YamlNode | Range, ruleId?: string): void;
  warn(code: string, message: string, at: YamlNode | Range, ruleId?: string): void;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: YamlNode;
}

export interface YamlNode {
  readonly kind: 'map' | 'list' | 'scalar' | 'empty';
  readonly range: Range;
  /** Entries of a map, in order. */
  entries(): readonly YamlEntry[];
  get(key: string): YamlNode | undefined;
  items(): readonly YamlNode[];
  /** The scalar's value; strings, numbers, booleans, null. */
  readonly value: unknown;
  /** The scalar as text, with a map from its offsets back to the file. */
  located(): Located;
  /** Plain data, for metadata and options. */
  toData(): unknown;
}

export function readYaml(text: string, path: string, vetted = false): YamlFile {
  const lines = createLineIndex(text);
  const errors: RuleError[] = [];
  const add = (level: 'error' | 'warning') => (code: string, message: string, at: YamlNode | Range, ruleId?: string) => {
    const range = 'kind' in at ? at.range : at;
    errors.push({ kind: 'rule', code, message, path, range, level, ...(ruleId === undefined ? {} : { ruleId }) });
  };
  const fail = add('error');
  const warn = add('warning');
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: counter,
    keepSourceTokens: false,
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  let root: YamlNode | undefined;
  if (document !== undefined) {
    for (const problem of document.errors) {
      const [start, end] = problem.pos;
      fail(
        'yaml-syntax',
        `not valid YAML: ${problem.message.replace(/\s+at line[\s\S]*$/, '')}`,
        rangeOf(lines, { start, end: Math.max(end, start + 1) }),
      );
    }
    const told = new Set<string>();
    const reading: Reading = {
      document,
      lines,
      text,
      left: MAX_NODES,
      failOnce(code, message, range) {
        const key = `${code}${range.start.offset}`;
        if (!told.has(key)) fail(code, message, range);
        told.add(key);
      },
    };
    if (document.contents !== null) root = wrapNode(document.contents, reading);
    if (Array.isArray(documents) && documents.length > 1) {
      const second = documents[1];
      const start = second?.range[0] ?? 0;
      fail(
        'yaml-documents',
        'a rule file holds one YAML document; this starts a second one: put it into a file of its own',
        rangeOf(lines, { start, end: start + 1 }),
      );
    }
  }
  return { path, text, vetted, root, errors, fail, warn };
}

/** What reading a file's nodes needs, and how many more are looked at: aliases multiply. */
interface Reading {
  readonly document: Document;
  readonly lines: LineIndex;
  readonly text: string;
  left: number;
  /** Nodes are read whenever somebody asks; what is wrong with one is said once. */
  failOnce(code: string, message: string, range: Range): void;
}

function wrapNode(node: Node | null, reading: Reading): YamlNode {
  const { document, lines, text } = reading;
  reading.left--;
  const resolved = isAlias(node) ? (node.resolve(document) ?? null) : node;
  const own = node?.range ?? [0, 0, 0];
  const range = rangeOf(lines, { start: own[0], end: Math.max(own[1], own[0]) });
  if (isAlias(node) && resolved === null)
    reading.failOnce('yaml-syntax', `there is no anchor \`&${node.source}\` before this alias`, range);
  const child = (inner: Node | null): YamlNode => {
    if (reading.left > 0) return wrapNode(inner, reading);
    reading.failOnce(
      'yaml-too-large',
      `this file, with what its aliases stand for, has more than ${MAX_NODES} parts: no rule is that large`,
      rangeOf(lines, { start: 0, end: Math.min(1, text.length) }),
    );
    return emptyNode(range);
  };
  const kind = isMap(resolved) ? 'map' : isSeq(resolved) ? 'list' : isScalar(resolved) && resolved.value !== null ? 'scalar' : 'empty';
  const entries = (): YamlEntry[] => {
    if (!isMap(resolved)) return [];
    const found: YamlEntry[] = [];
    for (const pair of resolved.items as readonly Pair<Node, Node | null>[]) {
      const keyNode = pair.key;
      const key = isScalar(keyNode) ? String(keyNode.value) : '';
      // YAML's merge key: the merged map's entries, unless given here too.
      const merged = key === '<<' && pair.value !== null ? child(pair.value) : undefined;
      const sources = merged?.kind === 'list' ? merged.items() : merged === undefined ? [] : [merged];
      // Where there is no map to merge, it is a key as any other, which nothing knows.
      if (merged !== undefined && sources.every((source) => source.kind === 'map')) {
        for (const source of sources)
          for (const entry of source.entries()) if (!found.some((other) => other.key === entry.key)) found.push(entry);
        continue;
      }
      const keySpan = keyNode.range ?? [0, 0, 0];
      const value = pair.value === null ? emptyNode(rangeOf(lines, { start: keySpan[0], end: keySpan[1] })) : child(pair.value);
      const entry = { key, keyRange: rangeOf(lines, { start: keySpan[0], end: keySpan[1] }), value };
      const before = found.findIndex((other) => other.key === key);
      if (before >= 0) found[before] = entry;
      else found.push(entry);
    }
    return found;
  };
  return {
    kind,
    range,
    entries,
    get: (key) => entries().find((entry) => entry.key === key)?.value,
    items: () => (isSeq(resolved) ? resolved.items.map((item) => child(item as Node | null)) : []),
    get value() {
      return isScalar(resolved) ? resolved.value : undefined;
    },
    located: () => locatedScalar(resolved as Scalar, lines, text, range),
    toData: () => toData(kind, entries, resolved, child),
  };
}

function emptyNode(range: Range): YamlNode {
  return {
    kind: 'empty',
    range,
    entries: () => [],
    get: () => undefined,
    items: () => [],
    value: undefined,
    located: () => ({ text: '', range, written: undefined, locate: () => range }),
    toData: () => null,
  };
}

function toData(
  kind: YamlNode['kind'],
  entries: () => readonly YamlEntry[],
  resolved: Node | null,
  child: (node: Node | null) => YamlNode,
): unknown {
  if (kind === 'map') return Object.fromEntries(entries().map((entry) => [entry.key, entry.value.toData()]));
  if (kind === 'list' && isSeq(resolved)) return resolved.items.map((item) => child(item as Node | null).toData());
  return isScalar(resolved) ? resolved.value : null;
}

function locatedScalar(scalar: Scalar, lines: LineIndex, source: string, range: Range): Located {
  const text = typeof scalar.value === 'string' ? scalar.value : scalar.source !== undefined ? scalar.source : String(scalar.value);
  const written: Written = { start: scalar.range?.[0] ?? range.start.offset, style: styleOf(scalar) };
  return { text, range, written, locate: (offset) => placeIn({ text, range, written }, offset, lines, source) };
}

function styleOf({ type }: Scalar): Written['style'] {
  if (type === 'BLOCK_LITERAL') return 'literal';
  if (type === 'PLAIN') return 'plain';
  return type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE' ? 'quoted' : 'folded';
}

/** @returns what finds places in scalars of a file that was read elsewhere */
export function scalarPlaces(source: string): (located: Omit<Located, 'locate'>, offset: number) => Range {
  let lines: LineIndex | undefined;
  return (located, offset) => placeIn(located, offset, (lines ??= createLineIndex(source)), source);
}

function placeIn({ text, range, written }: Omit<Located, 'locate'>, offset: number, lines: LineIndex, source: string): Range {
  if (written === undefined) return range;
  const point = (line: number, column: number): Range => {
    const at = lines.offsetAt(line, column);
    return rangeOf(lines, { start: at, end: Math.min(at + 1, source.length) });
  };
  const before = text.slice(0, Math.max(0, offset));
  const line = before.split('\n').length - 1;
  const column = before.length - (before.lastIndexOf('\n') + 1);
  const start = lines.positionAt(written.start);
  if (written.style === 'literal') {
    // Content starts on the line after the `|`; its indentation is that of its first line that is not blank.
    let first = start.line + 1;
    while (first < lines.lineCount - 1 && lineText(lines, source, first).trim() === '') first++;
    const indent = /^[ \t]*/.exec(lineText(lines, source, first))?.[0].length ?? 0;
    return point(start.line + 1 + line, indent + column);
  }
  if (written.style === 'plain' && line === 0) return point(start.line, start.column + column);
  if (written.style === 'quoted' && line === 0) return point(start.line, start.column + 1 + column);
  return range;
}

function lineText(lines: LineIndex, source: string, line: number): string {
  const span = lines.lineSpan(line);
  return source.slice(span.start, span.end);
}
