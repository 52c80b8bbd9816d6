/** What `metavariable-analysis` may ask of a text, by name; an analyzer without an entry is refused. */
import type { Analyzer } from '../pack/rule.js';
import { looksRandom } from './entropy.js';
import { isVulnerableRegex } from './redos.js';

export const ANALYSES: Partial<Readonly<Record<Analyzer, (text: string) => boolean>>> = { entropy: looksRandom, redos: isVulnerableRegex };
