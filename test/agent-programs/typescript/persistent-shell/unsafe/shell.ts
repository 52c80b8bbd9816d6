/** One shell that stays open. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

export class Shell {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly log: string[] = [];

  constructor() {
    this.child = spawn('bash', ['--norc']);
    this.child.stdout.on('data', (chunk: Buffer) => this.log.push(chunk.toString()));
  }

  async run(command: string): Promise<string> {
    const from = this.log.length;
    // finding: js-model-output-shell
    this.child.stdin.write(command + '\n');
    await new Promise((resolve) => setTimeout(resolve, 500));
    return this.log.slice(from).join('');
  }

  close(): void {
    this.child.stdin.end();
  }
}
