/** Which language a file is in, by its name and, for scripts without an extension, its first line. Never by its content otherwise. */
import type { GrammarId } from './raw.js';
import { LANGUAGES } from './registry.js';

export type FileKind =
  | { readonly kind: 'code'; readonly grammar: GrammarId }
  | { readonly kind: 'notebook' }
  | { readonly kind: 'prose' }
  /** Any other text: only `regex` rules look at it. */
  | { readonly kind: 'text' };

const INTERPRETERS: readonly (readonly [RegExp, GrammarId])[] = [
  [/^#!.*\b(?:bash|sh|dash|ksh|zsh)\b/, 'bash'],
  [/^#!.*\bpython[0-9.]*\b/, 'python'],
  [/^#!.*\b(?:tsx|ts-node|deno)\b/, 'typescript'],
  [/^#!.*\b(?:node|nodejs|bun)\b/, 'javascript'],
];

const SHELL_NAMES = new Set(['.bashrc', '.bash_profile', '.profile', '.zshrc', '.envrc', '.bash_aliases']);

const PROSE_EXTENSIONS = new Set(['.md', '.mdx', '.mdc', '.markdown', '.mkd', '.rst']);

/** Files that assistants read as instructions, by base name in lower case. */
const INSTRUCTION_NAMES = new Set([
  '.cursorrules',
  '.windsurfrules',
  '.clinerules',
  '.roorules',
  '.goosehints',
  '.rules',
  '.augment-guidelines',
  'llms.txt',
  'agents.md',
  'agent.md',
  'claude.md',
  'gemini.md',
  'skill.md',
]);

const INSTRUCTION_FOLDERS =
  /(?:^|\/)(?:\.cursor\/rules|\.windsurf\/(?:rules|workflows)|\.clinerules|\.roo|\.kilocode\/rules|\.continue\/rules|\.amazonq\/rules|\.trae\/rules|\.augment\/rules|\.claude\/(?:commands|agents|skills|rules))\//;

/** By editor language id, where an editor knows better than the file name. */
const EDITOR_LANGUAGES: Readonly<Record<string, FileKind>> = {
  python: { kind: 'code', grammar: 'python' },
  javascript: { kind: 'code', grammar: 'javascript' },
  javascriptreact: { kind: 'code', grammar: 'javascript' },
  typescript: { kind: 'code', grammar: 'typescript' },
  typescriptreact: { kind: 'code', grammar: 'tsx' },
  shellscript: { kind: 'code', grammar: 'bash' },
  sh: { kind: 'code', grammar: 'bash' },
  bash: { kind: 'code', grammar: 'bash' },
  markdown: { kind: 'prose' },
  mdx: { kind: 'prose' },
};

const grammarByExtension = new Map<string, GrammarId>(LANGUAGES.flatMap((language) => Object.entries(language.extensions)));

/**
 * @param path with `/` separators, e.g. `src/run.py`
 * @param firstLine used when the name says nothing
 * @param editorLanguage an editor's language id, e.g. `typescriptreact`; wins over the name
 */
export function identifyFile(path: string, firstLine: string, editorLanguage?: string): FileKind {
  const known = editorLanguage === undefined ? undefined : EDITOR_LANGUAGES[editorLanguage];
  if (known !== undefined) return known;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const lower = name.toLowerCase();
  const dot = lower.lastIndexOf('.');
  const extension = dot <= 0 ? '' : lower.slice(dot);
  if (INSTRUCTION_NAMES.has(lower) || PROSE_EXTENSIONS.has(extension) || INSTRUCTION_FOLDERS.test(path)) return { kind: 'prose' };
  if (extension === '.ipynb') return { kind: 'notebook' };
  const grammar = grammarByExtension.get(extension);
  if (grammar !== undefined) return { kind: 'code', grammar };
  if (SHELL_NAMES.has(lower)) return { kind: 'code', grammar: 'bash' };
  if (extension === '' && firstLine.startsWith('#!')) {
    for (const [pattern, interpreter] of INTERPRETERS) if (pattern.test(firstLine)) return { kind: 'code', grammar: interpreter };
  }
  return { kind: 'text' };
}
