/** Figures into one table: a line each, with the budget it has and the ratio to a peer. Medians and quantiles of what was measured. */

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {number | undefined} value
 * @property {string} unit
 * @property {number | undefined} [budget] the most it may be, in the same unit
 * @property {string} [ratio] how it stands to a peer, in words
 * @property {string} [note]
 */

/**
 * The smallest value that at least the given share of all values does not exceed.
 * @param {readonly number[]} values not empty
 * @param {number} share 0 to 1
 * @returns {number}
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** @param {readonly number[]} values not empty */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * @param {readonly Row[]} rows
 * @returns {string} lines, each ended
 */
export function formatTable(rows) {
  const cells = rows.map(({ what, value, unit, budget, ratio, note }) => [
    what,
    value === undefined ? '-' : `${shown(value)} ${unit}`,
    budget === undefined || value === undefined ? '' : `${value <= budget ? 'within' : 'OVER'} ${shown(budget)} ${unit}`,
    [ratio, note].filter((each) => each !== undefined).join('; '),
  ]);
  const all = [['what', 'figure', 'budget', 'ratio, note'], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  return all
    .map((line) =>
      line
        .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** @param {number} value */
export function shown(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
