/** Lowers what `reader.ts` reads: an instruction is a call of its keyword, in whatever case that is written; shell code is Bash. */
import { bashLowering } from '../bash/lowering.js';
import type { Builder, Handler, Lowering } from '../builder.js';
import { leaf, wrap } from '../handlers.js';
import { METAVARIABLE_PREFIX } from '../holes.js';
import { intern } from '../interner.js';
import { Role, Tag } from '../tags.js';

const OP_EXPAND = intern('expand');
const OP_CONCAT = intern('concat');
const OP_SHELL = intern('shell');

function keyword(b: Builder, raw: number): string {
  return b.textOf(b.namedChildren(raw)[0] ?? raw).toUpperCase();
}

function call(b: Builder, raw: number, role: number, name: string, args: () => void): void {
  b.emit(Tag.Call, 0, raw, role, () => {
    const [word] = b.namedChildren(raw);
    b.emit(Tag.Const, intern(name), word ?? raw, Role.Callee);
    b.emit(Tag.Args, 0, raw, Role.Args, args);
  });
}

const instruction: Handler = (b, raw, role) => {
  const name = keyword(b, raw);
  const args = b.namedChildren(raw).slice(1);
  const [first] = args;
  if (name === 'ENV' && first !== undefined) {
    b.emit(Tag.Block, intern(name), raw, role, () => b.lowerAll(b.namedChildren(first)));
  } else if (name === 'LABEL' && first !== undefined) {
    // Each label is an instruction of its own.
    for (const pair of b.namedChildren(first))
      b.emit(Tag.Call, 0, pair, role, () => {
        b.emit(Tag.Const, intern(name), raw, Role.Callee);
        b.emit(Tag.Args, 0, pair, Role.Args, () => {
          if (b.kindName(pair) !== 'assignment') b.lower(pair);
          else for (const part of b.namedChildren(pair)) word(b, part, Role.None);
        });
      });
  } else call(b, raw, role, name, () => b.lowerAll(args));
};

/** Text, quoted or not; `$X` and `${X}` in it are expansions. */
function word(b: Builder, raw: number, role: number): void {
  const source = b.textOf(raw);
  const start = b.startOf(raw);
  const quote = /^(["'])[\s\S]*\1$/.exec(source)?.[1];
  const from = quote === undefined ? 0 : 1;
  const to = source.length - from;
  const pieces: { readonly start: number; readonly end: number; readonly name: string | undefined }[] = [];
  let at = from;
  if (quote !== "'") {
    for (const found of source.slice(from, to).matchAll(/\$(?:(\w+)|\{(\w+)\})|cs_mv_[A-Z_][A-Z_0-9]*/g)) {
      const begin = from + found.index;
      if (begin > at) pieces.push({ start: at, end: begin, name: undefined });
      pieces.push({ start: begin, end: begin + found[0].length, name: found[1] ?? found[2] ?? found[0] });
      at = begin + found[0].length;
    }
  }
  if (at < to || pieces.length === 0) pieces.push({ start: at, end: to, name: undefined });
  const emit = (piece: (typeof pieces)[number], as: number, extent?: number): void => {
    const begin = start + piece.start;
    const end = start + piece.end;
    if (piece.name?.startsWith(METAVARIABLE_PREFIX) === true) b.node(Tag.Ident, 0, begin, end, as);
    else if (piece.name !== undefined) {
      const nameStart = start + source.indexOf(piece.name, piece.start);
      b.node(Tag.Other, OP_EXPAND, begin, end, as, () => b.node(Tag.Ident, 0, nameStart, nameStart + (piece.name ?? '').length, Role.None));
    } else {
      const text = (): void => {
        if (end > begin) b.node(Tag.StrText, 0, begin, end, Role.None);
      };
      if (extent === undefined) b.node(Tag.Str, 0, begin, end, as, text);
      else b.emit(Tag.Str, 0, extent, as, text);
    }
  };
  const [only, second] = pieces;
  if (only !== undefined && second === undefined) emit(only, role, raw);
  else
    b.emit(Tag.Other, OP_CONCAT, raw, role, () => {
      for (const piece of pieces) emit(piece, Role.None);
    });
}

/** `--mount=type=secret,target=/x`: each part optional again, in any order. */
function mount(b: Builder, raw: number): void {
  b.emit(Tag.Call, 0, raw, Role.Value, () => {
    b.emit(Tag.Const, intern('mount'), raw, Role.Callee);
    b.emit(Tag.Args, 0, raw, Role.Args, () => {
      let at = b.startOf(raw);
      for (const part of b.textOf(raw).split(',')) {
        const equals = part.includes('=') ? part.indexOf('=') : part.length;
        const end = at + part.length;
        const middle = Math.min(at + equals + 1, end);
        const start = at;
        b.node(Tag.Keyword, 0, start, end, Role.Optional, () => {
          b.node(Tag.Ident, 0, start, start + equals, Role.Name);
          const hole = part.slice(equals + 1).startsWith(METAVARIABLE_PREFIX);
          b.node(hole ? Tag.Ident : Tag.Str, 0, middle, end, Role.Value, () => {
            if (!hole && end > middle) b.node(Tag.StrText, 0, middle, end, Role.None);
          });
        });
        at = end + 1;
      }
    });
  });
}

/** `--name=value`, `:tag`, `AS alias`: a pattern that does not mention it does not ask for it. */
const optional: Handler = (b, raw) => {
  const [name, value] = b.namedChildren(raw);
  b.emit(Tag.Keyword, 0, raw, Role.Optional, () => {
    if (name !== undefined)
      b.emit(
        b.kindName(name) === 'docker_label' ? Tag.Const : Tag.Ident,
        b.kindName(name) === 'docker_label' ? intern(b.textOf(name).toLowerCase()) : 0,
        name,
        Role.Name,
      );
    if (value === undefined) b.node(Tag.Str, 0, b.endOf(raw), b.endOf(raw), Role.Value);
    else if (name !== undefined && b.textOf(name) === 'mount') mount(b, value);
    else b.lower(value, Role.Value);
  });
};

const handlers: Record<string, Handler> = {
  ...bashLowering.handlers,
  dockerfile: (b, raw, role) =>
    b.emit(Tag.Block, 0, raw, role, () => {
      for (const child of b.namedChildren(raw)) {
        // A pattern of shell code alone: its commands.
        if (b.kindName(child) === 'shell') b.lowerAll(b.namedChildren(child).flatMap((program) => b.namedChildren(program)));
        else b.lower(child);
      }
    }),
  instruction,
  unknown_instruction: (b, raw, role) => {
    const [name] = b.namedChildren(raw);
    if (name !== undefined && b.endOf(name) === b.endOf(raw)) b.emit(Tag.Ident, 0, name, role);
    else b.emit(Tag.Error, 0, raw, role);
  },
  docker_word: word,
  docker_name: leaf(Tag.Ident),
  docker_option: optional,
  docker_labelled: optional,
  docker_array: wrap(Tag.List),
  docker_pair: wrap(Tag.Tuple),
  shell: wrap(Tag.Other, OP_SHELL),
  assignment: (b, raw, role) =>
    b.emit(Tag.VarDef, 0, raw, role, () => {
      const [name, value] = b.namedChildren(raw);
      if (name !== undefined) b.lower(name, Role.Name);
      if (value !== undefined) b.lower(value, Role.Value);
    }),
};

export const dockerfileLowering: Lowering = {
  handlers,
  comments: [...bashLowering.comments, 'docker_comment'],
  roles: bashLowering.roles,
};
