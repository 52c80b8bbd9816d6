import type { MarkupContent } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { RICH, startClient } from './client.js';

const URI = 'file:///w/a.py';
const PLAIN = { ...RICH, textDocument: { ...RICH.textDocument, hover: { contentFormat: ['plaintext' as const] } } };

async function hoverOn(text: string, character: number, capabilities = RICH): Promise<MarkupContent | undefined> {
  const client = await startClient({ capabilities });
  client.open(URI, text);
  const hover = await client.hover(URI, { line: 0, character });
  return hover?.contents as MarkupContent | undefined;
}

describe('hover', () => {
  it('says what, why, where it belongs, how sure, and what to write instead', async () => {
    const hover = await hoverOn('exec(reply)\n', 3);
    expect(hover?.kind).toBe('markdown');
    expect(hover?.value).toMatchInlineSnapshot(`
      "**Error:** exec() runs whatever \`reply\` holds.

      Whoever writes the text decides what runs.

      **What to write instead**

      Run it where it can do no harm.

      \`\`\`python
      sandbox.run(code)
      \`\`\`

      **Layer** MAESTRO L3 Agent Frameworks · Input Validation Attacks  
      **Weakness** [CWE-95](https://cwe.mitre.org/data/definitions/95.html) Improper Neutralization of Directives in Dynamically Evaluated Code ('Eval Injection')  
      **Score** AIVSS v0.8 9.4 Critical, from CVSS v4.0 9.3  
      **How sure** Likely: the names and calls around it point that way. In other people’s code right in 3 of 4 seen.

      Rule [py-exec](https://github.com/countersign/countersign/blob/main/docs/rules/py-exec.md)"
    `);
  });

  it('is plain text for a client that shows plain text', async () => {
    const hover = await hoverOn('exec(reply)\n', 3, PLAIN);
    expect(hover?.kind).toBe('plaintext');
    expect(hover?.value).toMatchInlineSnapshot(`
      "Error: exec() runs whatever \`reply\` holds.

      Whoever writes the text decides what runs.

      What to write instead:
      Run it where it can do no harm.

      sandbox.run(code)

      Layer: MAESTRO L3 Agent Frameworks · Input Validation Attacks
      Weakness: CWE-95: Improper Neutralization of Directives in Dynamically Evaluated Code ('Eval Injection')
      Score: AIVSS v0.8 9.4 Critical, from CVSS v4.0 9.3
      How sure: Likely: the names and calls around it point that way. In other people’s code right in 3 of 4 seen.

      Rule py-exec"
    `);
  });

  it('is silent beside a finding', async () => {
    expect(await hoverOn('x = 1; exec(reply)\n', 2)).toBeUndefined();
  });

  it('waits for the text that it is asked about', async () => {
    const client = await startClient();
    client.open(URI, 'x = 1\n');
    client.change(URI, 'exec(reply)\n');
    const hover = await client.hover(URI, { line: 0, character: 1 });
    expect(hover?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 11 } });
  });

  it('says that a finding is suppressed, and why', async () => {
    const hover = await hoverOn('exec(x)  # countersign: ignore[py-exec] -- made here\n', 3);
    expect(hover?.value).toContain('**Suppressed** made here');
  });
});

describe('hostile text in a hover', () => {
  it.each([
    ['a command link', "exec('[run](command:workbench.action.terminal.new)')"],
    ['an image', "exec('![x](https://evil.example/p.png)')"],
    ['HTML', 'exec(\'<img src=x onerror=alert(1)><a href="command:x">y</a>\')'],
    ['a code fence', "exec('```\\n[x](command:y)\\n```')"],
    ['backticks that end a code span', "exec('` [x](command:y) `')"],
    ['many backticks', "exec('`` [x](command:y) ``` [z](command:y) `')"],
    ['an autolink', "exec('https://evil.example www.evil.example <command:x> a@evil.example')"],
    ['reordering characters', "exec('\u202e[x](command:y)\u2066')"],
  ])('comes out inert: %s', async (_name, text) => {
    const hover = await hoverOn(`${text}\n`, 1);
    const first = hover?.value.split('\n\n')[0] ?? '';
    expect(first).toContain('exec() runs whatever');
    expect(linksIn(first)).toEqual([]);
    // Nothing reorders or hides.
    expect(first).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
  });
});

/** What a CommonMark reader would make active, once code spans and escaped characters are taken away. */
function linksIn(markdown: string): readonly string[] {
  const withoutCode = markdown.replace(/(?<![`\\])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
  const withoutEscapes = withoutCode.replace(/\\[!-/:-@[-`{-~]/g, '');
  return [...withoutEscapes.matchAll(/\[[^\]]*\]\(|!\[|<[a-zA-Z/!]|https?:\/\/|www\.|\w@\w/g)].map(([found]) => found);
}
