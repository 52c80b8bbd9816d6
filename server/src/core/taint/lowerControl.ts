/** Statements that steer, as terms: branches, loops, `switch` and `match`, `try`, `with`, jumps, comprehensions. Undefined for any other node. */
import { internedText } from '../language/interner.js';
import { flowTraitsOf } from '../language/registry.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, opOf, parentOf, roleOf, tagOf, textOf } from '../language/tree.js';
import { NOTHING, type Lowering } from './lowerContext.js';
import { lowerTarget, placesIn } from './targets.js';
import { ANY_KEY, ELEMENT_KEY, KEYS_KEY, type Target, type Term } from './terms.js';

const FOR_EACH =
  /^(?:async )?(?:for_in|for_each|foreach|for_range|for_statement (?:async )?for in|for_statement of|for\b)|enhanced_for|range_loop/;
const WHILE = /^(?:while|until|loop)/;
const DO = /^(?:do|repeat)(?:_|$|\s)/;
const SWITCH = /^(?:switch_|switch$|expression_switch|type_switch|select_|case case|case$|match|when_expression|when$)/;
const CASE =
  /^(?:switch_(?:case|default|rule|section|arm)|case|when|default|expression_case|type_case|communication_case|match_(?:arm|conditional|default))/;
/** Languages whose cases go on into the next one. */
const FALLS = /^switch/;

export function lowerControl(lowering: Lowering, node: number): Term | undefined {
  const { tree } = lowering;
  const tag = tagOf(tree, node);
  if (tag === Tag.Other && !maySteer(opOf(tree, node))) return undefined;
  const children = childrenOf(tree, node);
  switch (tag) {
    case Tag.If: {
      const condition = firstChildWithRole(tree, node, Role.Condition);
      const [first] = children;
      const tested = condition >= 0 ? condition : first;
      const isElse = (child: number): boolean => roleOf(tree, child) === Role.Alternative || tagOf(tree, child) === Tag.Else;
      const rest = children.filter((child) => child !== tested);
      const truth = condition < 0 || rest.filter((child) => !isElse(child)).length > 1 ? undefined : lowering.decisions.truthOf(condition);
      const possible = truth === undefined ? rest : rest.filter((child) => isElse(child) !== truth);
      const branches = possible.map((child) => lowering.term(child));
      const complete = truth === true || children.some(isElse);
      return { kind: 'if', node: -1, condition: tested === undefined ? NOTHING : lowering.term(tested), branches, complete };
    }
    case Tag.Try:
      return tryTerm(lowering, children);
    case Tag.Return:
      lowering.outerNode[node] = lowering.outer;
      return { kind: 'return', node, value: valueOf(lowering, children) };
    default:
      return lowerOtherControl(lowering, node, children, internedText(opOf(tree, node)));
  }
}

/** Words that the kinds of nodes below begin with, or hold. */
const STEERS =
  /^(?:break|continue|next|throw|raise|yield|return|goto|label|as_pattern|let_condition|for|while|until|loop|do|repeat|async|switch|case|match|when|select|expression_|type_|communication_)|comprehension|generator_expression|enhanced_for|range_loop/;
const steering = new Map<number, boolean>();

/** Whether a node of this kind may be one of those below: most are not, and are asked about again and again. */
function maySteer(op: number): boolean {
  let answer = steering.get(op);
  if (answer === undefined) steering.set(op, (answer = STEERS.test(internedText(op))));
  return answer;
}

function valueOf(lowering: Lowering, nodes: readonly number[]): Term | undefined {
  const [only, second] = nodes;
  if (second !== undefined)
    return {
      kind: 'elements',
      node: -1,
      parts: nodes.map((node) => ({ name: undefined, value: lowering.term(node), spread: false, functions: [] })),
    };
  return only === undefined ? undefined : lowering.term(only);
}

function lowerOtherControl(lowering: Lowering, node: number, children: readonly number[], kind: string): Term | undefined {
  const { tree } = lowering;
  const word = kind.split(' ', 1)[0] ?? '';
  if (/^(?:break|continue|next)(?:_|$)/.test(word)) {
    const label = children.find((child) => tagOf(tree, child) === Tag.Ident);
    return { kind: word.startsWith('break') ? 'break' : 'continue', label: label === undefined ? undefined : textOf(tree, label) };
  }
  if (/^(?:throw|raise)(?:_|$)/.test(word)) return { kind: 'throw', value: valueOf(lowering, children) };
  if (/^(?:yield|return)(?:_|$)/.test(word)) lowering.outerNode[node] = lowering.outer;
  if (/^yield(?:_|$)/.test(word)) return { kind: 'yield', node, value: valueOf(lowering, children) };
  if (/^return(?:_|$)/.test(word)) return { kind: 'return', node, value: valueOf(lowering, children) };
  if (word.startsWith('goto') && children[0] !== undefined) return { kind: 'goto', label: textOf(tree, children[0]) };
  if (/^label(?:$|ed)/.test(word)) return labelled(lowering, children);
  if (/comprehension|^generator_expression/.test(word)) return comprehension(lowering, children);
  if (word.startsWith('for_expression') && children.some((child) => internedText(opOf(tree, child)) === 'enumerators'))
    return enumerators(lowering, children);
  if (DO.test(kind)) return whileTerm(lowering, children, 'body', labelOf(lowering, node));
  if (WHILE.test(kind)) return whileTerm(lowering, children, 'condition', labelOf(lowering, node));
  if (FOR_EACH.test(kind) || word.startsWith('for_')) {
    const each = FOR_EACH.test(kind) || children.some((child) => roleOf(tree, child) === Role.Left);
    return each ? forEach(lowering, node, children) : forClassic(lowering, node, children);
  }
  // A `case` of its own, where the language has functions of cases.
  if (/^case$/.test(kind) && !isCaseOfSwitch(lowering, node) && !children.some((child) => CASE.test(internedText(opOf(tree, child)))))
    return caseFunction(lowering, children);
  if (SWITCH.test(kind) && !isCaseOfSwitch(lowering, node)) return switchTerm(lowering, node, children, kind);
  if (word === 'as_pattern') {
    const [value, target] = children;
    if (value === undefined || target === undefined) return undefined;
    const inner = childrenOf(tree, target);
    const places: Target = { kind: 'all', targets: (inner.length === 0 ? [target] : inner).map((at) => lowerTarget(lowering, at)) };
    return {
      kind: 'assign',
      node,
      target: inner.length === 1 ? lowerTarget(lowering, inner[0] as number) : places,
      value: lowering.term(value),
      hidden: false,
    };
  }
  if (word === 'let_condition') {
    const value = firstChildWithRole(tree, node, Role.Value);
    const [pattern] = children;
    if (value < 0 || pattern === undefined) return undefined;
    return { kind: 'assign', node, target: placesIn(lowering, pattern), value: lowering.term(value), hidden: true };
  }
  return undefined;
}

function isCaseOfSwitch({ tree }: Lowering, node: number): boolean {
  let parent = parentOf(tree, node);
  if (parent >= 0 && (tagOf(tree, parent) === Tag.Block || /_(?:body|block)$/.test(internedText(opOf(tree, parent)))))
    parent = parentOf(tree, parent);
  if (parent < 0 || tagOf(tree, parent) !== Tag.Other) return false;
  return CASE.test(internedText(opOf(tree, node))) && SWITCH.test(internedText(opOf(tree, parent)));
}

function labelOf({ tree }: Lowering, node: number): string | undefined {
  const parent = parentOf(tree, node);
  if (parent < 0 || !internedText(opOf(tree, parent)).startsWith('label')) return undefined;
  const [name] = childrenOf(tree, parent);
  return name === undefined ? undefined : textOf(tree, name);
}

function labelled(lowering: Lowering, children: readonly number[]): Term {
  const [name, ...rest] = children;
  const label: Term = { kind: 'label', label: name === undefined ? '' : textOf(lowering.tree, name) };
  return { kind: 'block', terms: [label, ...rest.map((child) => lowering.term(child))] };
}

function tryTerm(lowering: Lowering, children: readonly number[]): Term {
  const { tree } = lowering;
  const before: Term[] = [];
  const bodies: Term[] = [];
  const handlers: Term[] = [];
  let otherwise: Term | undefined;
  let last: Term | undefined;
  for (const child of children) {
    const tag = tagOf(tree, child);
    if (tag === Tag.Catch)
      handlers.push(
        lowering.block(childrenOf(tree, child).filter((part) => tagOf(tree, part) === Tag.Block || roleOf(tree, part) === Role.Body)),
      );
    else if (tag === Tag.Else) otherwise = lowering.block(childrenOf(tree, child));
    else if (tag === Tag.Finally) last = lowering.block(childrenOf(tree, child));
    else if (tag === Tag.Block) bodies.push(lowering.term(child));
    else before.push(lowering.term(child));
  }
  return { kind: 'block', terms: [...before, { kind: 'try', body: { kind: 'block', terms: bodies }, handlers, otherwise, last }] };
}

function split(
  lowering: Lowering,
  children: readonly number[],
): { readonly bodies: readonly number[]; readonly others: readonly number[]; readonly otherwise: Term | undefined } {
  const { tree } = lowering;
  const bodies = children.filter((child) => roleOf(tree, child) === Role.Body || tagOf(tree, child) === Tag.Block);
  const elses = children.filter((child) => tagOf(tree, child) === Tag.Else);
  const others = children.filter((child) => !bodies.includes(child) && !elses.includes(child));
  return { bodies, others, otherwise: elses.length === 0 ? undefined : lowering.block(elses.flatMap((child) => childrenOf(tree, child))) };
}

function whileTerm(lowering: Lowering, children: readonly number[], first: 'condition' | 'body', label: string | undefined): Term {
  const { bodies, others, otherwise } = split(lowering, children);
  return {
    kind: 'loop',
    before: undefined,
    condition: others.length === 0 ? undefined : lowering.block(others),
    body: lowering.block(bodies),
    update: undefined,
    first,
    otherwise,
    label,
  };
}

function forClassic(lowering: Lowering, node: number, children: readonly number[]): Term {
  const { tree } = lowering;
  const { bodies, others, otherwise } = split(lowering, children);
  const at = others.findIndex((child) => roleOf(tree, child) === Role.Condition);
  const before = at < 0 ? others.filter((child) => isInitial(lowering, child)) : others.slice(0, at);
  const update = others.filter((child, i) => i !== at && !before.includes(child));
  return {
    kind: 'loop',
    before: lowering.block(before),
    condition: at < 0 ? undefined : lowering.term(others[at] as number),
    body: lowering.block(bodies),
    update: lowering.block(update),
    first: 'condition',
    otherwise,
    label: labelOf(lowering, node),
  };
}

function isInitial({ tree }: Lowering, node: number): boolean {
  return tagOf(tree, node) === Tag.VarDef || tagOf(tree, node) === Tag.Assign;
}

function forEach(lowering: Lowering, node: number, children: readonly number[]): Term {
  const { tree } = lowering;
  const { bodies, others, otherwise } = split(lowering, children);
  const target = others.find((child) => roleOf(tree, child) === Role.Left) ?? (others.length > 1 ? others[0] : undefined);
  const iterable = others.find((child) => roleOf(tree, child) === Role.Right) ?? others.findLast((child) => child !== target);
  const value = iterable === undefined ? NOTHING : lowering.term(iterable);
  const element: Term[] = target === undefined ? [value] : [next(lowering, target, value)];
  return {
    kind: 'loop',
    before: undefined,
    condition: { kind: 'block', terms: element },
    body: lowering.block(bodies),
    update: undefined,
    first: 'condition',
    otherwise,
    label: labelOf(lowering, node),
  };
}

/** `target` takes the next element of what is gone through: any part of it. */
function next(lowering: Lowering, target: number, iterable: Term): Term {
  const { tree } = lowering;
  const tag = tagOf(tree, target);
  // `$key => $value`
  const lowered: Target =
    tag === Tag.Pair
      ? { kind: 'all', targets: childrenOf(tree, target).map((child) => lowerTarget(lowering, child)) }
      : lowerTarget(lowering, target);
  return {
    kind: 'assign',
    node: target,
    target: lowered,
    // Any of its elements.
    value: { kind: 'part', node: -1, object: iterable, key: ELEMENT_KEY, indexes: [] },
    hidden: true,
  };
}

function comprehension(lowering: Lowering, children: readonly number[]): Term {
  const { tree } = lowering;
  const [body, ...clauses] = children;
  const terms = clauses.map((clause) => {
    const parts = childrenOf(tree, clause);
    const target = parts.find((part) => roleOf(tree, part) === Role.Left);
    const iterable = parts.find((part) => roleOf(tree, part) === Role.Right);
    if (target !== undefined && iterable !== undefined) return next(lowering, target, lowering.term(iterable));
    return lowering.block(parts);
  });
  // Any element is the body's value; of a dictionary what stands under any key.
  const [key, value] = body !== undefined && tagOf(tree, body) === Tag.Pair ? childrenOf(tree, body) : [];
  const entries =
    key === undefined || value === undefined
      ? [{ key: ANY_KEY, parts: [body === undefined ? NOTHING : lowering.term(body)] }]
      : [
          { key: KEYS_KEY, parts: [lowering.term(key)] },
          { key: ANY_KEY, parts: [lowering.term(value)] },
        ];
  const elements: Term = { kind: 'record', node: -1, entries };
  return { kind: 'sequence', node: -1, parts: [...terms, elements] };
}

/** `for (x <- xs; y <- f(x)) body`. */
function enumerators(lowering: Lowering, children: readonly number[]): Term {
  const { tree } = lowering;
  const terms: Term[] = [];
  for (const child of children) {
    if (internedText(opOf(tree, child)) !== 'enumerators') continue;
    for (const one of childrenOf(tree, child)) {
      const [target, value, ...guards] = childrenOf(tree, one);
      if (target !== undefined && value !== undefined) terms.push(next(lowering, target, lowering.term(value)));
      terms.push(...guards.map((guard) => lowering.term(guard)));
    }
  }
  const body = lowering.block(children.filter((child) => internedText(opOf(tree, child)) !== 'enumerators'));
  return { kind: 'sequence', node: -1, parts: [...terms, { kind: 'if', node: -1, condition: NOTHING, branches: [body], complete: false }] };
}

function switchTerm(lowering: Lowering, node: number, children: readonly number[], kind: string): Term {
  const { tree } = lowering;
  const isCase = (child: number): boolean => CASE.test(internedText(opOf(tree, child))) && tagOf(tree, child) === Tag.Other;
  const cases: number[] = [];
  const subjects: number[] = [];
  for (const child of children) {
    if (isCase(child) || tagOf(tree, child) === Tag.Else) cases.push(child);
    else if (tagOf(tree, child) === Tag.Block || roleOf(tree, child) === Role.Body) cases.push(...childrenOf(tree, child));
    else subjects.push(child);
  }
  const matches = /^(?:match|case case|case$)/.test(kind) && flowTraitsOf(tree.grammar).casesBind;
  const subject = subjectTerm(lowering, node, subjects);
  const falls = FALLS.test(kind) && flowTraitsOf(tree.grammar).casesFall;
  const possible = possibleCases(lowering, subjects, cases, falls);
  let complete = possible.certain;
  const lowered = possible.cases.map((one) => {
    const { tests, bodies } = partsOfCase(lowering, one);
    if (tests.every((test) => /(?:^|\s)(?:default|_|else)$/.test(internedText(opOf(tree, test))))) complete = true;
    const patterns: Term[] = matches
      ? tests.map((test) => ({
          kind: 'assign',
          node: test,
          target: placesIn(lowering, test),
          value: { kind: 'union', node: -1, parts: [subject.again], result: 'any' },
          hidden: true,
        }))
      : tests.map((test) => lowering.term(test));
    return { tests: patterns, body: lowering.block(bodies) };
  });
  return {
    kind: 'switch',
    subject: subject.once,
    cases: lowered,
    falls,
    complete,
  };
}

function partsOfCase({ tree }: Lowering, one: number): { readonly tests: readonly number[]; readonly bodies: readonly number[] } {
  const parts = childrenOf(tree, one);
  const blocks = parts.filter((part) => roleOf(tree, part) === Role.Body || tagOf(tree, part) === Tag.Block);
  const lastPart = parts.at(-1);
  const bodies = blocks.length > 0 ? blocks : lastPart === undefined || tagOf(tree, one) === Tag.Else ? parts : [lastPart];
  return { tests: parts.filter((part) => !bodies.includes(part)), bodies };
}

/** Without cases that the text rules out; where one case goes on into the next, all may run. */
function possibleCases(
  lowering: Lowering,
  subjects: readonly number[],
  cases: readonly number[],
  falls: boolean,
): { readonly cases: readonly number[]; /** The last of them runs, or one before. */ readonly certain: boolean } {
  const [subject, second] = subjects;
  const value = subject === undefined || second !== undefined || falls ? undefined : lowering.decisions.valueOf(subject);
  if (value === undefined) return { cases, certain: false };
  const possible: number[] = [];
  for (const one of cases) {
    const { tests } = partsOfCase(lowering, one);
    const [test, guard] = tests;
    const answer = test === undefined || guard !== undefined ? undefined : lowering.decisions.fits(value, test);
    if (answer !== false) possible.push(one);
    if (answer === true) return { cases: possible, certain: true };
  }
  return { cases: possible, certain: false };
}

/** What is looked at; a variable that a type switch declares stands for it. */
function subjectTerm(
  lowering: Lowering,
  node: number,
  subjects: readonly number[],
): { readonly once: Term | undefined; readonly again: Term } {
  const { tree } = lowering;
  const [first, second] = subjects;
  if (internedText(opOf(tree, node)).startsWith('type_switch') && first !== undefined && second !== undefined) {
    const assign: Term = { kind: 'assign', node, target: lowerTarget(lowering, first), value: lowering.term(second), hidden: true };
    return { once: assign, again: NOTHING };
  }
  const once = subjects.length === 0 ? undefined : lowering.block(subjects);
  return { once, again: once ?? NOTHING };
}

/** `{ case (k, v) => ... }` as an argument: what it is given is not known here. */
function caseFunction(lowering: Lowering, children: readonly number[]): Term {
  const bodies = children.filter((child) => tagOf(lowering.tree, child) === Tag.Block);
  return { kind: 'if', node: -1, condition: NOTHING, branches: [lowering.block(bodies)], complete: false };
}
