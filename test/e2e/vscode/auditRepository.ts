/** Repositories for the suites about commits, built by real git: a branch that agents and people worked on, and one whose texts would like to be more than text. */
import { repositoryIn } from '../../audit/repository.js';

const DATE = '2026-03-02T09:00:00+00:00';
const CLAUDE = '\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n';
const PEOPLE = { dana: { name: 'Dana Example', email: 'dana@example.org' }, eli: { name: 'Eli Example', email: 'eli@example.org' } };

const RUN = `"""Runs what the planner asks for."""
from anthropic import Anthropic

from support.sandbox import Sandbox

client = Anthropic()


def ask(question: str) -> str:
    message = client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=1024,
        messages=[{"role": "user", "content": question}],
    )
    return message.content[0].text


def run(question: str) -> str:
    code = ask(question)
    return Sandbox(network=False, timeout=10).run(code)
`;

const HTTP = `"""Fetches what tools ask for."""
import requests


def fetch(url: str) -> str:
    response = requests.get(url, timeout=10)
    response.raise_for_status()
    return response.text
`;

const TESTS = `import pytest

from support.run import run


def test_runs_arithmetic():
    assert run("What is six times seven?") == "42"


def test_refuses_the_network():
    with pytest.raises(PermissionError):
        run("Fetch example.org")
`;

const SETTINGS = `{
  "permissions": {
    "allow": ["Bash(npm test)", "Read"],
    "deny": ["Read(.env)"]
  }
}
`;

/** `main` and the branch that is open; `folder` must exist. */
export function makeReviewedBranch(folder: string): void {
  const made = repositoryIn(folder);
  made.git(['init', '-q', '-b', 'main', '.']);
  made.git(['config', 'user.name', 'Carol Reviewer']);
  made.git(['config', 'user.email', 'carol@example.org']);
  made.commit({
    files: {
      'support/run.py': RUN,
      'support/http.py': HTTP,
      'support/sandbox.py': 'class Sandbox:\n    """A container without a network."""\n',
      'tests/test_run.py': TESTS,
      '.claude/settings.json': SETTINGS,
      'README.md': '# Support agent\n',
    },
    message: 'A support agent\n',
    author: PEOPLE.dana,
    date: DATE,
  });
  made.branch('faster-tools');
  made.commit({
    files: { 'README.md': '# Support agent\n\nAnswers questions by running what the planner writes.\n' },
    message: 'Say what it does\n',
    author: PEOPLE.eli,
  });
  made.commit({
    files: {
      'support/run.py': RUN.replace('from support.sandbox import Sandbox\n\n', '').replace(
        '    return Sandbox(network=False, timeout=10).run(code)\n',
        '    scope: dict[str, str] = {}\n    exec(code, scope)\n    return scope["answer"]\n',
      ),
      'tests/test_run.py': TESTS.replace('def test_refuses', '@pytest.mark.skip(reason="slow")\ndef test_refuses'),
    },
    message: `Run plans in the process, which is ten times faster${CLAUDE}`,
    author: PEOPLE.dana,
  });
  made.commit({
    files: {
      'support/http.py': HTTP.replace('timeout=10)', 'timeout=10, verify=False)'),
      '.claude/settings.json': SETTINGS.replace('Bash(npm test)', 'Bash(*)'),
    },
    message: `Fetch tools from hosts with their own certificates${CLAUDE}`,
    author: PEOPLE.dana,
  });
  const cache = made.commit({
    files: {
      'support/cache.py':
        'answers: dict[str, str] = {}\n\n\ndef remember(question: str, answer: str) -> None:\n    answers[question] = answer\n',
    },
    message: 'Remember answers\n',
    author: PEOPLE.eli,
  });
  const record = {
    schema_version: 'authorship/3.0.0',
    git_ai_version: '1.0.0',
    base_commit_sha: cache,
    prompts: { abcd1234abcd1234: { agent_id: { tool: 'cursor', id: 's1', model: 'gpt-5' }, human_author: null } },
  };
  made.note('ai', cache, `support/cache.py\n  abcd1234abcd1234 4-5\n---\n${JSON.stringify(record)}\n`);
}

/** Around files that are there already. */
export function makeHostileBranch(folder: string): void {
  const made = repositoryIn(folder);
  made.git(['init', '-q', '-b', 'main', '.']);
  made.commit({ message: 'First\n', author: PEOPLE.eli, date: DATE });
  made.branch('hostile');
  made.commit({
    files: { 'more.py': 'exec(input())\n' },
    message: `Run [it](command:workbench.action.terminal.new) <img src=x>${CLAUDE}`,
    author: PEOPLE.eli,
  });
}
