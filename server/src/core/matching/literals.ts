/**
 * Numbers, constants and regular expressions as literals: when two spellings are the same value, and when a name stands
 * for one.
 */
import { numberOf } from '../language/constants.js';
import { ELLIPSIS, metavariableOf } from '../language/holes.js';
import { internedText } from '../language/interner.js';
import { Tag } from '../language/tags.js';
import { nextOf, startOf, textOf } from '../language/tree.js';
import type { NodePattern } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import type { Matching, Then } from './context.js';
import { bind } from './holes.js';

/** A number, `true`, `none` ... against what is known to be that value. */
export function matchLiteral(m: Matching, p: NodePattern, t: number, env: Env | undefined, then: Then): void {
  const constant = m.constants.valueOf(t, true);
  if (constant === undefined) return;
  if (constant.kind === 'string') {
    if (m.traits.literalsCoerce && (p.tag === Tag.Num ? p.text : internedText(p.op)) === constant.value) then(env);
  } else if (p.tag === Tag.Num && constant.kind === 'number' && sameNumber(p.text, constant.text)) then(env);
  else if (p.tag === Tag.Const) {
    const word = internedText(p.op);
    if (constant.kind === 'boolean' ? word === String(constant.value) : constant.kind === 'null' && (word === 'none' || word === 'null'))
      then(env);
  }
}

/** `255` and `0xff` are the same. */
export function sameNumber(a: string, b: string): boolean {
  if (a === b) return true;
  const x = numberOf(a);
  return !Number.isNaN(x) && x === numberOf(b);
}

/** `/.../` takes any, `/$X/` binds what is between the slashes. */
export function matchRegexLiteral(m: Matching, wanted: string, t: number, env: Env | undefined, then: Then): void {
  const text = textOf(m.tree, t);
  const [, hole = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(wanted) ?? [];
  const metavariable = metavariableOf(hole);
  const close = text.lastIndexOf('/');
  // Flags that the pattern names must be there; without any, all do.
  if (flags !== '' && text.slice(close + 1) !== flags) return;
  if (text === wanted || text.slice(0, close + 1) === wanted || hole === '...' || hole === ELLIPSIS) then(env);
  else if (metavariable !== undefined && nextOf(m.tree, t) === t + 1) {
    const start = startOf(m.tree, t);
    bind(m, metavariable, { kind: 'text', text: text.slice(1, close), start: start + 1, end: start + close }, env, then);
  }
}
