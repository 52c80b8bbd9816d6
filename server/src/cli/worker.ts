/** Entry of the threads' bundle: a thread scans files (`host/node/workers-thread.ts`) or makes an audit (`host/node/audit/thread.ts`), as it is told. */
import { workerData } from 'node:worker_threads';
import { isAuditTask, runAuditThread } from '../host/node/audit/thread.js';
import { runScanWorker } from '../host/node/workers-thread.js';

await (isAuditTask(workerData) ? runAuditThread(workerData) : runScanWorker());
