/**
 * `--autofix`: the fixes of a scan, applied. Overlapping fixes are left out, the first one wins; a file that is no
 * longer the one that was scanned is left alone; everything else in the file stays byte for byte. Notebooks are
 * not fixed: a cell's text is a JSON string there.
 */
import { readFile } from 'node:fs/promises';
import { createTwoFilesPatch } from 'diff';
import type { Fix } from '../core/index.js';
import { errorCode } from '../host/node/files-small.js';
import { printError, printOut, replaceFile } from './output.js';
import { plural } from '../core/page/plural.js';
import type { ScannedFile, ScanResult } from './result.js';
import { createPaint, escapeSource, escapeTerminal, wantsColour } from './terminal.js';

export interface FixedText {
  readonly text: string;
  readonly applied: number;
  /** Left out because they overlap one that was applied. */
  readonly overlapping: number;
}

/** Applies fixes to the text they were made for; the same fix from two rules counts once. */
export function fixText(text: string, fixes: readonly Fix[]): FixedText {
  const sorted = [...fixes].sort((a, b) => a.range.start.offset - b.range.start.offset || a.range.end.offset - b.range.end.offset);
  const parts: string[] = [];
  let at = 0;
  let applied = 0;
  let overlapping = 0;
  let previous: Fix | undefined;
  for (const fix of sorted) {
    const { start, end } = { start: fix.range.start.offset, end: fix.range.end.offset };
    if (previous !== undefined && previous.range.start.offset === start && previous.range.end.offset === end && previous.text === fix.text)
      continue;
    if (start < at || (previous !== undefined && start === previous.range.start.offset)) {
      overlapping++;
      continue;
    }
    parts.push(text.slice(at, start), fix.text);
    at = end;
    applied++;
    previous = fix;
  }
  parts.push(text.slice(at));
  return { text: parts.join(''), applied, overlapping };
}

export async function applyFixes(result: ScanResult, dryrun: boolean): Promise<void> {
  let files = 0;
  let applied = 0;
  const notes: string[] = [];
  for (const file of result.files) {
    const outcome = await fixFile(file, dryrun);
    if (outcome === undefined) continue;
    if (typeof outcome === 'string') notes.push(`${file.target.shown}: ${outcome}`);
    else {
      files++;
      applied += outcome.applied;
      if (outcome.overlapping > 0)
        notes.push(`${file.target.shown}: ${plural(outcome.overlapping, 'overlapping fix')} left out; run again for the rest`);
    }
  }
  const verb = dryrun ? 'would be applied' : 'applied';
  await printError(`${plural(applied, 'fix').replace(/fixs$/, 'fixes')} ${verb} in ${plural(files, 'file')}.\n`);
  for (const note of notes) await printError(`  ${escapeTerminal(note)}\n`);
}

/** A sentence: why nothing was done. `undefined`: there was nothing to do. */
async function fixFile({ target, report }: ScannedFile, dryrun: boolean): Promise<FixedText | string | undefined> {
  const findings = report.findings.filter((finding) => finding.fix !== undefined && finding.suppression === undefined);
  if (findings.length === 0) return undefined;
  if (findings.some((finding) => finding.cell !== undefined)) return 'fixes in notebooks are not applied; apply them in the editor';
  let bytes: Buffer;
  try {
    bytes = await readFile(target.absolute);
  } catch {
    return 'it can no longer be read';
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return 'only files in UTF-8 are fixed';
  }
  const unchanged = findings.every(({ range, lines }) =>
    text.slice(range.start.offset - range.start.column).startsWith(lines.split(/\r\n|\r|\n/)[0] ?? ''),
  );
  if (!unchanged) return 'it changed since it was scanned';
  const lineBreak = /\r\n/.test(text) && !/[^\r]\n/.test(text) ? '\r\n' : undefined;
  const fixes = findings.flatMap(({ fix }) =>
    fix === undefined ? [] : [lineBreak === undefined ? fix : { ...fix, text: fix.text.replace(/\r?\n/g, lineBreak) }],
  );
  const fixed = fixText(text, fixes);
  if (fixed.applied === 0 || fixed.text === text) return undefined;
  if (dryrun) {
    await printOut(unifiedDiff(target.shown, text, fixed.text));
    return fixed;
  }
  try {
    await replaceFile(target.absolute, (hasMark ? '\uFEFF' : '') + fixed.text);
  } catch (error) {
    return `it cannot be written (${errorCode(error)})`;
  }
  return fixed;
}

/** Coloured on a terminal; its text is inert there, and exact everywhere else so that it can be applied. */
export function unifiedDiff(shown: string, before: string, after: string, stream: { readonly isTTY?: boolean } = process.stdout): string {
  const patch = createTwoFilesPatch(`a/${escapeTerminal(shown)}`, `b/${escapeTerminal(shown)}`, before, after, '', '', {
    context: 3,
  }).replace(/^=+\n/, '');
  if (stream.isTTY !== true) return patch;
  const paint = createPaint(wantsColour(stream));
  const lines = patch.split('\n').map((line) => {
    const safe = escapeSource(line);
    if (line.startsWith('+++') || line.startsWith('---')) return paint('bold', safe);
    if (line.startsWith('@@')) return paint('cyan', safe);
    return line.startsWith('+') ? paint('green', safe) : line.startsWith('-') ? paint('red', safe) : safe;
  });
  return lines.join('\n');
}
