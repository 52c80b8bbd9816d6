/** Which language a file is in, by its name and, for scripts without an extension, its first line. Never by its content otherwise. */
import type { LanguageDefinition } from './definition.js';
import type { GrammarId } from './raw.js';
import { LANGUAGES } from './registry.js';

export type FileKind =
  | { readonly kind: 'code'; readonly grammar: GrammarId }
  | { readonly kind: 'notebook' }
  | { readonly kind: 'prose' }
  /** Any other text: only `regex` rules look at it. */
  | { readonly kind: 'text' };

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

/** Editor language ids of prose. */
const PROSE_EDITORS = new Set(['markdown', 'mdx']);

const grammarByExtension = new Map(LANGUAGES.flatMap(({ files }) => Object.entries(files.extensions)));
const grammarByEditorId = new Map(LANGUAGES.flatMap(({ files }) => Object.entries(files.editorIds)));
const grammarByName = new Map(
  LANGUAGES.flatMap(({ files, grammars }) => (files.names ?? []).map((name) => [name, grammars[0]?.id ?? ''] as const)),
);

/** The grammar for an editor's or a notebook's language id, e.g. `typescriptreact`; undefined for ids that are no code of ours. */
export function grammarOfEditorId(id: string): GrammarId | undefined {
  return grammarByEditorId.get(id);
}

/** An editor's language id that makes `identifyFile` read `path` as `language`; undefined where no editor has one. */
export function editorIdFor(language: LanguageDefinition, path: string): string | undefined {
  return language.files.fixtureEditorId?.(path) ?? Object.keys(language.files.editorIds)[0];
}

/**
 * @param path with `/` separators, e.g. `src/run.py`
 * @param firstLine used when the name says nothing
 * @param editorLanguage an editor's language id, e.g. `typescriptreact`; wins over the name
 */
export function identifyFile(path: string, firstLine: string, editorLanguage?: string): FileKind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const lower = name.toLowerCase();
  const dot = lower.lastIndexOf('.');
  const extension = dot <= 0 ? '' : lower.slice(dot);
  // Editors without notebooks call one JSON.
  if (extension === '.ipynb') return { kind: 'notebook' };
  if (editorLanguage !== undefined) {
    const known = grammarOfEditorId(editorLanguage);
    if (known !== undefined) return { kind: 'code', grammar: known };
    if (PROSE_EDITORS.has(editorLanguage)) return { kind: 'prose' };
  }
  if (INSTRUCTION_NAMES.has(lower) || PROSE_EXTENSIONS.has(extension) || INSTRUCTION_FOLDERS.test(path)) return { kind: 'prose' };
  const grammar = grammarByName.get(lower) ?? grammarByExtension.get(extension) ?? grammarByPattern(lower);
  if (grammar !== undefined) return { kind: 'code', grammar };
  if (extension === '' && firstLine.startsWith('#!')) {
    for (const { files, grammars } of LANGUAGES) {
      const [first] = grammars;
      if (first !== undefined && files.firstLine?.test(firstLine) === true) return { kind: 'code', grammar: first.id };
    }
  }
  return { kind: 'text' };
}

/** The grammar of a file of code, by its name alone; undefined for any other. */
export function grammarOfPath(path: string): GrammarId | undefined {
  const file = identifyFile(path, '');
  return file.kind === 'code' ? file.grammar : undefined;
}

function grammarByPattern(name: string): GrammarId | undefined {
  return LANGUAGES.find(({ files }) => files.namePattern?.test(name) === true)?.grammars[0]?.id;
}
