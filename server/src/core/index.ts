/** The one public entry of the engine. Shells import from here only. */
export type { GrammarId, GrammarInfo, Parser, RawTree } from './language/raw.js';
export { editorIdFor, identifyFile, type FileKind } from './language/identify.js';
export type { CommentSyntax, LanguageDefinition } from './language/definition.js';
export { grammarsOf, languageById, ownGrammar, wasmGrammar, languageOfGrammar, LANGUAGES, wasmModuleOf } from './language/registry.js';
export type * from './model/error.js';
export type * from './model/finding.js';
export { isMaestroLayer, layerName, MAESTRO_LAYERS, type MaestroLayer } from './model/maestro.js';
export { createLineIndex, rangeOf, type LineIndex, type Position, type Range, type Span } from './model/position.js';
export type * from './model/project.js';
export type * from './model/rule.js';
export * from './model/session.js';
export { LEFT_OUT } from './pack/keys.js';
export { ruleSchema } from './pack/schema.js';
export { SEMGREP_VERSION } from './pack/version.js';
export { prepareSources, type PreparedData } from './scan/prepare.js';
export { createSession } from './scan/session.js';
export { placeAtSinks } from './scan/sinks.js';
export { ENGINE_ORIGIN } from './suppression/rules.js';
