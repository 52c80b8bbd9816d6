import OpenAI from "openai";
import { generateText } from "ai";

const client = new OpenAI();
// ruleid: js-no-output-cap
await client.chat.completions.create({ model: "m", messages });
// ruleid: js-no-output-cap
await generateText({ model, prompt });
// ok: js-no-output-cap
await client.chat.completions.create({ model: "m", messages, max_completion_tokens: 400 });
// ok: js-no-output-cap
await generateText({ model, prompt, maxOutputTokens: 400 });
// ok: js-no-output-cap
await client.files.create({ file, purpose: "batch" });
