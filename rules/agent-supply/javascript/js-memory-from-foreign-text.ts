import { Memory } from "mem0ai/oss";

const memory = new Memory();

export async function read(url: string, userId: string) {
  const page = await (await fetch(url)).text();
  // ruleid: js-memory-from-foreign-text
  await memory.add(page, { userId });
}

export async function call(client: Client, chatMemory: ChatMemory) {
  const result = await client.callTool({ name: "search", arguments: {} });
  // ruleid: js-memory-from-foreign-text
  await chatMemory.addMessage(JSON.stringify(result.content));
}

export async function remember(fact: string, userId: string, seen: Set<string>) {
  // ok: js-memory-from-foreign-text
  await memory.add(fact, { userId });
  // ok: js-memory-from-foreign-text
  seen.add(await (await fetch("https://example.com")).text());
}
