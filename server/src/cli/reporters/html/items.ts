/** The list that HTML reports share: one entry for each thing found, which opens to its code, its flow and what to write instead; and the filters above it. */
import { layerName } from '../../../core/index.js';
import type { Finding, MaestroLayer, RuleInfo, Severity, TracePlace } from '../../../core/index.js';
import { cweId, surenessOf } from '../../../core/page/findingNote.js';
import { inertPlain } from './prose.js';
import { all, html, raw, sourceText, withCode } from './markup.js';
import type { Markup } from './markup.js';

export interface ReportItem {
  readonly kind: string;
  /** What the kind is called. */
  readonly kindText: string;
  readonly severity: Severity;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
  /** The rule's id, the kind of check ... */
  readonly name: string;
  readonly layer?: MaestroLayer;
  /** Said after the place; our own words. */
  readonly tags?: readonly string[];
  /** What opening it shows. */
  readonly more: Markup;
}

export interface FrameLine {
  readonly sign: ' ' | '+' | '-';
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  /** Half-open, UTF-16 code units: what is underlined. */
  readonly mark?: readonly [from: number, to: number];
}

const RANK: Readonly<Record<Severity, number>> = { ERROR: 0, WARNING: 1, INFO: 2 };
const WORD: Readonly<Record<Severity, string>> = { ERROR: 'error', WARNING: 'warning', INFO: 'note' };
const LONGEST_LINE = 400;

export function itemList(items: readonly ReportItem[]): Markup {
  const sorted = items.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  return html`${raw(filters(items))}
    <p class="count" data-count aria-live="polite"></p>
    <div data-list>${all(sorted.map(listed))}</div>`;
}

function listed(item: ReportItem, at: number): Markup {
  return html`<details
    class="item"
    data-at="${at}"
    data-rank="${RANK[item.severity]}"
    data-severity="${item.severity}"
    data-kind="${item.kind}"
    data-layer="${item.layer ?? ''}"
    data-path="${item.path}"
    data-line="${item.line}"
  >
    <summary>
      <span class="badge ${item.severity}">${WORD[item.severity]}</span>
      <span class="say">${raw(withCode(item.message))}</span>
      <span class="place">${item.path}:${item.line}</span>
      ${item.kind === 'finding' ? undefined : raw(html`<span class="tag">${item.kindText}</span>`)}
      ${item.layer === undefined ? undefined : raw(html`<span class="tag">${item.layer} ${layerName(item.layer)}</span>`)}
      ${all((item.tags ?? []).map((tag) => html`<span class="tag">${tag}</span>`))}
    </summary>
    <div class="more">${raw(item.more)}</div>
  </details> `;
}

function filters(items: readonly ReportItem[]): Markup {
  const kinds = new Map(items.map((item) => [item.kind, item.kindText]));
  const layers = [...new Set(items.flatMap(({ layer }) => layer ?? []))].toSorted();
  const paths = [...new Set(items.map(({ path }) => path))].toSorted();
  const option = (value: string, text: string): Markup => html`<option value="${value}">${text}</option>`;
  const select = (name: string, label: string, first: string, options: readonly Markup[]): Markup =>
    html`<select name="${name}" aria-label="${label}">
      <option value="">${first}</option>
      ${all(options)}
    </select>`;
  return html`<form class="filters" hidden autocomplete="off">
    <input type="search" name="search" placeholder="Search ( / )" aria-label="Search in everything found" />
    ${all((['ERROR', 'WARNING', 'INFO'] as const).map((severity) => html`<label><input type="checkbox" name="${severity}" checked />${WORD[severity]}s</label>`))}
    ${raw(
      select(
        'kind',
        'Kind',
        'all kinds',
        [...kinds].map(([kind, text]) => option(kind, text)),
      ),
    )}
    ${raw(
      select(
        'layer',
        'MAESTRO layer',
        'all layers',
        layers.map((layer) => option(layer, `${layer} ${layerName(layer)}`)),
      ),
    )}
    ${raw(
      select(
        'path',
        'File',
        'all files',
        paths.map((path) => option(path, path.length > 60 ? `…${path.slice(-59)}` : path)),
      ),
    )}
    <select name="sort" aria-label="Order">
      <option value="worst">worst first</option>
      <option value="path">by file</option>
      <option value="kind">by kind</option>
    </select>
    <button type="reset">Reset</button>
  </form>`;
}

/** A code frame; lines are cut where no reader would follow. */
export function frame(lines: readonly FrameLine[]): Markup | undefined {
  if (lines.length === 0) return undefined;
  return html`<div class="frame" tabindex="0" role="group" aria-label="source">${all(lines.map(frameLine))}</div>`;
}

function frameLine({ sign, line, text, mark }: FrameLine): Markup {
  const kind = mark !== undefined ? 'hit' : sign === '+' ? 'plus' : sign === '-' ? 'minus' : '';
  const cut = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
  const [from, to] = mark ?? [0, 0];
  const code =
    to > from && from < LONGEST_LINE
      ? html`${sourceText(cut.slice(0, from))}<em>${sourceText(cut.slice(from, to))}</em>${sourceText(cut.slice(to))}`
      : html`${sourceText(cut)}`;
  return html`<div class="${kind}"><i>${sign === ' ' ? '' : sign === '+' ? '+ ' : '− '}${line}</i><span>${raw(code)}</span></div>`;
}

/** What is known of a finding: its lines, where data comes from, why it matters and what to write instead. */
export function findingBody(finding: Finding, rule: RuleInfo | undefined, facts: readonly (readonly [string, Markup])[] = []): Markup {
  const range = finding.cell?.range ?? finding.range;
  const own = finding.lines.split(/\r\n|\r|\n/).map((text, at): FrameLine => {
    const line = range.start.line + at;
    const from = at === 0 ? range.start.column : text.length - text.trimStart().length;
    return { sign: ' ', line: line + 1, text, mark: [from, line === range.end.line ? range.end.column : text.length] };
  });
  const metadata = rule?.metadata;
  const rows: readonly (readonly [string, Markup])[] = [
    ['Rule', html`<code>${finding.ruleId}</code>`],
    ['How sure', html`${surenessOf(finding)}`],
    ...(metadata?.cwe ?? []).map((entry): readonly [string, Markup] => ['Weakness', html`${entry === cweId(entry) ? entry : entry}`]),
    ...(finding.fix === undefined
      ? []
      : [['Fix', html`<code>${finding.fix.text.trim() === '' ? '(remove it)' : finding.fix.text.trim()}</code>`] as const]),
    ...(finding.suppression === undefined ? [] : [['Suppressed', html`${finding.suppression.reason}`] as const]),
    ...facts,
  ];
  return html`${raw(frame(own))} ${raw(flow(finding))} ${raw(inertPlain('Why it matters', metadata?.why))}
  ${raw(inertPlain('What to write instead', metadata?.safe))} ${raw(factList(rows))}`;
}

export function factList(rows: readonly (readonly [string, Markup])[]): Markup {
  return html`<dl class="facts">
    ${all(
      rows.map(
        ([label, value]) =>
          html`<dt>${label}</dt>
            <dd>${raw(value)}</dd>`,
      ),
    )}
  </dl>`;
}

function flow({ trace, path }: Finding): Markup | undefined {
  if (trace === undefined) return undefined;
  const step = (word: string, place: TracePlace): Markup =>
    html`<li>
      ${word} <code>${place.text}</code>
      <span class="place">${place.path ?? path}:${(place.cell?.range ?? place.range).start.line + 1}</span>
    </li>`;
  return html`<p class="soft">How the data gets there</p>
    <ol class="trace">
      ${raw(step('from', trace.source))}${all(trace.steps.map((one) => step(one.kind === 'assigned' ? 'into' : 'through', one)))}${raw(step('to', trace.sink))}
    </ol>`;
}
