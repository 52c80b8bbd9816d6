/**
 * In which function a line stands, by layout and the first words of lines, in any language: a finding knows no tree. Enough to tell a line that was moved with its
 * function, or into one that is new, from one that was taken out of one function and written into another.
 */

const HEADERS: readonly RegExp[] = [
  /^\s*(?:(?:export|default|public|private|protected|internal|static|async|pub(?:\([^)]*\))?|unsafe|const|open|override|suspend|final|abstract)\s+)*(?:def|func|fun|fn|function\s*\*?|sub)\s+(?:\([^)]*\)\s*)?(?:self\.)?([\p{L}_$][\p{L}\p{N}_$]*[!?]?)/u,
  /^\s*(?:(?:export|const|let|var|readonly|static|private|public)\s+)*([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=]{0,80})?[=:]\s*(?:async\s*)?(?:function\b|\(|[\p{L}_$][\p{L}\p{N}_$]*\s*=>)/u,
  /^\s*(?:(?:public|private|protected|internal|static|final|async|override|virtual|abstract|synchronized|get|set|readonly)\s+)*(?:[\p{L}_$][\p{L}\p{N}_$<>[\],.?]*\s+){0,2}([\p{L}_$][\p{L}\p{N}_$]*)\s*\([^;]*(?:[{:,(]|\))\s*$/u,
];
const NO_NAME =
  /^(?:if|for|while|switch|catch|return|else|elif|with|try|match|case|when|until|unless|do|await|new|throw|using|lock|foreach)$/;
/** A call that runs on over lines looks like a method's head: a head ends with an opening. */
const OPENS = /[{:(,]\s*$|=>\s*$/;

/** @param lines of one text @param line 0-based; undefined where it is in no function */
export function functionAround(lines: readonly string[], line: number): string | undefined {
  let indent = indentOf(lines[line] ?? '');
  for (let at = line - 1; at >= 0 && indent > 0; at--) {
    const text = (lines[at] ?? '').slice(0, 300);
    if (text.trim() === '') continue;
    const own = indentOf(text);
    if (own >= indent) continue;
    indent = own;
    const name = headOf(text);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Names of all functions that a text defines, as far as their heads begin a line. */
export function functionsIn(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => headOf(line.slice(0, 300)) ?? []));
}

function headOf(text: string): string | undefined {
  if (!OPENS.test(text)) return undefined;
  for (const header of HEADERS) {
    const name = header.exec(text)?.[1];
    if (name !== undefined && !NO_NAME.test(name)) return name;
  }
  return undefined;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
