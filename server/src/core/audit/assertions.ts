/**
 * What a test asserts and how much that says, as one scale for all libraries: an exact value says more than a part of it, that more than its type, that more
 * than its being there, and `assert True` says nothing.
 */
import { internedText } from '../language/interner.js';
import { Role, Tag } from '../language/tags.js';
import type { SyntaxTree } from '../language/tree.js';
import { childrenOf, firstChildWithRole, textOf } from '../language/tree.js';
import { numberOf } from './refusals.js';
import { calleeText, type Unit } from './units.js';
import { identifiers, normalised, words } from './words.js';

/** 10 exact, 9 that there is nothing, 8 a certain error or nearly a value, 7 a part, 6 a bound, 5 a type, 4 true or false, 3 any error, 2 being there, 0 nothing. */
type Strength = 0 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

export interface Assertion {
  readonly node: number;
  readonly strength: Strength;
  /** What it is about, as code without layout. */
  readonly subject: string;
  readonly key: string;
  /** Names in what it is about. */
  readonly names: ReadonlySet<string>;
  /** Numbers in it that bound a difference or a size, the larger the looser; undefined where there are none. */
  readonly tolerance?: number;
}

/** What an assertion compares with: its literals and its constants' names, without those of what it is about. */
export function expectedParts({ key, subject }: Assertion): readonly string[] {
  const parts = (code: string): string[] =>
    code.match(/"[^"]{3,}"|(?<![\p{L}\p{N}_.])(?:\d{2,}|\p{Lu}[\p{L}\p{N}_]{5,})(?!["(.\p{L}\p{N}_])/gu) ?? [];
  const own = new Set(parts(subject));
  return [...new Set(parts(key))].filter((part) => !own.has(part)).map((part) => part.replaceAll('"', ''));
}

/** Whether it says that something is not so. */
export function isNegative({ key }: Assertion): boolean {
  return /["'\])]notin|\.(?:not|to_not|not_to|isNot(?!Null\b|Nil\b|None\b|Empty\b|Blank\b)\w*|doesNot\w*)\b|\bassert_?not|\brefute|\b(?:assert|require|is)\w*\.(?:not|Not|doesNot)(?!Nil\(|Null\(|Empty\(|Zero\()|assert\w*Not[A-Z]/.test(
    key,
  );
}

/** Assertions inside a unit, in order. */
export function assertionsOf(unit: Unit): Assertion[] {
  const { tree } = unit;
  const found: Assertion[] = [];
  const limit = tree.next[unit.node] as number;
  let until = unit.node;
  for (let node = unit.node + 1; node < limit; node++) {
    if (node < until) continue;
    const assertion = assertionAt(tree, node);
    if (assertion === undefined) continue;
    found.push(assertion);
    // An assertion's own parts are none; the function that is expected to throw may hold others.
    if (!/raises|throws?/i.test(assertion.key.slice(0, 60))) until = tree.next[node] as number;
  }
  return found;
}

function assertionAt(tree: SyntaxTree, node: number): Assertion | undefined {
  const tag = tree.tag[node];
  if (isStatement(tree, node)) {
    const subject = node + 1;
    return subject < (tree.next[node] as number) ? ofExpression(tree, node, subject) : undefined;
  }
  if (tag === Tag.If) return ofCondition(tree, node);
  if (tag === Tag.Dot) return ofChain(tree, node);
  if (tag !== Tag.Call) return undefined;
  return ofChain(tree, node) ?? ofCall(tree, node);
}

/** `assert x`, a statement of its own. */
function isStatement(tree: SyntaxTree, node: number): boolean {
  return (
    tree.tag[node] === Tag.Other &&
    internedText(tree.op[node] as number).startsWith('assert_statement') &&
    node + 1 < (tree.next[node] as number)
  );
}

function made(tree: SyntaxTree, node: number, subject: number, strength: Strength, tolerance?: number): Assertion {
  // What is said when it fails asserts nothing.
  const said = isStatement(tree, node) ? `assert ${textOf(tree, node + 1)}` : textOf(tree, node);
  return {
    node,
    strength,
    subject: normalised(textOf(tree, subject)),
    // Whether something may be missing is asked of the types, not of the test.
    key: normalised(said).replaceAll('?.', '.'),
    names: identifiers(tree, subject),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
}

// ---- expect(x).toBe(y), assertThat(x).isEqualTo(y), expect(x).to eq(y)

const ROOTS = /^(?:expect|expectTypeOf|assertThat|assert_that|should|check|verify|that)$/;

function ofChain(tree: SyntaxTree, node: number): Assertion | undefined {
  const parent = tree.parent[node] as number;
  if (parent >= 0 && (tree.role[node] === Role.Callee || tree.role[node] === Role.Object)) return undefined;
  const names: string[] = [];
  let at = tree.tag[node] === Tag.Call ? firstChildWithRole(tree, node, Role.Callee) : node;
  let args = tree.tag[node] === Tag.Call ? firstChildWithRole(tree, node, Role.Args) : -1;
  const own = args;
  for (let steps = 0; at >= 0 && steps < 16; steps++) {
    if (tree.tag[at] === Tag.Dot) {
      const name = firstChildWithRole(tree, at, Role.Name);
      names.unshift(name < 0 ? '' : textOf(tree, name));
      at = firstChildWithRole(tree, at, Role.Object);
    } else if (tree.tag[at] === Tag.Call) {
      const callee = firstChildWithRole(tree, at, Role.Callee);
      args = firstChildWithRole(tree, at, Role.Args);
      if (callee >= 0 && tree.tag[callee] === Tag.Ident && ROOTS.test(textOf(tree, callee))) {
        if (names.length === 0) return undefined;
        const subject = args < 0 || args + 1 >= (tree.next[args] as number) ? at : args + 1;
        return ofMatchers(tree, node, subject, names, own);
      }
      at = callee;
    } else return undefined;
  }
  return undefined;
}

function ofMatchers(tree: SyntaxTree, node: number, subject: number, names: readonly string[], own: number): Assertion {
  const negated = names.some((name) => /^(?:not|to_not|not_to|isNot)$/i.test(name));
  const argument = own < 0 || own + 1 >= (tree.next[own] as number) ? -1 : own + 1;
  let matcher = names.at(-1) ?? '';
  let value = argument;
  // RSpec: the matcher is the argument.
  if (/^(?:to|to_not|not_to|should)$/.test(matcher) && argument >= 0) {
    // `be_within(1).of(x)` is one matcher, told by its first name.
    const chained = /^([\w.]+)\([^()]*\)\./.exec(textOf(tree, argument))?.[1];
    matcher = chained ?? (tree.tag[argument] === Tag.Call ? (calleeText(tree, argument) ?? '') : textOf(tree, argument));
    const inner = tree.tag[argument] === Tag.Call ? firstChildWithRole(tree, argument, Role.Args) : -1;
    value = inner < 0 || inner + 1 >= (tree.next[inner] as number) ? -1 : inner + 1;
  }
  const strongest = Math.max(...[matcher, ...names].map((name) => matcherStrength(name, negated, tree, value, subject) ?? -1));
  // A matcher of the project's own is taken at its name.
  const strength = (strongest < 0 ? (value >= 0 && !negated ? 8 : 4) : strongest) as Strength;
  const tolerance = toleranceOf(matcher, tree, own);
  return made(tree, node, subject, strength, tolerance);
}

const LOOSE_VALUE =
  /\b(?:expect\.(?:any|anything|stringContaining|stringMatching|objectContaining|arrayContaining)|mock\.ANY|\bANY\b|any\(\)|anyString|Matchers?\.any|mock\.Anything)\b/;

function matcherStrength(name: string, negated: boolean, tree: SyntaxTree, value: number, subject: number): Strength | undefined {
  const said = words(name);
  const argument = value < 0 ? '' : textOf(tree, value);
  // With its value, an attribute or a member is exact.
  if (
    value >= 0 &&
    /\b(?:attribute|property|css|js property)$/.test(said) &&
    !negated &&
    (tree.next[value] as number) < (tree.next[tree.parent[value] as number] as number)
  )
    return LOOSE_VALUE.test(textOf(tree, tree.parent[value] as number)) ? 7 : 10;
  if (constant(tree, subject) && (value < 0 || constant(tree, value))) return 0;
  if (/\b(?:greater|less|above|below|at least|at most|least|most|be >|be <)\b/.test(said)) return 6;
  if (
    /\b(?:to be|be|equal|equals|eq|eql|to equal|to strict equal|is equal to|is same as|deep equal|strict equal|deep strict equal|to match inline snapshot|to have been called (?:exactly )?(?:once )?with|to have been last called with|to have been nth called with|called with|called once with|have received|contains exactly|contains exactly in any order|members|to be (?:not )?assignable to|to have text|to have url|is exactly instance of|has values?|has to string|is same instance as|is equal by comparing to|is equal to comparing [\w ]+|contains only|contains exactly \w+|contains exactly elements in|has content|has root cause message)$/.test(
      said,
    )
  ) {
    if (/^(?:true|false|True|False)$/.test(argument)) return negated ? 2 : 4;
    if (/^(?:null|undefined|nil|None)$/.test(argument)) return negated ? 2 : 9;
    if (negated) return 3;
    return LOOSE_VALUE.test(argument) ? 7 : 10;
  }
  if (
    /\b(?:throw|to throw|throws|to throw error|raise error|rejects|has message|is instance of any|thrown by|to throw error matching \w+)\b/.test(
      said,
    )
  ) {
    if (negated) return 2;
    return argument === '' || /^(?:Error|StandardError|Exception|Throwable)$/.test(argument) ? 3 : 8;
  }
  if (
    /\b(?:to match object|to contain|contain|contains|contain text|to contain text|to contain equal|include|includes|to include|to match|match|matches|to match snapshot|to have property|have property|to have length|has size|have length|length|to be close to|close to|be within|starts with|ends with|to have attribute|have key|has entry|to have been called times|called times|called once|to have count|match array|start with|end with|be between|is close to)\b/.test(
      said,
    )
  )
    return negated ? 3 : 7;
  if (/\b(?:instance of|an instance of|to be a|be a|be an|a|an|kind of|be kind of|to be instance of|is array|type)$/.test(said)) return 5;
  if (
    /\b(?:to be truthy|to be falsy|truthy|falsy|be truthy|be falsey|ok|true|false|is true|is false|be true|be false|to be visible|to be checked|empty|is empty|to be empty)$/.test(
      said,
    )
  )
    return 4;
  // One value only.
  if (/\b(?:to be |be |is )(?:undefined|null|nil|none)$/.test(said)) return negated ? 2 : 9;
  if (
    /\b(?:defined|undefined|null|nil|exist|exists|present|to be nan|is not null|is not empty|not nil|anything|to have been called|called|be called|to be in the document|be present)$/.test(
      said,
    )
  )
    return 2;
  return undefined;
}

// ---- assertEqual(a, b), assert.equal(a, b), assert_eq!(a, b), require.NoError(t, err)

function ofCall(tree: SyntaxTree, node: number): Assertion | undefined {
  const callee = calleeText(tree, node);
  if (callee === undefined) return undefined;
  const args = firstChildWithRole(tree, node, Role.Args);
  const given =
    args < 0 ? [] : childrenOf(tree, args).filter((arg) => !(tree.tag[arg] === Tag.Ident && /^(?:t|tb|b)$/.test(textOf(tree, arg))));
  const parts = callee.split('.');
  const root = parts.slice(0, -1).join('.');
  // Of two such functions in Go the one with an `f` says why with a format.
  const isFormatted = tree.grammar === 'go' && /^(?:assert|require)$/.test(root);
  const last = (parts.at(-1) ?? '').replace(isFormatted ? /f$/ : /!$/, '');
  const library =
    /(?:^|\.)(?:assert|require|should|Assert|Assertions|chai|check|is|t|test|expect|np\.testing|testing|self|cls|mock\w*|\w*[mM]ock\w*|tap)$/.test(
      root,
    );
  const said = words(last).replace(/^refute\b/, 'assert not');
  const list = isSaidFirst(tree, said, given) ? given.slice(1) : given;
  // Without a matcher it asserts nothing.
  if (/^(?:expect|assertThat|expectTypeOf)$/.test(callee)) return undefined;
  if (
    /^(?:assert|fail|must|should|expect)/.test(said) ||
    /^assert\b/.test(root) ||
    (library &&
      /^(?:equal|deep|not|true|false|ok|is|no|error|nil|len|eventually|never|condition|contains|throws|rejects|eq|ne|same|like|match|regexp|greater|less|in|panics|empty|elements|json|strict|raises|assert)(?:s|es)?\b/.test(
        said,
      )) ||
    /^(?:raises|throws|warns)$/.test(said)
  ) {
    if (/^(?:assert called|assert any|assert called once|assert awaited|assert has calls|assert not called)/.test(said)) {
      // How often it was called is said as well as by a number.
      const strength: Strength = /with|has calls|any/.test(said) && list.length > 0 ? 10 : /once|not called|not awaited/.test(said) ? 7 : 4;
      return made(tree, node, firstChildWithRole(tree, node, Role.Callee), strength);
    }
    return ofNamed(tree, node, said, list);
  }
  return undefined;
}

/** Whether the first argument is what is said when it fails, as in JUnit 4: `assertTrue("why", x)`, `assertEquals("why", a, b)`. */
function isSaidFirst(tree: SyntaxTree, said: string, list: readonly number[]): boolean {
  const [first] = list;
  if (first === undefined || tree.tag[first] !== Tag.Str || !/^(?:java|kotlin|scala)$/.test(tree.grammar)) return false;
  if (/^assert (?:not )?(?:true|false|null)$/.test(said)) return list.length === 2;
  return /^assert (?:not )?(?:equals|same|array equals|that)$/.test(said) && list.length === 3;
}

/** Functions that compare all of two things. */
const COMPARING =
  /(?:^|\.)(?:SequenceEqual|sequence_equal|array_equal|arraysEqual|DeepEqual|deepEqual|isDeepStrictEqual|deep_equal|isEqual|SetEquals|Arrays\.(?:deepE|e)quals|bytes\.Equal|slices\.Equal|maps\.Equal|StructuralEquals)$/;

function ofNamed(tree: SyntaxTree, node: number, said: string, list: readonly number[]): Assertion | undefined {
  const subject = subjectOf(tree, list);
  const first = list[0] ?? node;
  const tolerance = toleranceOf(said, tree, firstChildWithRole(tree, node, Role.Args));
  const give = (strength: Strength): Assertion => made(tree, node, subject ?? node, strength, tolerance);
  if (/\b(?:raises|throws|throw|rejects|panics|warns|error is|error as|error contains|err)\b/.test(said) && !/\bno\b|\bnot\b/.test(said)) {
    const text = list.map((arg) => textOf(tree, arg)).join(',');
    const broad =
      /^(?:Exception|BaseException|Error|Throwable|StandardError|\(\)|function|async|lambda)\b/.test(text) &&
      !/match\s*=|,\s*\/|,\s*["'{]/.test(text);
    return made(tree, node, node, broad || list.length === 0 ? 3 : 8);
  }
  if (list.length >= 2 && list.slice(0, 2).every((arg) => constant(tree, arg))) return give(0);
  if (list.length >= 2 && normalised(textOf(tree, list[0] as number)) === normalised(textOf(tree, list[1] as number))) return give(0);
  if (/\b(?:no error|no err|error)\b/.test(said)) return give(4);
  // A condition that is asked until it holds.
  if (/^(?:eventually|never|condition)\b/.test(said)) return give(7);
  // Without a bound of its own it allows for rounding only.
  if (/\b(?:close|allclose)\b/.test(said) && list.length === 2) return give(8);
  if (/\b(?:almost|delta|epsilon)\b/.test(said)) return give(8);
  if (/\b(?:close|approx|allclose|within)\b/.test(said)) return give(7);
  if (/\bnot (?:equal|eq|same|in|contains|deep equal|strict equal|regex)\b|\bne$/.test(said)) return give(3);
  if (/\b(?:greater|less|at least|at most|positive|negative)\b/.test(said)) return give(6);
  if (
    /\b(?:equals?|eq|same|is$|identical|deep equal|strict equal|json eq|array equal|dict equal|list equal|elements match|count equal)\b/.test(
      said,
    )
  ) {
    const values = list.slice(0, 2).map((arg) => textOf(tree, arg));
    if (values.some((value) => /^(?:true|false|True|False)$/.test(value))) return give(4);
    if (values.some((value) => /^(?:null|nil|None|undefined)$/.test(value))) return give(9);
    return give(values.some((value) => LOOSE_VALUE.test(value)) ? 7 : 10);
  }
  if (/\bnot (?:in|contains?|includes?|match|matches|respond to|operator|predicate)\b/.test(said)) return give(3);
  if (/\b(?:in|contains?|includes?|subset|len|length|regex|regexp|match|matches|starts with|ends with|like|snapshot)\b/.test(said))
    return give(7);
  if (/\b(?:instance|type|implements|is a)\b/.test(said)) return give(5);
  if (/\b(?:is not none|not nil|not null|exists|is none|nil|null|not empty|not zero|defined|zero|empty)\b/.test(said))
    return give(/\bnot\b|exists|defined/.test(said) ? 2 : /\b(?:none|nil|null)\b/.test(said) ? 9 : 7);
  if (/^(?:assert|assert true|assert that|true|ok|is true|assert ok|is ok|expect true|debug assert|assert truthy|must be true)$/.test(said))
    return list.length === 0 ? undefined : ofExpression(tree, node, first);
  if (/\b(?:false|falsy)\b|^assert not$/.test(said)) return list.length === 0 ? undefined : ofExpression(tree, node, first);
  if (/^(?:fail|assert fail)$/.test(said)) return undefined;
  // A helper of the project's own may assert anything: it is taken at its name.
  return made(tree, node, subject ?? node, /^(?:assert|expect|check|verify) \w+/.test(said) ? 10 : 4);
}

/** The argument that is not a literal: the order of expected and actual differs between libraries. */
function subjectOf(tree: SyntaxTree, list: readonly number[]): number | undefined {
  return list.slice(0, 2).find((arg) => !constant(tree, arg)) ?? list[0];
}

// ---- plain expressions and conditions

function ofExpression(tree: SyntaxTree, node: number, expression: number): Assertion {
  // What is false says that this place is never reached.
  if (/^(?:False|false)$/.test(textOf(tree, expression))) return made(tree, node, expression, 8);
  const { strength, subject, tolerance } = expressionStrength(tree, expression);
  return made(tree, node, subject, strength, tolerance);
}

function expressionStrength(tree: SyntaxTree, node: number): { strength: Strength; subject: number; tolerance?: number } {
  const tag = tree.tag[node];
  const children = childrenOf(tree, node);
  if (constant(tree, node)) return { strength: 0, subject: node };
  if (tag === Tag.Unary && children[0] !== undefined) {
    const inner = expressionStrength(tree, children[0]);
    return { strength: inner.strength === 0 ? 0 : (Math.min(4, inner.strength) as Strength), subject: inner.subject };
  }
  if (tag === Tag.Binary && children.length >= 2) {
    const op = internedText(tree.op[node] as number);
    const [left, right] = [children[0] as number, children.at(-1) as number];
    if (/^(?:and|&&)$/.test(op)) {
      const parts = [expressionStrength(tree, left), expressionStrength(tree, right)];
      return parts.reduce((a, b) => (b.strength > a.strength ? b : a));
    }
    if (/^(?:or|\|\|)$/.test(op)) {
      const parts = [expressionStrength(tree, left), expressionStrength(tree, right)];
      const weakest = parts.reduce((a, b) => (b.strength < a.strength ? b : a));
      return { strength: Math.min(4, weakest.strength) as Strength, subject: left };
    }
    const subject = constant(tree, left) ? right : left;
    const sides = [textOf(tree, left), textOf(tree, right)];
    if (/^(?:==|===|is|!=|!==|is not|<>)$/.test(op)) {
      if (sides[0] === sides[1]) return { strength: 0, subject };
      const negative = /!|not|<>/.test(op);
      if (sides.some((side) => /^(?:None|null|nil|undefined)$/.test(side))) return { strength: negative ? 2 : 9, subject };
      if (sides.some((side) => /^(?:True|False|true|false)$|^\(?\w*[eE]rr\w*\s*[!=]=\s*nil\)?$/.test(side)))
        return { strength: 4, subject };
      const approx = /approx|isclose/.exec(sides[1] ?? '');
      if (approx !== null) {
        const tolerance = numbersIn(sides[1] ?? '').at(-1);
        return { strength: 7, subject, ...(tolerance === undefined ? {} : { tolerance }) };
      }
      if (sides.some((side) => LOOSE_VALUE.test(side))) return { strength: 7, subject };
      return { strength: negative ? 3 : 10, subject };
    }
    if (/^(?:in|not in)$/.test(op)) return { strength: op === 'in' ? 7 : 4, subject: constant(tree, left) ? right : left };
    if (/[<>]/.test(op)) {
      const bound = numberOf(sides[1] ?? '');
      const upper = op.includes('<');
      return { strength: 6, subject, ...(bound === undefined ? {} : { tolerance: upper ? bound : -bound }) };
    }
    return { strength: 4, subject };
  }
  if (tag === Tag.Call) {
    const callee = calleeText(tree, node) ?? '';
    if (/isinstance|isArray|is_a\b|typeof/.test(callee)) return { strength: 5, subject: node };
    if (COMPARING.test(callee)) return { strength: 10, subject: node };
    // A part of it, asked for by a method.
    if (/\.(?:starts_?with|ends_?with|includes|contains|fullmatch)$/i.test(callee)) return { strength: 7, subject: node };
    if (/isclose|allclose|array_equal|equals$|\beq$/i.test(callee)) return { strength: 7, subject: node };
  }
  return { strength: 4, subject: node };
}

function constant(tree: SyntaxTree, node: number): boolean {
  const tag = tree.tag[node];
  if (tag === Tag.Num || tag === Tag.Const) return !/^(?:this|self|super)$/.test(textOf(tree, node));
  if (tag === Tag.Str) return childrenOf(tree, node).every((piece) => tree.tag[piece] === Tag.StrText);
  if (tag === Tag.List || tag === Tag.Tuple || tag === Tag.Dict || tag === Tag.Pair)
    return childrenOf(tree, node).every((part) => constant(tree, part));
  return false;
}

/** Go's way: an `if` whose body fails the test. */
function ofCondition(tree: SyntaxTree, node: number): Assertion | undefined {
  const condition = firstChildWithRole(tree, node, Role.Condition);
  const block = childrenOf(tree, node).find((child) => tree.tag[child] === Tag.Block);
  if (condition < 0 || block === undefined) return undefined;
  const fails = childrenOf(tree, block).some((statement) => {
    if (tree.tag[statement] !== Tag.Call) return false;
    return /^(?:t|tb|b)\.(?:Error|Fatal|Fail)\w*$/.test(calleeText(tree, statement) ?? '');
  });
  if (!fails) return undefined;
  const { strength, subject } = expressionStrength(tree, condition);
  // `got != want` fails: it asserts that they are equal. Without the text that is told then.
  const assertion = made(tree, node, subject, opposite(tree, condition, strength));
  return { ...assertion, key: normalised(`assert ${denied(textOf(tree, condition))}`) };
}

/** How much the opposite of a condition says. */
function opposite(tree: SyntaxTree, condition: number, strength: Strength): Strength {
  const op = tree.tag[condition] === Tag.Binary ? internedText(tree.op[condition] as number) : '';
  const isOfNothing = /(?<![\p{L}\p{N}_.])(?:nil|null)(?![\p{L}\p{N}_])/u.test(textOf(tree, condition));
  // That there is no error is what fails: something has to be refused.
  if (op === '==' && isOfNothing) return /^\(?[\w.]*[eE]rr\w*\s*==/.test(textOf(tree, condition)) ? 4 : 2;
  if (op === '==') return 3;
  // What has to be nothing: of an error, that there is none.
  if (strength === 2) return /^\(?[\w.]*[eE]rr\w*\s*!=/.test(textOf(tree, condition)) ? 4 : 9;
  return strength === 3 ? 10 : strength;
}

/** A condition, denied. */
function denied(condition: string): string {
  const signs = condition.replaceAll(/"[^"\n]*"|`[^`]*`/g, '').match(/[=!]=|&&|\|\||[<>]/g) ?? [];
  if (signs.length === 1 && /[=!]=/.test(signs[0])) return condition.replace(/([=!])=/, (_, sign) => (sign === '!' ? '==' : '!='));
  return /^!\w[\w.]*(?:\([^()]*\))?$/.test(condition) ? condition.slice(1) : `!(${condition})`;
}

function toleranceOf(name: string, tree: SyntaxTree, args: number): number | undefined {
  if (args < 0 || !/close|almost|delta|epsilon|approx|within|less|most|below|at most|timeout/i.test(name)) return undefined;
  // One number alone is what is expected.
  if (/close/i.test(name) && childrenOf(tree, args).length < 2) return undefined;
  const text = textOf(tree, args);
  const numbers = numbersIn(text);
  const last = numbers.at(-1);
  if (last === undefined) return undefined;
  // Digits: the fewer, the looser.
  return /toBeCloseTo|to be close to|places/i.test(name) || (/almost/i.test(name) && !/delta|rel|abs|tol/.test(text)) ? -last : last;
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/(?<![\w.])\d+(?:_\d+)*(?:\.\d+)?(?:e-?\d+)?/gi)].map((match) => Number(match[0].replaceAll('_', '')));
}
