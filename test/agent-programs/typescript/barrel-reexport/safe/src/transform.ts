/** Rewrites records with a jq filter that runs in WebAssembly. */
import * as jq from 'jq-wasm';
import { ModelService, config } from './services';

export async function transform(records: readonly unknown[], wish: string): Promise<unknown> {
  const service = new ModelService(config().model);
  const filter = await service.chat(`A jq filter over an array of records: ${wish}`);
  return jq.json(records, filter ?? '.');
}
