/** OpenAI tool calls, dispatched by name. */
import { execFileSync } from 'node:child_process';
import OpenAI from 'openai';

const client = new OpenAI();

function search({ text }: { text: string }): string {
  return execFileSync('git', ['grep', '-n', '-e', text], { encoding: 'utf8', timeout: 10_000 });
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
      case 'search':
        content = search(args);
        break;
      default:
        content = `unknown tool ${call.function.name}`;
    }
    messages.push({ role: 'tool', tool_call_id: call.id, content });
  }
  return message;
}
