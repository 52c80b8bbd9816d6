/** A match becomes a finding: message and fix filled in, place and source lines found, fingerprint computed. */
import { bindingsOf, sourceOfValue, spanOfValue, type BoundValue } from '../matching/bindings.js';
import type { Match } from '../matching/matcher.js';
import { compileRegex, REGEX_STEPS } from '../model/regex.js';
import type { FlowDoubt, FlowTrace, FormulaRange, OtherFile, Place } from '../formula/ranges.js';
import type { Finding, Fix, MetavariableBinding, Trace, TracePlace, TraceStep } from '../model/finding.js';
import type { Fingerprint, RepoPath } from '../model/rule.js';
import { isTestPath } from '../model/testPaths.js';
import type { Rule } from '../pack/rule.js';
import { appliesTo } from './paths.js';
import { fileUnit, type ScanUnit } from './source.js';

const MAX_LINES = 40;
const MAX_TRACE_TEXT = 200;
const MAX_LINE_LENGTH = 400;
const MAX_BINDING_IN_MESSAGE = 120;

/**
 * @param match its own `fix` is that of an operator, and counts instead of the rule's
 * @param from the file in which the match's places without a file of their own are, where it is not this one
 */
export function toFinding(
  rule: Rule,
  match: Match & Pick<FormulaRange, 'fix' | 'trace' | 'atSink' | 'lowered' | 'far'>,
  unit: ScanUnit,
  path: RepoPath,
  from?: ScanUnit & { readonly path: RepoPath },
): Finding {
  const location = unit.locate(match);
  const bindings = bindingsOf(match.env);
  const layer = rule.metadata.maestro[0];
  const fix = fixOf(rule, match, unit, bindings);
  const inTests = beginsInTests(match, rule, path, from?.path ?? path);
  const unproved = whyUnproved(match, inTests);
  const isUnproved = rule.metadata.tier === 'proved' && (unproved !== '' || match.far === true);
  // Rules that show what came far as information do so with what is doubtful.
  const isDoubtful = rule.options['taint_lower_far'] === true && (inTests || (match.trace?.doubts ?? []).length > 0);
  return {
    ruleId: rule.id,
    message: `${interpolate(rule.message, bindings, unit.original, true)}${whyLowered(match)}${isUnproved || isDoubtful ? unproved : ''}${isDoubtful ? ' Lowered to information.' : ''}`,
    severity: match.lowered === undefined && match.far === undefined && !isDoubtful ? rule.severity : 'INFO',
    tier: isUnproved ? 'likely' : rule.metadata.tier,
    ...(layer === undefined ? {} : { layer }),
    path,
    range: location.range,
    ...(location.cell === undefined ? {} : { cell: location.cell }),
    lines: sourceLines(match, unit),
    metavariables: Object.fromEntries([...bindings].toReversed().map(([name, value]) => [name, bindingOf(value, unit)])),
    ...(fix === undefined ? {} : { fix }),
    ...(match.trace === undefined ? {} : { trace: traceOf(match.trace, unit, path, from) }),
    ...(match.lowered === undefined ? {} : { lowered: match.lowered }),
    ...(match.atSink === undefined ? {} : { atSink: findingAtSink(rule, match.atSink, match.trace, { ...unit, path }) }),
    fingerprint: '' as Fingerprint,
  };
}

/** Whether the rule leaves alone what belongs to an account of the project (`own_account`), and this does: `acme/release@v2` in a repository of acme's. */
export function isOfOwnAccount(rule: Rule, match: Match, unit: ScanUnit, accounts: readonly string[]): boolean {
  const name = rule.options['own_account'];
  if (typeof name !== 'string' || accounts.length === 0) return false;
  const value = bindingsOf(match.env).get(name);
  const account = value === undefined ? undefined : /^["']?([\w.-]+)\//.exec(sourceOfValue(value, unit.original))?.[1];
  return account !== undefined && accounts.includes(account.toLowerCase());
}

function whyLowered({ lowered, far }: Pick<FormulaRange, 'lowered' | 'far'>): string {
  if (lowered !== undefined) return ` Lowered to information: ${lowered}`;
  return far === undefined
    ? ''
    : ' Lowered to information: it came through another file or a part of an object. Follow the way before you rely on it.';
}

/** Whether a test, or a file that the rule leaves out, hands in what arrives in code that is none: it says little of what the program itself does. */
function beginsInTests({ trace }: Pick<FormulaRange, 'trace'>, rule: Rule, path: RepoPath, from: RepoPath): boolean {
  if (trace === undefined) return false;
  const source = trace.source.file?.path ?? from;
  return source !== path && (!appliesTo(rule, source) || (isTestPath(source) && !isTestPath(path)));
}

/** Files that a way may lead through and be a proof: of longer ones that were read, hardly any was what happens. */
const MAX_FILES = 4;

const DOUBTS: Readonly<Record<FlowDoubt, string>> = {
  blurred: 'it lies in an object with more parts than are told apart, and what arrives may be another one',
  assumed: 'it goes into a call that cannot be looked into, and something else may come out',
  checked: 'it is checked, and whether that is enough is for you to see',
};

function whyUnproved({ trace }: Pick<FormulaRange, 'trace'>, inTests: boolean): string {
  if (trace === undefined) return '';
  if (inTests) return ' It begins in a test, or in a file that this rule leaves out: likely, not proved.';
  if (trace.cut === true) return ' The way is too long to be shown whole: likely, not proved.';
  const [doubt] = trace.doubts ?? [];
  if (doubt !== undefined) return ` On the way ${DOUBTS[doubt]}: likely, not proved.`;
  const files = new Set([trace.source, trace.sink, ...trace.steps.map(({ span }) => span)].map(({ file }) => file?.path));
  return files.size > MAX_FILES ? ` The way leads through ${files.size} files: likely, not proved.` : '';
}

/** The same in the file of the sink. */
function findingAtSink(
  rule: Rule,
  { file, ...match }: NonNullable<FormulaRange['atSink']>,
  trace: FlowTrace | undefined,
  from: ScanUnit & { readonly path: RepoPath },
): Finding {
  const path = file.path as RepoPath;
  return toFinding(rule, { ...match, ...(trace === undefined ? {} : { trace }) }, otherUnit(file), path, from);
}

const otherUnits = new WeakMap<OtherFile, ScanUnit>();

function otherUnit(file: OtherFile): ScanUnit {
  let unit = otherUnits.get(file);
  if (unit === undefined) otherUnits.set(file, (unit = fileUnit(file.path, file.text)));
  return unit;
}

function traceOf(
  { source, steps, sink }: FlowTrace,
  unit: ScanUnit,
  path: RepoPath,
  from: (ScanUnit & { readonly path: RepoPath }) | undefined,
): Trace {
  const placeHere = ({ start, end, file }: Place): TracePlace => {
    const [holder, at] = file === undefined ? [from ?? unit, from?.path ?? path] : [unit, path];
    return { ...(at === path ? {} : { path: at }), ...placeIn(holder, start, end) };
  };
  const isElsewhere = (place: Place): place is Place & { readonly file: OtherFile } => place.file !== undefined && place.file.path !== path;
  const place = (at: Place): TracePlace => (isElsewhere(at) ? placesIn(at.file).at(at.start, at.end) : placeHere(at));
  const step = (at: Place, kind: TraceStep['kind']): TraceStep =>
    isElsewhere(at) ? placesIn(at.file).step(at.start, at.end, kind) : { ...placeHere(at), kind };
  return { source: place(source), steps: steps.map(({ span, kind }) => step(span, kind)), sink: place(sink) };
}

function placeIn(unit: ScanUnit, start: number, end: number): Omit<TracePlace, 'path'> {
  return { ...unit.locate({ start, end }), text: unit.original.slice(start, Math.min(end, start + MAX_TRACE_TEXT)) };
}

/** Places of another file, by both of their ends: many traces, and those after each edit, go through the same ones. */
interface Places {
  at(start: number, end: number): TracePlace;
  step(start: number, end: number, kind: TraceStep['kind']): TraceStep;
}

const placesByFile = new WeakMap<OtherFile, Places>();

function placesIn(file: OtherFile): Places {
  let places = placesByFile.get(file);
  if (places === undefined) placesByFile.set(file, (places = createPlaces(file)));
  return places;
}

function createPlaces(file: OtherFile): Places {
  const known = new Map<number, TracePlace>();
  const steps = { assigned: new Map<TracePlace, TraceStep>(), called: new Map<TracePlace, TraceStep>() };
  const at = (start: number, end: number): TracePlace => {
    const key = start * 2 ** 26 + end;
    let place = known.get(key);
    if (place === undefined) known.set(key, (place = { path: file.path as RepoPath, ...placeIn(otherUnit(file), start, end) }));
    return place;
  };
  return {
    at,
    step(start, end, kind) {
      const place = at(start, end);
      let step = steps[kind].get(place);
      if (step === undefined) steps[kind].set(place, (step = { ...place, kind }));
      return step;
    },
  };
}

function bindingOf(value: BoundValue, unit: ScanUnit): MetavariableBinding {
  return { range: unit.locate(spanOfValue(value)).range, text: sourceOfValue(value, unit.original) };
}

/** Names in capitals only; a longer name is never mistaken for a shorter one. */
function interpolate(template: string, bindings: ReadonlyMap<string, BoundValue>, text: string, short: boolean): string {
  return template.replaceAll(/\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$\d+/g, (name) => {
    const value = bindings.get(name);
    if (value === undefined) return name;
    const source = sourceOfValue(value, text);
    if (!short) return source;
    const line = source.replaceAll(/\s+/g, ' ').trim();
    return line.length > MAX_BINDING_IN_MESSAGE ? `${line.slice(0, MAX_BINDING_IN_MESSAGE)}...` : line;
  });
}

function fixOf(
  rule: Rule,
  match: Match & { readonly fix?: string },
  unit: ScanUnit,
  bindings: ReadonlyMap<string, BoundValue>,
): Fix | undefined {
  let text: string | undefined;
  const template = match.fix ?? rule.fix?.text.trim();
  if (template !== undefined) text = interpolate(aligned(template, match, unit), bindings, unit.original, false);
  else if (rule.fixRegex !== undefined) text = applyFixRegex(rule, unit.original.slice(match.start, match.end));
  if (text === undefined) return undefined;
  const location = unit.locate(match);
  return { range: location.range, text, ...(location.cell === undefined ? {} : { cell: location.cell }) };
}

/** Further lines of a fix begin in the column in which the match begins, as its first line does. */
function aligned(template: string, match: Match, unit: ScanUnit): string {
  if (!template.includes('\n')) return template;
  const line = unit.lines.lineSpan(unit.lines.positionAt(match.start).line);
  const indent = unit.original.slice(line.start, match.start).replaceAll(/[^\t]/g, ' ');
  return template.replaceAll('\n', `\n${indent}`);
}

/** Semgrep's `fix-regex`: replaces inside the matched text; `\1` or `$1` is a group. */
function applyFixRegex(rule: Rule, source: string): string | undefined {
  if (rule.fixRegex === undefined) return undefined;
  const { regex, replacement, count } = rule.fixRegex;
  const compiled = compileRegex(regex.text, false);
  if ('error' in compiled) return undefined;
  const budget = { left: REGEX_STEPS };
  let result = '';
  let from = 0;
  for (let left = count ?? Number.POSITIVE_INFINITY; left > 0; left--) {
    const found = compiled.regex.find(source, from, budget);
    if (budget.left <= 0) return undefined;
    if (found === undefined) break;
    result +=
      source.slice(from, found.start) + replacement.replaceAll(/[\\$](\d+)/g, (_, group: string) => found.groups[Number(group)] ?? '');
    if (found.end === found.start) {
      result += source.slice(found.start, found.start + 1);
      from = found.start + 1;
      if (from > source.length) break;
    } else from = found.end;
  }
  return result + source.slice(from);
}

function sourceLines(match: Match, unit: ScanUnit): string {
  const first = unit.lines.positionAt(match.start).line;
  const last = Math.min(unit.lines.positionAt(Math.max(match.start, match.end - 1)).line, first + MAX_LINES - 1);
  const lines: string[] = [];
  for (let line = first; line <= last; line++) {
    const span = unit.lines.lineSpan(line);
    const text = unit.original.slice(span.start, span.end);
    if (text.length <= MAX_LINE_LENGTH) lines.push(text);
    else {
      // A very long line is shown around the finding.
      const from = line === first ? Math.max(0, match.start - span.start - 60) : 0;
      lines.push(text.slice(from, from + MAX_LINE_LENGTH));
    }
  }
  return lines.join('\n');
}

/** Gives each finding its fingerprint: rule, path, source without layout, and which one of equal ones it is. */
export function withFingerprints(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = `${finding.ruleId}\0${finding.path}\0${finding.lines.replaceAll(/\s+/g, ' ').trim()}`;
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return { ...finding, fingerprint: `${hash(`${key}\0${occurrence}`)}` as Fingerprint };
  });
}

/** 128 bits in hexadecimal, from four FNV-1a lanes: an identifier, not a security measure. */
function hash(text: string): string {
  const lanes = [0x811c9dc5, 0x01000193, 0xdeadbeef, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    for (let lane = 0; lane < 4; lane++) lanes[lane] = Math.imul((lanes[lane] as number) ^ unit ^ (lane << 4), 0x01000193 + lane * 2) >>> 0;
  }
  return lanes.map((lane) => lane.toString(16).padStart(8, '0')).join('');
}

export function compareFindings(a: Finding, b: Finding): number {
  return (
    a.range.start.offset - b.range.start.offset ||
    (a.cell?.index ?? 0) - (b.cell?.index ?? 0) ||
    a.range.end.offset - b.range.end.offset ||
    (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0)
  );
}
