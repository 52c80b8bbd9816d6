/** Changed files of settings, both sides read once, for the analyses that compare what they allow. */
import type { Severity } from '../model/rule.js';
import type { Widened } from './report.js';
import { readSettings, type Setting } from './settings.js';
import type { Pair } from './side.js';

export interface Config {
  readonly path: string;
  readonly before?: Setting;
  readonly after?: Setting;
  readonly isNew: boolean;
  readonly pair: Pair;
}

export function configsOf(pairs: readonly Pair[]): Config[] {
  return pairs.flatMap((pair) => {
    const before = pair.before === undefined ? undefined : readSettings(pair.before.path, pair.before.text);
    const after = pair.after === undefined ? undefined : readSettings(pair.after.path, pair.after.text);
    if (before === undefined && after === undefined) return [];
    const config: Config = {
      path: pair.change.path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      isNew: pair.before === undefined,
      pair,
    };
    return [config];
  });
}

/** One thing that is allowed now; `was` and `now` are cut to what a line can show. */
export function widening(
  path: string,
  line: number,
  kind: string,
  setting: string,
  was: string | undefined,
  now: string | undefined,
  message: string,
  severity: Severity,
): Widened {
  return { path, line, kind, setting, was: (was ?? '').slice(0, 200), now: (now ?? '').slice(0, 200), message, severity };
}
