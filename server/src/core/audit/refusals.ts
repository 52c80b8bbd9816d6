/** Whether a piece of code refuses to go on, and by what: an exception, an error as a value, a status of a response. And numbers as code spells them. */
import type { SyntaxTree } from '../language/tree.js';
import { textOf } from '../language/tree.js';
import { internedText } from '../language/interner.js';
import { Tag } from '../language/tags.js';
import type { CheckKind } from './report.js';
import { calleeText } from './units.js';
import { words } from './words.js';

const REFUSING =
  /\b(?:a?raise(?! for status\b)|throw|panic|abort|deny|denied|forbidden|unauthori[sz]ed|bad request|halt|bail|http error|unprocessable\w*|too many requests|not allowed|permission error|value error|new error|errorf)\b|^(?:\w+ )?(?:err|error|fail|next|reject)$/;
/** It may only leave, or show something. */
const LEAVING = /\b(?:exit|die|fatal\w*|not found|error|fail|failure|redirect|problem|invalid|reject)\b/;

/** `weakly`: it only leaves, with nothing or with a plain "no". */
export function refuses(tree: SyntaxTree, block: number): 'yes' | 'weakly' | 'no' {
  const limit = tree.next[block] as number;
  let weakly = false;
  for (let i = block; i < limit; i++) {
    const tag = tree.tag[i];
    // What is inside a block of its own (a loop, another condition, a handler) refuses under more than this condition.
    if (tag === Tag.Func || (tag === Tag.Block && i !== block)) {
      i = (tree.next[i] as number) - 1;
      continue;
    }
    if (tag === Tag.Other && /^(?:raise|throw)/.test(internedText(tree.op[i] as number))) return 'yes';
    if (tag === Tag.Call || tag === Tag.New) {
      const callee = calleeText(tree, i) ?? '';
      if (/(?:^|\.)(?:log|logger|logging|console|print|println)\b/i.test(callee)) continue;
      const name = words(callee.split('.').slice(-2).join('.'));
      if (REFUSING.test(name)) return 'yes';
      if (LEAVING.test(name)) weakly = true;
    }
    if (tag === Tag.Return) {
      const text = textOf(tree, i);
      // What is shown instead refuses nothing.
      if (/^return\s*\(?\s*(?:<[A-Za-z>]|html`)/.test(text)) continue;
      if (/\b(?:err|error|Err|4\d\d)\b|error|denied|forbidden|unauthori|refus|reject|invalid/i.test(text)) return 'yes';
      if (/^return\s*(?:false|False|None|null|nil|undefined)?;?$/.test(text.trim())) weakly = true;
    }
    if (tag === Tag.Num && /^4[0-3]\d$/.test(textOf(tree, i))) return 'yes';
  }
  return weakly ? 'weakly' : 'no';
}

/** The kind of check that a status of the refusing response stands for. */
export function refusalStatus(tree: SyntaxTree, block: number): CheckKind | undefined {
  // A constant of what is forbidden in something is no answer.
  const text = textOf(tree, block).replaceAll(/\b[A-Z\d_]*(?:FORBIDDEN|UNAUTHORIZED|NOT_ALLOWED|DENIED)_[A-Z\d_]+\b/g, '');
  if (/\b401\b|unauthenticated|unauthorized/i.test(text)) return 'authentication';
  if (
    /\b403\b|forbidden|permission ?denied|access ?denied|(?:not|n't) ?(?:be )?(?:allowed|permitted) to\b|\bnot_?allowed\b(?! (?:in|for|here|as|at|inside|within)\b)/i.test(
      text,
    )
  )
    return 'authorization';
  if (/\b429\b|too ?many ?requests|rate ?limit/i.test(text)) return 'rate-limit';
  return undefined;
}

/** The value of a number or of a product of numbers; undefined for anything else. */
export function numberOf(text: string): number | undefined {
  const factors = text
    .replaceAll('_', '')
    .split('*')
    .map((factor) => factor.trim());
  if (factors.length > 6) return undefined;
  let value = 1;
  for (const factor of factors) {
    const shift = /^(\d+)\s*<<\s*(\d+)$/.exec(factor);
    const quantity = /^["']?(\d+(?:\.\d+)?(?:e\d+)?)\s*([a-z%/ ]*)["']?$/i.exec(factor);
    if (shift !== null) value *= Number(shift[1]) * 2 ** Math.min(60, Number(shift[2]));
    else if (quantity !== null) {
      const unit = UNITS[(quantity[2] ?? '').trim().toLowerCase()];
      if (unit === undefined) return undefined;
      value *= Number(quantity[1]) * unit;
    } else return undefined;
  }
  return value;
}

const DAY = 86_400;
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  '%': 1,
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: DAY,
  days: DAY,
  w: 7 * DAY,
  y: 365 * DAY,
  b: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
  '/second': DAY,
  '/s': DAY,
  '/minute': 1440,
  '/m': 1440,
  '/hour': 24,
  '/h': 24,
  '/day': 1,
  'per second': DAY,
  'per minute': 1440,
  'per hour': 24,
  'per day': 1,
};
