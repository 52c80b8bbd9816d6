import { Agent, computerTool, shellTool } from "@openai/agents";
import OpenAI from "openai";

const client = new OpenAI();
// ruleid: js-hosted-shell-tool
await client.responses.create({ model: "m", input: task, tools: [{ type: "local_shell" }] });
// ruleid: js-hosted-shell-tool
const agent = new Agent({ name: "desk", tools: [shellTool({ shell })] });
// ok: js-hosted-shell-tool
const asking = new Agent({ name: "desk", tools: [shellTool({ shell, needsApproval: true })] });
// ok: js-hosted-shell-tool
const seen = new Agent({ name: "desk", tools: [computerTool({ computer, onSafetyCheck })] });
// ok: js-hosted-shell-tool
await client.responses.create({ model: "m", input: task, tools: [{ type: "web_search" }] });

// ok: js-hosted-shell-tool
const inContainer = shellTool({ environment: { type: "container_auto", networkPolicy: { type: "disabled" } } });
