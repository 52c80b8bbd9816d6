import { describe, expect, it } from 'vitest';
import { ruleIndexPage, rulePage } from '../../server/src/core/page/rulePage.js';
import type { RuleId, RuleInfo } from '../../server/src/core/index.js';
import { stalePages } from '../../scripts/rule-pages.mjs';

const place = { line: 0, column: 0, offset: 0 };
const hostile: RuleInfo = {
  id: 'evil|`rule`' as RuleId,
  message: '<img src=x> [click](command:evil) | `code`',
  severity: 'ERROR',
  languages: ['python'],
  metadata: {
    maestro: ['L3'],
    maestroThreats: ['M3.3', 'M9.9'],
    cwe: ['CWE-95: Eval [x](javascript:y)', 'not a CWE'],
    owasp: ['<b>'],
    supersedes: [],
    references: ['https://example.org/a', 'javascript:alert(1)', 'https://example.org/> <script>'],
    tier: 'likely',
    safe: '<script>x</script>\n\n```python\nprint("</script>")\n```\n[a](command:b)',
    why: '![i](https://example.org/t.png)',
    incident: '[x](command:y)',
    raw: {},
  },
  origin: { path: 'p/<x>.yaml', range: { start: place, end: place } },
};

describe('rule pages', () => {
  it('on disk are those of the rules', async () => {
    expect(await stalePages()).toEqual([]);
  });

  it('are inert whatever a rule says', () => {
    const page = rulePage(hostile);
    expect(page).toContain('<https://example.org/a>');
    const outside = page.replace(/```[^]*?```/g, '').replace(/`[^`\n]*`/g, '');
    expect(outside).not.toMatch(/(?<!\\)<(?!br>|https:\/\/example\.org\/a>)/);
    expect(outside).not.toMatch(/(?<!\\)\]\((?!https:\/\/cwe\.mitre\.org\/)/);
    expect(
      ruleIndexPage([hostile], () => 'x.md')
        .split('\n')
        .filter((line) => line.startsWith('| [')),
    ).toHaveLength(1);
  });
});
