/** Attribution of commits that real git made, and what becomes of records when history is rewritten. One file: every
 * case asks the same question of a repository that it makes with the same few helpers. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAttributor } from '../../server/src/host/node/git/attribution.js';
import type { Attributor } from '../../server/src/host/node/git/attribution.js';
import { parseBlame } from '../../server/src/host/node/git/blame.js';
import { createTreeDiffs } from '../../server/src/host/node/git/changes.js';
import { readCommit } from '../../server/src/host/node/git/log.js';
import type { Commit } from '../../server/src/host/node/git/log.js';
import { createObjectReader } from '../../server/src/host/node/git/objects.js';
import { openRepository } from '../../server/src/host/node/git/repository.js';
import type { Attribution } from '../../server/src/core/provenance/attribution.js';
import { murmur3 } from '../../server/src/core/provenance/contentHash.js';
import { ALICE, BOB, cloneRepository, makeRepository } from './repository.js';
import type { Person, TestRepository } from './repository.js';

interface Opened {
  readonly attributor: Attributor;
  of(sha: string): Promise<Attribution>;
  commit(sha: string): Promise<Commit>;
}

async function open(repository: TestRepository): Promise<Opened> {
  const opened = await openRepository(repository.directory);
  if (opened.kind !== 'open') throw new Error(opened.message);
  const objects = createObjectReader(opened.repository);
  const diffs = createTreeDiffs(opened.repository);
  onTestFinished(() => {
    objects.close();
    diffs.close();
  });
  const attributor = createAttributor(opened.repository, objects, diffs);
  const commit = async (sha: string): Promise<Commit> => {
    const found = await readCommit(objects, sha);
    if (found === undefined) throw new Error(`no commit ${sha}`);
    return found;
  };
  return { attributor, commit, of: async (sha) => attributor.attribute(await commit(sha)) };
}

/** `path:start-end agent`, in order. */
function lines({ lines: attributed, evidence }: Attribution): readonly string[] {
  return attributed.map(({ path: file, start, end, evidence: at }) => `${file}:${start}-${end} ${evidence[at]?.agent ?? '?'}`);
}

const numbered = (from: number, to: number, word = 'line'): string =>
  Array.from({ length: to - from + 1 }, (_, at) => `${word} ${from + at}\n`).join('');

const SESSION = 's_0123456789abcd';
/** A git-ai note of version 3 for ranges by path. */
function note(files: Readonly<Record<string, string>>, tool = 'claude', model = 'claude-sonnet-4-5'): string {
  const entries = Object.entries(files).map(
    ([file, ranges]) => `${file.includes(' ') ? `"${file}"` : file}\n  ${SESSION}::t_0123456789abcd ${ranges}\n`,
  );
  const metadata = {
    schema_version: 'authorship/3.0.0',
    git_ai_version: '1.4.5',
    base_commit_sha: '',
    prompts: {},
    sessions: { [SESSION]: { agent_id: { tool, id: 'x', model } } },
  };
  return `${entries.join('')}---\n${JSON.stringify(metadata, undefined, 2)}\n`;
}

interface TraceSpec {
  readonly revision?: string;
  readonly path: string;
  readonly ranges: readonly (readonly [number, number, (string | undefined)?])[];
  readonly time?: string;
  readonly version?: string;
  readonly id?: string;
}
function trace({ revision, path: file, ranges, time = '2026-01-05T09:01:30Z', version = '1.0', id = 'r1' }: TraceSpec): string {
  return `${JSON.stringify({
    version,
    id,
    timestamp: time,
    ...(revision === undefined ? {} : { vcs: { type: 'git', revision } }),
    tool: { name: 'cursor', version: '2.4.0' },
    files: [
      {
        path: file,
        conversations: [
          {
            contributor: { type: 'ai', model_id: 'anthropic/claude-opus-4-5-20251101' },
            ranges: ranges.map(([start_line, end_line, content_hash]) => ({
              start_line,
              end_line,
              ...(content_hash === undefined ? {} : { content_hash }),
            })),
          },
        ],
      },
    ],
  })}\n`;
}
const hashOf = (text: string): string => `murmur3:${murmur3(new TextEncoder().encode(text)).toString(16).padStart(8, '0')}`;

const TRACES = '.agent-trace/traces.jsonl';

describe('what commits declare', () => {
  const trailers: readonly (readonly [line: string, agent: string])[] = [
    ['Co-Authored-By: Claude <noreply@anthropic.com>', 'claude-code'],
    ['Co-Authored-By: Claude Opus 4.6 (1M context) <noreply@anthropic.com>', 'claude-code'],
    ['🤖 Generated with [Claude Code](https://claude.com/claude-code)', 'claude-code'],
    ['🤖 Generated with [Claude Code](https://claude.ai/code)', 'claude-code'],
    ['🤖 Generated with Claude Code', 'claude-code'],
    ['Generated with Claude Code', 'claude-code'],
    ['Claude-Session: https://claude.ai/code/session_01AbC', 'claude-code'],
    ['Co-authored-by: claude[bot] <209825114+claude[bot]@users.noreply.github.com>', 'claude-code'],
    ['Co-authored-by: goose <noreply@anthropic.com>', 'goose'],
    ['Agent-Logs-Url: https://github.com/o/r/sessions/3fa85f64-5717-4562-b3fc-2c963f66afa6', 'copilot-agent'],
    ['Co-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>', 'copilot-agent'],
    ['Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>', 'copilot'],
    ['Copilot-Session: 3fa85f64-5717-4562-b3fc-2c963f66afa6', 'copilot'],
    ['Co-authored-by: Copilot <copilot@github.com>', 'copilot'],
    ['Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>', 'copilot-review'],
    ['Co-authored-by: Copilot Autofix powered by AI <62310815+github-advanced-security[bot]@users.noreply.github.com>', 'copilot-review'],
    ['Co-authored-by: Copilot Autofix powered by AI <223894421+github-code-quality[bot]@users.noreply.github.com>', 'copilot-review'],
    ['Co-authored-by: Mastra Code (anthropic/claude-opus-4-6) <noreply@mastra.ai>', 'mastra-code'],
    ['Co-authored-by: gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>', 'gemini-review'],
    ['Co-authored-by: Cursor <cursoragent@cursor.com>', 'cursor'],
    ['Made-with: Cursor', 'cursor'],
    ['Made with [Cursor](https://cursor.com)', 'cursor'],
    ['Co-authored-by: Codex <noreply@openai.com>', 'codex'],
    ['Co-authored-by: GPT-5 Codex <codex@openai.com>', 'codex'],
    ['Co-authored-by: codex <267193182+codex@users.noreply.github.com>', 'codex'],
    ['Co-authored-by: x <199175422+chatgpt-codex-connector[bot]@users.noreply.github.com>', 'codex'],
    ['Co-authored-by: aider (gpt-5) <aider@aider.chat>', 'aider'],
    ['Co-authored-by: aider (gpt-5) <noreply@aider.chat>', 'aider'],
    ['Co-authored-by: google-labs-jules[bot] <161369871+google-labs-jules[bot]@users.noreply.github.com>', 'jules'],
    ['Co-Authored-By: Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>', 'devin'],
    ['Co-authored-by: Amp <amp@ampcode.com>', 'amp'],
    ['Amp-Thread-ID: https://ampcode.com/threads/T-3fa85f64', 'amp'],
    ['Co-authored-by: opencode <noreply@opencode.ai>', 'opencode'],
    ['🤖 Generated with [opencode](https://opencode.ai)', 'opencode'],
    ['Co-authored-by: openhands <openhands@all-hands.dev>', 'openhands'],
    ['Assisted-by: Crush:glm-5.2', 'crush'],
    ['Co-Authored-By: Crush <crush@charm.land>', 'crush'],
    ['💘 Generated with Crush', 'crush'],
    ['Co-authored-by: kiro <244629292+kiro-agent@users.noreply.github.com>', 'kiro'],
    ['Co-authored-by: Kiro <noreply@kiro.dev>', 'kiro'],
    ['Replit-Commit-Author: Agent', 'replit'],
    ['Replit-Commit-Author: Assistant', 'replit'],
    ['Replit-Commit-Session-Id: 3fa85f64', 'replit'],
    ['Co-authored-by: x <159125892+gpt-engineer-app[bot]@users.noreply.github.com>', 'lovable'],
    ['Co-authored-by: x <1+lovable-dev[bot]@users.noreply.github.com>', 'lovable'],
    ['Co-authored-by: x <138933559+factory-droid[bot]@users.noreply.github.com>', 'factory-droid'],
    ['Co-authored-by: Droid <droid@factory.ai>', 'factory-droid'],
    ['Co-authored-by: Roo Code <roomote@roocode.com>', 'roo-code'],
    ['Co-authored-by: Qwen-Coder <qwen-coder@alibabacloud.com>', 'qwen-code'],
    ['Co-authored-by: Continue <noreply@continue.dev>', 'continue'],
    ['Co-authored-by: Tabnine <noreply@tabnine.com>', 'tabnine'],
    ['Co-authored-by: Trae <traecli@bytedance.com>', 'trae'],
    ['Co-authored-by: Cascade <cascade@windsurf.ai>', 'windsurf'],
    ['Co-authored-by: Windsurf <noreply@windsurf.com>', 'windsurf'],
    ['Co-authored-by: Codeium <noreply@codeium.com>', 'windsurf'],
    ['Assisted-by: Claude:claude-3-opus coccinelle sparse', 'claude-code'],
    ['Generated-by: ChatGPT', 'chatgpt'],
  ];

  it('every trailer and marker, anywhere in the message', async () => {
    const repository = makeRepository();
    const made = trailers.flatMap(([line, agent]) => [
      { sha: repository.commit({ message: `Change\n\nWords.\n\n${line}\nReviewed-by: Bob <bob@example.org>\n` }), agent, line },
      { sha: repository.commit({ message: `Change\n\n${line}\n\nWords that git takes for the end: no trailer.\n` }), agent, line },
    ]);
    const { of } = await open(repository);
    for (const { sha, agent, line } of made) {
      const { tier, evidence } = await of(sha);
      expect([tier, evidence[0]?.agent, evidence[0]?.text], line).toEqual(['declared', agent, line]);
    }
  });

  it.each<[Person, string]>([
    [{ name: 'copilot-swe-agent[bot]', email: '198982749+Copilot@users.noreply.github.com' }, 'copilot-agent'],
    [{ name: 'Cursor Agent', email: 'cursoragent@cursor.com' }, 'cursor'],
    [{ name: 'Alice Example (aider)', email: ALICE.email }, 'aider'],
    [{ name: 'google-labs-jules[bot]', email: '161369871+google-labs-jules[bot]@users.noreply.github.com' }, 'jules'],
    [{ name: 'Devin AI', email: '158243242+devin-ai-integration[bot]@users.noreply.github.com' }, 'devin'],
    [{ name: 'claude[bot]', email: '209825114+claude[bot]@users.noreply.github.com' }, 'claude-code'],
  ])('%j as the author', async (author, agent) => {
    const repository = makeRepository();
    const { of } = await open(repository);
    expect(await of(repository.commit({ author }))).toMatchObject({
      tier: 'declared',
      agent,
      evidence: [{ source: 'author', role: 'write' }],
    });
  });

  it('people, programs and quotes stay what they are', async () => {
    const repository = makeRepository();
    const shas = [
      repository.commit({ author: { name: 'Claude Paroz', email: 'claude@2xlibre.net' } }),
      repository.commit({ author: { name: 'claude', email: 'claude@example.org' } }),
      repository.commit({
        author: { name: 'dependabot[bot]', email: '49699333+dependabot[bot]@users.noreply.github.com' },
        committer: { name: 'GitHub', email: 'noreply@github.com' },
      }),
      repository.commit({
        message:
          'Fix\n\nCo-Authored-By: Claude Dioudonnat <claude@dioudonnat.fr>\nCo-authored-by: Jane <jane@openai.com>\nCo-authored-by: Claude <claude@anthropic.com>\nAssisted-by: Daniel Stenberg\n',
      }),
      repository.commit({ message: 'Use Claude, Copilot and Cursor in the docs\n\n> Co-Authored-By: Claude <noreply@anthropic.com>\n' }),
    ];
    const { of } = await open(repository);
    for (const sha of shas) expect(await of(sha)).toEqual({ tier: 'unknown', evidence: [], lines: [], lost: [] });
  });

  it("a revert is nobody else's work, a cherry-pick still is", async () => {
    const repository = makeRepository();
    repository.commit({ files: { 'a.txt': 'one\n' } });
    const made = repository.commit({ files: { 'a.txt': 'two\n' }, message: 'Change\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n' });
    const env = repository.environment();
    repository.git(['revert', '--no-edit', made], { env });
    const reverted = repository.git(['rev-parse', 'HEAD']);
    repository.git(['cherry-pick', '-x', made], { env });
    const picked = repository.git(['rev-parse', 'HEAD']);
    const { of } = await open(repository);
    expect((await of(reverted)).tier).toBe('unknown');
    expect(await of(picked)).toMatchObject({ tier: 'declared', agent: 'claude-code' });
  });

  it('messages in other encodings', async () => {
    const repository = makeRepository();
    const sha = repository.commit({
      message: Buffer.from('Größe\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n', 'latin1'),
      gitArgs: ['-c', 'i18n.commitEncoding=ISO-8859-1'],
    });
    expect((await (await open(repository)).of(sha)).agent).toBe('claude-code');
  });
});

describe('git-ai notes', () => {
  function noted(): { readonly repository: TestRepository; readonly base: string; readonly sha: string } {
    const repository = makeRepository();
    const base = repository.commit({ files: { 'src/a.ts': numbered(1, 10) } });
    const sha = repository.commit({
      files: { 'src/a.ts': numbered(1, 5) + numbered(1, 4, 'agent') + numbered(6, 10), 'with space.ts': 'x\ny\n' },
      message: 'Add four lines\n',
    });
    repository.note('ai', sha, note({ 'src/a.ts': '6-9', 'with space.ts': '2' }));
    return { repository, base, sha };
  }

  it('tells the lines of the commit', async () => {
    const { repository, base, sha } = noted();
    const { of, attributor } = await open(repository);
    const attribution = await of(sha);
    expect(attribution).toMatchObject({
      tier: 'recorded',
      agent: 'claude-code',
      evidence: [{ source: 'git-ai', model: 'claude-sonnet-4-5', role: 'write' }],
      lost: [],
    });
    expect(lines(attribution)).toEqual(['src/a.ts:6-9 claude-code', 'with space.ts:2-2 claude-code']);
    expect((await of(base)).tier).toBe('unknown');
    expect(await attributor.problems()).toEqual([]);
  });

  it('a record is better than a trailer, and both are listed', async () => {
    const { repository } = noted();
    const sha = repository.commit({ files: { 'b.ts': numbered(1, 3) }, message: 'B\n\nCo-authored-by: Cursor <cursoragent@cursor.com>\n' });
    repository.note('ai', sha, note({ 'b.ts': '1-2,9-12', 'gone.ts': '1' }));
    const attribution = await (await open(repository)).of(sha);
    expect(attribution.evidence.map(({ agent, tier }) => [agent, tier])).toEqual([
      ['claude-code', 'recorded'],
      ['cursor', 'declared'],
    ]);
    expect(lines(attribution)).toEqual(['b.ts:1-2 claude-code']);
    expect(attribution.lost.join()).toMatch(/gone\.ts/);
  });

  it('a broken note costs itself, and is said', async () => {
    const { repository, sha } = noted();
    repository.note('ai', sha, Buffer.from([0xff, 0xfe, 0, 10, 45]));
    const { of } = await open(repository);
    expect(await of(sha)).toMatchObject({ tier: 'unknown', lost: [expect.stringContaining('---') as string] });
    repository.git(['update-ref', 'refs/notes/ai', repository.git(['hash-object', '-w', '--stdin'], { input: 'no notes' })]);
    const again = await open(repository);
    expect((await again.of(sha)).tier).toBe('unknown');
    expect((await again.attributor.problems()).join()).toMatch(/refs\/notes\/ai cannot be read/);
  });

  it('the JSON of the time before notes', async () => {
    const { repository, base } = noted();
    const text = JSON.stringify({
      schema_version: 'authorship/0.0.1',
      files: { 'src/a.ts': { authors: [{ author: 'Cursor', lines: [1, [3, 4]], agent_metadata: null }] } },
    });
    repository.git(['update-ref', `refs/ai/authorship/${base}`, repository.git(['hash-object', '-w', '--stdin'], { input: text })]);
    expect(lines(await (await open(repository)).of(base))).toEqual(['src/a.ts:1-1 cursor', 'src/a.ts:3-4 cursor']);
  });

  it('after a rename and later commits: followed by blame', async () => {
    const { repository, base, sha } = noted();
    const moved = repository.commit({ moves: { 'src/a.ts': 'lib/b.ts' } });
    const top = repository.commit({
      files: { 'lib/b.ts': `// new\n// head\n${numbered(1, 5)}  agent 1\nagent 2\nagent changed\nagent 4\n${numbered(6, 10)}` },
      author: BOB,
    });
    const { attributor, commit } = await open(repository);
    const attribution = await attributor.across({
      base,
      head: top,
      paths: ['lib/b.ts', 'with space.ts'],
      commits: await Promise.all([sha, moved, top].map((one) => commit(one))),
    });
    // A line that was only indented is still the agent's; the one that Bob changed is not.
    expect(lines(attribution)).toEqual(['lib/b.ts:8-9 claude-code', 'lib/b.ts:11-11 claude-code', 'with space.ts:2-2 claude-code']);
    expect(attribution.tier).toBe('recorded');
  });

  it('after an amend: the lines that stayed keep their record, the others lose it', async () => {
    const { repository, sha } = noted();
    repository.write({ 'src/a.ts': `top\n${numbered(1, 5)}agent 1\nagent 2\nby hand\nagent 4\n${numbered(6, 10)}` });
    repository.git(['commit', '-q', '-a', '--amend', '-m', 'Add four lines']);
    const attribution = await (await open(repository)).of(repository.git(['rev-parse', 'HEAD']));
    expect(lines(attribution)).toEqual(['src/a.ts:7-8 claude-code', 'src/a.ts:10-10 claude-code', 'with space.ts:2-2 claude-code']);
    expect(attribution.evidence[0]?.caveat).toContain(sha.slice(0, 12));
    expect(attribution.lost.join()).toMatch(/rewritten from/);
  });

  it('after a rebase without notes.rewriteRef: found by author, date and subject; with it: as far as the lines are still its own', async () => {
    for (const rewrite of [false, true]) {
      const { repository, base } = noted();
      repository.git(['branch', 'work']);
      repository.git(['reset', '-q', '--hard', base]);
      repository.commit({ files: { 'src/a.ts': `first\n${numbered(1, 10)}` }, author: BOB });
      repository.checkout('work');
      repository.git([...(rewrite ? ['-c', 'notes.rewriteRef=refs/notes/ai'] : []), 'rebase', '-q', 'main'], {
        env: repository.environment(),
      });
      const attribution = await (await open(repository)).of(repository.git(['rev-parse', 'HEAD']));
      // git copies a note as it is, with the lines of the commit before the rebase: of these only the ones that the new commit wrote count.
      expect(lines(attribution)).toEqual([
        rewrite ? 'src/a.ts:7-9 claude-code' : 'src/a.ts:7-10 claude-code',
        'with space.ts:2-2 claude-code',
      ]);
      expect(attribution.lost.join()).toMatch(rewrite ? /1 of the 5 lines .* another version/ : /rewritten from/);
    }
  });

  it('after a squash: lost, and the tier falls to what the message says', async () => {
    const { repository, base } = noted();
    repository.commit({ files: { 'c.ts': 'c\n' }, message: 'Another\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n' });
    repository.git(['branch', 'work']);
    repository.git(['reset', '-q', '--hard', base]);
    repository.git(['merge', '-q', '--squash', 'work']);
    repository.git(['commit', '-q', '--no-edit', '--date=2026-02-01T00:00:00Z']);
    const squashed = await (await open(repository)).of(repository.git(['rev-parse', 'HEAD']));
    expect(squashed).toMatchObject({
      tier: 'declared',
      agent: 'claude-code',
      lines: [],
      lost: [expect.stringMatching(/2 commits were squashed/) as string],
    });
  });

  it('after a merge: the commits keep their records, the merge has none of its own', async () => {
    const { repository, base, sha } = noted();
    repository.branch('side', base);
    repository.commit({ files: { 'side.ts': 'x\n' } });
    const merge = repository.merge('main');
    // As some set-ups write it: the note of a merge lists what was merged.
    repository.note('ai', merge, note({ 'src/a.ts': '6-9' }));
    const { of, attributor, commit } = await open(repository);
    expect((await of(merge)).tier).toBe('unknown');
    const attribution = await attributor.across({
      base,
      head: merge,
      paths: ['src/a.ts', 'side.ts', 'with space.ts'],
      commits: await Promise.all([sha, merge].map((one) => commit(one))),
    });
    expect(lines(attribution)).toEqual(['src/a.ts:6-9 claude-code', 'with space.ts:2-2 claude-code']);
  });

  it('notes that are not fetched are missed out loud, where something speaks of them', async () => {
    const { repository, sha } = noted();
    const clone = cloneRepository(repository);
    expect(await (await open(clone)).attributor.problems()).toEqual([]);
    clone.git(['config', '--add', 'remote.origin.fetch', '+refs/notes/ai:refs/notes/ai']);
    const { of, attributor } = await open(clone);
    expect((await attributor.problems()).join()).toMatch(/refs\/notes\/ai is not here/);
    expect((await of(sha)).lost.join()).toMatch(/refs\/notes\/ai is not here/);
    clone.git(['-c', 'protocol.file.allow=always', 'fetch', '-q']);
    expect((await (await open(clone)).of(sha)).tier).toBe('recorded');
  });

  it('notes of a remote that are not merged yet count', async () => {
    const { repository, sha } = noted();
    repository.git(['update-ref', 'refs/notes/ai-remote/origin', 'refs/notes/ai']);
    repository.git(['update-ref', '-d', 'refs/notes/ai']);
    expect((await (await open(repository)).of(sha)).tier).toBe('recorded');
  });
});

describe('Agent Trace records', () => {
  it('in the tree, on top of the commit before', async () => {
    const repository = makeRepository();
    const base = repository.commit({ files: { 'a.ts': numbered(1, 10) } });
    const sha = repository.commit({
      files: {
        'a.ts': numbered(1, 5) + numbered(1, 3, 'agent') + numbered(6, 10),
        [TRACES]: trace({ revision: base, path: 'a.ts', ranges: [[5, 7]] }),
      },
    });
    const later = repository.commit({
      files: { 'a.ts': `top\n${numbered(1, 5)}${numbered(1, 3, 'agent')}${numbered(6, 10)}` },
      author: BOB,
    });
    const { of, attributor, commit } = await open(repository);
    const attribution = await of(sha);
    // Line 5 is older than the commit.
    expect(lines(attribution)).toEqual(['a.ts:6-7 cursor']);
    expect(attribution).toMatchObject({
      tier: 'recorded',
      agent: 'cursor',
      evidence: [{ source: 'agent-trace', model: 'anthropic/claude-opus-4-5-20251101' }],
    });
    expect((await of(later)).tier).toBe('unknown');
    expect(
      lines(await attributor.across({ base, head: later, paths: ['a.ts'], commits: [await commit(sha), await commit(later)] })),
    ).toEqual(['a.ts:7-8 cursor']);
  });

  it('of a file that the same commit moved', async () => {
    const repository = makeRepository();
    const base = repository.commit({ files: { 'a.ts': numbered(1, 10) } });
    const sha = repository.commit({
      files: {
        'lib/b.ts': `${numbered(1, 10)}agent\n`,
        'a.ts': null,
        [TRACES]: trace({ revision: base, path: 'a.ts', ranges: [[10, 11]] }),
      },
    });
    expect(lines(await (await open(repository)).of(sha))).toEqual(['lib/b.ts:11-11 cursor']);
  });

  it('with a hash of the content, wherever the lines are', async () => {
    const repository = makeRepository();
    const base = repository.commit({ files: { 'a.ts': numbered(1, 10) } });
    const sha = repository.commit({
      files: {
        'a.ts': `one more\n${numbered(1, 10)}agent 1\nagent 2\n`,
        [TRACES]: trace({ revision: base, path: 'a.ts', ranges: [[11, 12, hashOf('agent 1\nagent 2')]] }),
      },
    });
    expect(lines(await (await open(repository)).of(sha))).toEqual(['a.ts:12-13 cursor']);
  });

  it('after a rebase: exact where the file was not touched meanwhile, else by hash, else for the commit as a whole', async () => {
    for (const [meanwhile, hash, expected] of [
      ['other.ts', undefined, ['a.ts:11-12 cursor']],
      ['a.ts', hashOf('agent 1\nagent 2'), ['a.ts:12-13 cursor']],
      ['a.ts', undefined, []],
    ] as const) {
      const repository = makeRepository();
      const base = repository.commit({ files: { 'a.ts': numbered(1, 10) } });
      repository.branch('work');
      repository.commit({
        files: {
          'a.ts': `${numbered(1, 10)}agent 1\nagent 2\n`,
          [TRACES]: trace({ revision: base, path: 'a.ts', ranges: [[11, 12, hash]] }),
        },
        message: 'Work\n',
      });
      repository.checkout('main');
      const between = repository.commit({ files: { [meanwhile]: `first\n${numbered(1, 10)}` }, author: BOB });
      repository.checkout('work');
      repository.git(['rebase', '-q', 'main'], { env: repository.environment() });
      const { of } = await open(repository);
      const attribution = await of(repository.git(['rev-parse', 'HEAD']));
      expect(lines(attribution)).toEqual(expected);
      expect(attribution.tier).toBe(expected.length > 0 ? 'recorded' : 'declared');
      expect(/history was rewritten/.test(attribution.lost.join())).toBe(expected.length === 0);
      // The commit that now follows the one that the record names is somebody else's.
      expect((await of(between)).tier).toBe('unknown');
    }
  });

  it('after an amend: still on top of the same commit', async () => {
    const repository = makeRepository();
    const base = repository.commit({ files: { 'a.ts': numbered(1, 3) } });
    repository.commit({
      files: { 'a.ts': `${numbered(1, 3)}agent\n`, [TRACES]: trace({ revision: base, path: 'a.ts', ranges: [[4, 4]] }) },
    });
    repository.write({ 'b.ts': 'by hand\n' });
    repository.git(['add', '-A']);
    repository.git(['commit', '-q', '--amend', '-m', 'Other words']);
    expect(lines(await (await open(repository)).of(repository.git(['rev-parse', 'HEAD'])))).toEqual(['a.ts:4-4 cursor']);
  });

  it('after a squash: by hash, else for the commit as a whole', async () => {
    const repository = makeRepository();
    const base = repository.commit({ files: { 'a.ts': numbered(1, 3) } });
    repository.branch('work');
    const one = trace({ revision: base, path: 'a.ts', ranges: [[4, 4, hashOf('agent 1')]] });
    const first = repository.commit({ files: { 'a.ts': `${numbered(1, 3)}agent 1\n`, [TRACES]: one } });
    repository.commit({
      files: {
        'a.ts': `agent 0\n${numbered(1, 3)}agent 1\n`,
        [TRACES]: one + trace({ revision: first, path: 'a.ts', ranges: [[1, 1]], id: 'r2', version: '0.1.0' }),
      },
    });
    repository.checkout('main');
    repository.git(['merge', '-q', '--squash', 'work']);
    repository.git(['commit', '-q', '-m', 'All of it']);
    const attribution = await (await open(repository)).of(repository.git(['rev-parse', 'HEAD']));
    expect(lines(attribution)).toEqual(['a.ts:5-5 cursor']);
    expect(attribution.evidence.map(({ tier }) => tier)).toEqual(['recorded', 'declared']);
    expect(attribution.lost.join()).toMatch(/history was rewritten/);
  });

  it('in the working copy only: by the revision that they name, and by time', async () => {
    const repository = makeRepository();
    const base = repository.commit({ files: { 'a.ts': numbered(1, 3) } });
    const sha = repository.commit({ files: { 'a.ts': `${numbered(1, 3)}agent\n` } });
    const own = repository.commit({ files: { 'b.ts': 'agent\n' } });
    repository.write({
      [TRACES]:
        trace({ revision: base, path: 'a.ts', ranges: [[4, 4]] }) +
        trace({ revision: own, path: 'b.ts', ranges: [[1, 1, hashOf('agent')]], version: '0.1.0' }),
    });
    const { of } = await open(repository);
    expect(lines(await of(sha))).toEqual(['a.ts:4-4 cursor']);
    expect(lines(await of(own))).toEqual(['b.ts:1-1 cursor']);
    expect((await of(base)).tier).toBe('unknown');
    repository.write({ [TRACES]: trace({ revision: base, path: 'a.ts', ranges: [[4, 4]], time: '2026-03-01T00:00:00Z' }) });
    expect((await (await open(repository)).of(sha)).tier).toBe('unknown');
  });

  it('in notes, and for what is not committed yet', async () => {
    const repository = makeRepository();
    const base = repository.commit({ files: { 'a.ts': numbered(1, 3) } });
    const sha = repository.commit({ files: { 'a.ts': `${numbered(1, 3)}agent\n` } });
    repository.note('agent-trace', sha, trace({ revision: sha, path: 'a.ts', ranges: [[4, 4]], version: '0.1.0' }));
    repository.write({ [TRACES]: trace({ revision: sha, path: 'a.ts', ranges: [[2, 3]] }) });
    const { of, attributor, commit } = await open(repository);
    expect(lines(await of(sha))).toEqual(['a.ts:4-4 cursor']);
    expect((await of(base)).tier).toBe('unknown');
    const after = `line 1\nnew\nline 2\nline 3\nagent\n`;
    const change = {
      status: 'modified',
      path: 'a.ts',
      oldPath: 'a.ts',
      before: '',
      after,
      oldMode: '100644',
      newMode: '100644',
      hunks: [{ oldStart: 1, oldLines: 0, newStart: 2, newLines: 1 }],
    } as const;
    expect(lines(await attributor.pending(await commit(sha), [change]))).toEqual(['a.ts:2-2 cursor']);
  });

  it('no link leads out of the repository, and lines that are no records are said', async () => {
    const repository = makeRepository();
    const sha = repository.commit({ files: { 'a.ts': 'x\n', [TRACES]: 'not json\n' } });
    expect((await (await open(repository)).of(sha)).lost.join()).toMatch(/line 1 of the Agent Trace records is no JSON/);
    const outside = makeRepository();
    outside.write({ 'traces.jsonl': trace({ revision: sha, path: 'b.ts', ranges: [[1, 1, hashOf('y')]], version: '0.1.0' }) });
    repository.commit({ files: { '.agent-trace': null } });
    repository.git(['config', 'core.symlinks', 'true']);
    execFileSync('ln', ['-s', outside.directory, path.join(repository.directory, '.agent-trace')]);
    const next = repository.commit({ files: { 'b.ts': 'y\n' } });
    expect((await (await open(repository)).of(next)).tier).toBe('unknown');
  });
});

describe('what a repository could do to its reader', () => {
  it('blame runs no program of the repository, and obeys no list of commits to pass over', async () => {
    const repository = makeRepository();
    const base = repository.commit({ files: { 'a.ts': 'one\n', '.gitattributes': '*.ts diff=evil filter=evil\n' } });
    const sha = repository.commit({ files: { 'a.ts': 'one\ntwo\n' } });
    repository.note('ai', sha, note({ 'a.ts': '2' }));
    const canary = path.join(repository.directory, 'canary');
    const script = path.join(repository.directory, 'evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch '${canary}'\ncat "$1"\n`, { mode: 0o755 });
    for (const [key, value] of [
      ['diff.evil.textconv', script],
      ['diff.evil.command', script],
      ['filter.evil.clean', script],
      ['filter.evil.smudge', script],
      ['core.fsmonitor', script],
      ['diff.external', script],
      ['blame.ignoreRevsFile', path.join(repository.directory, 'ignored')],
    ] as const) {
      repository.git(['config', key, value]);
    }
    writeFileSync(path.join(repository.directory, 'ignored'), `${sha}\n`);
    const { attributor, commit } = await open(repository);
    const attribution = await attributor.across({ base, head: sha, paths: ['a.ts'], commits: [await commit(sha)] });
    expect(lines(attribution)).toEqual(['a.ts:2-2 claude-code']);
    expect(existsSync(canary)).toBe(false);
  });

  it('names that git quotes are read back', () => {
    const sha = 'a'.repeat(40);
    expect(parseBlame(`${sha} 3 1 2\nauthor x\nboundary\nfilename "a\\303\\244\\t\\"b.ts"\n\tfilename no\n${sha} 4 2\n\tx\n`)).toEqual([
      { commit: sha, path: 'aä\t"b.ts', originalStart: 3, start: 1, count: 2, boundary: true },
    ]);
  });

  it('a thousand commits are read by one git', async () => {
    const repository = makeRepository();
    const stream = Array.from({ length: 1_000 }, (_, at) => {
      const message = `c${at}\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n`;
      return `commit refs/heads/main\ncommitter A <a@example.org> ${1_700_000_000 + at} +0000\ndata ${message.length}\n${message}M 100644 inline f${at % 7}.txt\ndata 2\n${at % 10}\n\n`;
    }).join('');
    repository.git(['fast-import', '--quiet'], { input: stream });
    const shas = repository.git(['rev-list', 'main']).split('\n');
    const log = path.join(repository.directory, 'started');
    const bin = path.join(makeRepository().directory, 'bin');
    const git = execFileSync('sh', ['-c', 'command -v git']).toString().trim();
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'git'), `#!/bin/sh\necho "$@" >> '${log}'\nexec '${git}' "$@"\n`, { mode: 0o755 });
    const before = process.env['PATH'];
    process.env['PATH'] = `${bin}:${before ?? ''}`;
    onTestFinished(() => {
      process.env['PATH'] = before;
    });
    const { of } = await open(repository);
    const tiers = await Promise.all(shas.map(async (sha) => (await of(sha)).tier));
    expect(new Set(tiers)).toEqual(new Set(['declared']));
    expect(tiers).toHaveLength(1_000);
    expect(readFileSync(log, 'utf8').trim().split('\n').length).toBeLessThan(12);
  });
});
