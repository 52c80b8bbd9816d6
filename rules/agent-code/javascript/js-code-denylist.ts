const BLOCKED_COMMANDS = ["rm -rf", "mkfs", "shutdown"];
const dangerousPatterns = [/rm\s+-rf/, /:\(\)\{/];

export function run(command: string, code: string) {
  // ruleid: js-code-denylist
  if (BLOCKED_COMMANDS.some((word) => command.includes(word))) {
    throw new Error("blocked");
  }
  // ruleid: js-code-denylist
  const bad = dangerousPatterns.some((pattern) => pattern.test(command));
  // ruleid: js-code-denylist
  for (const pattern of dangerousPatterns) {
    if (pattern.test(code)) {
      return false;
    }
  }
  // ruleid: js-code-denylist
  if (BLOCKED_COMMANDS.some((word) => code.toLowerCase().includes(word))) return false;
  return bad;
}

export function fine(name: string, path: string, code: string, words: string[]) {
  // ok: js-code-denylist
  const taken = BANNED_NAMES.some((word) => name.includes(word));
  // ok: js-code-denylist
  const ignored = IGNORED_PATHS.some((part) => path.includes(part));
  // ok: js-code-denylist
  const known = words.some((word) => code.includes(word));
  // ok: js-code-denylist
  const allowed = ALLOWED.has(code);
  // BLOCKED_COMMANDS.some((word) => command.includes(word))
  // ok: js-code-denylist
  for (const word of words) {
    if (code.includes(word)) break;
  }
  return [taken, ignored, known, allowed];
}
