/**
 * Reads a Jupyter notebook (nbformat 3 and 4) into cells, with a map from every character of a cell back to the raw
 * `.ipynb` text. Outputs are not read: they are what ran, not what will run.
 */
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { Span } from '../model/position.js';
import type { NotebookCell } from '../model/session.js';

export interface RawCell extends NotebookCell {
  /** Cell text offset -> raw file offset; one entry more than the text is long. Undefined for cells of an open editor. */
  readonly fileOffsets: Uint32Array | undefined;
}

export type CellsResult = { readonly cells: readonly RawCell[] } | { readonly error: string; readonly span: Span };

export function readNotebook(text: string): CellsResult {
  const problems: ParseError[] = [];
  const root = parseTree(text, problems, { allowTrailingComma: false, disallowComments: true });
  const first = problems[0];
  if (root === undefined || root.type !== 'object')
    return { error: 'not a notebook: the file holds no JSON object', span: { start: 0, end: Math.min(1, text.length) } };
  const cellsNode = property(root, 'cells') ?? worksheetCells(root);
  if (cellsNode?.type !== 'array') {
    const at = first?.offset ?? 0;
    return {
      error: first === undefined ? 'not a notebook: it has no `cells`' : 'not a notebook: the JSON is broken',
      span: { start: at, end: at + 1 },
    };
  }
  const kernel = kernelLanguage(root);
  const cells: RawCell[] = [];
  for (const [index, cell] of (cellsNode.children ?? []).entries()) {
    const type = stringOf(property(cell, 'cell_type'));
    // nbformat 3 calls a code cell's source `input`.
    const source = property(cell, 'source') ?? property(cell, 'input');
    if (source === undefined || (type !== 'code' && type !== 'markdown')) continue;
    const literals =
      source.type === 'array' ? (source.children ?? []).filter((item) => item.type === 'string') : source.type === 'string' ? [source] : [];
    const { value, fileOffsets } = decode(text, literals);
    const metadata = property(cell, 'metadata');
    const own = stringOf(property(property(metadata, 'vscode'), 'languageId')) ?? stringOf(property(cell, 'language'));
    cells.push({ index, kind: type, language: (own ?? kernel).toLowerCase(), text: value, fileOffsets });
  }
  if (first !== undefined && cells.length === 0)
    return { error: 'not a notebook: the JSON is broken', span: { start: first.offset, end: first.offset + Math.max(1, first.length) } };
  return { cells };
}

function property(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.find((entry) => entry.children?.[0]?.value === name)?.children?.[1];
}

function worksheetCells(root: Node): Node | undefined {
  return property(property(root, 'worksheets')?.children?.[0], 'cells');
}

function stringOf(node: Node | undefined): string | undefined {
  return node?.type === 'string' ? (node.value as string) : undefined;
}

function kernelLanguage(root: Node): string {
  const metadata = property(root, 'metadata');
  return (
    stringOf(property(property(metadata, 'language_info'), 'name')) ??
    stringOf(property(property(metadata, 'kernelspec'), 'language')) ??
    'python'
  );
}

/** JSON string literals decoded one after another, each character remembering where it stands. */
function decode(text: string, literals: readonly Node[]): { readonly value: string; readonly fileOffsets: Uint32Array } {
  let length = 0;
  for (const literal of literals) length += (literal.value as string).length;
  const fileOffsets = new Uint32Array(length + 1);
  let value = '';
  let at = 0;
  let end = literals[0]?.offset ?? 0;
  for (const literal of literals) {
    const decoded = literal.value as string;
    value += decoded;
    let file = literal.offset + 1;
    for (let i = 0; i < decoded.length; i++) {
      fileOffsets[at++] = file;
      if (text[file] === '\\') file += text[file + 1] === 'u' ? 6 : 2;
      else file++;
    }
    end = file;
  }
  fileOffsets[at] = end;
  return { value, fileOffsets };
}
