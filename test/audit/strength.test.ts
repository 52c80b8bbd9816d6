/** How much assertions of several libraries say: what a test asserts in another way is not reported as less. */
import { describe, expect, it } from 'vitest';
import { lostKinds } from './sabotage/support.js';

type Files = Readonly<Record<string, string>>;

const java = (...lines: readonly string[]): Files => ({
  'src/test/java/RowTest.java': `import org.junit.Test;\nclass RowTest {\n  @Test\n  public void reads() {\n    Row row = load("a");\n${lines.map((line) => `    ${line}\n`).join('')}  }\n}\n`,
  'src/main/java/Row.java': 'class Row {\n  int size;\n}\n',
});
const ruby = (...lines: readonly string[]): Files => ({
  'test/row_test.rb': `class RowTest < Minitest::Test\n  def test_reads\n    row = load('a')\n${lines.map((line) => `    ${line}\n`).join('')}  end\nend\n`,
});
const go = (...lines: readonly string[]): Files => ({
  'row_test.go': `package row\n\nfunc TestReads(t *testing.T) {\n\trow := load("a")\n${lines.map((line) => `\t${line}\n`).join('')}}\n`,
});

describe('says as much', () => {
  it.each([
    ['a condition behind the reason', java('assertTrue(row.isOpen());'), java('assertTrue("it is open", row.isOpen());')],
    [
      'another condition behind the reason',
      java('assertEquals(false, row.get("cut"));'),
      java('assertFalse("there is no cut", row.containsKey("cut"));'),
    ],
    [
      'the value of what may be missing',
      java('assertThat(row.name().get()).isEqualTo("a");'),
      java('assertThat(row.name()).hasValue("a");'),
    ],
    ['nothing for a value', java('assertThat(row.reason()).isEqualTo(Reason.STOP);'), java('assertThat(row.reason()).isNull();')],
    ['nothing for a text', ruby('assert_equal "cut", row.reason'), ruby('assert_nil(row.reason)')],
    ['a refusal that is denied', ruby('assert_raises(RuntimeError) { row.send }'), ruby('result = row.send', 'refute result')],
    ['nothing printed', ruby('expect(row.out).to eq(["a", "b"].join("-"))'), ruby('expect(row.out).to be_empty')],
    ['an empty text', go('assert.Equal(t, "", row.Header.Get("Agent"))'), go('assert.Empty(t, row.Header.Get("Agent"))')],
  ] as const)('%s', async (_name, before, after) => {
    expect(await lostKinds(before, after)).toEqual([]);
  });
});

describe('says less', () => {
  it.each([
    ['always true behind the reason', java('assertTrue("open", row.isOpen());'), java('assertTrue("open", true);'), 'assertion-weakened'],
    [
      'being there for a value',
      java('assertThat(row.name()).hasValue("a");'),
      java('assertThat(row.name()).isNotNull();'),
      'assertion-weakened',
    ],
    ['nothing at all', ruby('refute row.open?'), ruby(), 'test-emptied'],
    ['any text', go('assert.Equal(t, "", row.Header.Get("Agent"))'), go('assert.NotNil(t, row.Header.Get("Agent"))'), 'assertion-weakened'],
  ] as const)('%s', async (_name, before, after, kind) => {
    expect(await lostKinds(before, after)).toEqual([kind]);
  });
});

it('takes no constructor of a helper for a test', async () => {
  const before = java('assertTrue(row.isOpen());');
  const helper = '\nclass TestRowBuilder {\n  private final Row row;\n  TestRowBuilder(Row row) {\n    this.row = row;\n  }\n}\n';
  const file = 'src/test/java/RowTest.java';
  expect(await lostKinds({ ...before, [file]: `${before[file]}${helper}` }, before)).toEqual([]);
});

const py = (test: string, code = 'def load(name):\n    return name\n'): Files => ({
  'src/rows.py': code,
  'tests/test_rows.py': `def test_reads(load):\n    row = load('a')\n${test}`,
});

describe('says something else', () => {
  it.each([
    ['false for nothing', "    assert row.feed('a') is None\n", "    assert row.feed('a') is False\n"],
    [
      'a part of another text',
      "    assert row.text == ('The server met ' 'an error.')\n",
      "    assert 'The application met' in row.text\n",
    ],
    ['the same text, asked by a method', "    assert 'foo/bar' in row\n", "    assert row.match('foo/bar')\n"],
  ] as const)('%s', async (_name, before, after) => {
    expect(await lostKinds(py(before), py(after, 'def load(name):\n    return name.strip()\n'))).toEqual([]);
  });

  it('nearly the same tensor', async () => {
    const close = '    torch.testing.assert_close(row.label, torch.tensor([True, False]))\n';
    expect(await lostKinds(py('    assert row.label == [True, False]\n'), py(close))).toEqual([]);
  });

  it('a matcher of its own for a helper of its own', async () => {
    const ts = (line: string): Files => ({ 'test/a.test.ts': `it('fails', async () => {\n  const one = make('a');\n  ${line}\n});\n` });
    expect(await lostKinds(ts('await assertTest(one, [relevancy()]);'), ts('await expect(one).toPass([relevancy()]);'))).toEqual([]);
    expect(await lostKinds(ts("expect(one).toHaveTextContent('a b');"), ts("expect(one).toMatchTextContent('a b');"))).toEqual([]);
  });
});

describe('steps and names', () => {
  const go = (lines: string, other = ''): Files => ({
    'api_test.go': `package api\n\nfunc TestGenerates(t *testing.T) {\n\tctx := start(t)\n${lines}\trequire.Equal(t, "a", ask(ctx))\n}\n${other}`,
  });

  it('a step that is not made any more', async () => {
    const step = '\trequire.NoError(t, client.Create(ctx, shadow("b")))\n';
    expect(await lostKinds(go(step), go(''))).toEqual([]);
    expect(
      await lostKinds(go('\terr := client.Create(ctx)\n\trequire.NoError(t, err)\n'), go('\terr := client.Create(ctx)\n\tuse(err)\n')),
    ).toEqual(['assertion-removed']);
  });

  it('a test that is registered under another name', async () => {
    const test = (name: string, rest: string): Files => ({
      'api_test.go': `package api\n\nfunc ${name}(t *testing.T) {\n\tctx := start(t)\n\trequire.Equal(t, "a", ask(ctx))\n}\n${rest}`,
    });
    const old = test('TestGenerates', '');
    expect(await lostKinds(old, test('runGenerates', '\nvar cases = register("generates", runGenerates)\n'))).toEqual([]);
    expect(await lostKinds(old, test('runGenerates', ''))).toEqual(['test-skipped']);
  });
});

describe('in Go', () => {
  const go = (line: string): Files => ({ 'a_test.go': `package a\n\nfunc TestA(t *testing.T) {\n\tc := start(t)\n\t${line}\n}\n` });

  it.each([
    ['nearly a number', 'assert.Equal(t, 4.2, c.Get("a"))', 'assert.InDelta(t, 4.2, c.Get("a"), 0.01)'],
    ['no error for nothing', 'assert.Nil(t, c.Validate("a"))', 'require.NoError(t, c.Validate("a"))'],
    ['with a reason', 'assert.Panics(t, func() { c.Get("b") })', 'assert.Panicsf(t, func() { c.Get("b") }, "no b")'],
  ] as const)('%s', async (_name, was, now) => {
    expect(await lostKinds(go(was), go(now))).toEqual([]);
  });
});

it('something where there was nothing', async () => {
  const was = '    assert row.author is None\n';
  expect(await lostKinds(py(was), py('    assert isinstance(row.author, Author)\n'))).toEqual([]);
});

describe('tests that are still there', () => {
  const go = (body: string, rest = ''): Files => ({
    'a_test.go': `package a\n\nfunc TestPicks(t *testing.T) {\n\tc := start(t)\n${body}}\n${rest}`,
  });

  it('in a function that each of several calls', async () => {
    const body = '\tif got := c.Pick(); got != "a" {\n\t\tt.Fatalf("want a, got %v", got)\n\t}\n';
    const helper = `\nfunc testPicks(t *testing.T, c *Client) {\n${body}}\n`;
    expect(await lostKinds(go(body), go('\ttestPicks(t, c)\n', helper))).toEqual([]);
    expect(await lostKinds(go(body), go('\tc.Pick()\n'))).toEqual(['test-emptied']);
  });

  it('in a condition that is waited for', async () => {
    const wait = (more: string): string => `\tassert.Eventually(t, func() bool { return c.Count() == 5${more} }, time.Second)\n`;
    const old = go(`${wait('')}\tassert.EqualValues(t, 1, c.errors.Load())\n`);
    expect(await lostKinds(old, go(wait(' && c.errors.Load() == 1')))).toEqual([]);
    expect(await lostKinds(old, go(wait('')))).toEqual(['assertion-removed']);
  });

  it('in a twin', async () => {
    const test = (name: string): string =>
      `it('${name}', async () => {\n  const html = await load('/a');\n  expect(html).toHaveLength(1);\n});\n`;
    const old = { 'test/a.test.ts': `${test('ships it once')}${test('ships it only once')}` };
    expect(await lostKinds(old, { 'test/a.test.ts': test('ships it once') })).toEqual([]);
    expect(await lostKinds(old, { 'test/a.test.ts': '' })).toContain('test-deleted');
  });

  it('under a mark that stood there', async () => {
    const file = (name: string): Files => ({
      'tests/test_a.py': `import pytest\n\n@pytest.mark.xfail  # one day\ndef ${name}(device, tmp_path):\n    assert run(device) == 1\n`,
    });
    expect(await lostKinds(file('test_first_4bit_dora'), file('test_second_4bit_dora'))).toEqual([]);
  });
});

it('a linter that runs another', async () => {
  const make = (lines: string): Files => ({ Makefile: `all: test\n\ntest:\n\tgo test ./...\n\n${lines}` });
  expect(await lostKinds(make('vet:\n\tgo vet ./...\n'), make('lint:\n\tgolangci-lint run\n'))).toEqual([]);
  expect(await lostKinds(make('vet:\n\tgo vet ./...\n'), make(''))).toEqual(['ci-check']);
});
