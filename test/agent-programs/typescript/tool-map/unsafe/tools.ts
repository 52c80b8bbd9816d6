/** The tools, by name. */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface Tool {
  readonly declaration: { readonly name: string; readonly description: string };
  execute(args: Record<string, unknown>): Promise<string>;
}

class ReadTool implements Tool {
  readonly declaration = { name: 'read', description: 'Reads a file' };

  async execute(args: Record<string, unknown>): Promise<string> {
    // finding: js-model-output-file
    return readFile(args.path as string, 'utf8');
  }
}

class RunTool implements Tool {
  readonly declaration = { name: 'run', description: 'Runs a script' };

  async execute({ script }: { script?: string }): Promise<string> {
    // finding: js-model-output-shell
    return execFileSync('bash', ['-c', script ?? 'true'], { encoding: 'utf8' });
  }
}

export const tools: ReadonlyMap<string, Tool> = new Map([new ReadTool(), new RunTool()].map((tool) => [tool.declaration.name, tool] as const));
