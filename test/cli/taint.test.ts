/** How a scan shows the way of data that a taint rule found: in JSON as Semgrep does, as a code flow in SARIF, and as a path for people. */
import { describe, expect, it } from 'vitest';
import { makeTree, runCli } from './support.js';

const RULE = `rules:
  - id: reply-exec
    message: A reply reaches exec().
    severity: ERROR
    languages: [python]
    mode: taint
    pattern-sources:
      - pattern: ask(...)
    pattern-sinks:
      - pattern: exec(...)
`;
const CODE = 'def run(code):\n    exec(code)\n\nreply = ask("\\x1b[31m")\nrun(reply)\n';

async function output(format: string): Promise<string> {
  const root = makeTree({ 'rules.yaml': RULE, 'a.py': CODE });
  return (await runCli(['scan', '--config', 'rules.yaml', '--format', format, 'a.py'], { cwd: root })).stdout;
}

describe('a finding of a taint rule', () => {
  it('has a dataflow_trace in JSON', async () => {
    const report = JSON.parse(await output('json')) as { results: { start: object; extra: { dataflow_trace: object } }[] };
    expect(report.results).toHaveLength(1);
    expect(report.results[0]?.start).toMatchObject({ line: 2, col: 5 });
    expect(report.results[0]?.extra.dataflow_trace).toEqual({
      taint_source: [
        'CliLoc',
        [{ path: 'a.py', start: { line: 4, col: 9, offset: 39 }, end: { line: 4, col: 24, offset: 54 } }, 'ask("\\x1b[31m")'],
      ],
      intermediate_vars: [
        { location: { path: 'a.py', start: { line: 4, col: 1, offset: 31 }, end: { line: 4, col: 6, offset: 36 } }, content: 'reply' },
      ],
      taint_sink: [
        'CliLoc',
        [{ path: 'a.py', start: { line: 2, col: 5, offset: 19 }, end: { line: 2, col: 15, offset: 29 } }, 'exec(code)'],
      ],
    });
  });

  it('has a code flow in SARIF', async () => {
    const log = JSON.parse(await output('sarif')) as {
      runs: [
        {
          results: [
            { codeFlows: [{ threadFlows: [{ locations: { location: { message: { text: string }; physicalLocation: object } }[] }] }] },
          ];
        },
      ];
    };
    const { locations } = log.runs[0].results[0].codeFlows[0].threadFlows[0];
    expect(locations.map(({ location }) => location.message.text)).toEqual([
      'Comes from here: ask("\\x1b[31m")',
      'Goes into: reply',
      'Passes: run(reply)',
      'Arrives here: exec(code)',
    ]);
    expect(locations[3]?.location.physicalLocation).toMatchObject({ region: { startLine: 2, startColumn: 5 } });
  });

  it('has an indented path in text, with nothing in it that a terminal would obey', async () => {
    const text = await output('text');
    const path = text.split('\n').filter((line) => /^ +(?:from|into|through|to) /.test(line));
    expect(path.map((line) => line.trimEnd())).toEqual([
      '    from ask("\\x1b[31m")  a.py:4:9',
      '      into reply  a.py:4:1',
      '      through run(reply)  a.py:5:1',
      '    to exec(code)  a.py:2:5',
    ]);
    expect(text).not.toContain('\u001b[31m');
  });
});

describe('a flow through several files', () => {
  const rule = RULE.replace('languages: [python]', 'languages: [python, typescript]');
  const files = {
    'rules.yaml': rule,
    'app/model.py': 'from llm import ask\n\ndef reply(q):\n    return ask(q)\n',
    'app/runner.py': 'class Runner:\n    def run(self, code):\n        exec(code)\n',
    'app/main.py': 'from model import reply\nfrom runner import Runner\n\ntext = reply("x")\nRunner().run(text)\n',
    'app/second.py': 'from main import text\nfrom model import reply\nimport runner\nrunner.Runner().run(reply("y"))\n',
    'web/a.ts': "import { get } from './b';\nexec(get());\n",
    'web/b.ts': 'export const get = () => ask(1);\n',
  };
  const main = async (args: readonly string[]): Promise<string> =>
    (await runCli(['scan', '--across-files', '--config', 'rules.yaml', ...args], { cwd: makeTree(files) })).stdout;

  it('is reported once, at its sink, with places of each file', async () => {
    const report = JSON.parse(await main(['--format', 'json', 'app', 'web'])) as {
      results: { path: string; start: object; extra: { dataflow_trace: { taint_source: unknown; taint_sink: unknown } } }[];
    };
    expect(report.results.map(({ path, start }) => ({ path, start }))).toMatchObject([
      { path: 'app/runner.py', start: { line: 3, col: 9 } },
      { path: 'web/a.ts', start: { line: 2, col: 1 } },
    ]);
    const trace = report.results[0]?.extra.dataflow_trace;
    expect(trace?.taint_source).toMatchObject(['CliLoc', [{ path: 'app/model.py', start: { line: 4 } }, 'ask(q)']]);
    expect(trace?.taint_sink).toMatchObject(['CliLoc', [{ path: 'app/runner.py', start: { line: 3 } }, 'exec(code)']]);
  });

  it('is reported at the call where the file of the sink is not scanned', async () => {
    const report = JSON.parse(await main(['--format', 'json', 'app/main.py'])) as { results: { path: string; start: object }[] };
    expect(report.results).toMatchObject([{ path: 'app/main.py', start: { line: 5, col: 1 } }]);
  });

  it('names the files in SARIF and for people', async () => {
    const log = await main(['--format', 'sarif', 'app']);
    const found = [...log.matchAll(/"uri": "(app\/\w+\.py)"/g)].map(([, uri]) => uri);
    expect(new Set(found)).toEqual(new Set(['app/runner.py', 'app/model.py', 'app/main.py']));
    const text = await main(['app']);
    expect(text).toContain('from ask(q)  app/model.py:4:12');
    expect(text).toContain('to exec(code)  app/runner.py:3:9');
  });

  it('is the same for any number of threads', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `app/x${at}.py`,
        `from model import reply\nfrom runner import Runner\nRunner().run(reply(${at}))\n`,
      ]),
    );
    const root = makeTree({ ...files, ...many });
    const outputs = await Promise.all(
      ['1', '4'].map((jobs) =>
        runCli(['scan', '--across-files', '--config', 'rules.yaml', '--format', 'json', '--jobs', jobs, '.'], { cwd: root }),
      ),
    );
    expect(outputs[0]?.stdout).toBe(outputs[1]?.stdout);
    expect(JSON.parse(outputs[0]?.stdout ?? '')).toMatchObject({ results: [{ path: 'app/runner.py' }, { path: 'web/a.ts' }] });
  });

  it('is accepted where it is suppressed, at either end', async () => {
    const accepted = async (changed: Readonly<Record<string, string>>): Promise<unknown> => {
      const cwd = makeTree({ ...files, 'app/second.py': '', ...changed });
      const { stdout } = await runCli(['scan', '--across-files', '--config', 'rules.yaml', '--format', 'json', 'app'], { cwd });
      return (JSON.parse(stdout) as { results: { path: string; check_id: string; extra: { is_ignored: boolean } }[] }).results.map(
        ({ path, check_id, extra }) => [path, check_id, extra.is_ignored],
      );
    };
    const expected = [['app/runner.py', 'reply-exec', true]];
    const mark = '  # countersign: ignore[reply-exec] -- runs in a sandbox\n';
    expect(await accepted({ 'app/runner.py': files['app/runner.py'].replace('exec(code)\n', `exec(code)${mark}`) })).toEqual(expected);
    expect(await accepted({ 'app/main.py': files['app/main.py'].replace('run(text)\n', `run(text)${mark}`) })).toEqual(expected);
  });
});
