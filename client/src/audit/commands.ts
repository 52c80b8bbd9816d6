/** The commands of the view: look again, compare something else, open a place, countersign, copy the report. Each does what a person just asked for. */
import type { Disposable, QuickPickItem } from 'vscode';
import { commands, env, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { AuditedCommit, AuditQuestion, SignParams, SignResult } from '../../../server/src/protocol/audit.js';
import { SIGN_METHOD } from '../../../server/src/protocol/audit.js';
import { AUDIT_VIEW, COMMANDS } from '../../../server/src/protocol/commands.js';
import { openPlace, registerGitTexts } from './diff.js';
import type { AuditNode, NodePlace } from './nodes.js';
import type { AuditTree } from './view.js';

const MESSAGE_MS = 10_000;

export function registerAuditCommands(client: LanguageClient, tree: AuditTree): readonly Disposable[] {
  return [
    registerGitTexts(client),
    commands.registerCommand(COMMANDS.refreshAudit, () => tree.refresh(true)),
    commands.registerCommand(COMMANDS.stopAudit, () => tree.stop()),
    commands.registerCommand(COMMANDS.chooseAuditRange, () => chooseRange(tree)),
    commands.registerCommand(COMMANDS.openAuditPlace, async (place: NodePlace) => {
      const folder = tree.folder();
      if (folder !== undefined) await openPlace(client, folder, place);
    }),
    commands.registerCommand(COMMANDS.countersignCommit, (argument: unknown) => countersign(client, tree, argument)),
    commands.registerCommand(COMMANDS.copyAuditMarkdown, () => copyMarkdown(tree)),
  ];
}

interface RangeItem extends QuickPickItem {
  /** Undefined: a person writes it. */
  readonly question: AuditQuestion | undefined;
}

async function chooseRange(tree: AuditTree): Promise<void> {
  const folder = await chooseFolder();
  if (folder === 'none') return;
  const items: readonly RangeItem[] = [
    { label: 'This Branch', detail: 'Against its upstream, else against the default branch', question: { kind: 'branch' } },
    { label: 'The Last Commit', description: 'HEAD', question: { kind: 'commit', revision: 'HEAD' } },
    { label: 'Uncommitted Changes', detail: 'The working tree against the last commit', question: { kind: 'worktree' } },
    { label: 'The Last Twenty Commits', description: 'HEAD~20..HEAD', question: { kind: 'range', range: 'HEAD~20..HEAD' } },
    { label: 'Another Base or Range...', detail: 'As git writes it, e.g. origin/main..HEAD', question: undefined },
  ];
  const picked = await window.showQuickPick(items, { title: 'What to Look At', placeHolder: 'Commits of this repository' });
  if (picked === undefined) return;
  const question = picked.question ?? (await writtenRange());
  if (question === undefined) return;
  await commands.executeCommand(`${AUDIT_VIEW}.focus`);
  await tree.ask(question, folder);
}

async function writtenRange(): Promise<AuditQuestion | undefined> {
  const written = await window.showInputBox({
    title: 'What to Look At',
    prompt: 'A range such as origin/main..HEAD, or a base that the branch is compared with.',
    placeHolder: 'origin/main..HEAD',
    validateInput: (value) => (value.trim() === '' ? 'Name a commit, a branch or a range.' : undefined),
  });
  if (written === undefined) return undefined;
  const range = written.trim();
  return { kind: 'range', range: range.includes('..') ? range : `${range}..HEAD` };
}

/** `none`: nobody chose. Undefined: there is no choice. */
async function chooseFolder(): Promise<string | undefined> {
  const folders = workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === 'file') ?? [];
  if (folders.length < 2) return undefined;
  const picked = await window.showQuickPick(
    folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri: uri.toString() })),
    { title: 'What to Look At', placeHolder: 'Which folder?' },
  );
  return picked?.uri ?? 'none';
}

const DECISIONS: readonly (QuickPickItem & { readonly decision: SignParams['decision'] })[] = [
  { label: '$(verified) Approve', detail: 'I have reviewed it, and it may stay', decision: 'approve' },
  { label: '$(circle-slash) Reject', detail: 'It may not stay as it is: `countersign verify` fails', decision: 'reject' },
  { label: '$(comment) Comment', detail: 'I have something to say, and decide nothing', decision: 'comment' },
];

/** @param argument the row of a commit, or `{ commit, decision, note }` from a test or a script; nothing: a person chooses */
async function countersign(client: LanguageClient, tree: AuditTree, argument: unknown): Promise<SignResult | undefined> {
  const folder = tree.folder();
  if (folder === undefined) return undefined;
  if (!workspace.isTrusted) {
    // Not awaited: the caller wants to know now.
    void window.showWarningMessage('Countersigning writes to the repository, and asks your signing program: trust this folder first.');
    return undefined;
  }
  const params = isSignArgument(argument) ? { ...argument, folder } : await askDecision(tree, folder, argument);
  if (params === undefined) return undefined;
  const result = await window.withProgress({ location: { viewId: AUDIT_VIEW } }, () => client.sendRequest<SignResult>(SIGN_METHOD, params));
  if (result.kind === 'failed') void window.showErrorMessage(`Not countersigned: ${result.message}`);
  else {
    void window.showInformationMessage(result.message);
    await tree.refresh(false);
  }
  return result;
}

async function askDecision(tree: AuditTree, folder: string, argument: unknown): Promise<SignParams | undefined> {
  const commit = isCommitNode(argument) ? argument.commit : await chooseCommit(tree);
  if (commit === undefined) return undefined;
  const title = `Countersign ${commit.shortSha.slice(0, 8)}`;
  const picked = await window.showQuickPick(DECISIONS, { title, placeHolder: commit.subject });
  if (picked === undefined) return undefined;
  const note = await window.showInputBox({
    title,
    prompt: 'Your own words, for whoever reads the record. May be empty.',
    placeHolder: picked.decision === 'approve' ? 'e.g. read all of it; the sandbox is in the other service' : 'e.g. the sandbox is gone',
    ignoreFocusOut: true,
  });
  if (note === undefined) return undefined;
  return { folder, commit: commit.sha, decision: picked.decision, ...(note.trim() === '' ? {} : { note: note.trim() }) };
}

async function chooseCommit(tree: AuditTree): Promise<AuditedCommit | undefined> {
  const commits = tree.report()?.commits ?? [];
  if (commits.length === 0) {
    await window.showInformationMessage('There is no commit in the view "AI-assisted Changes".');
    return undefined;
  }
  const picked = await window.showQuickPick(
    commits.map((commit) => ({ label: withoutIcons(commit.subject), description: commit.shortSha, detail: commit.headline, commit })),
    { title: 'Countersign', placeHolder: 'Which commit?', matchOnDescription: true },
  );
  return picked?.commit;
}

/** A quick pick draws `$(name)` as an icon, and a subject is not ours. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}

/** @returns what is in the clipboard now */
async function copyMarkdown(tree: AuditTree): Promise<string | undefined> {
  const report = tree.report();
  if (report === undefined) {
    await window.showInformationMessage('There is no report to copy. Open the view "AI-assisted Changes" first.');
    return undefined;
  }
  await env.clipboard.writeText(report.markdown);
  window.setStatusBarMessage('Countersign: the report is in the clipboard, as Markdown', MESSAGE_MS);
  return report.markdown;
}

function isCommitNode(value: unknown): value is AuditNode & { readonly commit: AuditedCommit } {
  return typeof value === 'object' && value !== null && 'commit' in value && typeof value.commit === 'object';
}

function isSignArgument(value: unknown): value is Omit<SignParams, 'folder'> {
  return typeof value === 'object' && value !== null && 'decision' in value && 'commit' in value && typeof value.commit === 'string';
}
