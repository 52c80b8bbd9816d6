/** A question becomes a function of the rows, with LCEL. */
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { ChatOpenAI } from '@langchain/openai';

const prompt = ChatPromptTemplate.fromTemplate('Write the body of a JavaScript function (rows) that answers: {question}');
const pipeline = prompt.pipe(new ChatOpenAI({ model: 'gpt-4o' })).pipe(new StringOutputParser());

export async function answer(question: string, rows: readonly object[]): Promise<unknown> {
  const body = await pipeline.invoke({ question });
  // finding: js-model-output-eval
  const compute = new Function('rows', body);
  return compute(rows);
}
