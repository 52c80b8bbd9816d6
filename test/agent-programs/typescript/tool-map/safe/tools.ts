/** The tools, by name. */
import { readFile } from 'node:fs/promises';

export interface Tool {
  readonly declaration: { readonly name: string; readonly description: string };
  execute(args: Record<string, unknown>): Promise<string>;
}

const PAGES: Readonly<Record<string, string>> = { intro: 'docs/intro.md', usage: 'docs/usage.md' };

class PageTool implements Tool {
  readonly declaration = { name: 'page', description: 'Reads a page of the manual' };

  async execute(args: Record<string, unknown>): Promise<string> {
    const name = String(args.page);
    if (!Object.hasOwn(PAGES, name)) return 'no such page';
    return readFile(PAGES[name], 'utf8');
  }
}

class LengthTool implements Tool {
  readonly declaration = { name: 'length', description: 'Counts characters' };

  async execute({ text }: { text?: string }): Promise<string> {
    return String((text ?? '').length);
  }
}

export const tools: ReadonlyMap<string, Tool> = new Map([new PageTool(), new LengthTool()].map((tool) => [tool.declaration.name, tool] as const));
