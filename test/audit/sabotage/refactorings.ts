/** Ordinary work that takes nothing away: whatever is shown about it above INFO is noise. */
import { GO, JAVA, PYTHON, WEB, type Tree } from './projects.js';
import type { Edit } from './support.js';

export interface Refactoring {
  readonly name: string;
  readonly tree: Tree;
  readonly edits: readonly Edit[];
}

const reindented = (text: string): string => text.replaceAll(/^( +)/gm, '$1$1');
const text = (tree: Tree, path: string): string => tree[path] as string;

export const REFACTORINGS: readonly Refactoring[] = [
  {
    name: 'a function is renamed with its calls',
    tree: PYTHON,
    edits: [
      ['app/auth.py', 'verify_signature', 'check_hook_signature'],
      ['app/routes.py', 'verify_signature', 'check_hook_signature'],
      ['tests/test_auth.py', 'verify_signature', 'check_hook_signature'],
    ],
  },
  { name: 'a variable is renamed', tree: PYTHON, edits: [['app/upload.py', 'target', 'destination']] },
  {
    name: 'a module is moved',
    tree: PYTHON,
    edits: [{ from: 'app/upload.py', to: 'app/files/upload.py' }, ['tests/test_upload.py', 'app.upload', 'app.files.upload']],
  },
  {
    name: 'a check is extracted',
    tree: PYTHON,
    edits: [
      [
        'app/upload.py',
        '    target = (ROOT / secure_filename(name)).resolve()\n    if not target.is_relative_to(ROOT):\n        raise ValueError("outside of the folder")\n',
        '    target = _inside(name)\n',
      ],
      [
        'app/upload.py',
        'def save(',
        'def _inside(name: str) -> Path:\n    target = (ROOT / secure_filename(name)).resolve()\n    if not target.is_relative_to(ROOT):\n        raise ValueError("outside of the folder")\n    return target\n\n\ndef save(',
      ],
    ],
  },
  { name: 'a file is indented anew', tree: PYTHON, edits: [['app/routes.py', reindented(text(PYTHON, 'app/routes.py'))]] },
  { name: 'quotes are changed', tree: PYTHON, edits: [['app/routes.py', text(PYTHON, 'app/routes.py').replaceAll('"', "'")]] },
  {
    name: 'tests are moved',
    tree: PYTHON,
    edits: [
      { from: 'tests/test_auth.py', to: 'tests/unit/test_auth.py' },
      { from: 'tests/test_upload.py', to: 'tests/unit/test_upload.py' },
    ],
  },
  { name: 'a feature goes with its tests', tree: PYTHON, edits: [['app/upload.py'], ['tests/test_upload.py']] },
  {
    name: 'an endpoint goes',
    tree: PYTHON,
    edits: [
      [
        'app/routes.py',
        '@app.route("/hook", methods=["POST"])\ndef hook():\n    if not verify_signature(request.data, request.headers["X-Signature"], app.config["HOOK_KEY"]):\n        abort(401)\n    projects.refresh(request.get_json())\n    return "", 204\n\n\n',
        '',
      ],
      ['app/routes.py', 'require_admin, verify_signature', 'require_admin'],
    ],
  },
  {
    name: 'decorators change their order',
    tree: PYTHON,
    edits: [
      [
        'app/routes.py',
        '@app.route("/login", methods=["POST"])\n@limiter.limit("5 per minute")',
        '@app.route("/login", methods=["POST"], strict_slashes=False)\n@limiter.limit("5 per minute")',
      ],
    ],
  },
  {
    name: 'tests become a table',
    tree: PYTHON,
    edits: [
      [
        'tests/test_upload.py',
        'def test_missing_file_is_a_key_error():\n    with pytest.raises(KeyError):\n        load("nothing.txt")\n',
        '@pytest.mark.parametrize("name", ["nothing.txt", "other.txt"])\ndef test_missing_files_are_key_errors(name):\n    with pytest.raises(KeyError):\n        load(name)\n',
      ],
    ],
  },
  {
    name: 'a test is split',
    tree: PYTHON,
    edits: [
      [
        'tests/test_upload.py',
        '    assert path.read_bytes() == b"one"\n    assert path.name == "a.txt"\n',
        '    assert path.read_bytes() == b"one"\n\n\ndef test_keeps_the_name(tmp_path):\n    path = save("a.txt", b"one")\n    assert path.name == "a.txt"\n',
      ],
    ],
  },
  {
    name: 'dependencies are brought up to date',
    tree: PYTHON,
    edits: [
      ['pyproject.toml', 'flask==3.0.3', 'flask==3.1.0'],
      ['pyproject.toml', 'requests==2.32.3', 'requests==2.32.4'],
    ],
  },
  {
    name: 'CI is put in order',
    tree: PYTHON,
    edits: [
      [
        '.github/workflows/ci.yml',
        '      - run: ruff check .\n      - run: mypy app\n      - run: pytest --cov=app\n',
        '      - run: pytest --cov=app\n  lint:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683\n        with:\n          persist-credentials: false\n      - run: pip install -r requirements.txt\n      - run: ruff check .\n      - run: mypy app\n',
      ],
    ],
  },
  {
    name: 'settings are written in another order',
    tree: PYTHON,
    edits: [
      [
        '.claude/settings.json',
        '{"permissions": {"defaultMode": "default", "deny": ["Bash(curl:*)", "Read(.env)"], "ask": ["Bash(git push:*)"], "allow": ["Read", "Bash(git status)", "Bash(pytest:*)"]}}\n',
      ],
    ],
  },
  {
    name: 'an agent may do less',
    tree: PYTHON,
    edits: [
      ['.claude/settings.json', '"Bash(pytest:*)"', '"Bash(pytest tests:*)"'],
      [
        '.claude/settings.json',
        '"deny": ["Read(.env)", "Bash(curl:*)"]',
        '"deny": ["Read(.env*)", "Read(.env)", "Bash(curl:*)", "Bash(wget:*)"]',
      ],
    ],
  },
  {
    name: 'the agent gets another loop',
    tree: PYTHON,
    edits: [
      [
        'app/agent.py',
        '    steps = []\n    for _ in range(max_steps):\n        step = model.next(goal, steps, tools=TOOLS)\n        if step.done:\n            break\n        steps.append(step.run())\n    return steps\n',
        '    steps = []\n    while len(steps) < max_steps:\n        step = model.next(goal, steps, tools=TOOLS)\n        if step.done:\n            return steps\n        steps.append(step.run())\n    return steps\n',
      ],
    ],
  },
  {
    name: 'a helper is added',
    tree: PYTHON,
    edits: [['app/client.py', 'def push_report', 'def _headers(name: str) -> dict:\n    return {"X-Name": name}\n\n\ndef push_report']],
  },
  {
    name: 'a check becomes a decorator',
    tree: PYTHON,
    edits: [
      [
        'app/routes.py',
        'def hook():\n    if not verify_signature(request.data, request.headers["X-Signature"], app.config["HOOK_KEY"]):\n        abort(401)\n    projects',
        '@verified_signature\ndef hook():\n    projects',
      ],
      [
        'app/security.py',
        'from functools import wraps\n\nfrom flask import abort, current_app, request\n\nfrom app.auth import verify_signature\n\n\ndef verified_signature(view):\n    @wraps(view)\n    def checked(*args):\n        if not verify_signature(request.data, request.headers["X-Signature"], current_app.config["HOOK_KEY"]):\n            abort(401)\n        return view(*args)\n\n    return checked\n',
      ],
    ],
  },
  {
    name: 'documentation',
    tree: PYTHON,
    edits: [
      ['README.md', '# Reports\n\nKeeps reports. Use `verify=False` never; `# noqa` needs a reason.\n'],
      ['CLAUDE.md', '- Use four spaces.', '- Use four spaces, never tabs.'],
    ],
  },
  {
    name: 'types are written down',
    tree: PYTHON,
    edits: [
      ['app/auth.py', 'def require_admin(account):', 'def require_admin(account: "Account") -> "Account":'],
      ['app/auth.py', 'def login(name: str, password: str):', 'def login(name: str, password: str) -> str:'],
    ],
  },
  { name: 'a constant is named', tree: PYTHON, edits: [['app/upload.py', 'MAX_UPLOAD_SIZE', 'LARGEST_UPLOAD']] },
  {
    name: 'callbacks become promises',
    tree: WEB,
    edits: [
      [
        'src/agent/tools.ts',
        '    return new Promise((resolve, reject) => {\n      execFile(args[0] as string, args.slice(1), { timeout: 10_000 }, (error, stdout) => {\n        if (error) reject(error);\n        else resolve(stdout);\n      });\n    });\n',
        '    const { stdout } = await run(args[0] as string, args.slice(1), { timeout: 10_000 });\n    return stdout;\n',
      ],
      [
        'src/agent/tools.ts',
        "import { execFile } from 'node:child_process';\n",
        "import { execFile } from 'node:child_process';\nimport { promisify } from 'node:util';\n",
      ],
      ['src/agent/tools.ts', 'export const shell', 'const run = promisify(execFile);\n\nexport const shell'],
    ],
  },
  {
    name: 'the test runner is another one',
    tree: WEB,
    edits: [
      [
        'test/notes.test.ts',
        text(WEB, 'test/notes.test.ts')
          .replace("from 'vitest'", "from '@jest/globals'")
          .replaceAll(/\bit\(/g, 'test('),
      ],
      [
        'test/auth.test.ts',
        text(WEB, 'test/auth.test.ts')
          .replace("from 'vitest'", "from '@jest/globals'")
          .replaceAll(/\bit\(/g, 'test('),
      ],
      ['package.json', '"vitest run --coverage"', '"jest --coverage"'],
      ['package.json', '"vitest": "2.1.4"', '"jest": "29.7.0"'],
    ],
  },
  {
    name: 'a router is split',
    tree: WEB,
    edits: [
      [
        'src/routes/pages.ts',
        "import { Router } from 'express';\nimport { escapeHtml } from '../html.js';\nimport { store } from '../store.js';\n\nexport const pages = Router();\n\npages.get('/:id/page', async (req, res) => {\n  const note = await store.get(req.params.id);\n  res.send(`<h1>${escapeHtml(note.title)}</h1><p>${escapeHtml(note.body)}</p>`);\n});\n",
      ],
      [
        'src/routes/notes.ts',
        "\nnotes.get('/:id/page', async (req, res) => {\n  const note = await store.get(req.params.id);\n  res.send(`<h1>${escapeHtml(note.title)}</h1><p>${escapeHtml(note.body)}</p>`);\n});\n",
        '',
      ],
      ['src/routes/notes.ts', "import { escapeHtml } from '../html.js';\n", ''],
    ],
  },
  {
    name: 'checks of owners are one function',
    tree: WEB,
    edits: [
      [
        'src/routes/notes.ts',
        '  if (note.ownerId !== req.user.id) {\n    res.status(403).end();\n    return;\n  }\n',
        '  if (!isOwner(note, req.user)) {\n    res.status(403).end();\n    return;\n  }\n',
      ],
      [
        'src/routes/notes.ts',
        'export const notes',
        'const isOwner = (note: { ownerId: number }, user: { id: number }) => note.ownerId === user.id;\n\nexport const notes',
      ],
    ],
  },
  {
    name: 'arrow functions',
    tree: WEB,
    edits: [
      [
        'src/auth.ts',
        'export function setSession(res: Response, id: string) {\n  res.cookie',
        'export const setSession = (res: Response, id: string) => {\n  res.cookie',
      ],
      ['src/auth.ts', "sameSite: 'lax' });\n}", "sameSite: 'lax' });\n};"],
    ],
  },
  {
    name: 'a formatter ran',
    tree: WEB,
    edits: [
      [
        'src/window.ts',
        "import { BrowserWindow } from 'electron'\n\nexport function open(url: string) {\n    const window = new BrowserWindow({\n        width: 900,\n        webPreferences: {\n            sandbox: true,\n            nodeIntegration: false,\n            contextIsolation: true,\n        },\n    })\n    return window.loadURL(url)\n}\n",
      ],
    ],
  },
  {
    name: 'middleware is taken together',
    tree: WEB,
    edits: [
      ['src/server.ts', "app.use('/api/notes', requireAuth, notes);", "app.use('/api', requireAuth);\napp.use('/api/notes', notes);"],
    ],
  },
  {
    name: 'packages are brought up to date',
    tree: WEB,
    edits: [
      ['package.json', '"zod": "3.23.8"', '"zod": "3.24.1"'],
      ['package.json', '"express": "4.21.1"', '"express": "4.21.2"'],
    ],
  },
  {
    name: 'a package is added',
    tree: WEB,
    edits: [
      ['package.json', '"helmet": "8.0.0",', '"helmet": "8.0.0",\n    "pino": "9.5.0",'],
      ['src/log.ts', "import pino from 'pino';\n\nexport const logger = pino();\n"],
    ],
  },
  {
    name: 'an expected value changes',
    tree: WEB,
    edits: [
      ['test/notes.test.ts', "toEqual({ id: 1, title: 'a', body: 'b' })", "toEqual({ id: 1, title: 'a', body: 'b', pinned: false })"],
      ['src/routes/notes.ts', 'title: z.string().max(200)', 'title: z.string().max(200), pinned: z.boolean().default(false)'],
    ],
  },
  {
    name: 'tests get a helper',
    tree: WEB,
    edits: [
      [
        'test/auth.test.ts',
        '    expect(res.statusCode).toBe(401);\n    expect(next).not.toHaveBeenCalled();\n',
        '    expectRefused(res, next);\n',
      ],
      [
        'test/auth.test.ts',
        "describe('requireAuth'",
        "function expectRefused(res: { statusCode: number }, next: unknown) {\n  expect(res.statusCode).toBe(401);\n  expect(next).not.toHaveBeenCalled();\n}\n\ndescribe('requireAuth'",
      ],
    ],
  },
  {
    name: 'jobs of a release are named anew',
    tree: WEB,
    edits: [
      ['.github/workflows/release.yml', '  test:\n', '  checks:\n'],
      ['.github/workflows/release.yml', 'needs: [test]', 'needs: [checks]'],
    ],
  },
  { name: 'compose gets a service', tree: WEB, edits: [['docker-compose.yml', '  db:\n', '  cache:\n    image: redis:7.4\n  db:\n']] },
  {
    name: 'infrastructure is formatted',
    tree: WEB,
    edits: [
      ['infra/main.tf', text(WEB, 'infra/main.tf').replaceAll('  ', '    ')],
      [
        'infra/policy.json',
        '{"Version":"2012-10-17","Statement":[{"Resource":"arn:aws:s3:::notes/*","Action":["s3:GetObject"],"Effect":"Allow"}]}\n',
      ],
    ],
  },
  {
    name: 'stricter checks',
    tree: WEB,
    edits: [
      ['tsconfig.json', '"noImplicitAny": true', '"noImplicitAny": true,\n    "noUnusedLocals": true'],
      ['.eslintrc.json', '"no-console": "warn"', '"no-console": "error"'],
    ],
  },
  {
    name: 'errors are wrapped',
    tree: GO,
    edits: [
      [
        'store.go',
        '\tif err := validateName(name); err != nil {\n\t\treturn err\n\t}',
        '\tif err := validateName(name); err != nil {\n\t\treturn fmt.Errorf("name: %w", err)\n\t}',
      ],
    ],
  },
  {
    name: 'a method moves to another file',
    tree: GO,
    edits: [
      [
        'server.go',
        '\nfunc (s *Server) admin(w http.ResponseWriter, r *http.Request) {\n\tif !s.auth.HasRole(r, "admin") {\n\t\thttp.Error(w, "forbidden", http.StatusForbidden)\n\t\treturn\n\t}\n\tfmt.Fprint(w, s.store.Stats())\n}\n',
        '',
      ],
      [
        'admin.go',
        'package server\n\nimport (\n\t"fmt"\n\t"net/http"\n)\n\nfunc (s *Server) admin(w http.ResponseWriter, r *http.Request) {\n\tif !s.auth.HasRole(r, "admin") {\n\t\thttp.Error(w, "forbidden", http.StatusForbidden)\n\t\treturn\n\t}\n\tfmt.Fprint(w, s.store.Stats())\n}\n',
      ],
    ],
  },
  {
    name: 'tests become subtests',
    tree: GO,
    edits: [
      [
        'server_test.go',
        'func TestListNeedsUser(t *testing.T) {\n\tresponse := request(t, "/items", "")\n\tif response.Code != 401 {\n\t\tt.Errorf("code is %d", response.Code)\n\t}\n}\n',
        'func TestListNeedsUser(t *testing.T) {\n\tfor _, path := range []string{"/items", "/items/"} {\n\t\tt.Run(path, func(t *testing.T) {\n\t\t\tresponse := request(t, path, "")\n\t\t\tif response.Code != 401 {\n\t\t\t\tt.Errorf("code is %d", response.Code)\n\t\t\t}\n\t\t})\n\t}\n}\n',
      ],
    ],
  },
  {
    name: 'a client gets a constant',
    tree: GO,
    edits: [
      ['server.go', 'Timeout:   10 * time.Second', 'Timeout:   clientTimeout'],
      ['server.go', 'type Server struct', 'const clientTimeout = 10 * time.Second\n\ntype Server struct'],
    ],
  },
  {
    name: 'a service is extracted',
    tree: JAVA,
    edits: [
      [
        'src/main/java/shop/OrderController.java',
        '        if (request.amount() > order.total()) {\n            throw new IllegalArgumentException("more than was paid");\n        }\n',
        '        requireCovered(order, request);\n',
      ],
      [
        'src/main/java/shop/OrderController.java',
        '    @GetMapping("/orders/{id}")',
        '    private void requireCovered(Order order, RefundRequest request) {\n        if (request.amount() > order.total()) {\n            throw new IllegalArgumentException("more than was paid");\n        }\n    }\n\n    @GetMapping("/orders/{id}")',
      ],
    ],
  },
  {
    name: 'roles are asked of the class',
    tree: JAVA,
    edits: [
      ['src/main/java/shop/OrderController.java', '    @PreAuthorize("hasRole(\'CLERK\')")\n', ''],
      ['src/main/java/shop/OrderController.java', '@RestController\n', '@RestController\n@PreAuthorize("hasRole(\'CLERK\')")\n'],
    ],
  },
  {
    name: 'assertions of another library',
    tree: JAVA,
    edits: [
      [
        'src/test/java/shop/OrderControllerTest.java',
        'assertEquals(10, refund.amount());\n        assertEquals("open", refund.state());',
        'assertThat(refund.amount()).isEqualTo(10);\n        assertThat(refund.state()).isEqualTo("open");',
      ],
    ],
  },
];
