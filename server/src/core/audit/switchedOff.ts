/** Protections that a setting or a call switches off, and bounds that a commit loosens. */
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';
import { NOUNS, type Facts, type Limit, type Off } from './fact.js';
import type { Places } from './places.js';
import type { CheckKind, RemovedCheck } from './report.js';
import { tokensOf, type Matched, type Unit } from './units.js';
import { normalised, normalisedWhole, words } from './words.js';

export function switchedOff(before: Facts, after: Facts, matched: Matched, where: Places): RemovedCheck[] {
  const key = (off: Off): string => `${off.kind}|${off.name}|${off.callee}`;
  const plain = (off: Off): string => `${off.kind}|${off.name}`;
  const counts = new Map<string, number>();
  for (const off of before.offs) counts.set(key(off), (counts.get(key(off)) ?? 0) + 1);
  const fresh: Off[] = [];
  const total = new Map<string, number>();
  for (const off of after.offs) total.set(key(off), (total.get(key(off)) ?? 0) + 1);
  for (const off of after.offs) {
    const was = matched.was.get(off.unit);
    if (was === undefined && off.unit.side.path !== undefined && !existed(off.unit, matched)) continue;
    if ((total.get(key(off)) ?? 0) <= (counts.get(key(off)) ?? 0)) continue;
    if (was !== undefined && count(before.offs, was, key(off), key) >= count(after.offs, off.unit, key(off), key)) continue;
    // Another call does the same with it.
    if (was !== undefined && count(before.offs, was, plain(off), plain) >= count(after.offs, off.unit, plain(off), plain)) continue;
    if (isNewParameter(off, was) || isNewOfCallee(off, matched) || (was !== undefined && !where.isWritten(off.unit, lastOf(off)))) continue;
    fresh.push(off);
  }
  const known = new Set([...before.offs, ...before.facts].map(({ name }) => name));
  return fresh.map((off) => ({
    kind: off.kind,
    ...where.ofNew(off.unit, off.node),
    message: `\`${off.name}\` switches off ${(NOUNS[off.kind] ?? 'a check').replace(/^an? /, '')} here`,
    // How a call that is new treats its errors took nothing away; neither does one that is made twice.
    severity:
      (off.kind === 'error-handling' && (counts.has(key(off)) || !wasChecked(off, matched))) ||
      ((OWN_WORDS.has(off.kind) || off.name === 'secure') && (!tookAway(off, matched) || isInNewStatement(off, where))) ||
      isNewEntry(off, where) ||
      isOwnSwitch(off) ||
      isNotGiven(off) ||
      isColumn(off) ||
      isNewPart(off, matched, known)
        ? 'INFO'
        : off.severity,
  }));
}

/** Whether it stands in a function that is new, and the file never spoke of the setting: how new work is done took nothing away. */
function isNewPart({ unit, kind, name }: Off, matched: Matched, known: ReadonlySet<string>): boolean {
  return kind !== 'tls' && unit.kind !== 'module' && !matched.was.has(unit) && !known.has(name);
}

/** Whether the call that it is handed to, or the statement that this is a part of, is new and nothing went for it. */
function isInNewStatement({ unit, node }: Off, where: Places): boolean {
  const { tree } = unit;
  for (let at = node; at > unit.node; at = tree.parent[at] as number) {
    const tag = tree.tag[at];
    if (tag === Tag.Func || tag === Tag.Block || tag === Tag.Class) return false;
    if ((tag === Tag.Call || tag === Tag.New) && at !== node) return where.isAllNew(unit, at);
  }
  return false;
}

/** Whether failures of a program counted before: by themselves they do not. */
function wasChecked({ unit }: Off, matched: Matched): boolean {
  const was = matched.was.get(unit);
  return was !== undefined && /\bcheck=True\b|\bcheck_(?:call|output)\(/.test(normalisedWhole(textOf(was.tree, was.node)));
}

/** Whether it is a field that a function sets which says so itself: `grantAll` of an object that remembers what was allowed. */
function isOwnSwitch({ unit, node, kind }: Off): boolean {
  const own = unit.kind === 'function' ? words(unit.name.slice(unit.name.lastIndexOf('.') + 1)) : '';
  return (
    OWN_WORDS.has(kind) &&
    unit.tree.tag[node] === Tag.Assign &&
    /^(?:grant|allow|approve|enable|disable|skip|set|reset|toggle|bypass|ignore|permit|trust|accept)\b/.test(own)
  );
}

/** Whether it is a parameter of a connection that is nothing by default: what is not given is mostly what the library does by itself. */
function isNotGiven({ unit: { tree }, node, kind }: Off): boolean {
  const value = childrenOf(tree, node).at(-1);
  return kind === 'tls' && tree.tag[node] === Tag.Param && value !== undefined && /^(?:None|null|nil|undefined)$/.test(textOf(tree, value));
}

/** Whether it stands in an entry of a table or of an object that is new as a whole. */
function isNewEntry({ unit, node }: Off, where: Places): boolean {
  const { tree } = unit;
  if (tree.tag[node] !== Tag.Pair) return false;
  for (let at = tree.parent[node] as number; at > unit.node; at = tree.parent[at] as number) {
    if (tree.tag[at] === Tag.Pair) return where.isAllNew(unit, at);
    if (tree.tag[at] === Tag.Call || tree.tag[at] === Tag.New || tree.tag[at] === Tag.Block || tree.tag[at] === Tag.Func) return false;
  }
  return false;
}

/** Whether it stands in one of several records that all have this key: a table says what its entries need, and switches nothing. */
export function isColumn({ unit: { tree }, node }: Pick<Off, 'unit' | 'node'>): boolean {
  if (tree.tag[node] !== Tag.Pair) return false;
  const key = (pair: number): string => textOf(tree, childrenOf(tree, pair)[0] ?? pair);
  const record = tree.parent[node] as number;
  const entry = tree.parent[record] as number;
  const table = tree.tag[entry] === Tag.Pair ? (tree.parent[entry] as number) : entry;
  if (tree.tag[record] !== Tag.Dict || (tree.tag[table] !== Tag.Dict && tree.tag[table] !== Tag.List)) return false;
  const records = childrenOf(tree, table).map((child) =>
    tree.tag[child] === Tag.Pair ? (childrenOf(tree, child).at(-1) as number) : child,
  );
  return records.some(
    (other) =>
      other !== record &&
      tree.tag[other] === Tag.Dict &&
      childrenOf(tree, other).some((pair) => tree.tag[pair] === Tag.Pair && key(pair) === key(node)),
  );
}

/** An offset in what switches it off: in the value of a setting, at the end of the name of a call. */
function lastOf({ unit: { tree }, node }: Off): number {
  const callee = firstChildWithRole(tree, node, Role.Callee);
  if (callee >= 0) return Math.max(0, (tree.end[callee] as number) - 1);
  const isSetting = tree.tag[node] === Tag.Pair || tree.tag[node] === Tag.Keyword || tree.tag[node] === Tag.Assign;
  return tree.start[isSetting ? (childrenOf(tree, node).at(-1) ?? node) : node] as number;
}

/** Whether it is a parameter that was not there: who calls the function as before gets what they got. */
function isNewParameter({ unit, node, kind, name: own }: Off, was: Unit | undefined): boolean {
  const { tree } = unit;
  if (tree.tag[node] !== Tag.Param) return false;
  // A type may stand before the name.
  const parts = childrenOf(tree, node);
  const name = parts.find((part) => words(textOf(tree, part)) === own) ?? parts[0];
  const value = parts.at(-1);
  if (name === undefined || value === undefined) return false;
  if ((kind === 'tls' || kind === 'sandbox') && !/^(?:None|null|undefined|nil)$/.test(textOf(tree, value))) return false;
  return was === undefined || !tokensOf(was).has(textOf(tree, name));
}

/** Whether the same change gave the function that is called this parameter: until then there was nothing to switch off. */
function isNewOfCallee({ callee, name, unit, node, kind }: Off, matched: Matched): boolean {
  if (callee === '' || kind === 'tls' || kind === 'sandbox' || unit.tree.tag[node] === Tag.Param) return false;
  let isNew = false;
  for (const [now, was] of matched.was) {
    if (now.kind !== 'function' || now.name !== callee) continue;
    if (hasParameter(was, name)) return false;
    isNew ||= hasParameter(now, name);
  }
  return isNew;
}

function hasParameter({ tree, node }: Unit, wanted: string): boolean {
  const limit = tree.next[node] as number;
  for (let at = node + 1; at < limit && tree.tag[at] !== Tag.Block; at++) {
    if (tree.tag[at] !== Tag.Param) continue;
    const [name] = childrenOf(tree, at);
    if (words(textOf(tree, name ?? at)) === wanted) return true;
  }
  return false;
}

/** What is switched off there by words that stand for other things as well: only where it was on, or where the same was done without it, something went. */
const OWN_WORDS: ReadonlySet<CheckKind> = new Set(['error-handling', 'validation', 'logging', 'escaping', 'approval', 'rate-limit']);

/** Whether the setting had a value before, or the call that it is handed to was made without it. */
function tookAway({ callee, name, unit, node }: Off, matched: Matched): boolean {
  const was = matched.was.get(unit);
  if (was === undefined) return false;
  if (callee === '@') return true;
  const { tree } = unit;
  const before = normalisedWhole(textOf(was.tree, was.node));
  for (let at = node; at > unit.node; at = tree.parent[at] as number) {
    if (tree.tag[at] === Tag.Func || tree.tag[at] === Tag.Block) break;
    if (tree.tag[at] !== Tag.Call && tree.tag[at] !== Tag.New) continue;
    const args = firstChildWithRole(tree, at, Role.Args);
    const own = args < 0 ? [] : childrenOf(tree, args).filter((arg) => node < arg || node >= (tree.next[arg] as number));
    const [first] = own;
    const head = normalised(tree.text.slice(tree.start[at], first === undefined ? tree.start[args < 0 ? at : args] : tree.end[first]));
    return head !== '' && before.includes(head);
  }
  return callee === '' ? hasWords(before, name) : tokensOf(was).has(callee) && hasWords(before, name);
}

function hasWords(code: string, name: string): boolean {
  return code
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .includes(name.replaceAll(' ', ''));
}

function count(offs: readonly Off[], unit: Unit, wanted: string, key: (off: Off) => string): number {
  return offs.filter((off) => off.unit === unit && key(off) === wanted).length;
}

/** Whether the file that a unit is in was there before. */
function existed(unit: Unit, matched: Matched): boolean {
  let top = unit;
  while (top.parent !== undefined) top = top.parent;
  return matched.was.has(top);
}

export function loosened(before: Facts, after: Facts, matched: Matched, where: Places): RemovedCheck[] {
  const found: RemovedCheck[] = [];
  const used = new Set<Limit>();
  // Many of one name are a table of data.
  const same = (limit: Limit): number => before.limits.filter((other) => other.unit === limit.unit && other.name === limit.name).length;
  for (const limit of before.limits) {
    if (same(limit) > 3) continue;
    const now = matched.became.get(limit.unit);
    const candidates = after.limits.filter((candidate) => candidate.unit === now && candidate.name === limit.name && !used.has(candidate));
    // One that is new beside it is no change of it.
    const other = candidates.find(({ value }) => value === limit.value) ?? candidates[0];
    if (other === undefined) continue;
    used.add(other);
    const factor = limit.row.looser === 'larger' ? other.value / limit.value : limit.value / Math.max(other.value, 1e-9);
    if (!(factor > 1)) continue;
    const least = limit.row.looser === 'larger' ? 5 : 1.3;
    found.push({
      kind: limit.row.kind,
      ...where.ofNew(other.unit, other.node),
      message: `the limit \`${limit.name}\` went from ${limit.value} to ${Number.isFinite(other.value) ? other.value : 'none'}`,
      severity: factor >= least ? limit.row.severity : 'INFO',
    });
  }
  return found;
}
