import { exec } from 'node:child_process';
import { BedrockModel } from './model.js';

export class OpsAgent {
  constructor(private readonly model: BedrockModel) {}

  async handle(alert: string): Promise<void> {
    const command = await this.model.complete(`Which command answers this alert? ${alert}`);
    // finding: js-model-output-shell
    exec(command, (error, stdout) => {
      if (error) throw error;
      console.log(stdout);
    });
  }
}
