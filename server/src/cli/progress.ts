/**
 * A progress line on standard error: only on a terminal, only once a scan has taken more than a second, and
 * gone when it ends. Hand-written because it is one line.
 */
export interface Progress {
  advance(done: number): void;
  end(): void;
}

const SHOW_AFTER_MS = 1_000;
const REDRAW_MS = 80;

export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** `clock`: monotonic milliseconds. */
export function startProgress(
  total: number,
  stream: ProgressStream = process.stderr,
  env: NodeJS.ProcessEnv = process.env,
  clock: () => number = () => performance.now(),
): Progress {
  if (stream.isTTY !== true || env['TERM'] === 'dumb' || env['CI'] !== undefined) {
    return { advance: () => undefined, end: () => undefined };
  }
  const started = clock();
  let drawn = 0;
  return {
    advance(done) {
      const now = clock();
      if (now - started < SHOW_AFTER_MS || now - drawn < REDRAW_MS || total === 0) return;
      drawn = now;
      const width = Math.min(30, Math.max(10, (stream.columns || 80) - 40));
      const filled = Math.round((done / total) * width);
      const seconds = ((now - started) / 1_000).toFixed(0);
      stream.write(`\r\u001b[2K  ${'━'.repeat(filled)}${'╌'.repeat(width - filled)} ${done} of ${total} files, ${seconds} s`);
    },
    end() {
      if (drawn > 0) stream.write('\r\u001b[2K');
    },
  };
}
