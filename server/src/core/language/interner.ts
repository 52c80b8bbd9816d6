/** Small integers for strings, so that kinds, operators and names compare as numbers. Process-wide and append-only; holds no text of size. */

const ids = new Map<string, number>();
const texts: string[] = [];

/** Never 0, so that 0 can mean "none". */
export function intern(text: string): number {
  let id = ids.get(text);
  if (id === undefined) {
    texts.push(text);
    id = texts.length;
    ids.set(text, id);
  }
  return id;
}

/** The inverse of `intern`; empty for ids that it never gave. */
export function internedText(id: number): string {
  return texts[id - 1] ?? '';
}
