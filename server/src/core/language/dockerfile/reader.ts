/**
 * Reads a Dockerfile as a tree like those of the wasm grammars: dockerfile-ast says where instructions begin and end, their arguments are told apart
 * here, and what a shell will run is parsed by the Bash grammar and grafted in.
 */
import { DockerfileParser } from 'dockerfile-ast';
import type { GrammarId, GrammarInfo, RawTree } from '../raw.js';

/** Before a text that is shell code alone: a pattern such as `apt-get update`. No Dockerfile holds it. */
export const SHELL_MARK = '\u0000\n';

const KINDS = [
  'dockerfile',
  'instruction',
  'keyword',
  'docker_word',
  'docker_option',
  'option_name',
  'docker_labelled',
  'docker_label',
  'docker_array',
  'shell',
  'assignments',
  'assignment',
  'docker_name',
  'docker_pair',
  'unknown_instruction',
  'docker_comment',
] as const;

type Kind = (typeof KINDS)[number];

/** A node under construction; a graft stands for a whole tree of another grammar. */
interface Draft {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly children: readonly Draft[];
  readonly graft?: { readonly tree: RawTree; readonly offset: number };
}

const infos = new WeakMap<GrammarInfo, GrammarInfo>();
const PLAIN: GrammarInfo = { id: 'dockerfile', kinds: KINDS, named: KINDS.map(() => true), fields: [''] };

/** One grammar of both vocabularies: ours first, then Bash's. */
function mergedWith(bash: GrammarInfo | undefined): GrammarInfo {
  if (bash === undefined) return PLAIN;
  let info = infos.get(bash);
  if (info === undefined) {
    info = {
      id: 'dockerfile',
      kinds: [...KINDS, ...bash.kinds],
      named: [...KINDS.map(() => true), ...bash.named],
      fields: bash.fields,
    };
    infos.set(bash, info);
  }
  return info;
}

type ParseBash = (text: string, grammar: GrammarId) => RawTree | undefined;

export function readDockerfile(text: string, parse: ParseBash): RawTree {
  if (text.startsWith(SHELL_MARK)) {
    const shell = shellNode(text, SHELL_MARK.length, text.length, parse);
    return assemble({ kind: 'dockerfile', start: 0, end: text.length, children: [shell] });
  }
  const file = DockerfileParser.parse(text);
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const offset = (place: { readonly line: number; readonly character: number }): number =>
    Math.min((lineStarts[place.line] ?? text.length) + place.character, text.length);
  const comments = file.getComments().map((comment): Draft => {
    const range = comment.getRange();
    return { kind: 'docker_comment', start: offset(range.start), end: offset(range.end), children: [] };
  });
  const instructions = file.getInstructions().map((instruction) => {
    const range = instruction.getRange();
    const start = offset(range.start);
    const end = offset(range.end);
    return instructionNode(
      { text, parse, comments: comments.filter((comment) => comment.start >= start && comment.end <= end) },
      start,
      end,
    );
  });
  const outside = comments.filter((comment) => !instructions.some((one) => comment.start >= one.start && comment.end <= one.end));
  const children = [...instructions, ...outside].toSorted((a, b) => a.start - b.start);
  return assemble({ kind: 'dockerfile', start: 0, end: text.length, children });
}

interface Reading {
  readonly text: string;
  readonly parse: ParseBash;
  /** Comments inside the instruction. */
  readonly comments: readonly Draft[];
}

const SHELL_FORMS = new Set(['RUN', 'CMD', 'ENTRYPOINT']);
const WORD_FORMS = new Set(['FROM', 'ADD', 'COPY', 'USER', 'WORKDIR', 'EXPOSE', 'VOLUME', 'STOPSIGNAL', 'SHELL', 'ARG']);

function instructionNode(reading: Reading, start: number, end: number): Draft {
  const { text } = reading;
  const keywordEnd = start + (/^[^\s\\]+/.exec(text.slice(start, end))?.[0].length ?? 0);
  const keyword: Draft = { kind: 'keyword', start, end: keywordEnd, children: [] };
  const name = text.slice(start, keywordEnd).toUpperCase();
  const args = argumentsOf(reading, name, keywordEnd, end);
  if (args === undefined) return { kind: 'unknown_instruction', start, end, children: [keyword] };
  return { kind: 'instruction', start, end, children: [keyword, ...args] };
}

function argumentsOf(reading: Reading, name: string, from: number, end: number): readonly Draft[] | undefined {
  const { text } = reading;
  if (name === 'ENV' || name === 'LABEL') return [assignments(reading, from, end)];
  if (name === 'MAINTAINER') return [trimmed(text, from, end, 'docker_word')];
  if (name === 'ONBUILD') {
    const inner = skipSpace(reading, from, end);
    return [instructionNode(reading, inner, end)];
  }
  if (!SHELL_FORMS.has(name) && !WORD_FORMS.has(name) && name !== 'HEALTHCHECK') return undefined;
  const options: Draft[] = [];
  let at = skipSpace(reading, from, end);
  while (text.startsWith('--', at)) {
    const stop = wordEnd(reading, at, end);
    options.push(option(text, at, stop));
    at = skipSpace(reading, stop, end);
  }
  if (name === 'HEALTHCHECK') {
    // `...` among the options.
    const more: Draft[] = [];
    while (at < end && !/^(?:CMD|NONE)\b/i.test(text.slice(at, end))) {
      const stop = wordEnd(reading, at, end);
      more.push(text.startsWith('--', at) ? option(text, at, stop) : { kind: 'docker_word', start: at, end: stop, children: [] });
      at = skipSpace(reading, stop, end);
    }
    if (/^NONE\b/i.test(text.slice(at, end))) return [...options, ...more, { kind: 'docker_word', start: at, end: at + 4, children: [] }];
    return at < end ? [instructionNode(reading, at, end), ...options, ...more] : [...options, ...more];
  }
  if (text[at] === '[') {
    const array = arrayNode(text, at, end);
    if (array !== undefined) return [array, ...options];
  }
  if (SHELL_FORMS.has(name)) {
    const rest = trimmed(text, at, end, 'docker_word');
    if (/^cs_(?:ellipsis|em_\w+)$/.test(text.slice(rest.start, rest.end))) return [rest, ...options];
    return rest.end > rest.start ? [shellNode(withoutComments(reading), rest.start, rest.end, reading.parse), ...options] : options;
  }
  const words = wordsOf(reading, at, end);
  if (name === 'FROM') return [...from_(text, words), ...options];
  if (name === 'USER') return [...labelled(text, words[0], ':'), ...options];
  if (name === 'ARG') return [...words.flatMap((word) => argument(text, word)), ...options];
  if (name === 'EXPOSE') return words.map((word) => port(text, word));
  return [...words, ...options];
}

/** `image:tag@digest AS alias`. */
function from_(text: string, words: readonly Draft[]): readonly Draft[] {
  const [image, as, alias] = words;
  if (image === undefined) return [];
  const named = as !== undefined && alias !== undefined ? [{ ...label(as, alias) }] : [];
  const source = text.slice(image.start, image.end);
  const digest = source.indexOf('@');
  const beforeDigest = digest < 0 ? source : source.slice(0, digest);
  // A colon before a slash belongs to the registry's port.
  const colon = beforeDigest.lastIndexOf(':') > beforeDigest.lastIndexOf('/') ? beforeDigest.lastIndexOf(':') : -1;
  const nameEnd = colon < 0 ? beforeDigest.length : colon;
  const at = (offset: number): number => image.start + offset;
  const word = (start: number, stop: number): Draft => ({ kind: 'docker_word', start: at(start), end: at(stop), children: [] });
  const mark = (start: number): Draft => ({ kind: 'docker_label', start: at(start), end: at(start + 1), children: [] });
  return [
    word(0, nameEnd),
    ...(colon < 0 ? [] : [label(mark(colon), word(colon + 1, beforeDigest.length))]),
    ...(digest < 0 ? [] : [label(mark(digest), word(digest + 1, source.length))]),
    ...named,
  ];
}

function label(mark: Draft, value: Draft): Draft {
  return { kind: 'docker_labelled', start: mark.start, end: value.end, children: [{ ...mark, kind: 'docker_label', children: [] }, value] };
}

function labelled(text: string, word: Draft | undefined, separator: string): readonly Draft[] {
  if (word === undefined) return [];
  const at = text.slice(word.start, word.end).indexOf(separator);
  if (at < 0) return [word];
  const middle = word.start + at;
  return [
    { ...word, end: middle },
    label(
      { kind: 'docker_label', start: middle, end: middle + 1, children: [] },
      { kind: 'docker_word', start: middle + 1, end: word.end, children: [] },
    ),
  ];
}

function argument(text: string, word: Draft): readonly Draft[] {
  const at = text.slice(word.start, word.end).indexOf('=');
  if (at < 0) return [{ ...word, kind: 'docker_name' }];
  return [
    { ...word, kind: 'docker_name', end: word.start + at },
    { kind: 'docker_word', start: word.start + at + 1, end: word.end, children: [] },
  ];
}

function port(text: string, word: Draft): Draft {
  const at = text.slice(word.start, word.end).indexOf('/');
  if (at < 0) return word;
  const middle = word.start + at;
  return {
    ...word,
    kind: 'docker_pair',
    children: [
      { kind: 'docker_word', start: word.start, end: middle, children: [] },
      { kind: 'docker_word', start: middle + 1, end: word.end, children: [] },
    ],
  };
}

function option(text: string, start: number, end: number): Draft {
  const equals = text.slice(start, end).indexOf('=');
  const nameEnd = equals < 0 ? end : start + equals;
  const name: Draft = { kind: 'option_name', start: start + 2, end: nameEnd, children: [] };
  const value: readonly Draft[] = equals < 0 ? [] : [{ kind: 'docker_word', start: nameEnd + 1, end, children: [] }];
  return { kind: 'docker_option', start, end, children: [name, ...value] };
}

/** `A=b C="d e"`, or `A rest of the line`. */
function assignments(reading: Reading, from: number, end: number): Draft {
  const { text } = reading;
  const start = skipSpace(reading, from, end);
  const words = wordsOf(reading, start, end);
  const [first, second] = words;
  const pairs: Draft[] = [];
  const isHole = (word: Draft): boolean => /^cs_(?:ellipsis|em_\w+)$/.test(text.slice(word.start, word.end));
  if (
    first !== undefined &&
    second !== undefined &&
    !words.some((word) => text.slice(word.start, word.end).includes('=')) &&
    !isHole(first)
  ) {
    const value = trimmed(text, second.start, end, 'docker_word');
    pairs.push({ kind: 'assignment', start: first.start, end: value.end, children: [{ ...first, kind: 'docker_name' }, value] });
  } else {
    for (const word of words) {
      const equals = text.slice(word.start, word.end).indexOf('=');
      if (equals < 0) pairs.push(isHole(word) ? word : { ...word, kind: 'assignment', children: [{ ...word, kind: 'docker_name' }] });
      else
        pairs.push({
          ...word,
          kind: 'assignment',
          children: [
            { kind: 'docker_name', start: word.start, end: word.start + equals, children: [] },
            { kind: 'docker_word', start: word.start + equals + 1, end: word.end, children: [] },
          ],
        });
    }
  }
  return { kind: 'assignments', start, end, children: pairs };
}

/** `["a", "b"]`; undefined when it is none, and then a shell runs it. */
function arrayNode(text: string, start: number, end: number): Draft | undefined {
  const children: Draft[] = [];
  let at = start + 1;
  const space = (): void => {
    while (at < end && /[\s\\]/.test(text[at] as string)) at++;
  };
  for (;;) {
    space();
    if (text[at] === ']') break;
    const found = /^(?:"(?:[^"\\]|\\.)*"|cs_\w+)/.exec(text.slice(at, end));
    if (found === null) return undefined;
    children.push({ kind: 'docker_word', start: at, end: at + found[0].length, children: [] });
    at += found[0].length;
    space();
    if (text[at] === ',') at++;
    else if (text[at] !== ']') return undefined;
  }
  return text.slice(at + 1, end).trim() === '' ? { kind: 'docker_array', start, end: at + 1, children } : undefined;
}

function wordsOf(reading: Reading, from: number, end: number): Draft[] {
  const words: Draft[] = [];
  for (let at = skipSpace(reading, from, end); at < end;) {
    const stop = wordEnd(reading, at, end);
    words.push({ kind: 'docker_word', start: at, end: stop, children: [] });
    at = skipSpace(reading, stop, end);
  }
  return words;
}

/** Past blanks, continued lines and the comments between them. */
function skipSpace({ text, comments }: Reading, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const comment = comments.find((one) => one.start === at);
    if (comment !== undefined) at = comment.end;
    else if (/\s/.test(text[at] as string)) at++;
    else if (/^[\\`][ \t]*\r?\n/.test(text.slice(at, at + 40))) at++;
    else break;
  }
  return at;
}

function wordEnd({ text }: Reading, from: number, end: number): number {
  let quote = '';
  for (let at = from; at < end; at++) {
    const c = text[at] as string;
    if (c === '\\' && quote !== "'") {
      if (/^\\[ \t]*\r?\n/.test(text.slice(at, at + 40))) return at;
      at++;
    } else if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (/\s/.test(c)) return at;
  }
  return end;
}

function trimmed(text: string, from: number, end: number, kind: Kind): Draft {
  let start = from;
  let stop = end;
  while (start < stop && /\s/.test(text[start] as string)) start++;
  while (stop > start && /\s/.test(text[stop - 1] as string)) stop--;
  return { kind, start, end: stop, children: [] };
}

/** Comment lines inside an instruction go before a shell sees it: blanked, with the line break still continued. */
function withoutComments({ text, comments }: Reading): string {
  let result = text;
  for (const { start, end } of comments)
    result = `${result.slice(0, start)}${' '.repeat(Math.max(0, end - start - 1))}\\${result.slice(end)}`;
  return result;
}

function shellNode(text: string, start: number, end: number, parse: ParseBash): Draft {
  const tree = parse(text.slice(start, end), 'bash');
  return { kind: 'shell', start, end, children: [], ...(tree === undefined ? {} : { graft: { tree, offset: start } }) };
}

/** Drafts as columns, grafts copied in. */
function assemble(root: Draft): RawTree {
  const kind: number[] = [];
  const field: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  const next: number[] = [];
  const missing: number[] = [];
  let bash: GrammarInfo | undefined;
  let hasError = false;
  const add = (draft: Draft): void => {
    const index = kind.length;
    kind.push(KINDS.indexOf(draft.kind));
    field.push(0);
    start.push(draft.start);
    end.push(draft.end);
    next.push(0);
    missing.push(0);
    for (const child of draft.children) add(child);
    if (draft.graft !== undefined) {
      const { tree, offset } = draft.graft;
      bash = tree.grammar;
      hasError ||= tree.hasError;
      const base = kind.length;
      for (let node = 0; node < tree.count; node++) {
        const own = tree.kind[node] as number;
        kind.push(own === 0xffff ? own : own + KINDS.length);
        field.push(tree.field[node] as number);
        start.push((tree.start[node] as number) + offset);
        end.push((tree.end[node] as number) + offset);
        next.push((tree.next[node] as number) + base);
        missing.push(tree.missing[node] as number);
      }
    }
    next[index] = kind.length;
  };
  add(root);
  return {
    grammar: mergedWith(bash),
    count: kind.length,
    kind: Uint16Array.from(kind),
    field: Uint8Array.from(field),
    start: Uint32Array.from(start),
    end: Uint32Array.from(end),
    next: Uint32Array.from(next),
    missing: Uint8Array.from(missing),
    hasError,
  };
}
