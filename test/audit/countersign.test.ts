/** Countersignatures with real git and real keys: what is signed verifies, what was touched does not. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommitAudit } from '../../server/src/core/audit/report.js';
import type { CommitVerdict } from '../../server/src/core/audit/verdict.js';
import type { Decision, Person } from '../../server/src/core/audit/record.js';
import { readCountersignatures, signCommit, verifyCommits } from '../../server/src/host/node/git/countersign.js';
import type { VerifyRequest } from '../../server/src/host/node/git/countersign.js';
import { NOTES_REF } from '../../server/src/host/node/git/countersignNotes.js';
import { openRepository } from '../../server/src/host/node/git/repository.js';
import type { Repository } from '../../server/src/host/node/git/repository.js';
import { makeAdded, makeCommit } from './report.js';
import { BOB, makeRepository, temporaryFolder } from './repository.js';
import type { TestRepository } from './repository.js';

const TOOL = { version: '0.1.0', rules: 'sha256:rules' };
const CAROL: Person = { name: 'Carol Example', email: 'carol@example.org' };
const FINDINGS: Partial<CommitAudit> = { added: [makeAdded()] };
const REQUIRED = 'an agent took part in it';

/** A home of its own, so that no test sees anybody's keys or settings. */
let home = '';
const before = { ...process.env };
beforeEach(() => {
  home = temporaryFolder();
  for (const name of ['HOME', 'XDG_CONFIG_HOME', 'SSH_AUTH_SOCK', 'GNUPGHOME']) delete process.env[name];
  process.env['HOME'] = home;
});
afterEach(() => {
  process.env = { ...before };
});

/** The reviewer's own configuration. */
function configure(settings: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(settings))
    execFileSync('git', ['config', '--file', path.join(home, '.gitconfig'), key, value], { stdio: 'ignore' });
}

/** A new ssh key of a person, and the line of a list of allowed signers that names it. */
function sshKey({ email }: Person): { readonly file: string; readonly line: string } {
  const file = path.join(home, `key-${email}-${Math.random().toString(36).slice(2)}`);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', email, '-f', file]);
  const [type = '', key = ''] = execFileSync('cat', [`${file}.pub`], { encoding: 'utf8' }).split(' ');
  return { file, line: `${email} namespaces="countersign" ${type} ${key}\n` };
}

/** Bob reviews, with a key that the list of allowed signers names. */
function bobSigns(): { readonly file: string } {
  const key = sshKey(BOB);
  writeFileSync(path.join(home, 'allowed'), key.line);
  configure({
    'user.name': BOB.name,
    'user.email': BOB.email,
    'gpg.format': 'ssh',
    'user.signingKey': key.file,
    'gpg.ssh.allowedSignersFile': path.join(home, 'allowed'),
  });
  return key;
}

async function open(made: TestRepository): Promise<Repository> {
  const opened = await openRepository(made.directory);
  if (opened.kind !== 'open') throw new Error(opened.message);
  return opened.repository;
}

interface Signing {
  readonly findings?: Partial<CommitAudit>;
  readonly decision?: Decision;
  readonly reviewer?: Person;
  readonly unsigned?: boolean;
  readonly at?: string;
  readonly note?: string;
}

async function sign(made: TestRepository, commit: string, how: Signing = {}) {
  return signCommit(await open(made), {
    commit,
    audit: makeCommit({ sha: commit, ...(how.findings ?? FINDINGS) }),
    tool: TOOL,
    decision: how.decision ?? 'approve',
    ...(how.note === undefined ? {} : { note: how.note }),
    ...(how.reviewer === undefined ? {} : { reviewer: how.reviewer }),
    unsigned: how.unsigned === true,
    now: new Date(how.at ?? '2026-02-01T10:00:00Z'),
  });
}

type Policy = Partial<Omit<VerifyRequest, 'commits' | 'reaudit'>>;

async function verify(
  made: TestRepository,
  commit: string,
  policy: Policy = {},
  now: { readonly findings?: Partial<CommitAudit>; readonly rules?: string; readonly required?: string | undefined } = {},
): Promise<CommitVerdict> {
  const outcome = await verifyCommits(await open(made), {
    commits: [{ commit, required: 'required' in now ? now.required : REQUIRED }],
    threshold: 'WARNING',
    requireSignature: false,
    exact: false,
    secondPerson: false,
    reaudit: (sha) => Promise.resolve({ audit: makeCommit({ sha, ...(now.findings ?? FINDINGS) }), rules: now.rules ?? TOOL.rules }),
    ...policy,
  });
  if (outcome.kind === 'failed') throw new Error(outcome.message);
  const [verdict] = outcome.verdicts;
  if (verdict === undefined) throw new Error(outcome.problems.join());
  return verdict;
}

function note(made: TestRepository, commit: string): string {
  return made.git(['notes', '--ref', NOTES_REF, 'show', commit]);
}

/** Everything that signing must leave alone. */
function everythingElse(made: TestRepository): string {
  return [
    made.git(['for-each-ref', '--format=%(refname) %(objectname)']).replace(/^refs\/notes\/countersign .*\n?/m, ''),
    made.git(['symbolic-ref', 'HEAD']),
    made.git(['status', '--porcelain', '--ignored']),
    made.git(['config', '--local', '--list']),
  ].join('\n');
}

function agentCommit(): { readonly made: TestRepository; readonly sha: string } {
  const made = makeRepository();
  made.commit({ files: { 'README.md': 'An agent\n', 'src/agent.py': 'import os\n' } });
  const sha = made.commit({
    files: { 'src/agent.py': 'import os\n\nexec(answer)\n' },
    message: 'Run the answer\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
  });
  return { made, sha };
}

describe('a signed countersignature', () => {
  test('verifies with the reviewer’s real ssh key, and touches nothing else', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    made.note('other', sha, 'mine');
    const rest = everythingElse(made);
    expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'not-signed' });
    expect(await sign(made, sha, { note: 'Read it all.' })).toMatchObject({ kind: 'written', signature: { format: 'ssh' } });
    expect(await verify(made, sha, { requireSignature: true })).toMatchObject({
      passes: true,
      state: 'signed',
      records: [{ standing: 'exact', signature: { kind: 'good' }, record: { decision: 'approve', note: 'Read it all.' } }],
    });
    expect(everythingElse(made)).toBe(rest);
  });
  test('with gpg', async () => {
    const gnupg = path.join(home, 'gnupg');
    mkdirSync(gnupg, { mode: 0o700 });
    process.env['GNUPGHOME'] = gnupg;
    const options = { env: { ...process.env }, stdio: 'ignore' as const };
    execFileSync(
      'gpg',
      ['--batch', '--passphrase', '', '--quick-generate-key', `${BOB.name} <${BOB.email}>`, 'ed25519', 'sign', 'never'],
      options,
    );
    try {
      configure({ 'user.name': BOB.name, 'user.email': BOB.email, 'user.signingKey': BOB.email });
      const { made, sha } = agentCommit();
      expect(await sign(made, sha)).toMatchObject({ kind: 'written', signature: { format: 'openpgp' } });
      expect(await verify(made, sha, { requireSignature: true })).toMatchObject({ passes: true, state: 'signed' });
      edit(made, sha, (text) => text.replace('"decision":"approve"', '"decision":"reject"'));
      expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'tampered' });
      edit(made, sha, (text) => text.replace('"decision":"reject"', '"decision":"approve"').replaceAll(BOB.email, CAROL.email));
      expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'tampered' });
    } finally {
      execFileSync('gpgconf', ['--kill', 'all'], options);
    }
  });
  test('by a key that nobody knows does not count', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    writeFileSync(path.join(home, 'allowed'), sshKey(BOB).line);
    expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'unknown-key' });
    // Bob's key does not speak for Carol.
    writeFileSync(path.join(home, 'allowed'), sshKey(CAROL).line);
    expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'unknown-key' });
  });
  test('without a list of allowed signers counts as unchecked', async () => {
    const { file } = bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    writeFileSync(path.join(home, '.gitconfig'), '');
    configure({ 'user.signingKey': file });
    expect(await verify(made, sha)).toMatchObject({ passes: true, message: expect.stringContaining('not checked') as string });
    expect(await verify(made, sha, { requireSignature: true })).toMatchObject({ passes: false, state: 'signature-missing' });
  });
  test('is not written where the key cannot be used', async () => {
    bobSigns();
    configure({ 'user.signingKey': path.join(home, 'no-such-key') });
    const { made, sha } = agentCommit();
    expect(await sign(made, sha)).toMatchObject({ kind: 'failed' });
    expect(await verify(made, sha)).toMatchObject({ state: 'not-signed' });
    expect(await sign(made, sha, { unsigned: true })).toMatchObject({ kind: 'written', signature: undefined });
  });
});

/** Writes a note anew, as somebody with access to the repository could. */
function edit(made: TestRepository, commit: string, change: (text: string) => string): void {
  const text = change(note(made, commit));
  made.note(NOTES_REF, commit, text);
}

describe('tampering is seen', () => {
  test('an edited decision', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha, { decision: 'reject' });
    expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'rejected' });
    edit(made, sha, (text) => text.replace('"decision":"reject"', '"decision":"approve"'));
    expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'tampered' });
  });
  test('findings that were edited into the record', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    edit(made, sha, (text) => text.replace(/"errors":1/, '"errors":0'));
    expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'tampered' });
  });
  test('a note of one commit put on another', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    const other = made.commit({ files: { 'src/b.py': 'exec(answer)\n' } });
    made.note(NOTES_REF, other, note(made, sha));
    expect(await verify(made, other)).toMatchObject({ passes: false, state: 'changed-since-signed', records: [{ standing: 'another' }] });
    expect(await verify(made, sha)).toMatchObject({ passes: true });
  });
  test('a record that was made to name another commit', async () => {
    configure({ 'user.name': BOB.name, 'user.email': BOB.email });
    const { made, sha } = agentCommit();
    await sign(made, sha);
    const other = made.commit({ files: { 'src/b.py': 'exec(answer)\n' } });
    made.note(NOTES_REF, other, note(made, sha).replaceAll(sha, other));
    expect(await verify(made, other)).toMatchObject({ passes: false, state: 'tampered' });
  });
  test('an amended commit', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    made.write({ 'src/agent.py': 'import os\n\nexec(answer)\nexec(more)\n' });
    made.git(['commit', '-q', '-a', '--amend', '--no-edit']);
    const amended = made.git(['rev-parse', 'HEAD']);
    expect(amended).not.toBe(sha);
    expect(await verify(made, amended)).toMatchObject({ passes: false, state: 'changed-since-signed', records: [{ standing: 'changed' }] });
  });
  test('an amend of white space only', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    made.write({ 'src/agent.py': 'import os\n\nif safe:\n  pass\nexec(answer)\n' });
    made.git(['commit', '-q', '-a', '--amend', '--no-edit']);
    const first = made.git(['rev-parse', 'HEAD']);
    await sign(made, first);
    made.write({ 'src/agent.py': 'import os\n\nif safe:\n  pass\n  exec(answer)\n' });
    made.git(['commit', '-q', '-a', '--amend', '--no-edit']);
    expect(await verify(made, made.git(['rev-parse', 'HEAD']))).toMatchObject({ passes: false, state: 'changed-since-signed' });
  });
  test('findings that an audit finds now and did not then', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha, { findings: {} });
    expect(await verify(made, sha)).toMatchObject({
      passes: false,
      state: 'findings-differ',
      records: [{ news: [{ name: 'test-exec' }] }],
    });
    // Newer rules that find more ask for another look, newer rules that find no more do not.
    expect(await verify(made, sha, {}, { rules: 'sha256:newer' })).toMatchObject({ passes: false, state: 'findings-differ' });
    const info = { added: [makeAdded({ severity: 'INFO' })] };
    expect(await verify(made, sha, {}, { rules: 'sha256:newer', findings: info })).toMatchObject({ passes: true });
  });
  test('findings that are gone although nothing else has changed', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    expect(await verify(made, sha, {}, { findings: {} })).toMatchObject({ passes: false, state: 'findings-differ' });
  });
  test('a note that is not a record', async () => {
    const { made, sha } = agentCommit();
    for (const text of ['approved', '{"record":{}}', '{"record":{"version":"countersign/9"}}', '[]', '{"record":null,"record":null}']) {
      made.note(NOTES_REF, sha, text);
      expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'tampered' });
    }
  });
  test('a key that stands in a record twice', async () => {
    configure({ 'user.name': BOB.name, 'user.email': BOB.email });
    const { made, sha } = agentCommit();
    await sign(made, sha, { decision: 'reject' });
    edit(made, sha, (text) => text.replace('"decision":"reject"', '"decision":"reject","decision":"approve"'));
    expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'tampered' });
  });
});

describe('a rebase', () => {
  test('that leaves the change as it is leaves its countersignature', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    made.git(['checkout', '-q', '-b', 'other', 'HEAD~1']);
    made.commit({ files: { 'docs/b.md': 'b\n' } });
    made.git(['checkout', '-q', 'main']);
    made.git(['rebase', '-q', 'other']);
    const rebased = made.git(['rev-parse', 'HEAD']);
    expect(await verify(made, rebased)).toMatchObject({ passes: true, state: 'rebased' });
    expect(await verify(made, rebased, { exact: true })).toMatchObject({ passes: false, state: 'changed-since-signed' });
    // Other findings on the new base: somebody has to look again.
    const more = { added: [makeAdded(), makeAdded({ line: 9 })] };
    expect(await verify(made, rebased, {}, { findings: more })).toMatchObject({ passes: false, state: 'findings-differ' });
  });
  test('that changes it does not', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    made.git(['checkout', '-q', '-b', 'other', 'HEAD~1']);
    made.commit({ files: { 'src/agent.py': 'import sys\n' } });
    made.git(['checkout', '-q', 'main']);
    made.git(['rebase', '-q', '-X', 'theirs', 'other']);
    expect(await verify(made, made.git(['rev-parse', 'HEAD']))).toMatchObject({ passes: false, state: 'changed-since-signed' });
  });
  test('for which git copies notes says the same', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha);
    made.git(['config', 'notes.rewriteRef', NOTES_REF]);
    made.git(['commit', '-q', '--amend', '-m', 'Another message']);
    const amended = made.git(['rev-parse', 'HEAD']);
    expect(note(made, amended)).toBe(note(made, sha));
    expect(await verify(made, amended)).toMatchObject({ passes: true, state: 'rebased' });
    made.git(['commit', '-q', '--amend', '--reset-author', '-m', 'By another']);
    expect(await verify(made, made.git(['rev-parse', 'HEAD']))).toMatchObject({ passes: true, state: 'rebased' });
  });
});

describe('decisions', () => {
  test('a rejection fails a commit that needs no countersignature, until its reviewer takes it back', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha, { decision: 'reject', findings: {} });
    const none = { required: undefined, findings: {} };
    expect(await verify(made, sha, {}, none)).toMatchObject({ passes: false, state: 'rejected' });
    await sign(made, sha, { findings: {}, reviewer: CAROL, unsigned: true, at: '2026-02-02T10:00:00Z' });
    expect(await verify(made, sha, {}, none)).toMatchObject({ passes: false, state: 'rejected' });
    // Without a signature anybody can say to be Bob.
    await sign(made, sha, { findings: {}, unsigned: true, at: '2026-02-03T10:00:00Z' });
    expect(await verify(made, sha, {}, none)).toMatchObject({ passes: false, state: 'rejected' });
    await sign(made, sha, { findings: {}, at: '2026-02-04T10:00:00Z' });
    expect(await verify(made, sha, {}, none)).toMatchObject({ passes: true, state: 'signed' });
  });
  test('a comment approves nothing', async () => {
    bobSigns();
    const { made, sha } = agentCommit();
    await sign(made, sha, { decision: 'comment' });
    expect(await verify(made, sha)).toMatchObject({ passes: false, state: 'not-signed' });
  });
  test('the author’s own countersignature can be asked not to count', async () => {
    configure({ 'user.name': 'Alice', 'user.email': 'Alice@Example.org' });
    const { made, sha } = agentCommit();
    await sign(made, sha);
    expect(await verify(made, sha)).toMatchObject({ passes: true });
    expect(await verify(made, sha, { secondPerson: true })).toMatchObject({ passes: false, state: 'own-only' });
  });
});

describe('the notes', () => {
  test('keep every record of reviewers who sign at the same time', async () => {
    configure({ 'user.name': BOB.name, 'user.email': BOB.email });
    const { made, sha } = agentCommit();
    const people = Array.from({ length: 8 }, (_, at) => ({ name: `Reviewer ${at}`, email: `r${at}@example.org` }));
    const done = await Promise.all(people.map((reviewer) => sign(made, sha, { reviewer })));
    expect(done.map(({ kind }) => kind)).toEqual(people.map(() => 'written'));
    const { records } = await verify(made, sha);
    expect(records.map(({ record }) => record.reviewer.email).toSorted()).toEqual(people.map(({ email }) => email));
    expect(made.git(['rev-list', '--count', NOTES_REF])).toBe('8');
  });
  test('are found in folders, as git makes them when there are many', async () => {
    configure({ 'user.name': BOB.name, 'user.email': BOB.email });
    const { made, sha } = agentCommit();
    const [a, b] = [sha.slice(0, 2), sha.slice(2)];
    const blob = made.git(['hash-object', '-w', '--stdin'], { input: '' });
    const keep = made.git(['mktree'], { input: `100644 blob ${blob}\t${'0'.repeat(38)}\n` });
    const tree = made.git(['mktree'], { input: `040000 tree ${keep}\t${a}\n100644 blob ${blob}\tREADME\n` });
    made.git(['update-ref', NOTES_REF, made.git(['commit-tree', '-m', 'x', tree])]);
    await sign(made, sha);
    expect(made.git(['ls-tree', '-r', '--name-only', NOTES_REF]).split('\n')).toEqual(
      [`${a}/${'0'.repeat(38)}`, `${a}/${b}`, 'README'].toSorted(),
    );
    expect(note(made, sha)).toContain(BOB.email);
    await sign(made, sha, { decision: 'comment' });
    expect((await verify(made, sha)).records).toHaveLength(2);
  });
  test('merge with git’s own means', async () => {
    configure({ 'user.name': BOB.name, 'user.email': BOB.email });
    const { made, sha } = agentCommit();
    await sign(made, sha, { reviewer: BOB });
    made.git(['update-ref', 'refs/notes/theirs', NOTES_REF]);
    await sign(made, sha, { reviewer: CAROL });
    made.git(['update-ref', 'refs/notes/ours', NOTES_REF]);
    made.git(['update-ref', NOTES_REF, 'refs/notes/theirs']);
    await sign(made, sha, { reviewer: { name: 'Dan', email: 'dan@example.org' } });
    made.git(['notes', '--ref', NOTES_REF, 'merge', '-q', '--strategy=cat_sort_uniq', 'refs/notes/ours']);
    expect((await verify(made, sha)).records).toHaveLength(3);
  });
  test('are never written through a name for another ref', async () => {
    configure({ 'user.name': BOB.name, 'user.email': BOB.email });
    const { made, sha } = agentCommit();
    made.git(['symbolic-ref', NOTES_REF, 'refs/heads/main']);
    await sign(made, sha);
    expect(made.git(['rev-parse', 'refs/heads/main'])).toBe(sha);
  });
  test('run no hook and no program of the repository', async () => {
    const { made, sha } = agentCommit();
    const trap = path.join(made.directory, '.git', 'hooks', 'reference-transaction');
    mkdirSync(path.dirname(trap), { recursive: true });
    writeFileSync(trap, '#!/bin/sh\ntouch "$(dirname "$0")/ran"\nexit 1\n', { mode: 0o755 });
    const { file } = bobSigns();
    for (const key of ['gpg.ssh.program', 'gpg.program', 'gpg.openpgp.program', 'gpg.ssh.defaultKeyCommand'])
      made.git(['config', key, trap]);
    made.git(['config', 'gpg.ssh.allowedSignersFile', path.join(made.directory, 'mine')]);
    writeFileSync(path.join(made.directory, 'mine'), `${CAROL.email} ${execFileSync('cat', [`${file}.pub`], { encoding: 'utf8' })}`);
    const signed = await sign(made, sha);
    expect(signed).toMatchObject({
      kind: 'written',
      ignored: expect.arrayContaining([expect.stringContaining('gpg.ssh.program')]) as string[],
    });
    expect(await verify(made, sha, { requireSignature: true })).toMatchObject({ passes: true });
    expect(existsSync(path.join(path.dirname(trap), 'ran'))).toBe(false);
  });
  test('in a bare repository and with sha256', async () => {
    configure({ 'user.name': BOB.name, 'user.email': BOB.email });
    const made = makeRepository({ args: ['--object-format=sha256'] });
    const sha = made.commit({ files: { 'a.py': 'exec(x)\n' } });
    await sign(made, sha);
    expect(await verify(made, sha)).toMatchObject({ passes: true });
    made.git(['config', 'core.bare', 'true']);
    expect(await verify(made, sha)).toMatchObject({ passes: true });
  });
  test('with hostile text stay one harmless line per record', async () => {
    configure({ 'user.name': BOB.name, 'user.email': BOB.email });
    const made = makeRepository();
    const sha = made.commit({ message: 'a\u2028b\u202e \u001b[2J "quoted" \\ \n\nbody' });
    await sign(made, sha, { note: 'two\nlines \u0085 \u{e0041}' });
    expect(note(made, sha).split(/[\n\u0085\u2028\u001b\u202e]/)).toHaveLength(1);
    expect(await verify(made, sha)).toMatchObject({ passes: true, records: [{ record: { note: 'two\nlines \u0085 \u{e0041}' } }] });
    const read = await readCountersignatures(await open(made));
    expect(read).toMatchObject({ kind: 'read', all: { problems: [] } });
  });
});
