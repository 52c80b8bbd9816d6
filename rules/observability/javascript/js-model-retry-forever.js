import OpenAI from "openai";

const client = new OpenAI();

async function ask(input) {
  // ruleid: js-model-retry-forever
  while (true) {
    try {
      return await client.responses.create({ model: "gpt-5", input });
    } catch (error) {
      await sleep(1000);
    }
  }
}

async function askChat(messages) {
  // ruleid: js-model-retry-forever
  while (true) {
    try {
      const answer = await client.chat.completions.create({ model: "gpt-5", messages });
      return answer.choices[0].message.content;
    } catch (error) {
      console.log("again");
    }
  }
}

async function bounded(input) {
  let tries = 0;
  // ok: js-model-retry-forever
  while (true) {
    try {
      return await client.responses.create({ model: "gpt-5", input });
    } catch (error) {
      if (++tries > 5) throw error;
      await sleep(1000);
    }
  }
}

async function other() {
  // ok: js-model-retry-forever
  while (true) {
    try {
      return await fetch("/ready");
    } catch (error) {
      await sleep(1000);
    }
  }
}
