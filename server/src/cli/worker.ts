/** Entry of the threads' bundle: a thread scans files or makes an audit, as it is told; a process checks rule files. */
import { workerData } from 'node:worker_threads';
import { isAuditTask, runAuditThread } from '../host/node/audit/thread.js';
import { isRuleCheck, runRuleCheck } from '../host/node/rule-check.js';
import { runScanWorker } from '../host/node/workers-thread.js';

if (isRuleCheck()) runRuleCheck();
else await (isAuditTask(workerData) ? runAuditThread(workerData) : runScanWorker());
