import { exec } from 'node:child_process';
import { BedrockModel } from './model.js';

const RUNBOOKS: Record<string, string> = {
  restart: 'systemctl restart web',
  rotate: 'logrotate --force /etc/logrotate.conf',
};

export class OpsAgent {
  constructor(private readonly model: BedrockModel) {}

  async handle(alert: string): Promise<void> {
    const name = (await this.model.complete(`restart or rotate? One word. ${alert}`)).trim();
    const command = name === 'restart' ? RUNBOOKS.restart : RUNBOOKS.rotate;
    exec(command, (error, stdout) => {
      if (error) throw error;
      console.log(stdout);
    });
  }
}
