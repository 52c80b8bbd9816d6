/** What protects by its name: calls, decorators, and names that are handed to what wires a program up. */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';
import type { Severity } from '../model/rule.js';
import { STRONG, type Fact, type Off } from './fact.js';
import { readSetter } from './factsOfSettings.js';
import { NAMED, OFF_CALLS } from './protections.js';
import type { CheckKind } from './report.js';
import { calleeText, isDecorator, type Unit } from './units.js';
import { identifiers, normalised, words } from './words.js';

/** What was answered for names in the last commits; the table never changes. */
const known = new Map<string, (typeof NAMED)[number] | undefined>();

export function named(name: string, called: boolean): (typeof NAMED)[number] | undefined {
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

/** Whether a call hands on, by its one argument, whether something is allowed: `withInsecureHttp(isLocal(host))` decides nothing. */
function isUpToValue(tree: SyntaxTree, node: number, said: string): boolean {
  const args = firstChildWithRole(tree, node, Role.Args);
  const [value, other] = args < 0 ? [] : childrenOf(tree, args);
  if (!/^(?:with|set|allow|enable|use) /.test(said) || value === undefined || other !== undefined) return false;
  return !/^(?:[Tt]rue|1)$/.test(textOf(tree, value)) && tree.tag[value] !== Tag.Str;
}

/** Whether a call without arguments tells whether something is allowed: its answer is asked, kept or handed back. */
function isAskedOnly(tree: SyntaxTree, node: number, said: string): boolean {
  if (!/^(?:allow|permit)(?! (?:all|any)\b)/.test(said) || countOfArguments(tree, node) > 0) return false;
  if (tree.role[node] === Role.Condition) return true;
  const tag = tree.tag[tree.parent[node] as number];
  return tag === Tag.Unary || tag === Tag.Binary || tag === Tag.VarDef || tag === Tag.Assign || tag === Tag.Return;
}

function countOfArguments(tree: SyntaxTree, node: number): number {
  const args = firstChildWithRole(tree, node, Role.Args);
  return args < 0 ? 0 : childrenOf(tree, args).length;
}

const PROMPTS = /\b(?:continue|proceed|confirm|approve|are you sure|allow|y\/n|yes\/no|\[y|execute|run this|delete)\b/i;

export function readCall(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[], offs: Off[]): void {
  const callee = calleeText(tree, node);
  if (callee === undefined || insideDecorator(tree, node)) return;
  // A value of a type that is written down, whatever the type is called.
  if (tree.tag[node] === Tag.New && /^(?:go|rust)$/.test(tree.grammar)) return;
  const last = callee.slice(callee.lastIndexOf('.') + 1);
  // An exception is named after what it says.
  if (/[a-z](?:Error|Exception)$/.test(last)) return;
  const name = words(shortName(callee));
  const off = OFF_CALLS.find((row) => row.name.test(name));
  if (off !== undefined && (isUpToValue(tree, node, words(last)) || isAskedOnly(tree, node, words(last)))) return;
  // Something is read from something, whatever it is made safe for.
  if (off?.kind === 'escaping' && /^safe string$/.test(words(last)) && countOfArguments(tree, node) > 1) return;
  // A question whether something is so switches nothing off.
  if (off !== undefined && /\b(?:is|are|has|was|should|can|needs?|looks|expect\w*|assert\w*)\b/.test(words(last))) return;
  if (off !== undefined) {
    offs.push({ kind: off.kind, name, callee: last, unit, node, severity: off.severity });
    return;
  }
  const args = firstChildWithRole(tree, node, Role.Args);
  if (args >= 0 && /^set[A-Z_]/.test(last)) readSetter(tree, node, args, last, unit, { facts, offs });
  const asks = /(?:^|\.)(?:input|prompt|question|readline|confirm)$/i.test(callee) && args >= 0 && PROMPTS.test(textOf(tree, args));
  // Decoding a token verifies it in some libraries and not in those of JavaScript.
  if (/^(?:javascript|typescript|tsx)$/.test(tree.grammar) && /\bjwt decode$|^jwt ?decode$/.test(name)) return;
  // What leaves a check out is none.
  if (/^skip(?=_|[A-Z]|$)/.test(last)) return;
  const row = asks ? undefined : named(name, true);
  const logs = logKind(callee, args < 0 ? '' : textOf(tree, args));
  const told = row !== undefined && OF_A_SHAPE.test(words(last)) ? 'validation' : row?.kind;
  const kind: CheckKind | undefined = asks ? 'approval' : (told ?? logs?.kind ?? integrity(name) ?? schema(callee));
  if (kind === undefined || (row !== undefined && (accessor(tree, node, last) || isAboutResult(last)))) return;
  if (row !== undefined && NAMED_AFTER.has(kind) && PLAIN_VERB.test(words(last)) && !CHECKING_VERB.test(words(last))) return;
  if (kind === 'approval' && /^(?:set|show|open|close|toggle|handle|render|hide|use|update|on)(?=[A-Z_])/.test(last)) return;
  // Approving is what a person does; only what waits for the answer asks.
  if (row?.kind === 'approval' && /(?:^|_)approve(?:$|_|[A-Z])/i.test(last) && !isDenied(tree, node)) return;
  if (row?.kind === 'sandbox' && kind === 'sandbox' && !runsIn(callee, last)) return;
  facts.push({
    kind,
    form: 'call',
    name: words(last),
    key: normalised(textOf(tree, node)),
    unit,
    node,
    about: about(tree, node, callee),
    // What the program itself says needs no validation.
    ...(grants(tree, node) || (kind === 'validation' && isConstant(tree, args)) ? { idle: true } : {}),
    ...besideOf(tree, node, last),
    severity: row === undefined && logs !== undefined ? logs.severity : STRONG.has(kind) ? 'ERROR' : 'WARNING',
  });
}

/** What is built, changed or shown is named after what it is about: a list of what is blocked, the form of a validation. */
const PLAIN_VERB =
  /^(?:build|omit|pick|create|make|get|set|fetch|load|save|store|update|map|format|render|show|from|with|handle|on|record|add|remove|delete|list|find|init|open|close|send|emit|publish|write|copy|clone|merge|count|extract|convert|generate|compute|describe|has|did|should|to|put|unset|fill|draw|toggle|print|log)\b/;
const CHECKING_VERB =
  /\b(?:validate|sanitize|sanitise|escape|verify|redact|check|reject|ensure|assert|authenticate|authorize|require|permission|permissions|access control|current user|middleware|guard)\b/;
const NAMED_AFTER: ReadonlySet<CheckKind> = new Set(['validation', 'escaping', 'authentication', 'authorization']);

/** Whether a call's answer is turned around: `if (!approve(x))`. */
function isDenied(tree: SyntaxTree, node: number): boolean {
  for (let at = tree.parent[node] as number, steps = 0; at >= 0 && steps < 4; at = tree.parent[at] as number, steps++) {
    if (tree.tag[at] === Tag.Unary) return true;
    if (tree.tag[at] === Tag.Block || tree.tag[at] === Tag.If) return false;
  }
  return false;
}

/** Whether a call runs something inside of a sandbox, or makes one: asking one, ending one and handing one on does not. */
function runsIn(callee: string, last: string): boolean {
  if (!/sandbox/i.test(callee)) return true;
  if (/^(?:check|is|has|get|set|list|clear|stop|delete|cancel|refresh|validate|update|save|load|find|to|from)(?=[A-Z_]|$)/.test(last))
    return false;
  return /sandbox|jail|isolat/i.test(last) || /^(?:run|exec|create|spawn|start|launch|wrap|enter|apply|eval)/i.test(last);
}

/** Looks at how something is written down, whatever that is about. */
const OF_A_SHAPE = /^(?:validate|check|parse|assert|verify)\b.*\b(?:config|configuration|settings?|options?|shape|schema|format|env)$/;

/** Whether all arguments of a call, at least one, are values that stand there. */
function isConstant(tree: SyntaxTree, args: number): boolean {
  return (
    args >= 0 &&
    (tree.next[args] as number) > args + 1 &&
    textOf(tree, args).length > 2 &&
    !/[\p{L}_$][\p{L}\p{N}_$]*(?!\s*:|[\p{L}\p{N}_$])/u.test(
      textOf(tree, args).replaceAll(/"[^"\n]*"|'[^'\n]*'|\b(?:true|false|null|True|False|None)\b/g, '""'),
    )
  );
}

/** A call that defines or configures, such as a schema's builder, says too little. */
function accessor(tree: SyntaxTree, node: number, last: string): boolean {
  return (
    /^(?:get|set|test|describe|it|mock\w*|spyOn|fn|patch|import|require|log|print|debug|info)$/i.test(last) && tree.tag[node] === Tag.Call
  );
}

const KEEPING =
  /^(?:push|add|append|insert|set|get|has|delete|remove|map|filter|forEach|find|some|every|includes|join|slice|concat|splice|extend|pop|shift|keys|values|entries|then|catch|finally|toString|format|items|update|clear|emit|on|off|split|trim|trimStart|trimEnd|strip|lower|upper|toLowerCase|toUpperCase|replace|replaceAll|substring|charAt|indexOf|startsWith|endsWith|match|sort|reverse|reduce|flatMap|at|first|last|size|length|count|setAttribute|removeAttribute|getAttribute|hasAttribute|toggleAttribute|addEventListener|removeEventListener|dispatchEvent|appendChild|insertBefore|querySelector|querySelectorAll|closest|focus|blur|click|contains|toggle)$/;

/** A call that keeps, reads or shows what a check said, or a list that is called after one, checks nothing. */
function isAboutResult(last: string): boolean {
  return (
    KEEPING.test(last) ||
    // What is told of a click or an event: others decide.
    /^on[A-Z]/.test(last) ||
    // A hook of a user interface says who somebody is; what is done with the answer protects.
    /^use(?!Require|Ensure|Protect|Enforce|Guard|Global|Authenticated?Guard)[A-Z]/.test(last) ||
    /^(?:get|set|apply|record|format|create|build|render|show|log|report|make|track|to|on|handle|update)\b.*\bvalidation\b/.test(
      words(last),
    )
  );
}

/** Whether what is asked only lets somebody in early: `if (isAllowed(x)) return true`. */
function grants(tree: SyntaxTree, node: number): boolean {
  let at = node;
  for (let steps = 0; tree.role[at] !== Role.Condition; steps++) {
    at = tree.parent[at] as number;
    const tag = at < 0 ? undefined : tree.tag[at];
    if (steps > 6 || tag === undefined || tag === Tag.Unary || tag === Tag.Call || tag === Tag.Block || tag === Tag.Func) return false;
  }
  const parent = tree.parent[at] as number;
  if (parent < 0 || tree.tag[parent] !== Tag.If) return false;
  const block = childrenOf(tree, parent).find((child) => tree.tag[child] === Tag.Block);
  return block !== undefined && /\breturn\s+[Tt]rue\b/.test(textOf(tree, block)) && !/\b(?:throw|raise)\b/.test(textOf(tree, block));
}

/** The last two names: the rest is where they come from. */
function shortName(callee: string): string {
  return callee.split('.').slice(-2).join('.').replaceAll('()', '');
}

/** A schema, by the way it is called: its own name is that of what it describes. */
function schema(callee: string): CheckKind | undefined {
  return /^(?!JSON\.|Date\.|Time\.|DateTime\.|TimeSpan\.|URI\.|Uri\.|UUID\.|Guid\.|Version\.|Integer\.|Double\.|Float\.|Boolean\.|Decimal\.|Enum\.|URL\.|Number\.|Number|Int|BigInt|Path|Duration|Instant|Local\w+\.)(?:\w+\.)*[A-Z]\w*\.(?:parse|safeParse|parseAsync|safeParseAsync|assert|check|cast|validateSync|parse_obj|parse_raw|decode|create)$/.test(
    callee,
  ) && !/\.(?:create|decode|check|assert)$/.test(callee)
    ? 'validation'
    : undefined;
}

function integrity(name: string): CheckKind | undefined {
  if (/\b(?:raise for status|error for status|ensure success status code|unwrap or raise|panic if)$/.test(name)) return 'error-handling';
  if (/\byaml safe load\b|\bsafe load$|\bsafe loader$|\bliteral eval$|\bdefusedxml\b/.test(name)) return 'validation';
  if (/^secrets |\bget random values$|\brandom bytes$|\bcrypto rand\b|\bsecure random\b|\bsystem random\b/.test(name))
    return 'authentication';
  return undefined;
}

const LOGGERS =
  /(?:^|[._])(?:log|logger|logging|slog|audit\w*|tracing|sentry\w*|console|zap|logrus)\.\(?\)?\.?(\w+)$|^(?:log|audit)[._]?\w*$/i;

const SECURITY_TEXT =
  /audit|\binsecure|securely|\bsecurity (?:event|alert|log|violation|warning|check|incident|policy)|denied|unauthori|forbidden|login|logged in|\bauth(?:entication|orization)?\b|permission|suspicious|attack|tamper|admin|privilege|brute|breach/i;

function logKind(callee: string, args: string): { kind: CheckKind; severity: Severity } | undefined {
  if (!LOGGERS.test(callee)) return undefined;
  const level = callee.slice(callee.lastIndexOf('.') + 1).toLowerCase();
  if (/^(?:debug|trace|time|timeend|dir|table|group\w*|getlogger|get|child|with\w*|setlevel|configure)$/.test(level)) return undefined;
  if (callee.toLowerCase().startsWith('console') && !/error|warn/.test(level)) return undefined;
  const serious =
    /audit/i.test(callee) ||
    (/warn|error|critical|exception|alert|fatal/.test(level) && SECURITY_TEXT.test(args)) ||
    /\baudit|\bsecurity (?:event|alert|log|violation|warning|check|incident|policy)/i.test(args);
  return { kind: 'logging', severity: serious ? 'WARNING' : 'INFO' };
}

export function readReference(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[]): void {
  const parent = tree.parent[node] as number;
  if (parent < 0) return;
  const around = tree.tag[parent];
  if (around !== Tag.Args && around !== Tag.List && around !== Tag.Tuple && around !== Tag.Set && !atom(tree, parent)) return;
  // What something is compared with.
  if (around === Tag.List || around === Tag.Tuple || around === Tag.Set) {
    const outer = tree.parent[parent] as number;
    if (outer >= 0 && tree.tag[outer] === Tag.Binary) return;
    if (isTakenApart(tree, parent)) return;
  }
  // What a hook of a user interface depends on.
  if (around === Tag.List && isHandedToHook(tree, parent)) return;
  // Named in order to be left out.
  const list = around === Tag.Args ? parent : (tree.parent[parent] as number);
  if (list > 0 && tree.tag[list] === Tag.Args && /^skip(?=_|[A-Z]|$)/.test(calleeText(tree, tree.parent[list] as number) ?? '')) return;
  const text = tree.tag[node] === Tag.Str ? textOf(tree, node) : (calleeText(tree, node, true) ?? '');
  if (text === '' || text.length > 120) return;
  // A member of an enumeration names a kind.
  if (/\.[A-Z\d_]{3,}$/.test(text)) return;
  if (
    tree.tag[node] === Tag.Str &&
    ((around !== Tag.List && around !== Tag.Tuple) || !/\w\.\w|Middleware|^\W?(?:auth|csrf)(?![\w/-]*\/)/.test(text))
  )
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
    ...besideOf(tree, node, text),
    severity: STRONG.has(row.kind) ? 'ERROR' : 'WARNING',
  });
}

/** Names that are handed over with a node, where it is one of several arguments. */
function besideOf(tree: SyntaxTree, node: number, own: string): Pick<Fact, 'beside'> {
  const args = tree.parent[node] as number;
  if (args < 0 || tree.tag[args] !== Tag.Args) return {};
  const others = childrenOf(tree, args).filter((arg) => arg !== node);
  const names = new Set(others.flatMap((arg) => [...identifiers(tree, arg)]).filter((name) => !own.split('.').includes(name)));
  return names.size === 0 ? {} : { beside: names };
}

/** Whether a list stands on the left of an assignment: its names are given there. */
function isTakenApart(tree: SyntaxTree, list: number): boolean {
  const outer = tree.parent[list] as number;
  if (outer < 0 || (tree.tag[outer] !== Tag.VarDef && tree.tag[outer] !== Tag.Assign)) return false;
  const children = childrenOf(tree, outer);
  return children.length > 1 && children.at(-1) !== list;
}

function isHandedToHook(tree: SyntaxTree, list: number): boolean {
  const args = tree.parent[list] as number;
  const call = args < 0 ? -1 : (tree.parent[args] as number);
  return call >= 0 && tree.tag[call] === Tag.Call && /^(?:React\.)?use(?!Guards|Global)[A-Z]\w*$/.test(calleeText(tree, call) ?? '');
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

export function readDecorator(tree: SyntaxTree, node: number, unit: Unit, facts: Fact[], offs: Off[]): void {
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
