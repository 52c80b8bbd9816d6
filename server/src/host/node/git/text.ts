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
