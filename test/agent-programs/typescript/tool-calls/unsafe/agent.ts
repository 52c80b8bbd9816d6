/** OpenAI tool calls, dispatched by name. */
import { execSync } from 'node:child_process';
import OpenAI from 'openai';

const client = new OpenAI();

function runShell({ command, cwd }: { command: string; cwd?: string }): string {
  // finding: js-model-output-shell
  return execSync(command, { cwd, encoding: 'utf8' });
}

export async function step(messages: OpenAI.ChatCompletionMessageParam[], tools: OpenAI.ChatCompletionTool[]) {
  const response = await client.chat.completions.create({ model: 'gpt-4.1', messages, tools });
  const message = response.choices[0].message;
  messages.push(message);
  for (const call of message.tool_calls ?? []) {
    if (call.type !== 'function') continue;
    const args = JSON.parse(call.function.arguments);
    let content: string;
    switch (call.function.name) {
      case 'run_shell':
        content = runShell(args);
        break;
      default:
        content = `unknown tool ${call.function.name}`;
    }
    messages.push({ role: 'tool', tool_call_id: call.id, content });
  }
  return message;
}
