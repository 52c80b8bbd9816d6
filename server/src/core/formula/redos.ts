/**
 * `analyzer: redos`: could a regular expression of the scanned code take exponential time? As Semgrep guesses it: something that
 * repeats holds something that itself repeats a varying number of times, and what follows need not match.
 */
import { parsePcre, type Pcre } from '../model/pcre.js';
import { childrenOf } from '../model/regexShape.js';

/** Text that is not a regular expression is not vulnerable. */
export function isVulnerableRegex(source: string): boolean {
  const parsed = parsePcre(source, false);
  return !('error' in parsed) && isVulnerable(parsed.root);
}

function isVulnerable(node: Pcre): boolean {
  if (node.kind === 'seq') {
    const repeats = node.items.findIndex(holdsRisk);
    // Something after the repetition must be able to fail; within one item it may be deeper.
    if (repeats >= 0 && node.items.slice(repeats + 1).some(canFail)) return true;
  }
  return childrenOf(node).some(isVulnerable);
}

/** A repetition of four times or more of something that can match in several ways. */
function holdsRisk(node: Pcre): boolean {
  if (node.kind === 'repeat' && node.mode !== 'possessive' && node.max >= 4 && holdsChoice(node.body)) return true;
  return childrenOf(node).some(holdsRisk);
}

function holdsChoice(node: Pcre): boolean {
  if (node.kind === 'repeat' && node.mode !== 'possessive' && node.max > node.min && node.max >= 2) return true;
  return childrenOf(node).some(holdsChoice);
}

function canFail(node: Pcre): boolean {
  if (node.kind === 'set' || node.kind === 'anchor' || node.kind === 'reference') return true;
  return childrenOf(node).some(canFail);
}
