/**
 * Programs to type in: Python and TypeScript of a given length with imports, classes, functions, calls, comments and a few
 * findings, and the edits that a person typing a statement makes. The same arguments always give the same text.
 */

/** @typedef {'python' | 'typescript'} BenchLanguage */
/**
 * @typedef {object} Edit one replaced range; lines and UTF-16 columns are 0-based
 * @property {{ start: { line: number, character: number }, end: { line: number, character: number } }} range
 * @property {string} text
 */
/** @typedef {{ text: string, slots: readonly number[] }} BenchProgram `slots`: 0-based lines before which a statement of a function body may be put */

/** Every so many functions one line that rules report. */
const RISKY_EVERY = 12;

const NOUNS = ['account', 'batch', 'client', 'document', 'event', 'ledger', 'message', 'order', 'record', 'session', 'ticket', 'window'];
const VERBS = ['apply', 'collect', 'compare', 'fetch', 'merge', 'parse', 'render', 'resolve', 'schedule', 'split', 'update', 'validate'];

/**
 * @param {number} seed
 * @returns {(below: number) => number} whole numbers from 0; a linear congruential generator
 */
function numbers(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * @param {BenchLanguage} language
 * @param {number} lines exactly so many
 * @returns {BenchProgram}
 */
export function program(language, lines) {
  const next = numbers(lines);
  /** @type {(from: readonly string[]) => string} */
  const pick = (from) => from[next(from.length)] ?? '';
  const { header, block, risky, slotMark, comment } = PARTS[language];
  const all = [...header];
  for (let number = 1; ; number++) {
    const added = block(pick(VERBS), pick(NOUNS), pick(NOUNS), number, next(90) + 10);
    // Every fourth block is a class, which has no such place: two beside a multiple of four is a function.
    if (number % RISKY_EVERY === 2) {
      added.splice(added.findIndex((line) => line.includes(slotMark)) + 1, 0, risky[Math.floor(number / RISKY_EVERY) % risky.length] ?? '');
    }
    if (all.length + added.length > lines) break;
    all.push(...added);
  }
  while (all.length < lines) all.push(`${comment} The end comes after line ${all.length}.`);
  return { text: `${all.slice(0, lines).join('\n')}\n`, slots: all.flatMap((line, at) => (line.includes(slotMark) ? [at + 1] : [])) };
}

/**
 * `count` edits: a statement typed in four pieces (the program does not parse while it is unfinished), then removed; each time elsewhere.
 * @param {BenchLanguage} language
 * @param {BenchProgram} of
 * @param {number} count
 * @returns {Generator<Edit, void>}
 */
export function* edits(language, { slots }, count) {
  const next = numbers(count);
  const { typed, typedRisky } = PARTS[language];
  for (let done = 0, statement = 0; done < count; statement++) {
    const line = slots[next(slots.length)] ?? 0;
    const pieces = statement % 8 === 7 ? typedRisky : typed;
    let column = 0;
    for (const [at, piece] of pieces.entries()) {
      if (done++ >= count) return;
      const position = { line, character: column };
      yield { range: { start: position, end: position }, text: at === 0 ? `${piece}\n` : piece };
      column += piece.length;
    }
    if (done++ >= count) return;
    yield { range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, text: '' };
  }
}

/**
 * @typedef {object} Parts
 * @property {readonly string[]} header
 * @property {(verb: string, noun: string, other: string, number: number, size: number) => string[]} block one class (every fourth number) or function
 * @property {readonly string[]} risky statements that rules report, indented for a function body
 * @property {string} slotMark in the line after which a statement may be put
 * @property {string} comment
 * @property {readonly string[]} typed in four pieces
 * @property {readonly string[]} typedRisky in four pieces
 */

/** @type {(word: string) => string} */
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** @type {Readonly<Record<BenchLanguage, Parts>>} */
const PARTS = {
  python: {
    header: [
      '"""Keeps the books of a small service."""',
      'from __future__ import annotations',
      '',
      'import json',
      'import logging',
      'import os',
      'import subprocess',
      'from collections import defaultdict',
      'from dataclasses import dataclass, field',
      'from openai import OpenAI',
      '',
      'logger = logging.getLogger(__name__)',
      'client = OpenAI()',
      '',
    ],
    block: (verb, noun, other, number, size) =>
      number % 4 === 0
        ? [
            '@dataclass',
            `class ${capital(noun)}${number}:`,
            `    """One ${noun}, with what belongs to it."""`,
            '',
            `    name: str = "${noun}-${number}"`,
            `    ${other}_ids: list[int] = field(default_factory=list)`,
            '',
            `    def ${verb}(self, limit: int = ${size}, scale: int = 1) -> dict[str, int]:`,
            '        totals: dict[str, int] = defaultdict(int)  # per name',
            `        for index, ${other} in enumerate(self.${other}_ids):`,
            `            if ${other} > limit and not self.name.startswith("_"):`,
            `                totals[f"{self.name}:{index}"] += ${other} * scale`,
            '            else:',
            '                logger.debug("left out %s of %s", index, self.name)',
            '        totals["all"] = sum(totals.values())',
            '        return dict(totals)',
            '',
          ]
        : [
            `def ${verb}_${noun}_${number}(path: str, command: str, scale: int = ${size}) -> list[str]:`,
            `    # Reads every ${noun} and leaves out the ${other}s that are too old.`,
            '    rows = []  # what is kept',
            '    try:',
            '        with open(os.path.join(path, "data.json"), encoding="utf-8") as file:',
            '            data = json.load(file)',
            '    except (OSError, json.JSONDecodeError) as error:',
            '        logger.warning("cannot read %s: %s", path, error)',
            '        return []',
            `    for row in sorted(data["${other}s"], key=lambda item: item["id"]):`,
            `        if row.get("age", 0) * scale < ${size * 7}:`,
            `            rows.append(f"{row['id']}: {row['name']!r}")`,
            '    return [row.strip() for row in rows if row]',
            '',
          ],
    risky: [
      '    subprocess.run(command, shell=True, check=False)',
      '    exec(client.responses.create(model="m", input=path).output_text)',
      '    os.system("ls " + path)',
    ],
    slotMark: 'rows = []  #',
    comment: '#',
    typed: ['    reading = mea', 'sure(', 'path, scale', '=2)'],
    typedRisky: ['    subprocess', '.run(', 'command, shell', '=True)'],
  },
  typescript: {
    header: [
      '/** Keeps the books of a small service. */',
      "import { exec, execFile } from 'node:child_process';",
      "import { readFileSync } from 'node:fs';",
      "import path from 'node:path';",
      "import OpenAI from 'openai';",
      '',
      'const client = new OpenAI();',
      '',
      'interface Row {',
      '  readonly id: number;',
      '  readonly name: string;',
      '  readonly age?: number;',
      '}',
      '',
    ],
    block: (verb, noun, other, number, size) =>
      number % 4 === 0
        ? [
            `/** One ${noun}, with what belongs to it. */`,
            `export class ${capital(noun)}${number} {`,
            `  private readonly ${other}Ids: number[] = [];`,
            '',
            `  constructor(readonly name: string = '${noun}-${number}') {}`,
            '',
            `  ${verb}(limit = ${size}, scale = 1): Map<string, number> {`,
            '    const totals = new Map<string, number>(); // per name',
            `    for (const [index, ${other}] of this.${other}Ids.entries()) {`,
            `      if (${other} > limit && !this.name.startsWith('_')) {`,
            `        totals.set(\`\${this.name}:\${index}\`, ${other} * scale);`,
            '      } else {',
            "        console.debug('left out', index, this.name);",
            '      }',
            '    }',
            '    return totals;',
            '  }',
            '}',
            '',
          ]
        : [
            `export async function ${verb}${capital(noun)}${number}(folder: string, command: string, scale = ${size}): Promise<string[]> {`,
            `  // Reads every ${noun} and leaves out the ${other}s that are too old.`,
            '  const rows: string[] = []; // what is kept',
            '  let data: Record<string, Row[]>;',
            '  try {',
            "    data = JSON.parse(readFileSync(path.join(folder, 'data.json'), 'utf8'));",
            '  } catch (error) {',
            "    console.warn('cannot read', folder, error);",
            '    return [];',
            '  }',
            `  for (const row of (data['${other}s'] ?? []).sort((a, b) => a.id - b.id)) {`,
            `    if ((row.age ?? 0) * scale < ${size * 7}) rows.push(\`\${row.id}: \${row.name.trim()}\`);`,
            '  }',
            "  return rows.filter((row) => row !== '');",
            '}',
            '',
          ],
    risky: [
      '  exec(`ls ${folder}`);',
      '  eval((await client.responses.create({ model: "m", input: folder })).output_text);',
      '  new Function(command)();',
    ],
    slotMark: 'rows: string[] = []; //',
    comment: '//',
    typed: ['  const reading = mea', 'sure(', 'folder, { scale', ': 2 });'],
    typedRisky: ['  eval', '(', 'comm', 'and);'],
  },
};
