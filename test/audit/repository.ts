/** Real repositories, built by real git in a temporary folder, gone when the test ends. Names, dates and so all hashes are the same in every run. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface CommitOptions {
  /** Text: written; `null`: deleted. Other files stay. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  /** From path to path, before `files` are written. */
  readonly moves?: Readonly<Record<string, string>>;
  readonly executable?: readonly string[];
  readonly message?: string | Uint8Array;
  readonly author?: Person;
  readonly committer?: Person;
  /** ISO 8601; default: a minute after the commit before. */
  readonly date?: string;
  /** E.g. `['-c', 'i18n.commitEncoding=ISO-8859-1']`. */
  readonly gitArgs?: readonly string[];
}

export interface TestRepository {
  readonly directory: string;
  /** Runs git here; standard output without the last line feed. Throws where git fails. */
  git(args: readonly string[], options?: { readonly input?: string | Uint8Array; readonly env?: Readonly<Record<string, string>> }): string;
  /** Writes files without committing. */
  write(files: Readonly<Record<string, string | Uint8Array | null>>): void;
  /** Writes, adds everything and commits; the new commit's full hash. */
  commit(options?: CommitOptions): string;
  /** A note on a commit, e.g. `note('ai', sha, text)` for `refs/notes/ai`. */
  note(ref: string, commit: string, text: string | Uint8Array): void;
  /** Creates the branch and goes there. */
  branch(name: string, from?: string): void;
  checkout(name: string): void;
  /** Always with a merge commit; the new commit's hash. `files` are written into it. */
  merge(name: string, options?: CommitOptions): string;
  /** Environment with the person and date of the next commit, for git commands of a test's own (rebase, cherry-pick ...). */
  environment(): Record<string, string>;
}

export const ALICE: Person = { name: 'Alice Example', email: 'alice@example.org' };
export const BOB: Person = { name: 'Bob Example', email: 'bob@example.org' };

const FIRST_DATE = Date.UTC(2026, 0, 5, 9, 0, 0);

/** @param options `bare`: no working tree (then only `git` works); `args`: more for `git init` */
export function makeRepository(options: { readonly bare?: boolean; readonly args?: readonly string[] } = {}): TestRepository {
  const directory = temporaryFolder();
  const repository = repositoryIn(directory);
  repository.git(['init', '-q', '-b', 'main', ...(options.bare === true ? ['--bare'] : []), ...(options.args ?? []), '.']);
  return repository;
}

export function temporaryFolder(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'countersign-audit-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A copy by `git clone`, e.g. with `['--depth', '1']` or `['--filter=blob:none']`. */
export function cloneRepository(from: TestRepository, args: readonly string[] = []): TestRepository {
  const directory = temporaryFolder();
  const repository = repositoryIn(directory);
  from.git(['config', 'uploadpack.allowFilter', 'true']);
  repository.git(['-c', 'protocol.file.allow=always', 'clone', '-q', ...args, `file://${from.directory}`, '.']);
  return repository;
}

/** The builder on a repository that is there already, e.g. a worktree. */
export function repositoryIn(directory: string): TestRepository {
  let clock = FIRST_DATE;
  let person = { author: ALICE, committer: ALICE, date: '' };

  const environment = (): Record<string, string> => {
    const date = person.date === '' ? new Date(clock).toISOString().replace(/\.\d+Z$/, '+00:00') : person.date;
    return {
      GIT_AUTHOR_NAME: person.author.name,
      GIT_AUTHOR_EMAIL: person.author.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: person.committer.name,
      GIT_COMMITTER_EMAIL: person.committer.email,
      GIT_COMMITTER_DATE: date,
    };
  };
  const git: TestRepository['git'] = (args, options = {}) =>
    execFileSync('git', args, {
      cwd: directory,
      // Nobody's own settings: no signing, no templates, no hooks.
      env: {
        PATH: process.env['PATH'],
        HOME: directory,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_EDITOR: 'true',
        LC_ALL: 'C',
        ...environment(),
        ...options.env,
      },
      ...(options.input === undefined ? {} : { input: options.input }),
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 256 * 1024 * 1024,
    })
      .toString('utf8')
      .replace(/\n$/, '');

  const write: TestRepository['write'] = (files) => {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(directory, name);
      if (content === null) {
        rmSync(file, { recursive: true, force: true });
        continue;
      }
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  };
  const prepare = (options: CommitOptions): void => {
    clock += 60_000;
    const author = options.author ?? ALICE;
    person = { author, committer: options.committer ?? author, date: options.date ?? '' };
    for (const [from, to] of Object.entries(options.moves ?? {})) {
      mkdirSync(path.dirname(path.join(directory, to)), { recursive: true });
      if (existsSync(path.join(directory, from))) renameSync(path.join(directory, from), path.join(directory, to));
    }
    write(options.files ?? {});
    for (const name of options.executable ?? []) chmodSync(path.join(directory, name), 0o755);
  };
  const commitAll = (options: CommitOptions, fallback: string): string => {
    git(['add', '-A', '--force', '.']);
    git([...(options.gitArgs ?? []), 'commit', '-q', '--allow-empty', '--allow-empty-message', '--cleanup=verbatim', '-F', '-'], {
      input: options.message ?? fallback,
    });
    return git(['rev-parse', 'HEAD']);
  };

  return {
    directory,
    git,
    write,
    environment,
    commit(options = {}) {
      prepare(options);
      return commitAll(options, 'A change\n');
    },
    note(ref, commit, text) {
      git(['notes', '--ref', ref, 'add', '-f', '-F', '-', commit], { input: text });
    },
    branch(name, from) {
      git(['checkout', '-q', '-b', name, ...(from === undefined ? [] : [from])]);
    },
    checkout(name) {
      git(['checkout', '-q', name]);
    },
    merge(name, options = {}) {
      clock += 60_000;
      git(['merge', '-q', '--no-ff', '--no-commit', name]);
      clock -= 60_000;
      prepare(options);
      return commitAll(options, `Merge ${name}\n`);
    },
  };
}
