/** One item: how many errors and warnings; the tooltip says of which layers, and what was not looked at. */
import type { Disposable, Event } from 'vscode';
import { EventEmitter, MarkdownString, StatusBarAlignment, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { State } from 'vscode-languageclient/node';
import { COMMANDS } from '../../server/src/protocol/commands.js';
import type { StatusParams } from '../../server/src/protocol/messages.js';
import { STATUS_METHOD } from '../../server/src/protocol/messages.js';

/** The item as a person sees it. */
export interface ShownStatus {
  readonly text: string;
  readonly tooltip: string;
}

export interface StatusBar extends Disposable {
  shown(): ShownStatus;
  readonly onShown: Event<ShownStatus>;
}

const SHOW_PROBLEMS = 'workbench.actions.view.problems';

export function createStatusBar(client: LanguageClient): StatusBar {
  const item = window.createStatusBarItem('countersign.status', StatusBarAlignment.Left, 10);
  item.name = 'Countersign';
  const shown = new EventEmitter<ShownStatus>();
  let tooltip = '';

  const show = (text: string, lines: readonly string[], command: string): void => {
    item.text = text;
    tooltip = lines.join('\n');
    const markdown = new MarkdownString();
    // One paragraph per line; nothing in it is read as Markdown. Not `appendText`: its spaces don't break, and a list of rules is long.
    markdown.appendMarkdown(lines.map((line) => line.replace(/[!-/:-@[-`{-~]/g, '\\$&')).join('\n\n'));
    item.tooltip = markdown;
    item.accessibilityInformation = { label: `Countersign: ${lines.join(', ')}` };
    item.command = command;
    item.show();
    shown.fire({ text, tooltip });
  };

  show('Countersign $(loading~spin)', ['Countersign is starting'], SHOW_PROBLEMS);
  const listeners = [
    client.onNotification(STATUS_METHOD, (status: StatusParams) => show(statusText(status), statusLines(status), SHOW_PROBLEMS)),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) show('Countersign $(loading~spin)', ['Countersign is starting'], SHOW_PROBLEMS);
      if (newState === State.Stopped)
        show('Countersign $(warning)', ['Countersign has stopped. Click to start it again.'], COMMANDS.restartServer);
    }),
  ];
  return {
    shown: () => ({ text: item.text, tooltip }),
    onShown: shown.event,
    dispose() {
      for (const listener of listeners) listener.dispose();
      shown.dispose();
      item.dispose();
    },
  };
}

function statusText({ state, errors, warnings }: StatusParams): string {
  if (state === 'failed') return 'Countersign $(warning)';
  if (state === 'starting') return 'Countersign $(loading~spin)';
  const count = `Countersign ${errors + warnings}`;
  return state === 'scanning' ? `${count} $(loading~spin)` : count;
}

export function statusLines(status: StatusParams): readonly string[] {
  const { errors, warnings, infos, suppressed, files, notFullyScanned } = status;
  if (status.state === 'failed') return ['Countersign could not load its rules. The output "Countersign" says why.'];
  const lines = [
    errors + warnings === 0
      ? 'Countersign: nothing to look at'
      : `Countersign: ${[plural(errors, 'error'), plural(warnings, 'warning')].filter((part) => part !== undefined).join(', ')}`,
  ];
  for (const { layer, name, count } of status.layers) lines.push(`${layer} ${name}: ${count}`);
  const quiet = [plural(infos, 'note'), suppressed === 0 ? undefined : `${suppressed} suppressed`].filter((part) => part !== undefined);
  if (quiet.length > 0) lines.push(quiet.join(', '));
  const partly = notFullyScanned === 0 ? '' : `, ${notFullyScanned} not fully scanned`;
  lines.push(`${plural(files, 'file') ?? 'No file'} looked at${partly}`);
  if (status.disabledByWorkspace.length > 0) lines.push(`Switched off by countersign.yaml: ${status.disabledByWorkspace.join(', ')}`);
  if (status.state === 'starting') lines.push('More rules are being loaded');
  if (status.ruleErrors > 0) lines.push(`${plural(status.ruleErrors, 'rule')} could not be used`);
  return lines;
}

function plural(count: number, word: string): string | undefined {
  return count === 0 ? undefined : `${count} ${word}${count === 1 ? '' : 's'}`;
}
