/** How much memory, and how much compiling, the language server allows V8 as a Node process. */
import { constants, performance, PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import process from 'node:process';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * V8 collects garbage once the heap has grown by so many percent since the last time; left alone it lets a server that rests between edits grow to several times
 * what it holds. Each collection makes somebody who types wait, so the heap may grow by as much as there is room for: a part of what is missing is made up for at
 * each look.
 */
const GROWTH_PERCENT = { start: 36, least: 12, most: 120 } as const;
/** Resident, in bytes, to be had. The budget is 250 MB; some is for what comes before the next look. */
const ROOM = 227_000_000;
const MADE_UP_FOR = 0.5;
/** Upwards it is a factor at most: a process that has begun just now is small. */
const STEP_UP = 1.1;
const HEAP_CHECK_MS = 1_000;

let growthPercent: number = GROWTH_PERCENT.start;

function limitGrowth(): void {
  const { rss, heapUsed } = process.memoryUsage();
  const missing = (100 * (ROOM - rss)) / heapUsed;
  const wanted = Math.min(growthPercent + MADE_UP_FOR * missing, growthPercent * STEP_UP);
  growthPercent = Math.min(GROWTH_PERCENT.most, Math.max(GROWTH_PERCENT.least, wanted));
  setFlagsFromString(`--heap-growing-percent=${Math.round(growthPercent)}`);
  // V8 sets it back for all when it starts another thread, and what has grown stays.
  keepYoung();
  // It gives most of that back where nothing happens for a while.
  const { utilization } = performance.eventLoopUtilization(lastLook);
  lastLook = performance.eventLoopUtilization();
  if (utilization > AT_WORK) growYoung();
}

/**
 * Room for young objects, in bytes: each of two halves. All of it is looked through each time that it is full, for what is still in use, and an edit fills megabytes:
 * with 2 MB a fifth of its time went there, with 8 MB half of that. With 16 MB it is less still, but then the budget is not kept.
 */
const YOUNG = 8_000_000;
/** Part of the time between two looks. */
const AT_WORK = 0.01;
/** What it takes to fill that several times over. */
const FILLING = { step: 500, most: 200_000 } as const;

let lastLook = performance.eventLoopUtilization();

function keepYoung(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** V8 doubles that room where much stays in use, and by its own rules up to 16 MB: so it is given enough that does, here, until the room is what is wanted. */
function growYoung(): void {
  if (youngRoom() >= YOUNG) return;
  setFlagsFromString('--semi-space-growth-factor=2');
  const kept: object[] = [];
  while (youngRoom() < YOUNG && kept.length < FILLING.most) for (let i = 0; i < FILLING.step; i++) kept.push({ i, list: [i] });
  keepYoung();
}

function youngRoom(): number {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return space === undefined ? YOUNG : space.space_used_size + space.space_available_size;
}

/** Resident, in bytes, when all of the heap is collected, where it was not since V8 was told how far it may grow. */
const FIRST_AT = 200_000_000;
const FIRST_CHECK_MS = 250;

/** What V8 allows the heap until it is collected next, it said when that was collected last: while the server started, and may be several times what it holds. */
function collectFirst(): void {
  const looking = setInterval(() => {
    if (process.memoryUsage.rss() < FIRST_AT) return;
    stop();
    setFlagsFromString('--expose-gc');
    // countersign: ignore[self-runs-nothing] -- one word of our own, and the only way to V8's function in a process that was started without the option
    const collect: unknown = runInNewContext('gc');
    if (typeof collect === 'function') collect();
  }, FIRST_CHECK_MS).unref();
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isOfAll)) stop();
  });
  observer.observe({ entryTypes: ['gc'] });
  function stop(): void {
    clearInterval(looking);
    observer.disconnect();
  }
}

function isOfAll(entry: PerformanceEntry & { readonly detail?: { readonly kind?: number } }): boolean {
  return entry.detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}

/** Keeps memory within its budget from now on, for as long as the process lives. */
export function limitHeap(): void {
  growYoung();
  // Not yet while it starts: somebody waits for the first diagnostics, and most of what is made by then stays.
  setTimeout(collectFirst, HEAP_CHECK_MS).unref();
  setInterval(limitGrowth, HEAP_CHECK_MS).unref();
}

/** How much bytecode a function runs before V8 looks whether to optimise it: while the server starts, and V8's own default afterwards. */
const INTERRUPT_BUDGET = { starting: 400_000, usual: 67_584 } as const;
const STARTING_MS = 1_000;
/** Up to how much bytecode V8 inlines into one function; its own default is 920. */
const INLINED_BYTECODE = 250;

/** Two cores compile what the first edits run while these wait for it: a start took a quarter longer, edits by a tenth or more. */
export function limitCompiling(): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${INLINED_BYTECODE}`);
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET.starting}`);
  setTimeout(() => setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET.usual}`), STARTING_MS).unref();
}
