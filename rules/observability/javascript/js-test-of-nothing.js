import { expect, test } from "vitest";

test("adds", () => {
  // ruleid: js-test-of-nothing
  expect(true).toBe(true);
});
test("works", () => {
  // ruleid: js-test-of-nothing
  expect(true).toBeTruthy();
  // ok: js-test-of-nothing
  expect([1, 2].length).toBe(2);
  // ok: js-test-of-nothing
  expect(isReady()).toBe(true);
});
