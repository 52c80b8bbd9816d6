/**
 * How many steps a backtracking engine could need for an expression on a text, at most. A repetition that can only end in one
 * place costs what it walks; one whose end is a choice multiplies by the number of its choices in this text; a
 * repetition of something that itself has choices has no bound worth the name.
 */
import type { Ranges } from './charRanges.js';
import type { Pcre } from './pcre.js';
import { allOf, firstOf, lengthOf, overlap, rangesOf, type EVERYTHING } from './regexShape.js';

/** A repetition whose extent depends on the text. */
interface Walk {
  /** It walks over these characters ... */
  readonly over: Ranges;
  /** ... and may end before one of these; undefined when its end is no choice. */
  readonly before: Ranges | undefined;
  /** How often at most. */
  readonly max: number;
}

export interface Shape {
  /** Characters that a match can begin with. */
  readonly starts: Ranges;
  /** Choices that do not depend on the text. */
  readonly choices: number;
  /** Some repetition repeats something that has choices: there is no bound. */
  readonly unbounded: boolean;
  readonly walks: readonly Walk[];
  /** Nodes, with counted repetitions unfolded: what the linear-time engine's steps grow with. */
  readonly size: number;
}

const ANYTHING: typeof EVERYTHING = [[0, 0x10ffff]];
/** More walks than bits are counted together. */
const MAX_WALKS = 15;

export function shapeOf(root: Pcre): Shape {
  const walks: Walk[] = [];
  let unbounded = false;

  /** Ways in which the node can match from one place, walks not counted. `after` is what may follow it. */
  const visit = (node: Pcre, after: Ranges): number => {
    switch (node.kind) {
      case 'set':
      case 'anchor':
      case 'reference':
        return 1;
      case 'group':
        return visit(node.body, after);
      case 'atomic':
      case 'look':
        // Left at its first success, but it has to find that.
        visit(node.body, []);
        return 1;
      case 'seq': {
        let product = 1;
        let follow = after;
        for (const item of node.items.toReversed()) {
          product *= visit(item, follow);
          follow = firstOf(item, follow);
        }
        return product;
      }
      case 'alt': {
        const firsts = node.branches.map((branch) => firstOf(branch, after));
        const ways = node.branches.map((branch) => visit(branch, after));
        const apart = firsts.every((first, i) => firsts.every((other, j) => i === j || !overlap(first, other)));
        return apart ? Math.max(...ways) : ways.reduce((a, b) => a + b, 0);
      }
      case 'repeat':
        return repetition(node, after);
    }
  };

  const repetition = (node: Pcre & { readonly kind: 'repeat' }, after: Ranges): number => {
    if (node.max === 0) return 1;
    const first = firstOf(node.body, []);
    const chooses = node.max > node.min && node.mode !== 'possessive' && overlap(first, after);
    const before = walks.length;
    const inner = visit(node.body, node.max > 1 ? firstOf(node.body, after) : after);
    const innerChooses = inner > 1 || walks.slice(before).some((walk) => walk.before !== undefined) || lengthOf(node.body).min === 0;
    if (node.max <= 1) return (chooses ? 1 : 0) + inner;
    if (innerChooses && node.body.kind !== 'set') {
      // Each round multiplies. A few rounds of a few ways are harmless.
      const rounds = Math.min(node.max, 64);
      const ways = inner > 1 || lengthOf(node.body).min === 0 ? Math.max(2, inner) : 1;
      const multiplied = ways ** rounds;
      const walking = walks.splice(before);
      if (node.max > 3 && walking.some((walk) => walk.before !== undefined)) unbounded = true;
      for (let round = 0; round < Math.min(node.max, 3); round++) walks.push(...walking);
      if (multiplied > 1_000) unbounded = true;
      return Math.min(multiplied, 1_000) * (chooses ? node.max : 1);
    }
    if (node.max - node.min <= 8 && node.max <= 64) return chooses ? node.max - node.min + 1 : 1;
    walks.push({
      over: node.body.kind === 'set' ? rangesOf(node.body) : allOf(node.body),
      before: chooses ? after : undefined,
      max: node.max,
    });
    return 1;
  };

  // What ends a match cannot fail, so nothing is tried again for its sake.
  const choices = visit(root, []);
  const starts = lengthOf(root).min > 0 ? firstOf(root, []) : ANYTHING;
  return { starts, choices, unbounded, walks: mergeWalks(walks), size: sizeOf(root) };
}

function mergeWalks(walks: readonly Walk[]): readonly Walk[] {
  if (walks.length <= MAX_WALKS) return walks;
  const rest = walks.slice(MAX_WALKS - 1);
  return [...walks.slice(0, MAX_WALKS - 1), ...rest.slice(0, 1).map(() => ({ over: ANYTHING, before: ANYTHING, max: Infinity }))];
}

function sizeOf(node: Pcre): number {
  switch (node.kind) {
    case 'set':
    case 'anchor':
    case 'reference':
      return 1;
    case 'group':
    case 'atomic':
    case 'look':
      return sizeOf(node.body) + 1;
    case 'seq':
      return node.items.reduce((sum, item) => sum + sizeOf(item), 1);
    case 'alt':
      return node.branches.reduce((sum, branch) => sum + sizeOf(branch) + 1, 1);
    case 'repeat':
      return 1 + sizeOf(node.body) * Math.max(1, node.max === Infinity ? node.min + 1 : node.max);
  }
}
