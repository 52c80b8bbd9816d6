/** Attribution from text: the table of agents, messages, records. Commits of a real git are in test/audit/attribution.test.ts. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGENTS, agentOfIdentity, agentOfTool, agentOfWords } from '../../server/src/core/provenance/agents.js';
import { parseAgentTraces } from '../../server/src/core/provenance/agentTrace.js';
import { findContent, murmur3 } from '../../server/src/core/provenance/contentHash.js';
import { parseGitAiJson, parseGitAiNote } from '../../server/src/core/provenance/gitAi.js';
import { intersect, paint } from '../../server/src/core/provenance/lineRanges.js';
import { readMessage } from '../../server/src/core/provenance/message.js';

const JANE = { name: 'Jane Doe', email: 'jane@example.org' };
const AT = Date.UTC(2026, 9, 1) / 1000;

function read(message: string, more: Partial<Parameters<typeof readMessage>[0]> = {}): ReturnType<typeof readMessage> {
  return readMessage({ author: JANE, committer: JANE, message, committed: AT, ...more });
}
const agents = (message: string, more: Parameters<typeof read>[1] = {}): readonly string[] =>
  read(message, more).evidence.map(({ agent }) => agent);

describe('the table of agents', () => {
  const table = JSON.parse(readFileSync('server/src/core/provenance/agents.json', 'utf8')) as {
    agents: Record<string, unknown>[];
    automation: Record<string, unknown>[];
    windows: Record<string, string>[];
  };

  it('has one entry per agent, each with its day and its source', () => {
    const ids = table.agents.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const entry of table.agents) {
      expect(entry).toEqual(
        expect.objectContaining({
          id: expect.stringMatching(/^[a-z\d]+(?:-[a-z\d]+)*$/) as string,
          name: expect.any(String) as string,
          role: expect.stringMatching(/^(?:write|assist)$/) as string,
          identities: expect.any(Array) as unknown[],
          names: expect.any(Array) as unknown[],
          checked: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as string,
          source: expect.stringMatching(/\S{3}/) as string,
        }),
      );
      const known = new Set([
        'id',
        'name',
        'role',
        'identities',
        'nameSuffix',
        'names',
        'namesOfPeople',
        'markers',
        'trailers',
        'caveat',
        'checked',
        'source',
      ]);
      expect(Object.keys(entry).filter((key) => !known.has(key))).toEqual([]);
    }
  });

  it('has no identity of two owners, but for those that a name or a number tells apart', () => {
    const keys = [...table.agents, ...table.automation].flatMap(({ identities }) =>
      (identities as object[]).map((identity) => JSON.stringify(identity).toLowerCase()),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has no name of two agents, in lower case', () => {
    const names = AGENTS.flatMap((agent) => agent.names);
    expect(names).toEqual(names.map((name) => name.toLowerCase()));
    expect(new Set(names).size).toBe(names.length);
  });

  it('has markers that match whole lines', () => {
    for (const { markers, trailers } of AGENTS) {
      for (const { source } of [...markers, ...trailers.map(({ value }) => value)]) expect(source).toMatch(/^\^.*\$$/);
    }
  });

  it('finds each agent by each of its addresses and accounts, in any case', () => {
    for (const agent of AGENTS) {
      for (const { email, login, id, name } of agent.identities) {
        const address = email ?? `${id ?? 4711}+${login}@users.noreply.github.com`;
        expect(agentOfIdentity({ name: name ?? 'Anyone', email: address.toUpperCase() })?.id, address).toBe(agent.id);
      }
    }
  });

  it('finds each agent by its names in records', () => {
    for (const agent of AGENTS) for (const name of agent.names) expect(agentOfTool(name)?.id).toBe(agent.id);
  });
});

describe('identities', () => {
  it.each([
    ['Claude Paroz', 'claude@2xlibre.net'],
    ['Claude Dioudonnat', 'claude@dioudonnat.fr'],
    ['Claude', 'claude@anthropic.com'],
    ['Jane', 'jane@openai.com'],
    ['Devin Smith', 'devin@example.org'],
    ['claude', 'claude@example.org'],
    ['Copilot', 'copilot@example.org'],
    ['Not Copilot', '1+NotCopilot@users.noreply.github.com'],
    ['copilot-fan', '1+copilot-fan@users.noreply.github.com'],
    ['claude', '1+claude@users.noreply.github.com'],
    ['x', 'noreply@anthropic.com.example.org'],
    ['x', 'xnoreply@anthropic.com'],
    ['dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com'],
    ['renovate[bot]', '29139614+renovate[bot]@users.noreply.github.com'],
    ['github-actions[bot]', '41898282+github-actions[bot]@users.noreply.github.com'],
    ['pre-commit-ci[bot]', '66853113+pre-commit-ci[bot]@users.noreply.github.com'],
    ['GitHub', 'noreply@github.com'],
  ])('%s <%s> is no agent', (name, email) => {
    expect(agents('Fix\n', { author: { name, email } })).toEqual([]);
    expect(agents(`Fix\n\nCo-authored-by: ${name} <${email}>\n`)).toEqual([]);
    expect(agents(`Fix\n\nAssisted-by: ${name} <${email}>\n`)).toEqual([]);
  });

  it('tells accounts of one login apart by their numbers', () => {
    expect(agentOfIdentity({ name: 'Copilot', email: '198982749+Copilot@users.noreply.github.com' })?.id).toBe('copilot-agent');
    expect(agentOfIdentity({ name: 'Copilot', email: '223556219+Copilot@users.noreply.github.com' })?.id).toBe('copilot');
    expect(agentOfIdentity({ name: 'Copilot', email: '175728472+Copilot@users.noreply.github.com' })?.role).toBe('assist');
    expect(agentOfIdentity({ name: 'Copilot', email: 'Copilot@users.noreply.github.com' })?.id).toBe('copilot');
  });

  it('tells agents of one address apart by the name', () => {
    expect(agentOfIdentity({ name: 'goose', email: 'noreply@anthropic.com' })?.id).toBe('goose');
    expect(agentOfIdentity({ name: 'Claude', email: 'noreply@anthropic.com' })?.id).toBe('claude-code');
  });

  it('knows the suffix that aider gives a name', () => {
    const aider = { name: 'Jane Doe (aider)', email: JANE.email };
    expect(read('Fix', { author: aider, committer: aider }).evidence).toMatchObject([{ agent: 'aider', source: 'author', role: 'write' }]);
    expect(read('Fix', { committer: aider }).evidence).toMatchObject([
      { agent: 'aider', source: 'committer', role: 'assist', caveat: expect.any(String) as string },
    ]);
    expect(agents('Fix', { author: { name: 'Aider Fan', email: JANE.email } })).toEqual([]);
  });
});

describe('messages', () => {
  it.each([
    ['Add Claude support to the Copilot importer'],
    ['aider: 0.86.1 -> 0.87.0'],
    ['codex: document the format'],
    ['Move the cursor\n\nGenerated with love.\n'],
    ['Fix\n\nReviewed-by: Claude <noreply@anthropic.com>\nReported-by: Copilot\n'],
    ['Fix\n\nThe trailer Co-Authored-By: Claude <noreply@anthropic.com> is not written any more.\n'],
    ['Fix\n\n> Co-Authored-By: Claude <noreply@anthropic.com>\n'],
    ['Fix\n\n    Co-Authored-By: Claude <noreply@anthropic.com>\n'],
    ['Docs\n\n```\nCo-Authored-By: Claude <noreply@anthropic.com>\n```\n'],
    [
      'Revert "Add cache"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.\n\nOriginal change\'s description:\n> Add cache\n>\n> Co-Authored-By: Claude <noreply@anthropic.com>\n',
    ],
    [
      'Revert "Add cache"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.\n\nOriginal commit message:\nAdd cache\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
    ],
    ['Fix\n\nAssisted-by: Viktor Szakats\nAssisted-by: Claude Paroz\nAssisted-by: Gemini Ganesan\nAssisted-by: bagder on github\n'],
    ['Generate\n\nGenerated-by: scripts/generate.py\nGenerated-by: https://example.org\n'],
    ['Copilot-Session: none\n\nClaude-Session: https://example.org/claude.ai/code/session_1\n'],
  ])('%j declares nothing', (message) => {
    expect(agents(message)).toEqual([]);
  });

  it('reads a declaration wherever it stands in the message', () => {
    expect(
      agents('Fix\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n\nMore words, and an end that git takes for no trailer.\n'),
    ).toEqual(['claude-code']);
    expect(agents('Fix\r\n\r\nCO-AUTHORED-BY: CLAUDE <NOREPLY@ANTHROPIC.COM>\r\n')).toEqual(['claude-code']);
    expect(agents('Co-authored-by: Cursor <cursoragent@cursor.com>')).toEqual(['cursor']);
  });

  it('lists every agent, who wrote before who helped', () => {
    const { evidence } = read(
      'Fix\n\nCo-authored-by: Copilot Autofix powered by AI <175728472+Copilot@users.noreply.github.com>\nCo-authored-by: Jane <jane@example.org>\nCo-authored-by: Claude Opus 4.6 (1M context) <noreply@anthropic.com>\nCo-authored-by: Codex <noreply@openai.com>\n',
    );
    expect(evidence.map(({ agent, role, model }) => [agent, role, model])).toEqual([
      ['claude-code', 'write', 'Claude Opus 4.6 (1M context)'],
      ['codex', 'write', undefined],
      ['copilot-review', 'assist', undefined],
    ]);
  });

  it.each([
    ['Assisted-by: Claude:claude-3-opus coccinelle sparse', 'claude-code', 'claude-3-opus'],
    ['Assisted-by: Crush:glm-5.2', 'crush', 'glm-5.2'],
    ['Assisted-by: GLM-5.1 via Crush <crush@charm.land>', 'crush', 'GLM-5.1'],
    ['Assisted-by: Claude Sonnet 4.5 via Crush', 'crush', 'Claude Sonnet 4.5'],
    ['Assisted-by: Claude Opus 4', 'claude-code', 'Claude Opus 4'],
    ['Assisted-by: OpenAI Codex', 'codex', undefined],
    ['Assisted-by: Gemini CLI', 'gemini', undefined],
    ['Assisted-by: SomeAgent:some-model-2', 'other', 'some-model-2'],
    ['Assisted-by: gpt-5.2', 'other', 'gpt-5.2'],
  ])('%s is %s', (line, agent, model) => {
    expect(read(`mm: fix\n\nText.\n\n${line}\nSigned-off-by: Jane Doe <jane@example.org>\n`).evidence).toMatchObject([
      { agent, role: 'assist', tier: 'declared', source: 'trailer', ...(model === undefined ? {} : { model }) },
    ]);
  });

  it('reads Generated-by as writing', () => {
    expect(read('Fix\n\nGenerated-by: Claude Code 2.1\n').evidence).toMatchObject([{ agent: 'claude-code', role: 'write' }]);
    expect(read('Fix\n\nGenerated-by: ChatGPT\n').evidence).toMatchObject([{ agent: 'chatgpt', role: 'write' }]);
  });

  it('doubts a name that people have', () => {
    expect(agentOfWords('Claude')?.caveat).toMatch(/people/);
    expect(agentOfWords('ChatGPT')?.caveat).toBeUndefined();
  });

  it('knows the weeks in which an editor added its trailer to everything', () => {
    const message = 'Fix\n\nCo-authored-by: Copilot <copilot@github.com>\n';
    const on = (day: string): string | undefined => read(message, { committed: Date.parse(`${day}T12:00:00Z`) / 1000 }).evidence[0]?.caveat;
    expect(on('2026-04-15')).toBeUndefined();
    expect(on('2026-04-16')).toMatch(/every commit/);
    expect(on('2026-05-03')).toMatch(/every commit/);
    expect(on('2026-05-04')).toBeUndefined();
    const other = read('Fix\n\nCo-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>\n', {
      committed: Date.parse('2026-04-20') / 1000,
    });
    expect(other.evidence[0]?.caveat).toBeUndefined();
  });

  it('says what a squash loses', () => {
    const github =
      'Add cache (#12)\n\n* Add cache\n\n* Fix tests\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n\n---------\n\nCo-authored-by: Claude <noreply@anthropic.com>\n';
    expect(read(github)).toMatchObject({
      evidence: [{ agent: 'claude-code' }],
      lost: [expect.stringMatching(/^2 commits were squashed/) as string],
    });
    const commit = (words: string): string =>
      `commit ${'0'.repeat(40)}\nAuthor: Jane Doe <jane@example.org>\nDate:   Mon Jan 5 09:00:00 2026 +0000\n\n    ${words.replaceAll('\n', '\n    ')}\n\n`;
    const git = `Squashed commit of the following:\n\n${commit('One\n\nCo-Authored-By: Claude <noreply@anthropic.com>')}${commit('Two')}`;
    expect(read(git)).toMatchObject({ evidence: [{ agent: 'claude-code' }], lost: [expect.stringMatching(/^2 commits/) as string] });
    expect(read('Bullets (#3)\n\n* one\n* two\n').lost).toEqual([]);
  });

  it('never throws, and bounds what it quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        for (const { text: quoted } of read(`x\n\nAssisted-by: Claude:${text}\nCo-authored-by: ${text} <noreply@anthropic.com>\n${text}`)
          .evidence) {
          expect(quoted.length).toBeLessThanOrEqual(200);
        }
      }),
    );
    expect(read('Co-authored-by: Claude <noreply@anthropic.com>\n'.repeat(5_000)).evidence).toHaveLength(1);
  });
});

describe('git-ai records', () => {
  const note = (lines: string, metadata: object): string =>
    `${lines}---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: '', prompts: {}, ...metadata })}`;
  const agent = (tool: string, model = 'm-1'): object => ({ agent_id: { tool, id: 'x', model } });

  it('reads sessions, people and older hashes in one note', () => {
    const record = parseGitAiNote(
      note(
        'src/a.ts\n  s_0123456789abcd::t_0123456789abcd 1-10,15\n  s_0123456789abcd::t_ffff456789abcd 20\n  h_0123456789abcd 5-6\n"with space.ts"\n  0123456789abcdef 1-3\n  0123abc 9\n',
        {
          sessions: { s_0123456789abcd: agent('claude', 'claude-sonnet-4-5') },
          humans: { h_0123456789abcd: { author: 'Jane <jane@example.org>' } },
          prompts: { '0123456789abcdef': agent('cursor', 'default'), '0123abc': agent('someone-new') },
        },
      ),
    );
    expect(record.problems).toEqual([]);
    expect(record.agents).toMatchObject([
      { agent: 'claude-code', model: 'claude-sonnet-4-5' },
      { agent: 'cursor' },
      { agent: 'other', model: 'm-1' },
    ]);
    expect(record.agents[1]).not.toHaveProperty('model');
    expect(record.files).toEqual([
      {
        path: 'src/a.ts',
        lines: [
          { start: 1, end: 4, value: 0 },
          { start: 7, end: 10, value: 0 },
          { start: 15, end: 15, value: 0 },
          { start: 20, end: 20, value: 0 },
        ],
        human: [{ start: 5, end: 6 }],
      },
      {
        path: 'with space.ts',
        lines: [
          { start: 1, end: 3, value: 1 },
          { start: 9, end: 9, value: 2 },
        ],
        human: [],
      },
    ]);
  });

  it('reads what it can of a broken note, and says where it is wrong', () => {
    const record = parseGitAiNote(
      note('  s_0123456789abcd::t_0123456789abcd 1\na.ts\n  s_0123456789abcd::t_0123456789abcd 0,4-2,7,x,99999999999\n  nobody 1\n', {
        sessions: {},
      }),
    );
    expect(record.files).toMatchObject([{ path: 'a.ts', lines: [{ start: 7, end: 7 }] }]);
    expect(record.problems.join('\n')).toMatch(/line 1 .*no entry[\s\S]*line 3 .*no range[\s\S]*line 4 .*does not describe/);
    expect(parseGitAiNote('garbage')).toMatchObject({ files: [], problems: [expect.stringContaining('---') as string] });
    expect(parseGitAiNote('a.ts\n  0123456789abcdef 1\n---\n{broken')).toMatchObject({
      files: [{ path: 'a.ts' }],
      problems: [expect.stringContaining('no JSON object') as string],
    });
  });

  it('reads the JSON of the time before notes', () => {
    const text = JSON.stringify({
      schema_version: 'authorship/0.0.1',
      files: {
        'src/a.rs': {
          file: 'src/a.rs',
          authors: [
            { author: 'Claude Code', lines: [3, [10, 12]], agent_metadata: null },
            { author: 'Claude Paroz', lines: [[1, 2]], agent_metadata: null },
          ],
        },
      },
    });
    for (const record of [parseGitAiJson(text), parseGitAiNote(text)]) {
      expect(record.files).toEqual([
        {
          path: 'src/a.rs',
          lines: [
            { start: 3, end: 3, value: 0 },
            { start: 10, end: 12, value: 0 },
          ],
          human: [{ start: 1, end: 2 }],
        },
      ]);
      expect(record.agents).toMatchObject([{ agent: 'claude-code' }]);
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.jsonValue(), (text, value) => {
        parseGitAiNote(text);
        parseGitAiNote(`${text}\n---\n${JSON.stringify(value)}`);
        parseGitAiJson(JSON.stringify({ files: value }));
        parseAgentTraces(text);
        parseAgentTraces(JSON.stringify(value));
        parseAgentTraces(JSON.stringify({ files: [value, { path: 'a', conversations: value }] }));
      }),
    );
  });
});

describe('Agent Trace records', () => {
  const trace = (more: object, range: object = { start_line: 3, end_line: 5 }): object => ({
    version: '0.1.0',
    id: 'id-1',
    timestamp: '2026-01-05T09:00:00Z',
    vcs: { type: 'git', revision: 'a'.repeat(40) },
    tool: { name: 'cursor', version: '2.4.0' },
    files: [{ path: 'src/a.ts', conversations: [{ contributor: { type: 'ai', model_id: 'anthropic/claude-opus-4-5' }, ranges: [range] }] }],
    ...more,
  });

  it('reads one per line, or one as a whole', () => {
    const expected = {
      id: 'id-1',
      revision: 'a'.repeat(40),
      before: false,
      files: [
        {
          path: 'src/a.ts',
          ranges: [{ start: 3, end: 5, agent: 'cursor', model: 'anthropic/claude-opus-4-5', mixed: false, vague: false }],
        },
      ],
    };
    expect(parseAgentTraces(`${JSON.stringify(trace({}))}\n\n${JSON.stringify(trace({}))}\n`)).toMatchObject({
      records: [
        { ...expected, line: 1 },
        { ...expected, line: 3 },
      ],
      problems: [],
    });
    expect(parseAgentTraces(JSON.stringify(trace({}), undefined, 2))).toMatchObject({ records: [expected], problems: [] });
    expect(parseAgentTraces(JSON.stringify([trace({}), trace({})])).records).toHaveLength(2);
  });

  it('tolerates what the reference implementation writes', () => {
    const place = (path: string): object =>
      trace({
        version: '1.0',
        files: [{ path, conversations: [{ contributor: { type: 'ai' }, ranges: [{ start_line: 1, end_line: 1 }] }] }],
      });
    const { records, problems } = parseAgentTraces(
      ['.shell-history', '.sessions', '.unknown', 'a.ts'].map((path) => JSON.stringify(place(path))).join('\n'),
    );
    expect(problems).toEqual([]);
    expect(records.map(({ files, before }) => [files.map(({ path }) => path), before])).toEqual([
      [[], true],
      [[], true],
      [[], true],
      [['a.ts'], true],
    ]);
    expect(records[3]?.files[0]?.ranges[0]).toMatchObject({ vague: true });
  });

  it('takes a range of another contributor for that one, and people for nobody', () => {
    const ranges = [
      { start_line: 1, end_line: 2, contributor: { type: 'human' } },
      { start_line: 4, end_line: 6, contributor: { type: 'mixed' } },
      { start_line: 8, end_line: 8 },
    ];
    const { records } = parseAgentTraces(
      JSON.stringify(
        trace({
          files: [{ path: 'a', conversations: [{ contributor: { type: 'ai' }, ranges }, { ranges: [{ start_line: 1, end_line: 9 }] }] }],
        }),
      ),
    );
    expect(records[0]?.files[0]?.ranges.map(({ start, mixed }) => [start, mixed])).toEqual([
      [4, true],
      [8, false],
    ]);
  });

  it('says which lines it cannot read', () => {
    const { records, problems } = parseAgentTraces(
      [
        'nonsense',
        JSON.stringify({ id: 'x' }),
        JSON.stringify(trace({}, { start_line: 5, end_line: 2 })),
        JSON.stringify(
          trace({
            files: [
              { path: '../out', conversations: [] },
              { path: '/abs', conversations: [] },
            ],
          }),
        ),
        JSON.stringify(trace({})),
      ].join('\n'),
    );
    expect(problems.map((text) => /line (\d)/.exec(text)?.[1])).toEqual(['1', '2', '3', '4', '4']);
    expect(records.at(-1)?.files).toHaveLength(1);
  });

  it('finds content by its hash where it is now', () => {
    expect(murmur3(new TextEncoder().encode(''))).toBe(0);
    expect(murmur3(new TextEncoder().encode('hello'))).toBe(0x248bfa47);
    expect(murmur3(new TextEncoder().encode('The quick brown fox jumps over the lazy dog'))).toBe(0x2e4ff723);
    const lines = ['a', 'b', 'one', 'two', 'c'];
    const hash = `murmur3:${murmur3(new TextEncoder().encode('one\ntwo')).toString(16)}`;
    expect(findContent(hash, lines, { start: 3, end: 4 })).toEqual({ start: 3, end: 4 });
    expect(findContent(hash, lines, { start: 1, end: 2 })).toEqual({ start: 3, end: 4 });
    expect(findContent(hash, [...lines, ...lines], { start: 1, end: 2 })).toBeUndefined();
    expect(findContent('sha256:00', lines, { start: 3, end: 4 })).toBeUndefined();
  });
});

describe('ranges of lines', () => {
  it('shows of overlapping ones the later', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            start: fc.integer({ min: 1, max: 20 }),
            length: fc.integer({ min: 0, max: 9 }),
            value: fc.integer({ min: 0, max: 3 }),
          }),
          { maxLength: 12 },
        ),
        (specs) => {
          const ranges = specs.map(({ start, length, value }) => ({ start, end: start + length, value }));
          const painted = paint(ranges);
          for (let line = 1; line <= 30; line++) {
            const wanted = ranges.findLast(({ start, end }) => start <= line && line <= end)?.value;
            expect(painted.find(({ start, end }) => start <= line && line <= end)?.value).toBe(wanted);
          }
        },
      ),
    );
    const many = Array.from({ length: 50_000 }, (_, at) => ({ start: 1 + at, end: 9_000_000, value: at }));
    expect(paint(many)).toHaveLength(50_000);
    expect(
      intersect({ start: 3, end: 9 }, [
        { start: 1, end: 3 },
        { start: 5, end: 6 },
        { start: 9, end: 12 },
      ]),
    ).toEqual([
      { start: 3, end: 3 },
      { start: 5, end: 6 },
      { start: 9, end: 9 },
    ]);
  });
});
