/** Which languages there are. A new one is its folder and one line in `LANGUAGES`. */
import type { LanguageId } from '../model/rule.js';
import { bash } from './bash/index.js';
import type { Lowering } from './builder.js';
import {
  PLAIN_FLOW,
  PLAIN_TRAITS,
  type CodeSyntax,
  type FlowTraits,
  type LanguageDefinition,
  type MatchTraits,
  type OwnGrammar,
  type WasmGrammar,
} from './definition.js';
import { dockerfile } from './dockerfile/index.js';
import { generic } from './generic/index.js';
import { go } from './go/index.js';
import { java } from './java/index.js';
import { javascript } from './javascript/index.js';
import { json } from './json/index.js';
import { yaml } from './yaml/index.js';
import { python } from './python/index.js';
import type { GrammarId } from './raw.js';
import { ruby } from './ruby/index.js';
import { php } from './php/index.js';
import { csharp } from './csharp/index.js';
import { c } from './c/index.js';
import { cpp } from './cpp/index.js';
import { solidity } from './solidity/index.js';
import { scala } from './scala/index.js';
import { kotlin } from './kotlin/index.js';
import { rust } from './rust/index.js';
import { html } from './html/index.js';
import { julia } from './julia/index.js';
import { lua } from './lua/index.js';
import { comment, prose, regex } from './text/index.js';
import { terraform } from './terraform/index.js';
import { typescript } from './typescript/index.js';
import { xml } from './xml/index.js';

export const LANGUAGES: readonly LanguageDefinition[] = [
  python,
  javascript,
  typescript,
  bash,
  go,
  java,
  json,
  yaml,
  dockerfile,
  terraform,
  ruby,
  php,
  csharp,
  c,
  cpp,
  solidity,
  scala,
  kotlin,
  rust,
  html,
  lua,
  julia,
  xml,
  generic,
  regex,
  comment,
  prose,
];

interface Served {
  readonly language: LanguageDefinition;
  readonly code: CodeSyntax;
  readonly traits: MatchTraits;
  readonly flow: FlowTraits;
}

const byGrammar = new Map<GrammarId, Served>(
  LANGUAGES.flatMap((language) => {
    const { code } = language;
    if (code === undefined) return [];
    const served: Served = { language, code, traits: { ...PLAIN_TRAITS, ...code.traits }, flow: { ...PLAIN_FLOW, ...code.flow } };
    return language.grammars.map((grammar) => [grammar.id, served] as const);
  }),
);

function served(grammar: GrammarId): Served {
  const found = byGrammar.get(grammar);
  if (found === undefined) throw new Error(`no language has the grammar ${grammar}`);
  return found;
}

/** How code of a grammar is read, and what its patterns look like. */
export function syntaxOf(grammar: GrammarId): CodeSyntax {
  return served(grammar).code;
}

export function loweringOf(grammar: GrammarId): Lowering {
  return served(grammar).code.lowering;
}

export function traitsOf(grammar: GrammarId): MatchTraits {
  return served(grammar).traits;
}

export function flowTraitsOf(grammar: GrammarId): FlowTraits {
  return served(grammar).flow;
}

/** Looks a rule's language name up; case does not count, as in Semgrep. */
export function languageByName(name: string): LanguageDefinition | undefined {
  const wanted = name.toLowerCase();
  return LANGUAGES.find((language) => language.names.includes(wanted));
}

export function languageById(id: LanguageId): LanguageDefinition {
  const found = LANGUAGES.find((language) => language.id === id);
  if (found === undefined) throw new Error(`no language ${id}`);
  return found;
}

export function languageOfGrammar(grammar: GrammarId): LanguageId {
  return served(grammar).language.id;
}

/** A grammar that needs no wasm file; undefined for all others. */
export function ownGrammar(grammar: GrammarId): OwnGrammar | undefined {
  const found = served(grammar).language.grammars.find((source) => source.id === grammar);
  return found !== undefined && 'read' in found ? found : undefined;
}

/** A grammar's wasm file and what helps it; undefined for grammars without one. */
export function wasmGrammar(grammar: GrammarId): WasmGrammar | undefined {
  const found = served(grammar).language.grammars.find((source) => source.id === grammar);
  return found !== undefined && 'wasm' in found ? found : undefined;
}

/** Ids of a language's grammars, the default first. */
export function grammarsOf(language: LanguageDefinition): readonly GrammarId[] {
  return language.grammars.map((grammar) => grammar.id);
}

/** Module specifier of a grammar's wasm file, for hosts that run from the sources; undefined for a file of another kind. */
export function wasmModuleOf(file: string): string | undefined {
  for (const language of LANGUAGES)
    for (const grammar of language.grammars) if ('wasm' in grammar && `tree-sitter-${grammar.id}.wasm` === file) return grammar.wasm;
  return undefined;
}
