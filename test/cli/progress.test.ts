import { describe, expect, it } from 'vitest';
import { startProgress } from '../../server/src/cli/progress.js';

function run(isTTY: boolean, env: NodeJS.ProcessEnv, times: readonly number[]): string {
  let written = '';
  const clock = [...times];
  const stream = { isTTY, columns: 80, write: (text: string) => (written += text) };
  const progress = startProgress(10, stream, env, () => clock.shift() ?? 0);
  for (let done = 1; done < times.length; done++) progress.advance(done);
  progress.end();
  return written;
}

describe('progress', () => {
  it('shows only on a terminal, and never in CI', () => {
    expect(run(false, {}, [0, 5_000])).toBe('');
    expect(run(true, { CI: 'true' }, [0, 5_000])).toBe('');
    expect(run(true, { TERM: 'dumb' }, [0, 5_000])).toBe('');
  });
  it('waits for a second, is not redrawn all the time, and cleans up', () => {
    expect(run(true, {}, [0, 500, 999])).toBe('');
    const written = run(true, {}, [0, 1_500, 1_510, 1_700]);
    expect(written.match(/of 10 files/g)).toHaveLength(2);
    expect(written.endsWith('\r\u001b[2K')).toBe(true);
  });
});
