/**
 * What is scanned together: a file is one unit, a notebook is a few (all Python cells as one program, its shell lines,
 * its Markdown). A unit knows how to say where its offsets are in the file and, for notebooks, in which cell.
 */
import type { FileKind } from '../language/identify.js';
import { grammarOfEditorId, identifyFile } from '../language/identify.js';
import type { GrammarId } from '../language/raw.js';
import type { CellLocation } from '../model/finding.js';
import { createLineIndex, rangeOf, type LineIndex, type Range, type Span } from '../model/position.js';
import { readNotebook, type RawCell } from '../notebook/cells.js';
import { prepareCell } from '../notebook/magics.js';

export interface Location {
  readonly range: Range;
  readonly cell?: CellLocation;
}

export interface ScanUnit {
  readonly kind: FileKind['kind'];
  readonly grammar: GrammarId | undefined;
  /** What is parsed and searched. */
  readonly text: string;
  /** What a person wrote there, same length: differs from `text` only where magics were blanked. */
  readonly original: string;
  readonly lines: LineIndex;
  locate(span: Span): Location;
  /** Only one unit of a notebook is searched by rules for any text, so that nothing is found twice. */
  readonly plainText: boolean;
  /** Distinguishes the units of one file for incremental parsing. */
  readonly key: string;
}

/** A unit for a whole file. */
export function fileUnit(path: string, text: string, editorLanguage?: string): ScanUnit {
  const newline = text.indexOf('\n');
  const firstLine = newline < 0 ? text.slice(0, 200) : text.slice(0, Math.min(newline, 200));
  const file = identifyFile(path, firstLine, editorLanguage);
  const lines = createLineIndex(text);
  return {
    kind: file.kind,
    grammar: file.kind === 'code' ? file.grammar : undefined,
    text,
    original: text,
    lines,
    locate: (span) => ({ range: rangeOf(lines, span) }),
    plainText: true,
    key: '',
  };
}

export type NotebookUnits = { readonly units: readonly ScanUnit[] } | { readonly error: string; readonly span: Span };

export function notebookUnitsOfText(text: string): NotebookUnits {
  const read = readNotebook(text);
  if ('error' in read) return read;
  return { units: notebookUnits(read.cells, createLineIndex(text)) };
}

interface Part {
  readonly cell: RawCell;
  /** Where the part stands in the unit. */
  readonly unitStart: number;
  /** Where it stands in the cell's text. */
  readonly cellStart: number;
  readonly length: number;
}

/** @param fileLines lines of the raw file; undefined for an open notebook, where positions are those of the cell */
export function notebookUnits(cells: readonly RawCell[], fileLines: LineIndex | undefined): ScanUnit[] {
  const drafts = new Map<
    string,
    { kind: FileKind['kind']; grammar: GrammarId | undefined; text: string; original: string; parts: Part[]; plainText: boolean }
  >();
  const add = (
    key: string,
    kind: FileKind['kind'],
    grammar: GrammarId | undefined,
    plainText: boolean,
    cell: RawCell,
    text: string,
    original: string,
    cellStart: number,
  ): void => {
    let draft = drafts.get(key);
    if (draft === undefined) {
      draft = { kind, grammar, text: '', original: '', parts: [], plainText };
      drafts.set(key, draft);
    }
    if (draft.parts.length > 0) {
      draft.text += '\n';
      draft.original += '\n';
    }
    draft.parts.push({ cell, unitStart: draft.text.length, cellStart, length: text.length });
    draft.text += text;
    draft.original += original;
  };
  for (const cell of cells) {
    if (cell.kind === 'markdown') {
      add('prose', 'prose', undefined, true, cell, cell.text, cell.text, 0);
      continue;
    }
    const grammar = grammarOfEditorId(cell.language);
    if (grammar === undefined) {
      add('text', 'text', undefined, true, cell, cell.text, cell.text, 0);
      continue;
    }
    if (grammar !== 'python') {
      add(grammar, 'code', grammar, true, cell, cell.text, cell.text, 0);
      continue;
    }
    const prepared = prepareCell(cell.text);
    add('python', 'code', 'python', true, cell, prepared.python, cell.text, 0);
    for (const span of prepared.shell) {
      const command = cell.text.slice(span.start, span.end);
      add('shell', 'code', 'bash', false, cell, command, command, span.start);
    }
  }
  return [...drafts].map(([key, draft]) => ({
    kind: draft.kind,
    grammar: draft.grammar,
    text: draft.text,
    original: draft.original,
    lines: createLineIndex(draft.text),
    locate: (span) => locateInCells(draft.parts, span, fileLines),
    plainText: draft.plainText,
    key,
  }));
}

const cellLines = new WeakMap<RawCell, LineIndex>();

function locateInCells(parts: readonly Part[], span: Span, fileLines: LineIndex | undefined): Location {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if ((parts[mid]?.unitStart ?? 0) <= span.start) low = mid;
    else high = mid - 1;
  }
  const part = parts[low];
  if (part === undefined) return { range: { start: ORIGIN, end: ORIGIN } };
  const { cell } = part;
  // A range never leaves its cell: what continues in the next one is cut at this one's end.
  const inCell = (offset: number): number => Math.max(0, Math.min(offset - part.unitStart, part.length)) + part.cellStart;
  const start = inCell(span.start);
  const end = Math.max(start, inCell(span.end));
  let lines = cellLines.get(cell);
  if (lines === undefined) {
    lines = createLineIndex(cell.text);
    cellLines.set(cell, lines);
  }
  const range = rangeOf(lines, { start, end });
  const location: CellLocation = { index: cell.index, range };
  if (fileLines === undefined || cell.fileOffsets === undefined) return { range, cell: location };
  const fileStart = cell.fileOffsets[start] ?? 0;
  const fileEnd = cell.fileOffsets[end] ?? fileStart;
  return { range: rangeOf(fileLines, { start: fileStart, end: Math.max(fileStart, fileEnd) }), cell: location };
}

const ORIGIN = { line: 0, column: 0, offset: 0 };
