/** Rules as scanning one file needs them: by language, compiled. */
import type { Detect } from '../detector/detector.js';
import type { Program } from '../formula/program.js';
import type { Follow } from '../formula/search.js';
import type { GrammarId } from '../language/raw.js';
import type { RuleInfo } from '../model/rule.js';
import type { Rule } from '../pack/rule.js';
import type { Projects, Reach } from './project.js';
import type { Superseding } from './supersede.js';

export interface DetectorRule {
  readonly rule: Rule;
  readonly detect: Detect;
  /** Whether the detector would look at a syntax tree of this text. */
  readonly wantsTree: (text: string) => boolean;
}

/** Everything that scanning one file needs to know about rules. */
export interface CompiledRules {
  /** Rules with patterns, compiled for one grammar. */
  code(grammar: GrammarId): Program;
  /** What must be loaded before `code(grammar)`: the grammar itself, and those that its rules name in questions. */
  grammarsFor(grammar: GrammarId): readonly GrammarId[];
  readonly comment: Program;
  readonly prose: Program;
  readonly text: Program;
  readonly detectors: readonly DetectorRule[];
  /** Runs rules in taint mode over what they match in a tree, and in what it leads to. */
  followIn(reach: Reach | undefined): Follow;
  /** What files lead to by their imports. */
  readonly projects: Projects;
  readonly superseding: Superseding;
  /** The rules about suppressions themselves, as far as they are wanted. */
  readonly ofSuppressions: ReadonlySet<RuleInfo>;
  /** Ids of rules that are known and not run: disabled, or of another profile. */
  readonly idle: ReadonlySet<string>;
  /** Whether any rule at all looks at code in this grammar. */
  hasCode(grammar: GrammarId): boolean;
}
