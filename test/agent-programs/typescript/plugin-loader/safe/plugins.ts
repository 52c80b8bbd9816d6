/** An agent that chooses among the tools that are there. */
import OpenAI from 'openai';

const openai = new OpenAI();

const LOADERS: Record<string, () => Promise<{ default: unknown }>> = {
  weather: () => import('./plugins/weather.js'),
  calendar: () => import('./plugins/calendar.js'),
};

async function choosePlugin(wish: string): Promise<{ name: string }> {
  const response = await openai.responses.create({ model: 'gpt-5', input: `weather or calendar: ${wish}`, text: { format: { type: 'json_object' } } });
  return JSON.parse(response.output_text);
}

export async function addPlugin(wish: string): Promise<unknown> {
  const { name } = await choosePlugin(wish);
  const load = Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  if (!load) throw new Error('no such plugin');
  return (await load()).default;
}
