import { Worker } from "node:worker_threads";
import * as threads from "node:worker_threads";

export async function run(source: string, encoded: string) {
  // ruleid: js-worker-eval
  const worker = new Worker(source, { eval: true });
  // ruleid: js-worker-eval
  const second = new threads.Worker(`work(${source})`, { workerData: 1, eval: true });
  // ruleid: js-worker-eval
  const mod = await import(`data:text/javascript,${source}`);
  // ruleid: js-worker-eval
  const other = await import("data:text/javascript;base64," + encoded);
  return [worker, second, mod, other];
}

export async function fine(path: string, name: string) {
  // ok: js-worker-eval
  const worker = new Worker(new URL("./worker.js", import.meta.url));
  // ok: js-worker-eval
  const file = new Worker(path, { eval: false });
  // ok: js-worker-eval
  const fixed = new Worker("postMessage(1)", { eval: true });
  // ok: js-worker-eval
  const mod = await import(`./plugins/${name}.js`);
  // ok: js-worker-eval
  const image = "data:image/png;base64," + name;
  // new Worker(source, { eval: true })
  return [worker, file, fixed, mod, image];
}
