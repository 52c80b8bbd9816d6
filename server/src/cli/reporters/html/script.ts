/**
 * The script of HTML reports: filters, sorts and opens what is in the page already. It makes no element, sets no HTML and asks nobody for anything; without it the
 * page shows everything. It is text here because the page's policy names it by its hash.
 */
import type { Markup } from './markup.js';

export const SCRIPT = `
'use strict';
(() => {
  const form = document.querySelector('form.filters');
  const list = document.querySelector('[data-list]');
  if (form === null || list === null) return;
  const items = [...list.querySelectorAll('.item')];
  const count = document.querySelector('[data-count]');
  const field = (name) => form.elements.namedItem(name);
  const text = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
  const orders = {
    worst: (a, b) => a.dataset.rank - b.dataset.rank || a.dataset.at - b.dataset.at,
    path: (a, b) => (a.dataset.path < b.dataset.path ? -1 : a.dataset.path > b.dataset.path ? 1 : a.dataset.line - b.dataset.line),
    kind: (a, b) => (a.dataset.kind < b.dataset.kind ? -1 : a.dataset.kind > b.dataset.kind ? 1 : orders.worst(a, b)),
  };
  const apply = () => {
    const words = field('search').value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    let shown = 0;
    for (const item of items) {
      const { severity, kind, layer, path } = item.dataset;
      const fits =
        field(severity).checked &&
        (field('kind').value === '' || field('kind').value === kind) &&
        (field('layer').value === '' || field('layer').value === layer) &&
        (field('path').value === '' || field('path').value === path) &&
        words.every((word) => text.get(item).includes(word));
      item.hidden = !fits;
      if (fits) shown++;
    }
    count.textContent = shown === items.length ? 'All ' + items.length + ' shown.' : shown + ' of ' + items.length + ' shown.';
    list.append(...[...items].sort(orders[field('sort').value] || orders.worst));
  };
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  const choose = (cell) => {
    field('path').value = cell.dataset.path || '';
    field('layer').value = cell.dataset.layer || '';
    field('kind').value = cell.dataset.kind || '';
    apply();
    list.scrollIntoView({ block: 'start' });
    form.scrollIntoView({ block: 'start' });
  };
  for (const cell of document.querySelectorAll('.picture [role="button"]')) {
    cell.addEventListener('click', () => choose(cell));
    cell.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      choose(cell);
    });
  }
  const step = (by) => {
    const stops = [...document.querySelectorAll('.reading summary, [data-list] .item:not([hidden]) summary')];
    const next = stops[stops.indexOf(document.activeElement) + by] || stops[by > 0 ? 0 : stops.length - 1];
    if (next) next.focus();
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select, textarea')) return;
    if (event.key === '/') { event.preventDefault(); field('search').focus(); }
    else if (event.key === 'j') step(1);
    else if (event.key === 'k') step(-1);
  });
  let closed = [];
  addEventListener('beforeprint', () => { closed = [...document.querySelectorAll('details:not([open])')]; for (const one of closed) one.open = true; });
  addEventListener('afterprint', () => { for (const one of closed) one.open = false; });
  apply();
})();
` as Markup;
