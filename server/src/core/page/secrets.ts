/**
 * Keeps secrets out of reports: whatever a rule about credentials found is shown as stars and its last four
 * characters, in its own finding and wherever else the same text would be printed. Same length, so that columns
 * still point at the right place. Fixes are applied from the unmasked reports.
 */
import type { Finding, Trace, TracePlace } from '../model/finding.js';
import type { RuleInfo } from '../model/rule.js';

/** Hard-coded passwords, keys and credentials; credentials that are not protected. */
const CREDENTIAL_CWE = /^CWE-(?:259|321|522|798)\b/;
/** Inside what was found: runs that look like key material. */
const KEY_MATERIAL = /[A-Za-z0-9_+/=.~-]{16,}/g;
const KEY_BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY/;
/** The body of such a block, also where it stands as one line in a string. */
const KEY_BLOCK_LINE = /[A-Za-z0-9+/=]{24,}/g;
const LONGEST_HINT = 4;

/** Findings of one file, as far as masking looks at them. */
export interface FoundInFile {
  /** What tells the file apart from every other one of the run. */
  readonly target: { readonly root: string; readonly path: string };
  readonly report: { readonly findings: readonly Finding[] };
  /** Masks the secrets that were found in this file in any other text of it. */
  readonly hide?: (text: string) => string;
}

/** The same files in the same order, without secrets in their findings. @param rules by id */
export function maskSecrets<F extends FoundInFile>(files: readonly F[], rules: ReadonlyMap<string, RuleInfo>): readonly F[] {
  const hides = new Map(files.map((file) => [placeOf(file.target.root, file.target.path), hideIn(file.report.findings, rules)]));
  const hideOf = (root: string, path: string): Hide | undefined => hides.get(placeOf(root, path));
  return files.map((file) => maskFile(file, hideOf));
}

type Hide = (text: string) => string;

function placeOf(root: string, path: string): string {
  return `${root}\0${path}`;
}

/** @param hideOf what hides the secrets of a file of the run; undefined where none were found in it */
function maskFile<F extends FoundInFile>(file: F, hideOf: (root: string, path: string) => Hide | undefined): F {
  const { root, path } = file.target;
  const hide = hideOf(root, path);
  const leads = file.report.findings.some(({ trace }) => trace !== undefined && placesOf(trace).some((place) => place.path !== undefined));
  if (hide === undefined && !leads) return file;
  const own: Hide = hide ?? ((text) => text);
  const findings = file.report.findings.map((finding) =>
    maskFinding(finding, own, (place) => (place.path === undefined ? own : (hideOf(root, place.path) ?? own))),
  );
  return { ...file, ...(hide === undefined ? {} : { hide }), report: { ...file.report, findings } };
}

function placesOf({ source, steps, sink }: Trace): readonly TracePlace[] {
  return [source, ...steps, sink];
}

/** Masks what was found in one file as secrets; undefined where nothing was. */
function hideIn(findings: readonly Finding[], rules: ReadonlyMap<string, RuleInfo>): Hide | undefined {
  const secrets = new Set<string>();
  let holdsKeyBlock = false;
  for (const finding of findings) {
    if (rules.get(finding.ruleId)?.metadata.cwe.some((entry) => CREDENTIAL_CWE.test(entry)) !== true) continue;
    for (const secret of secretsOf(finding)) secrets.add(secret);
    if (KEY_BLOCK.test(finding.lines)) holdsKeyBlock = true;
  }
  if (secrets.size === 0 && !holdsKeyBlock) return undefined;
  // Longest first: a secret may be part of another.
  const ordered = [...secrets].sort((a, b) => b.length - a.length);
  return (text) => {
    const masked = ordered.reduce((rest, secret) => rest.replaceAll(secret, stars(secret)), text);
    return holdsKeyBlock ? masked.replace(KEY_BLOCK_LINE, (run) => '*'.repeat(run.length)) : masked;
  };
}

function maskFinding(finding: Finding, hide: Hide, hideAt: (place: TracePlace) => Hide): Finding {
  const { fix, suppression, trace } = finding;
  return {
    ...finding,
    message: hide(finding.message),
    lines: hide(finding.lines),
    metavariables: Object.fromEntries(
      Object.entries(finding.metavariables).map(([name, binding]) => [name, { ...binding, text: hide(binding.text) }]),
    ),
    ...(fix === undefined ? {} : { fix: { ...fix, text: hide(fix.text) } }),
    ...(trace === undefined ? {} : { trace: maskTrace(trace, hideAt) }),
    ...(suppression === undefined ? {} : { suppression: { ...suppression, reason: hide(suppression.reason) } }),
  };
}

function maskTrace({ source, steps, sink }: Trace, hideAt: (place: TracePlace) => Hide): Trace {
  const mask = <P extends TracePlace>(place: P): P => ({ ...place, text: hideAt(place)(place.text) });
  return { source: mask(source), steps: steps.map(mask), sink: mask(sink) };
}

/** The key material that a finding covers or touches; all that it covers where nothing looks like a key. Line by line. */
function secretsOf(finding: Finding): readonly string[] {
  const range = finding.cell?.range ?? finding.range;
  return finding.lines.split(/\r\n|\r|\n/).flatMap((line, at) => {
    const from = at === 0 ? range.start.column : 0;
    const to = range.start.line + at === range.end.line ? range.end.column : line.length;
    const touched = [...line.matchAll(KEY_MATERIAL)].filter((run) => run.index < to && run.index + run[0].length > from);
    const material = touched.map((run) => run[0]).filter((run) => /[0-9]/.test(run) && /[A-Za-z]/.test(run));
    if (material.length > 0) return material;
    const covered = line.slice(from, to).trim();
    return covered.length >= 4 && !/\s/.test(covered) && !KEY_BLOCK.test(covered) ? [covered] : [];
  });
}

function stars(secret: string): string {
  const hint = secret.length >= 4 * LONGEST_HINT ? secret.slice(-LONGEST_HINT) : '';
  return '*'.repeat(secret.length - hint.length) + hint;
}
