/**
 * Which lines of a commit's message speak for the commit itself. A message can quote another one: a mail's `>`, an indented block, a fenced one, a revert that
 * repeats what it takes back. Such lines declare nothing. The list that `git merge --squash` writes is different: it is indented, and those commits are in this one.
 */

export interface MessageLines {
  /** Without trailing white space, in order. */
  readonly lines: readonly string[];
  /** How many commits were made one; undefined where the message is no squash's. */
  readonly squashed?: number;
  /** It takes another commit back. */
  readonly revert: boolean;
}

const MAX_LINES = 20_000;
const SQUASH_OF_GIT = /^Squashed commit of the following:$/;
const COMBINATION = /^(?:# )?This is a combination of (\d{1,5}) commits\.$/;

/** @param message as in the commit, any line ends */
export function messageLines(message: string): MessageLines {
  const all = message.split(/\r?\n|\r/, MAX_LINES).map((line) => line.trimEnd());
  const squashOfGit = all.some((line) => SQUASH_OF_GIT.test(line));
  const revert =
    all.some((line) => /^This reverts commit [\da-f]{7,64}\b/i.test(line)) && !/^(?:Reapply|Reland|Revert "Revert)\b/i.test(all[0] ?? '');
  const fenced = fencedLines(all);
  const lines: string[] = [];
  for (const [at, line] of all.entries()) {
    if (fenced.has(at)) continue;
    if (revert && /^Original (?:commit |change'?s? |pull request )?(?:message|description|summary):/i.test(line)) break;
    if (squashOfGit && /^ {4}\S/.test(line)) lines.push(line.slice(4));
    else if (line !== '' && !/^[\s>|]/.test(line)) lines.push(line);
  }
  const squashed = squashOfGit ? all.filter((line) => /^commit [\da-f]{40,64}$/.test(line)).length : combined(all);
  return { lines, revert, ...(squashed === undefined ? {} : { squashed }) };
}

/** Git's own note on a squash in a rebase, or the list of subjects that GitHub writes below `Title (#12)`. */
function combined(all: readonly string[]): number | undefined {
  for (const line of all) {
    const found = COMBINATION.exec(line);
    if (found?.[1] !== undefined) return Number(found[1]);
  }
  if (!/ \(#\d+\)$/.test(all[0] ?? '')) return undefined;
  const subjects = all.filter((line, at) => at > 0 && /^\* \S/.test(line) && all[at - 1] === '' && (all[at + 1] ?? '') === '').length;
  // Several commits without a body: one list without empty lines, and the line that GitHub draws above the co-authors.
  const ruled = all.includes('---------') ? all.filter((line) => /^\* \S/.test(line)).length : 0;
  const count = Math.max(subjects, ruled);
  return count >= 2 ? count : undefined;
}

/** Lines between a pair of fences, and the fences. One that is never closed is no fence. */
function fencedLines(all: readonly string[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let open: { readonly at: number; readonly mark: string } | undefined;
  for (const [at, line] of all.entries()) {
    const mark = /^(```|~~~)/.exec(line)?.[1];
    if (mark === undefined) continue;
    if (open === undefined) open = { at, mark };
    else if (mark === open.mark) {
      for (let index = open.at; index <= at; index++) inside.add(index);
      open = undefined;
    }
  }
  return inside;
}
