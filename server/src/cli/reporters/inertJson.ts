/**
 * JSON text that is harmless on a terminal: what `JSON.stringify` leaves as it is (DEL, C1 controls, bidirectional
 * and zero-width characters) is written as `\uXXXX`, which reads back as the same string.
 */
const ACTIVE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Indented by two, ending in a line break. */
export function inertJson(value: unknown): string {
  const escape = (text: string): string =>
    Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
  return `${JSON.stringify(value, undefined, 2).replace(ACTIVE, escape)}\n`;
}
