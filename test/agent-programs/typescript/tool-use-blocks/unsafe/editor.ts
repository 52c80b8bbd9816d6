/** A file editing agent on Anthropic's tool use. */
import Anthropic from '@anthropic-ai/sdk';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';

const anthropic = new Anthropic();
const ROOT = process.cwd();

interface WriteInput {
  readonly path: string;
  readonly content: string;
}

async function useTool(block: Anthropic.ToolUseBlock): Promise<string> {
  switch (block.name) {
    case 'write_file': {
      const input = block.input as WriteInput;
      const target = path.join(ROOT, input.path);
      // finding: js-model-output-file
      await fs.writeFile(target, input.content);
      return 'written';
    }
    default:
      return 'unknown tool';
  }
}

export async function turn(messages: Anthropic.MessageParam[], tools: Anthropic.Tool[]) {
  const reply = await anthropic.messages.create({ model: 'claude-sonnet-4-5', max_tokens: 4096, tools, messages });
  const results: Anthropic.ToolResultBlockParam[] = [];
  for (const block of reply.content) {
    if (block.type === 'tool_use') {
      results.push({ type: 'tool_result', tool_use_id: block.id, content: await useTool(block) });
    }
  }
  return results;
}
