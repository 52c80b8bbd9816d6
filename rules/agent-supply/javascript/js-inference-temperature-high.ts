import OpenAI from "openai";
import { generateText } from "ai";

const client = new OpenAI();
// ruleid: js-inference-temperature-high
await client.chat.completions.create({ model: "m", messages: [], temperature: 1.9 });
// ruleid: js-inference-temperature-high
await generateText({ model, prompt, temperature: 1.5 });
// ok: js-inference-temperature-high
await generateText({ model, prompt, temperature: 0 });
// ok: js-inference-temperature-high
oven.heat({ temperature: 180 });
