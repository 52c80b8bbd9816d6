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
