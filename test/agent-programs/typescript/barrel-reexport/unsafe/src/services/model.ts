import OpenAI from 'openai';

export class ModelService {
  private readonly openai = new OpenAI();

  constructor(private readonly model: string) {}

  async chat(prompt: string): Promise<string | null> {
    const completion = await this.openai.chat.completions.create({
      model: this.model,
      messages: [{ role: 'user', content: prompt }],
    });
    return completion.choices[0].message.content;
  }
}
