/** Applies the edits that the model proposes. */
import { promises as fs } from 'node:fs';
import { Agent } from './agent.js';

interface Edit {
  readonly file: string;
  readonly text: string;
}

export class FileAgent extends Agent<readonly Edit[]> {
  protected prompt(input: string): string {
    return `Answer with JSON [{"file", "text"}]. ${input}`;
  }

  protected parse(text: string): readonly Edit[] {
    return JSON.parse(text.slice(text.indexOf('['), text.lastIndexOf(']') + 1)) as Edit[];
  }

  protected async apply(edits: readonly Edit[]): Promise<string> {
    for (const edit of edits) {
      // finding: js-model-output-file
      await fs.writeFile(edit.file, edit.text, 'utf8');
    }
    return `${edits.length} files`;
  }
}
