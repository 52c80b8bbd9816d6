/**
 * The step "Comment" of action.yml: writes the report as a comment on the pull request, or replaces the one that an earlier run wrote, which it knows by the mark in
 * its first line. A pull request with nothing to report gets no comment, unless there is one to bring up to date. That it may not write is a warning, not a failure.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const MARKER = '<!-- countersign:audit -->';
const PER_PAGE = 100;
const MAX_PAGES = 30;

const { GITHUB_API_URL: api = 'https://api.github.com', GITHUB_REPOSITORY: repository = '', GITHUB_EVENT_PATH: eventPath } = process.env;
const token = process.env['COUNTERSIGN_TOKEN'] ?? '';
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
async function call(method, path, body) {
  const response = await fetch(`${api}/repos/${repository}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      'content-type': 'application/json',
      'x-github-api-version': '2022-11-28',
      'user-agent': 'countersign-action',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    redirect: 'error',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status}`);
  return response.json();
}

/** The comment of an earlier run: a bot's, since anybody can write the mark. @param {number} number */
async function earlier(number) {
  for (let page = 1; page <= MAX_PAGES; page++) {
    const comments = await call('GET', `/issues/${number}/comments?per_page=${PER_PAGE}&page=${page}`);
    for (const comment of comments) {
      if (comment.user?.type === 'Bot' && typeof comment.body === 'string' && comment.body.startsWith(MARKER)) return comment;
    }
    if (comments.length < PER_PAGE) return undefined;
  }
  return undefined;
}

async function main() {
  const event = eventPath === undefined ? {} : JSON.parse(readFileSync(eventPath, 'utf8'));
  const number = event.pull_request?.number;
  if (!Number.isInteger(number)) {
    say('This event is about no pull request: no comment.');
    return;
  }
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new Error('GITHUB_REPOSITORY is not OWNER/NAME');
  const body = readFileSync(process.env['COUNTERSIGN_MARKDOWN'] ?? '', 'utf8');
  if (!body.startsWith(MARKER)) throw new Error('the report is not one of Countersign');
  const before = await earlier(number);
  if (before === undefined && process.env['COUNTERSIGN_ANYTHING'] !== 'true') {
    say('Nothing to report: no comment.');
    return;
  }
  if (before === undefined) await call('POST', `/issues/${number}/comments`, { body });
  else if (before.body.trimEnd() !== body.trimEnd()) await call('PATCH', `/issues/comments/${before.id}`, { body });
  say(before === undefined ? 'Comment written.' : 'Comment up to date.');
}

try {
  await main();
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  say(
    `::warning title=Countersign::The comment could not be written (${text.replaceAll(/[%\r\n]/g, ' ')}). On pull requests from forks the token may only read.`,
  );
}
