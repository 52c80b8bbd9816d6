/**
 * What of one commit a countersignature speaks about: its added findings, removed checks, widened settings and so on, each as one key without line numbers, so that
 * a rebase that leaves the change alone leaves them alone. Their digest is what a record binds.
 */
import type { Severity } from '../model/rule.js';
import type { CommitAudit } from './report.js';
import { canonicalJson } from './canonical.js';

export type ItemKind = 'finding' | 'check' | 'widened' | 'suppression' | 'dependency' | 'governance' | 'workflow';

export interface AuditItem {
  readonly kind: ItemKind;
  readonly severity: Severity;
  readonly path: string;
  /** 1-based, in the commit's tree. */
  readonly line: number;
  /** What happened, one sentence; holds untrusted text. */
  readonly message: string;
  /** What it is called in a report: the rule's id, the kind of check, the setting. */
  readonly name: string;
  /** The same for the same thing in another commit; two equal things in one commit have equal keys. */
  readonly key: string;
}

/** Hexadecimal SHA-256 of a text in UTF-8. The engine has none of its own: the host hands it in. */
export type Sha256 = (text: string) => string;

export interface ItemsDigest {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** Sixteen hexadecimal digits for each item, sorted: tells which ones are new. Undefined where there are too many to keep. */
  readonly items: readonly string[] | undefined;
}

const MOST_KEPT = 500;

/** All of it, worst first, then by path and line. */
export function auditItems(commit: CommitAudit): readonly AuditItem[] {
  const silencing = new Set(
    commit.removedChecks
      .filter(({ kind }) => kind === 'lint-suppressed' || kind === 'scanner-suppressed')
      .map(({ path, line }) => `${line} ${path}`),
  );
  const items: AuditItem[] = [
    ...commit.added.map(({ finding, why }) => ({
      kind: 'finding' as const,
      severity: finding.severity,
      path: finding.path,
      line: finding.range.start.line + 1,
      message:
        why === 'new'
          ? finding.message
          : `${finding.message} (${why === 'unsuppressed' ? 'its suppression was removed' : 'it reaches further than before'})`,
      name: finding.ruleId,
      key: key('finding', finding.fingerprint, why),
    })),
    ...commit.removedChecks.map((check) => ({
      kind: 'check' as const,
      severity: check.severity,
      path: check.path,
      line: check.line,
      message: check.message,
      name: check.kind,
      key: key('check', check.kind, check.path, check.was.trim()),
    })),
    ...commit.widened.map((wider) => ({
      kind: 'widened' as const,
      severity: wider.severity,
      path: wider.path,
      line: wider.line,
      message: wider.message,
      name: wider.kind,
      key: key('widened', wider.kind, wider.path, wider.setting, wider.was, wider.now),
    })),
    // Most are among the removed checks already, with a severity of their own.
    ...commit.suppressions
      .filter((added) => !silencing.has(`${added.line} ${added.path}`))
      .map((added) => ({
        kind: 'suppression' as const,
        severity: added.tool === 'countersign' ? ('WARNING' as const) : ('INFO' as const),
        path: added.path,
        line: added.line,
        message: `A suppression for ${added.tool} is added: ${added.text.trim()}`,
        name: added.tool,
        key: key('suppression', added.tool, added.path, added.text.trim()),
      })),
    ...commit.governance.map((change) => ({
      kind: 'governance' as const,
      severity: 'WARNING' as const,
      path: change.path,
      line: change.line,
      message: change.message,
      name: 'governance',
      key: key('governance', change.path, change.message),
    })),
    ...commit.dependencies.map((dependency) => ({
      kind: 'dependency' as const,
      severity: dependency.concern === undefined ? ('INFO' as const) : ('WARNING' as const),
      path: dependency.path,
      line: dependency.line,
      message: dependencyText(dependency),
      name: dependency.ecosystem,
      key: key('dependency', dependency.kind, dependency.path, dependency.name, dependency.was ?? '', dependency.version ?? ''),
    })),
    ...commit.workflows.map((path) => ({
      kind: 'workflow' as const,
      severity: 'INFO' as const,
      path,
      line: 1,
      message: 'A CI workflow is changed.',
      name: 'workflow',
      key: key('workflow', path),
    })),
  ];
  return items.toSorted(
    (a, b) => RANK[b.severity] - RANK[a.severity] || compare(a.path, b.path) || a.line - b.line || compare(a.key, b.key),
  );
}

export function digestItems(items: readonly AuditItem[], sha256: Sha256): ItemsDigest {
  const keys = items.map((item) => item.key).toSorted(compare);
  return {
    digest: `sha256:${sha256(canonicalJson(['countersign/items/1', ...keys]))}`,
    items: keys.length > MOST_KEPT ? undefined : keys.map((text) => itemId(text, sha256)).toSorted(compare),
  };
}

/** Sixteen hexadecimal digits that stand for an item's key in a record. */
export function itemId(text: string, sha256: Sha256): string {
  return sha256(text).slice(0, 16);
}

/** Items at or above a severity, as `--fail-on` counts them. */
export function itemsAtLeast(items: readonly AuditItem[], severity: Severity): readonly AuditItem[] {
  return items.filter((item) => RANK[item.severity] >= RANK[severity]);
}

function dependencyText({ kind, name, version, was, concern }: CommitAudit['dependencies'][number]): string {
  const now = version === undefined ? name : `${name} ${version}`;
  const what = {
    added: `The dependency ${now} is added`,
    'version-changed': `The dependency ${now} was ${was ?? 'another version'}`,
    'source-changed': `The dependency ${now} comes from another source`,
    'install-script': `${now} runs a script when it is installed`,
  }[kind];
  return concern === undefined ? `${what}.` : `${what}: ${concern}`;
}

const RANK: Readonly<Record<Severity, number>> = { INFO: 1, WARNING: 2, ERROR: 3 };

function key(...parts: readonly string[]): string {
  return canonicalJson(parts);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
