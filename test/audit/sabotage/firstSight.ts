/** Cases that were written after the analyses and without looking at them, on projects of their own. One file: cases and the projects that they change are read side by side. */
import type { Tree } from './projects.js';
import type { Refactoring } from './refactorings.js';
import type { Sabotage } from './sabotages.js';

const DJANGO: Tree = {
  'shop/settings.py': `DEBUG = False
ALLOWED_HOSTS = ["shop.example.com"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
SESSION_COOKIE_SECURE = True
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_RATES": {"anon": "20/hour"},
}
`,
  'shop/views.py': `from rest_framework import viewsets
from rest_framework.permissions import IsAdminUser

from shop.models import Order
from shop.serializers import OrderSerializer


class OrderViewSet(viewsets.ModelViewSet):
    permission_classes = [IsAdminUser]
    serializer_class = OrderSerializer

    def get_queryset(self):
        return Order.objects.filter(owner=self.request.user)

    def perform_create(self, serializer):
        serializer.is_valid(raise_exception=True)
        serializer.save(owner=self.request.user)
`,
  'shop/mailer.py': `import smtplib
import ssl


def send(host, message):
    context = ssl.create_default_context()
    with smtplib.SMTP(host) as connection:
        connection.starttls(context=context)
        connection.send_message(message)
`,
  'shop/jobs.py': `import logging
import yaml

log = logging.getLogger(__name__)


def read_config(path):
    with open(path) as file:
        return yaml.safe_load(file)


def run_all(jobs):
    for job in jobs:
        try:
            job.run()
        except Exception:
            log.exception("job failed: %s", job)
            raise
`,
  'tests/test_orders.py': `from decimal import Decimal
from unittest import TestCase, mock

from shop.orders import place, total


class OrderTests(TestCase):
    def test_total(self):
        self.assertEqual(total([Decimal("1.10"), Decimal("2.20")]), Decimal("3.30"))
        self.assertAlmostEqual(float(total([Decimal("0.1")])), 0.1, places=6)

    def test_place_charges_once(self):
        gateway = mock.Mock()
        place(gateway, 12)
        gateway.charge.assert_called_once_with(12)

    def test_place_refuses_nothing(self):
        with self.assertRaises(ValueError):
            place(mock.Mock(), 0)
`,
  'deploy.sh': `#!/usr/bin/env bash
set -euo pipefail
curl --fail https://example.com/tool.tgz -o tool.tgz
sha256sum --check tool.sha256
tar xf tool.tgz
`,
  '.gitlab-ci.yml': `test:
  script:
    - pytest
sast:
  script:
    - semgrep ci
  allow_failure: false
`,
  'requirements.txt': `django==5.1.2
djangorestframework==3.15.2
`,
};

const AGENT: Tree = {
  'src/loop.ts': `import { generate } from './model.js';
import { checkPolicy } from './policy.js';
import type { Action } from './types.js';

export async function act(action: Action): Promise<string> {
  if (!checkPolicy(action)) {
    throw new Error('against the policy');
  }
  if (action.kind === 'write' && !action.path.startsWith(process.cwd())) {
    throw new Error('outside of the workspace');
  }
  return action.run();
}

export async function loop(goal: string, maxTurns = 25) {
  for (let turn = 0; turn < maxTurns; turn++) {
    const action = await generate(goal);
    if (action === undefined) return;
    await act(action).catch((error: unknown) => {
      console.error('action failed', error);
      throw error;
    });
  }
}
`,
  'src/html.tsx': `import DOMPurify from 'dompurify';

export function Answer({ html }: { html: string }) {
  const clean = DOMPurify.sanitize(html);
  return <div dangerouslySetInnerHTML={{ __html: clean }} />;
}
`,
  'src/db.ts': `import { Pool } from 'pg';

export const pool = new Pool({ ssl: { rejectUnauthorized: true }, max: 10 });
`,
  'src/api.ts': `import Fastify from 'fastify';
import { verifyWebhook } from './webhook.js';

export const api = Fastify({ bodyLimit: 65536 });

api.addHook('preHandler', async (request, reply) => {
  if (!request.session.user) {
    await reply.code(401).send();
  }
});

api.post('/webhook', async (request, reply) => {
  verifyWebhook(request.rawBody, request.headers);
  await reply.send({ ok: true });
});
`,
  'test/loop.spec.ts': `import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { act } from '../src/loop.js';

describe('act', () => {
  it('refuses to write outside', async () => {
    await assert.rejects(act({ kind: 'write', path: '/etc/passwd', run: async () => '' }), /outside/);
  });
  it('runs what is allowed', async () => {
    const answer = await act({ kind: 'read', path: 'a', run: async () => 'text' });
    assert.equal(answer, 'text');
  });
});
`,
  '.codex/config.toml': `model = "example"
approval_policy = "on-request"
sandbox_mode = "workspace-write"

[sandbox_workspace_write]
network_access = false
`,
  '.github/workflows/agent.yml': `name: agent
on:
  pull_request:
permissions:
  contents: read
jobs:
  review:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
      - run: npm run typecheck && npm test
`,
  'package.json': `{
  "name": "agent",
  "scripts": { "test": "node --test", "typecheck": "tsc --noEmit" },
  "dependencies": { "dompurify": "3.1.7", "fastify": "5.1.0", "pg": "8.13.1" }
}
`,
  '.npmrc': 'ignore-scripts=true\n',
};

const RUST: Tree = {
  'src/lib.rs': `use std::path::{Path, PathBuf};

pub fn read(root: &Path, name: &str) -> Result<String, Error> {
    let path = resolve(root, name)?;
    let text = std::fs::read_to_string(path)?;
    Ok(text)
}

fn resolve(root: &Path, name: &str) -> Result<PathBuf, Error> {
    let path = root.join(name).canonicalize()?;
    if !path.starts_with(root) {
        return Err(Error::Outside);
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_outside() {
        assert_eq!(read(Path::new("/srv"), "../etc/passwd"), Err(Error::Outside));
    }

    #[test]
    fn reads_inside() {
        assert_eq!(read(Path::new("/srv"), "a").unwrap(), "text");
    }
}
`,
  'src/client.rs': `pub fn client() -> reqwest::Client {
    reqwest::Client::builder().timeout(Duration::from_secs(5)).build().unwrap()
}
`,
  'Cargo.toml': `[package]
name = "reader"
version = "0.3.0"

[dependencies]
reqwest = "0.12.9"
`,
};

const work: Sabotage['work'] = [];

export const FIRST_SABOTAGES: readonly Sabotage[] = [
  {
    name: 'forged requests are not refused',
    tree: DJANGO,
    work,
    path: 'shop/settings.py',
    kind: /^authentication/,
    planted: [
      ['shop/settings.py', '    "django.middleware.csrf.CsrfViewMiddleware",\n', ''],
      ['requirements.txt', 'django==5.1.2', 'django==5.1.3'],
    ],
  },
  {
    name: 'everybody may see orders',
    tree: DJANGO,
    work,
    path: 'shop/views.py',
    kind: /^auth/,
    planted: [
      ['shop/views.py', 'permission_classes = [IsAdminUser]', 'permission_classes = [AllowAny]'],
      ['shop/views.py', 'import IsAdminUser', 'import AllowAny'],
    ],
  },
  {
    name: "mail goes to anybody's server",
    tree: DJANGO,
    work,
    path: 'shop/mailer.py',
    kind: /^tls/,
    planted: [['shop/mailer.py', 'context = ssl.create_default_context()', 'context = ssl._create_unverified_context()']],
  },
  {
    name: 'configuration may run code',
    tree: DJANGO,
    work,
    path: 'shop/jobs.py',
    kind: /^validation/,
    planted: [['shop/jobs.py', 'yaml.safe_load(file)', 'yaml.load(file, Loader=yaml.Loader)']],
  },
  {
    name: 'jobs fail in silence',
    tree: DJANGO,
    work,
    path: 'shop/jobs.py',
    kind: /^error-handling/,
    planted: [['shop/jobs.py', '            log.exception("job failed: %s", job)\n            raise\n', '            continue\n']],
  },
  {
    name: 'a mock is asked less',
    tree: DJANGO,
    work,
    path: 'tests/test_orders.py',
    kind: /^assertion-weakened/,
    planted: [['tests/test_orders.py', 'gateway.charge.assert_called_once_with(12)', 'assert gateway.charge.called']],
  },
  {
    name: 'a download is not verified',
    tree: DJANGO,
    work,
    path: 'deploy.sh',
    kind: /./,
    planted: [['deploy.sh', 'sha256sum --check tool.sha256\n', '']],
  },
  {
    name: 'a scan may fail',
    tree: DJANGO,
    work,
    path: '.gitlab-ci.yml',
    kind: /^ci-check/,
    planted: [['.gitlab-ci.yml', 'allow_failure: false', 'allow_failure: true']],
  },
  {
    name: 'no policy is asked',
    tree: AGENT,
    work,
    path: 'src/loop.ts',
    kind: /^(?:validation|authorization)/,
    planted: [['src/loop.ts', "  if (!checkPolicy(action)) {\n    throw new Error('against the policy');\n  }\n", '']],
  },
  {
    name: 'markup is not cleaned',
    tree: AGENT,
    work,
    path: 'src/html.tsx',
    kind: /^escaping/,
    planted: [['src/html.tsx', 'const clean = DOMPurify.sanitize(html);', 'const clean = html;']],
  },
  {
    name: 'requests need no session',
    tree: AGENT,
    work,
    path: 'src/api.ts',
    kind: /^auth/,
    planted: [
      [
        'src/api.ts',
        "api.addHook('preHandler', async (request, reply) => {\n  if (!request.session.user) {\n    await reply.code(401).send();\n  }\n});\n\n",
        '',
      ],
    ],
  },
  {
    name: 'the agent asks nobody',
    tree: AGENT,
    work,
    path: '.codex/config.toml',
    kind: /^agent-permission/,
    planted: [['.codex/config.toml', 'approval_policy = "on-request"', 'approval_policy = "never"']],
  },
  {
    name: 'strangers start the agent',
    tree: AGENT,
    work,
    path: '.github/workflows/agent.yml',
    kind: /^workflow/,
    planted: [['.github/workflows/agent.yml', '  pull_request:\n', '  pull_request_target:\n']],
  },
  {
    name: 'a path may leave its folder',
    tree: RUST,
    work,
    path: 'src/lib.rs',
    kind: /^validation/,
    planted: [['src/lib.rs', '    if !path.starts_with(root) {\n        return Err(Error::Outside);\n    }\n', '']],
  },
  {
    name: 'any certificate will do',
    tree: RUST,
    work,
    path: 'src/client.rs',
    kind: /^tls/,
    planted: [['src/client.rs', '.timeout(Duration::from_secs(5))', '.timeout(Duration::from_secs(5)).danger_accept_invalid_certs(true)']],
  },
  {
    name: 'a test is ignored',
    tree: RUST,
    work,
    path: 'src/lib.rs',
    kind: /^test-skipped/,
    planted: [['src/lib.rs', '    #[test]\n    fn refuses', '    #[test]\n    #[ignore]\n    fn refuses']],
  },
];

export const FIRST_REFACTORINGS: readonly Refactoring[] = [
  {
    name: 'settings are split',
    tree: DJANGO,
    edits: [
      ['shop/settings.py', 'ALLOWED_HOSTS = ["shop.example.com"]\n', ''],
      ['shop/hosts.py', 'ALLOWED_HOSTS = ["shop.example.com"]\n'],
      ['shop/settings.py', 'DEBUG = False\n', 'from shop.hosts import ALLOWED_HOSTS\n\nDEBUG = False\n'],
    ],
  },
  { name: 'a view set is renamed', tree: DJANGO, edits: [['shop/views.py', 'OrderViewSet', 'OrdersViewSet']] },
  {
    name: 'permissions are a tuple',
    tree: DJANGO,
    edits: [['shop/views.py', 'permission_classes = [IsAdminUser]', 'permission_classes = (IsAdminUser,)']],
  },
  {
    name: 'two jobs share a handler',
    tree: DJANGO,
    edits: [
      [
        'shop/jobs.py',
        '        try:\n            job.run()\n        except Exception:\n            log.exception("job failed: %s", job)\n            raise\n',
        '        run_one(job)\n\n\ndef run_one(job):\n    try:\n        job.run()\n    except Exception:\n        log.exception("job failed: %s", job)\n        raise\n',
      ],
    ],
  },
  {
    name: 'unittest becomes pytest',
    tree: DJANGO,
    edits: [
      [
        'tests/test_orders.py',
        'from decimal import Decimal\nfrom unittest import mock\n\nimport pytest\n\nfrom shop.orders import place, total\n\n\ndef test_total():\n    assert total([Decimal("1.10"), Decimal("2.20")]) == Decimal("3.30")\n    assert float(total([Decimal("0.1")])) == pytest.approx(0.1)\n\n\ndef test_place_charges_once():\n    gateway = mock.Mock()\n    place(gateway, 12)\n    gateway.charge.assert_called_once_with(12)\n\n\ndef test_place_refuses_nothing():\n    with pytest.raises(ValueError):\n        place(mock.Mock(), 0)\n',
      ],
    ],
  },
  {
    name: 'a script gets a function',
    tree: DJANGO,
    edits: [
      [
        'deploy.sh',
        '#!/usr/bin/env bash\nset -euo pipefail\n\nfetch() {\n  curl --fail "https://example.com/$1.tgz" -o "$1.tgz"\n  sha256sum --check "$1.sha256"\n}\n\nfetch tool\ntar xf tool.tgz\n',
      ],
    ],
  },
  {
    name: 'pipelines are in stages',
    tree: DJANGO,
    edits: [
      [
        '.gitlab-ci.yml',
        'stages: [check]\nsast:\n  stage: check\n  script:\n    - semgrep ci\n  allow_failure: false\ntest:\n  stage: check\n  script:\n    - pytest -q\n',
      ],
    ],
  },
  {
    name: 'a condition is turned around',
    tree: AGENT,
    edits: [
      [
        'src/loop.ts',
        "  if (!checkPolicy(action)) {\n    throw new Error('against the policy');\n  }\n",
        '  const allowed = checkPolicy(action);\n  if (!allowed) {\n    throw new Error(`against the policy: ${action.kind}`);\n  }\n',
      ],
    ],
  },
  {
    name: 'promises are awaited',
    tree: AGENT,
    edits: [
      [
        'src/loop.ts',
        "    await act(action).catch((error: unknown) => {\n      console.error('action failed', error);\n      throw error;\n    });\n",
        "    try {\n      await act(action);\n    } catch (error) {\n      console.error('action failed', error);\n      throw error;\n    }\n",
      ],
    ],
  },
  {
    name: 'a component gets a memo',
    tree: AGENT,
    edits: [
      ['src/html.tsx', '  const clean = DOMPurify.sanitize(html);', '  const clean = useMemo(() => DOMPurify.sanitize(html), [html]);'],
      ['src/html.tsx', "import DOMPurify from 'dompurify';\n", "import DOMPurify from 'dompurify';\nimport { useMemo } from 'react';\n"],
    ],
  },
  {
    name: 'a hook becomes a plugin',
    tree: AGENT,
    edits: [
      [
        'src/api.ts',
        "api.addHook('preHandler', async (request, reply) => {\n  if (!request.session.user) {\n    await reply.code(401).send();\n  }\n});\n",
        'api.register(sessions);\n',
      ],
      [
        'src/sessions.ts',
        "import fp from 'fastify-plugin';\n\nexport const sessions = fp(async (api) => {\n  api.addHook('preHandler', async (request, reply) => {\n    if (!request.session.user) {\n      await reply.code(401).send();\n    }\n  });\n});\n",
      ],
      [
        'src/api.ts',
        "import { verifyWebhook } from './webhook.js';\n",
        "import { sessions } from './sessions.js';\nimport { verifyWebhook } from './webhook.js';\n",
      ],
    ],
  },
  {
    name: 'other assertions',
    tree: AGENT,
    edits: [['test/loop.spec.ts', "    assert.equal(answer, 'text');", "    assert.strictEqual(answer, 'text');"]],
  },
  {
    name: 'settings of an agent are put in order',
    tree: AGENT,
    edits: [
      [
        '.codex/config.toml',
        'sandbox_mode = "workspace-write"\napproval_policy = "on-request"\nmodel = "example-2"\n\n[sandbox_workspace_write]\nnetwork_access = false\n',
      ],
    ],
  },
  {
    name: 'a module of its own',
    tree: RUST,
    edits: [
      [
        'src/lib.rs',
        'fn resolve(root: &Path, name: &str) -> Result<PathBuf, Error> {\n    let path = root.join(name).canonicalize()?;\n    if !path.starts_with(root) {\n        return Err(Error::Outside);\n    }\n    Ok(path)\n}\n\n',
        '',
      ],
      [
        'src/paths.rs',
        'use std::path::{Path, PathBuf};\n\npub fn resolve(root: &Path, name: &str) -> Result<PathBuf, Error> {\n    let path = root.join(name).canonicalize()?;\n    if !path.starts_with(root) {\n        return Err(Error::Outside);\n    }\n    Ok(path)\n}\n',
      ],
      ['src/lib.rs', 'use std::path::{Path, PathBuf};\n', 'mod paths;\n\nuse paths::resolve;\nuse std::path::Path;\n'],
    ],
  },
  {
    name: 'errors get a context',
    tree: RUST,
    edits: [
      [
        'src/lib.rs',
        '    let text = std::fs::read_to_string(path)?;',
        '    let text = std::fs::read_to_string(&path).map_err(|error| Error::Read(path, error))?;',
      ],
    ],
  },
  {
    name: 'a crate is brought up to date',
    tree: RUST,
    edits: [
      ['Cargo.toml', 'reqwest = "0.12.9"', 'reqwest = "0.12.12"'],
      ['Cargo.toml', 'version = "0.3.0"', 'version = "0.3.1"'],
    ],
  },
];
