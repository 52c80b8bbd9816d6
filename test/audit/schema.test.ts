/** The JSON of an audit is what schema/audit.schema.json says, down to the last key: every list of it holds something here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { runCli } from '../cli/support.js';
import { ROOT, rulesFile } from './audit.js';
import { makeRepository } from './repository.js';

const schema: unknown = JSON.parse(readFileSync(path.join(ROOT, 'schema/audit.schema.json'), 'utf8'));

it('describes what is written', async () => {
  const made = makeRepository();
  const base = made.commit({
    files: {
      'app.py':
        'import yaml\n\n\ndef load(name, user):\n    if not user.is_admin:\n        raise PermissionError(name)\n    return yaml.load(name)\n',
      'client.ts': "export const agent = new Agent({ rejectUnauthorized: true });\nlog('one');\nlog('two');\nlog('three');\nlog('four');\n",
      'package.json': '{ "name": "a", "dependencies": { "zod": "3.25.0" } }\n',
      '.claude/settings.json': '{ "permissions": { "allow": [] } }\n',
    },
  });
  made.commit({
    files: {
      'app.py': 'import yaml\n\n\ndef load(name, user):\n    exec(name)\n',
      'client.ts':
        "export const agent = new Agent({ rejectUnauthorized: false });\n// eslint-disable-next-line a\nlog('one');\n// eslint-disable-next-line b\nlog('two');\n// eslint-disable-next-line c\nlog('three');\n// eslint-disable-next-line d\nlog('four');\n",
      'package.json': '{ "name": "a", "scripts": { "postinstall": "node x.js" }, "dependencies": { "zod": "*", "left": "1.0.0" } }\n',
      '.claude/settings.json': '{ "permissions": { "allow": ["Bash(*)"] } }\n',
      '.github/workflows/ci.yml': 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
      'logo.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]),
      '.countersignignore': 'app.py\n',
    },
    message: 'More\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
  });
  const ran = await runCli(['audit', `${base}..HEAD`, '--format', 'json', '--config', rulesFile()], { cwd: made.directory });
  const document: unknown = JSON.parse(ran.stdout);
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema as object);
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  const { total } = (document as { audit: { total: Record<string, unknown> } }).audit;
  const empty = Object.entries(total)
    .filter(([key, value]) => key !== 'problems' && Array.isArray(value) && value.length === 0)
    .map(([key]) => key);
  expect(empty).toEqual([]);
  expect(total['removed_checks']).toContainEqual(expect.objectContaining({ kind: 'lint-suppressed', line: 2, more: [4, 6, 8] }));
});
