/** Drives a page: the model answers with the next action. */
import { chromium, type Page } from 'playwright';
import Anthropic from '@anthropic-ai/sdk';

const anthropic = new Anthropic();

type Action = { kind: 'goto'; url: string } | { kind: 'script'; source: string } | { kind: 'done'; answer: string };

async function next(page: Page, goal: string): Promise<Action> {
  const message = await anthropic.messages.create({
    model: 'claude-sonnet-4-5',
    max_tokens: 800,
    messages: [{ role: 'user', content: `${goal}\n${await page.content()}` }],
  });
  const block = message.content.find((part) => part.type === 'text');
  return JSON.parse(block?.type === 'text' ? block.text : '{}');
}

export async function browse(goal: string, start: string): Promise<string> {
  const browser = await chromium.launch();
  const page = await browser.newPage();
  await page.goto(start);
  for (;;) {
    const action = await next(page, goal);
    if (action.kind === 'goto') {
      // finding: js-model-output-url
      await page.goto(action.url);
    } else if (action.kind === 'script') {
      // finding: js-model-output-browser-script
      await page.evaluate(action.source);
    } else {
      return action.answer;
    }
  }
}
