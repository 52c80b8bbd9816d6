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
