/** What stands around the word of an option: whether it is said to somebody, offered, compared, refused, or asked for by a switch of the program's own. */
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, textOf, type SyntaxTree } from '../language/tree.js';
import type { Side } from './side.js';
import { calleeText } from './units.js';
import { words } from './words.js';

/** Whether the text that a word is the beginning of is compared with something, is a case, or is looked for. */
export function isCompared(text: string, at: number, word: string): boolean {
  const before = text.slice(Math.max(0, at - 40), at);
  const after = text.slice(at + word.length, at + word.length + 40);
  return (
    /^["'`]/.test(after) &&
    (/(?:[=!]==?|\bcase|\.(?:includes|has|indexOf|contains|Contains|startsWith|HasPrefix|startswith)\()\s*["'`]$/.test(before) ||
      (/["'`]$/.test(before) && /^["'`]\s*(?:[=!]==?|(?:not )?in\b|=>|:\s*$)/.test(after)))
  );
}

/** Whether the lines around a place speak of containers. */
export function isOfContainers(text: string, at: number): boolean {
  return /docker|podman|nerdctl|container/i.test(text.slice(Math.max(0, at - AROUND), at + AROUND));
}

/** Signs before and after a place that say what it is about. */
const AROUND = 600;

/** Whether a place is inside of a regular expression. */
export function isInExpression(tree: SyntaxTree, at: number): boolean {
  for (let node = 1; node < tree.count; node++)
    if (tree.tag[node] === Tag.Regex && (tree.start[node] as number) <= at && at < (tree.end[node] as number)) return true;
  const line = tree.text.slice(tree.text.lastIndexOf('\n', at) + 1, at);
  return /\bre\.(?:compile|search|match|fullmatch|findall|sub)\(\s*r?["'][^"']*$/.test(line);
}

/** Names of what is said to somebody, and of what is refused. */
const TOLD =
  /^(?:description|desc|explanation|explain|help|usage|summary|message|msg|title|label|tooltip|hint|note|docs?|documentation|example|text|reason|why)$/i;
const REFUSED = /danger|den(?:y|ied)|block(?:ed|list)|forbid|disallow|banned|risky|suspicious|unsafe|prohibited|restricted|sensitive/i;
/** Makes an error or a text out of what it is given. */
const MAKING = /(?:^|\.)(?:errorf|new|sprintf|format|wrapf?|bail|anyhow|\w*(?:error|exception))!?$/i;
/** Words in a row with no sign between them, as commands hardly have them. */
const SENTENCE = /(?:\b\p{L}{2,} ){5}/u;
/** A sentence, or a point of a list of them. */
const PROSE_TEXT = /^["'`\s]*(?:[•*–]\s|\d+[.)]\s|--?[\w-]+(?:,\s*-\w)?:\s|\p{Lu}\p{Ll}+ \p{Ll}+ )/u;
const SAYING = /(?:^|\.)(?:log|info|warn\w*|error|debug|trace|print\w*|println|printf|echo|std(?:out|err)\.write|writeline|secho)$/i;

/** What makes a program take an option. */
const OFFERING =
  /(?:^|\.)(?:add_argument|addOption|addArgument|option|Option|requiredOption|(?:Bool|String|Int)(?:Var)?P?|flag|Mark(?:Flag)?(?:Deprecated|Hidden|Required|ShorthandDeprecated))$/;

/**
 * What becomes of the string at a place: `told` to somebody (an argument of what prints, the value of a description), or `refused`
 * as its list is called, which says nothing of what else is done with the list.
 */
export function fateOf(tree: SyntaxTree, at: number): 'told' | 'refused' | undefined {
  const inner = innermost(tree, at);
  let node = inner;
  if (PROSE_TEXT.test(textOf(tree, node)) && (tree.tag[node] === Tag.Str || tree.tag[node] === Tag.StrText)) return 'told';
  for (let steps = 0; node > 0 && steps < MOST_STEPS; node = tree.parent[node] as number, steps++) {
    const tag = tree.tag[node];
    if (tag === Tag.Func || tag === Tag.Class || tag === Tag.Block) return undefined;
    if (tag === Tag.Call) {
      const callee = calleeText(tree, node) ?? '';
      if (SAYING.test(callee) || OFFERING.test(callee) || isOffered(tree, node)) return 'told';
      if (MAKING.test(callee) && SENTENCE.test(textOf(tree, inner))) return 'told';
      if (/(?:push|append|add|extend|concat)$/.test(callee)) return undefined;
    }
    if (tag !== Tag.Pair && tag !== Tag.VarDef && tag !== Tag.Assign && tag !== Tag.Keyword) continue;
    const [name] = childrenOf(tree, node);
    if (name === undefined || (tree.end[name] as number) > at) continue;
    const said = textOf(tree, name).replaceAll(/^["'`]|["'`]$/g, '');
    if (TOLD.test(said)) return 'told';
    if (REFUSED.test(said)) return 'refused';
  }
  return undefined;
}

const MOST_STEPS = 40;

/** Whether a call has what says where an option's value goes and what it is for: `Option("--force", dest="force", help="...")`. */
function isOffered(tree: SyntaxTree, call: number): boolean {
  const args = firstChildWithRole(tree, call, Role.Args);
  const given = args < 0 ? [] : childrenOf(tree, args).filter((arg) => tree.tag[arg] === Tag.Keyword);
  const names = new Set(given.map((arg) => textOf(tree, childrenOf(tree, arg)[0] ?? arg)));
  return names.has('help') || (names.has('dest') && names.has('action'));
}

/** The deepest node that an offset is in. */
function innermost(tree: SyntaxTree, at: number): number {
  let node = 0;
  for (;;) {
    const inner = childrenOf(tree, node).find((child) => (tree.start[child] as number) <= at && at < (tree.end[child] as number));
    if (inner === undefined) return node;
    node = inner;
  }
}

const OWN_SWITCH =
  /skip|bypass|dangerous|yolo|unsafe|insecure|full auto|auto approve|no (?:permissions|approval|sandbox)|allow all|trust all/;

/** Whether a place stands under a condition that is nothing but a switch of the program's own which says so: `if (flags.skipPermissions)`. */
export function isAskedFor({ tree }: Side, at: number): boolean {
  if (tree === undefined) return false;
  for (let node = innermost(tree, at), from = node; node > 0; from = node, node = tree.parent[node] as number) {
    if (tree.tag[node] === Tag.Func) return false;
    if (tree.tag[node] !== Tag.If) continue;
    const condition = firstChildWithRole(tree, node, Role.Condition);
    // Only what is done where it holds.
    const body = childrenOf(tree, node).find((child) => tree.tag[child] === Tag.Block);
    if (condition < 0 || from !== body) continue;
    const parts = textOf(tree, condition).split(/\|\||\bor\b/);
    if (parts.every((part) => !/[!=<>]|\bnot\b/.test(part) && OWN_SWITCH.test(words(part)))) return true;
  }
  return false;
}

/** Whether a place is inside `$(...)` of its line. */
export function inSubstitution(text: string, at: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', at) + 1, at);
  let open = 0;
  for (const [part] of before.matchAll(/\$\(|\)/g)) open = part === ')' ? Math.max(0, open - 1) : open + 1;
  return open > 0;
}
