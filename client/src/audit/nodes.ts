/**
 * What the view "AI-assisted changes" shows: a report as rows, in the order in which a reviewer asks. Plain data, no editor in it: what a row looks like is in
 * `view.ts`. All texts are the server's, and are shown as text.
 */
import { COMMANDS } from '../../../server/src/protocol/commands.js';
import type { AuditedChange, AuditedCommit, AuditEntry, AuditPlace, AuditSeverity, AuditView } from '../../../server/src/protocol/audit.js';

/** Names of codicons, and what colour they have. */
export interface NodeIcon {
  readonly name: string;
  readonly colour?: 'error' | 'warning' | 'note' | 'good' | 'agent';
}

/** A place in a change: what a click on the row opens. */
export interface NodePlace extends AuditPlace {
  readonly base?: string;
  readonly head?: string;
}

export interface AuditNode {
  /** The same for the same row of the next report, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip: string;
  /** Undefined: the icon of a file of this name. */
  readonly icon: NodeIcon | undefined;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly place?: NodePlace;
  /** Of the row of a commit: what menus ask for. */
  readonly commit?: AuditedCommit;
  /** What a click does, where there is no place: a command without arguments. */
  readonly command?: string;
  readonly isOpen?: boolean;
  readonly children: readonly AuditNode[];
}

const OPEN_COMMITS = 12;
const OPEN_FILES = 12;
const SEVERITY_ICON: Readonly<Record<AuditSeverity, string>> = { error: 'error', warning: 'warning', note: 'info' };
const KIND_ICON: Readonly<Record<Exclude<AuditEntry['kind'], 'finding'>, string>> = {
  check: 'shield',
  widened: 'unlock',
  suppression: 'mute',
  dependency: 'package',
  governance: 'law',
  workflow: 'gear',
};
const KIND_WORD: Readonly<Record<AuditEntry['kind'], string>> = {
  finding: 'Finding added',
  check: 'Check removed',
  widened: 'Permission widened',
  suppression: 'Suppression added',
  dependency: 'Dependency',
  governance: 'Change to what governs the audit',
  workflow: 'Workflow',
};

export function auditNodes(view: AuditView): readonly AuditNode[] {
  const { total, commits, problems, range } = view;
  const files = fileNodes(total);
  const missed = missedNodes(total, problems);
  const groups = [
    group('first', 'Read First', 'eye', String(total.readingOrder.length), readFirst(total), true),
    group('commits', 'Commits', 'git-commit', `${commits.length} · ${range}`, commits.map(commitNode), commits.length <= OPEN_COMMITS),
    group('files', 'By File', 'files', String(files.length), files, files.length <= OPEN_FILES),
    group('missed', 'Not Looked At', 'eye-closed', String(missed.length), missed, false),
  ];
  return [...summaryNodes(view), ...groups.filter(({ children }) => children.length > 0)];
}

/** Instead of a report: why there is none, and what a person can do. */
export function noticeNodes(reason: string, message: string): readonly AuditNode[] {
  const choose = row('choose', 'Choose which commits to look at', { name: 'git-compare' });
  const again = row('again', 'Look again', { name: 'refresh' });
  return [
    row('notice', capital(message), { name: reason === 'range' ? 'info' : 'warning' }),
    reason === 'range' ? { ...choose, command: COMMANDS.chooseAuditRange } : { ...again, command: COMMANDS.refreshAudit },
  ];
}

function summaryNodes({ attributed, commits, summary, headline, range }: AuditView): readonly AuditNode[] {
  const { recorded, declared } = attributed;
  const assisted = recorded + declared;
  const all = commits.length;
  const known =
    assisted === 0 ? `No mark of an agent in ${counted(all, 'commit')}` : `At least ${assisted} of ${counted(all, 'commit')} by agents`;
  return [
    {
      ...{ id: 'summary', label: all === 0 ? summary : known, tooltip: `${range}\n${summary}`, spoken: summary, children: [] },
      ...(agentsOf(commits) === '' ? {} : { description: agentsOf(commits) }),
      icon: { name: assisted === 0 ? 'question' : 'hubot', ...(assisted === 0 ? {} : { colour: 'agent' as const }) },
    },
    row('headline', capital(headline), { name: 'checklist' }, { tooltip: headline }),
  ];
}

/** Names with their numbers of commits, most first. */
function agentsOf(commits: readonly AuditedCommit[]): string {
  const counts = new Map<string, number>();
  for (const { agent } of commits) if (agent !== undefined) counts.set(agent, (counts.get(agent) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

/** The place is short and comes first: a reason is cut where the view ends, and the pointer shows all of it. */
function readFirst(change: AuditedChange): readonly AuditNode[] {
  const items = change.readingOrder.map((item, at): AuditNode => {
    const where = lineText(item);
    return {
      ...{ id: `first ${at}`, label: where.slice(where.lastIndexOf('/') + 1), description: item.why, tooltip: `${where}\n${item.why}` },
      icon: severityIcon(item.severity),
      spoken: `${item.severity}: ${item.why}, ${where}`,
      place: placeIn(change, item),
      children: [],
    };
  });
  return [...items, row('first rest', change.rest, { name: 'ellipsis' })];
}

function commitNode(commit: AuditedCommit): AuditNode {
  const { sha, shortSha, subject, author, date, agent, tier, headline, countersigned, change } = commit;
  const [latest] = countersigned;
  const signed = latest === undefined ? undefined : `${decided(latest.decision)} by ${latest.reviewer}`;
  const id = `commit ${sha}`;
  const description = [agent ?? author, shortSha.slice(0, 8), ...(signed === undefined ? [] : [signed])].join(' · ');
  return {
    ...{ id, label: subject, description, icon: commitIcon(commit), commit },
    tooltip: [
      subject,
      `${shortSha} by ${author}, ${date.slice(0, 10)}`,
      tier === 'unknown'
        ? 'Nothing says that an agent took part in it, which is no evidence that none did.'
        : `${capital(tier)}: ${agent ?? ''}`,
      capital(headline),
      ...(signed === undefined ? ['Not countersigned.'] : [`${signed}.`]),
    ].join('\n'),
    spoken: `Commit ${subject}, by ${author}, ${tier === 'unknown' ? 'nobody says that an agent took part' : `${tier} as ${agent ?? 'an agent'}'s`}, ${headline}${signed === undefined ? '' : `, ${signed}`}`,
    children: [
      ...countersigned.map((each, at) => {
        const text = `${capital(decided(each.decision))} by ${each.reviewer}, ${each.date.slice(0, 10)}`;
        return row(`${id} signed ${at}`, text, signatureIcon(each.decision), {
          description: [...(each.note === undefined ? [] : [`“${each.note}”`]), signatureText(each.signature)].join(' · '),
        });
      }),
      ...commit.evidence.map((each, at) =>
        row(
          `${id} evidence ${at}`,
          `${each.agent}${each.model === undefined ? '' : ` (${each.model})`}, by ${sourceText(each.source)}`,
          { name: 'quote' },
          {
            description: each.text,
            ...(each.caveat === undefined ? {} : { tooltip: `${each.text}\nBut: ${each.caveat}` }),
          },
        ),
      ),
      ...(tier === 'unknown' ? [row(`${id} unknown`, 'Nothing says that an agent took part in it', { name: 'question' })] : []),
      ...commit.lost.map((text, at) => row(`${id} lost ${at}`, text, { name: 'question' })),
      ...change.entries.map((entry, at) =>
        entryNode(`${id} entry ${at}`, change, entry, { label: capital(entry.message), description: lineText(entry) }),
      ),
      ...(change.entries.length === 0 ? [row(`${id} headline`, capital(headline), { name: 'pass' })] : []),
      ...change.problems.map((text, at) => row(`${id} problem ${at}`, text, { name: 'circle-slash' })),
    ],
  };
}

function commitIcon({ countersigned: [latest], agent }: AuditedCommit): NodeIcon {
  if (latest !== undefined) return signatureIcon(latest.decision);
  return agent === undefined ? { name: 'git-commit' } : { name: 'hubot', colour: 'agent' };
}

function signatureIcon(decision: AuditedCommit['countersigned'][number]['decision']): NodeIcon {
  if (decision === 'approve') return { name: 'verified-filled', colour: 'good' };
  return decision === 'reject' ? { name: 'circle-slash', colour: 'error' } : { name: 'comment' };
}

function decided(decision: AuditedCommit['countersigned'][number]['decision']): string {
  return { approve: 'approved', reject: 'rejected', comment: 'commented on' }[decision];
}

function signatureText(state: string): string {
  const said: Readonly<Record<string, string>> = {
    good: 'signature good',
    unsigned: 'no signature',
    bad: 'SIGNATURE WRONG',
    'unknown-key': 'signed by an unknown key',
    'no-list': 'signed, key not checked',
  };
  return said[state] ?? 'signature could not be checked';
}

function sourceText(source: string): string {
  const said: Readonly<Record<string, string>> = {
    'agent-trace': 'an Agent Trace record',
    'git-ai': 'a git-ai note',
    trailer: 'a trailer of its message',
    marker: 'a line of its message',
    author: 'its author',
    committer: 'its committer',
  };
  return said[source] ?? source;
}

function filesOf(change: AuditedChange): ReadonlyMap<string, readonly AuditEntry[]> {
  const files = new Map<string, AuditEntry[]>();
  for (const entry of change.entries) files.set(entry.path, [...(files.get(entry.path) ?? []), entry]);
  return files;
}

function fileNodes(change: AuditedChange): readonly AuditNode[] {
  return [...filesOf(change)].map(([path, entries]): AuditNode => {
    const [first] = entries;
    const shown = first?.shown ?? '';
    const cut = shown.lastIndexOf('/');
    const count = counted(entries.length, 'place');
    return {
      ...{ id: `file ${path}`, label: shown.slice(cut + 1), tooltip: shown, icon: undefined, isOpen: true },
      description: [...(cut < 0 ? [] : [shown.slice(0, cut)]), count].join(' · '),
      spoken: `File ${shown}, ${count}`,
      ...(first === undefined ? {} : { place: placeIn(change, first) }),
      children: entries.map((entry, at) =>
        entryNode(`entry ${at} ${path}`, change, entry, {
          label: `${entry.startLine + 1}: ${capital(entry.message)}`,
          ...(entry.detail === undefined ? {} : { description: entry.detail }),
        }),
      ),
    };
  });
}

function entryNode(id: string, change: AuditedChange, entry: AuditEntry, shown: Pick<AuditNode, 'label' | 'description'>): AuditNode {
  const { kind, severity, message, detail, ruleId } = entry;
  const icon = kind === 'finding' ? severityIcon(severity) : { name: KIND_ICON[kind], colour: severity };
  return {
    ...shown,
    ...{ id, icon, place: placeIn(change, entry), children: [] },
    tooltip: [
      `${KIND_WORD[kind]} (${severity})${ruleId === undefined ? '' : `, ${ruleId}`}`,
      message,
      ...(detail === undefined ? [] : [detail]),
      lineText(entry),
    ].join('\n'),
    spoken: `${KIND_WORD[kind]}, ${severity}: ${message}, ${lineText(entry)}`,
  };
}

function missedNodes(change: AuditedChange, problems: readonly string[]): readonly AuditNode[] {
  return [
    ...problems.map((text, at) => row(`missed problem ${at}`, text, { name: 'circle-slash' })),
    ...change.problems.map((text, at) => row(`missed total ${at}`, text, { name: 'circle-slash' })),
    ...change.setApart.map(({ shown, why }, at) =>
      row(`missed apart ${at}`, shown, { name: 'file' }, { description: `${why}, not read line by line` }),
    ),
  ];
}

function group(id: string, label: string, icon: string, description: string, children: readonly AuditNode[], isOpen: boolean): AuditNode {
  return { id, label, isOpen, children, icon: { name: icon }, description, tooltip: label, spoken: `${label}, ${description}` };
}

function row(id: string, label: string, icon: NodeIcon, more: Partial<Pick<AuditNode, 'description' | 'tooltip'>> = {}): AuditNode {
  const { description } = more;
  const spoken = description === undefined ? label : `${label}: ${description}`;
  return { id, label, icon, tooltip: description === undefined ? label : `${label}\n${description}`, spoken, children: [], ...more };
}

function severityIcon(severity: AuditSeverity): NodeIcon {
  return { name: SEVERITY_ICON[severity], colour: severity };
}

function placeIn({ base, head }: AuditedChange, { path, shown, startLine, endLine }: AuditPlace): NodePlace {
  return { path, shown, startLine, endLine, ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }) };
}

/** `src/a.py:3`, 1-based as everywhere that people read. */
function lineText({ shown, startLine }: AuditPlace): string {
  return `${shown}:${startLine + 1}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Of a sentence; what begins with a name out of code stays as it is written. */
function capital(text: string): string {
  return /^[a-z]+(?:[ :,.]|$)/.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}
