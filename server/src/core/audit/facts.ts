/**
 * The protections that a file's code has: calls, decorators and names handed over that protect, settings that are on or off, conditions that refuse, and
 * what becomes of errors. One list per side of a commit; `lost.ts` compares them.
 */
import type { Severity } from '../model/rule.js';
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import { LIMITS, NAMED, OFF_CALLS, SWITCHES, type SwitchRow } from './protections.js';
import type { CheckKind } from './report.js';
import { calleeText, isDecorator, type Unit } from './units.js';
import { identifiers, normalised, words } from './words.js';
import { numberOf, refuses, refusalStatus } from './refusals.js';

export interface Fact {
  readonly kind: CheckKind;
  /** `call`, `decorator` and `reference` protect by their name, `on` is a setting, `guard` a condition that refuses, `checked` a call whose error is looked at. */
  readonly form: 'call' | 'decorator' | 'reference' | 'on' | 'guard' | 'checked';
  /** Words of the name or, for a guard, of its condition. */
  readonly name: string;
  /** Code without layout. */
  readonly key: string;
  readonly unit: Unit;
  readonly node: number;
  /** Names that it speaks about: what it protects. */
  readonly about: ReadonlySet<string>;
  /** For a setting: the last name of the call that it is handed to. */
  readonly callee?: string;
  /** A guard whose words name no protection: only that it refuses is known. */
  readonly plain?: boolean;
  readonly severity: Severity;
}

/** A setting or call that switches a protection off. */
export interface Off {
  readonly kind: CheckKind;
  readonly name: string;
  readonly callee: string;
  readonly unit: Unit;
  readonly node: number;
  readonly severity: Severity;
}

/** A number that bounds something. */
export interface Limit {
  readonly row: (typeof LIMITS)[number];
  readonly name: string;
  /** Infinity where there is no bound any more. */
  readonly value: number;
  readonly unit: Unit;
  readonly node: number;
}

/** A place that catches errors. */
export interface Handler {
  readonly unit: Unit;
  readonly node: number;
  readonly does: 'rethrows' | 'reports' | 'returns' | 'nothing';
  /** Whether it catches everything. */
  readonly broad: boolean;
  /** Last names of what is called where errors are caught from. */
  readonly guarded: readonly string[];
}

export interface Facts {
  readonly facts: readonly Fact[];
  readonly offs: readonly Off[];
  readonly limits: readonly Limit[];
  readonly handlers: readonly Handler[];
}

/** Grammars of data, whose names are no names of a program. */
const DATA: ReadonlySet<string> = new Set(['json', 'yaml', 'xml', 'html', 'toml', 'markdown', 'generic']);

const STRONG: ReadonlySet<CheckKind> = new Set(['authentication', 'authorization', 'tls', 'sandbox', 'approval']);

/** By the first unit of a side: a side's facts are asked for in each commit that has it on one of its sides. */
const factsByModule = new WeakMap<Unit, { readonly count: number; readonly facts: Facts }>();

/** @param units all units of one side, the module first */
export function factsOf(units: readonly Unit[]): Facts {
  const [module] = units;
  const known = module === undefined ? undefined : factsByModule.get(module);
  if (known?.count === units.length) return known.facts;
  const facts = readFacts(units);
  if (module !== undefined) factsByModule.set(module, { count: units.length, facts });
  return facts;
}

function readFacts(units: readonly Unit[]): Facts {
  const facts: Fact[] = [];
  const offs: Off[] = [];
  const limits: Limit[] = [];
  const handlers: Handler[] = [];
  const module = units[0];
  if (module === undefined) return { facts, offs, limits, handlers };
  const { tree } = module;
  // Settings are compared as settings.
  if (DATA.has(tree.grammar)) return { facts, offs, limits, handlers };
  const open: Unit[] = [module];
  let nextUnit = 1;
  for (let node = 1; node < tree.count; node++) {
    while (open.length > 1 && node >= (tree.next[(open.at(-1) as Unit).node] as number)) open.pop();
    if (units[nextUnit]?.node === node) {
      open.push(units[nextUnit] as Unit);
      nextUnit++;
    }
    const unit = open.at(-1) as Unit;
    switch (tree.tag[node]) {
      case Tag.Call:
      case Tag.New:
        readCall(tree, node, unit, facts, offs);
        break;
      case Tag.Ident:
      case Tag.Dot:
      case Tag.Str:
        readReference(tree, node, unit, facts);
        break;
      case Tag.Keyword:
      case Tag.Pair:
      case Tag.Assign:
      case Tag.VarDef:
      case Tag.Param:
        readSetting(tree, node, unit, { facts, offs, limits });
        break;
      case Tag.If:
        readGuard(tree, node, unit, facts);
        break;
      case Tag.Try:
        readHandlers(tree, node, unit, handlers);
        break;
      case Tag.Other:
        readOther(tree, node, unit, facts);
        break;
      default:
    }
    if (isDecorator(tree, node)) readDecorator(tree, node, decorated(units, tree, node) ?? unit, facts, offs);
  }
  return { facts, offs, limits, handlers };
}

function decorated(units: readonly Unit[], tree: SyntaxTree, node: number): Unit | undefined {
  const limit = tree.next[node] as number;
  return units.find((unit) => unit.node <= limit + 400 && unit.decorators.includes(node));
}

/** What was answered for names in the last commits; the table never changes. */
const known = new Map<string, (typeof NAMED)[number] | undefined>();

function named(name: string, called: boolean): (typeof NAMED)[number] | undefined {
  const key = called ? name : `${name}\0`;
  if (known.has(key)) return known.get(key);
  const row = NAMED.find((one) => (called || one.called !== true) && one.name.test(name));
  if (known.size > 20_000) known.clear();
  known.set(key, row);
  return row;
}

function about(tree: SyntaxTree, node: number, own: string): ReadonlySet<string> {
  const names = identifiers(tree, node);
  for (const part of own.split('.')) names.delete(part);
  names.delete('self');
  return names;
}

function insideDecorator(tree: SyntaxTree, node: number): boolean {
  for (let at = tree.parent[node] as number, steps = 0; at >= 0 && steps < 3; at = tree.parent[at] as number, steps++)
    if (isDecorator(tree, at)) return true;
  return false;
}

const PROMPTS = /\b(?:continue|proceed|confirm|approve|are you sure|allow|y\/n|yes\/no|\[y|execute|run this|delete)\b/i;

function readCall(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[], offs: Off[]): void {
  const callee = calleeText(tree, node);
  if (callee === undefined || insideDecorator(tree, node)) return;
  const last = callee.slice(callee.lastIndexOf('.') + 1);
  const name = words(shortName(callee));
  const off = OFF_CALLS.find((row) => row.name.test(name));
  if (off !== undefined) {
    offs.push({ kind: off.kind, name, callee: last, unit, node, severity: off.severity });
    return;
  }
  const args = firstChildWithRole(tree, node, Role.Args);
  if (args >= 0 && /^set[A-Z_]/.test(last)) readSetter(tree, node, args, last, unit, { facts, offs });
  const asks = /(?:^|\.)(?:input|prompt|question|readline|confirm)$/i.test(callee) && args >= 0 && PROMPTS.test(textOf(tree, args));
  // Decoding a token verifies it in some libraries and not in those of JavaScript.
  if (/^(?:javascript|typescript|tsx)$/.test(tree.grammar) && /\bjwt decode$|^jwt ?decode$/.test(name)) return;
  const row = asks ? undefined : named(name, true);
  const logs = logKind(callee, args < 0 ? '' : textOf(tree, args));
  const kind: CheckKind | undefined = asks ? 'approval' : (row?.kind ?? logs?.kind ?? integrity(name) ?? schema(callee));
  if (kind === undefined || (row !== undefined && accessor(tree, node, last))) return;
  facts.push({
    kind,
    form: 'call',
    name: words(last),
    key: normalised(textOf(tree, node)),
    unit,
    node,
    about: about(tree, node, callee),
    severity: row === undefined && logs !== undefined ? logs.severity : STRONG.has(kind) ? 'ERROR' : 'WARNING',
  });
}

/** `x.setFeature("some/feature-name", true)`, `cookie.setHttpOnly(true)`. */
function readSetter(tree: SyntaxTree, node: number, args: number, last: string, unit: Unit, found: Pick<Found, 'facts' | 'offs'>): void {
  const [first, second, ...others] = childrenOf(tree, args);
  if (first === undefined || others.length > 0) return;
  const value = second ?? first;
  if (tree.tag[value] !== Tag.Const && tree.tag[value] !== Tag.Str && tree.tag[value] !== Tag.Num) return;
  const named = second === undefined ? last.slice(3) : textOf(tree, first).replaceAll(/^["'`]|["'`]$/g, '');
  const name = words(named.slice(Math.max(named.lastIndexOf('/'), named.lastIndexOf('.')) + 1));
  const row = SWITCHES.find((one) => one.name.test(name));
  if (row !== undefined) pushSwitch(row, normalisedValue(textOf(tree, value)), name, last, unit, node, tree, found);
}

/** A call that defines or configures, such as a schema's builder, says too little. */
function accessor(tree: SyntaxTree, node: number, last: string): boolean {
  return (
    /^(?:get|set|test|describe|it|mock\w*|spyOn|fn|patch|import|require|log|print|debug|info)$/i.test(last) && tree.tag[node] === Tag.Call
  );
}

/** The last two names: the rest is where they come from. */
function shortName(callee: string): string {
  return callee.split('.').slice(-2).join('.').replaceAll('()', '');
}

/** A schema, by the way it is called: its own name is that of what it describes. */
function schema(callee: string): CheckKind | undefined {
  return /^(?!JSON\.|Date\.|URL\.|Number\.|Number|Int|BigInt|Path|Duration|Instant|Local\w+\.)(?:\w+\.)*[A-Z]\w*\.(?:parse|safeParse|parseAsync|safeParseAsync|assert|check|cast|validateSync|parse_obj|parse_raw|decode|create)$/.test(
    callee,
  ) && !/\.(?:create|decode|check|assert)$/.test(callee)
    ? 'validation'
    : undefined;
}

function integrity(name: string): CheckKind | undefined {
  if (/\b(?:raise for status|error for status|ensure success status code|unwrap or raise|panic if|must compile)$/.test(name))
    return 'error-handling';
  if (/\byaml safe load\b|\bsafe load$|\bsafe loader$|\bliteral eval$|\bdefusedxml\b/.test(name)) return 'validation';
  if (/^secrets |\bget random values$|\brandom bytes$|\bcrypto rand\b|\bsecure random\b|\bsystem random\b/.test(name))
    return 'authentication';
  return undefined;
}

const LOGGERS =
  /(?:^|[._])(?:log|logger|logging|slog|audit\w*|tracing|sentry\w*|console|zap|logrus)\.\(?\)?\.?(\w+)$|^(?:log|audit)[._]?\w*$/i;
const SECURITY_TEXT =
  /audit|secur(?:ity|ely)|denied|unauthori|forbidden|login|logged in|\bauth(?:entication|orization)?\b|permission|suspicious|attack|tamper|admin|privilege|brute|breach/i;

function logKind(callee: string, args: string): { kind: CheckKind; severity: Severity } | undefined {
  if (!LOGGERS.test(callee)) return undefined;
  const level = callee.slice(callee.lastIndexOf('.') + 1).toLowerCase();
  if (/^(?:debug|trace|time|timeend|dir|table|group\w*|getlogger|get|child|with\w*|setlevel|configure)$/.test(level)) return undefined;
  if (callee.toLowerCase().startsWith('console') && !/error|warn/.test(level)) return undefined;
  const serious =
    /audit/i.test(callee) ||
    (/warn|error|critical|exception|alert|fatal/.test(level) && SECURITY_TEXT.test(args)) ||
    /audit|security/i.test(args);
  return { kind: 'logging', severity: serious ? 'WARNING' : 'INFO' };
}

function readReference(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[]): void {
  const parent = tree.parent[node] as number;
  if (parent < 0) return;
  const around = tree.tag[parent];
  if (around !== Tag.Args && around !== Tag.List && around !== Tag.Tuple && around !== Tag.Set && !atom(tree, parent)) return;
  const text = tree.tag[node] === Tag.Str ? textOf(tree, node) : (calleeText(tree, node, true) ?? '');
  if (text === '' || text.length > 120) return;
  if (tree.tag[node] === Tag.Str && ((around !== Tag.List && around !== Tag.Tuple) || !/\w\.\w|Middleware|^\W?(?:auth|csrf)/.test(text)))
    return;
  if (insideDecorator(tree, node)) return;
  const name = words(text.split('.').slice(-2).join('.'));
  // A name of a value, such as `auth_token`, protects nothing; a verb or a known noun does.
  const row =
    named(name, false) ??
    (/\b(?:is authenticated|auth middleware|requires? \w+|ensure \w+|(?:auth|csrf|security|permission|throttle|validation)\w* (?:middleware|guard|filter|interceptor|backend|plugin))\b/.test(
      name,
    )
      ? NAMED[3]
      : undefined);
  if (row === undefined || /\b(?:error|exception|result|message|token|password|config|options|url|key|secret)$/.test(name)) return;
  if (around === Tag.Args && !routeLike(tree, parent)) return;
  const key = normalised(textOf(tree, node));
  facts.push({
    kind: row.kind,
    form: 'reference',
    name,
    key,
    unit,
    node,
    about: new Set(),
    severity: STRONG.has(row.kind) ? 'ERROR' : 'WARNING',
  });
}

function atom(tree: SyntaxTree, node: number): boolean {
  return tree.tag[node] === Tag.Other && internedText(tree.op[node] as number) === 'atom';
}

/** Whether arguments are those of a call that wires things up: a route, a middleware, a dependency, a filter. */
function routeLike(tree: SyntaxTree, args: number): boolean {
  const call = tree.parent[args] as number;
  const callee = call < 0 ? undefined : calleeText(tree, call);
  if (callee === undefined) return false;
  // One argument of these is a key that is looked up.
  if (/(?:^|\.)(?:get|post|put|delete|patch|all|with|add|path|url|apply|pipe)$/.test(callee) && childrenOf(tree, args).length < 2)
    return false;
  return /(?:^|\.)(?:use|get|post|put|delete|patch|all|route|routes|handle|handleFunc|group|with|register\w*|add\w*|Depends|Security|before\w*|pre_?handler|compose|wrap|chain|pipe|apply|useGuards|UseGuards|useGlobal\w*|include_router|middleware|layer|path|url|before_action|before_filter)$/i.test(
    callee,
  );
}

function readDecorator(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[], offs: Off[]): void {
  const text = textOf(tree, node)
    .replace(/^[@#[\s]+/, '')
    .replace(/[\]\s]+$/, '');
  const dotted = /^[\w.:]+/.exec(text)?.[0] ?? '';
  if (/(?:^|\.)(?:Test|test|fixture|parametrize|mark)\b/.test(dotted)) return;
  const name = words(dotted.split(/[.:]+/).slice(-2).join('.'));
  const off = OFF_CALLS.find((row) => row.name.test(name));
  if (off !== undefined) {
    offs.push({ kind: off.kind, name, callee: '@', unit, node, severity: off.severity });
    return;
  }
  const inside = words(text.slice(dotted.length)).slice(0, 200);
  const row =
    named(name, true) ??
    (/^(?:use guards|use|before|method decorator|depends|dependencies|use interceptors)\b/.test(name) ? named(inside, false) : undefined) ??
    (/\bdependencies\b/.test(inside) ? named(inside, false) : undefined);
  if (row === undefined) return;
  facts.push({
    kind: row.kind,
    form: 'decorator',
    name,
    key: normalised(text),
    unit,
    node,
    about: new Set(),
    severity: STRONG.has(row.kind) ? 'ERROR' : 'WARNING',
  });
}

interface Found {
  readonly facts: Fact[];
  readonly offs: Off[];
  readonly limits: Limit[];
}

function readSetting(tree: SyntaxTree, node: number, unit: Unit, found: Found): void {
  const children = childrenOf(tree, node);
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
  const value = textOf(tree, right).trim();
  const callee = calleeAround(tree, node);
  if (value.length <= 200) {
    for (const row of SWITCHES) {
      if (!row.name.test(name)) continue;
      pushSwitch(row, normalisedValue(value), name, callee, unit, node, tree, found);
      return;
    }
  }
  const row = LIMITS.find((limit) => limit.name.test(name) || limit.name.test(words(`${callee} ${own}`)));
  if (row === undefined) return;
  const number =
    /^(?:None|null|undefined|nil|Infinity|float\(["']inf["']\)|-1|math\.inf|0)$/.test(value) && row.looser === 'larger'
      ? Infinity
      : numberOf(value);
  if (number !== undefined) found.limits.push({ row, name, value: number, unit, node });
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

const ERROR_NAMES = /^(?:err|error|e|ex|exc|exception|cause|reason)$/;

function readGuard(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[]): void {
  const condition = firstChildWithRole(tree, node, Role.Condition);
  const body = firstChildWithRole(tree, node, Role.Body);
  const block = body >= 0 ? body : (childrenOf(tree, node).find((child) => tree.tag[child] === Tag.Block) ?? -1);
  if (condition < 0 || block < 0) return;
  const refusal = refuses(tree, block);
  if (refusal === 'no') return;
  const text = textOf(tree, condition);
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
  const speaksOf = identifiers(tree, condition);
  if (
    [...speaksOf].some((one) => ERROR_NAMES.test(one)) &&
    [...speaksOf].every((one) => ERROR_NAMES.test(one) || /^(?:str|String|repr|type)$/.test(one))
  )
    return;
  const row = named(name, false);
  const kind = row?.kind ?? refusalStatus(tree, block) ?? 'validation';
  facts.push({
    kind: kind === 'logging' ? 'validation' : kind,
    form: 'guard',
    name,
    key: normalised(text),
    unit,
    node,
    about: speaksOf,
    ...(row === undefined && refusalStatus(tree, block) === undefined ? { plain: true } : {}),
    severity: refusal === 'weakly' && row === undefined ? 'INFO' : STRONG.has(kind) ? 'ERROR' : 'WARNING',
  });
}

/** Dotted name of the call whose error an `if` looks at: in its own head, or in the statement before. */
function callBefore(tree: SyntaxTree, node: number): string | undefined {
  const inHead = lastCallIn(tree, node, firstChildWithRole(tree, node, Role.Condition));
  if (inHead !== undefined) return inHead;
  const parent = tree.parent[node] as number;
  let previous = -1;
  for (const child of parent < 0 ? [] : childrenOf(tree, parent)) {
    if (child === node) break;
    previous = child;
  }
  return previous < 0 ? undefined : lastCallIn(tree, previous, tree.next[previous] as number);
}

function lastCallIn(tree: SyntaxTree, from: number, to: number): string | undefined {
  for (let i = from; i < to; i++) {
    if (tree.tag[i] !== Tag.Call) continue;
    const callee = calleeText(tree, i);
    if (callee !== undefined) return callee;
  }
  return undefined;
}

function readHandlers(tree: SyntaxTree, node: number, unit: Unit, handlers: Handler[]): void {
  const guarded: string[] = [];
  for (const child of childrenOf(tree, node)) {
    if (tree.tag[child] === Tag.Block && guarded.length === 0) {
      const limit = tree.next[child] as number;
      for (let i = child; i < limit; i++) {
        if (tree.tag[i] !== Tag.Call) continue;
        const callee = calleeText(tree, i);
        if (callee !== undefined) guarded.push(callee.slice(callee.lastIndexOf('.') + 1));
      }
    }
    if (tree.tag[child] !== Tag.Catch) continue;
    const block = childrenOf(tree, child).findLast((part) => tree.tag[part] === Tag.Block);
    const head = tree.text.slice(tree.start[child], block === undefined ? tree.end[child] : tree.start[block]);
    const types = head
      .replace(/^(?:except|catch|rescue)\b/, '')
      .replaceAll(/\bas\s+\w+|[():*{=>]/g, ' ')
      .trim();
    const broad =
      !/^[\w.|, ]*[A-Z]\w*(?:Error|Exception|Warning|Exit|Interrupt|Timeout|NotFound)\b/.test(types) ||
      /\b(?:Base)?Exception\b(?!\w)|\bThrowable\b|\bStandardError\b/.test(types);
    handlers.push({ unit, node: child, does: block === undefined ? 'nothing' : doesOf(tree, block), broad, guarded });
  }
}

/** What the body of a handler does with the error. */
export function doesOf(tree: SyntaxTree, block: number): Handler['does'] {
  const limit = tree.next[block] as number;
  let calls = false;
  let returns = false;
  let value = false;
  for (let i = block; i < limit; i++) {
    const tag = tree.tag[i];
    if (tag === Tag.Other && /raise|throw/.test(internedText(tree.op[i] as number))) return 'rethrows';
    if (tag === Tag.Call || tag === Tag.New) {
      calls = true;
      if (/(?:^|\.)(?:raise|throw|panic|abort|reject|exit|_exit|fail|die|next)$/.test(calleeText(tree, i) ?? '')) return 'rethrows';
    }
    if (tag === Tag.Return) returns = (tree.next[i] as number) > i + 1 || returns;
    if (tag === Tag.Assign || tag === Tag.AugAssign || tag === Tag.If) value = true;
  }
  if (calls) return 'reports';
  return returns || value ? 'returns' : 'nothing';
}

function readOther(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[]): void {
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
