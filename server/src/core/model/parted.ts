/** Plain data of which most is read only when it is asked for. */

/** As it is written down: head and parts survive a structured clone, each for itself. */
export interface PartedData {
  readonly head: unknown;
  readonly parts: readonly unknown[];
}

/** As it is read. */
export interface Parted {
  readonly head: unknown;
  /** A new copy each time. @throws for an index that there is not */
  readonly part: (index: number) => unknown;
}
