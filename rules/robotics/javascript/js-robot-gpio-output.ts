import { Gpio } from "onoff";
import five from "johnny-five";
import OpenAI from "openai";

const client = new OpenAI();
const pin = new Gpio(17, "out");
const servo = new five.Servo(10);

async function ask(question: string) {
  const reply = await client.responses.create({ model: "m", input: question });
  return JSON.parse(reply.output_text);
}

export async function move(question: string) {
  const step = await ask(question);
  // ruleid: js-robot-gpio-output
  pin.writeSync(step.level);
  // ruleid: js-robot-gpio-output
  servo.to(step.angle);
  // ok: js-robot-gpio-output
  servo.to(Math.min(Math.max(step.angle, 20), 160));
  // ok: js-robot-gpio-output
  pin.writeSync(1);
}
