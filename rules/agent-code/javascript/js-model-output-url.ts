import Replicate from "replicate";
import { generateText, tool } from "ai";
import axios from "axios";
import { z } from "zod";

const replicate = new Replicate();
const ALLOWED_HOSTS = new Set(["docs.example.org", "api.example.org"]);

export const fetchPage = tool({
  description: "reads a page",
  inputSchema: z.object({ url: z.string() }),
  execute: async ({ url }) => {
    // ruleid: js-model-output-url
    const response = await fetch(url);
    return response.text();
  },
});

async function follow(prompt: string) {
  const { text } = await generateText({ model, prompt });
  // ruleid: js-model-output-url
  for (const link of text.match(/https?:\S+/g) ?? []) await axios.get(link);
}

export const fetchKnown = tool({
  description: "reads a page of ours",
  inputSchema: z.object({ url: z.string(), slug: z.string() }),
  execute: async ({ url, slug }) => {
    if (!ALLOWED_HOSTS.has(new URL(url).hostname)) throw new Error("unknown host");
    // ok: js-model-output-url
    await fetch(`https://docs.example.org/articles/${slug}`);
    // ok: js-model-output-url
    await axios.post("https://api.example.org/seen", { slug });
    // ok: js-model-output-url
    return (await fetch(url)).text();
  },
});

async function direct(messages: []) {
  // ok: js-model-output-url
  const reply = await fetch("https://api.openai.com/v1/chat/completions", { method: "POST", body: JSON.stringify({ messages }) });
  return reply.json();
}

server.tool("report", { text: z.string() }, async ({ text }) => {
  const options = { hostname: "stats.example.org", headers: { "Content-Length": Buffer.byteLength(text) } };
  // ok: js-model-output-url
  https.request(options);
});

// A route of one's own takes such requests: what comes in is not what a model wrote.
app.post("/v1/chat/completions", async (req, res) => {
  const target = `${SETTINGS.base}/v1/messages`;
  // ok: js-model-output-url
  const upstream = await fetch(target, { method: "POST", body: JSON.stringify(req.body) });
  res.json(await upstream.json());
});

export async function cutOut(image: string) {
  const [made] = (await replicate.run("someone/segment:1a2b", { input: { image } })) as string[];
  // ok: js-model-output-url
  return (await fetch(made)).arrayBuffer();
}
