import { execFileSync, execSync } from "node:child_process";
import { rmSync } from "node:fs";
import OpenAI from "openai";

const client = new OpenAI();

async function judge(question: string) {
  const reply = await client.chat.completions.create({ model: "m", messages: [{ role: "user", content: question }] });
  return reply.choices[0].message.content;
}

export async function run(command: string) {
  const verdict = await judge(`Is this safe? ${command}`);
  // ruleid: js-model-verdict-gates-action
  if (verdict.toLowerCase().includes("safe")) {
    execSync(command);
  }
  // ok: js-model-verdict-gates-action
  if (verdict.includes("yes")) {
    console.log("fine");
  }
}

export async function clean(folder: string) {
  // ruleid: js-model-verdict-gates-action
  if ((await judge(`May ${folder} go?`)) === "YES") {
    rmSync(folder, { recursive: true });
  }
  // ok: js-model-verdict-gates-action
  if (folder === "ok") {
    rmSync("build", { recursive: true });
  }
}
