/**
 * Audits for a client: the last ones are kept under the state that they were made of, who asks for what is being looked at already waits for the same answer, and
 * another question about the same folder stops the one before.
 */
import type { CommitsHost, CommitsQuestion, RunningCommitsAudit } from './commitsHost.js';

type Outcome = Awaited<RunningCommitsAudit['outcome']>;

export interface AuditWatcher {
  readonly onProgress: (done: number, all: number) => void;
  /** Calls back when nobody wants the answer any more; at once, if that is so already. */
  readonly onCancelled: (callback: () => void) => void;
}

export interface Audits {
  get(directory: string, question: CommitsQuestion, fresh: boolean, watcher: AuditWatcher): Promise<Outcome>;
  stop(): void;
}

/** Reports of large ranges hold megabytes. */
const MAX_KEPT = 4;

interface Current {
  readonly directory: string;
  readonly key: string;
  readonly running: RunningCommitsAudit;
  readonly watchers: Set<AuditWatcher>;
}

export function createAudits(host: CommitsHost): Audits {
  const kept = new Map<string, Outcome>();
  const current = new Set<Current>();

  const keep = (key: string, outcome: Outcome): void => {
    kept.delete(key);
    kept.set(key, outcome);
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MAX_KEPT))) kept.delete(oldest);
  };

  const start = (directory: string, question: CommitsQuestion, key: string, state: string | undefined): Current => {
    for (const other of current) if (other.directory === directory) other.running.stop();
    const watchers = new Set<AuditWatcher>();
    const running = host.audit(directory, question, (done, all) => {
      for (const { onProgress } of watchers) onProgress(done, all);
    });
    const one: Current = { directory, key, running, watchers };
    current.add(one);
    void running.outcome.then((outcome) => {
      current.delete(one);
      if (outcome.kind === 'audited' && state !== undefined) keep(state, outcome);
    });
    return one;
  };

  return {
    async get(directory, question, fresh, watcher) {
      const state = await host.state(directory, question);
      if (state.kind === 'unusable') return state;
      const known = state.key === undefined || fresh ? undefined : kept.get(state.key);
      if (known !== undefined) return known;
      const key = state.key ?? JSON.stringify([directory, question]);
      const same = [...current].find((each) => each.directory === directory && each.key === key);
      const one = same ?? start(directory, question, key, state.key);
      one.watchers.add(watcher);
      return Promise.race([
        one.running.outcome,
        new Promise<Outcome>((resolve) =>
          watcher.onCancelled(() => {
            one.watchers.delete(watcher);
            if (one.watchers.size === 0) one.running.stop();
            resolve({ kind: 'cancelled' });
          }),
        ),
      ]);
    },
    stop() {
      for (const { running } of current) running.stop();
    },
  };
}
