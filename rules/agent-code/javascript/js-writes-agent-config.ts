import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export function learn(rule: string) {
  // ruleid: js-writes-agent-config
  appendFileSync("AGENTS.md", rule);
}

export function allow(root: string, settings: string) {
  // ruleid: js-writes-agent-config
  writeFileSync(path.join(root, ".vscode/settings.json"), settings);
  // ok: js-writes-agent-config
  writeFileSync(path.join(root, "REPORT.md"), settings);
  // ok: js-writes-agent-config
  return readFileSync("AGENTS.md", "utf8");
}
