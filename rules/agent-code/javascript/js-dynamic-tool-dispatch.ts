export class Agent {
  async step(message: Message) {
    for (const call of message.tool_calls) {
      // ruleid: js-dynamic-tool-dispatch
      await this[call.function.name](JSON.parse(call.function.arguments));
    }
  }
}

export async function load(toolName: string, toolCall: ToolCall) {
  // ruleid: js-dynamic-tool-dispatch
  const tool = await import(`./tools/${toolName}.js`);
  // ruleid: js-dynamic-tool-dispatch
  const other = require(toolCall.name);
  // ruleid: js-dynamic-tool-dispatch
  globalThis[toolName](toolCall.args);
  return [tool, other];
}

const TOOLS = new Map();

export async function fine(call: ToolCall, name: string, key: string) {
  // ok: js-dynamic-tool-dispatch
  const tool = TOOLS.get(call.function.name);
  // ok: js-dynamic-tool-dispatch
  const locale = await import(`./locales/${name}.js`);
  // ok: js-dynamic-tool-dispatch
  const json = require("./data.json");
  // ok: js-dynamic-tool-dispatch
  this["start"]();
  // ok: js-dynamic-tool-dispatch
  const method = this[key];
  // globalThis[toolName]()
  // ok: js-dynamic-tool-dispatch
  handlers[name]();
  return [tool, locale, json, method];
}
