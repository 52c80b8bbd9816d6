// ruleid: js-broken-sandbox-package
import { VM } from "vm2";
// ruleid: js-broken-sandbox-package
import safeEval from "safe-eval";
// ruleid: js-broken-sandbox-package
import * as notevil from "notevil";
// ok: js-broken-sandbox-package
import ivm from "isolated-vm";
// ok: js-broken-sandbox-package
import vm from "node:vm";

// ruleid: js-broken-sandbox-package
const { NodeVM } = require("vm2");

export async function run(code: string) {
  // ruleid: js-broken-sandbox-package
  const mod = await import("static-eval");
  // ok: js-broken-sandbox-package
  const quick = await import("quickjs-emscripten");
  // ok: js-broken-sandbox-package
  const name = "vm2";
  // require("vm2")
  // ok: js-broken-sandbox-package
  const other = require("./vm2");
  // ok: js-broken-sandbox-package
  const local = require("vm2-docs");
  return [mod, quick, name, other, local, ivm, vm, VM, NodeVM, safeEval, notevil];
}
