import OpenAI from "openai";
import { generateText } from "ai";

const client = new OpenAI();

export async function ask(prompt: string) {
  // ruleid: js-swallowed-agent-error
  try {
    const { text } = await generateText({ model, prompt });
    return text;
  } catch {}
}

export async function complete(messages: Message[]) {
  // ruleid: js-swallowed-agent-error
  try {
    return await client.chat.completions.create({ model: "gpt-4o", messages });
  } catch (error) {
    return null;
  }
}

export async function runTool(session: Session, call: ToolCall) {
  // ruleid: js-swallowed-agent-error
  await session.callTool({ name: call.name }).catch(() => {});
}

export function evaluate(code: string) {
  // ruleid: js-swallowed-agent-error
  try {
    eval(code);
  } catch (e) {}
}

export async function logged(prompt: string) {
  // ok: js-swallowed-agent-error
  try {
    return await generateText({ model, prompt });
  } catch (error) {
    console.error("model call failed", error);
    throw error;
  }
}

export async function cleanup(path: string) {
  // ok: js-swallowed-agent-error
  await fs.unlink(path).catch(() => {});
  // ok: js-swallowed-agent-error
  try {
    JSON.parse(path);
  } catch {}
}

export function match(re: RegExp, text: string) {
  // ok: js-swallowed-agent-error
  try {
    return re.exec(text);
  } catch (e) {
    return null;
  }
}

export async function fallback(agent: Agent) {
  // ok: js-swallowed-agent-error
  return agent.run("hello").catch((error) => report(error));
}

export async function finallyOnly(prompt: string) {
  // ok: js-swallowed-agent-error
  try {
    return await generateText({ model, prompt });
  } finally {
    release();
  }
}
