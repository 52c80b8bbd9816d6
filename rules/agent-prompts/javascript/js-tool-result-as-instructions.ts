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

export async function ask(address: string, question: string) {
  return fetch(address, {
    method: "POST",
    body: JSON.stringify({
      messages: [
        // ok: js-tool-result-as-instructions
        { role: "system", content: "Answer in one word." + " In no other language." },
        { role: "user", content: question },
      ],
    }),
  });
}
