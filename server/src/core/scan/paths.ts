/** A rule's `paths`, as Semgrep reads them: a glob matches the whole path, any part that ends it, or a folder above it. */
import { Minimatch } from 'minimatch';
import type { Rule } from '../pack/rule.js';

const compiled = new WeakMap<Rule, { readonly include: readonly Minimatch[]; readonly exclude: readonly Minimatch[] }>();

export function appliesTo(rule: Rule, path: string): boolean {
  if (rule.paths.include.length === 0 && rule.paths.exclude.length === 0) return true;
  let globs = compiled.get(rule);
  if (globs === undefined) {
    globs = { include: rule.paths.include.flatMap(variants), exclude: rule.paths.exclude.flatMap(variants) };
    compiled.set(rule, globs);
  }
  const matches = (glob: Minimatch): boolean => glob.match(path);
  if (globs.include.length > 0 && !globs.include.some(matches)) return false;
  return !globs.exclude.some(matches);
}

function variants(glob: string): Minimatch[] {
  const bare = glob.replace(/^\.?\//, '').replace(/\/$/, '');
  const anchored = glob.startsWith('/');
  const patterns = anchored ? [bare, `${bare}/**`] : [bare, `${bare}/**`, `**/${bare}`, `**/${bare}/**`];
  return patterns.map((pattern) => new Minimatch(pattern, { dot: true, nocomment: true, nonegate: true }));
}
