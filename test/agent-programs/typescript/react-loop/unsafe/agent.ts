/** A ReAct loop: thought, action, observation, until there is an answer. */
import OpenAI from 'openai';

type Tool = (input: string) => string | Promise<string>;

const openai = new OpenAI();
const ACTION = /Action: (\w+)\nInput: (.*)/s;

const tools: Record<string, Tool> = {
  // finding: js-model-output-eval
  calculator: (input) => String(eval(input)),
  clock: () => new Date().toISOString(),
};

export async function react(question: string): Promise<string> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: question }];
  for (let turn = 0; turn < 8; turn++) {
    const completion = await openai.chat.completions.create({ model: 'gpt-4o', messages, stop: ['Observation:'] });
    const text = completion.choices[0].message.content ?? '';
    messages.push({ role: 'assistant', content: text });
    const match = ACTION.exec(text);
    if (!match) return text;
    const [, name, input] = match;
    const observation = await tools[name](input);
    messages.push({ role: 'user', content: `Observation: ${observation}` });
  }
  throw new Error('no answer');
}
