/** Bytes of a repository as text: paths keep being told apart when they are not UTF-8, messages are read in the encoding that they say they are in. */

/** A path as text. Bytes that are not UTF-8 become `\xNN`, so that two names stay two. */
export function pathText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return [...bytes]
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`))
      .join('');
  }
}

/** By the encoding that a commit names, else UTF-8; what is not valid there becomes a replacement character. */
export function messageText(bytes: Uint8Array, encoding: string | undefined): string {
  if (encoding !== undefined) {
    try {
      return new TextDecoder(encoding).decode(bytes);
    } catch {
      // An encoding that this runtime does not know: as UTF-8 then.
    }
  }
  return new TextDecoder('utf-8').decode(bytes);
}

/** A path as git quotes it where it prints one per line: in double quotes, with escapes, when it has any byte that is not plain. */
export function unquotePath(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"') || text.length < 2) return text;
  const bytes: number[] = [];
  const inside = text.slice(1, -1);
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] !== '\\') {
      bytes.push(inside.charCodeAt(at));
      continue;
    }
    const octal = /^[0-7]{3}/.exec(inside.slice(at + 1, at + 4))?.[0];
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8));
      at += 3;
      continue;
    }
    at++;
    const escaped = inside[at] ?? '';
    bytes.push(ESCAPES.get(escaped) ?? escaped.charCodeAt(0));
  }
  return pathText(Uint8Array.from(bytes));
}

const ESCAPES: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
]);
