/** What a finding says of its flow: the way, how sure it is, and what is found first where time runs out. */
import { describe, expect, test } from 'vitest';
import { createSession } from '../../server/src/core/index.js';
import { createNodeParser } from '../../server/src/host/node/session.js';
import { find, ruleYaml, textInput } from './support.js';

const sources = 'pattern-sources:\n  - pattern: source(...)';
const sinks = 'pattern-sinks:\n  - pattern: sink(...)';
const plain = `mode: taint\n${sources}\n${sinks}`;

describe('the trace', () => {
  test('says source, steps and sink', async () => {
    const [finding] = await find('python', plain, 'def f(a):\n    b = a\n    sink(b)\n\nx = source()\nf(x)\n');
    const places = finding?.trace === undefined ? [] : [finding.trace.source, ...finding.trace.steps, finding.trace.sink];
    expect(places.map((place) => `${place.range.start.line + 1} ${place.text}`)).toEqual([
      '5 source()',
      '5 x',
      '6 f(x)',
      '2 b',
      '3 sink(b)',
    ]);
  });

  test('of a very long way has both of its ends, and is no proof', async () => {
    const way = (steps: number): string =>
      ['x0 = source()', ...Array.from({ length: steps }, (_, at) => `x${at + 1} = x${at}`), `sink(x${steps})`, ''].join('\n');
    const judged = async (steps: number): Promise<readonly unknown[]> => {
      const [finding] = await find('python', plain, way(steps), 'metadata:\n  tier: proved');
      return [finding?.tier, finding?.trace?.steps.length, finding?.trace?.steps.at(-1)?.text];
    };
    expect(await judged(39)).toEqual(['proved', 40, 'x39']);
    expect(await judged(60)).toEqual(['likely', 40, 'x60']);
  });

  test('is left out by other rules', async () => {
    const [finding] = await find('python', 'sink(...)', 'sink(1)\n');
    expect(finding).not.toHaveProperty('trace');
  });
});

describe('sinks that are isolated', () => {
  const isolated = `mode: taint
${sources}
pattern-sinks:
  - patterns:
      - pattern: run(..., $X, ...)
      - focus-metavariable: $X
  - lowers: it runs elsewhere.
    patterns:
      - pattern: run("box", $X)
      - focus-metavariable: $X`;

  test('lower the finding, and say why', async () => {
    const [plainly, lowered] = await find('python', isolated, 'run(source())\nrun("box", source())\n');
    expect([plainly?.severity, plainly?.lowered, plainly?.message]).toEqual(['WARNING', undefined, 'found source()']);
    expect([lowered?.severity, lowered?.lowered]).toEqual(['INFO', 'it runs elsewhere.']);
    expect(lowered?.message).toBe('found source() Lowered to information: it runs elsewhere.');
  });

  test('count before other sinks at the same place, and only there', async () => {
    const found = await find('python', isolated, 'x = source()\nrun("box", x)\nrun("other", x)\n');
    expect(found.map(({ range, severity }) => [range.start.line, severity])).toEqual([
      [1, 'INFO'],
      [2, 'WARNING'],
    ]);
  });
});

describe('flows that were followed far', () => {
  const far = `options: { taint_lower_far: true }\n${plain}`;
  const severities = async (code: string, rule = far): Promise<readonly string[]> =>
    (await find('python', rule, code)).map(({ severity }) => severity);

  test('are information where they went through a field or an element', async () => {
    expect(await severities('self.x = source()\nsink(self.x)\n')).toEqual(['INFO']);
    expect(await severities('a = {}\na["k"] = source()\nsink(a["k"])\n')).toEqual(['INFO']);
    const [finding] = await find('python', far, 'self.x = source()\nsink(self.x)\n');
    expect(finding?.message).toContain('Lowered to information');
    expect(finding).not.toHaveProperty('lowered');
    const [unproved] = await find('python', far, 'self.x = source()\nsink(self.x)\n', 'metadata:\n  tier: proved');
    expect(unproved?.tier).toBe('likely');
  });

  test('keep their severity where they did not, on any of their ways', async () => {
    expect(await severities('x = source()\ny = x\nsink(y)\n')).toEqual(['WARNING']);
    expect(await severities('def f(x):\n    sink(x)\n\nself.x = source()\nf(self.x)\nf(source())\n')).toEqual(['WARNING']);
    expect(await severities('def f(x):\n    sink(x)\n\nf(source())\nself.x = source()\nf(self.x)\n')).toEqual(['WARNING']);
  });

  test('keep it where the rule does not ask', async () => {
    expect(await severities('self.x = source()\nsink(self.x)\n', plain)).toEqual(['WARNING']);
  });
});

describe('where time runs out', () => {
  test('what needs no flow is found before', async () => {
    const pattern = ruleYaml('python', 'danger($X)').replace('rules:\n', '').replace('test-rule', 'a-pattern');
    const rules = [{ path: 'rules.yaml', text: `${ruleYaml('python', plain)}${pattern}` }];
    const functions = Array.from({ length: 2000 }, (_, at) => `def f${at}(a):\n    return f${(at + 1) % 2000}(a) + f${(at * 7) % 2000}(a)`);
    const code = `${functions.join('\n')}\nsink(f0(source()))\ndanger(1)\n`;
    // The time goes on whenever somebody asks for it.
    let time = 0;
    const session = createSession({ sources: rules, profile: 'audit' }, await createNodeParser(), () => time++);
    await session.prepareAll();
    const found = async (limit: number): Promise<readonly string[]> => {
      const report = await session.scan(textInput('a.py', code), { limits: { timeoutMs: limit, maxLength: 1e7 } });
      return report.findings.map(({ ruleId }) => ruleId);
    };
    expect(await found(100_000)).toEqual(['test-rule', 'a-pattern']);
    let [without, enough] = [0, 100_000];
    while (enough - without > 1) {
      const middle = Math.floor((without + enough) / 2);
      if ((await found(middle)).length > 0) enough = middle;
      else without = middle;
    }
    expect(await found(enough)).toEqual(['a-pattern']);
  });
});
