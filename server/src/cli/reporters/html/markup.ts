/**
 * HTML from text. What is put into a template is text unless it was made by a template itself, so a name from a repository can't become an element, an attribute
 * or a script; characters that nobody sees are shown by their numbers.
 */
import { visible } from '../../../core/page/markdown.js';

declare const made: unique symbol;
/** HTML that a template made. */
export type Markup = string & { readonly [made]: true };

type Value = string | number | undefined | { readonly markup: Markup } | { readonly markups: readonly Markup[] };

/** Text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Attributes in a template stand in double quotes, always. Text is escaped; `raw` and `all` put in what templates made. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let out = strings[0] ?? '';
  for (const [at, value] of values.entries()) {
    if (typeof value === 'number') out += String(value);
    else if (typeof value === 'string') out += escapeHtml(value);
    else if (value !== undefined) out += 'markup' in value ? value.markup : value.markups.join('');
    out += strings[at + 1] ?? '';
  }
  return out as Markup;
}

export function raw(markup: Markup | undefined): Value {
  return markup === undefined ? undefined : { markup };
}

export function all(markups: readonly (Markup | undefined)[]): Value {
  return { markups: markups.filter((markup) => markup !== undefined) };
}

/** A line of source: tabs as spaces, so that columns stay. */
export function sourceText(text: string): string {
  return text.replaceAll('\t', '    ');
}

/** Text with `code` in backticks, as rules' messages use it. */
export function withCode(text: string): Markup {
  const parts = text.replace(/\s+/g, ' ').trim().split('`');
  if (parts.length % 2 === 0) return html`${parts.join('`')}`;
  return html`${all(parts.map((part, at) => (at % 2 === 0 ? html`${part}` : html`<code>${part}</code>`)))}`;
}
