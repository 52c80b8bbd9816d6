// ruleid: js-prompt-kept
client.responses.create({ model: "gpt-5", input: "hello", store: true });
// ruleid: js-prompt-kept
client.chat.completions.create({ model: "gpt-5", messages: [], store: true });
// ok: js-prompt-kept
client.responses.create({ model: "gpt-5", input: "hello", store: false });
// ok: js-prompt-kept
cache.create({ store: true });
