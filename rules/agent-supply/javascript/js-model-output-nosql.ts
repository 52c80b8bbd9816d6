import { MongoClient } from "mongodb";
import OpenAI from "openai";

const client = new OpenAI();
const orders = new MongoClient(url).db("shop").collection("orders");

async function ask(question: string) {
  const reply = await client.chat.completions.create({ model: "m", messages: [{ role: "user", content: question }] });
  return reply.choices[0].message.content;
}

export async function search(question: string) {
  const query = JSON.parse(await ask(question));
  // ruleid: js-model-output-nosql
  return orders.find(query).toArray();
}

export async function clean(question: string) {
  // ruleid: js-model-output-nosql
  await orders.deleteMany(JSON.parse(await ask(question)));
  const wanted = OrderFilter.parse(JSON.parse(await ask(question)));
  // ok: js-model-output-nosql
  await orders.findOne({ status: wanted.status });
  // ok: js-model-output-nosql
  await orders.findOne({ name: String(await ask(question)) });
}
