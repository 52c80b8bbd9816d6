/** A text of its own, for what is kept: a piece of a long text would keep all of that. */
export function unshared(text: string): string {
  return Object.keys({ [text]: 0 })[0] as string;
}
