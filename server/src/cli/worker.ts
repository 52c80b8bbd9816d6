/** Entry of the scan thread's bundle; all of it is in `host/node/workers-thread.ts`. */
import { runScanWorker } from '../host/node/workers-thread.js';

await runScanWorker();
