/** Draws a widget that a model describes in code. */
import { anthropic } from '@ai-sdk/anthropic';
import { generateText } from 'ai';

const SYSTEM = 'You write the body of an async function (container, data) in plain JavaScript.';
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

export async function drawWidget(container: HTMLElement, request: string, data: unknown): Promise<void> {
  const { text } = await generateText({
    model: anthropic('claude-sonnet-4-5'),
    system: SYSTEM,
    prompt: request,
  });
  // finding: js-model-output-eval
  const draw = new AsyncFunction('container', 'data', text);
  await draw(container, data);
}
