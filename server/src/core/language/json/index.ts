/** JSON, comments allowed as editors allow them. An object's members have no order; `...` allows more. */
import type { Handler, Lowering } from '../builder.js';
import type { HoleContext, LanguageDefinition, PatternSyntax, Wrapping } from '../definition.js';
import { keyword, leaf, wrap } from '../handlers.js';
import type { RawTree } from '../raw.js';
import { DEEP, METAVARIABLE_PREFIX } from '../holes.js';
import { Role, Tag } from '../tags.js';
import { childrenOf, stringTextOf, tagOf, type SyntaxTree } from '../tree.js';
import { membersOfOnly, WHOLE } from '../wrappings.js';

const string: Handler = (b, raw, role) =>
  b.emit(Tag.Str, 0, raw, role, () => {
    const start = b.startOf(raw) + 1;
    const end = b.endOf(raw) - 1;
    if (end > start) b.node(Tag.StrText, 0, start, end, Role.None);
  });

const lowering: Lowering = {
  handlers: {
    document: wrap(Tag.Block),
    object: wrap(Tag.Dict),
    pair: (b, raw, role) =>
      b.emit(Tag.Pair, 0, raw, role, () => {
        b.lower(b.field(raw, 'key'), Role.Key);
        b.lower(b.field(raw, 'value'), Role.Value);
      }),
    array: wrap(Tag.List),
    string,
    number: leaf(Tag.Num),
    true: keyword,
    false: keyword,
    null: keyword,
  },
  comments: ['comment'],
  roles: {},
};

/** A hole outside of strings is written as a string with this before it. */
const BARE = '@';

function spell({ kind, name, pattern, at, bracket, inString }: HoleContext): string | undefined {
  if (inString) return undefined;
  const isMember = kind !== 'metavariable' && pattern[bracket] !== '[' && !/:\s*$/.test(pattern.slice(0, at));
  return isMember ? `"${BARE}${name}": 0` : `"${BARE}${name}"`;
}

function holeAt(tree: SyntaxTree, node: number): string | undefined {
  const tag = tagOf(tree, node);
  if (tag === Tag.Pair) {
    const [key] = childrenOf(tree, node);
    const hole = key === undefined ? undefined : holeAt(tree, key);
    return hole?.startsWith(METAVARIABLE_PREFIX) === true ? undefined : hole;
  }
  const text = tag === Tag.Str ? stringTextOf(tree, node) : undefined;
  return text?.startsWith(`${BARE}cs_`) === true ? text.slice(BARE.length) : undefined;
}

const member: Wrapping = { before: '{ ', after: '\n}', pick: membersOfOnly };

const patterns: PatternSyntax = {
  strings: [{ open: '"', close: '"' }],
  lineComments: [],
  spell,
  rewrite(pattern, at) {
    const rest = pattern.slice(at);
    // A comma after the last member is no JSON, but how people copy members; a key may be written as in JavaScript.
    if (/^,\s*(?:[}\]]|$)/.test(rest)) return { length: 1, text: ' ' };
    const key = /[\w-]$/.test(pattern.slice(0, at)) ? null : /^[A-Za-z_][\w-]*(?=\s*:)/.exec(rest);
    return key === null ? undefined : { length: key[0].length, text: `"${key[0]}"` };
  },
  holeAt,
  deep: {
    open: `{"${BARE}${DEEP}": `,
    close: '}',
    at(tree, node) {
      const [only] = tagOf(tree, node) === Tag.Dict ? childrenOf(tree, node) : [];
      const [key, value] = only === undefined ? [] : childrenOf(tree, only);
      return key !== undefined && tagOf(tree, key) === Tag.Str && stringTextOf(tree, key) === `${BARE}${DEEP}` ? value : undefined;
    },
  },
  wrappings: () => [WHOLE, member],
};

/** A comma after the last member or item means nothing: read as a blank, as editors and Semgrep do. */
function withoutTrailingCommas(text: string, tree: RawTree): string | undefined {
  if (!tree.hasError) return undefined;
  const repaired = text.replaceAll(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\/|,(?=\s*[}\]])/g, (part) => (part === ',' ? ' ' : part));
  return repaired === text ? undefined : repaired;
}

export const json: LanguageDefinition = {
  id: 'json',
  names: ['json'],
  grammars: [{ id: 'json', wasm: 'tree-sitter-json/tree-sitter-json.wasm', repair: withoutTrailingCommas }],
  files: { extensions: { '.json': 'json', '.jsonc': 'json' }, editorIds: { json: 'json', jsonc: 'json' } },
  code: { lowering, patterns, comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] } },
};
