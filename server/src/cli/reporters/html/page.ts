/**
 * One HTML file that needs nothing else: its policy allows our style and our script by their hashes and forbids everything else, the network, images, frames, forms
 * and scripts of anybody else among it.
 */
import { createHash } from 'node:crypto';
import type { Markup } from './markup.js';
import { html, raw } from './markup.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

export function htmlPage(title: string, body: Markup): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    `script-src '${hashOf(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${raw(element('style', STYLE))}
      </head>
      <body>
        ${raw(body)} ${raw(element('script', SCRIPT))}
      </body>
    </html> `;
  return `${page.trim()}\n`;
}

/** Not in a template: a formatter of sources may put spaces into those, and the policy counts every byte. */
function element(name: 'style' | 'script', text: Markup): Markup {
  return `<${name}>${text}</${name}>` as Markup;
}

/** As a policy names it: over the element's text, to the byte. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
