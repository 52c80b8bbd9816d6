/** How V8 runs in the threads of a large scan or audit; set before they start. */
import { setFlagsFromString } from 'node:v8';

/**
 * How much bytecode a function runs before V8 looks whether to optimise it. Every thread compiles its own machine code: with V8's own default,
 * 67,584, it spends a third of a scan of seconds on that.
 */
const INTERRUPT_BUDGET = 500_000;
/** Up to how much bytecode V8 inlines into one function; its own default is 920, and compiling the result takes longer than it saves here. */
const INLINED_BYTECODE = 200;
/** A heap is collected once it has grown by so much: threads that grow as they like take half as much again, and are no faster. */
const HEAP_GROWTH_PERCENT = 60;

export function setThreadFlags(): void {
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${INLINED_BYTECODE}`);
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
}
