import express from "express";
import OpenAI from "openai";
import { generateText } from "ai";

const app = express();
const client = new OpenAI();
const RULES = "You answer questions about invoices.";

app.post("/ask", async (req, res) => {
  const { persona, question } = req.body;
  const reply = await client.chat.completions.create({
    model: "m",
    messages: [
      // ruleid: js-untrusted-system-prompt
      { role: "system", content: `You are ${persona}. ${RULES}` },
      // ok: js-untrusted-system-prompt
      { role: "user", content: question },
    ],
  });
  // ruleid: js-untrusted-system-prompt
  await generateText({ model, system: req.body.system, prompt: "hello" });
  // ok: js-untrusted-system-prompt
  await generateText({ model, system: RULES, prompt: question });
  // ok: js-untrusted-system-prompt
  await generateText({ model, system: `Use ${Number(req.body.sentences)} sentences.`, prompt: question });
  res.json(reply);
});
