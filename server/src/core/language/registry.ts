/** Which languages there are, which grammars serve them, and which files are theirs. The one list to extend for a new language. */
import type { LanguageId } from '../model/rule.js';
import { bashLowering } from './bash.js';
import type { Lowering } from './builder.js';
import { javascriptLowering } from './javascript.js';
import { pythonLowering } from './python.js';
import type { GrammarId } from './raw.js';

export interface Language {
  readonly id: LanguageId;
  /** Names that a rule's `languages:` may use, as in Semgrep. */
  readonly names: readonly string[];
  /** Grammars by file extension; the first entry's grammar is the default. Empty for text languages. */
  readonly extensions: Readonly<Record<string, GrammarId>>;
  readonly grammars: readonly GrammarId[];
}

export const LANGUAGES: readonly Language[] = [
  {
    id: 'python',
    names: ['python', 'py', 'python2', 'python3'],
    extensions: { '.py': 'python', '.pyi': 'python', '.pyw': 'python' },
    grammars: ['python'],
  },
  {
    id: 'javascript',
    names: ['javascript', 'js'],
    extensions: { '.js': 'javascript', '.jsx': 'javascript', '.mjs': 'javascript', '.cjs': 'javascript' },
    grammars: ['javascript'],
  },
  {
    id: 'typescript',
    names: ['typescript', 'ts'],
    extensions: { '.ts': 'typescript', '.mts': 'typescript', '.cts': 'typescript', '.tsx': 'tsx' },
    grammars: ['typescript', 'tsx'],
  },
  { id: 'bash', names: ['bash', 'sh'], extensions: { '.sh': 'bash', '.bash': 'bash' }, grammars: ['bash'] },
  { id: 'regex', names: ['regex', 'none'], extensions: {}, grammars: [] },
  { id: 'comment', names: ['comment'], extensions: {}, grammars: [] },
  {
    id: 'prose',
    names: ['prose'],
    extensions: {},
    grammars: [],
  },
];

const LOWERINGS: Readonly<Record<GrammarId, Lowering>> = {
  python: pythonLowering,
  javascript: javascriptLowering,
  typescript: javascriptLowering,
  tsx: javascriptLowering,
  bash: bashLowering,
};

export function loweringOf(grammar: GrammarId): Lowering {
  return LOWERINGS[grammar];
}

/** Looks a rule's language name up; case does not count, as in Semgrep. */
export function languageByName(name: string): Language | undefined {
  const wanted = name.toLowerCase();
  return LANGUAGES.find((language) => language.names.includes(wanted));
}

export function languageById(id: LanguageId): Language {
  const found = LANGUAGES.find((language) => language.id === id);
  if (found === undefined) throw new Error(`no language ${id}`);
  return found;
}

export function languageOfGrammar(grammar: GrammarId): LanguageId {
  return grammar === 'tsx' ? 'typescript' : grammar;
}
