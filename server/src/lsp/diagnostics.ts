/**
 * Brings diagnostics to the client. Open documents: pushed after a short rest in typing, for the newest text only;
 * or, where the client pulls, answered on request and never pushed as well. Notebooks are always pushed, cell by
 * cell: an edit in one cell changes what is found in others, and a client pulls only the cell that was edited.
 */
import type { Connection, Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import type { Check, Checks } from './checks.js';
import { activeFindings } from './checks.js';
import type { ClientFeatures } from './clientFeatures.js';
import type { Documents, OpenUnit } from './documents.js';
import { documentOf, documentsOf } from './documents.js';
import type { Outbox } from './guard.js';
import type { LspHost } from './host.js';
import { ruleErrorDiagnostic, toDiagnostic, type UriOf } from './toDiagnostic.js';
import { pathUri } from './workspace.js';

/** Milliseconds without an edit before diagnostics change on the screen. Those of a document that was just opened do not wait. */
export const DEBOUNCE_MS = 100;
/** The same before the document is scanned: what is found waits for the rest of the time, not the person who typed. */
const SCAN_REST_MS = 50;

export interface LiveDiagnostics {
  opened(unit: OpenUnit): void;
  changed(unit: OpenUnit): void;
  closed(uri: string, uris: readonly string[]): void;
  clear(uris: readonly string[]): void;
  /** Scans everything that is open again; asks a client that pulls to ask again. */
  refreshAll(): void;
  pull(unit: OpenUnit, previousResultId: string | undefined): Promise<DocumentDiagnosticReport | 'changed'>;
  /** Shows diagnostics of a file that is not open. */
  showClosed(uri: string, diagnostics: readonly Diagnostic[]): void;
}

export interface LiveOptions {
  readonly connection: Pick<Connection, 'sendDiagnostics' | 'languages'>;
  readonly features: ClientFeatures;
  readonly checks: Checks;
  readonly documents: Documents;
  readonly host: Pick<LspHost, 'after'>;
  readonly outbox: Outbox;
  /** After each finished scan of an open document. */
  checked(check: Check): void;
  internalError(error: unknown): void;
}

export function createLiveDiagnostics(options: LiveOptions): LiveDiagnostics {
  const { connection, features, checks, documents, host } = options;
  const timers = new Map<string, () => void>();
  /** Where something that we pushed is on show. */
  const shown = new Set<string>();
  /** What clients that pull were told last, by document. The same diagnostics have the same id; ids of an earlier server are none of this one's. */
  const answered = new Map<string, { readonly items: readonly Diagnostic[]; readonly resultId: string }>();
  const session = Date.now().toString(36);
  let answers = 0;

  const send = (uri: string, diagnostics: readonly Diagnostic[], version?: number): void => {
    if (diagnostics.length > 0) shown.add(uri);
    else shown.delete(uri);
    const params = { uri, ...(features.pushVersion && version !== undefined ? { version } : {}), diagnostics: [...diagnostics] };
    options.outbox.send(() => connection.sendDiagnostics(params));
  };

  const clear = (uris: readonly string[]): void => {
    for (const uri of uris) if (shown.has(uri)) send(uri, []);
  };

  const publish = async (unit: OpenUnit): Promise<void> => {
    const check = await checks.run(unit);
    // A newer text is on its way to its own scan, or the document is gone.
    if (check === undefined || documents.find(unit.uri)?.revision !== unit.revision) return;
    for (const [uri, { diagnostics, version }] of checkDiagnostics(check, features)) send(uri, diagnostics, version);
    options.checked(check);
  };

  const isPushed = (unit: OpenUnit): boolean => !features.pull || unit.kind === 'notebook';

  const schedule = (unit: OpenUnit, delay: number): void => {
    timers.get(unit.uri)?.();
    timers.delete(unit.uri);
    if (!isPushed(unit)) return;
    const start = (): void => {
      timers.delete(unit.uri);
      publish(unit).catch(options.internalError);
    };
    if (delay === 0) {
      start();
      return;
    }
    const cancels = [host.after(Math.min(SCAN_REST_MS, delay), () => void checks.run(unit)), host.after(delay, start)];
    timers.set(unit.uri, () => cancels.forEach((cancel) => cancel()));
  };

  return {
    opened(unit) {
      // What a workspace scan pushed for the file on disk is superseded: by pulled diagnostics, or by those of the cells.
      if (!isPushed(unit) || unit.kind === 'notebook') clear([unit.uri]);
      schedule(unit, 0);
    },
    changed(unit) {
      checks.cancel(unit.uri);
      schedule(unit, DEBOUNCE_MS);
    },
    closed(uri, uris) {
      timers.get(uri)?.();
      timers.delete(uri);
      checks.release(uri);
      answered.delete(uri);
      clear(uris);
    },
    clear,
    refreshAll() {
      for (const unit of documents.all()) schedule(unit, 0);
      if (features.pull && features.pullRefresh) options.outbox.send(() => connection.languages.diagnostics.refresh());
    },
    async pull(unit, previousResultId) {
      // Cells and notebooks are pushed; to answer here as well would show everything twice.
      if (unit.kind === 'notebook') return { kind: 'full', items: [] };
      let check = await checks.run(unit);
      // New rules overtake a scan too; the text is the same, so the question still stands.
      for (let again = 0; again < 2 && check === undefined && documents.find(unit.uri)?.revision === unit.revision; again++) {
        check = await checks.run(unit);
      }
      if (check === undefined) return 'changed';
      options.checked(check);
      const items = checkDiagnostics(check, features).get(unit.uri)?.diagnostics ?? [];
      const last = answered.get(unit.uri);
      const resultId = last !== undefined && isSameJson(last.items, items) ? last.resultId : `${session}-${(++answers).toString(36)}`;
      answered.set(unit.uri, { items, resultId });
      return resultId === previousResultId ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items: [...items] };
    },
    showClosed(uri, diagnostics) {
      send(uri, diagnostics);
    },
  };
}

/** Diagnostics per document of a unit; documents without any have an empty list. */
export function checkDiagnostics(
  check: Check,
  features: ClientFeatures,
): ReadonlyMap<string, { readonly diagnostics: readonly Diagnostic[]; readonly version: number }> {
  const result = new Map<string, { diagnostics: Diagnostic[]; version: number }>();
  for (const document of documentsOf(check.unit)) result.set(document.uri, { diagnostics: [], version: document.version });
  const findings = check.project.settings.showSuppressed ? check.report.findings : activeFindings(check.report);
  const uriOf = uriIn(check);
  for (const finding of findings) {
    const document = documentOf(check.unit, finding.cell?.index);
    const rule = check.project.ruleSet.rules.get(finding.ruleId);
    if (document !== undefined) result.get(document.uri)?.diagnostics.push(toDiagnostic(finding, rule, features, uriOf));
  }
  for (const error of check.ruleErrors) result.get(check.unit.uri)?.diagnostics.push(ruleErrorDiagnostic(error));
  return result;
}

/** Where a place of a finding is. */
export function uriIn({ unit, project }: Check): UriOf {
  const uris = new Map<string, string | undefined>();
  return (cell, path) => {
    if (path === undefined) return documentOf(unit, cell)?.uri;
    if (!uris.has(path)) uris.set(path, pathUri(path, project));
    return uris.get(path);
  };
}

/** Whether two values, of what JSON has, are equal. */
function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, at) => isSameJson(value, b[at]));
  const [own, other] = [Object.entries(a), new Map(Object.entries(b))];
  return own.length === other.size && own.every(([key, value]) => other.has(key) && isSameJson(value, other.get(key)));
}

/** The same for the same diagnostics, whatever happened in between: a client that has them gets `unchanged`. */
export function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  const text = JSON.stringify(diagnostics);
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  return `${diagnostics.length}-${(low >>> 0).toString(36)}${(high >>> 0).toString(36)}`;
}
