/** Ways that are no proof: through a call that cannot be looked into, past a check, through many files. The finding stays, with its severity; its tier says so. */
import { expect, test } from 'vitest';
import { createNodeSession } from '../../server/src/host/node/session.js';
import { textInput } from './support.js';

const RULES = `rules:
  - id: flow
    message: reached
    severity: ERROR
    languages: [python]
    metadata: {tier: proved}
    mode: taint
    pattern-sources: [{pattern: ask(...)}]
    pattern-sinks: [{patterns: [{pattern: run($Y)}, {focus-metavariable: $Y}]}]
    pattern-sanitizers:
      - {by-side-effect: true, doubts: true, patterns: [{pattern: "if not is_valid($V):\\n    ...\\n    return"}, {focus-metavariable: $V}]}
      - {pattern: clean(...)}
  - id: script
    message: reached
    severity: ERROR
    languages: [javascript]
    metadata: {tier: proved}
    mode: taint
    pattern-sources: [{pattern: ask(...)}]
    pattern-sinks: [{patterns: [{pattern: run($Y)}, {focus-metavariable: $Y}]}]
`;

const session = await createNodeSession({ sources: [{ path: 'rules.yaml', text: RULES }], profile: 'audit' });

async function tiersIn(path: string, text: string): Promise<readonly string[]> {
  const { findings } = await session.scan(textInput(path, text));
  return findings.map(({ range, tier, message, severity }) => {
    expect(severity).toBe('ERROR');
    expect(message.includes('likely, not proved')).toBe(tier === 'likely');
    return `${range.start.line + 1} ${tier}`;
  });
}

const CALLS: readonly (readonly [string, 'proved' | 'likely', string?])[] = [
  // What gives a text back in another form.
  ['json.loads(x)', 'proved'],
  ['parse_reply(x)', 'proved'],
  ['stripCodeFences(x)', 'proved', 'js'],
  ['ast.unparse(ast.parse(x))', 'proved'],
  ['" ".join([x])', 'proved'],
  ['"{}".format(x)', 'proved'],
  ['re.search("a(.*)", x).group(1)', 'proved'],
  ['CODE_RE.findall(x)[0]', 'proved'],
  ['Path(x)', 'proved'],
  ['to_text(x)', 'proved'],
  ['html_to_text(x)', 'proved'],
  ['yaml.safe_load(x)', 'proved'],
  ['x.strip().lower()', 'proved'],
  ['Message(text=x).text', 'proved'],
  ['JSON.parse(x)', 'proved', 'js'],
  ['path.join("a", x)', 'proved', 'js'],
  ['`${x}`', 'proved', 'js'],
  // What may as well answer something of its own.
  ['client.search(x)', 'likely'],
  ['tools[name].invoke(x)', 'likely'],
  ['lookup(x)', 'likely'],
  ['write_to_file(x)', 'likely'],
  ['sendToServer(x)', 'likely', 'js'],
  ['get_results(x)', 'likely'],
  ['open(x).read()', 'likely'],
  ['registry.find(x)', 'likely', 'js'],
];

test.each(CALLS)('run(%s) is %s', async (call, tier, ending = 'py') => {
  const text = ending === 'py' ? `x = ask()\nrun(${call})\n` : `const x = ask();\nrun(${call});\n`;
  expect(await tiersIn(`code.${ending}`, text)).toEqual([`2 ${tier}`]);
});

test('a way without such a call is preferred', async () => {
  expect(await tiersIn('code.py', 'x = ask()\ny = lookup(x)\nif c:\n    y = x\nrun(y)\n')).toEqual(['5 proved']);
});

test('what is checked on the way is likely from then on, and in the variables that take it over', async () => {
  const text = `def f(x):
    a = ask()
    run(a)
    if not is_valid(a):
        return
    run(a)
    b = {"k": a}
    run(b["k"])

def g():
    a = ask()
    b = a
    if not is_valid(a):
        return
    run(b)
    a = ask()
    run(a)
    run(clean(a))
`;
  expect(await tiersIn('code.py', text)).toEqual(['3 proved', '6 likely', '8 likely', '15 proved', '17 proved']);
});

test('a check in a function is one for whoever calls it with its value', async () => {
  const text = `def checked(x):
    if not is_valid(x):
        return
    return x

def use(x):
    run(x)

use(checked(ask()))
run(ask())
`;
  expect(await tiersIn('code.py', text)).toEqual(['7 likely', '10 proved']);
});

test('the value under one key of a dictionary that is made in one expression is none of its others', async () => {
  const text = `tools = {t.name: {"call": ask(t), "what": t.what} for t in all}
for tool in tools.values():
    run(tool["what"])
    run(tool["call"])
for name, tool in tools.items():
    run(name)
    run(tool["call"])
named = {ask(t): t for t in all}
for name in named:
    run(name)
    run(named[name])
`;
  expect(await tiersIn('code.py', text)).toEqual(['4 proved', '7 proved', '10 proved', '11 proved']);
});
