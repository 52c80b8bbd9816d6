/** Conditions that refuse to go on, calls whose errors are looked at, and what handlers do with the errors they catch. */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';
import { STRONG, type Fact, type Handler } from './fact.js';
import { named } from './factsOfNames.js';
import { refusalStatus, refuses } from './refusals.js';
import { calleeText, type Unit } from './units.js';
import { identifiers, normalised, words } from './words.js';

const ERROR_NAMES = /^(?:err|error|e|ex|exc|exception|cause|reason)$/;

/** Functions that say what went wrong: what they return about errors refuses nothing. */
const TELLING = /\b(?:error|errors|message|messages|reason|reasons)$|^(?:describe|format|explain)\b/;

/** Questions about what something can do or which of several it is: they choose a way rather than let something through. */
const CHOOSING = /\bhasattr\(|\bcallable\(|\btypeof\b.*["']function["']|\.(?:type|kind)\s*={2,3}\s*["']/;

export function readGuard(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[]): void {
  const condition = firstChildWithRole(tree, node, Role.Condition);
  const body = firstChildWithRole(tree, node, Role.Body);
  const block = body >= 0 ? body : (childrenOf(tree, node).find((child) => tree.tag[child] === Tag.Block) ?? -1);
  if (condition < 0 || block < 0) return;
  const refusal = refuses(tree, block);
  if (refusal === 'no' || (refusal === 'weakly' && doesSomething(tree, block))) return;
  const text = textOf(tree, condition);
  // What is done where all is well refuses nothing.
  if (/^\(?\s*(?:[\p{L}_$][\p{L}\p{N}_$]*\??\.)*(?:valid|isValid|is_valid|ok|success|allowed|passed)\s*\)?$/u.test(text)) return;
  // Whether something is told protects nothing.
  if (/(?:^|[.!(\s_])_?log(?:ger|ging)?\.|\bis_?enabled_?for\(/i.test(text)) return;
  const name = words(text);
  if (/^(?:err|error|e)(?: is)? ?(?:nil|null|none)?$/.test(name) && /!=|!==|\bnot\b|^err$/.test(text)) {
    const call = callBefore(tree, node);
    if (call !== undefined) facts.push(checkedCall(call, unit, node));
    return;
  }
  // Which error it is says what to do about it: nothing is refused that was not refused already.
  if (
    /^(?:\w+ )?(?:err|error|exception|exc|ex|e|cause|is \w*error|errors)\b/.test(name) ||
    /\b(?:instanceof|instance of|isinstance)\b.*\b\w*(?:error|exception)\b/i.test(name) ||
    /\bis \w+ error\b/.test(name)
  )
    return;
  if (/\berrors\.(?:As|Is)\(|\bis_?\w*(?:error|exception|failure)\w*\s*\(/i.test(text)) return;
  const speaksOf = identifiers(tree, condition);
  if (
    [...speaksOf].some((one) => ERROR_NAMES.test(one)) &&
    [...speaksOf].every((one) => ERROR_NAMES.test(one) || /^(?:str|String|repr|type)$/.test(one))
  )
    return;
  const row = guarding(text, name);
  const status = refusalStatus(tree, block);
  const kind = row?.kind ?? status ?? 'validation';
  const isPlain = row === undefined && status === undefined;
  facts.push({
    kind: kind === 'logging' ? 'validation' : kind,
    form: 'guard',
    name,
    key: normalised(text),
    unit,
    node,
    about: speaksOf,
    ...(isPlain ? { plain: true } : {}),
    ...(throwsNext(tree, node) ? { idle: true } : {}),
    severity:
      (isPlain && !measures(text)) || (row === undefined && (refusal === 'weakly' || CHOOSING.test(text) || TELLING.test(words(unit.name))))
        ? 'INFO'
        : STRONG.has(kind)
          ? 'ERROR'
          : 'WARNING',
  });
}

/** Something larger or smaller, a part of a text, one of several, a form: what is asked of what comes in. */
const MEASURING =
  /(?<![=\-<])[<>]=?(?![=>])|\b(?:in|matches|like)\b|\.(?:includes|contains|startsWith|startswith|endsWith|endswith|match|fullmatch|search|test|isdigit|isalnum|isFinite|isInteger|has|indexOf|HasPrefix|HasSuffix|Contains|MatchString|starts_with|ends_with)\(|\b(?:isNaN|isFinite|isInteger|isSafeInteger)\(|\.is_\w+|\bis(?:_(?!none|null|empty)[a-z]|(?!Array|Empty|Nil|Null|Undefined|Object|String|Function|Error|Plain|Defined)[A-Z])\w*\(\s*[^)\s]|\.is[a-z]+\(\)|\b(?:\w*_)?(?:sha\d+|md5|hash\w*|digest|checksum|signature|hmac)\b|hexdigest/;

/** How many there are, compared with none or one: whether there is something. */
const IS_THERE = /\b(?:length|len|size|count)\b\)?[^<>=&|]*(?:>\s*0|<\s*1|>=\s*1|<=\s*0)(?![\d.])/g;

/**
 * Whether a condition whose words name no protection measures what comes in. Whether something is there, which state it is in and of which kind it is, decides in
 * ordinary work as well: that such a condition went proves nothing.
 */
function measures(condition: string): boolean {
  const own = condition.replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""').replaceAll(IS_THERE, '');
  return MEASURING.test(own.replaceAll(/\bfor\b.*?\bin\b/g, ''));
}

/** Whether a block that only leaves does what it is there for first: it is no refusal. */
function doesSomething(tree: SyntaxTree, block: number): boolean {
  return childrenOf(tree, block).some((statement) => {
    const call =
      tree.tag[statement] === Tag.Call
        ? statement
        : tree.tag[statement] === Tag.Other && tree.tag[statement + 1] === Tag.Call
          ? statement + 1
          : -1;
    return call >= 0 && !SAYING.test(calleeText(tree, call) ?? '');
  });
}

/** Calls by which a refusal is told. */
const SAYING =
  /log|warn|error|err|print|debug|info|trace|fail|reject|deny|abort|refuse|exit|die|next|redirect|write|send|end|close|status|json|respond|reply|toast|alert|notify|echo|emit|cb|callback|done/i;

/** What protects by the words of a condition. A key that is pressed is called "escape". */
function guarding(text: string, name: string): ReturnType<typeof named> {
  const row = named(name, false);
  return row?.kind === 'escaping' ? named(words(text.replaceAll(/"[^"\n]*"|'[^'\n]*'/g, '')), false) : row;
}

/** Whether the next statement refuses whatever the condition says, which only chose the words. */
function throwsNext(tree: SyntaxTree, node: number): boolean {
  const next = tree.next[node] as number;
  if (next >= tree.count || tree.parent[next] !== tree.parent[node]) return false;
  if (tree.tag[next] === Tag.Return && /\bfmt\.Errorf\(|\berrors\.New\(|\bnew\s+\w*Error\(|\bErr\(/.test(textOf(tree, next))) return true;
  return tree.tag[next] === Tag.Other && /^(?:raise|throw)/.test(internedText(tree.op[next] as number));
}

/** Dotted name of the call whose error an `if` looks at: in its own head, or in the statement before. */
function callBefore(tree: SyntaxTree, node: number): string | undefined {
  const inHead = lastCallIn(tree, node, firstChildWithRole(tree, node, Role.Condition));
  if (inHead !== undefined) return inHead;
  // Of several conditions one after another, what stands before the first.
  let first = node;
  while (tree.tag[tree.parent[first] as number] === Tag.If) first = tree.parent[first] as number;
  const parent = tree.parent[first] as number;
  let previous = -1;
  for (const child of parent < 0 ? [] : childrenOf(tree, parent)) {
    if (child === first) break;
    if ((tree.tag[child] !== Tag.If && !isSaid(tree, child)) || previous < 0) previous = child;
  }
  return previous < 0 ? undefined : lastCallIn(tree, previous, tree.next[previous] as number);
}

/** Whether a statement only says something. */
function isSaid(tree: SyntaxTree, node: number): boolean {
  return (
    tree.tag[node] === Tag.Call && /^(?:\w+\.)*(?:log|logger|logging|klog|slog|zap|console|fmt)\.\w+$/i.test(calleeText(tree, node) ?? '')
  );
}

function lastCallIn(tree: SyntaxTree, from: number, to: number): string | undefined {
  for (let i = from; i < to; i++) {
    if (tree.tag[i] !== Tag.Call) continue;
    const callee = calleeText(tree, i);
    if (callee !== undefined) return callee;
  }
  return undefined;
}

export function readHandlers(tree: SyntaxTree, node: number, unit: Unit, handlers: Handler[]): void {
  const guarded: string[] = [];
  const calls: string[] = [];
  for (const child of childrenOf(tree, node)) {
    if (tree.tag[child] === Tag.Block && guarded.length === 0) {
      const limit = tree.next[child] as number;
      for (let i = child; i < limit; i++) {
        if (tree.tag[i] !== Tag.Call) continue;
        const callee = calleeText(tree, i);
        if (callee === undefined) continue;
        guarded.push(callee.slice(callee.lastIndexOf('.') + 1));
        calls.push(textOf(tree, i).replaceAll(/\s+/g, ''));
      }
    }
    if (tree.tag[child] !== Tag.Catch) continue;
    const block = childrenOf(tree, child).findLast((part) => tree.tag[part] === Tag.Block);
    const fallsBack = isWayOut(tree, node);
    const head = tree.text.slice(tree.start[child], block === undefined ? tree.end[child] : tree.start[block]);
    const types = head
      .replace(/^(?:except|catch|rescue)\b/, '')
      .replaceAll(/\bas\s+\w+|[():*{=>]/g, ' ')
      .trim();
    const broad = !/^[\w.|, ]*\b[A-Z]\w*[a-z]\w*/.test(types) || /\b(?:Base)?Exception\b(?!\w)|\bThrowable\b|\bStandardError\b/.test(types);
    const does = block === undefined ? 'nothing' : doesOf(tree, block, head);
    const later = (does === 'returns' || does === 'reports') && block !== undefined && refusesByIt(tree, block, unit);
    handlers.push({
      unit,
      node: child,
      does: later ? 'rethrows' : does === 'nothing' && fallsBack ? 'returns' : does,
      broad,
      guarded,
      calls,
    });
  }
}

/** Whether a handler keeps a note, and an error that is thrown later in its function speaks of it. */
function refusesByIt(tree: SyntaxTree, block: number, unit: Unit): boolean {
  const kept = new Set<string>();
  for (let node = block; node < (tree.next[block] as number); node++) {
    const tag = tree.tag[node];
    if (tag !== Tag.Assign && tag !== Tag.AugAssign && tag !== Tag.Call) continue;
    const [left] = childrenOf(tree, node);
    if (left === undefined) continue;
    if (tag !== Tag.Call) kept.add(textOf(tree, left));
    else if (/\.(?:push|append|add)$/.test(textOf(tree, left))) kept.add(textOf(tree, left).replace(/\.\w+$/, ''));
  }
  if (kept.size === 0) return false;
  for (let node = tree.next[block] as number; node < (tree.next[unit.node] as number); node++) {
    if (tree.tag[node] !== Tag.Other || !/^(?:raise|throw)/.test(internedText(tree.op[node] as number))) continue;
    if ([...identifiers(tree, node)].some((name) => kept.has(name))) return true;
  }
  return false;
}

/** Whether what is tried leaves where it works, so that what stands after it is what is done where it does not. */
function isWayOut(tree: SyntaxTree, node: number): boolean {
  const [tried] = childrenOf(tree, node).filter((child) => tree.tag[child] === Tag.Block);
  const last = tried === undefined ? undefined : childrenOf(tree, tried).at(-1);
  if (last === undefined) return false;
  const leaves =
    tree.tag[last] === Tag.Return || (tree.tag[last] === Tag.Other && /^(?:continue|break)/.test(internedText(tree.op[last] as number)));
  const next = tree.next[node] as number;
  return leaves && next < tree.count && tree.parent[next] === tree.parent[node] && tree.tag[next] === Tag.Try;
}

/** What the body of a handler does with the error. */
function doesOf(tree: SyntaxTree, block: number, head: string): Handler['does'] {
  const limit = tree.next[block] as number;
  let calls = false;
  let returns = false;
  let value = false;
  for (let i = block; i < limit; i++) {
    const tag = tree.tag[i];
    if (tag === Tag.Other && /raise|throw/.test(internedText(tree.op[i] as number))) return 'rethrows';
    if (tag === Tag.Call || tag === Tag.New) {
      calls ||= (isOwnStatement(tree, i) || isHandedTheError(tree, i, head)) && !isRemark(tree, i, head);
      if (/(?:^|\.)(?:raise|throw|panic|abort|reject|exit|_exit|fail|die|next)$/.test(calleeText(tree, i) ?? '')) return 'rethrows';
    }
    if (tag === Tag.Return) returns = (tree.next[i] as number) > i + 1 || returns;
    if (tag === Tag.Assign || tag === Tag.AugAssign || tag === Tag.If) value = true;
  }
  if (calls) return 'reports';
  return returns || value ? 'returns' : 'nothing';
}

/** Whether a call is a statement, awaited or not: what is called for an answer reports nothing. */
function isOwnStatement(tree: SyntaxTree, call: number): boolean {
  let at = tree.parent[call] as number;
  for (let steps = 0; steps < 3 && at >= 0 && tree.tag[at] === Tag.Other; steps++) at = tree.parent[at] as number;
  return at >= 0 && (tree.tag[at] === Tag.Block || tree.tag[at] === Tag.Catch);
}

/** Whether a call gets what was caught. */
function isHandedTheError(tree: SyntaxTree, call: number, head: string): boolean {
  const caught = caughtIn(head);
  return [...identifiers(tree, call)].some((name) => caught.has(name));
}

/** Names in the head of a handler that are no types. */
function caughtIn(head: string): ReadonlySet<string> {
  return new Set((head.match(/[\p{L}_]\w*/gu) ?? []).filter((name) => !/^(?:except|catch|rescue|as|val|var|final|e?[A-Z].*)$/.test(name)));
}

/** Whether a call only says something on the terminal, and not which error it was. */
function isRemark(tree: SyntaxTree, call: number, head: string): boolean {
  if (!/^(?:console\.(?:log|info|debug)|print|println|fmt\.Print\w*|System\.out\.print\w*)$/.test(calleeText(tree, call) ?? ''))
    return false;
  const caught = new Set(head.match(/[\p{L}_]\w*/gu));
  return ![...identifiers(tree, call)].some((name) => caught.has(name));
}

export function readOther(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[]): void {
  const op = internedText(tree.op[node] as number);
  if (op.startsWith('try_expression')) {
    const call = lastCallIn(tree, node, tree.next[node] as number);
    if (call !== undefined) facts.push(checkedCall(call, unit, node));
  }
}

/** `about` has what it is called on as well: another `Close` is not this one. */
function checkedCall(callee: string, unit: Unit, node: number): Fact {
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  const about = new Set(callee.split('.').filter((part) => /^[\p{L}_]/u.test(part)));
  return { kind: 'error-handling', form: 'checked', name, key: name, unit, node, about, severity: 'WARNING' };
}
