/** Typing in the elements of a component: only what changed in the innermost one is looked through again, and what is found is what a scan of the text alone finds. */
import { expect, test } from 'vitest';
import { editsBetween } from '../../server/src/core/language/edit.js';
import { DEFAULT_LIMITS, type FileReport } from '../../server/src/core/index.js';
import { createNodeSession } from '../../server/src/host/node/session.js';
import { textInput } from './support.js';
import { treeOf } from './tsxTrees.js';

/** Patterns that hold elements, lie in them, stand for what they are set to, or ask about what is around. */
const RULES = `rules:
  - {id: call, message: "$X", severity: INFO, languages: [typescript], pattern: run($X)}
  - {id: link, message: "$U", severity: INFO, languages: [typescript], pattern: "<$EL href={$U} />"}
  - {id: no-href, message: "$EL", severity: INFO, languages: [typescript], patterns: [{pattern: "<$EL ... />"}, {pattern-not: "<$EL ... href=$U ... />"}]}
  - {id: inside, message: "$X", severity: INFO, languages: [typescript], patterns: [{pattern: run($X)}, {pattern-inside: "<Box ...>...</Box>"}]}
  - {id: not-inside, message: "$X", severity: INFO, languages: [typescript], patterns: [{pattern: run($X)}, {pattern-not-inside: "<Box safe ...>...</Box>"}]}
  - {id: returned, message: "$X", severity: INFO, languages: [typescript], patterns: [{pattern: return $X}, {metavariable-regex: {metavariable: $X, regex: '(?s).*Menu.*'}}]}
  - {id: deep, message: "$F", severity: INFO, languages: [typescript], pattern: "const $F = <... run($X) ...>"}
  - {id: symbolic, message: "$X", severity: INFO, languages: [typescript], options: {symbolic_propagation: true}, pattern: "show(<... run($X) ...>)"}
  - {id: set, message: "$X", severity: INFO, languages: [typescript], patterns: [{pattern: "show($X)"}, {metavariable-pattern: {metavariable: $X, pattern: "<Box ...>...</Box>"}}]}
  - {id: constant, message: "x", severity: INFO, languages: [typescript], pattern: 'run("=~/^rm/")'}
  - {id: typed, message: "$X", severity: INFO, languages: [typescript], pattern: "run(($X: string))"}
  - {id: bound, message: "$P", severity: INFO, languages: [typescript], patterns: [{pattern: run($P)}, {pattern-inside: "($P) => $BODY"}]}
  - {id: whole, message: "$C", severity: INFO, languages: [typescript], patterns: [{pattern: "const $C = ($P) => { ... }"}, {pattern-not: "const $C = ($P) => { ...; return <... ask(...) ...>; }"}]}
  - {id: flow, message: "x", severity: ERROR, languages: [typescript], mode: taint, pattern-sources: [{pattern: ask(...)}], pattern-sinks: [{patterns: [{pattern: run($Y)}, {focus-metavariable: $Y}]}, {pattern: "<$EL href={$U} />"}]}
  - {id: given, message: "x", severity: ERROR, languages: [typescript], mode: taint, pattern-sources: [{patterns: [{pattern-inside: "($P) => { ... }"}, {focus-metavariable: $P}]}], pattern-sinks: [{pattern: run(...)}]}
`;

/** An element that is returned, one that a variable is set to, and one that a function makes for each of several things. */
const VIEW = `import { ask, run, show, use } from 'kit';

const CMD = 'rm -r';
const HOME = 'home';
export const View = (props: { name: string }) => {
  const [open, set] = use(false);
  let last = 'rm x';
  const text = ask(props.name);
  const menu = (
    <Box safe title={props.name}>
      <Item onClick={() => set(true)}>first</Item>@
    </Box>
  );
  const save = (value: string) => run(value);
  show(menu);
  run(last);
  return (
    <Box className="all">
      {open && <Menu items={[1, 2]} >@{text}</Menu>}
      <ul>
        {props.names.map((each: string) => (
          <li key={each} @>
            <a href="/">@{each}</a>
          </li>
        ))}
      </ul>
      {menu}
      <Box>{run(HOME)}</Box>@
    </Box>
  );
};
`;

const TYPED = [
  '<Item x={run(CMD)} />',
  '<a href={text} />',
  '<b onClick={() => { last = ask(1); run(last); }}>x</b>',
  '{run(last)} and {run(each)}',
  '{(last = HOME)}',
  '<Box safe>{run(text)}</Box>',
  '{[text].map((each) => run(each))}',
  '<Menu>{save(text)}{show(menu)}</Menu>',
];
/** Among attributes. */
const GIVEN = ['href={text} ', 'title={run(CMD)} ', 'onClick={() => run(each)} ', 'safe '];

const limits = { ...DEFAULT_LIMITS, timeoutMs: 600_000 };

function isBroken({ coverage }: FileReport): boolean {
  return coverage.reasons.some((reason) => reason.kind === 'file' && reason.code === 'parse-error');
}

const spoken = ({ findings, errors }: FileReport): string => JSON.stringify({ findings, errors });

const places = VIEW.split('@').slice(0, -1);
for (const [place, before] of places.entries()) {
  const isAttribute = /<li [^>]*$/.test(before);
  test(`key by key and back at line ${before.split('\n').length}, column ${before.length - before.lastIndexOf('\n')}`, async () => {
    const session = await createNodeSession({ sources: [{ path: 'rules.yaml', text: RULES }], profile: 'audit' });
    const behind = VIEW.split('@')
      .slice(place + 1)
      .join('');
    const start = places.slice(0, place + 1).join('');
    let whole = 0;
    for (const typed of isAttribute ? GIVEN : TYPED) {
      const lengths = Array.from({ length: typed.length }, (_, at) => at);
      const keys = [...lengths, typed.length, ...lengths.toReversed()];
      for (const length of keys) {
        const text = start + typed.slice(0, length) + behind;
        const input = textInput('view.tsx', text);
        const kept = await session.scan(input, { reuseKey: 'typed', limits });
        const alone = await session.scan(input, { limits });
        if (isBroken(alone)) continue;
        whole++;
        expect(spoken(kept), text).toBe(spoken(alone));
      }
    }
    expect(whole).toBeGreaterThan(20);
  });
}

test('a run of elements is no more than what changed in the innermost one', () => {
  const text = VIEW.replaceAll('@', '');
  const [before, after] = [treeOf(text), treeOf(text.replace('{menu}', '{menu}<i />'))];
  const [first, second] = editsBetween(before, after);
  expect([first?.kind, second?.kind]).toEqual(['elements', 'statements']);
  const size = ({ toBefore, from } = { toBefore: before.count, from: 0 }): number => toBefore - from;
  expect(size(first)).toBeLessThan(5);
  expect(size(second)).toBeGreaterThan(40);
});

test('statements in a handler are a run of their own', () => {
  const text = VIEW.replaceAll('@', '').replace('() => set(true)', '() => { set(true); }');
  const [edit] = editsBetween(treeOf(text), treeOf(text.replace('set(true);', 'set(open);')));
  expect(edit?.kind).toBe('statements');
});
