/** Shows a page while a model writes it. */
import { google } from '@ai-sdk/google';
import { streamText } from 'ai';

export async function preview(prompt: string, frame: HTMLDivElement): Promise<void> {
  const result = streamText({ model: google('gemini-2.5-pro'), prompt: `One HTML fragment: ${prompt}` });
  let html = '';
  for await (const part of result.textStream) {
    html += part;
    // finding: js-model-output-html
    frame.innerHTML = html;
  }
}
