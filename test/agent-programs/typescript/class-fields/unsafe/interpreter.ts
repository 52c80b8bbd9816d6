/** An interpreter that keeps the last script on itself and tries again when it fails. */
import OpenAI from 'openai';
import * as vm from 'vm';

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

  private run(): unknown {
    // finding: js-model-output-eval
    return new vm.Script(this.script).runInNewContext({});
  }

  async solve(): Promise<unknown> {
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.write();
      try {
        return this.run();
      } catch (error) {
        this.failure = String(error);
      }
    }
    return undefined;
  }
}
