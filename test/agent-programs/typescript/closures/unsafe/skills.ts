/** Skills are functions with a prompt inside. */
import { GoogleGenAI } from '@google/genai';

const ai = new GoogleGenAI({ apiKey: process.env.GEMINI_API_KEY });

function makeSkill(prompt: string) {
  let calls = 0;
  return async (input: string): Promise<string> => {
    calls += 1;
    const response = await ai.models.generateContent({ model: 'gemini-2.5-flash', contents: `${prompt}\n${input}` });
    return response.text ?? '';
  };
}

const toJavaScript = makeSkill('Translate this formula to a JavaScript expression over x.');

export async function plot(formula: string, from: number, to: number): Promise<number[]> {
  const expression = await toJavaScript(formula);
  // finding: js-model-output-eval
  const f = new Function('x', `return ${expression}`) as (x: number) => number;
  return Array.from({ length: 100 }, (_, i) => f(from + ((to - from) * i) / 99));
}
