/**
 * Pattern text -> `Pattern`, through the same parser and lowering as code. A pattern that does not parse is an error,
 * never a guess: tree-sitter would repair it, and the repaired pattern would mean something else.
 */
import { lowerTree } from '../language/builder.js';
import { DEEP, ELLIPSIS, ellipsisMetavariableOf, metavariableOf } from '../language/holes.js';
import { internedText } from '../language/interner.js';
import type { MatchTraits, PatternSyntax } from '../language/definition.js';
import type { GrammarId, Parser } from '../language/raw.js';
import { syntaxOf, traitsOf } from '../language/registry.js';
import { parseGenericPattern, type PatternToken } from '../language/generic/document.js';
import { Role, Tag } from '../language/tags.js';
import { childrenOf, endOf, opOf, roleOf, startOf, stringTextOf, tagOf, textOf, type SyntaxTree } from '../language/tree.js';
import { compileRegex, type TextRegex } from '../model/regex.js';
import { ANY_FOR, type Pattern, type PatternNode, type RequiredName, type StringPattern } from './pattern.js';
import { restore, substitute } from './placeholder.js';

export type PatternResult =
  | { readonly pattern: Pattern }
  | { readonly error: string; /** Offset in the pattern's text. */ readonly at: number };

type ParseSync = Parser['parse'];

/** @param text the pattern as written in the rule */
export function compilePattern(text: string, grammar: GrammarId, parse: ParseSync): PatternResult {
  if (text.trim() === '') return { error: 'the pattern is empty', at: 0 };
  const { lowering, patterns } = syntaxOf(grammar);
  if (patterns.byWords === true) return compileWords(text);
  const prepared = substitute(text.replace(/\s+$/, '').replace(/^(?:[ \t]*\n)+/, ''), patterns, grammar);
  let firstError: { error: string; at: number } | undefined;
  for (const wrapping of patterns.wrappings(prepared, grammar)) {
    const source = wrapping.before + prepared + wrapping.after;
    const raw = parse(source, grammar);
    if (raw === undefined) return { error: 'the pattern took too long to parse', at: 0 };
    const tree = lowerTree(raw, source, lowering);
    const problem = tree.problems[0];
    if (problem !== undefined) {
      firstError ??= {
        error: `not valid ${grammar} with Semgrep's \`$X\` and \`...\`: look at ${quote(restore(source.slice(problem.start, problem.end) || source.slice(problem.start)))}`,
        at: restore(prepared.slice(0, Math.max(0, problem.start - wrapping.before.length))).length,
      };
      continue;
    }
    const roots = wrapping.pick(tree);
    if (roots.length === 0) {
      firstError ??= { error: `the pattern holds no ${grammar} code`, at: 0 };
      continue;
    }
    const traits = traitsOf(grammar);
    const converter = createConverter(tree, patterns, traits);
    const items = loneWord(grouped(tree, roots, converter), traits, prepared.trim());
    if (converter.error !== undefined) return { error: converter.error, at: 0 };
    return {
      pattern: {
        statement: patterns.semicolons === true && items.length === 1 && /;\s*$/.test(text) && isPlain(items[0]),
        items,
        names: [
          ...requiredInFile(items, patterns.explicitCalls === true).filter(({ text: name }) => isSpelledSo(name, traits)),
          ...keywordsOf(items, patterns).map((word) => ({ text: word, called: false })),
        ],
        localLiterals: [
          ...unique(items.flatMap((item) => requiredNames(item, true))).filter((name) => isSpelledSo(name, traits)),
          ...keywordsOf(items, patterns),
        ],
        ...stringsOf(items),
        quotedStrings: !traits.keysAreNames && !traits.bareWords && patterns.unquotedStrings !== true,
        plainTokens: patterns.plainTokens === true,
      },
    };
  }
  return firstError ?? { error: 'the pattern could not be read', at: 0 };
}

/** Words of the language itself that every match spells: those of statements of certain kinds, and of all that has no tag of its own. */
function keywordsOf(items: readonly PatternNode[], { keywords, plainTokens }: PatternSyntax): readonly string[] {
  const found = items.flatMap((item) => (item.kind === 'node' ? (keywords?.get(item.tag) ?? []) : []));
  return plainTokens === true ? unique([...found, ...items.flatMap(keywordsInOps)]) : found;
}

/** What has no tag of its own is matched by its kind and its keywords, both in `op`. */
export function keywordsInOps(node: PatternNode): readonly string[] {
  if (node.kind === 'deep' || node.kind === 'chain') return keywordsInOps(node.child);
  if (node.kind !== 'node' || node.tag === Tag.Import) return [];
  const inner = node.children.flatMap(keywordsInOps);
  if (node.tag !== Tag.Other) return inner;
  const [, ...words] = internedText(node.op).split(' ');
  return [...words.filter((word) => /^[a-z]{3,}$/.test(word)), ...inner];
}

/** Imports that one statement of the pattern makes are one item. */
function grouped(tree: SyntaxTree, roots: readonly number[], converter: Converter): readonly PatternNode[] {
  const items: PatternNode[] = [];
  for (let from = 0; from < roots.length;) {
    const root = roots[from] as number;
    let to = from + 1;
    if (tagOf(tree, root) === Tag.Import)
      while (
        to < roots.length &&
        startOf(tree, roots[to] as number) === startOf(tree, root) &&
        endOf(tree, roots[to] as number) === endOf(tree, root)
      )
        to++;
    const named = roots.slice(from, to).map((member) => converter.convert(member));
    // `import { ..., x, ... }`: more may be imported anyway.
    const asked = named.filter((member) => member.kind !== 'node' || !member.children.some(isOpenName));
    const members = asked.length === 0 ? named : asked;
    const [only, second] = members;
    if (only !== undefined)
      items.push(
        second === undefined ? only : { kind: 'node', tag: Tag.Import, op: 0, role: Role.None, children: [], text: '', group: members },
      );
    from = to;
  }
  return items;
}

/** In a shell one word alone is a command or an argument. */
function loneWord(items: readonly PatternNode[], traits: MatchTraits, text: string): readonly PatternNode[] {
  const [only, second] = items;
  if (!traits.bareWords || second !== undefined || only?.kind !== 'node' || only.tag !== Tag.Call) return items;
  const [name] = only.children;
  return name?.kind === 'ident' && name.name === text ? [name] : items;
}

function isOpenName(child: PatternNode): boolean {
  return child.kind === 'ellipsis' && child.role === Role.Name;
}

/** A pattern of the generic language: one node that stands for the whole text. */
function compileWords(text: string): PatternResult {
  const parsed = parseGenericPattern(text, undefined);
  if ('error' in parsed) return { error: parsed.error, at: 0 };
  const words: string[] = [];
  const visit = (nodes: readonly PatternToken[]): void => {
    for (const node of nodes) {
      if (node.kind === 'word') words.push(node.text);
      else if (node.kind === 'pattern-block') visit(node.nodes);
    }
  };
  visit(parsed.nodes);
  return {
    pattern: {
      statement: false,
      items: [{ kind: 'node', tag: Tag.Block, op: 0, role: Role.None, children: [], text: '', words: parsed.nodes }],
      names: unique(words).map((word) => ({ text: word, called: false })),
      localLiterals: [],
      strings: [],
      stringRegexes: [],
      quotedStrings: false,
      plainTokens: false,
      stringNames: [],
    },
  };
}

function quote(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return `\`${line.length > 40 ? `${line.slice(0, 40)}...` : line}\``;
}

interface Converter {
  error: string | undefined;
  convert(node: number): PatternNode;
}

function createConverter(tree: SyntaxTree, patterns: PatternSyntax, traits: MatchTraits): Converter {
  const self: Converter = {
    error: undefined,
    convert(node) {
      const tag = tagOf(tree, node);
      const role = roleOf(tree, node);
      const hole = patterns.holeAt?.(tree, node);
      if (hole !== undefined) return identifier(hole, role);
      const typed = patterns.typedAt?.(tree, node);
      if (typed !== undefined) return { kind: 'metavariable', name: `$${typed.name}`, role, type: self.convert(typed.type) };
      if (tag === Tag.Ident) return identifier(textOf(tree, node), role);
      if (tag === Tag.Str && traits.bareWords) {
        const quoted = quotedHole(tree, node, role);
        if (quoted !== undefined) return quoted;
      }
      if (tag === Tag.Str) {
        const text = stringPattern(tree, node, role, self);
        if (text !== undefined) return text;
      }
      const deep = patterns.deep?.at(tree, node);
      if (deep !== undefined) return { kind: 'deep', child: self.convert(deep), role };
      const children = childrenOf(tree, node);
      if (tag === Tag.JsxText) {
        const content = textOf(tree, node).trim();
        if (content === ELLIPSIS || content === '...') return { kind: 'ellipsis', role };
        const hole = identifier(content, role);
        if (hole.kind !== 'ident') return hole;
      }
      if (tag === Tag.Call) {
        const [callee, args] = children;
        if (callee !== undefined && args !== undefined && tagOf(tree, callee) === Tag.Ident && textOf(tree, callee) === DEEP) {
          const inner = childrenOf(tree, args);
          if (inner.length !== 1 || inner[0] === undefined) self.error = '`<... ...>` must hold exactly one expression';
          else return { kind: 'deep', child: self.convert(inner[0]), role };
        }
      }
      // Where output goes does not count, so that no match has to spell it either.
      const counting = tag === Tag.Call && traits.bareWords ? children.filter((child) => !isRedirection(tree, child)) : children;
      const converted = counting.map((child) => self.convert(child));
      // `if ($E) $S`: without braces of its own, the hole is the whole branch.
      const [branch, other] = children;
      if (tag === Tag.Block && branch !== undefined && other === undefined && converted[0]?.kind === 'metavariable' && role !== Role.None) {
        if (startOf(tree, branch) === startOf(tree, node)) return { ...converted[0], role };
      }
      // In a shell a lone hole is a command without arguments, and `$(...)` alone a command of that name.
      if (
        tag === Tag.Call &&
        traits.bareWords &&
        converted[1]?.kind === 'node' &&
        converted[1].children.length === 0 &&
        children.length === 2
      ) {
        const [name] = converted;
        if (name?.kind === 'ellipsis' || name?.kind === 'ellipsis-metavariable' || name?.kind === 'metavariable' || name?.kind === 'node')
          return { ...name, role };
      }
      const only = converted.length === 1 ? converted[0] : undefined;
      // Wrappers around a hole are the hole: a parameter, an argument unpacked from a dictionary, a key.
      if (only !== undefined && (only.kind === 'ellipsis' || only.kind === 'ellipsis-metavariable')) {
        if (tag === Tag.Param || tag === Tag.Spread || tag === Tag.JsxAttribute) return { ...only, role };
        // `{ ... }` as a member or `... ;` as a class field.
        if (tag === Tag.VarDef) return { ...only, role };
      }
      // `for (...) { ... }`: any loop header.
      if (tag === Tag.Other && internedText(opOf(tree, node)) === 'for_statement' && converted[0]?.kind === 'ellipsis') {
        const body = converted.at(-1);
        const rest = children.slice(1, -1).every((child) => internedText(opOf(tree, child)).startsWith('empty_statement'));
        if (body !== undefined && rest) return { kind: 'node', tag, op: ANY_FOR, role, children: [converted[0], body], text: '' };
      }
      if (tag === Tag.Pair && converted[0]?.kind === 'ellipsis') return { kind: 'ellipsis', role };
      if (tag === Tag.Pair && converted[0]?.kind === 'ellipsis-metavariable') return { ...converted[0], role };
      if (tag === Tag.Dot && converted[1]?.kind === 'ellipsis' && converted[0] !== undefined)
        return { kind: 'chain', child: converted[0], role };
      const path = dottedPath(tag, converted);
      const leaf = children.length === 0;
      const shape = tag === Tag.Args ? argumentShape(converted) : {};
      return {
        kind: 'node',
        tag,
        op: opOf(tree, node),
        role,
        children: converted,
        text: leaf ? textOf(tree, node) : '',
        ...shape,
        ...(path === undefined ? {} : { path }),
      };
    },
  };
  return self;
}

function isRedirection(tree: SyntaxTree, node: number): boolean {
  return roleOf(tree, node) === Role.Optional && internedText(opOf(tree, node)).endsWith('_redirect');
}

/** In a shell `"$X"` asks for quotes around one expansion, and `"..."` for quotes around some: other quotes do not count. */
function quotedHole(tree: SyntaxTree, node: number, role: number): PatternNode | undefined {
  const text = stringTextOf(tree, node);
  if (text === undefined || tree.text[startOf(tree, node)] !== '"') return undefined;
  const hole = text === '...' ? ELLIPSIS : text;
  const inner = identifier(hole, Role.None);
  if (inner.kind === 'ident') return undefined;
  const piece: PatternNode =
    inner.kind === 'metavariable' ? { kind: 'node', tag: Tag.StrInterp, op: 0, role: Role.None, children: [inner], text: '' } : inner;
  return { kind: 'node', tag: Tag.Str, op: 1, role, children: [piece], text: '' };
}

function argumentShape(args: readonly PatternNode[]): { readonly keywords: readonly string[]; readonly positional: number } {
  const keywords: string[] = [];
  let positional = 0;
  for (const arg of args) {
    if (arg.kind === 'ellipsis' || arg.kind === 'ellipsis-metavariable') continue;
    if (arg.kind !== 'node' || arg.tag !== Tag.Keyword) positional++;
    else if (arg.children[0]?.kind === 'ident') keywords.push(arg.children[0].name);
  }
  return { keywords, positional };
}

function identifier(name: string, role: number): PatternNode {
  if (name === ELLIPSIS) return { kind: 'ellipsis', role };
  const metavariable = metavariableOf(name);
  if (metavariable !== undefined) return { kind: 'metavariable', name: metavariable, role };
  const many = ellipsisMetavariableOf(name);
  if (many !== undefined) return { kind: 'ellipsis-metavariable', name: many, role };
  return { kind: 'ident', name, role };
}

function dottedPath(tag: number, children: readonly PatternNode[]): readonly string[] | undefined {
  if (tag !== Tag.Dot) return undefined;
  const [object, name] = children;
  if (name?.kind !== 'ident' || object === undefined) return undefined;
  if (object.kind === 'ident') return [object.name, name.name];
  return object.kind === 'node' && object.path !== undefined ? [...object.path, name.name] : undefined;
}

/** Undefined for strings with interpolations, which stay nodes. */
function stringPattern(tree: SyntaxTree, node: number, role: number, converter: Converter): StringPattern | undefined {
  const pieces = childrenOf(tree, node);
  const [first] = pieces;
  if (first === undefined) return { kind: 'string', role, content: { kind: 'exact', text: '' } };
  if (opOf(tree, node) !== 0 || pieces.some((piece) => tagOf(tree, piece) !== Tag.StrText)) return undefined;
  const parts = pieces.filter((piece) => opOf(tree, piece) === 0);
  if (parts.length < pieces.length && parts.every((piece) => textOf(tree, piece) === '...'))
    return { kind: 'string', role, content: { kind: 'joined' } };
  const text = traitsOf(tree.grammar).stringValue?.(tree, node) ?? pieces.map((piece) => textOf(tree, piece)).join('');
  if (text === '...') return { kind: 'string', role, content: { kind: 'any' } };
  const metavariable = metavariableOf(text);
  if (metavariable !== undefined) return { kind: 'string', role, content: { kind: 'metavariable', name: metavariable } };
  const many = ellipsisMetavariableOf(text);
  if (many !== undefined) return { kind: 'string', role, content: { kind: 'metavariable', name: many } };
  const regex = /^=~\/([\s\S]*)\/([im]*)$/.exec(text);
  if (regex !== null) {
    const compiled = compileRegex(`${regex[2] ? `(?${regex[2]})` : ''}${regex[1] ?? ''}`, false);
    if ('error' in compiled) converter.error = `in "=~/.../": ${compiled.error}`;
    else return { kind: 'string', role, content: { kind: 'regex', regex: compiled.regex } };
  }
  // A hole that is only a part of a string is no hole: it stands for itself.
  return { kind: 'string', role, content: { kind: 'exact', text: restore(text) } };
}

/** Whether an item is of a kind that statements are searched for. */
function isPlain(item: PatternNode | undefined): boolean {
  return item !== undefined && (item.kind !== 'node' || item.tag !== Tag.Other);
}

/** Whether code must spell a name as the pattern does. */
function isSpelledSo(name: string, traits: MatchTraits): boolean {
  return !traits.caselessNames || name.startsWith('$');
}

function requiredInFile(items: readonly PatternNode[], explicitCalls: boolean): RequiredName[] {
  const called = new Set(explicitCalls ? items.flatMap(calledNames) : []);
  return unique(items.flatMap((item) => requiredNames(item, false))).map((text) => ({ text, called: called.has(text) }));
}

/** Names of functions and methods that every match calls. */
function calledNames(node: PatternNode): readonly string[] {
  if (node.kind === 'deep' || node.kind === 'chain') return calledNames(node.child);
  if (node.kind !== 'node' || node.tag === Tag.Import || node.tag === Tag.Decorator) return [];
  const inner = node.children.flatMap(calledNames);
  if (node.tag !== Tag.Call) return inner;
  const [callee] = node.children;
  if (callee?.kind === 'ident') return [callee.name, ...inner];
  const name = callee?.kind === 'node' && callee.tag === Tag.Dot ? callee.children[1] : undefined;
  return name?.kind === 'ident' ? [name.name, ...inner] : inner;
}

/** Metavariables that stand for what is inside a string or a regular expression, and what strings must look like. */
function stringsOf(items: readonly PatternNode[]): {
  readonly strings: readonly string[];
  readonly stringNames: readonly string[];
  readonly stringRegexes: readonly TextRegex[];
} {
  const names: string[] = [];
  const strings: string[] = [];
  const regexes: TextRegex[] = [];
  const visit = (node: PatternNode): void => {
    if (node.kind === 'string') {
      if (node.content.kind === 'metavariable') names.push(node.content.name);
      else if (node.content.kind === 'regex') regexes.push(node.content.regex);
      else if (node.content.kind === 'exact' && !node.content.text.includes('\\')) strings.push(node.content.text);
    } else if (node.kind === 'deep' || node.kind === 'chain') visit(node.child);
    else if (node.kind === 'node') {
      if (node.tag === Tag.Regex || node.tag === Tag.StrText) {
        const name = metavariableOf(node.text.replaceAll('/', ''));
        if (name !== undefined) names.push(name);
      }
      // Import forms are matched by other spellings too.
      if (node.tag !== Tag.Import) node.children.forEach(visit);
    }
  };
  items.forEach(visit);
  return { strings, stringNames: names, stringRegexes: regexes };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name.length > 1);
}

/**
 * Names that any match must contain literally. Import aliases still spell the original name once, in the import.
 * @param local only what must stand in the matched code itself
 */
export function requiredNames(node: PatternNode, local: boolean): readonly string[] {
  switch (node.kind) {
    case 'ident':
      return [node.name];
    case 'node':
      // `import` forms are matched by equivalent spellings too, such as require().
      if (node.tag === Tag.Import) return [];
      if (node.path !== undefined) return local ? node.path.slice(-1) : node.path;
      if (local && node.tag === Tag.Dot) {
        // `requests.$METHOD` may be a bare imported name: the module's name need not stand here.
        const [object, name] = node.children;
        const dotted = object?.kind === 'ident' || (object?.kind === 'node' && object.path !== undefined);
        return [
          ...(object === undefined || dotted ? [] : requiredNames(object, local)),
          ...(name === undefined ? [] : requiredNames(name, local)),
        ];
      }
      return node.children.flatMap((child) => requiredNames(child, local));
    case 'deep':
    case 'chain':
      return requiredNames(node.child, local);
    default:
      return [];
  }
}
