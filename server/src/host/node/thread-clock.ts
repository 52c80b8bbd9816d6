/**
 * A clock for limits of work: it stands while its thread waits for a processor, so that a busy machine takes nothing of a file's time away. Linux says how long a
 * thread has waited; elsewhere it is the plain clock.
 */
import { readFileSync } from 'node:fs';

/** How often the system is asked. */
const ASK_EVERY_MS = 50;
/** Of a time at most this part is taken for waiting: a limit ends some day, and before whoever watches the thread takes it for hung. */
const MOST = 0.6;

/**
 * @param now milliseconds
 * @param waited milliseconds that this thread has waited for a processor until now; undefined where nobody knows
 */
export function createThreadClock(
  now: () => number = () => performance.now(),
  waited: () => number | undefined = waitedOnLinux,
): () => number {
  let at = now();
  const first = waited();
  if (first === undefined) return now;
  let last = first;
  let left = 0;
  return () => {
    const time = now();
    if (time - at < ASK_EVERY_MS) return time - left;
    const sum = waited() ?? last;
    left += Math.min(Math.max(0, sum - last), (time - at) * MOST);
    at = time;
    last = sum;
    return time - left;
  };
}

/** Nanoseconds on a processor, nanoseconds of waiting for one, and how often. */
const STATISTICS = '/proc/thread-self/schedstat';
const NANOSECONDS = 1_000_000;

function waitedOnLinux(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const wait = Number(readFileSync(STATISTICS, 'latin1').split(' ')[1]);
    return Number.isFinite(wait) ? wait / NANOSECONDS : undefined;
  } catch {
    return undefined;
  }
}
