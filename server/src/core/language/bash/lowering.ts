/** Lowers tree-sitter-bash to the common vocabulary. A command is a call of its name; quoted and bare words keep their difference. */
import type { Builder, Handler, Lowering } from '../builder.js';
import { intern } from '../interner.js';
import { block, leaf, transparent, wrap } from '../handlers.js';
import { Role, Tag } from '../tags.js';

/** Not `|`: a pipeline is no commutative operation. */
const OP_PIPE = intern('pipe');

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
    b.lowerAll(redirections.get(b)?.get(raw) ?? [], Role.Optional);
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

/** @param outer whose extent it has: a declaration begins at its keyword */
function assigned(b: Builder, raw: number, outer: number, role: number): void {
  const appends = b.hasToken(raw, '+=');
  b.emit(appends ? Tag.AugAssign : Tag.Assign, appends ? intern('+=') : 0, outer, role, () => {
    b.lower(b.field(raw, 'name'), Role.Left);
    const value = b.field(raw, 'value');
    if (value >= 0) b.lower(value, Role.Right);
    else b.node(Tag.Str, 0, b.endOf(raw), b.endOf(raw), Role.Right);
  });
}

const assignment: Handler = (b, raw, role) => assigned(b, raw, raw, role);

/** `a | b | c` is `(a | b) | c`: a pattern for the first two finds them in a longer one. */
const pipeline: Handler = (b, raw, role) => {
  const stages = b.namedChildren(raw);
  const emit = (count: number, as: number): void => {
    const last = stages[count - 1] as number;
    if (count === 1) {
      b.lower(last, as);
      return;
    }
    b.node(Tag.Binary, OP_PIPE, b.startOf(raw), count === stages.length ? b.endOf(raw) : b.endOf(last), as, () => {
      emit(count - 1, Role.Left);
      b.lower(last, Role.Right);
    });
  };
  if (stages.length === 0) b.generic(raw, role);
  else emit(stages.length, role);
};

/** Redirections by the command that they belong to, until it is lowered. */
const redirections = new WeakMap<Builder, Map<number, readonly number[]>>();

/** Where output goes is no part of what a pattern for the command asks for: it hangs on the last command. */
function redirected(b: Builder, raw: number, role: number): void {
  const body = b.field(raw, 'body');
  let last = body;
  while (last >= 0 && /^(?:pipeline|list)$/.test(b.kindName(last))) last = b.namedChildren(last).at(-1) ?? -1;
  if (last < 0 || b.kindName(last) !== 'command') {
    b.generic(raw, role);
    return;
  }
  const known = redirections.get(b) ?? new Map<number, readonly number[]>();
  redirections.set(b, known);
  known.set(
    last,
    b.namedChildren(raw).filter((child) => child !== body),
  );
  b.lower(body, role);
}

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
    const [name, ...operands] = children;
    if (plain) expansion(b, raw, role);
    // `${x%.y}` expands x too: what an operator does to it is not asked for.
    else if (name !== undefined && b.kindName(name) === 'variable_name' && b.startOf(name) === b.startOf(raw) + 2)
      b.emit(Tag.Other, intern('$'), raw, role, () => {
        b.lower(name);
        b.lowerAll(operands, Role.Optional);
      });
    else b.generic(raw, role);
  },
  string,
  raw_string: rawString,
  ansi_c_string: rawString,
  string_content: leaf(Tag.StrText),
  variable_assignment: assignment,
  command_substitution: wrap(Tag.Other, intern('$(')),
  // `a && b`: an operation on what commands return.
  list: (b, raw, role) => {
    const operator = b.children(raw).find((child) => !b.isNamed(child));
    const [left, right] = b.namedChildren(raw);
    if (operator === undefined || left === undefined || right === undefined) b.generic(raw, role);
    else
      b.emit(Tag.Binary, intern(b.textOf(operator)), raw, role, () => {
        b.lower(left, Role.Left);
        b.lower(right, Role.Right);
      });
  },
  pipeline,
  redirected_statement: redirected,
  // `declare -r a=b` and its like are the assignments in them.
  declaration_command: (b, raw, role) => {
    const assignments = b.namedChildren(raw).filter((child) => b.kindName(child) === 'variable_assignment');
    if (assignments.length === 0) b.generic(raw, role);
    else if (assignments.length === 1) assigned(b, assignments[0] as number, raw, role);
    else b.lowerAll(assignments, role);
  },
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
