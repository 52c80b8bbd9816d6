/** A scan as one HTML file: findings that can be filtered and sorted, a picture of where they are, and what was not looked at. Needs no network. */
import { allFindings, scoreOf } from '../result.js';
import type { PlacedFinding, ScanResult } from '../result.js';
import { reasonText, summariseCoverage } from './coverage.js';
import { findingBody, itemList } from './html/items.js';
import type { ReportItem } from './html/items.js';
import { all, html, raw } from './html/markup.js';
import type { Markup } from './html/markup.js';
import { htmlPage } from './html/page.js';
import { riskPicture } from './html/picture.js';
import { plural } from '../../core/page/plural.js';

export function formatHtml(result: ScanResult): string {
  const placed = allFindings(result);
  const open = placed.filter(({ finding }) => finding.suppression === undefined);
  const items = placed.map((entry) => scanItem(entry, result));
  const coverage = summariseCoverage(result);
  const counted = (severity: string): number => open.filter(({ finding }) => finding.severity === severity).length;
  const tiles: readonly (readonly [number, string])[] = [
    [counted('ERROR'), 'errors'],
    [counted('WARNING'), 'warnings'],
    [counted('INFO'), 'notes'],
    [placed.length - open.length, 'suppressed in the source'],
    [coverage.scanned + coverage.partial, 'files scanned'],
    [coverage.partial, 'of them only in part'],
    [coverage.skipped, 'files skipped'],
  ];
  const said = [
    ...result.problems,
    ...result.ruleErrors.map(({ path, message }) => `${path}: ${message}`),
    ...result.disabledRules.map((id) => `The project’s configuration leaves out the rule ${id}.`),
  ];
  const body = html`<header class="top">
      <div class="brand">Countersign scan</div>
      <h1>${open.length === 0 ? 'No findings' : plural(open.length, 'finding')}</h1>
      <ul class="tiles">
        ${all(tiles.map(([number, label]) => html`<li><b>${number}</b><span>${label}</span></li>`))}
      </ul>
    </header>
    <main>
      ${raw(
        said.length === 0
          ? undefined
          : html`<section class="problems">
              <h2>Could not be done</h2>
              ${raw(plainList(said.map((text) => html`${text}`)))}
            </section>`,
      )}
      ${raw(picture(items))}
      <section>
        <h2>Findings</h2>
        <p class="soft">Keys: / searches, j and k go from entry to entry, Enter opens.</p>
        ${raw(items.length === 0 ? html`<p>None.</p>` : itemList(items))}
      </section>
      ${raw(gaps(coverage.gaps))}
    </main>
    <footer><p>Countersign ${result.version}, ${plural(result.rules.size, 'rule')}.</p></footer>`;
  return htmlPage('Countersign scan', body);
}

function scanItem({ target, finding }: PlacedFinding, result: ScanResult): ReportItem {
  const score = scoreOf(result, finding);
  const { cell, suppression } = finding;
  return {
    kind: suppression === undefined ? 'finding' : 'suppressed',
    kindText: suppression === undefined ? 'finding' : 'suppressed',
    severity: finding.severity,
    path: target.shown,
    line: finding.range.start.line + 1,
    message: finding.message,
    name: finding.ruleId,
    ...(finding.layer === undefined ? {} : { layer: finding.layer }),
    tags: [
      ...(cell === undefined ? [] : [`cell ${cell.index + 1}, line ${cell.range.start.line + 1}`]),
      ...(score === undefined ? [] : [`AIVSS ${score.score.toFixed(1)}`]),
    ],
    more: findingBody(finding, result.rules.get(finding.ruleId)),
  };
}

function picture(items: readonly ReportItem[]): Markup | undefined {
  const drawn = riskPicture(items.filter(({ kind }) => kind === 'finding'));
  return drawn === undefined
    ? undefined
    : html`<section>
        <h2>Where the risk is</h2>
        <p class="soft">By file and MAESTRO layer. A cell shows only its entries below.</p>
        ${raw(drawn)}
      </section>`;
}

function gaps(list: ReturnType<typeof summariseCoverage>['gaps']): Markup | undefined {
  if (list.length === 0) return undefined;
  const rows = list.map(
    (gap) =>
      html`<span class="place">${gap.shown}${gap.isDirectory ? '/' : ''}</span>
        <span class="tag">${gap.state === 'partial' ? 'in part' : 'skipped'}: ${reasonText(gap.reason)}</span> ${gap.message}`,
  );
  return html`<section>
    <h2>Not fully looked at (${list.length})</h2>
    ${raw(plainList(rows))}
  </section>`;
}

function plainList(rows: readonly Markup[]): Markup {
  return html`<ul class="plain">
    ${all(rows.map((row) => html`<li>${raw(row)}</li>`))}
  </ul>`;
}
