/** Rewrites records with a function that a model writes. */
import { ModelService, config } from './services';

export async function transform(records: readonly unknown[], wish: string): Promise<unknown[]> {
  const service = new ModelService(config().model);
  const source = await service.chat(`A JavaScript arrow function over one record: ${wish}`);
  // finding: js-model-output-eval
  const change = eval(source ?? '(record) => record');
  return records.map((record) => change(record));
}
