import OpenAI from "openai";

const client = new OpenAI();

export async function ask(messages: Message[]) {
  while (true) {
    try {
      // ruleid: js-model-call-retry-forever
      return await client.chat.completions.create({ model: "m", messages });
    } catch (error) {
      console.error(error);
      await sleep(1000);
    }
  }
}

export async function again(messages: Message[]) {
  for (;;) {
    try {
      // ruleid: js-model-call-retry-forever
      return await client.responses.create({ model: "m", input: messages });
    } catch {
      await sleep(1000);
    }
  }
}

export async function few(messages: Message[]) {
  let attempts = 0;
  while (true) {
    try {
      // ok: js-model-call-retry-forever
      return await client.chat.completions.create({ model: "m", messages });
    } catch (error) {
      attempts += 1;
      if (attempts > 4) throw error;
    }
  }
}

export async function drain(queue: Queue) {
  while (true) {
    try {
      // ok: js-model-call-retry-forever
      handle(await queue.take());
    } catch (error) {
      console.error(error);
    }
  }
}
