/**
 * A backtracking engine for what neither of the others can run in bounded time: it counts its steps and gives up. Exact for
 * everything that `pcre.ts` reads, and slow; only such expressions and texts come here.
 */
import type { Ranges } from './charRanges.js';
import type { ParsedPcre, Pcre } from './pcre.js';
import { EVERYTHING, firstOf, lengthOf, needsUnicode, rangesOf } from './regexShape.js';

/** Counts down; at 0 or below the search was given up. */
export interface RegexBudget {
  left: number;
  /** Whether the time of the file is used up: then so is the budget. */
  readonly expired?: () => boolean;
}

/** Start and end of every group, -1 for one that took no part; undefined without a match, or without steps left. */
export type Backtracker = (text: string, from: number, anchored: boolean, budget: RegexBudget) => Int32Array | undefined;

/** What comes after; `true` when all of it matched. */
type Rest = (at: number) => boolean;
type Step = (at: number, rest: Rest) => boolean;

/** Rounds of a repetition inside each other; many more would overflow the stack. */
const MAX_DEPTH = 1_000;

export function createBacktracker(parsed: ParsedPcre): Backtracker {
  let text = '';
  let budget: RegexBudget = { left: 0 };
  let depth = 0;
  let groups = new Int32Array(0);

  /** Some set names a character beyond 16 bits: then characters are whole. */
  const wide = needsUnicode(parsed.root);
  const compile = (node: Pcre): Step => {
    switch (node.kind) {
      case 'set': {
        const test = testOf(node, wide);
        if (wide) return (at, rest) => --budget.left > 0 && at < text.length && test(text, at) && rest(at + widthAt(text, at));
        return (at, rest) => --budget.left > 0 && at < text.length && test(text, at) && rest(at + 1);
      }
      case 'seq': {
        const steps = node.items.map(compile);
        const from = (index: number, at: number, rest: Rest): boolean => {
          const step = steps[index];
          return step === undefined ? rest(at) : step(at, (next) => from(index + 1, next, rest));
        };
        return (at, rest) => from(0, at, rest);
      }
      case 'alt': {
        const branches = node.branches.map(compile);
        return (at, rest) => branches.some((branch) => budget.left > 0 && branch(at, rest));
      }
      case 'group': {
        const body = compile(node.body);
        const { index } = node;
        return (at, rest) => {
          const [start, end] = [groups[2 * index] as number, groups[2 * index + 1] as number];
          const matched = body(at, (next) => {
            const [innerStart, innerEnd] = [groups[2 * index] as number, groups[2 * index + 1] as number];
            groups[2 * index] = at;
            groups[2 * index + 1] = next;
            if (rest(next)) return true;
            groups[2 * index] = innerStart;
            groups[2 * index + 1] = innerEnd;
            return false;
          });
          if (!matched) {
            groups[2 * index] = start;
            groups[2 * index + 1] = end;
          }
          return matched;
        };
      }
      case 'atomic':
        return atomic(compile(node.body));
      case 'look': {
        const body = compile(node.body);
        const { min, max } = lengthOf(node.body);
        return (at, rest) => {
          const saved = groups.slice();
          let found = false;
          if (node.ahead) found = body(at, () => true);
          else {
            for (let length = min; length <= Math.min(max, at) && !found && budget.left > 0; length++)
              found = body(at - length, (end) => end === at);
          }
          if (budget.left <= 0) return false;
          if (node.negated) {
            groups = saved;
            return !found && rest(at);
          }
          if (found && rest(at)) return true;
          groups = saved;
          return false;
        };
      }
      case 'anchor':
        return (at, rest) => --budget.left > 0 && holds(node.at, text, at) && rest(at);
      case 'reference':
        return (at, rest) => {
          const [start, end] = [groups[2 * node.index] as number, groups[2 * node.index + 1] as number];
          if (start < 0) return false;
          const wanted = text.slice(start, end);
          budget.left -= 1 + wanted.length;
          const actual = text.slice(at, at + wanted.length);
          const same = node.folded ? actual.toLowerCase() === wanted.toLowerCase() : actual === wanted;
          return budget.left > 0 && same && rest(at + wanted.length);
        };
      case 'repeat':
        return node.mode === 'possessive' ? atomic(repeat(node, 'greedy')) : repeat(node, node.mode);
    }
  };

  const atomic =
    (body: Step): Step =>
    (at, rest) => {
      const saved = groups.slice();
      let end = -1;
      body(at, (next) => {
        end = next;
        return true;
      });
      if (end >= 0 && budget.left > 0 && rest(end)) return true;
      groups = saved;
      return false;
    };

  const repeat = (node: Pcre & { readonly kind: 'repeat' }, mode: 'greedy' | 'lazy'): Step => {
    const { min, max } = node;
    if (node.body.kind === 'set' && !wide) {
      const test = testOf(node.body, wide);
      return (at, rest) => {
        let longest = 0;
        const limit = Math.min(max, text.length - at);
        if (mode === 'lazy') {
          for (;;) {
            if (longest >= min && rest(at + longest)) return true;
            if (longest >= limit || --budget.left <= 0 || !test(text, at + longest)) return false;
            longest++;
          }
        }
        while (longest < limit && test(text, at + longest)) longest++;
        budget.left -= longest;
        for (let count = longest; count >= min; count--) {
          if (--budget.left <= 0) return false;
          if (rest(at + count)) return true;
        }
        return false;
      };
    }
    const body = compile(node.body);
    const round = (count: number, at: number, rest: Rest): boolean => {
      if (--budget.left <= 0) return false;
      if (++depth > MAX_DEPTH) {
        budget.left = 0;
        return false;
      }
      const again = (): boolean => count < max && body(at, (next) => (next > at || count < min) && round(count + 1, next, rest));
      const matched =
        count < min ? again() : mode === 'greedy' ? again() || (budget.left > 0 && rest(at)) : rest(at) || (budget.left > 0 && again());
      depth--;
      return matched;
    };
    return (at, rest) => round(0, at, rest);
  };

  const step = compile(parsed.root);
  const first = lengthOf(parsed.root).min > 0 ? firstOf(parsed.root, EVERYTHING) : EVERYTHING;
  const canStart = tableOf(first);
  return (subject, from, anchored, steps) => {
    text = subject;
    budget = steps;
    const last = anchored ? from : subject.length;
    for (let start = from; start <= last; start++) {
      if (--budget.left <= 0) return undefined;
      if (!anchored && start < subject.length && !canStart(wide ? (subject.codePointAt(start) as number) : subject.charCodeAt(start)))
        continue;
      depth = 0;
      groups = new Int32Array(2 * (parsed.groupCount + 1)).fill(-1);
      let end = -1;
      let matched = false;
      try {
        matched = step(start, (at) => {
          end = at;
          return true;
        });
      } catch (error) {
        // The stack is as much a bound as the steps are.
        if (!(error instanceof RangeError)) throw error;
        budget.left = 0;
      }
      if (budget.left <= 0) return undefined;
      if (!matched) continue;
      groups[0] = start;
      groups[1] = end;
      return groups;
    }
    return undefined;
  };
}

function tableOf(ranges: Ranges): (code: number) => boolean {
  const table = new Uint8Array(256);
  for (const [low, high] of ranges) for (let code = low; code <= Math.min(high, 255); code++) table[code] = 1;
  const above = ranges.filter(([, high]) => high > 255);
  return (code) => (code < 256 ? table[code] === 1 : above.some(([low, high]) => code >= low && code <= high));
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function testOf(node: Pcre & { readonly kind: 'set' }, wide: boolean): (text: string, at: number) => boolean {
  if (node.properties.length > 0) {
    const own = node.ranges.map(([low, high]) => `\\u{${low.toString(16)}}-\\u{${high.toString(16)}}`).join('');
    const regex = new RegExp(`^[${node.negated ? '^' : ''}${own}${node.properties.join('')}]`, node.folded ? 'iu' : 'u');
    return (text, at) => regex.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
  }
  const test = tableOf(rangesOf(node));
  return wide ? (text, at) => test(text.codePointAt(at) as number) : (text, at) => test(text.charCodeAt(at));
}

function holds(anchor: (Pcre & { readonly kind: 'anchor' })['at'], text: string, at: number): boolean {
  switch (anchor) {
    case 'text-start':
      return at === 0;
    case 'text-end':
      return at === text.length;
    case 'last-line-end':
      return at === text.length || (at === text.length - 1 && text[at] === '\n');
    case 'line-start':
      return at === 0 || (text[at - 1] === '\n' && at < text.length);
    case 'line-end':
      return at === text.length || text[at] === '\n';
    case 'word':
    case 'not-word':
      return (isWord(text, at - 1) !== isWord(text, at)) === (anchor === 'word');
  }
}

function isWord(text: string, at: number): boolean {
  const char = text[at];
  return char !== undefined && /\w/.test(char);
}
