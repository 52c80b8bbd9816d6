/** What a change leaves alone is left out on both sides, every line keeps its number, and what a commit took away is said all the same. */
import { describe, expect, test } from 'vitest';
import type { FileChange } from '../../server/src/core/audit/change.js';
import { diffLines, diffTexts, linesOf } from '../../server/src/core/audit/lineDiff.js';
import { reviewChanges } from '../../server/src/core/audit/review.js';
import { withoutUntouched } from '../../server/src/core/audit/untouched.js';
import { blocksOf } from '../../server/src/core/language/blocks.js';
import { createNodeParser } from '../../server/src/host/node/session.js';

const parser = createNodeParser();

/** Small and repeatable. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function changed(path: string, before: string, after: string): FileChange {
  return {
    status: 'modified',
    path,
    oldPath: path,
    before,
    after,
    oldMode: '100644',
    newMode: '100644',
    hunks: diffTexts(before, after),
  };
}

/** A part of a file as lines; `at` makes names differ. */
type Part = (at: number) => readonly string[];

const PYTHON: Part = (at) => [
  `def load_${at}(request, limit):`,
  `    if not request.user.is_authenticated:`,
  `        raise PermissionError("user ${at}")`,
  `    if limit > ${at + 10}:`,
  `        raise ValueError("too much")`,
  `    try:`,
  `        body = read_${at}(request)`,
  `    except OSError as error:`,
  `        logger.error("reading %s", error)`,
  `        raise`,
  `    return body[:limit]`,
  '',
  '',
];

const SCRIPT: Part = (at) => [
  `export async function load${at}(request: Request, limit: number) {`,
  `  requireAuth(request);`,
  `  if (limit > ${at + 10}) {`,
  `    throw new RangeError(\`too much: \${limit}\`);`,
  `  }`,
  `  // don't trust what /it's/ sent`,
  `  const body = schema${at}.parse(await read${at}(request));`,
  `  return fetch(body.url, { rejectUnauthorized: true, limit });`,
  `}`,
  '',
];

const TESTS: Part = (at) => [
  `  it('loads ${at}', async () => {`,
  `    const found = await load(${at});`,
  `    expect(found.size).toBe(${at});`,
  `    expect(found.names).toEqual(['a', 'b', '${at}']);`,
  `  });`,
  '',
];

const FILES = [
  { path: 'src/load.py', head: ['import logging', '', 'logger = logging.getLogger()', '', ''], part: PYTHON, foot: [] },
  { path: 'src/load.ts', head: ["import { requireAuth } from './auth';", ''], part: SCRIPT, foot: [] },
  { path: 'src/load.test.ts', head: ["import { load } from './load';", '', "describe('load', () => {"], part: TESTS, foot: ['});', ''] },
];

/** One commit's edit of a file: of lines inside of parts, and of whole parts. */
function edited(
  parts: readonly (readonly string[])[],
  part: Part,
  next: (below: number) => number,
  fresh: number,
): readonly (readonly string[])[] {
  const now = [...parts];
  const at = next(now.length);
  const lines = [...(now[at] ?? [])];
  switch (next(7)) {
    case 0:
      lines.splice(1, 1 + next(2));
      now[at] = lines;
      break;
    case 1:
      lines.splice(1, 0, ...lines.slice(1, 2));
      now[at] = lines;
      break;
    case 2:
      now.splice(at, 1);
      break;
    case 3:
      now.splice(at, 0, part(fresh));
      break;
    case 4:
      now.splice(next(now.length), 0, ...now.splice(at, 1));
      break;
    case 5:
      now[at] = lines.map((line) => line.replaceAll('limit', 'most'));
      break;
    default:
      now[at] = lines.map((line, i) => (i === 3 ? `${line} ` : line));
  }
  return now;
}

describe('what a change leaves alone', () => {
  test('makes no difference to what is said of a history', async () => {
    let found = 0;
    let left = 0;
    for (const { path, head, part, foot } of FILES) {
      const next = numbers(path.length);
      let parts: readonly (readonly string[])[] = Array.from({ length: 14 }, (_, at) => part(at));
      const textOf = (): string => [...head, ...parts.flat(), ...foot].join('\n');
      for (let commit = 0; commit < 20; commit++) {
        const before = textOf();
        for (let edits = 1 + next(2); edits > 0; edits--) parts = edited(parts, part, next, 100 + commit);
        const change = changed(path, before, textOf());
        const whole = await reviewChanges([change], { parser: await parser, whole: true });
        const short = await reviewChanges([change], { parser: await parser });
        expect(short).toEqual(whole);
        found += whole.removedChecks.length;
        left += withoutUntouched(change)?.after.left.length ?? 0;
      }
    }
    expect(found).toBeGreaterThan(10);
    expect(left).toBeGreaterThan(250);
  }, 60_000);

  test('stands empty on both sides, and lines keep their numbers', () => {
    for (const { path, head, part, foot } of FILES.slice(0, 2)) {
      const parts = Array.from({ length: 20 }, (_, at) => part(at));
      const before = [...head, ...parts.flat(), ...foot].join('\n');
      const after = [...head, ...parts.with(7, part(7).toSpliced(2, 0, '    new_line()')).flat(), ...foot].join('\n');
      const short = withoutUntouched(changed(path, before, after));
      expect(short?.before.left.map(({ text }) => text)).toEqual(short?.after.left.map(({ text }) => text));
      expect(short?.after.left.length).toBe(19);
      expect(linesOf(short?.after.text ?? '').length).toBe(linesOf(after).length);
      expect(linesOf(short?.after.text ?? '').indexOf('    new_line()')).toBe(linesOf(after).indexOf('    new_line()'));
      for (const { at, text } of short?.before.left ?? []) expect(before.slice(at).trimStart().length).toBeGreaterThan(text.trim().length);
    }
  });

  test('is nothing where there is only one side', () => {
    const text = PYTHON(1).join('\n').repeat(20);
    expect(withoutUntouched({ ...changed('a.py', '', text), before: undefined as never })).toBeUndefined();
  });
});

describe('blocks in curly brackets', () => {
  const linesOfBlocks = (text: string, grammar = 'typescript') => blocksOf(text, grammar)?.blocks.map(({ first, last }) => [first, last]);

  test('are found among strings, comments and regular expressions', () => {
    expect(linesOfBlocks('f({\n  a: "}", // }\n  b: /[/}"]/, /* } */\n});\n')).toEqual([[0, 3]]);
    expect(linesOfBlocks('const a = `{ ${ b({\n}) } {`;\n')).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(linesOfBlocks("<p>Don't</p>\n{\n}\n", 'tsx')).toEqual([[1, 2]]);
    expect(linesOfBlocks("fn f<'a>(x: &'a str) {\n  '{';\n}\n", 'rust')).toEqual([[0, 2]]);
    expect(linesOfBlocks('func f() {\n  a := `{`\n}\n', 'go')).toEqual([[0, 2]]);
  });

  test('are none where they do not close', () => {
    expect(blocksOf('f() {\n', 'typescript')).toBeUndefined();
    expect(blocksOf('}\n', 'typescript')).toBeUndefined();
    expect(blocksOf('{}\n', 'python')).toBeUndefined();
  });
});

test('texts are compared as their lines are', () => {
  const next = numbers(5);
  for (let round = 0; round < 400; round++) {
    const line = (): string => ['a', 'b', 'c', '', 'dd'][next(5)] ?? '';
    const before = Array.from({ length: next(14) }, line);
    const after = [...before];
    for (let edits = next(4); edits > 0; edits--) after.splice(next(after.length + 1), next(3), ...Array.from({ length: next(3) }, line));
    const texts = [before, after].map((lines) => lines.join('\n') + (next(2) === 0 ? '\n' : '')) as [string, string];
    expect(diffTexts(...texts)).toEqual(diffLines(linesOf(texts[0]), linesOf(texts[1])));
  }
});
