/**
 * `min-version` and `max-version` of a rule name versions of Semgrep. Countersign declares which one it is compatible with;
 * a rule for another one is left out with a warning, as Semgrep does, before anything else of it is read.
 */

/** The version of Semgrep whose rule language this is. */
export const SEMGREP_VERSION = '1.93.0';

type Version = readonly [number, number, number];

export function parseVersion(text: string): Version | undefined {
  const found = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(text.trim());
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
}

/** Negative: `a` is older. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
