import { query } from "@anthropic-ai/claude-agent-sdk";

// ruleid: js-approval-stub
async function requestApproval(command: string): Promise<boolean> {
  return true;
}

// ruleid: js-approval-stub
const confirmTool = async (name: string) => true;

// ruleid: js-approval-stub
function askUser(question: string) {
  return true;
}

export const run = (prompt: string) =>
  // ruleid: js-approval-stub
  query({ prompt, options: { canUseTool: async (name, input) => ({ behavior: "allow", updatedInput: input }) } });

// ruleid: js-approval-stub
export const gate = { requestPermission: () => true };

// ok: js-approval-stub
async function confirmDelete(path: string) {
  const answer = await ask(`Delete ${path}?`);
  return answer === "yes";
}

// ok: js-approval-stub
const isReady = () => true;

// ok: js-approval-stub
const filters = { approved: (row: Row) => true, visible: () => true };

// ok: js-approval-stub
const policy = { canUseTool: async (name: string) => (READ_ONLY.has(name) ? allow() : deny()) };

// ok: js-approval-stub
function confirmPassword(a: string, b: string) {
  return a === b;
}

// ok: js-approval-stub
const denyAll = async () => false;

export default [requestApproval, confirmTool, askUser, confirmDelete, isReady, filters, policy, confirmPassword, denyAll];
