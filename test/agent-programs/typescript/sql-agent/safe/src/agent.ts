/** Questions to filters of one query builder. */
import { ChatOllama } from '@langchain/ollama';
import { DataSource } from 'typeorm';
import { Order } from './order.js';

export class SqlAgent {
  private readonly llm = new ChatOllama({ model: 'llama3.1', format: 'json' });

  constructor(private readonly dataSource: DataSource) {}

  async answer(question: string): Promise<unknown[]> {
    const { customer, year } = await this.generate(question);
    return this.dataSource
      .getRepository(Order)
      .createQueryBuilder('o')
      .where('o.customer = :customer', { customer })
      .andWhere('o.year = :year', { year })
      .getMany();
  }

  private async generate(prompt: string): Promise<{ customer: string; year: number }> {
    const reply = await this.llm.invoke([['system', 'JSON: customer, year.'], ['human', prompt]]);
    return JSON.parse(reply.content as string);
  }
}
