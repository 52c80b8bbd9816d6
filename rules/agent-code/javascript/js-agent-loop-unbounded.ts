import { generateText, stepCountIs } from "ai";

// ruleid: js-agent-loop-unbounded
await generateText({ model, tools, prompt, stopWhen: stepCountIs(1000) });
// ruleid: js-agent-loop-unbounded
await generateText({ model, tools, prompt, stopWhen: [] });
// ruleid: js-agent-loop-unbounded
await graph.invoke(state, { recursionLimit: 5000 });
// ok: js-agent-loop-unbounded
await generateText({ model, tools, prompt, stopWhen: stepCountIs(10) });
// ok: js-agent-loop-unbounded
await graph.invoke(state, { recursionLimit: 50 });
