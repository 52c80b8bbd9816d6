/**
 * What the suite inside the editor and the runner outside say to each other: files in one folder, because that is the one channel that
 * an extension host has under every way of starting it. A file appears by rename, so a reader never sees half of it.
 */

/** Environment variables that the runner sets for the extension host. */
export const ENV = {
  /** The folder for both sides' files. */
  channel: 'COUNTERSIGN_E2E_CHANNEL',
  /** Which suite to run: a `SuiteName`. */
  suite: 'COUNTERSIGN_E2E_SUITE',
  /** `1` where somebody outside can see the window and answers requests. */
  eyes: 'COUNTERSIGN_E2E_EYES',
} as const;

export type SuiteName = 'trusted' | 'restricted' | 'audit';

/** Written once, when the suite is over. */
export const RESULTS_FILE = 'results.json';

export interface HostResult {
  readonly name: string;
  /** Nothing when it passed; the failure as text otherwise. */
  readonly failure?: string;
}

/** `request-N.json`; answered by `answer-N.json`. */
export type HostRequest =
  /** A picture of the whole window, as `NAME.png` in the output folder. */
  | { readonly kind: 'screenshot'; readonly name: string }
  /** Wait until a text can be read somewhere in the window, web views included. */
  | { readonly kind: 'see'; readonly text: string }
  /** Rests the pointer on a text, e.g. to see what it says about itself. */
  | { readonly kind: 'point'; readonly text: string }
  /** Clicks on a text. */
  | { readonly kind: 'click'; readonly text: string }
  /** A key chord as Playwright names it, e.g. `Escape`. */
  | { readonly kind: 'press'; readonly key: string };

export interface HostAnswer {
  readonly failure?: string;
}
