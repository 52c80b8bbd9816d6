import * as vm from "vm";

export function evaluate(source: string, scope: object) {
  // ruleid: js-vm-as-sandbox
  const value = vm.runInNewContext(source, scope);
  // ruleid: js-vm-as-sandbox
  const script = new vm.Script(source, { filename: "rule.js" });
  // ruleid: js-vm-as-sandbox
  const here = vm.runInThisContext(source);
  // ruleid: js-vm-as-sandbox
  const fn = vm.compileFunction(source, ["x"]);
  return [value, script, here, fn];
}

export function fine(text: string, machine: Machine) {
  const context = vm.createContext({});
  // ok: js-vm-as-sandbox
  vm.runInContext("globalThis.ready = true", context);
  // ok: js-vm-as-sandbox
  vm.isContext(context);
  // ok: js-vm-as-sandbox
  machine.runInContext(text);
  // vm.runInNewContext(source)
  // ok: js-vm-as-sandbox
  const note = "new vm.Script(source)";
  // ok: js-vm-as-sandbox
  const script = new Script(text);
  return [note, script];
}
