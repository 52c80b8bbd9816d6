/**
 * Names of the commands that appear in menus, code actions and `workspace/executeCommand`. The extension's
 * manifest names the same ones under `contributes.commands`.
 */
export const COMMANDS = {
  /** Scans every folder of the workspace; shows progress and can be cancelled. No arguments. */
  scanWorkspace: 'countersign.scanWorkspace',
  /** Opens a rule's page. Argument: a rule id, or nothing (the finding under the cursor). */
  explainFinding: 'countersign.explainFinding',
  /** Opens the list of what was not scanned, and why. No arguments. */
  showCoverage: 'countersign.showCoverage',
  restartServer: 'countersign.restartServer',
  /** Asks for a reason and writes the suppression. Argument: `SuppressArguments`. */
  suppress: 'countersign.suppress',
  /** Looks at the commits of the view "AI-assisted changes" again. No arguments. */
  refreshAudit: 'countersign.refreshAudit',
  stopAudit: 'countersign.stopAudit',
  /** Asks what to compare: the branch, a range, what is not committed. No arguments. */
  chooseAuditRange: 'countersign.chooseAuditRange',
  /** Opens the difference at a place. Argument: the place, as the view has it. */
  openAuditPlace: 'countersign.openAuditPlace',
  /** Asks for a decision and records it. Argument: a commit of the view, or nothing (a person chooses). */
  countersignCommit: 'countersign.countersignCommit',
  copyAuditMarkdown: 'countersign.copyAuditMarkdown',
} as const;

/** Id of the view "AI-assisted changes". */
export const AUDIT_VIEW = 'countersign.audit';

/** What a suppress action hands to the command. Positions are LSP's: 0-based, UTF-16. */
export interface SuppressArguments {
  /** Of the text document, or of the notebook cell. */
  readonly uri: string;
  readonly ruleId: string;
  /** The finding's first line and column; finds the finding again after an edit elsewhere. */
  readonly line: number;
  readonly character: number;
  /** Given by tests and scripts; a person is asked for it. */
  readonly reason?: string;
}
