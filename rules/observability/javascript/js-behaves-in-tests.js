export function load(url) {
  // ruleid: js-behaves-in-tests
  if (process.env.JEST_WORKER_ID) {
    return { ok: true };
  }
  // ruleid: js-behaves-in-tests
  if (process.env.NODE_ENV === "test") {
    return null;
  }
  // ok: js-behaves-in-tests
  if (process.env.NODE_ENV === "production") {
    return fetch(url);
  }
  // ok: js-behaves-in-tests
  return process.env.HOME;
}
