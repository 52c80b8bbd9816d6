import { Runner, setTracingDisabled } from "@openai/agents";
import { generateText } from "ai";

// ruleid: js-agent-tracing-off
setTracingDisabled(true);

// ruleid: js-agent-tracing-off
const runner = new Runner({ model: "gpt-5", tracingDisabled: true });

// ruleid: js-agent-tracing-off
process.env.LANGCHAIN_TRACING_V2 = "false";

export async function ask(prompt: string) {
  // ruleid: js-agent-tracing-off
  return generateText({ model, prompt, experimental_telemetry: { isEnabled: false } });
}

// ok: js-agent-tracing-off
setTracingDisabled(false);

// ok: js-agent-tracing-off
const traced = new Runner({ model: "gpt-5", tracingDisabled: false });

// ok: js-agent-tracing-off
process.env.LANGCHAIN_TRACING_V2 = "true";

export async function askTraced(prompt: string) {
  // ok: js-agent-tracing-off
  return generateText({ model, prompt, experimental_telemetry: { isEnabled: true } });
}

// ok: js-agent-tracing-off
const flags = { isEnabled: false };

// ok: js-agent-tracing-off
console.log("setTracingDisabled(true) is for tests", flags, runner, traced);
