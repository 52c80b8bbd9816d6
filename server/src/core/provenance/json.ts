/** Values of JSON that somebody else wrote: what is of the expected type, or nothing. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | undefined {
  // eslint-disable-next-line typescript/no-unsafe-type-assertion
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asArray(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** @returns the value, or what is wrong with the text */
export function parseJson(text: string): { readonly value: unknown } | { readonly wrong: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message.slice(0, 120) : 'not JSON' };
  }
}
