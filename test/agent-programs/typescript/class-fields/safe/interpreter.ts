/** An interpreter that keeps the last script on itself; scripts run in a hosted sandbox. */
import { Sandbox } from '@e2b/code-interpreter';
import OpenAI from 'openai';

export class Interpreter {
  private readonly openai = new OpenAI();
  private script = '';
  private failure: string | undefined;

  constructor(private readonly goal: string) {}

  private async write(): Promise<void> {
    const input = this.failure ? `${this.goal}\nIt failed with: ${this.failure}` : this.goal;
    const response = await this.openai.responses.create({ model: 'gpt-5', input });
    this.script = response.output_text;
  }

  private async run(): Promise<string> {
    const sandbox = await Sandbox.create();
    try {
      const execution = await sandbox.runCode(this.script, { language: 'js' });
      return execution.text ?? '';
    } finally {
      await sandbox.kill();
    }
  }

  async solve(): Promise<unknown> {
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.write();
      try {
        return await this.run();
      } catch (error) {
        this.failure = String(error);
      }
    }
    return undefined;
  }
}
