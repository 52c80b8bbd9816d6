import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { tool } from "ai";
import { z } from "zod";

export const tools = {
  // ruleid: js-tool-no-approval
  build: tool({
    inputSchema: z.object({ target: z.string() }),
    execute: async ({ target }) => execFileSync("make", ["--", target]).toString(),
  }),
  // ruleid: js-tool-no-approval
  remove: tool({
    inputSchema: z.object({ path: z.string() }),
    execute: async ({ path }) => {
      rmSync(inside(path));
      return "gone";
    },
  }),
  // ok: js-tool-no-approval
  clean: tool({
    inputSchema: z.object({ path: z.string() }),
    needsApproval: true,
    execute: async ({ path }) => rmSync(inside(path)),
  }),
  // ok: js-tool-no-approval
  add: tool({
    inputSchema: z.object({ a: z.number(), b: z.number() }),
    execute: async ({ a, b }) => a + b,
  }),
};
