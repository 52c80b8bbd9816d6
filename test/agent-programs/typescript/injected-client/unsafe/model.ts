import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

export interface Model {
  complete(prompt: string): Promise<string>;
}

export class BedrockModel implements Model {
  constructor(private readonly client: BedrockRuntimeClient) {}

  async complete(prompt: string): Promise<string> {
    const command = new ConverseCommand({
      modelId: 'anthropic.claude-3-5-sonnet-20241022-v2:0',
      messages: [{ role: 'user', content: [{ text: prompt }] }],
    });
    const response = await this.client.send(command);
    return response.output?.message?.content?.[0]?.text ?? '';
  }
}
