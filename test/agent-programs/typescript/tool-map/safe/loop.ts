/** The loop: what the model asks for is looked up among the tools. */
import { GoogleGenAI } from '@google/genai';
import { tools } from './tools.js';

const ai = new GoogleGenAI({});

export async function answer(question: string): Promise<string> {
  const contents: unknown[] = [{ role: 'user', parts: [{ text: question }] }];
  for (let turn = 0; turn < 10; turn++) {
    const response = await ai.models.generateContent({
      model: 'gemini-2.5-flash',
      contents: contents as never,
      config: { tools: [{ functionDeclarations: [...tools.values()].map((tool) => tool.declaration) }] },
    });
    const calls = response.functionCalls ?? [];
    if (calls.length === 0) return response.text ?? '';
    for (const { name, args } of calls) {
      const tool = tools.get(name ?? '');
      const result = tool ? await tool.execute(args ?? {}) : `no tool ${name}`;
      contents.push({ role: 'user', parts: [{ functionResponse: { name, response: { result } } }] });
    }
  }
  return '';
}
