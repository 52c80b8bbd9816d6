/** The clock of limits: how long a thread waited for a processor is not counted, and a limit ends all the same. */
import { expect, it } from 'vitest';
import { createThreadClock } from '../../server/src/host/node/thread-clock.js';

it('stands while its thread waits for a processor', () => {
  let now = 1000;
  let waited: number | undefined = 20;
  const clock = createThreadClock(
    () => now,
    () => waited,
  );
  const start = clock();
  now += 100;
  expect(clock() - start).toBe(100);
  now += 1000;
  waited += 400;
  expect(clock() - start).toBe(700);
  now += 10;
  expect(clock() - start).toBe(710);
});

it('goes on where a thread does nothing but wait, and is the plain clock where nobody knows', () => {
  let now = 0;
  let waited = 0;
  const clock = createThreadClock(
    () => now,
    () => waited,
  );
  now = 10_000;
  waited = 10_000;
  expect(clock()).toBe(4000);
  const plain = createThreadClock(
    () => now,
    () => undefined,
  );
  expect(plain()).toBe(10_000);
});

it('is a clock on this machine', () => {
  const clock = createThreadClock();
  const start = clock();
  const end = performance.now() + 120;
  while (performance.now() < end) clock();
  expect(clock() - start).toBeGreaterThan(40);
  expect(clock() - start).toBeLessThan(1000);
});
