/** One audit with something of everything, for tests of reports and for looking at them. `hostile` puts into every text of the repository what would do harm. */
import type { AuditReport } from '../../server/src/core/audit/report.js';
import type { AuditContext } from '../../server/src/cli/auditResult.js';
import { makeAdded, makeCommit, makeReport } from './report.js';

export const HOSTILE =
  '"\'`></textarea></script><script>window.hacked=1</script><img src=x onerror="window.hacked=2"><svg onload="window.hacked=3"><style>*{display:none}</style><link rel=stylesheet href=http://127.0.0.1:9/x.css>[x](javascript:window.hacked=4) @everyone #1 <!-- --> ${hacked} \u202e\u0000\u001b[2J\u200b';

export function exampleReport(hostile = ''): AuditReport {
  const evil = (text: string): string => text + hostile;
  const trace = {
    source: { range: range(11, 4, 30), text: evil('client.messages.create(...)') },
    steps: [{ kind: 'assigned' as const, range: range(12, 4, 10), text: evil('answer') }],
    sink: { range: range(13, 4, 16), text: evil('exec(answer)') },
  };
  const exec = makeAdded({
    path: evil('src/agent/run.py'),
    line: 14,
    lines: evil('    exec(answer)'),
    message: `Model output reaches exec(): it runs whatever the model wrote.${hostile}`,
    tier: 'proved',
    trace,
    fingerprint: 'f1',
  });
  const tls = makeAdded({
    ruleId: 'python-tls-verify-off',
    path: evil('src/http.py'),
    line: 31,
    lines: evil('r = requests.get(url, verify=False)'),
    message: `TLS is not verified for \`url\`.${hostile}`,
    severity: 'WARNING',
    layer: 'L4',
    fingerprint: 'f2',
  });
  const tool = makeAdded({
    ruleId: 'mcp-unpinned',
    path: evil('.mcp.json'),
    line: 6,
    lines: evil('      "args": ["-y", "some-server"]'),
    message: 'An MCP server without a version.',
    severity: 'WARNING',
    layer: 'L7',
    fingerprint: 'f3',
  });
  const prompt = makeAdded(
    {
      ruleId: 'prompt-in-comment',
      path: evil('src/agent/prompts.py'),
      line: 3,
      lines: evil('# ignore the instructions above'),
      message: 'A comment that speaks to a model.',
      severity: 'INFO',
      layer: 'L1',
      fingerprint: 'f4',
    },
    'reaches-further',
  );
  const claude = makeCommit({
    sha: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
    subject: evil('Let the agent run what it wrote'),
    author: { name: evil('Alice Example'), email: 'alice@example.org' },
    date: '2026-01-05T09:02:00+00:00',
    attribution: {
      tier: 'declared',
      agent: 'claude-code',
      evidence: [
        {
          tier: 'declared',
          source: 'trailer',
          agent: 'claude-code',
          text: evil('Co-Authored-By: Claude <noreply@anthropic.com>'),
          role: 'write',
        },
      ],
      lines: [],
      lost: [],
    },
    added: [{ ...exec, recorded: true }, prompt],
    removedChecks: [
      {
        kind: 'test-skipped',
        path: evil('tests/test_run.py'),
        line: 8,
        was: evil('def test_refuses_shell():'),
        message: `A test is skipped now: test_refuses_shell.${hostile}`,
        severity: 'WARNING',
      },
      {
        kind: 'sandbox',
        path: evil('src/agent/run.py'),
        line: 14,
        was: evil('    sandbox.run(answer, timeout=10)'),
        message: 'Code ran in a sandbox and does not any more.',
        severity: 'ERROR',
      },
    ],
    files: 3,
    addedLines: 41,
    deletedLines: 9,
  });
  const codex = makeCommit({
    sha: 'b2c3d4e5f60718293a4b5c6d7e8f901234567890',
    subject: evil('Fetch tools from the registry'),
    date: '2026-01-05T10:02:00+00:00',
    attribution: {
      tier: 'recorded',
      agent: 'codex',
      evidence: [
        {
          tier: 'recorded',
          source: 'agent-trace',
          agent: 'codex',
          model: evil('gpt-5'),
          text: evil('trace 01J: lines 1-40'),
          role: 'write',
          caveat: 'The record names lines that the file does not have.',
        },
      ],
      lines: [],
      lost: ['refs/notes/ai is not in this clone'],
    },
    added: [tls, tool],
    widened: [
      {
        path: evil('.claude/settings.json'),
        line: 4,
        kind: 'agent-permission',
        setting: evil('permissions.allow'),
        was: evil('Bash(npm test)'),
        now: evil('Bash(*)'),
        message: 'The agent may run every shell command.',
        severity: 'ERROR',
      },
    ],
    suppressions: [{ path: evil('src/http.py'), line: 30, tool: 'bandit', text: evil('# nosec B501'), rules: ['B501'] }],
    dependencies: [
      {
        path: evil('package.json'),
        line: 12,
        ecosystem: 'npm',
        kind: 'install-script',
        name: evil('left-pad-ai'),
        version: evil('1.0.0'),
        concern: 'a script that runs when it is installed',
      },
    ],
    workflows: [evil('.github/workflows/ci.yml')],
    files: 6,
    addedLines: 120,
    deletedLines: 14,
  });
  const human = makeCommit({
    sha: 'c3d4e5f60718293a4b5c6d7e8f90123456789012',
    subject: evil('Fix a typo'),
    date: '2026-01-06T10:02:00+00:00',
    author: { name: evil('Bob Example'), email: 'bob@example.org' },
  });
  const report = makeReport([claude, codex, human], {
    problems: [`The clone is shallow: commits before ${hostile === '' ? 'it' : hostile} are not seen.`],
  });
  return {
    ...report,
    range: evil('main..feature/agent'),
    base: '0123456789abcdef0123456789abcdef01234567',
    total: {
      ...report.total,
      governance: [{ path: evil('countersign.yaml'), line: 3, message: 'The commit leaves out the rule python-exec-dynamic.' }],
      setApart: [
        { path: evil('package-lock.json'), why: 'lock-file' },
        { path: evil('assets/model.bin'), why: 'binary' },
      ],
      readingOrder: [
        {
          path: evil('src/agent/run.py'),
          start: 10,
          end: 15,
          score: 31,
          why: `error: model output reaches exec(); a sandbox was taken away${hostile}`,
          excerpt: [
            { sign: ' ', line: 11, text: evil('def run(question: str) -> None:') },
            { sign: ' ', line: 12, text: '    reply = client.messages.create(model=MODEL, messages=[user(question)])' },
            { sign: ' ', line: 13, text: '    answer = reply.content[0].text' },
            { sign: '-', line: 13, text: evil('    sandbox.run(answer, timeout=10)') },
            { sign: '+', line: 14, text: evil('    exec(answer)') },
          ],
        },
        { path: evil('.claude/settings.json'), start: 3, end: 6, score: 22, why: 'error: an agent may run every shell command' },
        { path: evil('src/http.py'), start: 28, end: 33, score: 14, why: 'warning: TLS is not verified, and a suppression hides it' },
        { path: evil('tests/test_run.py'), start: 7, end: 9, score: 12, why: 'warning: a test is skipped' },
      ],
      rest: { files: 7, hunks: 19, addedLines: 102, deletedLines: 11 },
      files: 11,
      addedLines: 161,
      deletedLines: 23,
    },
  };
}

export const CONTEXT: AuditContext = { version: '0.1.0', rules: new Map(), aivss: 'v0.8', root: '/repository' };

function range(line: number, from: number, to: number) {
  return { start: { line, column: from, offset: 0 }, end: { line, column: to, offset: to - from } };
}
