/** A rule's prose (Markdown that its author wrote) as paragraphs and code, nothing else: no links, no HTML, no images. */
import { all, html, raw, withCode } from './markup.js';
import type { Markup } from './markup.js';

export function inertPlain(title: string, markdown: string | undefined): Markup | undefined {
  if (markdown === undefined || markdown.trim() === '') return undefined;
  const parts: Markup[] = [];
  let paragraph: string[] = [];
  let code: string[] | undefined;
  const flush = (): void => {
    if (paragraph.length > 0) parts.push(html`<p>${raw(withCode(paragraph.join(' ')))}</p>`);
    paragraph = [];
  };
  for (const line of markdown.trim().split(/\r\n|\r|\n/)) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) {
      if (code === undefined) {
        flush();
        code = [];
      } else {
        parts.push(codeLines(code));
        code = undefined;
      }
    } else if (code !== undefined) code.push(line);
    else if (line.trim() === '') flush();
    else paragraph.push(line.trim());
  }
  flush();
  if (code !== undefined) parts.push(codeLines(code));
  return html`<p class="soft">${title}</p>
    ${all(parts)}`;
}

function codeLines(lines: readonly string[]): Markup {
  return html`<div class="frame">${all(lines.map((line) => html`<div><i></i><span>${line.replaceAll('\t', '    ')}</span></div>`))}</div>`;
}
