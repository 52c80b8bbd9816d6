import OpenAI from "openai";

const client = new OpenAI();

async function ask(question: string) {
  return (await client.responses.create({ model: "m", input: question })).output_text;
}

export async function name(question: string) {
  // ruleid: js-model-json-unchecked
  const { city } = JSON.parse(await ask(question));
  // ruleid: js-model-json-unchecked
  return city + JSON.parse(await ask(question)).name;
}

export async function checked(question: string, text: string) {
  // ok: js-model-json-unchecked
  const step = Step.parse(JSON.parse(await ask(question)));
  // ok: js-model-json-unchecked
  return [step, JSON.parse(text).name];
}
