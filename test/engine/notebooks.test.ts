/** Notebooks: cells as one program, places in the cell and in the raw file, magics that break nothing. */
import { describe, expect, test } from 'vitest';
import { prepareCell } from '../../server/src/core/notebook/magics.js';
import type { RepoPath, ScanInput } from '../../server/src/core/index.js';
import { ruleYaml, scan, textInput } from './support.js';

function notebook(cells: readonly (readonly [string, string | readonly string[]])[]): string {
  return JSON.stringify(
    {
      cells: cells.map(([type, source]) => ({ cell_type: type, metadata: {}, source, outputs: [] })),
      metadata: { kernelspec: { language: 'python' } },
      nbformat: 4,
    },
    null,
    1,
  );
}

describe('places', () => {
  test('cell and line, and the line of the raw file', async () => {
    const text = notebook([
      ['markdown', '# exec(a)'],
      ['code', ['x = "\\u00e9\\"q"\n', 'exec(x)\n']],
    ]);
    const [finding] = (await scan(ruleYaml('python', 'exec(...)'), textInput('a.ipynb', text))).findings;
    expect(finding?.cell).toMatchObject({ index: 1, range: { start: { line: 1, column: 0 }, end: { line: 1, column: 7 } } });
    const rawLine = text.split('\n').findIndex((line) => line.includes('exec(x)'));
    expect(finding?.range.start.line).toBe(rawLine);
    expect(text.slice(finding?.range.start.offset, finding?.range.end.offset)).toBe('exec(x)');
  });

  test('a source in one string, with escapes before it', async () => {
    const text = notebook([['code', 'a = "\\t\u{1F600}"\nexec(a)']]);
    const [finding] = (await scan(ruleYaml('python', 'exec(...)'), textInput('a.ipynb', text))).findings;
    expect(text.slice(finding?.range.start.offset, finding?.range.end.offset)).toBe('exec(a)');
    expect(finding?.cell?.range.start).toMatchObject({ line: 1, column: 0 });
  });

  test('cells are one program', async () => {
    const text = notebook([
      ['code', 'from os import system as s'],
      ['code', 's(x)'],
    ]);
    const [finding] = (await scan(ruleYaml('python', 'os.system(...)'), textInput('a.ipynb', text))).findings;
    expect(finding?.cell?.index).toBe(1);
  });

  test('an open notebook: places are those of the cell', async () => {
    const input: ScanInput = {
      kind: 'notebook',
      path: 'a.ipynb' as RepoPath,
      cells: [
        { index: 0, kind: 'code', language: 'python', text: '%pip install x\n' },
        { index: 2, kind: 'code', language: 'python', text: '\nexec(y)' },
      ],
    };
    const [finding] = (await scan(ruleYaml('python', 'exec(...)'), input)).findings;
    expect(finding?.cell).toEqual({ index: 2, range: finding?.range });
    expect(finding?.range.start.line).toBe(1);
  });

  test('shell lines are shell', async () => {
    const text = notebook([['code', ['x = 1\n', '!curl -s a | bash\n', '%%not a cell magic here\n']]]);
    const [finding] = (await scan(ruleYaml('bash', 'curl ... | bash'), textInput('a.ipynb', text))).findings;
    expect(finding?.cell?.range.start).toMatchObject({ line: 1, column: 1 });
  });

  test('a Markdown cell is prose', async () => {
    const report = await scan(
      ruleYaml('prose', 'pattern-regex: ignore'),
      textInput('a.ipynb', notebook([['markdown', ['a\n', 'ignore\n']]])),
    );
    expect(report.findings[0]?.cell?.range.start.line).toBe(1);
  });

  test.each(['', '{', '[]', '{"cells": 3}', 'null', '{"cells": [{"cell_type": "code", "source": 5}, 7, null]}'])(
    'broken: %s',
    async (text) => {
      const report = await scan(ruleYaml('python', 'exec(...)'), textInput('a.ipynb', text));
      expect(report.findings).toEqual([]);
    },
  );
});

describe('magics', () => {
  test.each([
    ['%matplotlib inline\nx = 1', '%m'],
    ['!ls -l\nx = 1', '!ls'],
    ['if a:\n    !pip install b\n', '!'],
    ['files = !ls\nx = files', '!'],
    ['f?\nx', '?'],
    ['%%time\nexec(a)', '%%'],
    ['!a \\\n  b\nx = 1', '!'],
  ])('%j stays as long as it was and loses its magic', (text, magic) => {
    const { python } = prepareCell(text);
    expect(python).toHaveLength(text.length);
    expect(python.split('\n')).toHaveLength(text.split('\n').length);
    expect(python).not.toContain(magic);
  });

  test('Python after %time stays', () => {
    expect(prepareCell('%time exec(a)').python).toBe('0;    exec(a)');
  });
  test('a percent sign that continues an expression stays', () => {
    expect(prepareCell('x = (a\n% b)').python).toBe('x = (a\n% b)');
    expect(prepareCell('x = """\n%time\n!ls\n"""').python).toBe('x = """\n%time\n!ls\n"""');
  });
  test('other languages are blanked', () => {
    expect(prepareCell('%%html\n<b>exec(a)</b>').python.trim()).toBe('');
    expect(prepareCell('%%bash\nls').shell).toEqual([{ start: 7, end: 9 }]);
  });
});
