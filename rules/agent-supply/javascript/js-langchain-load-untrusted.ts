import { load } from "@langchain/core/load";

export async function restore(cache: Cache, key: string) {
  // ruleid: js-langchain-load-untrusted
  const chain = await load(await cache.get(key), { secretsMap: process.env });
  // ruleid: js-langchain-load-untrusted
  return load<Prompt>(await cache.get(`${key}/prompt`));
}

export async function settings(file: Loader, name: string) {
  // ok: js-langchain-load-untrusted
  await file.load(name);
  // ok: js-langchain-load-untrusted
  return JSON.parse(await read(name));
}
