/**
 * An audit for people: in a screenful, who wrote it as far as that is known, and which places to read first; then what was added and taken away, then commit by
 * commit. All text of the repository goes through the terminal's escaping.
 */
import type { AuditReport, CommitAudit, ReadingItem } from '../../core/audit/report.js';
import type { Severity } from '../../core/index.js';
import { AGENTS } from '../../core/provenance/agents.js';
import { severityWord } from '../result.js';
import { displayWidth, elide, escapeTerminal, takeColumns, wrap } from '../terminal.js';
import type { Paint, Style } from '../terminal.js';
import { severityOfPlace } from '../../core/page/auditWords.js';
import { plural } from '../../core/page/plural.js';

export interface AuditTextOptions {
  readonly paint: Paint;
  readonly width: number;
}

const STYLE: Readonly<Record<Severity, Style>> = { ERROR: 'red', WARNING: 'yellow', INFO: 'blue' };
/** Places that are shown first; all of them are in the other formats. */
const SHOWN_PLACES = 10;
const SHOWN_LINES = 8;
const SHOWN_COMMITS = 40;
const INDENT = ' '.repeat(6);

export function formatAuditText(report: AuditReport, options: AuditTextOptions): string {
  const { paint } = options;
  const { total } = report;
  const out: string[] = [
    `${paint('bold', escapeTerminal(report.range))}  ${paint('dim', sizeOf(report))}`,
    ...attributionLines(report, options),
    '',
    ...readFirst(total, options),
    ...governanceLines(total, options),
    '',
    ...balance(total, options),
    ...problemLines('Not looked at', [...report.problems, ...total.problems], options),
  ];
  if (report.commits.length > 1) {
    out.push('', paint('bold', 'Commits, newest first'));
    const newest = report.commits.toReversed();
    for (const commit of newest.slice(0, SHOWN_COMMITS)) out.push(...commitLines(commit, options));
    if (newest.length > SHOWN_COMMITS)
      out.push(paint('dim', `  and ${plural(newest.length - SHOWN_COMMITS, 'older commit')}: --format json has them all`));
  } else if (report.commits[0] !== undefined) out.push('', ...commitLines(report.commits[0], options, true));
  return `${out.join('\n')}\n`;
}

function sizeOf({ commits, total, base, head }: AuditReport): string {
  const parts = [
    ...(commits.length === 0 ? [] : [plural(commits.length, 'commit')]),
    plural(total.files, 'file'),
    `+${total.addedLines} -${total.deletedLines} lines`,
    ...(base === '' || head === '' || base === head ? [] : [`${base.slice(0, 10)}..${head.slice(0, 10)}`]),
  ];
  return parts.join(', ');
}

/** At least so many: what says nothing proves nothing. */
function attributionLines({ attributed, agents, commits, total }: AuditReport, { paint, width }: AuditTextOptions): readonly string[] {
  const known = attributed.recorded + attributed.declared;
  const all = known + attributed.unknown;
  if (all === 0) return [];
  const names = Object.entries(agents).map(([id, count]) => `${escapeTerminal(agentName(id))} ${count}`);
  const tiers = [
    ...(attributed.recorded > 0 ? [`${attributed.recorded} recorded line by line`] : []),
    ...(attributed.declared > 0 ? [`${attributed.declared} declared`] : []),
  ];
  const text =
    known === 0
      ? `No commit says that an agent wrote it, which is no evidence that a person did.`
      : `At least ${known} of ${plural(all, 'commit')} by agents: ${[...names, ...tiers].join(', ')}. ${attributed.unknown === 0 ? '' : 'Of the others nothing is known.'}`;
  const lost = [...new Set(commits.length > 0 ? commits.flatMap(({ attribution }) => attribution.lost) : total.attribution.lost)];
  return [
    ...wrap(text.trim(), width).map((line) => paint('cyan', line)),
    ...lost.slice(0, 3).flatMap((line) => wrap(escapeTerminal(line), width - 2).map((part) => paint('dim', `  ${part}`))),
    ...(lost.length > 3 ? [paint('dim', `  and ${lost.length - 3} more such remarks`)] : []),
  ];
}

function readFirst(total: CommitAudit, { paint, width }: AuditTextOptions): readonly string[] {
  const { readingOrder, rest } = total;
  const out: string[] = [];
  if (readingOrder.length === 0) out.push(paint('green', 'Nothing was found that has to be read first.'));
  else out.push(paint('bold', 'Read first'));
  for (const [at, item] of readingOrder.slice(0, SHOWN_PLACES).entries()) {
    const level = severityOfPlace(item);
    const number = `${at + 1}`.padStart(4);
    const place = elide(placeOf(item), width - 16);
    out.push(`${number}  ${paint([STYLE[level], 'bold'], severityWord(level).padEnd(8))} ${paint('cyan', place)}`);
    const why = wrap(escapeTerminal(item.why), width - INDENT.length);
    const kept = why.slice(0, 2);
    for (const [line, text] of kept.entries())
      out.push(INDENT + (line === 1 && why.length > 2 ? `${takeColumns(text, width - INDENT.length - 2)} …` : text));
  }
  const more = readingOrder.length - SHOWN_PLACES;
  if (more > 0) out.push(paint('dim', `${INDENT}and ${plural(more, 'more place')}: --format json has them all`));
  if (rest.hunks > 0 || rest.files > 0)
    out.push(
      ...wrap(
        `The rest, in which nothing stood out and which is still unread: ${plural(rest.hunks, 'hunk')}, +${rest.addedLines} -${rest.deletedLines} lines; ${plural(rest.files, 'file')} of ${total.files} have no place above.`,
        width - INDENT.length,
      ).map((line) => INDENT + paint('dim', line)),
    );
  return out;
}

function placeOf({ path, start, end }: ReadingItem): string {
  return `${escapeTerminal(path)}:${start}${end > start ? `-${end}` : ''}`;
}

function governanceLines({ governance }: CommitAudit, { paint, width }: AuditTextOptions): readonly string[] {
  if (governance.length === 0) return [];
  return [
    '',
    paint(['bold', 'yellow'], 'It would change what governs its own audit; the base governed instead'),
    ...listed(governance, ({ path, line, message }) => `${path}:${line}  ${message}`, width, paint),
  ];
}

function listed<T>(items: readonly T[], text: (item: T) => string, width: number, paint: Paint): readonly string[] {
  const lines = items.slice(0, SHOWN_LINES).map((item) => `  ${elide(escapeTerminal(text(item)), width - 2)}`);
  return items.length > SHOWN_LINES ? [...lines, paint('dim', `  and ${items.length - SHOWN_LINES} more`)] : lines;
}

function balance(total: CommitAudit, { paint }: AuditTextOptions): readonly string[] {
  const counts = severities(
    total.added.filter(({ finding }) => finding.suppression === undefined).map(({ finding }) => finding.severity),
    paint,
  );
  const row = (label: string, value: string): string => `${label.padEnd(24)}${value}`;
  const out = [row('Findings added', counts === '' ? paint('green', 'none') : counts)];
  if (total.removedFindings.length > 0) out.push(row('Findings removed', paint('green', String(total.removedFindings.length))));
  if (total.removedChecks.length > 0)
    out.push(
      row(
        'Checks taken away',
        `${severities(
          total.removedChecks.map(({ severity }) => severity),
          paint,
        )}: ${kinds(total.removedChecks.map(({ kind }) => kind))}`,
      ),
    );
  if (total.widened.length > 0)
    out.push(
      row(
        'Allowed more',
        `${severities(
          total.widened.map(({ severity }) => severity),
          paint,
        )}: ${kinds(total.widened.map(({ kind }) => kind))}`,
      ),
    );
  if (total.suppressions.length > 0)
    out.push(row('Suppressions added', `${total.suppressions.length}: ${kinds(total.suppressions.map(({ tool }) => tool))}`));
  if (total.dependencies.length > 0)
    out.push(row('Dependencies', `${total.dependencies.length}: ${kinds(total.dependencies.map(({ kind }) => kind))}`));
  if (total.workflows.length > 0) out.push(row('Workflows touched', total.workflows.slice(0, 3).map(escapeTerminal).join(', ')));
  if (total.setApart.length > 0)
    out.push(row('Not read line by line', `${plural(total.setApart.length, 'file')}: ${kinds(total.setApart.map(({ why }) => why))}`));
  return out;
}

function kinds(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const parts = [...counts]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, count]) => `${escapeTerminal(name)} ${count}`);
  return parts.length > 5 ? `${parts.slice(0, 5).join(', ')} ...` : parts.join(', ');
}

function severities(list: readonly Severity[], paint: Paint): string {
  return (['ERROR', 'WARNING', 'INFO'] as const)
    .map((severity) => ({ severity, count: list.filter((other) => other === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) =>
      paint(STYLE[severity], `${count} ${severityWord(severity)}${count === 1 || severity === 'INFO' ? '' : 's'}`),
    )
    .join(', ');
}

function problemLines(title: string, problems: readonly string[], { paint, width }: AuditTextOptions): readonly string[] {
  const unique = [...new Set(problems)];
  if (unique.length === 0) return [];
  return ['', paint('yellow', title), ...listed(unique, (text) => text, width, paint)];
}

/** Who, what, and what of it a reviewer should know; a commit with nothing to say is one line. */
function commitLines(commit: CommitAudit, options: AuditTextOptions, alone = false): readonly string[] {
  const { paint, width } = options;
  const { attribution } = commit;
  const who = attribution.tier === 'unknown' ? commit.author.name : `${agentName(attribution.agent ?? 'an agent')}, ${attribution.tier}`;
  const head = `  ${paint('yellow', commit.sha.slice(0, 10))}  ${commit.date.slice(0, 10)}  `;
  const column = Math.min(24, Math.max(16, width - 76));
  const shownWho = padded(cut(escapeTerminal(who), column), column);
  const subject = cut(escapeTerminal(commit.subject), Math.max(16, width - 28 - column));
  const out = [`${head}${paint(attribution.tier === 'unknown' ? 'dim' : 'cyan', shownWho)}  ${subject}`];
  if (alone)
    for (const { source, text, caveat } of attribution.evidence.slice(0, 3))
      out.push(
        paint('dim', `      ${elide(escapeTerminal(`${source}: ${text}${caveat === undefined ? '' : ` (${caveat})`}`), width - 6)}`),
      );
  const say = (style: Style, word: string, place: string, text: string): void => {
    const lead = `      ${paint(style, word)} `;
    const rest = `${escapeTerminal(place)}  ${escapeTerminal(text.replaceAll(/\s+/g, ' '))}`;
    out.push(lead + cut(rest, width - 7 - word.length));
  };
  if (alone) return [...out, ...problemLines('  Not looked at in it', commit.problems, options)];
  for (const { finding } of commit.added.filter(({ finding: one }) => one.suppression === undefined).slice(0, 5))
    say(STYLE[finding.severity], severityWord(finding.severity), `${finding.path}:${finding.range.start.line + 1}`, finding.ruleId);
  if (commit.added.length > 5) out.push(paint('dim', `      and ${plural(commit.added.length - 5, 'more finding')}`));
  const checks = commit.removedChecks.filter(({ severity }) => severity !== 'INFO');
  for (const { path, line, message, severity } of checks.slice(0, 3)) say(STYLE[severity], 'check', `${path}:${line}`, message);
  if (checks.length > 3) out.push(paint('dim', `      and ${plural(checks.length - 3, 'more check')} taken away`));
  for (const { path, line, message, severity } of commit.widened.slice(0, 3)) say(STYLE[severity], 'wider', `${path}:${line}`, message);
  for (const { path, line, message } of commit.governance.slice(0, 3)) say('yellow', 'audit', `${path}:${line}`, message);
  if (commit.problems.length > 0)
    out.push(
      paint(
        'dim',
        `      ${cut(`${plural(commit.problems.length, 'thing')} not looked at: ${escapeTerminal(commit.problems[0] ?? '')}`, width - 6)}`,
      ),
    );
  return out;
}

/** As a person reads it; the id where the table of agents does not know it. */
function agentName(id: string): string {
  return AGENTS.find((agent) => agent.id === id)?.name ?? id;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function cut(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${takeColumns(text, width - 1)}…`;
}
