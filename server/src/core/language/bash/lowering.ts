/** Lowers tree-sitter-bash to the common vocabulary. A command is a call of its name; quoted and bare words keep their difference. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { intern } from '../interner.js';
import { leaf, transparent, wrap } from '../handlers.js';
import { Role, Tag } from '../tags.js';

/** The `op` of a pipeline. */
export const OP_PIPELINE = intern('pipeline');

const block: Handler = (b, raw, role) => b.emit(Tag.Block, 0, raw, role, () => b.lowerAll(b.namedChildren(raw)));

/** `VAR=x name args...`: the assignments come first, as in the source. */
const command: Handler = (b, raw, role) => {
  const children = b.namedChildren(raw);
  const name = b.field(raw, 'name');
  const broken = lineBreaks(
    b,
    children.filter((child) => child >= name),
  );
  if (broken.length > 0) {
    splitCommand(b, raw, role, broken);
    return;
  }
  const before = children.filter((child) => child < name);
  const after = children.filter((child) => child > name);
  b.emit(Tag.Call, 0, raw, role, () => {
    b.lower(name, Role.Callee);
    const first = after[0];
    const last = after.at(-1);
    const start = first === undefined ? b.endOf(raw) : b.startOf(first);
    const end = last === undefined ? b.endOf(raw) : b.endOf(last);
    b.node(Tag.Args, 0, start, end, Role.Args, () => b.lowerAll(after));
    // `X=1 cmd` sets X for that command only: not an assignment of the script.
    for (const prefix of before)
      b.emit(Tag.Other, intern('prefix_assignment'), prefix, Role.Optional, () => b.lowerAll(b.namedChildren(prefix)));
  });
};

/** Where a command's words go on in a new line without a backslash: positions in `words` that begin a command of their own. */
function lineBreaks(b: Builder, words: readonly number[]): { readonly words: readonly number[] }[] {
  const commands: number[][] = [];
  let current: number[] = [];
  for (const [at, word] of words.entries()) {
    const before = words[at - 1];
    if (before !== undefined && /(?<!\\)(?:\\\\)*\r?\n/.test(b.text.slice(b.endOf(before), b.startOf(word)))) {
      commands.push(current);
      current = [];
    }
    current.push(word);
  }
  return commands.length === 0 ? [] : [...commands, current].map((list) => ({ words: list }));
}

/**
 * The grammar (0.25 and before) loses the line breaks between a pipeline and a later redirection: what follows comes as
 * further words of one command. Each line is its own command again here, and the place is noted as not fully understood.
 */
function splitCommand(b: Builder, raw: number, role: number, commands: readonly { readonly words: readonly number[] }[]): void {
  b.note(raw);
  for (const { words } of commands) {
    const [name, ...args] = words;
    const last = words.at(-1);
    if (name === undefined || last === undefined) continue;
    b.node(Tag.Call, 0, b.startOf(name), b.endOf(last), role, () => {
      b.lower(name, Role.Callee);
      b.node(Tag.Args, 0, args[0] === undefined ? b.endOf(name) : b.startOf(args[0]), b.endOf(last), Role.Args, () => b.lowerAll(args));
    });
  }
}

/** Double quotes, with the expansions inside. */
const string: Handler = (b, raw, role) => {
  const pieces = b.namedChildren(raw);
  const interpolated = pieces.some((child) => b.kindName(child) !== 'string_content');
  b.emit(Tag.Str, interpolated ? 1 : 0, raw, role, () => {
    for (const child of pieces) {
      if (b.kindName(child) === 'string_content') b.emit(Tag.StrText, 0, child, Role.None);
      else b.emit(Tag.StrInterp, 0, child, Role.None, () => b.lower(child));
    }
  });
};

/** Single quotes: the text is between the first and last character. */
const rawString: Handler = (b, raw, role) =>
  b.emit(Tag.Str, 0, raw, role, () => {
    const skip = b.textOf(raw).startsWith('$') ? 2 : 1;
    const start = b.startOf(raw) + skip;
    const end = b.endOf(raw) - 1;
    if (end > start) b.node(Tag.StrText, 0, start, end, Role.None);
  });

const assignment: Handler = (b, raw, role) => {
  const appends = b.hasToken(raw, '+=');
  b.emit(appends ? Tag.AugAssign : Tag.Assign, appends ? intern('+=') : 0, raw, role, () => {
    b.lower(b.field(raw, 'name'), Role.Left);
    const value = b.field(raw, 'value');
    if (value >= 0) b.lower(value, Role.Right);
    else b.node(Tag.Str, 0, b.endOf(raw), b.endOf(raw), Role.Right);
  });
};

function expansion(b: Builder, raw: number, role: number): void {
  b.emit(Tag.Other, intern('$'), raw, role, () => b.lowerAll(b.namedChildren(raw)));
}

const handlers: Record<string, Handler> = {
  program: block,
  do_group: block,
  compound_statement: block,
  command,
  command_name: transparent,
  word: leaf(Tag.Ident),
  variable_name: leaf(Tag.Ident),
  special_variable_name: leaf(Tag.Ident),
  number: leaf(Tag.Ident),
  simple_expansion: expansion,
  // `${x}` is `$x`; with an operator inside it stays what it is.
  expansion: (b, raw, role) => {
    const children = b.namedChildren(raw);
    const plain =
      children.length === 1 && b.endOf(raw) - b.startOf(raw) === b.endOf(children[0] as number) - b.startOf(children[0] as number) + 3;
    if (plain) expansion(b, raw, role);
    else b.generic(raw, role);
  },
  string,
  raw_string: rawString,
  ansi_c_string: rawString,
  string_content: leaf(Tag.StrText),
  variable_assignment: assignment,
  command_substitution: wrap(Tag.Other, intern('$(')),
  // However many stages: what matters is which commands, in which order.
  pipeline: wrap(Tag.Other, OP_PIPELINE),
  function_definition: (b, raw, role) =>
    b.emit(Tag.Func, 0, raw, role, () => {
      b.lower(b.field(raw, 'name'), Role.Name);
      b.lower(b.field(raw, 'body'), Role.Body);
    }),
};

export const bashLowering: Lowering = {
  handlers,
  comments: ['comment'],
  roles: { body: Role.Body, condition: Role.Condition, value: Role.Value, name: Role.Name },
};
