/** Settings that switch a protection on or off, however they are written, and numbers that bound something. */
import { Role, Tag } from '../language/tags.js';
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, textOf } from '../language/tree.js';
import type { Fact, Limit, Off } from './fact.js';
import { LIMITS, SWITCHES, type SwitchRow } from './protections.js';
import { numberOf } from './refusals.js';
import { calleeText, type Unit } from './units.js';
import { normalised, words } from './words.js';

interface Found {
  readonly facts: Fact[];
  readonly offs: Off[];
  readonly limits: Limit[];
}

const MODIFIER = /^(?:public|private|protected|internal|static|readonly|final|abstract|override|var|const|let|val)$/;

/** Names of values that grammars may read as plain names. */
const CONSTANTS = /^(?:[Tt]rue|[Ff]alse|[Nn]one|null|nil|undefined|Infinity|[A-Z][A-Z\d_]+)$/;

export function readSetting(tree: SyntaxTree, node: number, unit: Unit, found: Found): void {
  // In some languages the words before a property's name are parts of their own.
  const all = childrenOf(tree, node);
  const children = all.length < 3 ? all : all.filter((child, at) => at >= all.length - 2 || !MODIFIER.test(textOf(tree, child)));
  const left = children[0];
  const right = children.at(-1);
  if (left === undefined || right === undefined || left === right) return;
  if (tree.tag[node] === Tag.Param && tree.role[right] !== Role.Default && tree.tag[right] !== Tag.Const && tree.tag[right] !== Tag.Num)
    return;
  const own = textOf(tree, left).replaceAll(/^["'`]|["'`]$/g, '');
  if (own.length > 80) return;
  const plain = (tree.tag[node] === Tag.Assign || tree.tag[node] === Tag.VarDef) && tree.tag[left] === Tag.Ident;
  // A local variable holds a state rather than a setting.
  if (plain && (unit.kind === 'function' || unit.kind === 'call') && own !== own.toUpperCase()) return;
  const name = words(own.slice(own.search(/[^.[\]"']+["'\]]*$/)));
  if (name === '') return;
  // What an object remembers of itself is a state, too.
  const isState = tree.tag[node] === Tag.Assign && unit.kind !== 'module' && /^(?:this|self)\.(?:[_#]|authenticated$)/.test(own);
  const value = textOf(tree, right).trim();
  // A variable that is called `yes` says nothing of its value.
  if (tree.tag[right] === Tag.Ident && !CONSTANTS.test(value)) return;
  const callee = calleeAround(tree, node);
  // What a component of a user interface shows is a state as well.
  if (/^(?:use(?:State|Ref|Reducer)|createSignal|reactive|signal|writable)$/.test(callee)) return;
  if (value.length <= 200) {
    for (const row of SWITCHES) {
      if (!row.name.test(name) || (isState && row.kind !== 'tls' && row.kind !== 'sandbox')) continue;
      // Of `zip` it says what is so anyway.
      if ((name === 'secure' && !isOfConnection(tree, node, callee)) || (name === 'strict' && callee !== '' && !STRICT_CALLS.test(callee)))
        return;
      // What is cleaned up, and which characters a text may hold, protects nothing.
      if (CLEANING.test(callee) || (name === 'strict' && /^json\.loads?\(/.test(callAround(tree, node)))) return;
      pushSwitch(row, normalisedValue(value), name, callee, unit, node, tree, found);
      return;
    }
  }
  const row = LIMITS.find((limit) => limit.name.test(name) || limit.name.test(words(`${callee} ${own}`)));
  // How long requests are counted says nothing without how many there may be.
  if (row === undefined || (row.kind === 'rate-limit' && /\b(?:window|duration|interval|period)\b/.test(name))) return;
  const number =
    /^(?:None|null|undefined|nil|Infinity|float\(["']inf["']\)|-1|math\.inf|0)$/.test(value) && row.looser === 'larger'
      ? Infinity
      : numberOf(value);
  if (number !== undefined) found.limits.push({ row, name, value: number, unit, node });
}

/** `x.setFeature("some/feature-name", true)`, `cookie.setHttpOnly(true)`. */
export function readSetter(
  tree: SyntaxTree,
  node: number,
  args: number,
  last: string,
  unit: Unit,
  found: Pick<Found, 'facts' | 'offs'>,
): void {
  const [first, second, ...others] = childrenOf(tree, args);
  if (first === undefined || others.length > 0) return;
  const value = second ?? first;
  if (tree.tag[value] !== Tag.Const && tree.tag[value] !== Tag.Str && tree.tag[value] !== Tag.Num) return;
  const named = second === undefined ? last.slice(3) : textOf(tree, first).replaceAll(/^["'`]|["'`]$/g, '');
  const name = words(named.slice(Math.max(named.lastIndexOf('/'), named.lastIndexOf('.')) + 1));
  const row = SWITCHES.find((one) => one.name.test(name));
  if (row !== undefined) pushSwitch(row, normalisedValue(textOf(tree, value)), name, last, unit, node, tree, found);
}

function normalisedValue(value: string): string {
  return value.replace(/^'(.*)'$/s, '"$1"').replaceAll(/\s+/g, '');
}

function pushSwitch(
  row: SwitchRow,
  value: string,
  name: string,
  callee: string,
  unit: Unit,
  node: number,
  tree: SyntaxTree,
  found: Pick<Found, 'facts' | 'offs'>,
): void {
  if (row.off.test(value)) found.offs.push({ kind: row.kind, name, callee, unit, node, severity: row.severity });
  else if (row.on?.test(value) === true)
    found.facts.push({
      kind: row.kind,
      form: 'on',
      name,
      key: normalised(textOf(tree, node)),
      unit,
      node,
      about: new Set(),
      callee,
      severity: row.severity,
    });
}

/** What removes a folder that is no longer needed. */
const CLEANING = /^(?:rmtree|rmSync|rm|rmdir|remove|unlink\w*|cleanup)$/;

/** Calls that are strict about what they are given. Of others, such as `zip` or a hook of a user interface, it says how they match or look up. */
const STRICT_CALLS =
  /^(?!use[A-Z]).*(?:[Vv]alid|[Pp]ars|[Ss]chema|[Ll]oad|[Jj][Ss][Oo][Nn]|[Dd]ecod|[Cc]ompil|[Ss]erializ|[Vv]erif|[Cc]heck|[Aa]jv|[Mm]odel|[Ss]truct|[Tt]ool|[Ff]unction|[Oo]bject|[Ff]ield|[Tt]ype)/;

const CONNECTION = /cookie|session|csrf|smtp|mail|transport|tls|ssl|http|redis|ldap|connect|client|socket|proxy|server|minio|s3/i;

/** Whether a plain `secure` is that of a cookie or a connection, by what it stands in. */
function isOfConnection(tree: SyntaxTree, node: number, callee: string): boolean {
  if (CONNECTION.test(callee)) return true;
  for (let at = tree.parent[node] as number, steps = 0; at >= 0 && steps < 6; at = tree.parent[at] as number, steps++) {
    const tag = tree.tag[at];
    if (tag === Tag.Func || tag === Tag.Block || tag === Tag.Class)
      return tag === Tag.Class && CONNECTION.test(textOf(tree, at).slice(0, 80));
    const text = textOf(tree, at).slice(0, 400);
    if (/cookie|http_?only|same_?site|max_?age|smtp|\bhost\b|\bport\b/i.test(text)) return true;
  }
  return tree.tag[node] === Tag.Assign || tree.tag[node] === Tag.Keyword;
}

/** The call that a setting is handed to, as it is written. */
function callAround(tree: SyntaxTree, node: number): string {
  const args = tree.parent[node] as number;
  return args > 0 ? textOf(tree, tree.parent[args] as number) : '';
}

/** Last name of the call or object that a setting belongs to. */
function calleeAround(tree: SyntaxTree, node: number): string {
  for (let at = tree.parent[node] as number, steps = 0; at >= 0 && steps < 6; at = tree.parent[at] as number, steps++) {
    const tag = tree.tag[at];
    if (tag === Tag.Call || tag === Tag.New) {
      const callee = calleeText(tree, at) ?? '';
      return callee.slice(callee.lastIndexOf('.') + 1);
    }
    if (tag === Tag.Func || tag === Tag.Block || tag === Tag.Class) return '';
  }
  return '';
}
