/** Answers to requests: diagnostics on demand, hover, code actions, commands, and our own `countersign/` methods. */
import type {
  CancellationToken,
  CodeAction,
  Connection,
  DocumentDiagnosticReport,
  ExecuteCommandParams,
  Hover,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import { ExecuteCommandRequest, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { DEFAULT_AIVSS } from '../core/index.js';
import type { RuleInfo, RuleNotes } from '../core/index.js';
import { rulePage } from '../core/page/rulePage.js';
import { COMMANDS } from '../protocol/commands.js';
import type { CoverageResult, ExplainParams, ExplainResult, SuppressEditParams, SuppressEditResult } from '../protocol/messages.js';
import { COVERAGE_METHOD, EXPLAIN_METHOD, SUPPRESS_EDIT_METHOD } from '../protocol/messages.js';
import type { Check, Checks } from './checks.js';
import type { ClientFeatures } from './clientFeatures.js';
import type { ClosedFiles } from './closedFiles.js';
import type { ClosedView } from './closedView.js';
import { codeActions } from './codeActions.js';
import type { LiveDiagnostics } from './diagnostics.js';
import type { Documents } from './documents.js';
import type { Log } from './guard.js';
import { guarded } from './guard.js';
import { hoverAt } from './hover.js';
import type { ProjectStore } from './projectStore.js';
import type { ScanRunner } from './scanRunner.js';
import { isRecord } from './settings.js';
import type { KnownFile } from './status.js';
import { coverageOf } from './status.js';
import { cleanReason, findAgain, suppressEdit } from './suppress.js';

export interface RequestContext {
  readonly connection: Connection;
  readonly features: ClientFeatures;
  readonly documents: Documents;
  readonly checks: Checks;
  readonly live: LiveDiagnostics;
  readonly store: ProjectStore;
  readonly closed: ClosedFiles;
  readonly view: ClosedView;
  readonly scans: ScanRunner;
  knownFiles(): readonly KnownFile[];
  /** As the host knows it. */
  readonly notesOf: (rule: RuleInfo) => RuleNotes;
  readonly log: Log;
}

export function registerRequests(context: RequestContext): void {
  const { connection, features, documents, live, notesOf, scans, view, log } = context;

  connection.onHover(
    guarded('hover', log, null, async ({ textDocument, position }): Promise<Hover | null> => {
      const check = await checkOf(context, textDocument.uri);
      return check === undefined ? null : hoverAt(check, textDocument.uri, position, features, notesOf);
    }),
  );

  connection.onCodeAction(
    guarded('codeAction', log, [], async ({ textDocument, range, context: asked }): Promise<CodeAction[]> => {
      if (!features.codeActionLiterals) return [];
      const check = await checkOf(context, textDocument.uri);
      return check === undefined ? [] : codeActions(check, textDocument.uri, range, asked, features);
    }),
  );

  if (features.pull) {
    const empty: DocumentDiagnosticReport = { kind: 'full', items: [] };
    connection.languages.diagnostics.on(
      guarded(
        'diagnostic',
        log,
        empty,
        async ({ textDocument, previousResultId }): Promise<DocumentDiagnosticReport> => {
          const unit = documents.find(textDocument.uri);
          if (unit === undefined) return empty;
          const report = await live.pull(unit, previousResultId);
          if (report === 'changed')
            throw new ResponseError(LSPErrorCodes.ServerCancelled, 'The document has changed.', { retriggerRequest: true });
          return report;
        },
        isProtocolError,
      ),
    );
    const nothing: WorkspaceDiagnosticReport = { items: [] };
    connection.languages.diagnostics.onWorkspace(
      guarded('workspace/diagnostic', log, nothing, async ({ previousResultIds }, token, progress): Promise<WorkspaceDiagnosticReport> => {
        // The first question is answered by looking; later ones by what has changed since.
        if (!scans.everRan) await scans.run({ token, progress });
        return { items: [...view.reports(previousResultIds)] };
      }),
    );
  }

  // Not `onExecuteCommand`: it takes the client's progress token out of the parameters before we could see whether there was one.
  connection.onRequest(
    ExecuteCommandRequest.type,
    guarded(
      'executeCommand',
      log,
      null,
      async ({ command, arguments: args = [], workDoneToken }: ExecuteCommandParams, token: CancellationToken): Promise<unknown> => {
        switch (command) {
          case COMMANDS.scanWorkspace: {
            const progress = workDoneToken === undefined ? {} : { progress: connection.window.attachWorkDoneProgress(workDoneToken) };
            return (await scans.run({ token, ...progress })) ?? null;
          }
          case COMMANDS.showCoverage:
            return (await coverage(context)).text;
          case COMMANDS.explainFinding:
            return (await explain(context, { ruleId: String(args[0]) }))?.markdown ?? null;
          default:
            throw new ResponseError(LSPErrorCodes.RequestFailed, `There is no command ${command} here.`);
        }
      },
      isProtocolError,
    ),
  );

  connection.onRequest(
    EXPLAIN_METHOD,
    guarded('explain', log, null, (params: unknown): Promise<ExplainResult | null> => {
      if (!isRecord(params) || typeof params['ruleId'] !== 'string') return Promise.resolve(null);
      const { ruleId, uri } = params;
      return explain(context, { ruleId, ...(typeof uri === 'string' ? { uri } : {}) });
    }),
  );
  connection.onRequest(
    COVERAGE_METHOD,
    guarded('coverage', log, { folders: [], text: '' }, () => coverage(context)),
  );
  connection.onRequest<SuppressEditResult, void>(
    SUPPRESS_EDIT_METHOD,
    guarded('suppressEdit', log, refused('Something went wrong; the log says what.'), (params: SuppressEditParams) =>
      suppress(context, params),
    ),
  );
}

/** A request of the current text's findings; nothing for a document that is not open. */
async function checkOf({ documents, checks }: RequestContext, uri: string): Promise<Check | undefined> {
  // A scan that an edit or new rules have overtaken is followed once.
  for (let attempt = 0; attempt < 3; attempt++) {
    const unit = documents.find(uri);
    if (unit === undefined) return undefined;
    const check = await checks.run(unit);
    if (check !== undefined) return check;
  }
  return undefined;
}

async function explain({ store, notesOf }: RequestContext, { ruleId, uri }: ExplainParams): Promise<ExplainResult | null> {
  const projects = await store.get();
  const candidates = uri === undefined ? projects.all : [projects.forUri(uri), ...projects.all];
  for (const project of candidates) {
    const rule = project.ruleSet.session.rules.find((each) => each.id === ruleId);
    if (rule !== undefined) return { markdown: rulePage(rule, { aivss: project.config.aivss ?? DEFAULT_AIVSS, notes: notesOf(rule) }) };
  }
  return null;
}

async function coverage({ store, knownFiles, closed }: RequestContext): Promise<CoverageResult> {
  const projects = await store.get();
  return coverageOf(knownFiles(), projects.all, closed);
}

async function suppress(context: RequestContext, params: SuppressEditParams): Promise<SuppressEditResult> {
  const { uri, ruleId, line, character, reason } = params;
  if (cleanReason(reason) === '') return refused('A suppression needs a reason.');
  const check = await checkOf(context, uri);
  const finding = check === undefined ? undefined : findAgain(check, uri, ruleId, line, character);
  if (check === undefined || finding === undefined) return refused('This finding is not there any more.');
  const edit = await suppressEdit(check, finding, reason);
  if (edit === undefined) {
    return refused(
      'No comment can be placed here: the line is inside a string, a template or markup. Fix it, or move the code to a line of its own.',
    );
  }
  const { document, newText } = edit;
  return { kind: 'edit', uri: document.uri, version: document.version, line: edit.line, character: edit.character, newText };
}

function refused(message: string): SuppressEditResult {
  return { kind: 'refused', message };
}

function isProtocolError(error: unknown): boolean {
  return error instanceof ResponseError;
}
