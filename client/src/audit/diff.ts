/** Opens a place of a change beside what was there before. Both sides come from the server, which reads them from git: VS Code's own git extension may be absent. */
import type { Disposable } from 'vscode';
import { commands, Range, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { AuditSides, AuditSidesParams, GitTextParams } from '../../../server/src/protocol/audit.js';
import { AUDIT_SIDES_METHOD, GIT_TEXT_METHOD } from '../../../server/src/protocol/audit.js';
import type { NodePlace } from './nodes.js';

export const GIT_SCHEME = 'countersign-git';

/** Commits do not change, so no version of these documents ever does. */
export function registerGitTexts(client: LanguageClient): Disposable {
  return workspace.registerTextDocumentContentProvider(GIT_SCHEME, {
    provideTextDocumentContent(uri) {
      const params = readQuery(uri.query);
      return params === undefined ? '' : client.sendRequest<string>(GIT_TEXT_METHOD, params);
    },
  });
}

export async function openPlace(client: LanguageClient, folder: string, place: NodePlace): Promise<void> {
  const { base, head, path, startLine, endLine } = place;
  const params: AuditSidesParams = { folder, path, ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }) };
  const sides = await client.sendRequest<AuditSides | null>(AUDIT_SIDES_METHOD, params);
  if (sides === null) return;
  const { before, after } = sides;
  const name = path.slice(path.lastIndexOf('/') + 1);
  // Selecting more than the first line would hide the colours of the diff.
  const options = { preview: true, selection: new Range(startLine, 0, startLine, 0) };
  if (after === undefined) {
    if (before === undefined) return;
    const editor = await window.showTextDocument(gitUri(before), options);
    editor.revealRange(new Range(startLine, 0, endLine, 0));
    return;
  }
  const right = 'uri' in after ? Uri.parse(after.uri, true) : gitUri(after);
  const left = before === undefined ? Uri.from({ scheme: GIT_SCHEME, path: `/${path}` }) : gitUri(before);
  const shown = (hash: string | undefined, nothing: string): string => hash?.slice(0, 8) ?? nothing;
  await commands.executeCommand(
    'vscode.diff',
    left,
    right,
    `${name} (${shown(before?.commit, 'new')} ↔ ${shown(head, 'working tree')})`,
    options,
  );
}

/** The path is only there for the title and for the language; the query says which text it is. */
function gitUri(params: GitTextParams): Uri {
  return Uri.from({ scheme: GIT_SCHEME, path: `/${params.path}`, query: JSON.stringify(params) });
}

function readQuery(query: string): GitTextParams | undefined {
  try {
    return query === '' ? undefined : (JSON.parse(query) as GitTextParams);
  } catch {
    return undefined;
  }
}
