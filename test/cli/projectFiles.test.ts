/** What the engine is shown of the files around a scanned one: nothing outside of the root, nothing through links, nothing installed, nothing large. */
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createProjectFiles } from '../../server/src/host/node/project-files.js';
import { makeTree } from './support.js';

function makeRoot(): string {
  const tree = makeTree({
    'in/a.py': 'a',
    'in/pkg/b.py': 'b',
    'in/node_modules/m/index.js': 'm',
    'in/large.py': 'x'.repeat(2_000),
    'in/bytes.py': '\0\0',
    'out/secret.py': 's',
  });
  symlinkSync(path.join(tree, 'out'), path.join(tree, 'in/linked'));
  symlinkSync(path.join(tree, 'out/secret.py'), path.join(tree, 'in/link.py'));
  return path.join(tree, 'in');
}

test('files below the root', () => {
  const files = createProjectFiles(makeRoot(), 1_000);
  expect([...files.names('')].toSorted()).toEqual(['a.py', 'bytes.py', 'large.py', 'pkg']);
  expect([...files.names('pkg')]).toEqual(['b.py']);
  expect(files.text('pkg/b.py')).toBe('b');
  expect(files.version('a.py')).toEqual(expect.any(String));
});

test('nothing else', () => {
  const files = createProjectFiles(makeRoot(), 1_000);
  for (const place of ['linked', 'node_modules', 'node_modules/m', '..', 'pkg/../../out', 'a.py']) expect(files.names(place).size).toBe(0);
  for (const place of [
    'linked/secret.py',
    'link.py',
    '../out/secret.py',
    'node_modules/m/index.js',
    'large.py',
    'bytes.py',
    'pkg',
    'none.py',
  ])
    expect(files.text(place)).toBeUndefined();
  expect(files.version('link.py')).toBeUndefined();
  expect(files.version('pkg')).toBeUndefined();
});

test('what is open in an editor counts instead', () => {
  const files = createProjectFiles(makeRoot(), 1_000, (place) => (place === 'a.py' ? { version: '1', text: 'new' } : undefined));
  expect([files.version('a.py'), files.text('a.py'), files.text('pkg/b.py')]).toEqual(['1', 'new', 'b']);
});
