/**
 * String patterns: exact text, `"..."`, `"$X"`, `"=~/.../"`, and the pieces of an interpolated string. A string is also
 * what a constant holds, when constants are propagated.
 */
import { ellipsisMetavariableOf, metavariableOf } from '../language/holes.js';
import { Role, Tag } from '../language/tags.js';
import { endOf, opOf, roleOf, startOf, tagOf, textOf } from '../language/tree.js';
import type { PatternNode, StringPattern } from '../pattern/pattern.js';
import type { Env } from './bindings.js';
import { childrenOf, type Matching, type Then } from './context.js';
import { bind, boundNodes } from './holes.js';

/** A string pattern against a string, or whatever holds a known one. */
export function matchString(m: Matching, p: StringPattern, t: number, env: Env | undefined, then: Then): void {
  const { tree } = m;
  const tag = tagOf(tree, t);
  if (p.content.kind === 'joined') {
    if (tag === Tag.Str && childrenOf(m, t).some((piece) => tagOf(tree, piece) === Tag.StrText && opOf(tree, piece) !== 0)) then(env);
    return;
  }
  let text: string | undefined;
  let start = startOf(tree, t);
  let end = endOf(tree, t);
  if (tag === Tag.Str) {
    const pieces = childrenOf(m, t);
    const first = pieces[0];
    const last = pieces.at(-1);
    if (first !== undefined && last !== undefined) {
      start = startOf(tree, first);
      end = endOf(tree, last);
    } else {
      start = Math.min(start + 1, end);
      end = start;
    }
    text = plainText(m, t);
    // In Bash "$X" and "..." take any double-quoted string, expansions included: quoting is what the pattern asks for.
    if (text === undefined && m.traits.bareWords && (p.content.kind === 'any' || p.content.kind === 'metavariable'))
      text = tree.text.slice(start, end);
  } else if (m.traits.literalsCoerce && p.content.kind === 'exact' && (tag === Tag.Num || tag === Tag.Const)) {
    if (p.content.text === textOf(tree, t)) then(env);
    return;
  } else if (m.traits.keysAreNames && tag === Tag.Ident && roleOf(tree, t) === Role.Key) text = textOf(tree, t);
  else if (m.traits.bareWords && tag === Tag.Ident && p.content.kind === 'exact') text = textOf(tree, t);
  if (text === undefined && m.options.constantPropagation) {
    const constant = m.constants.valueOf(t, true);
    if (constant?.kind === 'string') {
      text = constant.value;
      // The text stands where the literal stands: that is where a reader must look, and what Semgrep reports.
      const first = constant.literal === undefined ? undefined : childrenOf(m, constant.literal)[0];
      if (constant.literal !== undefined) {
        start = startOf(tree, first ?? constant.literal);
        end = endOf(tree, first === undefined ? constant.literal : (childrenOf(m, constant.literal).at(-1) ?? first));
      }
    }
  }
  if (text === undefined) {
    if (p.content.kind === 'any' && m.options.constantPropagation && m.constants.isString(t)) then(env);
    return;
  }
  const { content } = p;
  switch (content.kind) {
    case 'any':
      then(env);
      return;
    case 'exact':
      if (text === content.text) then(env);
      return;
    case 'regex':
      if (content.regex.find(text, 0, m.budget) !== undefined) then(env);
      return;
    case 'metavariable':
      bind(m, content.name, { kind: 'text', text, start, end }, env, then);
  }
}

/** The text of a string literal at `t`; undefined where it has interpolations. */
export function plainText(m: Matching, t: number): string | undefined {
  const pieces = childrenOf(m, t);
  if (pieces.some((piece) => tagOf(m.tree, piece) !== Tag.StrText)) return undefined;
  const value = m.traits.stringValue?.(m.tree, t);
  if (value !== undefined) return value;
  return pieces.map((piece) => textOf(m.tree, piece)).join('');
}

/** Pieces of an interpolated string: `...` as text takes any pieces, text never matches an interpolation. */
export function matchPieces(
  m: Matching,
  ps: readonly PatternNode[],
  i: number,
  ts: readonly number[],
  j: number,
  env: Env | undefined,
  then: Then,
): void {
  const joint = ts[j];
  if (joint !== undefined && tagOf(m.tree, joint) === Tag.StrText && opOf(m.tree, joint) !== 0) {
    matchPieces(m, ps, i, ts, j + 1, env, then);
    return;
  }
  const p = ps[i];
  if (p === undefined) {
    if (j === ts.length) then(env);
    return;
  }
  const text = p.kind === 'node' && p.tag === Tag.StrText ? p.text : undefined;
  if (text === '...' || p.kind === 'ellipsis') {
    for (let k = j; k <= ts.length; k++) matchPieces(m, ps, i + 1, ts, k, env, then);
    return;
  }
  const several = text === undefined ? undefined : ellipsisMetavariableOf(text);
  if (several !== undefined || p.kind === 'ellipsis-metavariable') {
    const name = several ?? (p.kind === 'ellipsis-metavariable' ? p.name : '');
    for (let k = i === ps.length - 1 ? ts.length : j; k <= ts.length; k++)
      bind(m, name, boundNodes(m, ts.slice(j, k), ts[j] ?? ts[0] ?? 0), env, (found) => matchPieces(m, ps, i + 1, ts, k, found, then));
    return;
  }
  const t = ts[j];
  if (t === undefined) return;
  const next = (found: Env | undefined): void => matchPieces(m, ps, i + 1, ts, j + 1, found, then);
  if (text !== undefined) {
    if (tagOf(m.tree, t) !== Tag.StrText) return;
    const metavariable = metavariableOf(text);
    if (metavariable !== undefined)
      bind(m, metavariable, { kind: 'text', text: textOf(m.tree, t), start: startOf(m.tree, t), end: endOf(m.tree, t) }, env, next);
    else if (textOf(m.tree, t) === text) next(env);
    return;
  }
  if (tagOf(m.tree, t) === Tag.StrInterp) m.match(m, p, t, env, false, next);
}
