/**
 * What is open in the editor: text documents, and notebooks as wholes (imports in one cell matter to the next, so
 * cells are never looked at alone). Kept current by the library's incremental synchronisation.
 */
import { NotebookDocuments, TextDocuments } from 'vscode-languageserver';
import type { Connection, NotebookDocument } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RepoPath, ScanInput } from '../core/index.js';
import { uriKey } from './uri.js';

export interface OpenCell {
  readonly kind: 'code' | 'markdown';
  readonly document: TextDocument;
}

/** One thing that is scanned as a whole. `revision` grows with every change and never repeats. */
export type OpenUnit =
  | { readonly kind: 'text'; readonly uri: string; readonly revision: number; readonly document: TextDocument }
  | { readonly kind: 'notebook'; readonly uri: string; readonly revision: number; readonly cells: readonly OpenCell[] };

export interface DocumentEvents {
  opened(unit: OpenUnit): void;
  changed(unit: OpenUnit): void;
  /** `uris`: the documents that diagnostics were shown on. */
  closed(uri: string, uris: readonly string[]): void;
  /** Cells that left a notebook which stays open. */
  cellsRemoved(uris: readonly string[]): void;
  saved(uri: string): void;
}

export interface Documents {
  /** By the URI of a text document, a notebook, or one of its cells. */
  find(uri: string): OpenUnit | undefined;
  all(): readonly OpenUnit[];
}

export function trackDocuments(connection: Connection, events: DocumentEvents, notebookSync: boolean): Documents {
  const texts = new TextDocuments(TextDocument);
  const notebooks = new NotebookDocuments(TextDocument);
  const openNotebooks = new Map<string, NotebookDocument>();
  const revisions = new Map<string, number>();
  const spelling = new Map<string, string>();
  let counter = 0;

  const touch = (uri: string): void => {
    revisions.set(uri, ++counter);
    spelling.set(uriKey(uri), uri);
  };
  const forget = (uri: string): void => {
    revisions.delete(uri);
    spelling.delete(uriKey(uri));
  };
  const textUnit = (document: TextDocument): OpenUnit => ({
    kind: 'text',
    uri: document.uri,
    revision: revisions.get(document.uri) ?? 0,
    document,
  });
  const notebookUnit = (notebook: NotebookDocument): OpenUnit => ({
    kind: 'notebook',
    uri: notebook.uri,
    revision: revisions.get(notebook.uri) ?? 0,
    cells: notebook.cells.flatMap((cell) => {
      const document = notebooks.getCellTextDocument(cell);
      // NotebookCellKind: 1 is markup, 2 is code. A cell without its text can't be counted away: indices would shift.
      return [{ kind: cell.kind === 1 ? 'markdown' : 'code', document: document ?? TextDocument.create(cell.document, '', 0, '') }];
    }),
  });

  const opening = new WeakSet<TextDocument>();
  texts.onDidOpen(({ document }) => {
    opening.add(document);
    touch(document.uri);
    events.opened(textUnit(document));
  });
  texts.onDidChangeContent(({ document }) => {
    // Also fired right after `onDidOpen`, for the same version.
    if (opening.delete(document)) return;
    touch(document.uri);
    events.changed(textUnit(document));
  });
  texts.onDidSave(({ document }) => events.saved(document.uri));
  texts.onDidClose(({ document }) => {
    forget(document.uri);
    events.closed(document.uri, [document.uri]);
  });

  notebooks.onDidOpen((notebook) => {
    openNotebooks.set(notebook.uri, notebook);
    touch(notebook.uri);
    events.opened(notebookUnit(notebook));
  });
  notebooks.onDidChange(({ notebookDocument, cells }) => {
    touch(notebookDocument.uri);
    const current = new Set(notebookDocument.cells.map((cell) => cell.document));
    const removed = (cells?.removed ?? []).map((cell) => cell.document).filter((uri) => !current.has(uri));
    if (removed.length > 0) events.cellsRemoved(removed);
    events.changed(notebookUnit(notebookDocument));
  });
  notebooks.onDidSave((notebook) => events.saved(notebook.uri));
  notebooks.onDidClose((notebook) => {
    openNotebooks.delete(notebook.uri);
    forget(notebook.uri);
    events.closed(
      notebook.uri,
      notebook.cells.map((cell) => cell.document),
    );
  });

  texts.listen(connection);
  if (notebookSync) notebooks.listen(connection);

  return {
    find(uri) {
      const text = texts.get(uri) ?? texts.get(spelling.get(uriKey(uri)) ?? uri);
      if (text !== undefined) return textUnit(text);
      const notebook =
        openNotebooks.get(uri) ?? openNotebooks.get(spelling.get(uriKey(uri)) ?? uri) ?? notebooks.findNotebookDocumentForCell(uri);
      return notebook === undefined ? undefined : notebookUnit(notebook);
    },
    all: () => [...texts.all().map(textUnit), ...[...openNotebooks.values()].map(notebookUnit)],
  };
}

/** `replace`: what the unit would be if this document of it held another text. */
export function scanInput(unit: OpenUnit, path: RepoPath, replace?: { readonly uri: string; readonly text: string }): ScanInput {
  const textOf = (document: TextDocument): string => (replace?.uri === document.uri ? replace.text : document.getText());
  if (unit.kind === 'text') return { kind: 'text', path, text: textOf(unit.document), language: unit.document.languageId };
  return {
    kind: 'notebook',
    path,
    cells: unit.cells.map((cell, index) => ({ index, kind: cell.kind, language: cell.document.languageId, text: textOf(cell.document) })),
  };
}

/** The document of a unit that a position with `cell` belongs to. */
export function documentOf(unit: OpenUnit, cell: number | undefined): TextDocument | undefined {
  return unit.kind === 'text' ? unit.document : unit.cells[cell ?? -1]?.document;
}

/** All documents of a unit, in order. */
export function documentsOf(unit: OpenUnit): readonly TextDocument[] {
  return unit.kind === 'text' ? [unit.document] : unit.cells.map((cell) => cell.document);
}
