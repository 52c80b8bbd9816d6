import yaml from "js-yaml";
import serialize from "node-serialize";
import { generateText, tool } from "ai";
import { z } from "zod";

export const restore = tool({
  description: "restores a session",
  inputSchema: z.object({ saved: z.string() }),
  // ruleid: js-model-output-load
  execute: async ({ saved }) => serialize.unserialize(saved),
});

const PLUGINS: Record<string, string> = { chart: "./plugins/chart.js" };

async function plugin(prompt: string) {
  const { text } = await generateText({ model, prompt });
  // ok: js-model-output-load
  const chosen = await import(PLUGINS[text] ?? "./plugins/none.js");
  // ok: js-model-output-load
  const step = z.object({ name: z.string() }).parse(JSON.parse(text));
  // ok: js-model-output-load
  const settings = yaml.load(text);
  // ruleid: js-model-output-load
  return [await import(text), chosen, step, settings];
}
