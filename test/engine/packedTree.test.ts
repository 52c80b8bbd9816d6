/** Trees that one thread packs are the same trees in another; reviews that use them, and sides that were read before, say the same as those that read everything anew. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileChange } from '../../server/src/core/audit/change.js';
import { diffLines, linesOf } from '../../server/src/core/audit/lineDiff.js';
import { reviewChanges } from '../../server/src/core/audit/review.js';
import type { ReviewTools } from '../../server/src/core/audit/side.js';
import { lowerTree } from '../../server/src/core/language/builder.js';
import { identifyFile } from '../../server/src/core/language/identify.js';
import { internedText } from '../../server/src/core/language/interner.js';
import { packTree, unpackTree } from '../../server/src/core/language/packed.js';
import { loweringOf } from '../../server/src/core/language/registry.js';
import type { SyntaxTree } from '../../server/src/core/language/tree.js';
import { createNodeParser } from '../../server/src/host/node/session.js';

const RULES = path.resolve(import.meta.dirname, '../../rules');
const parser = createNodeParser();

async function treeOf(name: string, text: string): Promise<SyntaxTree | undefined> {
  const file = identifyFile(name, text.split('\n', 1)[0] ?? '');
  if (file.kind !== 'code') return undefined;
  await (await parser).ensure([file.grammar]);
  const raw = (await parser).parse(text, file.grammar);
  return raw === undefined ? undefined : lowerTree(raw, text, loweringOf(file.grammar));
}

/** Numbers of operators are this process's own: compared are their texts. */
const readable = (tree: SyntaxTree) => ({
  ...tree,
  tag: [...tree.tag],
  role: [...tree.role],
  op: [...tree.op].map(internedText),
  start: [...tree.start],
  end: [...tree.end],
  next: [...tree.next],
  parent: [...tree.parent],
});

test.each([
  ['a.py', '# say\ndef f(x=1):\n    """Docs."""\n    return x if x != 2 else -x\n'],
  ['a.ts', 'export const f = async (a?: string) => { /* b */ await g(`x${a}`); };\n'],
  ['a.go', 'package a\n\nfunc f() error {\n\treturn nil // here\n}\n'],
  ['a.py', 'def f(:\n    return (\n'],
])('a tree of %s comes out as it went in: %j', async (name, text) => {
  const tree = await treeOf(name, text);
  expect(tree).toBeDefined();
  if (tree === undefined) return;
  const sent = structuredClone(packTree(tree));
  const first = unpackTree(sent, text);
  const second = unpackTree(sent, text);
  expect(first === undefined ? undefined : readable(first)).toEqual(readable(tree));
  expect(second).toEqual(first);
  expect(unpackTree(sent, `${text} `)).toBeUndefined();
});

/** The next number below `below`, the same ones every time. */
function numbers(): (below: number) => number {
  let state = 20_261_121;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Lines taken out, written twice, moved and cut short: some of it does not parse. */
function edited(text: string, next: (below: number) => number): string {
  const lines = linesOf(text).slice();
  for (let count = 1 + next(4); count > 0; count--) {
    const at = next(lines.length);
    const [line = ''] = lines.slice(at, at + 1);
    const kind = next(4);
    if (kind === 0) lines.splice(at, 1 + next(3));
    else if (kind === 1) lines.splice(at, 0, line);
    else if (kind === 2) lines.splice(next(lines.length), 0, ...lines.splice(at, 2));
    else lines[at] = line.slice(0, next(line.length + 1));
  }
  return lines.join('\n');
}

function changeOf(from: string | undefined, to: string, before: string | undefined, after: string): FileChange {
  return {
    status: from === undefined ? 'added' : from === to ? 'modified' : 'renamed',
    path: to,
    ...(from === undefined ? {} : { oldPath: from }),
    ...(before === undefined ? {} : { before }),
    after,
    oldMode: '100644',
    newMode: '100644',
    hunks: diffLines(linesOf(before ?? ''), linesOf(after)),
  };
}

describe('a history reviewed with what is known', () => {
  const files = readdirSync(RULES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:py|ts|js|go|java|sh|json)$/.test(name))
    .toSorted()
    .filter((_, at) => at % 9 === 0)
    .slice(0, 32)
    .map((name) => ({ name: `src/${path.basename(name)}`, text: readFileSync(path.join(RULES, name), 'utf8') }));

  test('says what a review of each change alone says', async () => {
    const next = numbers();
    const now = new Map(files.map(({ name, text }) => [name, text]));
    const kept: ReviewTools['kept'] = new Map();
    let found = 0;
    for (let commit = 0; commit < 25; commit++) {
      const names = [...now.keys()];
      const changes: FileChange[] = [];
      for (const name of new Set([0, 1, 2].map(() => names[next(names.length)] ?? ''))) {
        const before = now.get(name) ?? '';
        const after = edited(before, next);
        const to = next(6) === 0 ? `src/moved${commit}${path.extname(name)}` : name;
        now.delete(name);
        now.set(to, after);
        changes.push(changeOf(name, to, before, after));
      }
      const trees = new Map<string, ReturnType<typeof packTree>>();
      for (const { path: at, oldPath = at, before, after } of changes)
        for (const [name, text] of [
          [oldPath, before],
          [at, after],
        ] as const) {
          const tree = text === undefined ? undefined : await treeOf(name, text);
          if (tree !== undefined && next(3) > 0) trees.set(`${name}\0${text}`, structuredClone(packTree(tree)));
        }
      const alone = await reviewChanges(changes, { parser: await parser });
      const withKnown = await reviewChanges(changes, {
        parser: await parser,
        kept,
        treeOf: (name, text) => {
          const packed = trees.get(`${name}\0${text}`);
          return packed === undefined ? undefined : unpackTree(packed, text);
        },
      });
      expect(withKnown).toEqual(alone);
      found += alone.removedChecks.length;
    }
    expect(found).toBeGreaterThan(0);
  }, 60_000);
});
