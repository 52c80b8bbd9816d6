import Anthropic from '@anthropic-ai/sdk';
import type { Page } from 'playwright';

const anthropic = new Anthropic();

async function ask(goal: string): Promise<string> {
  const message = await anthropic.messages.create({ model: 'm', max_tokens: 500, messages: [{ role: 'user', content: goal }] });
  return message.content[0].text;
}

export async function step(page: Page, goal: string): Promise<void> {
  // ruleid: js-model-output-browser-script
  await page.evaluate(await ask(goal));
}

export async function click(page: Page, goal: string): Promise<void> {
  const { selector } = JSON.parse(await ask(goal));
  // ruleid: js-model-output-browser-script
  await page.evaluate(`document.querySelector("${selector}").click()`);
}

export async function fill(page: Page, goal: string): Promise<void> {
  const text = await ask(goal);
  // ok: js-model-output-browser-script
  await page.evaluate((value) => (document.title = value), text);
  // ok: js-model-output-browser-script
  await page.evaluate('window.scrollBy(0, 500)');
}
