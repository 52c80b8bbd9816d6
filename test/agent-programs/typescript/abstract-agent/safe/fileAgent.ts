/** Shows the edits that the model proposes. */
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
    const value: unknown = JSON.parse(text.slice(text.indexOf('['), text.lastIndexOf(']') + 1));
    if (!Array.isArray(value)) throw new Error('not a list');
    return value.filter((one): one is Edit => typeof one?.file === 'string' && typeof one?.text === 'string');
  }

  protected async apply(edits: readonly Edit[]): Promise<string> {
    return edits.map((edit) => `${edit.file}: ${edit.text.length} characters`).join('; ');
  }
}
