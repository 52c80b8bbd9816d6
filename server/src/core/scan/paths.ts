/** A rule's `paths`, as Semgrep reads them: a glob matches the whole path, any part that ends it, or a folder above it. */
import { Minimatch } from 'minimatch';
import type { Rule } from '../pack/rule.js';

interface Globs {
  readonly include: readonly Minimatch[];
  readonly exclude: readonly Minimatch[];
  /** The last path asked about: rules with equal `paths` ask about the same file in a row. */
  lastPath: string | undefined;
  lastAnswer: boolean;
}

const ofRules = new WeakMap<Rule, Globs>();
/** Packs repeat the same `paths` in many rules. */
const known = new Map<string, Globs>();
const MAX_KNOWN = 1_000;

export function appliesTo(rule: Rule, path: string): boolean {
  const { include, exclude } = rule.paths;
  if (include.length === 0 && exclude.length === 0) return true;
  let globs = ofRules.get(rule);
  if (globs === undefined) {
    globs = globsOf(include, exclude);
    ofRules.set(rule, globs);
  }
  if (globs.lastPath !== path) {
    globs.lastAnswer = covers(globs, path);
    globs.lastPath = path;
  }
  return globs.lastAnswer;
}

function globsOf(include: readonly string[], exclude: readonly string[]): Globs {
  const key = JSON.stringify([include, exclude]);
  let globs = known.get(key);
  if (globs === undefined) {
    globs = { include: include.flatMap(variants), exclude: exclude.flatMap(variants), lastPath: undefined, lastAnswer: false };
    if (known.size < MAX_KNOWN) known.set(key, globs);
  }
  return globs;
}

function covers({ include, exclude }: Globs, path: string): boolean {
  const matches = (glob: Minimatch): boolean => glob.match(path);
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}

function variants(glob: string): Minimatch[] {
  const bare = glob.replace(/^\.?\//, '').replace(/\/$/, '');
  const anchored = glob.startsWith('/');
  const patterns = anchored ? [bare, `${bare}/**`] : [bare, `${bare}/**`, `**/${bare}`, `**/${bare}/**`];
  return patterns.map((pattern) => new Minimatch(pattern, { dot: true, nocomment: true, nonegate: true }));
}
