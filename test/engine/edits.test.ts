/** Typing in a document: what is carried over from edit to edit is what a scan of the text alone finds, whatever the edit. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lowerTree } from '../../server/src/core/language/builder.js';
import { editsBetween } from '../../server/src/core/language/edit.js';
import { loweringOf } from '../../server/src/core/language/registry.js';
import type { SyntaxTree } from '../../server/src/core/language/tree.js';
import { createNodeSession, readWasm } from '../../server/src/host/node/session.js';
import { withoutUnfinished } from '../../server/src/host/parser/edits.js';
import { createParser } from '../../server/src/host/parser/treeSitter.js';
import { DEFAULT_LIMITS, type FileReport, type Session } from '../../server/src/core/index.js';
import { changeIn } from '../../server/src/core/model/textChange.js';
import { readRuleSources } from '../../server/src/host/node/rule-sources.js';
import { LIVELY, LIVELY_PYTHON } from './livelyPrograms.js';
import { textInput } from './support.js';

/** Patterns that reach far: around functions, into blocks, by types, by constants, by names, through data. */
const RULES = `rules:
  - {id: call, message: "$X", severity: INFO, languages: [python, typescript], pattern: run($X)}
  - {id: constant, message: "$X", severity: INFO, languages: [python, typescript], pattern: 'run("=~/^rm/")'}
  - {id: after, message: "$X", severity: INFO, languages: [python], patterns: [{pattern: "$X.close()"}, {pattern-inside: "$X = open(...)\\n..."}]}
  - {id: in-class, message: "$C", severity: INFO, languages: [python], patterns: [{pattern: "class $C: ..."}, {pattern-not: "class $C:\\n  def close(...): ..."}]}
  - {id: def-with, message: "$F", severity: INFO, languages: [python], patterns: [{pattern: "def $F(...):\\n  ...\\n  run(...)\\n  ..."}, {focus-metavariable: $F}]}
  - {id: no-import, message: "x", severity: INFO, languages: [python], patterns: [{pattern: run(...)}, {pattern-not-inside: "import safe\\n..."}]}
  - {id: symbolic, message: "$X", severity: INFO, languages: [python, typescript], options: {symbolic_propagation: true}, pattern: run(make($X))}
  - {id: typed, message: "$X", severity: INFO, languages: [typescript], pattern: "run(($X: string))"}
  - {id: alias, message: "x", severity: INFO, languages: [python], pattern: os.system(...)}
  - {id: text, message: "x", severity: INFO, languages: [python, typescript], patterns: [{pattern: run(...)}, {pattern-inside: {pattern-regex: "(?s)marker.*"}}]}
  - {id: flow, message: "x", severity: ERROR, languages: [python, typescript], mode: taint, pattern-sources: [{pattern: ask(...)}], pattern-sinks: [{patterns: [{pattern: run($Y)}, {focus-metavariable: $Y}]}], pattern-sanitizers: [{pattern: clean(...)}]}
  - {id: at-end, message: "$F", severity: ERROR, languages: [python, typescript], mode: taint, pattern-sources: [{pattern: ask(...)}], pattern-sinks: [{pattern: $F(...), at-exit: true}]}
  - {id: by-effect, message: "x", severity: ERROR, languages: [python, typescript], mode: taint, pattern-sources: [{pattern: ask(...)}, {patterns: [{pattern: log($X)}, {focus-metavariable: $X}], by-side-effect: only}], pattern-sinks: [{pattern: run(...)}], pattern-sanitizers: [{patterns: [{pattern: make($X)}, {focus-metavariable: $X}], by-side-effect: true}], pattern-propagators: [{pattern: $A.append($B), from: $B, to: $A}]}
  - {id: set-sink, message: "x", severity: ERROR, languages: [python, typescript], mode: taint, pattern-sources: [{pattern: ask(...)}, {pattern: load(...)}], pattern-sinks: [{pattern: $X = make(...)}]}
  - {id: every-function, message: "$P", severity: ERROR, languages: [python], mode: taint, pattern-sources: [{patterns: [{pattern-inside: "def $F(..., $P, ...): ..."}, {pattern: $P}]}], pattern-sinks: [{pattern: run(...)}, {pattern: return $X}]}
  - {id: given, message: "x", severity: ERROR, languages: [typescript], mode: taint, pattern-sources: [{patterns: [{pattern-inside: "function $F(..., $P: $T, ...) { ... }"}, {focus-metavariable: $P}]}], pattern-sinks: [{pattern: run(...)}, {pattern: return ...}]}
  - {id: held, message: "x", severity: INFO, languages: [python, typescript], patterns: [{pattern: run(...)}, {pattern-inside: {pattern-regex: '(?s)\\A.*[^a]marker in.*'}}]}
  - {id: imported, message: "x", severity: INFO, languages: [python, typescript], patterns: [{pattern: run(...)}, {pattern-not-inside: {pattern-regex: '(?s)\\A(?:.*\\n)?import safe.*'}}]}
  - {id: either, message: "x", severity: INFO, languages: [python, typescript], pattern-either: [{pattern: ask(...)}, {patterns: [{pattern: run($X)}, {pattern-not: run(text)}]}, {pattern: "$X.use()"}]}
  - {id: in-line, message: "x", severity: INFO, languages: [python, typescript], pattern-regex: 'ru[n] *\\(.*'}
  - {id: checked, message: "$P", severity: INFO, languages: [python, typescript], patterns: [{pattern: run($P)}, {pattern-inside: "$CHECK($P)\\n..."}, {metavariable-regex: {metavariable: $CHECK, regex: '^(?:make|hand)'}}]}
  - {id: not-set, message: "$P", severity: INFO, languages: [python], patterns: [{pattern: run($P)}, {pattern-not-inside: {patterns: [{pattern: "$P = $SET\\n..."}, {metavariable-regex: {metavariable: $SET, regex: 'ask|make'}}]}}]}
  - {id: whole, message: "$F", severity: INFO, languages: [python], patterns: [{pattern: "def $F(...): ..."}, {metavariable-regex: {metavariable: $F, regex: '^(?:hand|use|fi|ask)'}}, {pattern-not: "def $F(...):\\n  ...\\n  return $X\\n  ..."}]}
  - {id: whole-or-part, message: "x", severity: INFO, languages: [python], patterns: [{pattern-either: [{pattern: "def $F(...):\\n  ...\\n  run(...)\\n  ..."}, {pattern: ask(...)}, {pattern: "if $T: ..."}]}, {pattern-not-inside: "for $A in $B: ..."}]}
  - {id: named, message: "$X", severity: INFO, languages: [python, typescript], patterns: [{pattern: "$X($Y)"}, {metavariable-regex: {metavariable: $Y, regex: '(?i)^(text|cmd)'}}]}
  - {id: symbolic-deep, message: "x", severity: INFO, languages: [python, typescript], options: {symbolic_propagation: true}, pattern: "run(<... ask(...) ...>)"}
  - {id: symbolic-inner, message: "x", severity: INFO, languages: [python], options: {symbolic_propagation: true}, pattern: "run(lambda $Q: ask(...))"}
  - {id: symbolic-block, message: "x", severity: INFO, languages: [typescript], options: {symbolic_propagation: true}, pattern: "run(($Q) => { ...; ask($Q); ... })"}
  - {id: doubted, message: "x", severity: ERROR, languages: [python, typescript], metadata: {tier: proved}, mode: taint, pattern-sources: [{pattern: ask(...)}], pattern-sinks: [{pattern: run(...)}], pattern-sanitizers: [{by-side-effect: true, doubts: true, patterns: [{pattern: log($X)}, {focus-metavariable: $X}]}]}
  - {id: over-lines, message: "x", severity: INFO, languages: [python, typescript], pattern-regex: 'ask[^;x]*\\n'}
`;

const PYTHON = `import os
import json as j

CMD = "rm -r"
STATE = {}


class Box:
    def __init__(self, name):
        self.name = name
        self.code = None

    def fill(self, prompt):
        self.code = ask(prompt)
        return self.code

    def use(self):
        run(self.code)


def make(x):
    return x


def ask_twice(prompt):
    first = ask(prompt)
    second = make(first)
    return second


def hand_on(prompt):
    text = ask_twice(prompt)
    if text:
        run(clean(text))
    run(text)


def files(path):
    handle = open(path)
    for line in handle:
        run(line)
    handle.close()
    return handle


def set_state(value):
    global CMD
    STATE["x"] = value
    run(CMD)


def choose():
    return make


# a marker in a comment
os.system(CMD)
run(make(1))
box = Box("a")
box.fill("b")
box.use()
later = lambda q: ask(q)
run(later)
`;

const TYPESCRIPT = `import { exec } from 'child_process';

const CMD = 'rm -r';
let last: string | undefined;

export class Box {
  private code?: string;
  constructor(private readonly name: string) {}

  async fill(prompt: string) {
    this.code = await ask(prompt);
    return this.code;
  }

  use() {
    run(this.code);
  }
}

const make = (x: string) => x;

async function askTwice(prompt: string) {
  const first = await ask(prompt);
  const second = make(first);
  return second;
}

export async function handOn(prompt: string) {
  const text: string = await askTwice(prompt);
  last = text;
  if (text) {
    run(clean(text));
  }
  run(text);
}

app.get('/', async (req, res) => {
  const answer = await ask(req.query.q);
  items.map((item) => run(item, answer));
  exec(CMD);
});

// a marker in a comment
run(CMD);
run(make('1'));
const later = (q) => {
  last = '';
  ask(q);
};
run(later);
`;

const STATEMENTS: Readonly<Record<'py' | 'ts', readonly string[]>> = {
  py: [
    'run(text)',
    'CMD = "ls"',
    'import safe',
    'from os import system as s',
    'self.code = ask(1)',
    'return ask(x)',
    'run(',
    'global CMD',
    'x = make',
    'os.system("a")',
    '# note',
    'yield ask(2)',
    'def inner(): run(CMD)',
    'class Inner: pass',
    'handle = open(x)',
    'r_2_c_was_here()',
    'run(hand_on(1))',
    'make(text)',
    'text = make(1)',
    'x = ask(t)',
    'self.items = t',
    'bus.emit("made", text)',
    'walk(text)',
    'held.append(v)',
    'if text: pass',
    'note = log(text)',
    'log(x, t)',
    'a, q = load(q)',
    'rows = [t, ask(1)]',
    'rows.append(text)',
    'text = note',
    'log(locals())',
    'rows[0] = t',
    'pass',
  ],
  ts: [
    'run(text);',
    "const CMD = 'ls';",
    'last = ask(1);',
    'this.code = ask(2);',
    'return ask(x);',
    'run(',
    'const t: string = q;',
    'const inner = () => run(CMD);',
    '// note',
    'class Inner {}',
    'exec(last);',
    'handOn(last);',
    'make(text);',
    'ask(q);',
    'const y = ask(t);',
    'this.items = t;',
    "bus.emit('made', text);",
    'walk(t);',
    'held = v;',
    'shared = t;',
    'const note = log(text);',
    'log(x, t);',
    'const { a, b: held } = load(q);',
    'const rows = [t, ask(1)];',
    'rows.push(t);',
    'text = note;',
    'v(text);',
    'rows[0] = x;',
    '{',
    '}',
    "run('rm x');",
  ],
};
const PIECES = ['x', '(', ')', ' ', '"', '.run', '=1', 'ask', ';', '\n'];

/** A linear congruential generator: whole numbers below. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function edited(text: string, kind: 'py' | 'ts', base: string, next: (below: number) => number): string {
  const lines = text.split('\n');
  const at = next(lines.length);
  const line = lines[at] ?? '';
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const pick = (from: readonly string[]): string => from[next(from.length)] ?? '';
  switch (next(8)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, indent + pick(lines).trim());
      break;
    case 2: {
      const cut = next(line.length + 1);
      lines[at] = line.slice(0, cut) + pick(PIECES) + line.slice(cut);
      break;
    }
    case 3:
      lines[at] = line.replace(/\w+/, () => pick(pick(lines).match(/\w+/g) ?? ['a']));
      break;
    case 4:
      return base;
    default:
      lines.splice(at, 0, indent + pick(STATEMENTS[kind]));
  }
  return lines.join('\n');
}

function spoken({ findings, errors, coverage }: FileReport): string {
  return JSON.stringify({ findings, errors, coverage });
}

/** How the parser mends a broken text depends on the text before. */
function isBroken({ coverage }: FileReport): boolean {
  return coverage.reasons.some((reason) => reason.kind === 'file' && reason.code === 'parse-error');
}

/** A busy machine changes no answer. */
const limits = { ...DEFAULT_LIMITS, timeoutMs: 600_000 };

async function expectSame(session: Session, path: string, base: string, kind: 'py' | 'ts', count: number, seed: number): Promise<void> {
  const next = numbers(seed);
  let text = base;
  for (let done = 0; done < count; done++) {
    text = edited(text, kind, base, next);
    const kept = await session.scan(textInput(path, text), { reuseKey: 'typed', limits });
    const alone = await session.scan(textInput(path, text), { limits });
    // Which places of a broken text are told depends on what it was before.
    const said = isBroken(alone) ? isBroken : spoken;
    expect(said(kept), text).toBe(said(alone));
  }
  session.release('typed');
}

test.each([
  ['code.py', PYTHON, 'py', 1],
  ['code.py', PYTHON, 'py', 2],
  ['code.ts', TYPESCRIPT, 'ts', 3],
  ['code.ts', TYPESCRIPT, 'ts', 4],
  ['code.py', PYTHON, 'py', 11],
  ['code.ts', TYPESCRIPT, 'ts', 14],
  ['lively.ts', LIVELY, 'ts', 21],
  ['lively.ts', LIVELY, 'ts', 22],
  ['lively.ts', LIVELY, 'ts', 23],
  ['lively.py', LIVELY_PYTHON, 'py', 24],
  ['lively.py', LIVELY_PYTHON, 'py', 25],
] as const)('%s: shapes of rules, %#', async (path, base, kind, seed) => {
  const session = await createNodeSession({ sources: [{ path: 'rules.yaml', text: RULES }], profile: 'audit' });
  expect(session.errors).toEqual([]);
  await expectSame(session, path, base, kind, 150, seed);
});

test.each([
  ['coding_agent.py', 'py', 5],
  ['tool-server.ts', 'ts', 6],
] as const)('%s: all built-in rules', async (name, kind, seed) => {
  const rules = fileURLToPath(new URL('../../rules', import.meta.url));
  const { sources } = readRuleSources([rules], rules, rules);
  const session = await createNodeSession({ sources, profile: 'audit' });
  await expectSame(session, name, readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8'), kind, 60, seed);
});

/** Statements that change nothing for others, where a rule sees more than others do. */
test.each([
  [
    'the end of a function',
    'pattern-sinks: [{pattern: other(...), at-exit: true}]',
    'function f(q: string) {\n  const x = ask(q);\n  other(x);\n@}\n',
    '  log(1);\n',
  ],
  [
    'a handler that sees a variable before reading it makes it safe',
    'pattern-sinks: [{pattern: run(...)}], pattern-sanitizers: [{patterns: [{pattern: $X + other(...)}, {focus-metavariable: $X}], by-side-effect: true}]',
    "function f(q: string) {\n  let x = '';\n  try {\n    x = ask(q);\n@    const y = x + other(q);\n  } catch {\n    run(x);\n  }\n}\n",
    '    log(q);\n',
  ],
  [
    'a sink that takes what a variable held before it is set again',
    'pattern-sinks: [{pattern: $X = make(...)}]',
    'function f(q: string) {\n  const t = ask(q);\n  let v;\n@  v = make(1);\n}\n',
    '  log(0);\n  v = t;\n',
  ],
])('an inert statement and %s', async (_, rest, text, statement) => {
  const rule = `{id: flow, message: x, severity: ERROR, languages: [typescript], mode: taint, pattern-sources: [{pattern: ask(...)}], ${rest}}`;
  const session = await createNodeSession({ sources: [{ path: 'rules.yaml', text: `rules: [${rule}]` }], profile: 'audit' });
  expect(session.errors).toEqual([]);
  const found: string[] = [];
  for (const written of ['', statement]) {
    const input = textInput('code.ts', text.replace('@', written));
    found.push(spoken(await session.scan(input, { limits })));
    expect(spoken(await session.scan(input, { reuseKey: 'typed', limits }))).toBe(found.at(-1));
  }
  expect(found[0]).not.toBe(found[1]);
});

// ---- what an edit leaves alone

const parser = await createParser(readWasm);
await parser.ensure(['python', 'typescript']);

function treeOf(text: string, grammar: 'python' | 'typescript'): SyntaxTree {
  const raw = parser.parse(text, grammar);
  if (raw === undefined) throw new Error('not parsed');
  return lowerTree(raw, text, loweringOf(grammar));
}

const TWO = 'import os\n\ndef f(a):\n    x = a\n    g(x)\n\ndef h(b):\n    g(b)\n';

test('runs are told smallest first; a text that is all new is one run', () => {
  const edits = editsBetween(treeOf(TWO, 'python'), treeOf(TWO.replace('g(b)', 'g(c)'), 'python'));
  expect(edits.map(({ kind }) => kind)).toEqual(['statements', 'function']);
  const [all] = editsBetween(treeOf(TWO, 'python'), treeOf('x = 1\n', 'python'));
  expect(all?.toAfter).toBe(treeOf('x = 1\n', 'python').count);
});

test.each([
  ['python', PYTHON, 'py'],
  ['typescript', TYPESCRIPT, 'ts'],
] as const)('%s: the tree is that of the text alone', (grammar, base, kind) => {
  const next = numbers(7);
  let text: string = base;
  for (let done = 0; done < 300; done++) {
    text = edited(text, kind, base, next);
    const [kept, alone] = [parser.parse(text, grammar, 'typed'), parser.parse(text, grammar)];
    if (kept === undefined || alone === undefined) throw new Error('not parsed');
    const [a, b] = [kept, alone].map((raw) => lowerTree(raw, text, loweringOf(grammar)));
    // How the parser mends a broken text depends on the text before.
    expect(kept.hasError || alone.hasError ? b : a, text).toEqual(b);
  }
  parser.release('typed');
});

test('a change is all that is between what both texts begin and end with', () => {
  const next = numbers(9);
  const letters = (count: number): string => Array.from({ length: count }, () => 'ab'[next(2)] ?? '').join('');
  for (let done = 0; done < 200; done++) {
    const [head, tail] = [letters(next(3_000)), letters(next(3_000))];
    const [was, is] = [letters(next(5)), letters(next(5))];
    const { start, endBefore, endAfter } = changeIn(head + was + tail, head + is + tail);
    if (was === is) continue;
    let same = 0;
    while (was.length + tail.length > same && is.length + tail.length > same && (was + tail)[same] === (is + tail)[same]) same++;
    expect(start).toBe(head.length + same);
    const [a, b] = [(head + was + tail).slice(start), (head + is + tail).slice(start)];
    let rest = 0;
    while (rest < Math.min(a.length, b.length) && a.at(-1 - rest) === b.at(-1 - rest)) rest++;
    expect([endBefore, endAfter]).toEqual([start + a.length - rest, start + b.length - rest]);
  }
});

// ---- what is being typed

test('findings stay where they are while a bracket is open, and the place is told', async () => {
  const session = await createNodeSession({ sources: [{ path: 'rules.yaml', text: RULES }], profile: 'audit' });
  // An expression sees the text as it is, and so does what shows whole functions; how much of an `if` the parser can read is its own affair.
  const asItIs = new Set(['over-lines', 'whole', 'whole-or-part']);
  const lines = (report: FileReport): readonly string[] =>
    report.findings.flatMap(({ ruleId, lines: text }) => (asItIs.has(ruleId) ? [] : [`${ruleId} ${text.trim()}`]));
  const scan = (text: string): Promise<FileReport> => session.scan(textInput('code.py', text), { reuseKey: 'typed', limits });
  const whole = lines(await scan(PYTHON));
  const at = '    text = ask_twice(prompt)\n';
  for (const typed of ['    value = compute(', '    value = compute(first, [', '    value = compute(first, [1])']) {
    const report = await scan(PYTHON.replace(at, `${at}${typed}\n`));
    expect(lines(report), typed).toEqual(whole);
    expect(isBroken(report)).toBe(!typed.endsWith(')'));
  }
  session.release('typed');
});

test('two unfinished statements are left out, one after the other is finished', () => {
  const before = 'a = f(\nb = 2\nc = 3\n';
  const after = 'a = f(\nb = 2\nc = g(\n';
  const [only, both] = withoutUnfinished(before, [{ start: 0, end: 6 }], after);
  expect(only?.text).toBe('      \nb = 2\nc = g(\n');
  expect(both?.text).toBe('      \nb = 2\n      \n');
  expect(both?.unfinished).toEqual([
    { start: 0, end: 6 },
    { start: 13, end: 19 },
  ]);
  expect(withoutUnfinished('a\nb\n', [], 'a\n')).toEqual([]);
});
