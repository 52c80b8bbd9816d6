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

const toCoefficients = makeSkill('Give the coefficients of this polynomial as a JSON array of numbers.');

export async function plot(formula: string, from: number, to: number): Promise<number[]> {
  const coefficients = (JSON.parse(await toCoefficients(formula)) as unknown[]).map(Number);
  const f = (x: number) => coefficients.reduce((sum, c, power) => sum + c * x ** power, 0);
  return Array.from({ length: 100 }, (_, i) => f(from + ((to - from) * i) / 99));
}
