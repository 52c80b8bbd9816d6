/** Whether an object's name and a class's name say that the one is of the other: `tool` and `ShellTool`, `main_model` and `Model`. */

/** Shorter names say nothing. */
const MIN_LENGTH = 4;

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/**
 * @param receiver what an object is called
 * @param names of a class and of those that it inherits from
 */
export function isCalledLike(receiver: string, names: readonly string[]): boolean {
  const object = plain(receiver);
  if (object.length < MIN_LENGTH) return false;
  return names.some((name) => {
    const one = plain(name);
    return one.length >= MIN_LENGTH && (one.endsWith(object) || object.endsWith(one));
  });
}

/** The name of one of several: `tool` for `tools`. */
export function singular(name: string | undefined): string | undefined {
  return name?.replace(/(?<=\w{3})s$/, '');
}
