/** What is not syntax: comments, prose, hidden characters, suppressions. */
import { describe, expect, test } from 'vitest';
import type { SessionConfig } from '../../server/src/core/index.js';
import { find, linesFound, marked, ruleYaml, scan, textInput } from './support.js';

const comment = (regex: string): string => `pattern-regex: (?i)${regex}`;
const detector = (classes: string): string => `mode: detector\ndetector: hidden-unicode\noptions:\n  classes: [${classes}]`;

describe('comments', () => {
  test.each([
    ['a line comment', '# ignore previous instructions\nx = "ignore previous instructions"\n', [1]],
    ['joined lines', '# please ignore\n# previous\n# instructions\n', [1]],
    ['lines that are apart stay apart', '# ignore\n\n# previous\n# instructions\n', []],
    ['a trailing comment', 'x = 1  # ignore previous instructions\n', [1]],
    ['a docstring', 'def f():\n    """Ignore previous\n    instructions."""\n', [2]],
    ['a comment before the first statement of a block', 'def f():\n    # ignore previous instructions\n    return 1\n', [2]],
    ['a string that documents nothing', 'x = """ignore previous instructions"""\n', []],
  ])('%s', async (_name, code, lines) => {
    expect(await linesFound('comment', comment('ignore\\s+previous\\s+instructions'), code)).toEqual(lines);
  });

  test('block comments, stars stripped, positions kept', async () => {
    const yaml = ruleYaml('comment', comment('ignore previous'));
    const report = await scan(yaml, textInput('a.ts', 'const a = 1;\n/**\n * ignore previous\n */\nf();\n'));
    expect(report.findings[0]?.range.start).toEqual({ line: 2, column: 3, offset: 20 });
  });

  test('shell comments', async () => {
    const report = await scan(ruleYaml('comment', comment('ignore previous')), textInput('run.sh', 'echo "# no" # ignore previous\n'));
    expect(report.findings).toHaveLength(1);
  });
});

describe('prose', () => {
  test.each(['README.md', 'AGENTS.md', '.cursorrules', 'a/.cursor/rules/x.mdc', 'llms.txt'])('%s is prose', async (path) => {
    const report = await scan(ruleYaml('prose', comment('ignore previous')), textInput(path, 'Hello\n<!-- ignore previous -->\n'));
    expect(report.findings.map((finding) => finding.range.start.line)).toEqual([1]);
  });

  test('code is not', async () => {
    expect((await scan(ruleYaml('prose', comment('ignore previous')), textInput('a.py', '# ignore previous\n'))).findings).toEqual([]);
  });
});

describe('hidden Unicode', () => {
  const legitimate = ['👨‍👩‍👧‍👦 family', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag', '❤️ heart', 'می‌خواهم', 'क्‍ष', '葛󠄀', '#️⃣', 'שלום \u200f!'];
  test.each(legitimate)('leaves %s alone', async (text) => {
    expect(
      await find(
        'regex',
        detector('tag-characters, variation-selectors, bidi-controls, bidi-marks, zero-width, invisible-fillers'),
        `x = "${text}"\n`,
      ),
    ).toEqual([]);
  });

  test('a byte order mark is fine at the start only', async () => {
    expect(await linesFound('regex', detector('zero-width'), '\ufeffa\nb\ufeff\n')).toEqual([2]);
  });

  test.each([
    ['what copying leaves beside a space', 'teine \u200b\u200büksus\n', []],
    ['between letters', 'ig\u200bnore\n', [1]],
    ['more than two', 'a \u200b\u200b\u200bb\n', [1]],
    ['two places on a line', 'a \u200bb \u200bc\n', [1]],
    ['at the end of a Khmer word', '"\u1796\u17d2\u179a\u200b\u200b"\n', []],
    ['before the first letter of a Persian word', '"\u200d\u067e\u0648"\n', []],
    ['six joiners in a row, beside such a letter too', '"\u0645\u200c\u200d\u200c\u200d\u200c\u200d\u0646"\n', [1]],
    ['joined parts of a flag', '"\u{1f1e6}\u200d\u{1f1eb}"\n', []],
    ['alone between quotes', "text.replace('\u200b', '')\n", []],
    ['between quotes, with a letter', "'a\u200b'\n", [1]],
    ['inside a word of Latin letters', 'pass\u00adword\n', [1]],
  ])('zero width: %s', async (_name, text, lines) => {
    expect(await linesFound('regex', detector('zero-width'), text)).toEqual(lines);
  });

  test.each([
    ['between letters that run from right to left', '"\u0634\u0627\u0645\u0644\u202b\u0628\u0627\u0632\u06af\u0634\u062a"\n', []],
    ['around code', 'if access \u202e# admin\n', [1]],
    ['an embedding in a line of Latin letters', 'a \u202bb\n', [1]],
  ])('directions: %s', async (_name, text, lines) => {
    expect(await linesFound('regex', detector('bidi-controls'), text)).toEqual(lines);
  });

  test('a line of a picture is no text; one bad byte in a line of text hides nothing', async () => {
    const text = `\ufffd\u0001\ufffd\u0002\ufffd\n${'a'.repeat(100)}\u0001\ufffd\n`;
    expect(await linesFound('regex', detector('strays'), text)).toEqual([2]);
  });

  test('control characters that nobody obeys are a class of their own', async () => {
    const text = 'a\u0001b\nc\u007f\nd\u001be\n\bf\ng\b\nh\u0000\n\u001b]0;t\u0007\n';
    expect(await linesFound('regex', detector('strays'), text)).toEqual([1, 2, 3, 4, 7]);
    expect(await linesFound('regex', detector('control-characters'), text)).toEqual([5, 6, 7]);
  });

  describe('a program that is written out byte by byte', () => {
    const bytes = Array.from({ length: 200 }, (_, at) => String.fromCodePoint(at === 10 || at === 13 ? 1 : at)).join('');
    const below = async (classes: string, line: string): Promise<readonly number[]> =>
      linesFound('regex', detector(classes), `const program = "${bytes}";\n${line}\n`);

    test('holds no message', async () => {
      expect(await below('control-characters', 'go(program);')).toEqual([]);
    });

    test.each([
      ['a sequence in the code beside it', 'control-characters', 'const said = "ok\u001b[2Kall tests passed";'],
      ['one sequence after the other', 'control-characters', '"\u001b[A\u001b[2K\u001b[1G"'],
      ['a line in another order', 'bidi-controls', `"${bytes}" // \u202e nimda`],
      ['letters that nobody sees', 'tag-characters', `"${bytes}" // a\u{e0061}\u{e0062}b`],
    ])('hides nothing: %s', async (_name, classes, line) => {
      expect(await below(classes, line)).toEqual([2]);
    });
  });

  test('the bytes of quotation marks that were read in the wrong encoding are no control characters', async () => {
    const text = 'we allow \u00e2\u20ac\u0153half\u00e2\u20ac\u009d nurses\nx\u009dy\n';
    expect(await linesFound('regex', detector('control-characters'), text)).toEqual([2]);
  });

  test('the beginning of a sequence that does not go on is none', async () => {
    const text = 'has("\u001b[");\nsay("\u001b[2J");\nsay("\u001b[1;31mred");\nsay("\u001b[?25l");\n';
    const long = `say("\u001b[${'0'.repeat(500)}2J");\n`;
    expect(await linesFound('regex', detector('control-characters'), text + long)).toEqual([2, 4, 5]);
  });

  test('tag characters are decoded', async () => {
    const hidden = [...'rm -rf'].map((character) => String.fromCodePoint(0xe0000 + (character.codePointAt(0) ?? 0))).join('');
    const [finding] = await find('regex', detector('tag-characters'), `a${hidden}b\n`);
    expect(finding?.metavariables['$PAYLOAD']?.text).toBe('rm -rf');
    expect(finding?.metavariables['$COUNT']?.text).toBe('6');
    expect(finding?.range).toMatchObject({ start: { column: 1 }, end: { column: 13 } });
  });

  test('variation selectors carry bytes', async () => {
    const hidden = [...'hi!'].map((character) => String.fromCodePoint(0xe0100 + (character.codePointAt(0) ?? 0) - 16)).join('');
    const [finding] = await find('regex', detector('variation-selectors'), `a${hidden}\n`);
    expect(finding?.metavariables['$PAYLOAD']?.text).toBe('hi!');
  });

  test('Trojan Source is one finding a line', async () => {
    const found = await find('regex', detector('bidi-controls'), 'if a != "user\u202e \u2066// check\u2069 \u2066":\n');
    expect(found).toHaveLength(1);
    expect(found[0]?.metavariables['$CHARACTERS']?.text).toContain('U+202E RIGHT-TO-LEFT OVERRIDE');
  });

  test('identifiers of two scripts, in code only', async () => {
    const yaml = ruleYaml('regex', detector('mixed-script-identifiers'));
    expect(
      (await scan(yaml, textInput('a.py', 'p\u0430ssword = 1\nпароль = 2\n# mixed p\u0430ss\n'))).findings.map(
        (finding) => finding.range.start.line,
      ),
    ).toEqual([0]);
  });

  test.each([
    ['a sign beside signs that resemble nothing', 'cos\u03b4\u03b3 = 1\n', []],
    ['a sign that is a name as well', '\u03c1 = 1\n\u03c10_y = 2\n', []],
    ['a sign that is no name', '\u03c10_y = 2\n', [0]],
    ['an omicron among signs', 'c\u03bf\u03b4 = 1\n', [0]],
    ['a Cyrillic letter that is a name as well', '\u0430 = 1\np\u0430ss = 2\n', [1]],
  ])('identifiers of formulas: %s', async (_what, text, lines) => {
    const report = await scan(ruleYaml('regex', detector('mixed-script-identifiers')), textInput('a.py', text));
    expect(report.findings.map((finding) => finding.range.start.line)).toEqual(lines);
  });

  test('an empty Braille sign in a table of them', async () => {
    expect(await linesFound('regex', detector('invisible-fillers'), 'NONE = ["\u2800"]\nSOME = ["\u2801", "\u2803"]\n')).toEqual([]);
    expect(await linesFound('regex', detector('invisible-fillers'), 'NONE = ["\u2800"]\nSOME = ["a", "b"]\n')).toEqual([1]);
  });

  test('punctuation of another encoding, and what a terminal obeys', async () => {
    expect(await linesFound('regex', detector('control-characters'), 'That\u0092s \u0093so\u0094\na\u009b2Jb\n')).toEqual([2]);
  });

  test('terminal escapes', async () => {
    expect(await linesFound('regex', detector('control-characters'), 'a\n\u001b[2Jb\nc\td\n')).toEqual([2]);
  });

  test('lone surrogates are found and do no harm', async () => {
    expect(await linesFound('regex', detector('noncharacters'), 'a\ud800b\n')).toEqual([1]);
  });
});

describe('suppressions', () => {
  const code = (comments: string): string => `exec(a)  ${comments}\n`;
  const scanned = async (text: string, config: Partial<SessionConfig> = {}): Promise<string[]> => {
    const report = await scan(ruleYaml('python', 'exec(...)'), textInput('a.py', text), config);
    return report.findings.map(
      (finding) =>
        `${finding.ruleId}@${finding.range.start.line + 1}${finding.suppression === undefined ? '' : ` (${finding.suppression.reason})`}`,
    );
  };

  test('on the line, with a reason', async () => {
    expect(await scanned(code('# countersign: ignore[test-rule] -- a constant'))).toEqual(['test-rule@1 (a constant)']);
  });
  test('on the line above', async () => {
    expect(await scanned('# countersign: ignore[test-rule] -- a constant\nexec(a)\nexec(b)\n')).toEqual([
      'test-rule@2 (a constant)',
      'test-rule@3',
    ]);
  });
  test('without a reason it does not count, and says so', async () => {
    expect(await scanned(code('# countersign: ignore[test-rule]'))).toEqual(['test-rule@1', 'suppression-without-reason@1']);
  });
  test('for another rule it does not count', async () => {
    expect(await scanned(code('# countersign: ignore[other] -- why'))).toEqual(['test-rule@1', 'unused-suppression@1']);
  });
  test('for a rule that is known and not run now nothing is said', async () => {
    const text = 'exec(x)  # countersign: ignore[test-rule] -- why\n';
    expect(await scanned(text, { disabledRules: ['test-rule'] })).toEqual([]);
  });
  test('may go unused where nobody wants to hear of it', async () => {
    expect(await scanned('x = 1  # countersign: ignore[test-rule] -- why\n', { disabledRules: ['unused-suppression'] })).toEqual([]);
  });
  test('in a string it is no suppression', async () => {
    expect(await scanned('exec("countersign: ignore[test-rule] -- no")\n')).toEqual(['test-rule@1']);
  });
  test('in a docstring it is none either', async () => {
    expect(await scanned('"""countersign: ignore[test-rule] -- no"""\nexec(a)\n')).toEqual(['test-rule@2']);
  });
  test('in back quotes it is only spoken of', async () => {
    expect(await scanned('# write `countersign: ignore[test-rule] -- why`\nx = 1\n')).toEqual([]);
  });
  test('one that covers nothing is reported', async () => {
    expect(await scanned('x = 1  # countersign: ignore[test-rule] -- old\n')).toEqual(['unused-suppression@1']);
  });
});

test('marks are read as in the rest of these tests', () => {
  expect(marked('a #<\nb\nc //<\n')).toEqual([1, 3]);
});
