/**
 * SARIF 2.1.0 (OASIS). Paths are relative to the root of the repository and percent-encoded; columns count
 * UTF-16 code units, 1-based; a notebook's place is given in its raw text and, for people, as a logical location.
 * Whatever was not scanned is a notification of the invocation.
 */
import { layerName } from '../../core/index.js';
import type { AivssVersion, Finding, Range, RuleInfo, ScanError, Severity, Trace, TracePlace } from '../../core/index.js';
import { ruleScore } from '../../core/aivss/ruleScore.js';
import { cweId } from '../../core/page/findingNote.js';
import { escapeMarkdown, visible } from '../../core/page/markdown.js';
import { ruleHelp, ruleHelpText } from '../../core/page/rulePage.js';
import { compareText } from '../../host/node/files-small.js';
import { allFindings, couldNotRun, scoreOf } from '../result.js';
import type { PlacedFinding, ScanResult } from '../result.js';
import { reasonText, summariseCoverage } from './coverage.js';
import { inertJson } from './inertJson.js';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { ERROR: 'error', WARNING: 'warning', INFO: 'note' };
/** GitHub's scale, for rules without a score of their own. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { ERROR: '8.0', WARNING: '5.5', INFO: '2.0' };

/** What an audit adds to a log; nothing for a scan. */
export interface SarifExtras {
  /** The analysis, so that a scan's results and an audit's do not replace each other. */
  readonly category: string;
  /** Further properties of a result; they may not be those that every result has. */
  readonly propertiesOf?: (finding: Finding) => Readonly<Record<string, unknown>>;
  /** Of the run. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** What could not be looked at, one sentence each. */
  readonly notes?: readonly string[];
  /** The commit that results are about: its hash. */
  readonly revision?: string;
}

export function formatSarif(result: ScanResult, extras: SarifExtras = { category: 'countersign/' }): string {
  const rules = [...result.rules.values()].toSorted((a, b) => compareText(a.id, b.id));
  const ruleIndex = new Map(rules.map((rule, index) => [rule.id as string, index]));
  const bases = rootBases(result);
  const placed = allFindings(result);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Countersign',
            semanticVersion: result.version,
            rules: rules.map((rule) => ruleDescriptor(rule, result.aivss)),
            notifications: notificationDescriptors(result),
          },
        },
        automationDetails: { id: extras.category },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: Object.fromEntries([...bases].map(([root, id]) => [id, { uri: `file://${encodePath(directoryPath(root))}` }])),
        invocations: [
          {
            executionSuccessful: !couldNotRun(result),
            toolExecutionNotifications: [
              ...executionNotifications(result, bases),
              ...(extras.notes ?? []).map((note) => ({
                level: 'warning',
                message: { text: visible(oneLine(note)) },
                descriptor: { id: 'problem' },
              })),
            ],
            toolConfigurationNotifications: [
              ...result.ruleErrors.map(configurationNotification),
              ...result.disabledRules.map(disabledNotification),
            ],
          },
        ],
        results: placed.map((entry) => resultObject(entry, ruleIndex, bases, result, extras.propertiesOf?.(entry.finding))),
        properties: {
          coverage: coverageNumbers(result),
          ...(extras.revision === undefined ? {} : { revision: extras.revision }),
          ...extras.properties,
        },
      },
    ],
  };
  return inertJson(log);
}

function ruleDescriptor(rule: RuleInfo, version: AivssVersion) {
  const { metadata } = rule;
  const aivss = ruleScore(metadata, version);
  const layers = metadata.maestro.map((layer) => `MAESTRO ${layer} ${layerName(layer)}`);
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: oneLine(rule.message) },
    fullDescription: { text: oneLine(metadata.why ?? rule.message) },
    help: { text: ruleHelpText(rule), markdown: ruleHelp(rule) },
    ...(rule.href === undefined ? {} : { helpUri: rule.href }),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      tags: [
        'security',
        ...layers,
        ...metadata.cwe.map((entry) => `external/cwe/${cweId(entry).toLowerCase()}`),
        ...metadata.cwe,
        ...metadata.owasp,
      ],
      precision: { proved: 'very-high', likely: 'high', pattern: 'medium', audit: 'low' }[metadata.tier],
      'security-severity': aivss?.score.toFixed(1) ?? SECURITY_SEVERITY[rule.severity],
      ...(aivss === undefined ? {} : { aivss }),
      tier: metadata.tier,
      maestro: metadata.maestro,
      maestroThreats: metadata.maestroThreats,
    },
  };
}

function resultObject(
  { target, finding }: PlacedFinding,
  ruleIndex: ReadonlyMap<string, number>,
  bases: RootBases,
  result: ScanResult,
  more: Readonly<Record<string, unknown>> = {},
) {
  const artifactLocation = artifact(target, bases);
  const index = ruleIndex.get(finding.ruleId);
  const layers = result.rules.get(finding.ruleId)?.metadata.maestro ?? [];
  const cell = finding.cell;
  const aivss = scoreOf(result, finding);
  return {
    ruleId: finding.ruleId,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: LEVELS[finding.severity],
    message: { text: visible(oneLine(finding.message)), markdown: escapeMarkdown(finding.message) },
    locations: [
      {
        physicalLocation: { artifactLocation, region: region(finding.range), ...contextRegion(finding) },
        ...(cell === undefined
          ? {}
          : { logicalLocations: [{ name: `cell ${cell.index + 1}, line ${cell.range.start.line + 1}`, kind: 'module' }] }),
      },
    ],
    ...(finding.trace === undefined
      ? {}
      : {
          codeFlows: [
            codeFlow(finding.trace, (path) => (path === undefined ? artifactLocation : artifact({ path, root: target.root }, bases))),
          ],
        }),
    partialFingerprints: { 'countersign/v1': finding.fingerprint },
    ...(finding.suppression === undefined
      ? {}
      : { suppressions: [{ kind: 'inSource', status: 'accepted', justification: visible(oneLine(finding.suppression.reason)) }] }),
    ...(finding.fix === undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: `Suggested by ${finding.ruleId}` },
              artifactChanges: [
                {
                  artifactLocation,
                  replacements: [{ deletedRegion: region(finding.fix.range), insertedContent: { text: finding.fix.text } }],
                },
              ],
            },
          ],
        }),
    properties: {
      tier: finding.tier,
      ...(finding.layer === undefined ? {} : { layer: finding.layer, layerName: layerName(finding.layer) }),
      layers,
      ...(aivss === undefined ? {} : { aivss }),
      ...(cell === undefined ? {} : { cell: { index: cell.index, ...region(cell.range) } }),
      ...more,
    },
  };
}

/** The source, each step and the sink, in order. */
function codeFlow({ source, steps, sink }: Trace, artifactOf: (path: string | undefined) => ReturnType<typeof artifact>) {
  const location = (place: TracePlace, text: string, importance: string) => ({
    location: {
      physicalLocation: { artifactLocation: artifactOf(place.path), region: region(place.range) },
      message: { text: visible(oneLine(`${text}: ${place.text}`)) },
    },
    importance,
  });
  return {
    threadFlows: [
      {
        locations: [
          location(source, 'Comes from here', 'essential'),
          ...steps.map((step) => location(step, step.kind === 'assigned' ? 'Goes into' : 'Passes', 'important')),
          location(sink, 'Arrives here', 'essential'),
        ],
      },
    ],
  };
}

/** The whole lines, where the report has all of them. A notebook's lines are not those of its raw text. */
function contextRegion({ cell, range, lines }: Finding) {
  const complete = lines.split(/\r\n|\r|\n/).length === range.end.line - range.start.line + 1;
  if (cell !== undefined || !complete) return {};
  return { contextRegion: { startLine: range.start.line + 1, endLine: range.end.line + 1, snippet: { text: lines } } };
}

function executionNotifications(result: ScanResult, bases: RootBases) {
  const gaps = summariseCoverage(result).gaps.map((gap) => ({
    level: gap.reason === 'internal' || gap.reason === 'unreadable' || gap.reason === 'timeout' ? 'warning' : 'note',
    message: {
      text: visible(`${gap.state === 'partial' ? 'Partly scanned' : 'Not scanned'} (${reasonText(gap.reason)}): ${oneLine(gap.message)}`),
    },
    descriptor: { id: `coverage/${gap.reason}` },
    ...(gap.ruleId === undefined ? {} : { associatedRule: { id: gap.ruleId } }),
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(gap, bases),
          ...(gap.line === undefined ? {} : { region: { startLine: gap.line + 1, startColumn: (gap.column ?? 0) + 1 } }),
        },
      },
    ],
  }));
  const problems = result.problems.map((message) => ({
    level: 'error',
    message: { text: visible(oneLine(message)) },
    descriptor: { id: 'problem' },
  }));
  return [...problems, ...gaps];
}

function configurationNotification(error: ScanError) {
  return {
    level: error.kind === 'rule' && error.level === 'warning' ? 'warning' : 'error',
    message: { text: visible(oneLine(error.message)) },
    descriptor: { id: error.kind === 'rule' ? `rule/${error.code}` : 'rule/internal' },
    ...(error.ruleId === undefined ? {} : { associatedRule: { id: error.ruleId } }),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodePath(error.path) },
          ...(error.kind === 'rule' ? { region: region(error.range) } : {}),
        },
      },
    ],
  };
}

function disabledNotification(id: string) {
  return {
    level: 'warning',
    message: { text: visible(oneLine(`The project's configuration leaves out the rule ${id}.`)) },
    descriptor: { id: 'rule/left-out' },
  };
}

function notificationDescriptors(result: ScanResult) {
  const ids = new Set(summariseCoverage(result).gaps.map((gap) => gap.reason));
  const coverage = [...ids].map((reason) => ({
    id: `coverage/${reason}`,
    shortDescription: { text: `Not fully scanned: ${reasonText(reason)}` },
  }));
  const rules = [...new Set(result.ruleErrors.map((error) => (error.kind === 'rule' ? `rule/${error.code}` : 'rule/internal')))].map(
    (id) => ({
      id,
      shortDescription: { text: 'A rule could not be used as written' },
    }),
  );
  const leftOut = { id: 'rule/left-out', shortDescription: { text: 'A rule that the scanned project switched off' } };
  const problem = { id: 'problem', shortDescription: { text: 'The run could not do all that was asked' } };
  return [...coverage, ...rules, leftOut, problem].toSorted((a, b) => compareText(a.id, b.id));
}

function coverageNumbers(result: ScanResult) {
  const { scanned, partial, skipped } = summariseCoverage(result);
  return { scanned, partial, skipped };
}

/** Root folder -> the name that locations use for it; the first is `%SRCROOT%`. */
type RootBases = ReadonlyMap<string, string>;

function rootBases(result: ScanResult): RootBases {
  const roots = [...new Set([...result.files.map(({ target }) => target.root), ...result.skipped.map(({ root }) => root)])].toSorted(
    compareText,
  );
  return new Map(roots.map((root, index) => [root, index === 0 ? '%SRCROOT%' : `%SRCROOT${index + 1}%`]));
}

function artifact(place: { readonly path: string; readonly root: string }, bases: RootBases) {
  const uriBaseId = bases.get(place.root);
  return { uri: encodePath(place.path), ...(uriBaseId === undefined ? {} : { uriBaseId }) };
}

/** Each segment percent-encoded: a file name can then be neither a scheme nor a query. Lone surrogates become U+FFFD. */
function encodePath(path: string): string {
  return path
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment.replace(/\p{Cs}/gu, '\uFFFD')).replace(
        /[!'()*]/g,
        (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
}

function directoryPath(root: string): string {
  const plain = root.replaceAll('\\', '/');
  const absolute = plain.startsWith('/') ? plain : `/${plain}`;
  return absolute.endsWith('/') ? absolute : `${absolute}/`;
}

function region(range: Range) {
  return {
    startLine: range.start.line + 1,
    startColumn: range.start.column + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.column + 1,
    charOffset: range.start.offset,
    charLength: range.end.offset - range.start.offset,
  };
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').trim();
}
