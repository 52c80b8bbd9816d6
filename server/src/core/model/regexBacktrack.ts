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

/** From here on: `true` when all of the rest of the expression matched. */
type Step = (at: number) => boolean;

/** Rounds of a repetition inside each other; many more would overflow the stack. */
const MAX_DEPTH = 1_000;

/**
 * Each part of the expression is compiled together with what follows it, so that a search makes no closures. What a part keeps between its steps
 * (`starts`, `count`) is put back wherever a step failed: what was tried before goes on as if it had not been.
 */
export function createBacktracker(parsed: ParsedPcre): Backtracker {
  let text = '';
  let budget: RegexBudget = { left: 0 };
  let depth = 0;
  const groups = new Int32Array(2 * (parsed.groupCount + 1)).fill(-1);

  /** Some set names a character beyond 16 bits: then characters are whole. */
  const wide = needsUnicode(parsed.root);
  const compile = (node: Pcre, then: Step): Step => {
    switch (node.kind) {
      case 'set': {
        const test = testOf(node, wide);
        if (wide) return (at) => --budget.left > 0 && at < text.length && test(text, at) && then(at + widthAt(text, at));
        return (at) => --budget.left > 0 && at < text.length && test(text, at) && then(at + 1);
      }
      case 'seq':
        return node.items.reduceRight((next, item) => compile(item, next), then);
      case 'alt': {
        const branches = node.branches.map((branch) => compile(branch, then));
        return (at) => {
          for (const branch of branches) {
            if (budget.left <= 0) return false;
            if (branch(at)) return true;
          }
          return false;
        };
      }
      case 'group':
        return group(node.index, node.body, then);
      case 'atomic':
        return atomic((stop) => compile(node.body, stop), then);
      case 'look':
        return look(node, then);
      case 'anchor':
        return (at) => --budget.left > 0 && holds(node.at, text, at) && then(at);
      case 'reference':
        return (at) => {
          const [start, end] = [groups[2 * node.index] as number, groups[2 * node.index + 1] as number];
          if (start < 0) return false;
          const wanted = text.slice(start, end);
          budget.left -= 1 + wanted.length;
          const actual = text.slice(at, at + wanted.length);
          const same = node.folded ? actual.toLowerCase() === wanted.toLowerCase() : actual === wanted;
          return budget.left > 0 && same && then(at + wanted.length);
        };
      case 'repeat':
        return node.mode === 'possessive' ? atomic((stop) => repeat(node, 'greedy', stop), then) : repeat(node, node.mode, then);
    }
  };

  const group = (index: number, inner: Pcre, then: Step): Step => {
    /** Where those that are being matched began, one per round of a repetition around. */
    const starts: number[] = [];
    const body = compile(inner, (end) => {
      const [oldStart, oldEnd] = [groups[2 * index] as number, groups[2 * index + 1] as number];
      const start = starts.pop() as number;
      groups[2 * index] = start;
      groups[2 * index + 1] = end;
      if (then(end)) return true;
      groups[2 * index] = oldStart;
      groups[2 * index + 1] = oldEnd;
      starts.push(start);
      return false;
    });
    return (at) => {
      const height = starts.length;
      starts.push(at);
      if (body(at)) return true;
      starts.length = height;
      return false;
    };
  };

  const atomic = (bodyOf: (stop: Step) => Step, then: Step): Step => {
    let end = -1;
    const body = bodyOf((at) => {
      end = at;
      return true;
    });
    return (at) => {
      const saved = groups.slice();
      if (body(at) && budget.left > 0 && then(end)) return true;
      groups.set(saved);
      return false;
    };
  };

  const look = (node: Pcre & { readonly kind: 'look' }, then: Step): Step => {
    const { min, max } = lengthOf(node.body);
    let wanted = -1;
    const body = compile(node.body, (end) => wanted < 0 || end === wanted);
    return (at) => {
      const saved = groups.slice();
      let found = false;
      if (node.ahead) {
        wanted = -1;
        found = body(at);
      } else {
        wanted = at;
        for (let length = min; length <= Math.min(max, at) && !found && budget.left > 0; length++) found = body(at - length);
      }
      if (budget.left <= 0) return false;
      if (node.negated) {
        groups.set(saved);
        return !found && then(at);
      }
      if (found && then(at)) return true;
      groups.set(saved);
      return false;
    };
  };

  const repeat = (node: Pcre & { readonly kind: 'repeat' }, mode: 'greedy' | 'lazy', then: Step): Step => {
    const { min, max } = node;
    if (node.body.kind === 'set' && !wide) {
      const test = testOf(node.body, wide);
      return (at) => {
        let longest = 0;
        const limit = Math.min(max, text.length - at);
        if (mode === 'lazy') {
          for (;;) {
            if (longest >= min && then(at + longest)) return true;
            if (longest >= limit || --budget.left <= 0 || !test(text, at + longest)) return false;
            longest++;
          }
        }
        while (longest < limit && test(text, at + longest)) longest++;
        budget.left -= longest;
        for (let count = longest; count >= min; count--) {
          if (--budget.left <= 0) return false;
          if (then(at + count)) return true;
        }
        return false;
      };
    }
    /** Of the round that is being matched: how many went before it, and where it began. */
    let count = 0;
    let began = 0;
    const body = compile(node.body, (next) => (next > began || count < min) && round(count + 1, next));
    const again = (before: number, at: number): boolean => {
      if (before >= max) return false;
      const [outerCount, outerBegan] = [count, began];
      count = before;
      began = at;
      const matched = body(at);
      count = outerCount;
      began = outerBegan;
      return matched;
    };
    const round = (before: number, at: number): boolean => {
      if (--budget.left <= 0) return false;
      if (++depth > MAX_DEPTH) {
        budget.left = 0;
        return false;
      }
      // What follows may come here again, inside a repetition around: its rounds are its own.
      const [ownCount, ownBegan] = [count, began];
      const rest = (): boolean => {
        const matched = then(at);
        count = ownCount;
        began = ownBegan;
        return matched;
      };
      const matched =
        before < min
          ? again(before, at)
          : mode === 'greedy'
            ? again(before, at) || (budget.left > 0 && rest())
            : rest() || (budget.left > 0 && again(before, at));
      depth--;
      return matched;
    };
    return (at) => round(0, at);
  };

  let end = -1;
  const step = compile(parsed.root, (at) => {
    end = at;
    return true;
  });
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
      groups.fill(-1);
      let matched = false;
      try {
        matched = step(start);
      } catch (error) {
        // The stack is as much a bound as the steps are.
        if (!(error instanceof RangeError)) throw error;
        budget.left = 0;
      }
      if (budget.left <= 0) return undefined;
      if (!matched) continue;
      groups[0] = start;
      groups[1] = end;
      return groups.slice();
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
  const code = at < 0 || at >= text.length ? 0 : text.charCodeAt(at);
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}
