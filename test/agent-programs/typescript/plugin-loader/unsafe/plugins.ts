/** An agent that writes its own tools and loads them. */
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import OpenAI from 'openai';

const openai = new OpenAI();
const PLUGINS = new URL('./plugins/', import.meta.url);

async function writePlugin(wish: string): Promise<{ name: string; source: string }> {
  const response = await openai.responses.create({ model: 'gpt-5', input: `A plugin module: ${wish}`, text: { format: { type: 'json_object' } } });
  return JSON.parse(response.output_text);
}

export async function addPlugin(wish: string): Promise<unknown> {
  const plugin = await writePlugin(wish);
  const dataUrl = `data:text/javascript,${encodeURIComponent(plugin.source)}`;
  // finding: js-model-output-load
  const module = await import(dataUrl);
  // finding: js-model-output-file
  await writeFile(new URL(plugin.name, PLUGINS), plugin.source);
  console.log(pathToFileURL(process.cwd()).href);
  return module.default;
}
