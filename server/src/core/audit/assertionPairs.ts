/** Which assertion of the commit became of which of the parent's, and whether it says less. */
import type { Severity } from '../model/rule.js';
import { expectedParts, isNegative, type Assertion } from './assertions.js';

export function unpaired(old: readonly Assertion[], current: readonly Assertion[]): { lost: Assertion[]; fresh: Assertion[] } {
  const fresh = [...current];
  const without = (all: readonly Assertion[], same: (a: Assertion, b: Assertion) => boolean): Assertion[] =>
    all.filter((one) => {
      const at = fresh.findIndex((other) => same(one, other));
      if (at < 0) return true;
      fresh.splice(at, 1);
      return false;
    });
  const lost = without(old, (a, b) => a.key === b.key);
  return { lost: without(lost, isTurnedAround), fresh };
}

/** Whether the sides of a comparison for equality changed places, and nothing else did. */
function isTurnedAround({ key: a }: Assertion, { key: b }: Assertion): boolean {
  const [one, other] = [equalityOf(a), equalityOf(b)];
  if (one === undefined || other === undefined || a === b || one.form !== other.form || one.parts.length !== other.parts.length)
    return false;
  const different = one.parts.flatMap((part, at) => (part === other.parts[at] ? [] : [at]));
  const [first, second] = different;
  return (
    different.length === 2 &&
    one.parts[first as number] === other.parts[second as number] &&
    one.parts[second as number] === other.parts[first as number]
  );
}

/** What an assertion of equality compares, with how it does: the two sides of its sign, or all arguments of its call; undefined for any other. */
function equalityOf(key: string): { form: string; parts: readonly string[] } | undefined {
  const call = /^([\p{L}_.]*(?:[Ee]quals?|_eq)!?)\((.*)\);?$/su.exec(key);
  if (call !== null) return { form: call[1] as string, parts: split(call[2] as string, /^,/) };
  const said = key.replace(/^assert(?=.)/, '').replace(/;$/, '');
  const [compared = ''] = split(
    said.replace(/^\((.*)\)$/s, (whole, inner: string) => (isClosed(inner) ? inner : whole)),
    /^,/,
  );
  const sign = /[=!]==?/.exec(compared.replaceAll(/"[^"]*"/g, ''))?.[0];
  const parts = split(compared, /^[=!]==?/);
  return sign === undefined || parts.length !== 2 ? undefined : { form: sign, parts };
}

/** Code without layout, split where a separator stands outside of brackets and strings. */
function split(code: string, separator: RegExp): string[] {
  const parts = [''];
  let depth = 0;
  for (let at = 0; at < code.length;) {
    const rest = code.slice(at);
    const text = /^"[^"]*"/.exec(rest)?.[0];
    const between = depth === 0 ? separator.exec(rest)?.[0] : undefined;
    const piece = text ?? between ?? rest.slice(0, 1);
    at += piece.length;
    if (text === undefined && between !== undefined) {
      parts.push('');
      continue;
    }
    if (/^[([{]/.test(piece)) depth++;
    if (/^[)\]}]/.test(piece)) depth--;
    parts[parts.length - 1] += piece;
  }
  return parts;
}

/** Whether no bracket closes that was not opened: what stood between two brackets is one expression. */
function isClosed(code: string): boolean {
  let depth = 0;
  for (const [sign] of code.replaceAll(/"[^"]*"/g, '').matchAll(/[()]/g)) {
    depth += sign === '(' ? 1 : -1;
    if (depth < 0) return false;
  }
  return true;
}

/** Whether a new assertion expects what a lost one did, of something else or as a part of more. One that says no more stands for one only. */
export function says(fresh: readonly Assertion[], left: Assertion[], lost: Assertion): boolean {
  if (fresh.some((other) => isOfWhole(other, lost))) return true;
  const parts = expectedParts(lost);
  if (parts.length === 0 || isNegative(lost)) return false;
  const holds = (other: Assertion): boolean =>
    other.strength >= Math.min(7, lost.strength) && !isNegative(other) && parts.every((part) => other.key.includes(part));
  if (fresh.some((other) => holds(other) && other.key.length > lost.key.length * 1.5)) return true;
  const at = left.findIndex((other) => other.strength >= lost.strength && holds(other));
  if (at >= 0) left.splice(at, 1);
  return at >= 0;
}

/** Whether the whole is compared now of which a part was asked for, or its absence. */
function isOfWhole(now: Assertion, lost: Assertion): boolean {
  const at = lost.key.indexOf(now.subject);
  if (
    now.strength !== 10 ||
    now.subject.length < 4 ||
    at < 0 ||
    !/(?:["'\])]|\b)(?:not)?in$|toContain\(|contains?\(/i.test(lost.key.slice(0, at))
  )
    return false;
  return lost.key.slice(at + now.subject.length).replace(/[,)].*$/s, '') === '';
}

/** The assertion that took another one's place, and whether it surely is about the same. */
export interface Counterpart {
  readonly other: Assertion;
  readonly isSure: boolean;
}

/** The new assertion about the same thing; undefined for none. */
export function closest(assertion: Assertion, left: readonly Assertion[]): Counterpart | undefined {
  const positive = !isNegative(assertion);
  const candidates = left.filter((other) => !(positive && isNegative(other)));
  const own = subjectOf(assertion);
  const about = candidates.filter((other) => subjectOf(other) === own);
  const same =
    about.find(({ strength }) => strength === assertion.strength) ??
    about.find(({ strength }) => strength > assertion.strength) ??
    about[0] ??
    candidates.find((other) => isPartOf(own, subjectOf(other)) || (other.strength <= 4 && isPartOf(subjectOf(other), own))) ??
    (isThrown(assertion) ? candidates.find(isThrown) : undefined);
  if (same !== undefined) return { other: same, isSure: true };
  let best: Assertion | undefined;
  let most = 0.5;
  for (const other of candidates) {
    let common = 0;
    for (const name of assertion.names) if (other.names.has(name)) common++;
    const share = common / Math.max(1, Math.max(assertion.names.size, other.names.size));
    if (share < most || common === 0) continue;
    most = share;
    best = other;
  }
  if (best !== undefined && best.strength > 0) return { other: best, isSure: false };
  // `expect(true).toBe(true)` stands where something was asserted.
  const nothing = left.find(({ strength }) => strength === 0);
  return nothing === undefined ? undefined : { other: nothing, isSure: true };
}

/** What is asserted about, without how it is asked for: no brackets around all of it, no `await`, no optional chaining, no method that asserts. */
function subjectOf({ subject }: Assertion): string {
  return subject
    .replaceAll('?.', '.')
    .replace(/^await(?=[\p{L}_(])/u, '')
    .replace(/^\((.*)\)$/s, '$1')
    .replace(/\.(?:assert|should)_?\w*$/, '');
}

/** Whether one piece of code is the other with something asked of it: `result` of `result.length`, `load(x)` of `load(x).startsWith("a")`, `a` of `len(a)`. */
function isPartOf(part: string, whole: string): boolean {
  if (part.length < 3 || part.length >= whole.length) return false;
  if (whole.startsWith(part) && /^[.[!=<>&|+]|^(?:is|in|instanceof)(?=[\p{Lu}"(])/u.test(whole.slice(part.length))) return true;
  return /^[\p{L}_.!]+\($/u.test(whole.slice(0, whole.indexOf(part))) && /^[),]/.test(whole.slice(whole.indexOf(part) + part.length));
}

/** Whether it says that something is refused with an error. */
export function isThrown({ key }: Assertion): boolean {
  return /raises|throws?\b|throw[A-Z]|rejects|panics/i.test(key.slice(0, 200)) || /\.rejects\.|\.to(?:Throw|_raise)/.test(key);
}

/** Ways to say that there is nothing, and that there is something. */
const ABSENT = /\.toBe(?:Undefined|Null|Falsy)\(\)|isNone$|===?(?:null|nil|undefined)$|\.Nil\(|assert(?:IsNone|Null)\(/;
const PRESENT =
  /\.toBe(?:Defined|Truthy)\(\)|\.not\.toBe(?:Undefined|Null)\(\)|isnotNone$|!==?(?:null|nil|undefined)$|\.NotNil\(|assert(?:IsNotNone|NotNull)\(/;

const CALLED = /called|call_count|callcount|have_received/i;

/** Whether a new assertion says that what a lost one asserted is not so: what is right changed, and nothing says less. */
export function contradicts(lost: Assertion, other: Assertion): boolean {
  if (
    subjectOf(lost) === subjectOf(other) &&
    ((ABSENT.test(lost.key) && PRESENT.test(other.key)) || (PRESENT.test(lost.key) && ABSENT.test(other.key)))
  )
    return true;
  if (isOppositeComparison(lost.key, other.key)) return true;
  if (isNegative(lost) === isNegative(other)) return false;
  if (positiveKey(lost) === positiveKey(other)) return true;
  if (subjectOf(lost) !== subjectOf(other)) return false;
  const parts = expectedParts(isNegative(lost) ? lost : other);
  const against = isNegative(lost) ? other : lost;
  if (parts.length > 0) return parts.every((part) => against.key.includes(part));
  const denied = isNegative(lost) ? lost : other;
  return CALLED.test(denied.key) && CALLED.test(against.key);
}

/** Whether two keys are the same but for the sign that compares: `a is b` and `a is not b`, `==` and `!=`. */
function isOppositeComparison(a: string, b: string): boolean {
  const [is, not] = a.length < b.length ? [a, b] : [b, a];
  for (const word of ['is', 'in'])
    for (let at = not.indexOf(word === 'is' ? 'isnot' : 'notin'); at >= 0; at = not.indexOf(word === 'is' ? 'isnot' : 'notin', at + 1))
      if (`${not.slice(0, at)}${word}${not.slice(at + 5)}` === is) return true;
  const equal = (key: string): string => key.replace(/!==?/, (sign) => sign.replace('!', '='));
  return a !== b && (equal(a) === b || equal(b) === a);
}

/** Without its negation. */
function positiveKey({ key }: Assertion): string {
  return key
    .replaceAll('?.', '.')
    .replace(/\.(?:not|to_not|not_to)\b/, '')
    .replace(/\b(assert|require|is|does)(\w*\.)?(?:_?not_?|Not|doesNot|DoesNot)(?=[A-Z_])/, '$1$2')
    .replace(/notin/, 'in');
}

/** Whether both say as much of the same, with another value. */
export function expectsAnother(was: Assertion, now: Assertion): boolean {
  return (
    was.strength >= 7 &&
    now.strength >= 7 &&
    now.strength >= was.strength &&
    was.subject === now.subject &&
    unqualified(was.key) !== unqualified(now.key)
  );
}

/** With the last names of dotted ones only: where a name comes from says nothing about what is expected. */
function unqualified(key: string): string {
  return key.replaceAll(/(?<![\p{L}\p{N}_."])(?:[\p{Ll}_][\p{L}\p{N}_]*\.)+(?=\p{Lu})/gu, '').replaceAll(/[(),]/g, '');
}

const NOTHING = /^(?:None|null|nil|undefined|NULL)$/;
const IS_NOTHING =
  /(?:===?|\bis|is|[,(])(?:None|null|nil|undefined)\)*$|\.toBe(?:Null|Undefined)\(\)$|assert(?:IsNone|Null)\(|\.Nil\(|\.is_none\(\)/;
const BOUND =
  /(>=|<=|>|<)(-?\d+(?:\.\d+)?)$|(greater|above|more|less|below|least|most)\w*?(orequal\w*)?\((?:[^()]*,)?(-?\d+(?:\.\d+)?)\)$/i;

/** Whether what is expected now can't hold where the old expectation did: the behaviour changed, and nothing is asserted less. */
export function isContrary(was: Assertion, now: Assertion): boolean {
  if (was.strength < 7 || isNegative(was) || isNegative(now)) return false;
  const literal = literalOf(was) ?? (IS_NOTHING.test(was.key) ? 'None' : undefined);
  // Where there was nothing there is something.
  if (
    literal === 'None' &&
    was.strength === 9 &&
    !IS_NOTHING.test(now.key) &&
    [2, 5, 10].includes(now.strength) &&
    (subjectOf(now) === subjectOf(was) || isPartOf(subjectOf(was), subjectOf(now)))
  )
    return true;
  // That there is nothing is one value and no less exact than another.
  if (IS_NOTHING.test(now.key) && (now.subject === was.subject || was.subject.startsWith(`${now.subject}.`)))
    return literal === undefined || !NOTHING.test(literal);
  // Neither does what is empty say less than a text that is not, nor than one without letters.
  if (EMPTY.test(now.key) && subjectOf(now) === subjectOf(was)) return literal === undefined || /^"[^"]*"$/.test(literal);
  if (literal === undefined) return false;
  const value = Number(literal);
  const bound = BOUND.exec(now.key);
  if (bound !== null && literal !== '' && !Number.isNaN(value)) {
    const limit = Number(bound[2] ?? bound[5]);
    const word = (bound[3] ?? '').toLowerCase();
    if (bound[1] === '>' || (/greater|above|more/.test(word) && bound[4] === undefined)) return value <= limit;
    if (bound[1] === '>=' || /greater|least/.test(word)) return value < limit;
    if (bound[1] === '<' || (/less|below/.test(word) && bound[4] === undefined)) return value >= limit;
    return value > limit;
  }
  // A part of a text has to be a part of the old one.
  const part =
    /^(?:assert)?"([^"]{3,})"in(?=\w)|\.(?:toContain|toMatch|toInclude|include|contains?)\("([^"]{3,})"\)$|\.Contains\([^"]*"([^"]{3,})"\)$/.exec(
      now.key,
    );
  if (part !== null && literal.startsWith('"')) return !literal.includes((part[1] ?? part[2] ?? part[3]) as string);
  // One of several: the old one has to be among them.
  if (/\bin[([{]|[\])}"\w]in[([{]/.test(now.key) && /^"|^\d/.test(literal) === true) return !now.key.includes(literal.replaceAll('"', ''));
  // True or false of what was a text or a number.
  if (
    /(?:===?|is)(?:False|false)$|\.toBe\(false\)$|assert_?False\(|\.False\(|^assertnot(?![a-z])/.test(now.key) &&
    now.subject === was.subject
  )
    return !/^(?:False|false|0|"")$/.test(literal);
  return /(?:===?|is)(?:True|true)$|\.toBe\(true\)$/.test(now.key) && now.subject === was.subject && !/^(?:True|true)$/.test(literal);
}

/** The only literal that an assertion compares with, as code without layout; undefined where there is none or more. */
function literalOf({ key, subject }: Assertion): string | undefined {
  const at = key.indexOf(subject);
  // Texts one after the other are one.
  const rest = (at < 0 ? key : `${key.slice(0, at)} ${key.slice(at + subject.length)}`).replaceAll(/"([^"]+)""([^"]+)"/g, '"$1$2"');
  const literals =
    rest.match(
      /"[^"]*"|(?<![\p{L}\p{N}_.])-?\d+(?:\.\d+)?(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_.])(?:None|null|nil|undefined|True|true|False|false)(?![\p{L}\p{N}_])/gu,
    ) ?? [];
  return literals.length === 1 ? literals[0] : undefined;
}

/** Whether a further new assertion is about what a weakened one was about, by a name or by what was expected: both together may say as much. */
export function completes(other: Assertion, lost: Assertion): boolean {
  if (other.strength < 4) return false;
  const known = names(lost.key);
  const subject = names(lost.subject);
  return (
    [...other.names].some((name) => name.length > 2 && known.has(name)) ||
    (other.strength >= 7 && [...names(other.key)].some((name) => name.length > 2 && subject.has(name))) ||
    takesOver(other, lost)
  );
}

/** Whether a new assertion expects what a weakened one did, of whatever it is about. */
export function takesOver(other: Assertion, lost: Assertion): boolean {
  if (other.strength < 7) return false;
  const own = names(lost.subject);
  const expected = [...names(lost.key.replace(lost.subject, ' '))].filter(
    (name) => name.length > 3 && !own.has(name) && !/^assert|^expect|^to[A-Z]/.test(name),
  );
  const said = names(other.key);
  return expected.some((name) => said.has(name)) || expectedParts(lost).some((part) => other.key.includes(part));
}

function names(code: string): ReadonlySet<string> {
  return new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
}

export function weakerThan(was: Assertion, now: Assertion): { message: string; severity: Severity } | undefined {
  // The opposite is expected now: what is right changed.
  const plain = (key: string): string => key.replace(/\.(?:not|to_not|not_to)\b/, '');
  if (was.key !== now.key && plain(was.key) === plain(now.key)) return undefined;
  if (failsForLess(was.key, now.key)) return undefined;
  if (now.strength === 0 && was.strength > 0)
    return { message: 'this assertion says nothing any more: it is always true', severity: 'WARNING' };
  if (now.strength < was.strength) {
    // How many there are is said in many ways; that there is none is one of them.
    if (SIZES.test(was.key) && (EMPTY.test(now.key) || (SIZES.test(now.key) && now.strength >= 7))) return undefined;
    if (saysTheSameValue(was, now) || hasOneMorePart(was, now) || isNoError(was, now)) return undefined;
    const drop = was.strength - now.strength;
    if (holdsAll(was.key, now.key)) return undefined;
    if (was.strength <= 4 && now.strength >= 3) return undefined;
    const parts = expectedParts(was);
    const asksForSame =
      was.strength === 7 && now.strength === 4 && parts.length > 0 && parts.every((part) => now.key.includes(`"${part}"`));
    return {
      message: `this assertion says less than before: ${NAMES[was.strength]} became ${NAMES[now.strength]}`,
      severity: (drop >= 3 && !comparesBoth(was, now) && !asksForSame) || (was.strength === 8 && now.strength === 3) ? 'WARNING' : 'INFO',
    };
  }
  if (
    now.strength === was.strength &&
    now.subject === was.subject &&
    was.tolerance !== undefined &&
    now.tolerance !== undefined &&
    Math.sign(now.tolerance) === Math.sign(was.tolerance) &&
    now.tolerance > was.tolerance
  )
    return {
      message: `this assertion allows more than before: ${Math.abs(was.tolerance)} became ${Math.abs(now.tolerance)}`,
      severity: 'WARNING',
    };
  return undefined;
}

/** Whether what was nothing is no error now: `require.NoError(t, run())` for `assert.Nil(t, run())`. */
function isNoError(was: Assertion, now: Assertion): boolean {
  return IS_NOTHING.test(was.key) && /no_?err/i.test(now.key.replace(now.subject, '')) && subjectOf(was) === subjectOf(now);
}

/** Whether all of an object is expected as before, and beside it something of whatever value. */
function hasOneMorePart({ key: was }: Assertion, { key: now }: Assertion): boolean {
  const open = was.lastIndexOf('}');
  return open > 0 && now.length > was.length && now.startsWith(was.slice(0, open)) && /\bANY\b|\bany(?:thing)?\(/i.test(now.slice(open));
}

/** Whether a function is asked now about all that was equal before: `assert.True(equivalent(a, b))` for `assert.Equal(a, b)`. */
function comparesBoth(was: Assertion, now: Assertion): boolean {
  if (was.strength !== 10 || now.strength !== 4 || was.names.size < 2) return false;
  return /[\p{L}\d_]\([^()]+,[^()]+\)\)*$/u.test(now.key) && [...was.names].every((name) => now.names.has(name));
}

/** Whether the same number is asked of a size now, or the same text is the beginning of a pattern that holds for the whole. */
function saysTheSameValue(was: Assertion, now: Assertion): boolean {
  // `x.is_absent()` for `x == absent()`.
  const asked = /\.is_?(\p{L}{4,})\(\)\)*$/u.exec(now.key)?.[1];
  if (asked !== undefined && !/^(?:valid|true|some|equal)/i.test(asked) && was.key.toLowerCase().includes(asked.toLowerCase())) return true;
  const literal = literalOf(was);
  if (literal === undefined || now.strength < 7) return false;
  if (/^\d+$/.test(literal)) return SIZES.test(now.key) && literalOf(now) === literal;
  const whole = /\/\^(.*)\$\/|r?"\^(.*)\$"/s.exec(now.key);
  const inner = literal.replaceAll('"', '');
  return inner.length > 2 && (whole?.[1] ?? whole?.[2])?.startsWith(inner) === true;
}

/** Whether a test fails under one of two conditions now that both had to hold: it says more. */
function failsForLess(was: string, now: string): boolean {
  const condition = (key: string): string => (/^if(.+?)\{/s.exec(key)?.[1] ?? '').replace(/^.*;/s, '');
  const [both, one] = [condition(was).split('&&'), condition(now)];
  return both.length > 1 && one !== '' && both.includes(one);
}

/** Whether what was expected as a whole is expected with more beside it. */
function holdsAll(was: string, now: string): boolean {
  const all = /\(\{(.{12,}?),?\}\)+$/s.exec(was)?.[1];
  const part = /\(\{(.{12,}?),?\}\)+$/s.exec(now)?.[1];
  return all !== undefined && part !== undefined && part.length > all.length && part.includes(all);
}

const SIZES = /_once\(|len(?:gth)?\b|size\b|count\b|Len\(/i;
const EMPTY = /\.(?:Empty|Zero|Nil)\(|isEmpty\(\)|toBeEmpty|assertEmpty|assert_empty|be_empty\b|is_empty\(\)/;

const NAMES = {
  0: 'nothing',
  2: 'its being there',
  3: 'any error or any other value',
  4: 'true or false',
  5: 'a type',
  6: 'a bound',
  7: 'a part',
  8: 'a certain error or nearly a value',
  9: 'that there is nothing',
  10: 'an exact value',
} as const;
