/** A chat participant that runs what the model suggests in the terminal. */
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
    const terminal = vscode.window.createTerminal('agent');
    terminal.show();
    // finding: js-model-output-shell
    terminal.sendText(command);
  };
  context.subscriptions.push(vscode.chat.createChatParticipant('ops.agent', handler));
}
