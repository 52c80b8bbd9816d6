// ruleid: js-obfuscated-exec
eval(atob("YWxlcnQoMSk="));
// ruleid: js-obfuscated-exec
eval(Buffer.from(payload, "base64").toString("utf8"));
// ruleid: js-obfuscated-exec
new Function(String.fromCharCode(97, 108, 101))();
// ruleid: js-obfuscated-exec
Function(Buffer.from(blob, "hex").toString())();
// ruleid: js-obfuscated-exec
const _0x4f2a = ["log", "env"];

export function fine(token: string, parts: string[]) {
  // ok: js-obfuscated-exec
  const claims = JSON.parse(atob(token.split(".")[1]));
  // ok: js-obfuscated-exec
  const text = Buffer.from(token, "base64").toString();
  // ok: js-obfuscated-exec
  const letter = String.fromCharCode(65);
  // ok: js-obfuscated-exec
  const root = Function("return this")();
  // eval(atob(token))
  // ok: js-obfuscated-exec
  const words = ["log", "env"];
  return [claims, text, letter, root, words];
}
