/** Text to SQL with a repair loop. */
import { ChatOllama } from '@langchain/ollama';
import { DataSource } from 'typeorm';

export class SqlAgent {
  private readonly llm = new ChatOllama({ model: 'sqlcoder' });

  constructor(private readonly dataSource: DataSource) {}

  async answer(question: string): Promise<unknown[]> {
    let sql = await this.generate(question);
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        // finding: js-model-output-query
        return await this.dataSource.query(sql);
      } catch (error) {
        sql = await this.generate(`${question}\n${sql}\nfailed: ${String(error)}`);
      }
    }
    return [];
  }

  private async generate(prompt: string): Promise<string> {
    const reply = await this.llm.invoke([['system', 'Only SQL.'], ['human', prompt]]);
    return (reply.content as string).replace(/```sql|```/g, '').trim();
  }
}
