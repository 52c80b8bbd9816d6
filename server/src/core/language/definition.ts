/**
 * The contract of a language: everything that is special about one, as plain data and small functions. A language is a
 * folder that exports one `LanguageDefinition`, and one line in `registry.ts`; nothing else in the engine names a language.
 */
import type { Span } from '../model/position.js';
import type { LanguageId } from '../model/rule.js';
import type { ProjectFiles } from '../model/project.js';
import type { Lowering } from './builder.js';
import type { ClassOutline, Exports, ModulePlace } from './modules.js';
import type { GrammarId, RawTree } from './raw.js';
import type { SyntaxTree } from './tree.js';

export interface LanguageDefinition {
  readonly id: LanguageId;
  /** Names that a rule's `languages:` may use, in lower case, as in Semgrep. */
  readonly names: readonly string[];
  /** The first is the default. Empty for languages of plain text. */
  readonly grammars: readonly GrammarSource[];
  readonly files: FileNames;
  /** Undefined for languages of plain text, whose rules hold regular expressions only. */
  readonly code?: CodeSyntax;
}

/** A grammar: a tree-sitter one with the wasm file that the build ships, or a reader of our own. */
export type GrammarSource = WasmGrammar | OwnGrammar;

export interface WasmGrammar {
  readonly id: GrammarId;
  /** Module specifier of the wasm file, e.g. `tree-sitter-json/tree-sitter-json.wasm`. */
  readonly wasm: string;
  /** A wider grammar for text that this one cannot read, where it can: same lowering, same kinds. */
  readonly fallback?: GrammarId;
  /** Text of the same length to read instead, where the grammar misread `text`; undefined when it did not. */
  readonly repair?: (text: string, tree: RawTree) => string | undefined;
  /** Offset from which on the text nests deeper than the grammar can bear; only what stands before is read, and the rest is reported. */
  readonly tooDeepAt?: (text: string) => number | undefined;
}

export interface OwnGrammar {
  readonly id: GrammarId;
  /** @param parse reads a part of the text in one of the grammars of `needs` */
  readonly read: (text: string, parse: (text: string, grammar: GrammarId) => RawTree | undefined) => RawTree;
  /** Grammars that must be loaded first. */
  readonly needs?: readonly GrammarId[];
}

/** Which files are in the language. */
export interface FileNames {
  /** Grammar by extension, with its dot and in lower case. */
  readonly extensions: Readonly<Record<string, GrammarId>>;
  /** Whole base names, in lower case, e.g. `.bashrc`. */
  readonly names?: readonly string[];
  /** Base names as an expression on the name in lower case, e.g. `^dockerfile(?:\.|$)`. */
  readonly namePattern?: RegExp;
  /** First lines of files without an extension. */
  readonly firstLine?: RegExp;
  /** Grammar by language id of editors and notebooks; where a rule's fixture must be read as this language, the first one is used. */
  readonly editorIds: Readonly<Record<string, GrammarId>>;
  /** The editor id for a fixture, where it depends on the fixture's name. */
  readonly fixtureEditorId?: (path: string) => string;
}

/** How code in the language is read and what its patterns look like. */
export interface CodeSyntax {
  readonly lowering: Lowering;
  readonly patterns: PatternSyntax;
  readonly comments: CommentSyntax;
  /** What must stand before `text`, a piece of code that a string holds, for it to be read as code; empty where nothing must. */
  readonly opening?: (text: string) => string;
  /** Undefined where names are never imported. */
  readonly imports?: ImportRules;
  /** Undefined where what an import means is not looked for in other files of a project. */
  readonly modules?: ModuleRules;
  /** What one pass over a text shows without a parse; undefined when nothing is certain, without bodies when these are not. Languages without it are always parsed whole. */
  readonly outline?: (text: string) => Outline | undefined;
  /** Literals that dotted names stand for anywhere in a file, e.g. `local.x` in Terraform. */
  readonly globals?: (tree: SyntaxTree) => ReadonlyMap<string, number>;
  /** Types of well-known calls and members: by the callee's text (`Integer.parseInt`), or by a method's or member's name (`.size`). */
  readonly knownTypes?: Readonly<Record<string, 'int' | 'bool' | 'string'>>;
  /** How data moves where the common terms do not say; `PLAIN_FLOW` where left out. */
  readonly flow?: Partial<FlowTraits>;
  /** Equivalences of the language; `PLAIN_TRAITS` where left out. */
  readonly traits?: Partial<MatchTraits>;
}

export interface Outline {
  /** Of functions; outer bodies before the ones they hold. */
  readonly bodies: readonly Body[];
  /** Comments, and strings that begin a statement, in order. */
  readonly remarks: readonly Span[];
  /** Comments, and what stands inside strings that hold no code: no name of the program stands there. In order. */
  readonly quoted: readonly Span[];
}

/** `[start, end)` from the first character of a body's first statement to the last of its last, in UTF-16 code units. */
export interface Body extends Span {
  /** Where the line of the function's name begins, or that of its first decorator. */
  readonly head: number;
  /** Whether the function is defined inside an `if`, `for`, `with` or the like, however far out. */
  readonly insideStatement: boolean;
}

export interface CommentSyntax {
  /** What begins a comment that ends with its line. The first is used for suppressions that an editor writes. */
  readonly line: readonly string[];
  readonly block?: readonly { readonly open: string; readonly close: string }[];
  /** Whether the first string of a body documents it. */
  readonly docstrings?: boolean;
  /** Whether every comment begins with one of these and ends where that first can, so that none is missed by looking for them. */
  readonly byMarks?: boolean;
}

// ---- patterns

/** How a pattern's text, with its holes, becomes text that the grammar reads. */
export interface PatternSyntax {
  /** String literals; of two that fit, the first counts: list `"""` before `"`. */
  readonly strings: readonly StringSyntax[];
  /** What begins a comment in a pattern: nothing in it but metavariables is replaced. */
  readonly lineComments: readonly string[];
  /** Whether a `$NAME` at the beginning of `rest` is the language's own and no metavariable. */
  readonly ownDollar?: (rest: string) => boolean;
  /** How a hole is spelled where a plain name would not do; undefined for a plain name. */
  readonly spell?: (hole: HoleContext) => string | undefined;
  /** Text at `at` that is replaced before holes are looked for; `length` is what it stands for in the pattern. */
  readonly rewrite?: (pattern: string, at: number, grammar: GrammarId) => { readonly length: number; readonly text: string } | undefined;
  /** Ways to complete the fragment, tried in order until one parses. `text` has its holes spelled out. */
  readonly wrappings: (text: string, grammar: GrammarId) => readonly Wrapping[];
  /** The spelling of the hole for which a whole node stands, such as a statement that only holds one; undefined for no hole. */
  readonly holeAt?: (tree: SyntaxTree, node: number) => string | undefined;
  /** A typed metavariable: its name and the node of its type; `TYPED_PREFIX` marks one for `rewrite`. */
  readonly typedAt?: (tree: SyntaxTree, node: number) => TypedHole | undefined;
  /** Patterns are words and punctuation, as in `generic/document.ts`, and nothing else here applies. */
  readonly byWords?: boolean;
  /** How `<... x ...>` is spelled where a call would not do, and the `x` of a node that spells it. */
  readonly deep?: {
    readonly open: string;
    readonly close: string;
    readonly at: (tree: SyntaxTree, node: number) => number | undefined;
  };
  /** Kinds of statements (tags), and the word that each is spelled with. */
  readonly keywords?: ReadonlyMap<number, string>;
  /**
   * Whether keywords are always spelled as the grammar names them (in PHP they may be in any case), and no letter touches an expression,
   * a name or a statement without being a part of it (in a shell `a$b` is two).
   */
  readonly plainTokens?: boolean;
  /** Whether a string may stand without quotes next to its ends, as a heredoc does. */
  readonly unquotedStrings?: boolean;
  /** Whether an expression with a semicolon after it asks for a statement that is or holds it, and finds all of that statement. */
  readonly semicolons?: boolean;
  /** Whether a function that a pattern calls by name is always followed by its arguments, or renamed in an import. */
  readonly explicitCalls?: boolean;
}

export interface StringSyntax {
  readonly open: string;
  readonly close: string;
  /** Whether a backslash takes the next character along; true when left out. */
  readonly escapes?: boolean;
  /** Code inside the string. */
  readonly interpolations?: readonly Interpolation[];
}

export interface Interpolation {
  readonly open: string;
  /** One character that opens another level inside, and the one that closes it. */
  readonly nested: string;
  readonly close: string;
  /** Whether it is one here, e.g. only in strings with an `f` before them. */
  readonly when?: (pattern: string, at: number) => boolean;
}

export interface HoleContext {
  readonly kind: 'metavariable' | 'ellipsis' | 'ellipsis-metavariable';
  /** The hole as a plain name, e.g. `cs_mv_X`. */
  readonly name: string;
  readonly pattern: string;
  /** Where the hole begins and ends in `pattern`. */
  readonly at: number;
  readonly end: number;
  /** Offset of the innermost open bracket around it, or -1. */
  readonly bracket: number;
  /** Whether it stands in a string. */
  readonly inString: boolean;
}

/** A way to complete a fragment that is not a program by itself; `pick` finds the fragment again in the wrapped tree. */
export interface Wrapping {
  readonly before: string;
  readonly after: string;
  /** Empty when the fragment is not what the wrapping is for. */
  readonly pick: (tree: SyntaxTree) => readonly number[];
}

export interface TypedHole {
  /** The metavariable without its `$`, e.g. `X`. */
  readonly name: string;
  readonly type: number;
}

// ---- names

/** What an import makes a local name stand for. */
export interface ImportedName {
  readonly name: string;
  readonly path: readonly string[];
}

export interface ImportRules {
  /** What an `Import` node brings in. */
  readonly imported: (tree: SyntaxTree, node: number) => readonly ImportedName[];
  /** The package from which an `Import` node brings in every name, such as `java.util` of `import java.util.*`. */
  readonly wildcard?: (tree: SyntaxTree, node: number) => readonly string[] | undefined;
  /**
   * What a call stands for when it loads a module or passes its argument on, e.g. `require('m')`.
   * @param resolve the path of another expression
   */
  readonly loaded?: (
    tree: SyntaxTree,
    call: number,
    resolve: (node: number) => readonly string[] | undefined,
  ) => readonly string[] | undefined;
  /** `path.name`; plainly appended where left out. */
  readonly member?: (path: readonly string[], name: string) => readonly string[];
  /** Whether `x = imported.y` makes `x` another name of `imported.y`. */
  readonly assignmentsRename: boolean;
  /** Whether an imported name keeps its meaning when something is assigned to it. */
  readonly assignmentsKeep: boolean;
  /** Whether an imported name is the same in capitals. */
  readonly caseless?: boolean;
}

/** Which files of a project imports lead to. Paths are as in `ImportRules`. */
export interface ModuleRules {
  /** Everything that a text may import, from the text alone: more than it does, never less. */
  readonly mentioned: (text: string) => readonly (readonly string[])[];
  /** The file that `path` in the file `from` begins at; undefined for a package that is no part of the project. */
  readonly find: (path: readonly string[], from: string, files: ProjectFiles) => ModulePlace | undefined;
  /** What others import from a file. */
  readonly exports: (tree: SyntaxTree) => Exports;
  /** Classes with their methods, from the text alone: what looks like one. */
  readonly classes: (text: string) => readonly ClassOutline[];
}

// ---- equivalences

/** What equals what in a language, beyond what holds in all of them. */
export interface MatchTraits {
  /** `{ a: 1 }` and `{ 'a': 1 }` are the same. */
  readonly keysAreNames: boolean;
  /** An object or dictionary in a pattern allows more members than it lists. */
  readonly openMembers: boolean;
  /** `function f() {}` and `const f = () => {}` are the same. */
  readonly functionValues: boolean;
  /** `"true"` and `true`, `"1"` and `1` are the same value. */
  readonly literalsCoerce: boolean;
  /** Names of functions and classes are the same in capitals; variables and members are not. */
  readonly caselessNames: boolean;
  /** A function returns the value of its last expression: `return x` in a pattern asks for that too. */
  readonly implicitReturns: boolean;
  /** `yes if condition else no`. */
  readonly conditionSecond: boolean;
  /** `+`, `-` and `*` with a number on one side give a number: they join no texts. */
  readonly arithmetic: boolean;
  /** Every number is a floating-point one. */
  readonly floats: boolean;
  /** A string literal is a pointer to characters. */
  readonly charPointers: boolean;
  /** Decorators of classes whose constructor's parameters are members, too. */
  readonly injected?: ReadonlySet<string>;
  /** Variables are declared: an assignment writes to the declared variable around it and makes none of its own. */
  readonly declared: boolean;
  /** The value of a string literal where it is not the text as written; undefined where it is. */
  readonly stringValue?: (tree: SyntaxTree, node: number) => string | undefined;
  /** Words need no quotes, and a name alone is a command (shells). */
  readonly bareWords: boolean;
  /** `paths`: `import a.b` and `from a import b` bring in the same thing. `sources`: modules are strings. */
  readonly imports: 'paths' | 'sources';
}

/** How data moves through code of a language, beyond what holds in all of them. */
export interface FlowTraits {
  /** Methods that change their object by their arguments. */
  readonly changingMethods: readonly string[];
  /** Functions whose value has the parts of what they are given, as they are written: `list(x)`, `Object.freeze(x)`. */
  readonly handingOn: readonly string[];
  /** Functions whose value is one element of what they are given, or one of several arguments: `random.choice(x)`, `max(a, b)`. */
  readonly choosing: readonly string[];
  /** Functions whose value is a list of what they are given, or of what that holds where it is spread: `asyncio.gather(*calls)`. */
  readonly gathering: readonly string[];
  /** Functions whose value is a list of pairs (`zip(a, b)`: an element of each; `enumerate(a)`: its place, and an element), by how many parts come before those of the arguments. */
  readonly pairing: Readonly<Record<string, number>>;
  /** Methods whose first argument only says which part of the object is meant: the value is none of it. */
  readonly keyedMethods: readonly string[];
  /** Methods whose value is a list of a dictionary's keys. */
  readonly keysOf: readonly string[];
  /** Methods whose value is a list of what a dictionary holds under them. */
  readonly valuesOf: readonly string[];
  /** Methods whose value is a list of pairs, of each key and what the object has there. */
  readonly keyed: readonly string[];
  /** Functions whose value is the dictionary of everything that the module, or the function around, calls by a name. */
  readonly namespaces: readonly string[];
  /** `Point(x=1)`, of a class that is not known, has the value as its field `x`. */
  readonly namedFields: boolean;
  /** `o.getX()` and `o.setX(v)` read and write `o.x` where no such method is known. */
  readonly accessors: boolean;
  /** The name of a method's own object, where it is a variable like any other. */
  readonly self: string | undefined;
  /** What begins a name that is a member of the method's object. */
  readonly memberPrefix: string | undefined;
  /** Whether a function's last expression is its value: in functions written as expressions, or in all. */
  readonly lastIsValue: 'never' | 'inline' | 'always';
  /** A case of `switch` goes on into the next one. */
  readonly casesFall: boolean;
  /** Cases of `match` or `case` bind names to parts of what they look at. */
  readonly casesBind: boolean;
}

export const PLAIN_FLOW: FlowTraits = {
  changingMethods: [],
  handingOn: [],
  choosing: [],
  gathering: [],
  pairing: {},
  keyedMethods: [],
  keysOf: [],
  valuesOf: [],
  keyed: [],
  namespaces: [],
  namedFields: false,
  accessors: false,
  self: undefined,
  memberPrefix: undefined,
  lastIsValue: 'never',
  casesFall: true,
  casesBind: true,
};

export const PLAIN_TRAITS: MatchTraits = {
  keysAreNames: false,
  openMembers: false,
  functionValues: false,
  literalsCoerce: false,
  caselessNames: false,
  implicitReturns: false,
  conditionSecond: false,
  arithmetic: false,
  floats: false,
  charPointers: false,
  declared: false,
  bareWords: false,
  imports: 'paths',
};
