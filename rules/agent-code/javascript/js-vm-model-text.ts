import vm from "node:vm";
import { Script, createContext } from "node:vm";
import { generateText } from "ai";

export async function run(prompt: string) {
  const { text } = await generateText({ model, prompt });
  const context = vm.createContext({ console });
  // ruleid: js-vm-model-text
  vm.runInContext(text, context, { timeout: 1000 });
  // ruleid: js-vm-model-text
  vm.runInNewContext(`(${text})()`, { result: null });
  // ruleid: js-vm-model-text
  const script = new vm.Script(text);
  // ruleid: js-vm-model-text
  const other = new Script(text);
  // ruleid: js-vm-model-text
  const fn = vm.compileFunction(text, ["input"]);
  return [script, other, fn];
}

export async function fine(isolate: Isolate, text: string, lodash: Lodash) {
  // ok: js-vm-model-text
  vm.runInNewContext("1 + 1");
  // ok: js-vm-model-text
  const context = createContext({});
  // ok: js-vm-model-text
  const value = await isolate.compileScript(text);
  // ok: js-vm-model-text
  const copy = lodash.runInContext({});
  // vm.runInContext(text, context)
  // ok: js-vm-model-text
  const note = "vm.runInThisContext(text)";
  return [context, value, copy, note];
}
