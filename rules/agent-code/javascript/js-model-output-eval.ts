import { execFile } from "node:child_process";
import vm from "node:vm";
import { generateText, streamText, tool } from "ai";
import ivm from "isolated-vm";
import OpenAI from "openai";
import { z } from "zod";

const openai = new OpenAI();

async function straight(prompt: string) {
  const { text } = await generateText({ model, prompt });
  // ruleid: js-model-output-eval
  return new Function(text)();
}

function unfenced(text: string): string {
  return /```(?:js)?([\s\S]*?)```/.exec(text)?.[1] ?? text;
}

async function streamed(prompt: string) {
  const { textStream } = streamText({ model, prompt });
  let code = "";
  for await (const part of textStream) code += part;
  // ruleid: js-model-output-eval
  vm.runInNewContext(unfenced(code), {}, { timeout: 1000 });
}

class Planner {
  private source = "";

  async plan(messages: []) {
    const reply = await openai.chat.completions.create({ model: "m", messages });
    this.source = reply.choices[0]?.message.content ?? "";
  }

  act() {
    if (this.source.includes("require")) throw new Error("forbidden");
    // ruleid: js-model-output-eval
    return eval(this.source);
  }
}

export const calculator = tool({
  description: "works a formula out",
  inputSchema: z.object({ formula: z.string() }),
  // ruleid: js-model-output-eval
  execute: async ({ formula }) => eval(formula),
});

const ACTIONS: Record<string, string> = { left: "turn(-1)", right: "turn(1)" };

async function safe(prompt: string) {
  const { text } = await generateText({ model, prompt });
  // ok: js-model-output-eval
  eval(ACTIONS[text] ?? "");
  // ok: js-model-output-eval
  eval(`turn(${Number(text)})`);
  const context = await new ivm.Isolate({ memoryLimit: 64 }).createContext();
  // ruleid: js-model-output-eval
  await context.eval(text, { timeout: 1000 });
  // ruleid: js-model-output-eval
  execFile("docker", ["run", "--rm", "--network=none", "node:22", "node", "-e", text]);
  // ok: js-model-output-eval
  setTimeout(() => show(text), 100);
  return JSON.parse(text);
}

async function known(prompt: string) {
  const { text } = await generateText({ model, prompt });
  if (!ALLOWED_EXPRESSIONS.has(text)) throw new Error(text);
  // ok: js-model-output-eval
  return eval(text);
}

async function inVm(prompt: string) {
  const { text } = await generateText({ model, prompt });
  // Not lowered: a context of its own is no sandbox.
  // ruleid: js-model-output-eval
  vm.runInNewContext(text, Object.create(null), { timeout: 100 });
  // ruleid: js-model-output-eval
  execFile("docker", ["run", "--memory", "256m", "--cap-drop", "ALL", "node:22", "node", "-e", text]);
}
