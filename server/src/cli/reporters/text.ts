/**
 * The report for people: findings by file, each with its place, its layer and weakness, a code frame and what to
 * write instead; then one calm summary that also says what was not looked at. Reads the files with findings
 * again for the lines around a finding, and makes do with the finding's own lines where they have changed.
 */
import { plural } from '../../core/page/plural.js';
import { ENGINE_ORIGIN, layerName, LEFT_OUT, MAESTRO_LAYERS } from '../../core/index.js';
import type { Finding, RuleInfo, RuleScore, ScanError, Severity, TracePlace } from '../../core/index.js';
import { versionText } from '../../core/aivss/ruleScore.js';
import { cweId } from '../../core/page/findingNote.js';
import { readSource } from '../../host/node/files-read.js';
import { allFindings, scoreOf, severityWord, shownPath } from '../result.js';
import type { PlacedFinding, ScanResult } from '../result.js';
import { displayWidth, elide, escapeSource, escapeTerminal, wrap } from '../terminal.js';
import type { Paint, Style } from '../terminal.js';
import { reasonText, summariseCoverage } from './coverage.js';
import type { CoverageGap } from './coverage.js';
import { renderFrame } from './frame.js';
import type { LineOf } from './frame.js';
import { sourceLines } from './sourceLines.js';

export interface TextOptions {
  readonly paint: Paint;
  readonly width: number;
}

const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { ERROR: 'red', WARNING: 'yellow', INFO: 'blue' };
const SEVERITIES: readonly Severity[] = ['ERROR', 'WARNING', 'INFO'];
/** Where text starts, right of the severity word. */
const BODY = ' '.repeat(11);

export async function formatText(result: ScanResult, options: TextOptions): Promise<string> {
  const out: string[] = [];
  const hides = new Map(result.files.map(({ target, hide }) => [target, hide]));
  const read = new Map<PlacedFinding['target'], ReturnType<typeof sourceLines>>();
  for (const { target, findings } of openByFile(result)) {
    let lines = read.get(target);
    if (lines === undefined) {
      const source = await readSource(target.absolute, target.path, { maxBytes: 0, named: true });
      lines = sourceLines(source.kind === 'text' ? source.text : undefined, target.path, hides.get(target));
      // In order of paths no file comes twice, and there may be many.
      if (result.sort !== 'path') read.set(target, lines);
    }
    out.push(fileHeader(target.shown, findings.length, options), '');
    for (const finding of findings) {
      const rule = result.rules.get(finding.ruleId);
      out.push(...findingBlock({ target, finding }, rule, scoreOf(result, finding), lines(finding), options), '');
    }
  }
  out.push(...summary(result, options));
  return `${out.join('\n')}\n`;
}

/** Findings that are not suppressed, in their order, as far as they are in one file. */
function openByFile(result: ScanResult): readonly { readonly target: PlacedFinding['target']; readonly findings: readonly Finding[] }[] {
  const runs: { target: PlacedFinding['target']; findings: Finding[] }[] = [];
  for (const { target, finding } of allFindings(result)) {
    if (finding.suppression !== undefined) continue;
    const last = runs.at(-1);
    if (last?.target === target) last.findings.push(finding);
    else runs.push({ target, findings: [finding] });
  }
  return runs;
}

function fileHeader(shown: string, count: number, { paint, width }: TextOptions): string {
  const name = elide(escapeTerminal(shown), width - 16);
  return `${paint(['bold', 'underline'], name)}  ${paint('dim', plural(count, 'finding'))}`;
}

function findingBlock(
  { target, finding }: PlacedFinding,
  rule: RuleInfo | undefined,
  score: RuleScore | undefined,
  lineOf: LineOf,
  options: TextOptions,
): readonly string[] {
  const { paint, width } = options;
  const style = SEVERITY_STYLE[finding.severity];
  const body = width - BODY.length;
  const [head = '', ...rest] = wrap(escapeTerminal(oneLine(finding.message)), body);
  const word = severityWord(finding.severity);
  const out = [`  ${paint([style, 'bold'], word)}${' '.repeat(BODY.length - 2 - word.length)}${paint('bold', head)}`];
  for (const line of rest) out.push(BODY + paint('bold', line));
  out.push(...filing(finding, rule, score, options));
  const range = finding.cell?.range ?? finding.range;
  const name = escapeTerminal(target.shown);
  const place =
    finding.cell === undefined
      ? `${name}:${range.start.line + 1}:${range.start.column + 1}`
      : `${name} cell ${finding.cell.index + 1}, line ${range.start.line + 1}`;
  out.push('', `    ${paint('cyan', place)}`);
  out.push(...renderFrame(range, lineOf, { width, paint, style, indent: '    ' }));
  out.push(...traceLines(finding, target, options));
  const advice = [...fixLines(finding, options), ...insteadLines(finding, rule, options)];
  return advice.length === 0 ? out : [...out, '', ...advice];
}

/** Most steps that are shown; of a longer way the middle is left out. */
const MAX_TRACE_LINES = 10;

/** How the data came here: each place with its line, from the source to the sink. */
function traceLines(finding: Finding, target: PlacedFinding['target'], { paint, width }: TextOptions): readonly string[] {
  const { trace } = finding;
  if (trace === undefined) return [];
  const line = (place: TracePlace, word: string, indent: string): string => {
    const name = escapeTerminal(shownPath(target, place.path));
    const at = (place.cell?.range ?? place.range).start;
    const where =
      place.cell === undefined ? `${name}:${at.line + 1}:${at.column + 1}` : `cell ${place.cell.index + 1}, line ${at.line + 1}`;
    return elide(`${indent}${word} ${escapeSource(oneLine(place.text))}  ${where}`, width);
  };
  const { steps } = trace;
  const half = MAX_TRACE_LINES / 2;
  const left = steps.length > MAX_TRACE_LINES ? steps.length - MAX_TRACE_LINES : 0;
  const shown = left === 0 ? steps : [...steps.slice(0, half), ...steps.slice(-half)];
  const lines = shown.map((step) => line(step, step.kind === 'assigned' ? 'into' : 'through', '      '));
  if (left > 0) lines.splice(half, 0, `      ... ${plural(left, 'more step')}`);
  return ['', ...[line(trace.source, 'from', '    '), ...lines, line(trace.sink, 'to', '    ')].map((text) => paint('dim', text))];
}

/** `[MAESTRO L3 Agent Frameworks, CWE-95, AIVSS v0.8 9.5]  rule-id`, on two lines where one is too narrow. */
function filing(
  finding: Finding,
  rule: RuleInfo | undefined,
  score: RuleScore | undefined,
  { paint, width }: TextOptions,
): readonly string[] {
  const layer = finding.layer === undefined ? [] : [`MAESTRO ${finding.layer} ${layerName(finding.layer)}`];
  const scored = score === undefined ? [] : [`AIVSS ${versionText(score.version)} ${score.score.toFixed(1)}`];
  const parts = [...layer, ...(rule?.metadata.cwe ?? []).map((entry) => escapeTerminal(cweId(entry))), ...scored];
  const tag = parts.length === 0 ? '' : `[${parts.join(', ')}]`;
  const id = escapeTerminal(finding.ruleId);
  if (tag === '') return [BODY + paint('dim', id)];
  if (BODY.length + displayWidth(tag) + 2 + displayWidth(id) <= width) return [`${BODY}${paint('cyan', tag)}  ${paint('dim', id)}`];
  return [...wrap(tag, width - BODY.length).map((line) => BODY + paint('cyan', line)), BODY + paint('dim', id)];
}

function fixLines(finding: Finding, { paint, width }: TextOptions): readonly string[] {
  if (finding.fix === undefined) return [];
  const text = finding.fix.text.trim();
  const shown = text === '' ? '(remove it)' : (text.split(/\r\n|\r|\n/)[0] ?? '');
  const more = text.includes('\n') ? ' …' : '';
  return [`    ${paint('green', 'Fix:')} ${elide(escapeSource(shown), width - 12)}${more}`];
}

/** The first sentence of the rule's advice, or where to read it. */
function insteadLines(finding: Finding, rule: RuleInfo | undefined, { paint, width }: TextOptions): readonly string[] {
  const advice = firstSentence(rule?.metadata.safe);
  const label = 'Instead:';
  if (advice === undefined) return [`    ${paint('green', label)} countersign explain ${escapeTerminal(finding.ruleId)}`];
  const indent = ' '.repeat(5 + label.length);
  return wrap(escapeTerminal(advice), width - indent.length).map((line, at) =>
    at === 0 ? `    ${paint('green', label)} ${line}` : indent + line,
  );
}

function firstSentence(markdown: string | undefined): string | undefined {
  const paragraph = markdown
    ?.split(/\n\s*\n|\n(?= {0,3}(?:```|~~~))/)
    .map((part) => oneLine(part))
    .find((part) => part !== '' && !/^(?:```|~~~)/.test(part));
  if (paragraph === undefined) return undefined;
  const sentence = /^.*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
  return (sentence.length < 40 ? paragraph : sentence).replace(/[:,;]$/, '.');
}

function summary(result: ScanResult, options: TextOptions): readonly string[] {
  const { paint, width } = options;
  const findings = allFindings(result);
  const open = findings.filter(({ finding }) => finding.suppression === undefined).map(({ finding }) => finding);
  const coverage = summariseCoverage(result);
  const out: string[] = [];
  if (open.length > 0) {
    const files = new Set(findings.filter(({ finding }) => finding.suppression === undefined).map(({ target }) => target.absolute)).size;
    out.push(
      paint('dim', '─'.repeat(width)),
      `${paint('bold', plural(open.length, 'finding'))} in ${plural(files, 'file')}: ${severityCounts(open, paint)}`,
      '',
    );
    const layers = [...MAESTRO_LAYERS, undefined].map((layer) => ({ layer, here: open.filter((finding) => finding.layer === layer) }));
    for (const { layer, here } of layers) {
      if (here.length === 0) continue;
      const name = layer === undefined ? 'no layer' : `${layer} ${layerName(layer)}`;
      out.push(`  ${name.padEnd(34)}${severityCounts(here, paint)}`);
    }
    out.push('');
  } else {
    out.push(coverage.scanned + coverage.partial === 0 ? paint('yellow', 'Nothing was scanned.') : paint('green', 'No findings.'));
  }
  out.push(scannedLine(result, coverage.scanned, coverage.partial), ...gapLines(coverage.gaps, options));
  out.push(...suppressionLines(findings, options));
  const errors = result.ruleErrors.filter((error) => error.kind !== 'rule' || error.level === 'error');
  const leavesOut = (error: ScanError): boolean => error.kind === 'rule' && error.code === LEFT_OUT;
  const refused = new Set(errors.filter((error) => !leavesOut(error)).map((error) => error.ruleId ?? error.path));
  const halved = new Set(
    errors.filter((error) => leavesOut(error) && !refused.has(error.ruleId ?? error.path)).map((error) => error.ruleId),
  );
  if (refused.size > 0)
    out.push(`  ${paint('red', `${plural(refused.size, 'rule')} did not run`)}: refused as written, listed on standard error`);
  if (halved.size > 0)
    out.push(
      `  ${paint('red', `${plural(halved.size, 'rule')} did not run in all languages`)} that they name, as listed on standard error`,
    );
  if (result.disabledRules.length > 0) {
    out.push(
      `  ${paint('yellow', 'rules left out')} by the project’s configuration: ${result.disabledRules.map(escapeTerminal).join(', ')}`,
    );
  }
  return out;
}

function scannedLine(result: ScanResult, scanned: number, partial: number): string {
  const partly = partial === 0 ? '' : `, ${partial} of them only in part`;
  return `Scanned ${plural(scanned + partial, 'file')} with ${plural([...result.rules.values()].filter((rule) => rule.origin.path !== ENGINE_ORIGIN).length, 'rule')}${partly}.`;
}

function gapLines(gaps: readonly CoverageGap[], options: TextOptions): readonly string[] {
  const { paint, width } = options;
  const groups = new Map<string, CoverageGap[]>();
  for (const gap of gaps) {
    const label = `${gap.state === 'partial' ? 'in part' : 'skipped'}: ${reasonText(gap.reason)}`;
    const members = groups.get(label);
    if (members === undefined) groups.set(label, [gap]);
    else members.push(gap);
  }
  return [...groups].map(([label, members]) => {
    const count = String(new Set(members.map((gap) => gap.shown)).size).padStart(6);
    const head = `  ${paint('yellow', label.padEnd(34))}${count}  `;
    return head + paint('dim', someNames(members, Math.max(20, width - 44)));
  });
}

/** As many names as fit, the first of them cut if it must be, and how many more there are. */
function someNames(gaps: readonly CoverageGap[], room: number): string {
  const names = [
    ...new Set(
      gaps.map((gap) => escapeTerminal(gap.shown) + (gap.isDirectory ? '/' : '') + (gap.line === undefined ? '' : `:${gap.line + 1}`)),
    ),
  ];
  const shown: string[] = [];
  let used = 0;
  for (const name of names) {
    const next = elide(name, Math.max(12, Math.min(40, room - 8)));
    used += displayWidth(next) + 2;
    if (shown.length > 0 && used > room - 8) break;
    shown.push(next);
  }
  return shown.join(', ') + (shown.length < names.length ? `, +${names.length - shown.length}` : '');
}

function suppressionLines(findings: readonly PlacedFinding[], { paint, width }: TextOptions): readonly string[] {
  const suppressed = findings.filter(({ finding }) => finding.suppression !== undefined);
  if (suppressed.length === 0) return [];
  const out = ['', `${plural(suppressed.length, 'finding')} suppressed in the source:`];
  for (const { target, finding } of suppressed.slice(0, 10)) {
    const place = `${elide(escapeTerminal(target.shown), 40)}:${finding.range.start.line + 1}`;
    out.push(
      paint(
        'dim',
        elide(`  ${place}  ${escapeTerminal(finding.ruleId)}: ${escapeTerminal(oneLine(finding.suppression?.reason ?? ''))}`, width),
      ),
    );
  }
  if (suppressed.length > 10) out.push(paint('dim', `  and ${suppressed.length - 10} more`));
  return out;
}

function severityCounts(findings: readonly Finding[], paint: Paint): string {
  return SEVERITIES.map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) =>
      paint(SEVERITY_STYLE[severity], `${count} ${severityWord(severity)}${count === 1 || severity === 'INFO' ? '' : 's'}`),
    )
    .join(', ');
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').trim();
}
