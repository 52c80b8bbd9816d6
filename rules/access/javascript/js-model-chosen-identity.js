import { spawn } from "node:child_process";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import OpenAI from "openai";

const client = new OpenAI();
const sts = new STSClient({});

async function step(input) {
  const answer = await client.responses.create({ model: "gpt-5", input });
  const plan = JSON.parse(answer.output_text);
  // ruleid: js-model-chosen-identity
  await sts.send(new AssumeRoleCommand({ RoleArn: plan.role, RoleSessionName: "agent" }));
  // ruleid: js-model-chosen-identity
  spawn("sudo", ["-u", plan.user, "ls"]);
  // ok: js-model-chosen-identity
  await sts.send(new AssumeRoleCommand({ RoleArn: process.env.ROLE, RoleSessionName: "agent" }));
}

function fixed(session) {
  // ok: js-model-chosen-identity
  return new AssumeRoleCommand({ RoleArn: session.role, RoleSessionName: "agent" });
}
