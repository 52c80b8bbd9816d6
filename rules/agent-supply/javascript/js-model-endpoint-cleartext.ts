import OpenAI from "openai";
import { createAnthropic } from "@ai-sdk/anthropic";

// ruleid: js-model-endpoint-cleartext
const client = new OpenAI({ apiKey, baseURL: "http://models.acme-cloud.com/v1" });
// ruleid: js-model-endpoint-cleartext
const anthropic = createAnthropic({ baseURL: "http://proxy.acme-cloud.com" });
// ruleid: js-model-endpoint-cleartext
process.env.OPENAI_BASE_URL = "http://proxy.acme-cloud.com";
// ok: js-model-endpoint-cleartext
const local = new OpenAI({ baseURL: "http://localhost:1234/v1" });
// ok: js-model-endpoint-cleartext
const safe = new OpenAI({ baseURL: "https://models.acme-cloud.com/v1" });
