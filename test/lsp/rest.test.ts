/** When an open document is scanned and shown while somebody types: without waiting, on a clock that the test turns. */
import { describe, expect, it } from 'vitest';
import type { OpenUnit } from '../../server/src/lsp/documents.js';
import { createLiveDiagnostics, type LiveOptions } from '../../server/src/lsp/diagnostics.js';

interface Clock {
  readonly after: (ms: number, callback: () => void) => () => void;
  /** Runs what is due, in its order. */
  turn(ms: number): void;
}

function createClock(): Clock {
  let now = 0;
  let waiting: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    after(ms, callback) {
      const own = { at: now + ms, callback };
      waiting.push(own);
      return () => {
        waiting = waiting.filter((each) => each !== own);
      };
    },
    turn(ms) {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
    },
  };
}

function typing(pull: boolean): { readonly changed: (revision: number) => void; readonly clock: Clock; readonly scans: number[] } {
  const clock = createClock();
  const scans: number[] = [];
  const options = {
    connection: {},
    features: { pull },
    checks: {
      run: (unit: OpenUnit) => {
        scans.push(unit.revision);
        return Promise.resolve(undefined);
      },
      cancel: () => undefined,
    },
    documents: { find: () => undefined },
    host: { after: clock.after },
    outbox: { send: () => undefined },
    checked: () => undefined,
    internalError: () => undefined,
  };
  // Only what is asked while a document waits.
  const live = createLiveDiagnostics(options as unknown as LiveOptions);
  return {
    clock,
    scans,
    changed: (revision) => live.changed({ kind: 'document', uri: 'file:///a.py', revision } as unknown as OpenUnit),
  };
}

describe('diagnostics of a document that is typed in', () => {
  it('are looked for before the rest is over, and shown after it', () => {
    const { changed, clock, scans } = typing(false);
    changed(1);
    clock.turn(49);
    expect(scans).toEqual([]);
    clock.turn(1);
    expect(scans).toEqual([1]);
    clock.turn(49);
    expect(scans).toEqual([1]);
    // The same revision: everybody who asks shares one scan.
    clock.turn(1);
    expect(scans).toEqual([1, 1]);
  });

  it('are not looked for between two keys of a fast hand', () => {
    const { changed, clock, scans } = typing(false);
    for (let revision = 1; revision <= 5; revision++) {
      changed(revision);
      clock.turn(40);
    }
    expect(scans).toEqual([]);
    clock.turn(60);
    expect(new Set(scans)).toEqual(new Set([5]));
  });

  it('wait for the question of a client that asks', () => {
    const { changed, clock, scans } = typing(true);
    changed(1);
    clock.turn(1_000);
    expect(scans).toEqual([]);
  });
});
