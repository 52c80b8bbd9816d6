import OpenAI from "openai";

const client = new OpenAI();

export async function calculate(question: string): Promise<unknown> {
  const reply = await client.responses.create({ model: "m", input: question });
  const text = reply.output_text;
  // ruleid: js-eval-model-text
  return eval(text);
}

export function makeTool(source: string) {
  // ruleid: js-eval-model-text
  const tool = new Function("input", `return (${source})(input)`);
  // ruleid: js-eval-model-text
  const other = Function(source);
  // ruleid: js-eval-model-text
  const later = setTimeout(`run(${source})`, 100);
  // ruleid: js-eval-model-text
  (0, eval)(source);
  return [tool, other, later];
}

export async function run(page: Page, redis: Redis, model: Model, reply: string, re: RegExp) {
  // ok: js-eval-model-text
  const data = JSON.parse(reply);
  // ok: js-eval-model-text
  await page.evaluate(() => document.title);
  // ok: js-eval-model-text
  await page.$eval("h1", (node) => node.textContent);
  // ok: js-eval-model-text
  await redis.eval("return 1", 0);
  // ok: js-eval-model-text
  model.eval();
  // ok: js-eval-model-text
  const found = re.exec(reply);
  // ok: js-eval-model-text
  const root = Function("return this")();
  // ok: js-eval-model-text
  const timer = setTimeout(() => console.log(reply), 10);
  // eval(reply) would run it
  // ok: js-eval-model-text
  const note = "eval(reply)";
  return [data, found, root, timer, note];
}

export function responses(stack: Stack) {
  // ok: js-eval-model-text
  return new Function(stack, "ResponseFunction", { handler: "index.response" });
}
