/** Shows a widget that a model describes in words. */
import { anthropic } from '@ai-sdk/anthropic';
import { generateText } from 'ai';

const SYSTEM = 'You describe the data in one paragraph.';

export async function drawWidget(container: HTMLElement, request: string, data: unknown): Promise<void> {
  const { text } = await generateText({
    model: anthropic('claude-sonnet-4-5'),
    system: SYSTEM,
    prompt: `${request}\n${JSON.stringify(data)}`,
  });
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  container.replaceChildren(paragraph);
}
