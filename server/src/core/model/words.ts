/** Words of a text, as programs spell names. */

/** An expression that finds any of these names where it stands by itself; case counts. */
export function sayingOneOf(names: readonly string[]): RegExp {
  const all = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}_$])(?:${all})(?![\\p{L}\\p{N}_$])`, 'u');
}
