/** Small projects whose commits the cases of this folder change: text by path. One file: it is the data of one table, with nothing to run. */
export type Tree = Readonly<Record<string, string>>;

export const PYTHON: Tree = {
  'app/auth.py': `import hmac
import logging
import secrets

from app.store import sessions

logger = logging.getLogger(__name__)
MAX_LOGIN_ATTEMPTS = 5


def verify_signature(body: bytes, signature: str, key: bytes) -> bool:
    expected = hmac.new(key, body, "sha256").hexdigest()
    return hmac.compare_digest(expected, signature)


def login(name: str, password: str):
    account = sessions.find(name)
    if account is None or not account.check_password(password):
        logger.warning("login failed for %s", name)
        raise PermissionError("wrong name or password")
    token = secrets.token_urlsafe(32)
    sessions.store(token, account)
    return token


def require_admin(account):
    if not account.is_admin:
        raise PermissionError("admins only")
    return account
`,
  'app/routes.py': `from flask import Flask, abort, jsonify, request
from markupsafe import escape

from app.audit import audit_log
from app.auth import require_admin, verify_signature
from app.limits import limiter
from app.security import login_required
from app.store import projects, sessions

app = Flask(__name__)


@app.route("/projects/<int:project_id>", methods=["DELETE"])
@login_required
def delete_project(project_id):
    account = require_admin(sessions.current())
    project = projects.get(project_id)
    audit_log("project.delete", account.id, project.id)
    projects.delete(project)
    return jsonify(ok=True)


@app.route("/login", methods=["POST"])
@limiter.limit("5 per minute")
def post_login():
    data = request.get_json()
    if not isinstance(data.get("name"), str):
        abort(400)
    return jsonify(token=sessions.open(data["name"], data["password"]))


@app.route("/hook", methods=["POST"])
def hook():
    if not verify_signature(request.data, request.headers["X-Signature"], app.config["HOOK_KEY"]):
        abort(401)
    projects.refresh(request.get_json())
    return "", 204


@app.route("/greet")
def greet():
    name = request.args.get("name", "you")
    return f"<h1>Hello {escape(name)}</h1>"
`,
  'app/client.py': `import requests

TIMEOUT = 10


def fetch_report(url: str) -> dict:
    response = requests.get(url, timeout=TIMEOUT, verify=True)
    response.raise_for_status()
    return response.json()


def push_report(url: str, report: dict) -> None:
    response = requests.post(url, json=report, timeout=TIMEOUT)
    response.raise_for_status()
`,
  'app/agent.py': `import subprocess

from app.sandbox import run_in_sandbox
from app.tools import TOOLS


def confirm(question: str) -> bool:
    return input(f"{question} [y/N] ").strip().lower() == "y"


def run_command(command: list[str]) -> str:
    if not confirm(f"Run {command}?"):
        raise PermissionError("not approved")
    result = run_in_sandbox(command, network_disabled=True, timeout=30)
    return result.stdout


def apply_patch(path: str, patch: str) -> None:
    subprocess.run(["git", "apply", "--check", "-"], input=patch, text=True, check=True)
    subprocess.run(["git", "apply", "-"], input=patch, text=True, check=True)


def run_agent(model, goal: str, max_steps: int = 20):
    steps = []
    for _ in range(max_steps):
        step = model.next(goal, steps, tools=TOOLS)
        if step.done:
            break
        steps.append(step.run())
    return steps
`,
  'app/upload.py': `from pathlib import Path

from werkzeug.utils import secure_filename

ROOT = Path("/srv/uploads")
MAX_UPLOAD_SIZE = 5 * 1024 * 1024


def save(name: str, data: bytes) -> Path:
    if len(data) > MAX_UPLOAD_SIZE:
        raise ValueError("too large")
    target = (ROOT / secure_filename(name)).resolve()
    if not target.is_relative_to(ROOT):
        raise ValueError("outside of the folder")
    target.write_bytes(data)
    return target


def load(name: str) -> bytes:
    try:
        return (ROOT / secure_filename(name)).read_bytes()
    except OSError as error:
        raise KeyError(name) from error
`,
  'tests/test_auth.py': `import pytest

from app.auth import login, require_admin, verify_signature


def test_signature_is_checked():
    assert verify_signature(b"body", "bad", b"key") is False


def test_wrong_password_is_refused(accounts):
    with pytest.raises(PermissionError, match="wrong name"):
        login("ada", "nope")


def test_login_gives_a_token(accounts):
    token = login("ada", "right")
    assert len(token) == 43
    assert accounts.by_token(token).name == "ada"


def test_only_admins(accounts):
    with pytest.raises(PermissionError):
        require_admin(accounts.get("bob"))
    assert require_admin(accounts.get("ada")).name == "ada"
`,
  'tests/test_upload.py': `import pytest

from app.upload import load, save


def test_saves_inside(tmp_path):
    path = save("a.txt", b"one")
    assert path.read_bytes() == b"one"
    assert path.name == "a.txt"


def test_refuses_what_is_too_large():
    with pytest.raises(ValueError, match="too large"):
        save("a.txt", b"x" * 10_000_000)


def test_missing_file_is_a_key_error():
    with pytest.raises(KeyError):
        load("nothing.txt")
`,
  'pyproject.toml': `[project]
name = "reports"
version = "1.4.0"
dependencies = ["flask==3.0.3", "requests==2.32.3"]

[tool.ruff.lint]
select = ["E", "F", "S", "B"]
ignore = ["E501"]

[tool.mypy]
strict = true

[tool.coverage.report]
fail_under = 90
`,
  '.github/workflows/ci.yml': `name: ci
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with:
          persist-credentials: false
      - run: pip install -r requirements.txt
      - run: ruff check .
      - run: mypy app
      - run: pytest --cov=app
  scan:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
      - run: bandit -r app
`,
  '.claude/settings.json': `{
  "permissions": {
    "allow": ["Bash(pytest:*)", "Bash(git status)", "Read"],
    "ask": ["Bash(git push:*)"],
    "deny": ["Read(.env)", "Bash(curl:*)"],
    "defaultMode": "default"
  }
}
`,
  '.mcp.json': `{
  "mcpServers": {
    "files": { "command": "npx", "args": ["-y", "@example/files-server@1.2.3", "./data"] }
  }
}
`,
  'CLAUDE.md': `# Working here

- Run the tests before you commit.
- Never push to main; open a pull request.
- Ask before you delete data or run migrations.
- Use four spaces.
`,
  Dockerfile: `FROM python:3.12-slim@sha256:1111111111111111111111111111111111111111111111111111111111111111
WORKDIR /srv
COPY . .
RUN pip install --no-cache-dir -r requirements.txt
USER app
CMD ["python", "-m", "app"]
`,
  '.pre-commit-config.yaml': `repos:
  - repo: https://github.com/gitleaks/gitleaks
    rev: v8.18.0
    hooks:
      - id: gitleaks
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.5.0
    hooks:
      - id: ruff
      - id: ruff-format
`,
  'README.md': `# Reports

A service that keeps reports.
`,
};

export const WEB: Tree = {
  'src/server.ts': `import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import rateLimit from 'express-rate-limit';
import { requireAuth } from './auth.js';
import { notes } from './routes/notes.js';

export const app = express();

app.use(helmet());
app.use(cors({ origin: 'https://app.example.com', credentials: true }));
app.use(express.json({ limit: '100kb' }));
app.use('/api/notes', requireAuth, notes);
app.post('/api/login', rateLimit({ windowMs: 60_000, max: 5 }), async (req, res) => {
  res.json(await openSession(req.body));
});

export async function openSession(body: { name: string }) {
  return { name: body.name };
}
`,
  'src/auth.ts': `import jwt from 'jsonwebtoken';
import type { NextFunction, Request, Response } from 'express';
import { logger } from './log.js';

export function requireAuth(req: Request, res: Response, next: NextFunction) {
  const token = req.headers.authorization?.slice(7);
  if (!token) {
    res.status(401).json({ error: 'no token' });
    return;
  }
  try {
    req.user = jwt.verify(token, process.env.KEY as string, { algorithms: ['RS256'] });
  } catch (error) {
    logger.warn('token refused', { error });
    res.status(401).json({ error: 'bad token' });
    return;
  }
  next();
}

export function setSession(res: Response, id: string) {
  res.cookie('session', id, { httpOnly: true, secure: true, sameSite: 'lax' });
}
`,
  'src/routes/notes.ts': `import { Router } from 'express';
import { z } from 'zod';
import { audit } from '../audit.js';
import { escapeHtml } from '../html.js';
import { store } from '../store.js';

const Note = z.object({ title: z.string().max(200), body: z.string() });

export const notes = Router();

notes.post('/', async (req, res) => {
  const note = Note.parse(req.body);
  const saved = await store.add(req.user.id, note);
  audit.record('note.add', req.user.id, saved.id);
  res.status(201).json(saved);
});

notes.delete('/:id', async (req, res) => {
  const note = await store.get(req.params.id);
  if (note.ownerId !== req.user.id) {
    res.status(403).end();
    return;
  }
  await store.remove(note.id);
  res.status(204).end();
});

notes.get('/:id/page', async (req, res) => {
  const note = await store.get(req.params.id);
  res.send(\`<h1>\${escapeHtml(note.title)}</h1><p>\${escapeHtml(note.body)}</p>\`);
});
`,
  'src/agent/tools.ts': `import { execFile } from 'node:child_process';
import { askUser } from '../ui.js';

export interface Tool {
  name: string;
  requireApproval: boolean;
  run(args: string[]): Promise<string>;
}

export const shell: Tool = {
  name: 'shell',
  requireApproval: true,
  async run(args) {
    const approved = await askUser(\`Run \${args.join(' ')}?\`);
    if (!approved) throw new Error('the user said no');
    return new Promise((resolve, reject) => {
      execFile(args[0] as string, args.slice(1), { timeout: 10_000 }, (error, stdout) => {
        if (error) reject(error);
        else resolve(stdout);
      });
    });
  },
};
`,
  'src/window.ts': `import { BrowserWindow } from 'electron';

export function open(url: string) {
  const window = new BrowserWindow({
    width: 900,
    webPreferences: { contextIsolation: true, nodeIntegration: false, sandbox: true },
  });
  return window.loadURL(url);
}
`,
  'src/fetcher.ts': `import https from 'node:https';

const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: true });

export async function load(url: string) {
  const response = await fetch(url, { agent });
  if (!response.ok) throw new Error(\`status \${response.status}\`);
  return response.json();
}
`,
  'test/notes.test.ts': `import { describe, expect, it } from 'vitest';
import { notes } from '../src/routes/notes.js';
import { call } from './call.js';

describe('notes', () => {
  it('adds a note', async () => {
    const answer = await call(notes, 'POST', '/', { title: 'a', body: 'b' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ id: 1, title: 'a', body: 'b' });
  });

  it('refuses a note without a title', async () => {
    await expect(call(notes, 'POST', '/', { body: 'b' })).rejects.toThrow('title');
  });

  it('keeps others from deleting', async () => {
    const answer = await call(notes, 'DELETE', '/2', undefined, { user: 7 });
    expect(answer.status).toBe(403);
  });
});
`,
  'test/auth.test.ts': `import { describe, expect, it } from 'vitest';
import { requireAuth } from '../src/auth.js';
import { fake } from './fake.js';

describe('requireAuth', () => {
  it('refuses a request without a token', () => {
    const { req, res, next } = fake({});
    requireAuth(req, res, next);
    expect(res.statusCode).toBe(401);
    expect(next).not.toHaveBeenCalled();
  });

  it('lets a good token through', () => {
    const { req, res, next } = fake({ authorization: 'Bearer good' });
    requireAuth(req, res, next);
    expect(next).toHaveBeenCalledTimes(1);
    expect(req.user).toEqual({ id: 3 });
  });
});
`,
  'package.json': `{
  "name": "notes",
  "version": "2.1.0",
  "scripts": {
    "build": "tsc -p .",
    "test": "vitest run --coverage",
    "lint": "eslint . --max-warnings 0"
  },
  "dependencies": {
    "cors": "2.8.5",
    "express": "4.21.1",
    "helmet": "8.0.0",
    "zod": "3.23.8"
  },
  "devDependencies": {
    "vitest": "2.1.4"
  }
}
`,
  '.eslintrc.json': `{
  "rules": {
    "no-eval": "error",
    "no-console": "warn",
    "eqeqeq": "error"
  }
}
`,
  'tsconfig.json': `{
  "compilerOptions": {
    "strict": true,
    "noImplicitAny": true,
    "outDir": "dist"
  }
}
`,
  'vitest.config.ts': `import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    coverage: { thresholds: { lines: 85, branches: 80 } },
  },
});
`,
  'docker-compose.yml': `services:
  web:
    image: notes:2.1.0
    user: "1000"
    read_only: true
    cap_drop: [ALL]
    security_opt:
      - no-new-privileges:true
    ports:
      - "127.0.0.1:8080:8080"
  db:
    image: postgres:16.4
`,
  'k8s/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: web
          image: notes:2.1.0
          securityContext:
            runAsNonRoot: true
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
`,
  'infra/main.tf': `resource "aws_s3_bucket_public_access_block" "notes" {
  bucket              = aws_s3_bucket.notes.id
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_security_group" "web" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
`,
  'infra/policy.json': `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::notes/*" }
  ]
}
`,
  '.github/workflows/release.yml': `name: release
on:
  push:
    tags: ['v*']
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - run: npm run lint
      - run: npm test
      - run: npm audit --audit-level=high
  publish:
    needs: [test]
    environment: production
    runs-on: ubuntu-24.04
    permissions:
      contents: read
      id-token: write
    steps:
      - run: npm publish --provenance
`,
  '.vscode/settings.json': `{
  "editor.tabSize": 2
}
`,
  'AGENTS.md': `# For agents

Run \`npm test\` and \`npm run lint\` before a commit.
Do not edit files in infra/ without approval.
`,
  'README.md': `# Notes
`,
};

export const GO: Tree = {
  'server.go': `package server

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"time"
)

type Server struct {
	store *Store
	auth  *Auth
}

func NewClient() *http.Client {
	return &http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}},
	}
}

func (s *Server) Routes(mux *http.ServeMux) {
	mux.Handle("/items", s.auth.RequireUser(http.HandlerFunc(s.list)))
	mux.Handle("/admin", s.auth.RequireAdmin(http.HandlerFunc(s.admin)))
}

func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	items, err := s.store.Items(r.Context())
	if err != nil {
		http.Error(w, "could not read", http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, items)
}

func (s *Server) admin(w http.ResponseWriter, r *http.Request) {
	if !s.auth.HasRole(r, "admin") {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	fmt.Fprint(w, s.store.Stats())
}
`,
  'store.go': `package server

import (
	"context"
	"database/sql"
	"fmt"
)

type Store struct{ db *sql.DB }

func (s *Store) Items(ctx context.Context) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "select name from items")
	if err != nil {
		return nil, fmt.Errorf("items: %w", err)
	}
	defer rows.Close()
	return scan(rows)
}

func (s *Store) Save(ctx context.Context, name string) error {
	if err := validateName(name); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, "insert into items values ($1)", name)
	if err != nil {
		return fmt.Errorf("save: %w", err)
	}
	return nil
}
`,
  'server_test.go': `package server

import "testing"

func TestListNeedsUser(t *testing.T) {
	response := request(t, "/items", "")
	if response.Code != 401 {
		t.Errorf("code is %d", response.Code)
	}
}

func TestListGivesItems(t *testing.T) {
	response := request(t, "/items", "ada")
	if response.Code != 200 {
		t.Fatalf("code is %d", response.Code)
	}
	if got := response.Body.String(); got != "[a b]" {
		t.Errorf("body is %q", got)
	}
}
`,
  'go.mod': `module example.com/items

go 1.23

require (
	github.com/lib/pq v1.10.9
	golang.org/x/crypto v0.28.0
)
`,
  'README.md': '# Items\n',
};

export const JAVA: Tree = {
  'src/main/java/shop/OrderController.java': `package shop;

import jakarta.validation.Valid;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.*;

@RestController
public class OrderController {
    private final OrderService orders;
    private final AuditLog auditLog;

    @PreAuthorize("hasRole('CLERK')")
    @PostMapping("/orders/{id}/refund")
    public Refund refund(@PathVariable long id, @Valid @RequestBody RefundRequest request) {
        Order order = orders.find(id);
        if (request.amount() > order.total()) {
            throw new IllegalArgumentException("more than was paid");
        }
        auditLog.record("refund", id, request.amount());
        return orders.refund(order, request.amount());
    }

    @GetMapping("/orders/{id}")
    public Order get(@PathVariable long id) {
        try {
            return orders.find(id);
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, e.getMessage());
        }
    }
}
`,
  'src/main/java/shop/SecurityConfig.java': `package shop;

public class SecurityConfig {
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http
            .csrf(Customizer.withDefaults())
            .authorizeHttpRequests(requests -> requests
                .requestMatchers("/public/**").permitAll()
                .anyRequest().authenticated())
            .build();
    }
}
`,
  'src/test/java/shop/OrderControllerTest.java': `package shop;

import static org.junit.jupiter.api.Assertions.*;
import org.junit.jupiter.api.Test;

class OrderControllerTest {
    @Test
    void refundsWhatWasPaid() {
        Refund refund = controller.refund(1, new RefundRequest(10));
        assertEquals(10, refund.amount());
        assertEquals("open", refund.state());
    }

    @Test
    void refusesMoreThanWasPaid() {
        assertThrows(IllegalArgumentException.class, () -> controller.refund(1, new RefundRequest(99)));
    }
}
`,
  'pom.xml': `<project>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-web</artifactId>
      <version>3.3.4</version>
    </dependency>
  </dependencies>
</project>
`,
  'README.md': '# Shop\n',
};
