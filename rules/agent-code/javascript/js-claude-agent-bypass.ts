import { query } from "@anthropic-ai/claude-agent-sdk";

export async function run(prompt: string, session: Session) {
  for await (const message of query({
    prompt,
    // ruleid: js-claude-agent-bypass
    options: { cwd: ".", permissionMode: "bypassPermissions", allowDangerouslySkipPermissions: true },
  })) {
    console.log(message);
  }
  // ruleid: js-claude-agent-bypass
  const options = { allowDangerouslySkipPermissions: true };
  // ruleid: js-claude-agent-bypass
  await session.setPermissionMode("bypassPermissions");
  // ruleid: js-claude-agent-bypass
  session.permissionMode = "bypassPermissions";
  return options;
}

export function fine(mode: string) {
  // ok: js-claude-agent-bypass
  const plan = { permissionMode: "plan", maxTurns: 5 };
  // ok: js-claude-agent-bypass
  const edits = { permissionMode: "acceptEdits" };
  // ok: js-claude-agent-bypass
  const off = { allowDangerouslySkipPermissions: false };
  // ok: js-claude-agent-bypass
  const refused = mode === "bypassPermissions";
  // permissionMode: "bypassPermissions"
  // ok: js-claude-agent-bypass
  const text = "permissionMode: bypassPermissions";
  return [plan, edits, off, refused, text];
}
