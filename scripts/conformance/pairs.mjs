/** Pairs of a rule file, or a pattern, and a target, with verdicts from the target's own annotations. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parse } from 'yaml';
import { root } from '../root.mjs';
import { unread } from './vocabulary.mjs';

/**
 * @typedef {object} Pair
 * @property {string} rule file of the rule or pattern, inside the corpus
 * @property {string} target
 * @property {string} language
 * @property {boolean} taint whether a rule of the file is in taint mode
 * @property {readonly string[]} operators
 * @property {'exact' | 'refused' | 'wrong'} verdict
 * @property {string} reason what differs, or why it is refused
 * @property {readonly string[]} unread keys and options of rules that ran but that Countersign's lists do not have: there must be none
 * @property {{ asked: number, found: number }} deeper lines that only Semgrep's other engines are asked to find, and how many of them are found
 * @property {boolean | undefined} fixed whether the fixes led to the target's `.fixed` file, if it has one
 */
/** @typedef {{ title: string, commit: string, pairs: readonly Pair[] }} Group */
/** @typedef {{ rule_file: string, target: string, rules: Record<string, { actual: number[] }>, errors: { message: string, rule_id?: string, level?: string, type?: string }[], fixed?: { passed: boolean } }} Tested */

/** @type {Readonly<Record<string, string>>} by extension, as rules name languages */
const LANGUAGE_BY_EXTENSION = {
  py: 'python',
  pyi: 'python',
  js: 'javascript',
  jsx: 'javascript',
  cjs: 'javascript',
  mjs: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  go: 'go',
  java: 'java',
  sh: 'bash',
  bash: 'bash',
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  dockerfile: 'dockerfile',
  tf: 'terraform',
  hcl: 'terraform',
  rb: 'ruby',
  php: 'php',
  cs: 'csharp',
  c: 'c',
  cpp: 'cpp',
  rs: 'rust',
  kt: 'kotlin',
  kts: 'kotlin',
  scala: 'scala',
  sol: 'solidity',
  html: 'html',
  lua: 'lua',
  swift: 'swift',
  ml: 'ocaml',
  ex: 'elixir',
  clj: 'clojure',
  cls: 'apex',
  jsonnet: 'jsonnet',
  libsonnet: 'jsonnet',
  r: 'r',
  jl: 'julia',
  dart: 'dart',
  cairo: 'cairo',
  hack: 'hack',
  xml: 'xml',
};
/** @type {Readonly<Record<string, string>>} */
const SAME = {
  py: 'python',
  python2: 'python',
  python3: 'python',
  js: 'javascript',
  ts: 'typescript',
  golang: 'go',
  sh: 'bash',
  docker: 'dockerfile',
  hcl: 'terraform',
  tf: 'terraform',
  rb: 'ruby',
  'c#': 'csharp',
  'c++': 'cpp',
  rs: 'rust',
  kt: 'kotlin',
  sol: 'solidity',
  none: 'regex',
  ex: 'elixir',
  spacegrep: 'generic',
  aliengrep: 'generic',
};

/** @param {string} folder @param {import('./vocabulary.mjs').Vocabulary} words @returns {Pair[]} */
export function annotatedPairs(folder, words) {
  return tested(folder).map((entry) => {
    const rules = rulesOf(path.join(folder, entry.rule_file));
    const text = readFileSync(path.join(folder, entry.target), 'utf8');
    return {
      rule: entry.rule_file,
      target: entry.target,
      language: languageOf(rules, entry.target),
      taint: rules.some(isTaint),
      operators: [...new Set(rules.flatMap((rule) => [...operatorsIn(rule)]))].toSorted(),
      unread: rules.filter((rule) => entry.rules[String(rule.id)] !== undefined && !isTaint(rule)).flatMap((rule) => unread(rule, words)),
      ...judge(entry, rules, text),
      deeper: deeperLines(entry, rules, text),
      fixed: entry.fixed?.passed,
    };
  });
}

/** @param {Record<string, unknown>} rule */
function isTaint(rule) {
  return rule.mode === 'taint' || 'taint' in rule;
}

/**
 * Runs the built command line; paths in what it prints are relative to the folder.
 * @param {string} folder
 * @returns {Tested[]}
 */
function tested(folder) {
  const cli = path.join(root, 'server/bin/countersign.mjs');
  /** @type {import('node:child_process').ExecFileSyncOptionsWithStringEncoding} */
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] };
  let output;
  try {
    output = execFileSync(process.execPath, [cli, 'test', '--json', '.'], options);
  } catch (error) {
    // It ends with 1 or 2 when a mark does not hold or a rule is refused, having printed everything.
    output = /** @type {{ stdout?: string }} */ (error).stdout ?? '';
  }
  return /** @type {{ pairs: Tested[] }} */ (JSON.parse(output)).pairs;
}

/** The rules of a file as YAML has them; none where it is no rule file. @param {string} file @returns {Record<string, unknown>[]} */
export function rulesOf(file) {
  try {
    const { rules } = /** @type {{ rules?: unknown }} */ (parse(readFileSync(file, 'utf8'), { logLevel: 'silent' }) ?? {});
    return Array.isArray(rules) ? rules.filter((rule) => typeof rule === 'object' && rule !== null) : [];
  } catch {
    return [];
  }
}

/** @param {readonly Record<string, unknown>[]} rules @param {string} target */
function languageOf(rules, target) {
  const named = rules
    .flatMap((rule) => (Array.isArray(rule.languages) ? rule.languages : []))
    .map((name) => SAME[String(name).toLowerCase()] ?? String(name).toLowerCase());
  const extension = /^dockerfile/i.test(path.basename(target)) ? 'dockerfile' : (target.split('.').at(-1) ?? '').toLowerCase();
  const own = LANGUAGE_BY_EXTENSION[extension];
  return own !== undefined && named.includes(own) ? own : (named[0] ?? 'unknown');
}

const NO_OPERATORS = new Set([
  'id',
  'message',
  'severity',
  'languages',
  'metadata',
  'metavariable',
  'comparison',
  'min-version',
  'max-version',
  'type',
  'types',
  'replacement',
  'count',
  'include',
  'exclude',
  'strip',
  'base',
  'kind',
]);

/** Keys that say what a rule does; options and modes with their names. @param {unknown} value @returns {Set<string>} */
function operatorsIn(value, found = new Set()) {
  if (Array.isArray(value)) for (const item of value) operatorsIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'metadata') continue;
      if (key === 'options') {
        for (const option of Object.keys(inner ?? {})) found.add(`options: ${option}`);
        continue;
      }
      if (key === 'mode') found.add(`mode: ${String(inner)}`);
      else if (key === 'language') found.add('language (nested)');
      else if (!NO_OPERATORS.has(key) && !key.startsWith('x-')) found.add(key);
      operatorsIn(inner, found);
    }
  }
  return found;
}

/**
 * @param {Tested} entry
 * @param {readonly Record<string, unknown>[]} rules
 * @param {string} text
 * @returns {{ verdict: Pair['verdict'], reason: string }}
 */
function judge(entry, rules, text) {
  const marks = annotations(text);
  const ids = rules.map((rule) => String(rule.id));
  const refused = ids.filter((id) => entry.rules[id] === undefined);
  if (refused.length > 0 || ids.length === 0) {
    const error = entry.errors.find((other) => other.rule_id === undefined || refused.includes(other.rule_id)) ?? entry.errors[0];
    // Without an error there is no excuse.
    return error === undefined
      ? { verdict: 'wrong', reason: 'no verdict and no error' }
      : { verdict: 'refused', reason: plain(error.message) };
  }
  const differences = [];
  for (const id of ids) {
    const mark = marks.get(id) ?? marks.get(id.split('.').at(-1) ?? '') ?? { ruleid: new Set(), elsewhere: new Set(), deeper: new Set() };
    const actual = new Set(entry.rules[id]?.actual.filter((line) => mark.ruleid.has(line) || !mark.elsewhere.has(line)));
    const missed = [...mark.ruleid].filter((line) => !actual.has(line));
    const extra = [...actual].filter((line) => !mark.ruleid.has(line));
    if (missed.length > 0) differences.push(`${id}: missed ${missed.join(', ')}`);
    if (extra.length > 0) differences.push(`${id}: extra ${extra.join(', ')}`);
  }
  if (differences.length === 0) return { verdict: 'exact', reason: '' };
  const problems = entry.errors.map((error) => plain(error.message));
  return { verdict: 'wrong', reason: [...differences, ...new Set(problems)].join('; ') };
}

/** @param {Tested} entry @param {readonly Record<string, unknown>[]} rules @param {string} text @returns {Pair['deeper']} */
function deeperLines(entry, rules, text) {
  const marks = annotations(text);
  const lines = rules.flatMap(({ id }) => {
    const actual = entry.rules[String(id)]?.actual ?? [];
    return [...(marks.get(String(id))?.deeper ?? [])].map((line) => actual.includes(line));
  });
  return { asked: lines.length, found: lines.filter(Boolean).length };
}

/**
 * `ruleid: a, b` and its like; each speaks of the next line that is no annotation. Lines of `todo`, `pro` and `deep` forms are left out.
 * @param {string} text
 */
function annotations(text) {
  /** @type {Map<string, { ruleid: Set<number>, elsewhere: Set<number>, deeper: Set<number> }>} */
  const marks = new Map();
  /** @type {{ id: string, kind: 'ruleid' | 'elsewhere' | 'ok', deeper: boolean }[]} */
  let waiting = [];
  for (const [index, whole] of text.split(/\r\n|\n|\r/).entries()) {
    // `ruleid: deepok: a` says what holds here, then what another engine finds.
    const line = whole.replace(/(?<![\w.-])((?:ruleid|ok)[ \t]*:[ \t]*)(?:todo|pro|deep)+(?:ruleid|ok)[ \t]*:/g, '$1');
    const found = [...line.matchAll(/(?<![\w.-])((?:todo|pro|deep)*)(ruleid|ok)[ \t]*:[ \t]*([\w.\-/]+(?:[ \t]*,[ \t]*[\w.\-/]+)*)/g)];
    const [first] = found;
    if (first === undefined || /\w/.test(line.slice(0, first.index).replace(/^\s*(?:REM|comment)\b/i, ''))) {
      for (const { id, kind, deeper } of waiting) {
        const mark = marks.get(id) ?? { ruleid: new Set(), elsewhere: new Set(), deeper: new Set() };
        marks.set(id, mark);
        if (kind !== 'ok') mark[kind].add(index + 1);
        if (deeper) mark.deeper.add(index + 1);
      }
      waiting = [];
    }
    for (const [, prefix, word, ids] of found) {
      const kind = prefix !== '' ? 'elsewhere' : word === 'ok' ? 'ok' : 'ruleid';
      const deeper = word === 'ruleid' && /^(?:pro|deep)+$/.test(prefix ?? '');
      for (const id of (ids ?? '').split(',')) waiting.push({ id: id.trim().replace(/-+$/, ''), kind, deeper });
    }
  }
  return marks;
}

/** No names of this machine's files, and what differs between patterns left out. @param {string} message */
function plain(message) {
  return message.split('\n', 1)[0]?.replaceAll(root, '').slice(0, 200) ?? '';
}

/** @type {Readonly<Record<string, { language: string, extensions: readonly string[] }>>} by folder of tests/patterns */
const PATTERN_FOLDERS = {
  python: { language: 'python', extensions: ['.py'] },
  js: { language: 'javascript', extensions: ['.js'] },
  ts: { language: 'typescript', extensions: ['.ts'] },
  java: { language: 'java', extensions: ['.java'] },
  go: { language: 'go', extensions: ['.go'] },
  ruby: { language: 'ruby', extensions: ['.rb'] },
  php: { language: 'php', extensions: ['.php'] },
  bash: { language: 'bash', extensions: ['.bash'] },
  csharp: { language: 'csharp', extensions: ['.cs'] },
  json: { language: 'json', extensions: ['.json'] },
  yaml: { language: 'yaml', extensions: ['.yaml'] },
  generic: { language: 'generic', extensions: ['.generic'] },
  dockerfile: { language: 'dockerfile', extensions: ['.dockerfile'] },
  terraform: { language: 'terraform', extensions: ['.tf'] },
  c: { language: 'c', extensions: ['.c'] },
  cpp: { language: 'cpp', extensions: ['.cpp'] },
  rust: { language: 'rust', extensions: ['.rs'] },
  kotlin: { language: 'kotlin', extensions: ['.kt'] },
  scala: { language: 'scala', extensions: ['.scala'] },
  solidity: { language: 'solidity', extensions: ['.sol'] },
  html: { language: 'html', extensions: ['.html'] },
  lua: { language: 'lua', extensions: ['.lua'] },
  julia: { language: 'julia', extensions: ['.jl'] },
  xml: { language: 'xml', extensions: ['.xml'] },
};

/**
 * Each pattern becomes a rule of its own in a temporary folder; `ERROR:` and `MATCH:` comments mark the next line; some targets leave the colon out.
 * @param {string} folder
 * @returns {Pair[]}
 */
export function patternPairs(folder) {
  const stage = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  try {
    /** @type {Map<string, { rule: string, target: string, language: string, text: string }>} */
    const known = new Map();
    for (const [name, { language, extensions }] of Object.entries(PATTERN_FOLDERS)) {
      const own = path.join(folder, name);
      if (!existsSync(own)) continue;
      mkdirSync(path.join(stage, name));
      for (const target of readdirSync(own).toSorted()) {
        const extension = extensions.find((end) => target.endsWith(end));
        if (extension === undefined) continue;
        const stem = target.slice(0, -extension.length);
        const pattern = [path.join(own, `${stem}.sgrep`), path.join(folder, 'POLYGLOT', `${stem}.sgrep`)].find((file) => existsSync(file));
        if (pattern === undefined) continue;
        // A dot in a stem, or a YAML target, would pair other files.
        const place = `${name}/${stem.replaceAll('.', '_')}`;
        const rule = { id: 'p', message: 'm', severity: 'ERROR', languages: [language], pattern: readFileSync(pattern, 'utf8') };
        writeFileSync(path.join(stage, `${place}.yaml`), JSON.stringify({ rules: [rule] }));
        copyFileSync(path.join(own, target), path.join(stage, `${place}${extension === '.yaml' ? '.test.yaml' : extension}`));
        known.set(`${place}.yaml`, {
          rule: path.relative(folder, pattern).split(path.sep).join('/'),
          target: `${name}/${target}`,
          language,
          text: readFileSync(path.join(own, target), 'utf8'),
        });
      }
    }
    return tested(stage).map((entry) => {
      const pair = known.get(entry.rule_file);
      if (pair === undefined) throw new Error(`unknown pair ${entry.rule_file}`);
      return {
        rule: pair.rule,
        target: pair.target,
        language: pair.language,
        taint: false,
        operators: [],
        unread: [],
        ...judgePattern(entry, pair.text),
        deeper: { asked: 0, found: 0 },
        fixed: undefined,
      };
    });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** @param {Tested} entry @param {string} text @returns {{ verdict: Pair['verdict'], reason: string }} */
function judgePattern(entry, text) {
  const actual = entry.rules['p']?.actual;
  if (actual === undefined) {
    const error = entry.errors[0];
    return error === undefined
      ? { verdict: 'wrong', reason: 'no verdict and no error' }
      : { verdict: 'refused', reason: plain(error.message) };
  }
  const expected = new Set(
    text
      .split(/\r\n|\n|\r/)
      .flatMap((line, index) => (/\b(?:ERROR|MATCH):|(?:#|\/\/)\s*(?:ERROR|MATCH)\s*$/.test(line) ? [index + 2] : [])),
  );
  const missed = [...expected].filter((line) => !actual.includes(line));
  const extra = actual.filter((line) => !expected.has(line));
  const reason = [
    ...(missed.length > 0 ? [`missed ${missed.join(', ')}`] : []),
    ...(extra.length > 0 ? [`extra ${extra.join(', ')}`] : []),
  ].join('; ');
  return reason === '' ? { verdict: 'exact', reason } : { verdict: 'wrong', reason };
}
