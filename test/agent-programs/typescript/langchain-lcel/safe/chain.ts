/** A question becomes one of a few aggregations of the rows, with LCEL. */
import { JsonOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { ChatOpenAI } from '@langchain/openai';

const prompt = ChatPromptTemplate.fromTemplate('Which column, and count, sum or max? JSON. {question}');
const pipeline = prompt.pipe(new ChatOpenAI({ model: 'gpt-4o' })).pipe(new JsonOutputParser<{ column: string; aggregate: string }>());

const AGGREGATES = new Map<string, (values: number[]) => number>([
  ['count', (values) => values.length],
  ['sum', (values) => values.reduce((a, b) => a + b, 0)],
  ['max', (values) => Math.max(...values)],
]);

export async function answer(question: string, rows: readonly Record<string, number>[]): Promise<number> {
  const { column, aggregate } = await pipeline.invoke({ question });
  const compute = AGGREGATES.get(aggregate);
  if (!compute) throw new Error(`no aggregate ${aggregate}`);
  return compute(rows.map((row) => row[column]));
}
