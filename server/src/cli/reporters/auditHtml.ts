/** An audit as one HTML file for a reviewer: what to read first, what was found, by whom, and what nobody looked at. Needs no network and runs nothing of the repository. */
import { auditItems } from '../../core/audit/items.js';
import type { AuditItem, ItemKind } from '../../core/audit/items.js';
import type { AddedFinding, AuditReport, CommitAudit, ReadingItem } from '../../core/audit/report.js';
import type { AuditContext } from '../auditResult.js';
import { AT_LEAST, attributionSentence, headline, restSentence, SET_APART, shortSha } from '../../core/page/auditWords.js';
import { factList, findingBody, frame, itemList } from './html/items.js';
import type { FrameLine, ReportItem } from './html/items.js';
import { all, html, raw, withCode } from './html/markup.js';
import type { Markup } from './html/markup.js';
import { htmlPage } from './html/page.js';
import { riskPicture } from './html/picture.js';
import { plural } from '../../core/page/plural.js';

const KINDS: Readonly<Record<ItemKind, string>> = {
  finding: 'finding',
  check: 'check removed',
  widened: 'permission widened',
  suppression: 'suppression added',
  dependency: 'dependency',
  governance: 'changes the audit',
  workflow: 'workflow changed',
};
/** Items of the reading order that are open from the start. */
const OPEN_ITEMS = 3;

export function formatAuditHtml(report: AuditReport, context: AuditContext): string {
  const { total } = report;
  const items = reportItems(report, context);
  const body = html`<header class="top">
      <div class="brand">Countersign audit</div>
      <h1>${capital(headline(total))}</h1>
      <p>
        <code>${report.range}</code>
        <span class="soft">${report.base === '' ? '' : `base ${shortSha(report.base)}, `}head ${shortSha(report.head)}</span>
      </p>
      <p>${attributionSentence(report)}</p>
      ${raw(tiles(report))}
    </header>
    <main>
      ${raw(problems(report))}
      ${raw(section('Where the risk is', 'By file and MAESTRO layer. A cell shows only its entries below.', riskPicture(items)))}
      ${raw(readingOrder(total))}
      ${raw(section('Everything found', 'Keys: / searches, j and k go from entry to entry, Enter opens.', items.length === 0 ? html`<p>Nothing.</p>` : itemList(items)))}
      ${raw(commitList(report))} ${raw(apart(total))}
    </main>
    <footer>
      <p>${AT_LEAST}</p>
      <p>
        Countersign ${context.version}, ${plural(context.rules.size, 'rule')}. The configuration, rules and suppressions of the base commit
        were used.
      </p>
    </footer>`;
  return htmlPage(`Countersign audit: ${report.range}`, body);
}

function section(title: string, lead: string, body: Markup | undefined): Markup | undefined {
  return body === undefined
    ? undefined
    : html`<section>
        <h2>${title}</h2>
        <p class="soft">${lead}</p>
        ${raw(body)}
      </section>`;
}

function tiles(report: AuditReport): Markup {
  const { total, attributed, commits } = report;
  const rows: readonly (readonly [number | string, string])[] = [
    [total.added.length, 'findings added'],
    [total.removedChecks.length, 'checks removed'],
    [total.widened.length, 'permissions widened'],
    [total.suppressions.length + total.governance.length, 'suppressions and audit changes'],
    [total.dependencies.length, 'dependencies changed'],
    [`≥ ${attributed.recorded + attributed.declared} / ${commits.length}`, 'commits AI-assisted'],
    [total.files, `files, +${total.addedLines} −${total.deletedLines} lines`],
  ];
  return html`<ul class="tiles">
    ${all(rows.map(([number, label]) => html`<li><b>${number}</b><span>${label}</span></li>`))}
  </ul>`;
}

function problems(report: AuditReport): Markup | undefined {
  const said = [...new Set([...report.problems, ...report.total.problems])];
  if (said.length === 0) return undefined;
  return html`<section class="problems">
    <h2>Not looked at</h2>
    <ul class="plain">
      ${all(said.map((text) => html`<li>${text}</li>`))}
    </ul>
  </section>`;
}

function readingOrder(total: CommitAudit): Markup | undefined {
  if (total.readingOrder.length === 0)
    return section('Read these first', restSentence(total), html`<p>Nothing in this change stands out.</p>`);
  const most = Math.max(1, ...total.readingOrder.map(({ score }) => score));
  const rows = total.readingOrder.map(
    (item, at) =>
      html`<li>
        <details ${raw(at < OPEN_ITEMS ? html`open` : html``)}>
          <summary>
            <svg class="bar" viewBox="0 0 46 8" role="img" aria-label="${`risk ${Math.round(item.score)}`}">
              <rect class="bg" width="46" height="8" rx="4" />
              <rect class="fg" width="${Math.max(4, Math.round((46 * item.score) / most))}" height="8" rx="4" />
            </svg>
            <span class="say">${raw(withCode(item.why))}</span>
            <span class="place">${item.path}:${item.start}${item.end > item.start ? `-${item.end}` : ''}</span>
          </summary>
          <div class="more">${raw(excerpt(item, total) ?? html`<p class="soft">No text to show.</p>`)}</div>
        </details>
      </li>`,
  );
  return section(
    'Read these first',
    restSentence(total),
    html`<ol class="reading">
      ${all(rows)}
    </ol>`,
  );
}

/** The hunk as it was given; else the lines of the findings in it. */
function excerpt(item: ReadingItem, total: CommitAudit): Markup | undefined {
  if (item.excerpt !== undefined) return frame(item.excerpt);
  const lines = new Map<number, FrameLine>();
  for (const { finding } of total.added) {
    if (finding.path !== item.path || finding.cell !== undefined) continue;
    for (const [at, text] of finding.lines.split(/\r\n|\r|\n/).entries()) {
      const line = finding.range.start.line + at + 1;
      if (line >= item.start && line <= item.end) lines.set(line, { sign: '+', line, text });
    }
  }
  for (const check of total.removedChecks) {
    if (check.path === item.path && check.line >= item.start && check.line <= item.end && !lines.has(check.line))
      lines.set(check.line, { sign: '-', line: check.line, text: check.was });
  }
  const wider = total.widened.filter((entry) => entry.path === item.path && entry.line >= item.start && entry.line <= item.end);
  const suppressed = total.suppressions.filter((entry) => entry.path === item.path && entry.line >= item.start && entry.line <= item.end);
  for (const { line, text } of suppressed) if (!lines.has(line)) lines.set(line, { sign: '+', line, text });
  const settings = wider.map((entry) => html`<p><code>${entry.setting}</code>: <code>${entry.was}</code> → <code>${entry.now}</code></p>`);
  const code = frame([...lines.values()].toSorted((a, b) => a.line - b.line));
  return code === undefined && settings.length === 0 ? undefined : html`${raw(code)} ${all(settings)}`;
}

function reportItems(report: AuditReport, context: AuditContext): readonly ReportItem[] {
  const { total } = report;
  const findings = new Map<string, AddedFinding[]>();
  for (const added of total.added) {
    const key = placeKey(added.finding.ruleId, added.finding.path, added.finding.range.start.line + 1);
    findings.set(key, [...(findings.get(key) ?? []), added]);
  }
  const broughtBy = whoBrought(report);
  return auditItems(total).map((item): ReportItem => {
    const base = {
      kind: item.kind,
      kindText: KINDS[item.kind],
      severity: item.severity,
      path: item.path,
      line: item.line,
      message: item.message,
      name: item.name,
    };
    const commit = broughtBy.get(item.key);
    const facts = commit === undefined ? [] : [['Commit', commitText(commit)] as const];
    const added = item.kind === 'finding' ? findings.get(placeKey(item.name, item.path, item.line))?.shift() : undefined;
    if (added === undefined) return { ...base, more: html`${raw(detail(item, total))} ${raw(factList(facts))}` };
    const { finding, recorded } = added;
    return {
      ...base,
      ...(finding.layer === undefined ? {} : { layer: finding.layer }),
      tags: [...(recorded === true ? ['line recorded as an agent’s'] : []), ...(finding.trace === undefined ? [] : ['data flow'])],
      more: findingBody(finding, context.rules.get(finding.ruleId), facts),
    };
  });
}

/** What was, and what is now. */
function detail(item: AuditItem, total: CommitAudit): Markup | undefined {
  const at = (entry: { readonly path: string; readonly line: number }): boolean => entry.path === item.path && entry.line === item.line;
  if (item.kind === 'check') {
    const check = total.removedChecks.find((entry) => at(entry) && entry.kind === item.name && entry.message === item.message);
    return check === undefined ? undefined : frame([{ sign: '-', line: check.line, text: check.was }]);
  }
  if (item.kind === 'widened') {
    const wider = total.widened.find((entry) => at(entry) && entry.message === item.message);
    if (wider === undefined) return undefined;
    return factList([
      ['Setting', html`<code>${wider.setting}</code>`],
      ['Was', html`<code>${wider.was}</code>`],
      ['Now', html`<code>${wider.now}</code>`],
    ]);
  }
  if (item.kind === 'suppression') {
    const added = total.suppressions.find((entry) => at(entry) && entry.tool === item.name);
    return added === undefined ? undefined : frame([{ sign: '+', line: added.line, text: added.text }]);
  }
  return undefined;
}

/** The last commit that each item came with. */
function whoBrought({ commits }: AuditReport): ReadonlyMap<string, CommitAudit> {
  const brought = new Map<string, CommitAudit>();
  for (const commit of commits) for (const item of auditItems(commit)) brought.set(item.key, commit);
  return brought;
}

function commitText(commit: CommitAudit): Markup {
  return html`<code>${shortSha(commit.sha)}</code> ${commit.subject}
    <span class="soft">by ${commit.author.name}</span> ${raw(attributionTag(commit))}`;
}

function attributionTag({ attribution: { tier, agent } }: CommitAudit): Markup {
  return tier === 'unknown' ? html`<span class="tag">unknown</span>` : html`<span class="tag ai">${tier}: ${agent ?? 'an agent'}</span>`;
}

function commitList({ commits }: AuditReport): Markup | undefined {
  if (commits.length === 0) return undefined;
  const rows = commits.toReversed().map((commit) => {
    const { attribution } = commit;
    const evidence = attribution.evidence.map(
      ({ source, text, model, caveat }) =>
        html`<li>
          <span class="tag">${source}</span>
          <code>${text}</code>${model === undefined ? '' : ` ${model}`}${caveat === undefined ? '' : ` (${caveat})`}
        </li>`,
    );
    const lost = attribution.lost.map((text) => html`<li><span class="tag">lost</span> ${text}</li>`);
    return html`<details class="item">
      <summary>
        <code>${shortSha(commit.sha)}</code>
        <span class="say">${commit.subject}</span>
        <span class="soft">${commit.author.name}${commit.date === '' ? '' : `, ${commit.date.slice(0, 10)}`}</span>
        ${raw(attributionTag(commit))}
        ${commit.added.length + commit.removedChecks.length + commit.widened.length === 0 ? undefined : raw(html`<span class="tag">${headline(commit)}</span>`)}
      </summary>
      <div class="more">
        <p>
          ${capital(headline(commit))}.
          <span class="soft">${plural(commit.files, 'file')}, +${commit.addedLines} −${commit.deletedLines} lines.</span>
        </p>
        <ul class="plain">
          ${all([...evidence, ...lost])}
        </ul>
        ${evidence.length === 0 ? 'Nothing says that an agent took part in it, which is no evidence that none did.' : ''}
        ${all(commit.problems.map((text) => html`<p>${text}</p>`))}
      </div>
    </details>`;
  });
  return section(`Commits (${commits.length})`, 'The newest first, each with the evidence for who wrote it.', html`${all(rows)}`);
}

function apart({ setApart }: CommitAudit): Markup | undefined {
  if (setApart.length === 0) return undefined;
  const rows = setApart.map(
    ({ path, why, detail: more }) =>
      html`<li><span class="place">${path}</span> <span class="tag">${SET_APART[why]}</span> ${more ?? ''}</li>`,
  );
  return section(
    `Not read line by line (${setApart.length})`,
    'Changed files that are not for reading. What is in them was not looked at.',
    html`<ul class="plain">
      ${all(rows)}
    </ul>`,
  );
}

function placeKey(...parts: readonly (string | number)[]): string {
  return parts.join('\0');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
