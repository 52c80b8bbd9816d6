import mqtt from "mqtt";
import OpenAI from "openai";
import { SerialPort } from "serialport";

const client = new OpenAI();
const port = new SerialPort({ path: "/dev/ttyUSB0", baudRate: 115200 });
const broker = mqtt.connect("mqtt://192.0.2.4");
const COMMANDS = new Map([["home", "G28\n"]]);

export async function run(question: string) {
  const reply = await client.responses.create({ model: "m", input: question });
  const step = JSON.parse(reply.output_text);
  // ruleid: js-robot-serial-write
  port.write(step.gcode);
  // ruleid: js-robot-serial-write
  broker.publish("plant/valve/set", step.opening);
  // ok: js-robot-serial-write
  port.write(COMMANDS.get(step.name));
  // ok: js-robot-serial-write
  port.write("M112\n");
  // ok: js-robot-serial-write
  broker.publish("chat/answers", step.text);
}
