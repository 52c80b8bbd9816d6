/**
 * Comments and attributes that silence a tool, ours or another's, and that the commit adds. Only real comments count, as the language's grammar sees them;
 * one that is moved with its code is not added.
 */
import type { Hunk } from './change.js';
import type { AddedSuppression, RemovedCheck } from './report.js';
import { lineAt, lineText, oncePerSide, type Pair, type Side } from './side.js';
import { isSamplePath, isTestPath } from '../model/testPaths.js';
import { isDecorator } from './units.js';

interface Silencer {
  readonly tool: string;
  /** Group 1: the ids that it names, if any. */
  readonly text: RegExp;
  /** What is silenced finds vulnerabilities rather than style. */
  readonly scanner?: boolean;
  /** Ids of its rules that may be about style as well: one that is named says little. */
  readonly style?: RegExp;
  /** It silences a whole file. */
  readonly whole?: RegExp;
}

const SILENCERS: readonly Silencer[] = [
  { tool: 'countersign', text: /\bcountersign:\s*ignore(?:\[([^\]\n]*)\])?/, scanner: true },
  { tool: 'semgrep', text: /\bnosem(?:grep)?\b(?:\s*:\s*([\w.,\- ]+))?/, scanner: true },
  { tool: 'gosec', text: /#nosec\b\s+((?:G\d+[,\s]*)+)|\/\/\s*#nosec\b()/, scanner: true },
  { tool: 'bandit', text: /\bnosec\b(?:[:\s]+((?:B\d+[,\s]*)+))?/, scanner: true },
  { tool: 'codeql', text: /\b(?:lgtm|codeql)\s*\[([^\]\n]*)\]/, scanner: true },
  { tool: 'snyk', text: /\b(?:deepcode|snyk)[ -]?ignore\b\s*:?\s*([\w\-/,]*)/i, scanner: true },
  { tool: 'gitleaks', text: /^\W*gitleaks:allow\b()|\bgitleaks:allow\s*$()/, scanner: true },
  { tool: 'trivy', text: /\b(?:trivy|tfsec|checkov|kics|kics-scan|skip_check)[:-](?:ignore|skip)[:=]?\s*([\w\-,]*)/, scanner: true },
  { tool: 'detect-secrets', text: /\bpragma:\s*(?:allowlist|whitelist)\s+(?:nextline\s+)?secret()/, scanner: true },
  { tool: 'sonar', text: /\bNOSONAR\b(?:\(([^)]*)\))?/, scanner: true, style: /^(?:\w+:)?S\d+$/ },
  { tool: 'eslint', text: /\beslint-disable(?:-next-line|-line)?\b(?:\s+([@\w\-/, ]+?))?\s*(?:--|$|\*\/)/, whole: /\beslint-disable(?!-)/ },
  { tool: 'oxlint', text: /\boxlint-disable(?:-next-line|-line)?\b(?:\s+([@\w\-/, ]+?))?\s*(?:--|$)/, whole: /\boxlint-disable(?!-)/ },
  { tool: 'biome', text: /\bbiome-ignore(?:-all)?\s+([\w/, ]+)/, whole: /biome-ignore-all/ },
  { tool: 'tslint', text: /\btslint:disable(?:-next-line|-line)?(?::?([\w\- ,]*))?/, whole: /tslint:disable(?!-)/ },
  { tool: 'deno-lint', text: /\bdeno-lint-ignore(?:-file)?\b\s*([\w\-, ]*)/, whole: /deno-lint-ignore-file/ },
  { tool: 'stylelint', text: /\bstylelint-disable(?:-next-line|-line)?\b\s*([\w\-/, ]*)/, whole: /stylelint-disable(?!-)/ },
  { tool: 'typescript', text: /^\s*@ts-(?:ignore|nocheck|expect-error)\b()/, whole: /@ts-nocheck/ },
  { tool: 'flow', text: /^\s*\$Flow(?:FixMe|Ignore)\b()/ },
  {
    tool: 'coverage',
    text: /\b(?:istanbul|c8|v8)\s+ignore\b()|\bpragma:\s*no\s*(?:cover|branch)\b()|\bLCOV_EXCL_(?:LINE|START)\b()|\bcov(?:erage)?:ignore()/,
  },
  { tool: 'mypy', text: /^\s*type:\s*ignore(?:\[([^\]]*)\])?|\bmypy:\s*ignore-errors()/, whole: /mypy:\s*ignore-errors/ },
  { tool: 'pyright', text: /\bpyright:\s*(?:ignore(?:\[([^\]]*)\])?|basic|\w+=false)/ },
  { tool: 'pylint', text: /\bpylint:\s*(?:disable(?:-next)?|skip-file)\s*=?\s*([\w\-, ]*)/, whole: /skip-file/ },
  {
    tool: 'flake8',
    text: /\b(?:flake8|ruff)\s*:\s*noqa\b(?::?\s*([A-Z]+\d+[\w, ]*))?|\bnoqa\b(?::\s*([A-Z]+\d+[\w, ]*))?/i,
    whole: /\b(?:flake8|ruff)\s*:\s*noqa/i,
  },
  { tool: 'golangci-lint', text: /^\s*nolint\b(?::([\w,-]+))?/ },
  { tool: 'staticcheck', text: /\blint:(?:file-)?ignore\s+([\w,]+)/, whole: /lint:file-ignore/ },
  { tool: 'rubocop', text: /\brubocop:(?:disable|todo)\s+([\w/, ]+)/ },
  { tool: 'brakeman', text: /\bbrakeman:ignore()/, scanner: true },
  { tool: 'shellcheck', text: /\bshellcheck\s+disable=([\w,]+)/ },
  { tool: 'hadolint', text: /\bhadolint\s+(?:global\s+)?ignore=([\w,]+)/ },
  { tool: 'phpstan', text: /@phpstan-ignore(?:-next-line|-line)?\b\s*([\w.,]*)|@psalm-suppress\s+(\w+)/ },
  { tool: 'checkstyle', text: /\bCHECKSTYLE[.:]?\s*OFF\b\s*:?\s*(\w*)/ },
  { tool: 'clang-tidy', text: /\bNOLINT(?:NEXTLINE|BEGIN)?\b(?:\(([^)]*)\))?/ },
  { tool: 'resharper', text: /\bReSharper\s+disable\b\s*(?:once\s+)?([\w.]*)/i },
  { tool: 'swiftlint', text: /\bswiftlint:disable(?::\w+)?\s+([\w ]+)/ },
];

/** Attributes, annotations and directives that do the same as code. */
const IN_CODE: readonly Silencer[] = [
  { tool: 'rustc', text: /^#!?\[\s*(?:allow|expect)\s*\(([^)]*)\)/, whole: /^#!/ },
  { tool: 'javac', text: /^@(?:file:)?Suppress(?:Warnings|FBWarnings)?\s*\(([^)]*)\)/ },
  { tool: 'roslyn', text: /^\[?\s*(?:assembly:\s*)?SuppressMessage\s*\(([^)]*)\)/ },
];

/** Rules that ask to look at every assertion, every empty handler, every import of a module and every program that is run without a shell: silenced wherever there is one. */
export const NOISY = /^S(?:101|110|112|4(?:0[1-9]|1[0-5])|603|607)$/;

/** Rules of JavaScript that call unsafe what has no type, or may not do what it looks like: no question of security. */
export const OF_TYPES =
  /no-unsafe-(?:optional-chaining|finally|negation|declaration-merging|assignment|argument|call|member-access|return|type-assertion|enum-comparison|unary-minus|function-type)\b/;

/** Rules that take a name with "token" or "password" in it for a secret. */
const OF_NAMES = /^(?:[BS]10[567]|G101)$/;
const TEXT = /"([^"\n]*)"|'([^'\n]*)'/g;

/** Whether such a rule is silenced for texts that hold nothing secret: no letters mixed with digits, and nothing long without a gap. */
function isNoSecret(rules: readonly string[], side: Side, from: number): boolean {
  if (rules.length === 0 || !rules.every((rule) => OF_NAMES.test(rule))) return false;
  // A comment by itself is about the line below.
  const own = lineText(side, from);
  const line = /^\s*(?:#|\/\/|\/\*)/.test(own) ? lineText(side, from + 1) : own;
  const texts = [...line.matchAll(TEXT)].map(([, double, single]) => double ?? single ?? '');
  return (
    texts.length > 0 &&
    texts.every(
      (text) =>
        /^\p{Ll}+(?:[-_.]\p{Ll}+)+$|^<.*>?$|_>?$|^\p{Lu}[\p{Lu}_]+$/u.test(text) ||
        !/^(?=.*\d)(?=.*[a-z])\S{6,}$|^[\w+/=-]{20,}$/i.test(text),
    )
  );
}

/** Declarations of types hold no code, and most are made by a program. */
const DECLARATIONS = /\.d\.[cm]?ts$/;

interface Silence {
  readonly side: Side;
  readonly line: number;
  readonly silencer: Silencer;
  readonly text: string;
  readonly rules: readonly string[];
  readonly whole: boolean;
}

const silencesIn = oncePerSide(readSilences);

function readSilences(side: Side): readonly Silence[] {
  const found: Silence[] = [];
  const push = (silencer: Silencer, text: string, match: RegExpExecArray, offset: number): void => {
    const rules = match
      .slice(1)
      .filter((group) => group !== undefined && group !== '')
      .flatMap((group) => group.split(/[,\s]+/))
      .map((id) => id.replaceAll(/^["'{]+|["'}]+$/g, ''))
      .filter((id) => id !== '')
      .slice(0, 20);
    found.push({
      side,
      line: lineAt(side, offset),
      silencer,
      text: text.trim().slice(0, 200),
      rules,
      whole: silencer.whole?.test(text) === true,
    });
  };
  for (const comment of side.comments) {
    let offset = 0;
    for (const line of comment.text.split('\n')) {
      // In back quotes somebody writes about it.
      const plain = line.slice(0, 1000).replaceAll(/`[^`]*`/g, (quoted) => ' '.repeat(quoted.length));
      for (const silencer of SILENCERS) {
        const match = silencer.text.exec(plain);
        if (match === null) continue;
        push(silencer, line, match, comment.toFile(Math.min(offset + match.index, Math.max(0, comment.text.length - 1))));
        break;
      }
      offset += line.length + 1;
    }
  }
  const { tree } = side;
  if (tree !== undefined) {
    for (let node = 1; node < tree.count; node++) {
      if (!isDecorator(tree, node)) continue;
      const text = tree.text.slice(tree.start[node], Math.min(tree.end[node] as number, (tree.start[node] as number) + 300));
      for (const silencer of IN_CODE) {
        const match = silencer.text.exec(text);
        if (match !== null) push(silencer, text, match, tree.start[node] as number);
      }
    }
  }
  return found;
}

/** Whether the code of two lines has a name in common. */
function speaksOfSame(one: string, other: string): boolean {
  const names = (line: string): string[] => line.replace(/(?:\/\/|#|\/\*).*$/, '').match(/[\p{L}_]\w{3,}/gu) ?? [];
  const own = new Set(names(one));
  return names(other).some((name) => own.has(name));
}

export interface Silenced {
  readonly suppressions: readonly AddedSuppression[];
  readonly removedChecks: readonly RemovedCheck[];
}

/** @param line of the newer side, 1-based */
function isInHunk(hunks: readonly Hunk[], line: number): boolean {
  return hunks.some(({ newStart, newLines }) => line >= newStart && line < newStart + newLines);
}

/** What is silenced after the commit and was not before: compared over all files, so that moved code adds nothing. */
export function addedSuppressions(pairs: readonly Pair[]): Silenced {
  const key = (silence: Silence): string => `${silence.silencer.tool}|${silence.rules.toSorted().join(',')}|${silence.whole}`;
  const counts = new Map<string, number>();
  for (const { before } of pairs)
    for (const silence of before === undefined ? [] : silencesIn(before)) counts.set(key(silence), (counts.get(key(silence)) ?? 0) + 1);
  const now = pairs.flatMap(({ before, after, change }) => {
    if (after === undefined) return [];
    const own = new Map<string, number>();
    for (const silence of before === undefined ? [] : silencesIn(before)) own.set(key(silence), (own.get(key(silence)) ?? 0) + 1);
    return silencesIn(after).map((silence) => ({ silence, own, isNew: isInHunk(change.hunks, silence.line) }));
  });
  // Lines that no hunk touches stand for themselves first, then a file's others; what is left of other files may have been moved here.
  const stayed = new Set<Silence>();
  for (const touched of [false, true]) {
    for (const { silence, own, isNew } of now) {
      const left = own.get(key(silence)) ?? 0;
      if (isNew !== touched || left <= 0) continue;
      own.set(key(silence), left - 1);
      counts.set(key(silence), (counts.get(key(silence)) ?? 1) - 1);
      stayed.add(silence);
    }
  }
  const extra = now.map(({ silence }) => silence).filter((silence) => !stayed.has(silence));
  const added = extra.filter((silence) => {
    const left = counts.get(key(silence)) ?? 0;
    if (left <= 0) return true;
    counts.set(key(silence), left - 1);
    return false;
  });
  // A comment for the same tool that went where this one came: what it is about is written otherwise now.
  const replacesOther = ({ side, line, silencer }: Silence): boolean =>
    pairs.some(
      ({ change, before, after }) =>
        after === side &&
        before !== undefined &&
        change.hunks.some(
          ({ oldStart, oldLines, newStart, newLines }) =>
            line >= newStart &&
            line < newStart + newLines &&
            silencesIn(before).filter(
              (old) =>
                old.silencer === silencer &&
                old.line >= oldStart &&
                old.line < oldStart + oldLines &&
                speaksOfSame(lineText(before, old.line), lineText(side, line)),
            ).length >=
              silencesIn(after).filter((own) => own.silencer === silencer && own.line >= newStart && own.line < newStart + newLines).length,
        ),
    );
  return {
    suppressions: added.map(({ side, line, silencer, text, rules }) => ({ path: side.path, line, tool: silencer.tool, text, rules })),
    removedChecks: added.map((silence) => {
      const { side, line, silencer, rules, whole } = silence;
      const scanner =
        (silencer.scanner === true &&
          (rules.length === 0 || silencer.style === undefined || !rules.every((rule) => silencer.style?.test(rule)))) ||
        rules.some(
          (rule) => !NOISY.test(rule) && !OF_TYPES.test(rule) && /^S\d|^B[1-7]\d{2}$|security|no-eval|no-danger|no-unsafe/.test(rule),
        );
      return {
        kind: scanner ? 'scanner-suppressed' : 'lint-suppressed',
        path: side.path,
        line,
        was: lineText(side, line),
        message: `${silencer.tool} is silenced ${whole ? 'for this file' : 'here'}${rules.length === 0 ? '' : ` (${rules.join(', ').slice(0, 100)})`}`,
        // A rule of style that is switched off by its name hides nothing else.
        severity:
          !isTestPath(side.path) &&
          ((scanner && !isSamplePath(side.path) && !isNoSecret(rules, side, line) && !replacesOther(silence)) ||
            (whole && rules.length === 0 && !DECLARATIONS.test(side.path) && !isSamplePath(side.path)))
            ? 'WARNING'
            : 'INFO',
      };
    }),
  };
}
