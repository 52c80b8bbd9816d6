/** Shows in the gutter which lines a tool's record attributes to an agent, where a person has switched that on. The hover says what the record says, as text. */
import type { Disposable, Event, ExtensionContext, TextEditor } from 'vscode';
import { EventEmitter, MarkdownString, OverviewRulerLane, Range, ThemeColor, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { RecordedLinesParams, RecordedLinesResult } from '../../../server/src/protocol/audit.js';
import { RECORDED_LINES_METHOD } from '../../../server/src/protocol/audit.js';
import { SETTINGS_SECTION } from '../../../server/src/protocol/settings.js';

const SETTING = 'showRecordedAttribution';
/** After the last edit. */
const REST_MS = 600;

/** A document whose lines have been marked, by its URI. */
export interface MarkedDocument {
  readonly uri: string;
  readonly ranges: number;
}

export interface RecordedLines extends Disposable {
  readonly onMarked: Event<MarkedDocument>;
}

export function showRecordedLines(client: LanguageClient, context: ExtensionContext): RecordedLines {
  const marked = new EventEmitter<MarkedDocument>();
  const decoration = window.createTextEditorDecorationType({
    gutterIconPath: Uri.joinPath(context.extensionUri, 'media', 'recorded.svg'),
    gutterIconSize: 'contain',
    isWholeLine: true,
    overviewRulerColor: new ThemeColor('charts.purple'),
    overviewRulerLane: OverviewRulerLane.Left,
  });
  let soon: NodeJS.Timeout | undefined;

  const update = async (editor: TextEditor, edited: boolean): Promise<void> => {
    const { document } = editor;
    const { version } = document;
    const wanted =
      document.uri.scheme === 'file' && workspace.getConfiguration(SETTINGS_SECTION, document.uri).get<boolean>(SETTING, false);
    if (!wanted) return editor.setDecorations(decoration, []);
    const params: RecordedLinesParams = { uri: document.uri.toString(), edited };
    const { lines } = await client.sendRequest<RecordedLinesResult>(RECORDED_LINES_METHOD, params);
    if (document.version !== version) return;
    editor.setDecorations(
      decoration,
      lines.map((line) => ({ range: new Range(line.startLine, 0, line.endLine, 0), hoverMessage: hoverOf(line) })),
    );
    marked.fire({ uri: params.uri, ranges: lines.length });
  };
  const all = (): void => {
    for (const editor of window.visibleTextEditors) void update(editor, false);
  };
  const listeners = [
    decoration,
    marked,
    window.onDidChangeVisibleTextEditors(all),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SETTINGS_SECTION}.${SETTING}`)) all();
    }),
    // The head may have moved since.
    workspace.onDidSaveTextDocument(all),
    workspace.onDidChangeTextDocument(({ document }) => {
      const editors = window.visibleTextEditors.filter((editor) => editor.document === document);
      if (editors.length === 0) return;
      if (soon !== undefined) clearTimeout(soon);
      soon = setTimeout(() => {
        for (const editor of editors) void update(editor, true);
      }, REST_MS);
    }),
  ];
  all();
  return {
    onMarked: marked.event,
    dispose() {
      if (soon !== undefined) clearTimeout(soon);
      for (const listener of listeners) listener.dispose();
    },
  };
}

function hoverOf({ agent, model, source, text, caveat }: RecordedLinesResult['lines'][number]): MarkdownString {
  const said = [
    `Recorded as written by ${agent}${model === undefined ? '' : ` (${model})`}, by ${source}: ${text}`,
    ...(caveat === undefined ? [] : [`But: ${caveat}`]),
  ];
  return new MarkdownString().appendText(said.join('\n'));
}
