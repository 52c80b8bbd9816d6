export async function read(messages: Message[], url: string) {
  const response = await fetch(url);
  const page = await response.text();
  // ruleid: js-tool-result-as-instructions
  messages.push({ role: "system", content: `Page contents: ${page}` });
  // ok: js-tool-result-as-instructions
  messages.push({ role: "tool", content: page });
}

export async function call(client: Client, messages: Message[]) {
  const result = await client.callTool({ name: "issue", arguments: {} });
  // ruleid: js-tool-result-as-instructions
  messages.push({ role: "system", content: JSON.stringify(result.content) });
  // ok: js-tool-result-as-instructions
  messages.push({ role: "user", content: JSON.stringify(result.content) });
}

export async function ask(url: string, prompt: string) {
  return fetch(url, {
    method: "POST",
    // ok: js-tool-result-as-instructions
    body: JSON.stringify({ messages: [{ role: "system", content: "Answer in one word." }, { role: "user", content: prompt }] }),
  });
}

export async function guide(messages: Message[]) {
  const own = await (await fetch("/api/guide")).text();
  // ok: js-tool-result-as-instructions
  messages.push({ role: "system", content: own });
  const other = await (await fetch("https://example.org/guide")).text();
  // ruleid: js-tool-result-as-instructions
  messages.push({ role: "system", content: other });
}
