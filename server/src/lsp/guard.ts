/** No handler may take the server down: what goes wrong in one request is logged, and that request gets its fallback. */
export interface Log {
  error(message: string): void;
  info(message: string): void;
}

/** Wraps a handler; `fallback` is the answer when it throws or rejects. `rethrow` lets protocol errors through. */
export function guarded<A extends readonly unknown[], R>(
  name: string,
  log: Log,
  fallback: R,
  handler: (...args: A) => R | Promise<R>,
  rethrow: (error: unknown) => boolean = () => false,
): (...args: A) => Promise<R> {
  return async (...args) => {
    try {
      return await handler(...args);
    } catch (error) {
      if (rethrow(error)) throw error;
      log.error(`${name}: ${describeError(error)}`);
      return fallback;
    }
  };
}

/** Runs work that nobody waits for. */
export function detached(name: string, log: Log, work: () => Promise<unknown>): void {
  void guarded<[], unknown>(name, log, undefined, work)();
}

export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What the server says on its own account. After `close`, and on a connection that is gone, saying something does nothing. */
export interface Outbox extends Log {
  /** Sends and does not wait. */
  send(message: () => Promise<unknown>): void;
  close(): void;
}

export function createOutbox(log: Log): Outbox {
  let isClosed = false;
  const attempt = (work: () => void): void => {
    if (isClosed) return;
    try {
      work();
    } catch {
      // The connection is gone, and with it whoever could be told.
    }
  };
  const error = (message: string): void => attempt(() => log.error(message));
  return {
    error,
    info: (message) => attempt(() => log.info(message)),
    send: (message) => attempt(() => void message().catch((reason: unknown) => error(describeError(reason)))),
    close() {
      isClosed = true;
    },
  };
}
