/**
 * Puts untrusted text into Markdown so that it comes out as the text it is: no link, no image, no HTML, no
 * `command:` address, no invisible character. Escapes only what is active at its place, because some clients
 * (Neovim, terminals) show the Markdown source. CommonMark 0.31 and GitHub's extensions.
 */

/** Characters that a reader can't see or that reorder what they see: shown as `\u{202E}`. Tabs become a space. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (char) =>
    char === '\t' ? ' ' : `\\u{${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`,
  );
}

const HIDDEN = new RegExp(
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb\\ud800-\\udfff\\u{e0000}-\\u{e0fff}]',
  'gu',
);

/**
 * One line of untrusted text as Markdown text. `code` in single backticks stays code, as rule messages use it.
 *
 *     escapeMarkdown('[x](command:y) `a`')  ->  '\[x\](command:y) `a`'
 */
export function escapeMarkdown(text: string): string {
  const line = text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').trim();
  // Where backticks do not pair up plainly, clients disagree on what is code: then none of it is.
  if (/``/.test(line) || line.split('`').length % 2 === 0) return escapeText(line, true);
  let result = '';
  let from = 0;
  for (const match of line.matchAll(/`([^`]+)`/g)) {
    result += escapeText(line.slice(from, match.index), result === '') + codeSpan(match[1] ?? '');
    from = match.index + match[0].length;
  }
  return result + escapeText(line.slice(from), result === '');
}

function escapeText(text: string, atLineStart: boolean): string {
  const escaped = visible(text.replaceAll('\\', '\\\\'))
    .replace(/[`*[\]<>&|~$]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/!(?=\\\[)/g, '\\!')
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/(?<=[\p{L}\p{N}._+-])@(?=[\p{L}\p{N}])/gu, '\\@');
  if (!atLineStart) return escaped;
  return escaped.replace(/^(\s*)([#+=-]|\d+(?=[.)]))/u, (_all, space: string, mark: string) =>
    /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
  );
}

/** Untrusted text as an inline code span that it can't leave. Never empty. */
export function codeSpan(text: string): string {
  const line = visible(text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' '));
  if (line === '') return '` `';
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || (/^ .* $/.test(line) && line.trim() !== '') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Untrusted text as a fenced block that it can't leave. `language` is reduced to a plain word. */
export function codeBlock(text: string, language = ''): string {
  const body = text
    .split(/\r\n|\r|\n/)
    .map((line) => visible(line.replaceAll('\t', '    ')))
    .join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language.replace(/[^A-Za-z0-9_+-]/g, '')}\n${body}\n${fence}`;
}

/**
 * Markdown that a rule's author wrote (`why`, `safe`): emphasis, lists, code and fences stay; HTML, images and
 * links become text. A rule file may come from the repository that is being judged.
 */
export function inertMarkdown(markdown: string): string {
  const out: string[] = [];
  let fence: { readonly mark: string; readonly lines: string[]; readonly info: string } | undefined;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/.exec(line);
    if (fence !== undefined) {
      if (mark !== null && (mark[1] ?? '').startsWith(fence.mark) && (mark[2] ?? '').trim() === '') {
        out.push(codeBlock(fence.lines.join('\n'), fence.info));
        fence = undefined;
      } else fence.lines.push(line);
    } else if (mark !== null) {
      fence = { mark: mark[1] ?? '```', lines: [], info: (mark[2] ?? '').trim().split(/\s/)[0] ?? '' };
    } else out.push(inertLine(line));
  }
  if (fence !== undefined) out.push(codeBlock(fence.lines.join('\n'), fence.info));
  return out.join('\n');
}

function inertLine(line: string): string {
  let result = '';
  let from = 0;
  for (const match of line.matchAll(/(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)/g)) {
    result += inertText(line.slice(from, match.index)) + codeSpan((match[2] ?? '').trim());
    from = match.index + match[0].length;
  }
  return result + inertText(line.slice(from));
}

function inertText(text: string): string {
  return (
    visible(text)
      // An author's own escape stands; two backslashes are a backslash, and what follows them is not escaped.
      .replace(/(\\*)([[\]<&`])/g, (all, slashes: string, char: string) => (slashes.length % 2 === 1 ? all : `${slashes}\\${char}`))
      // `__init__` is a name far more often than it is emphasis, for which there is `*`.
      .replace(/(\\*)__/g, (all, slashes: string) => (slashes.length % 2 === 1 ? all : `${slashes}\\_\\_`))
      .replace(/:\/\//g, ':\\/\\/')
      .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
      .replace(/(?<=[\p{L}\p{N}._+-])@(?=[\p{L}\p{N}])/gu, '\\@')
  );
}

/** `[text](href)`, or only the text where `href` is not a plain https address. */
export function link(text: string, href: string | undefined): string {
  const label = escapeMarkdown(text);
  const address = href === undefined ? undefined : safeHref(href);
  return address === undefined ? label : `[${label}](${address})`;
}

/** The address if it is https and holds nothing that could end a Markdown link, else nothing. */
export function safeHref(href: string): string | undefined {
  return /^https:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[A-Za-z0-9\-._~:/?#@!$&*+,;=%]*)?$/.test(href) ? href : undefined;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const run of text.matchAll(/`+/g)) longest = Math.max(longest, run[0].length);
  return longest;
}
