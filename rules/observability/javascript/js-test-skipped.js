import { describe, it, test } from "vitest";

// ruleid: js-test-skipped
it.skip("adds", () => {});
// ruleid: js-test-skipped
describe.only("all", () => {});
// ok: js-test-skipped
it("adds", () => {});
// ok: js-test-skipped
queue.skip("adds", 1);
