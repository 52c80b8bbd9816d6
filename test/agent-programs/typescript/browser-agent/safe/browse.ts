/** Drives a page of one shop: the model answers with the next action. */
import { chromium, type Page } from 'playwright';
import Anthropic from '@anthropic-ai/sdk';

const anthropic = new Anthropic();
const ALLOWED_HOSTS = ['shop.example.com', 'help.example.com'];

type Action = { kind: 'goto'; url: string } | { kind: 'scroll' } | { kind: 'done'; answer: string };

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
      const target = new URL(action.url);
      if (!ALLOWED_HOSTS.includes(target.hostname)) throw new Error(`not ${target.hostname}`);
      await page.goto(target.href);
    } else if (action.kind === 'scroll') {
      await page.evaluate(() => window.scrollBy(0, 600));
    } else {
      return action.answer;
    }
  }
}
