/** A picture of risk: the files with most of it by MAESTRO layer, and what is filed under none. Every cell is a filter, and says in words what it shows. */
import { layerName, MAESTRO_LAYERS } from '../../../core/index.js';
import type { MaestroLayer, Severity } from '../../../core/index.js';
import { all, html } from './markup.js';
import type { Markup } from './markup.js';
import type { ReportItem } from './items.js';
import { plural } from '../../../core/page/plural.js';

const MOST_FILES = 14;
const WEIGHT: Readonly<Record<Severity, number>> = { ERROR: 10, WARNING: 3, INFO: 1 };
const ROW = 26;
const NAME_WIDTH = 300;
const COLUMN = 72;
const TOP = 40;

interface Column {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly layer?: MaestroLayer;
  readonly kind?: string;
  readonly holds: (item: ReportItem) => boolean;
}

/** Undefined where there is nothing to draw. */
export function riskPicture(items: readonly ReportItem[]): Markup | undefined {
  if (items.length === 0) return undefined;
  const every: readonly Column[] = [
    ...MAESTRO_LAYERS.map((layer) => ({
      id: layer,
      label: SHORT[layer],
      title: `${layer} ${layerName(layer)}`,
      layer,
      holds: (item: ReportItem) => item.layer === layer,
    })),
    { id: 'check', label: 'Checks', title: 'removed checks', kind: 'check', holds: (item: ReportItem) => item.kind === 'check' },
    {
      id: 'widened',
      label: 'Widened',
      title: 'widened permissions',
      kind: 'widened',
      holds: (item: ReportItem) => item.kind === 'widened',
    },
    {
      id: 'rest',
      label: 'Other',
      title: 'anything else',
      holds: (item: ReportItem) => item.layer === undefined && item.kind !== 'check' && item.kind !== 'widened',
    },
  ];
  const columns = every.filter((column) => column.layer !== undefined || items.some((item) => column.holds(item)));
  const files = new Map<string, ReportItem[]>();
  for (const item of items) files.set(item.path, [...(files.get(item.path) ?? []), item]);
  const risk = (here: readonly ReportItem[]): number => here.reduce((sum, item) => sum + WEIGHT[item.severity], 0);
  const worst = [...files].toSorted(([a, x], [b, y]) => risk(y) - risk(x) || (a < b ? -1 : 1));
  const shown = worst.slice(0, MOST_FILES);
  const width = NAME_WIDTH + columns.length * COLUMN;
  const height = TOP + shown.length * ROW + (worst.length > shown.length ? ROW : 4);
  const heads = columns.map(
    (column, at) =>
      html`<g>
        <title>${column.title}</title>
        <text class="head" x="${NAME_WIDTH + at * COLUMN + COLUMN / 2}" y="14" text-anchor="middle">${column.layer ?? ''}</text>
        <text class="head" x="${NAME_WIDTH + at * COLUMN + COLUMN / 2}" y="${column.layer === undefined ? 20 : 28}" text-anchor="middle">
          ${column.label}
        </text>
      </g>`,
  );
  const rows = shown.map(([path, here], row) => {
    const y = TOP + row * ROW;
    const cells = columns.map((column, at) =>
      cell(
        path,
        column,
        here.filter((item) => column.holds(item)),
        NAME_WIDTH + at * COLUMN,
        y,
      ),
    );
    return html`<g
        role="button"
        tabindex="0"
        data-path="${path}"
        aria-label="${`${path}: ${plural(here.length, 'entry').replace('entrys', 'entries')}`}"
      >
        <title>${path}</title>
        <rect x="0" y="${y}" width="${NAME_WIDTH - 8}" height="${ROW - 4}" fill="transparent" />
        <text class="file" x="${NAME_WIDTH - 12}" y="${y + 15}" text-anchor="end">${shortName(path)}</text> </g
      >${all(cells)}`;
  });
  const more =
    worst.length === shown.length
      ? undefined
      : html`<text class="head" x="${NAME_WIDTH - 12}" y="${height - 8}" text-anchor="end"
          >and ${plural(worst.length - shown.length, 'more file')}</text
        >`;
  return html`<div class="picture">
    <svg viewBox="0 0 ${width} ${height}" role="group" aria-label="Risk by file and MAESTRO layer">${all([...heads, ...rows, more])}</svg>
  </div>`;
}

function cell(path: string, column: Column, here: readonly ReportItem[], x: number, y: number): Markup {
  const [width, height] = [COLUMN - 4, ROW - 4];
  if (here.length === 0) return html`<rect class="none" x="${x}" y="${y}" width="${width}" height="${height}" rx="4" />`;
  const severity = (['ERROR', 'WARNING', 'INFO'] as const).find((level) => here.some((item) => item.severity === level)) ?? 'INFO';
  const said = `${path}, ${column.title}: ${here.length}, at worst ${severity.toLowerCase()}`;
  return html`<g
    role="button"
    tabindex="0"
    data-path="${path}"
    data-layer="${column.layer ?? ''}"
    data-kind="${column.kind ?? ''}"
    aria-label="${said}"
  >
    <title>${said}</title>
    <rect class="${severity}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4" />
    <text class="on" x="${x + width / 2}" y="${y + 15}" text-anchor="middle">${here.length}</text>
  </g>`;
}

const SHORT: Readonly<Record<MaestroLayer, string>> = {
  L1: 'Models',
  L2: 'Data',
  L3: 'Frameworks',
  L4: 'Deployment',
  L5: 'Evaluation',
  L6: 'Security',
  L7: 'Ecosystem',
};

/** Names matter at their ends. */
function shortName(path: string): string {
  return path.length <= 40 ? path : `…${path.slice(-39)}`;
}
