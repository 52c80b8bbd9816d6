/**
 * Which keys and options of a rule Countersign reads, by its own lists (`server/src/core/pack/keys.ts`, `options.ts`), and which of a given rule
 * are not among them. It walks the YAML by itself, so that it does not only repeat what the parser of rules says.
 */
import path from 'node:path';
import { rolldown } from 'rolldown';
import { root } from '../root.mjs';

/** @typedef {Readonly<Record<string, readonly string[]>>} Lists */
/**
 * @typedef {object} Vocabulary
 * @property {readonly string[]} RULE_KEYS
 * @property {readonly string[]} FORMULA_KEYS
 * @property {readonly string[]} CHILD_KEYS
 * @property {Lists} CONDITION_KEYS
 * @property {readonly string[]} MATCH_KEYS
 * @property {readonly string[]} MATCH_EXTRAS
 * @property {Lists} WHERE_KEYS
 * @property {readonly string[]} PATHS_KEYS
 * @property {readonly string[]} FIX_REGEX_KEYS
 * @property {Readonly<Record<string, unknown>>} OPTIONS
 */

/** The lists, from the sources. @returns {Promise<Vocabulary>} */
export async function vocabulary() {
  const loaded = await Promise.all(
    ['keys', 'options'].map(async (name) => {
      const bundle = await rolldown({
        cwd: root,
        input: path.join(root, `server/src/core/pack/${name}.ts`),
        platform: 'node',
        tsconfig: false,
      });
      const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
      await bundle.close();
      // countersign: ignore[js-worker-eval] -- our own sources, bundled a line above
      return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
    }),
  );
  return Object.assign({}, ...loaded);
}

/**
 * Keys and options of a rule in search mode that are not in the lists, with their place.
 * @param {Record<string, unknown>} rule
 * @param {Vocabulary} words
 * @returns {string[]}
 */
export function unread(rule, words) {
  /** @type {string[]} */
  const found = [];
  /** @param {unknown} value @returns {value is Record<string, unknown>} */
  const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  /** @param {unknown} value @param {readonly string[]} known @param {string} place @returns {[string, unknown][]} */
  const entries = (value, known, place) => {
    if (!isMap(value)) return [];
    for (const key of Object.keys(value)) if (!known.includes(key)) found.push(`${place}${key}`);
    return Object.entries(value);
  };
  /** @param {string} key @param {unknown} value @param {string} place */
  const older = (key, value, place) => {
    const conditions = words.CONDITION_KEYS[key];
    if (conditions !== undefined) {
      for (const [inner, part] of entries(value, conditions, `${place}${key}.`)) {
        if (words.FORMULA_KEYS.includes(inner)) older(inner, part, `${place}${key}.`);
      }
    } else if (Array.isArray(value)) {
      const known = [...words.CHILD_KEYS, ...Object.keys(words.CONDITION_KEYS), 'focus-metavariable'];
      if (key === 'focus-metavariable') return;
      for (const item of value) for (const [inner, part] of entries(item, known, `${place}${key}.`)) older(inner, part, `${place}${key}.`);
    } else if (isMap(value)) {
      for (const [inner, part] of entries(value, words.CHILD_KEYS, `${place}${key}.`)) older(inner, part, `${place}${key}.`);
    }
  };
  /** @param {unknown} value @param {string} place */
  const newer = (value, place) => {
    if (Array.isArray(value)) {
      for (const item of value) newer(item, place);
      return;
    }
    for (const [key, part] of entries(value, [...words.MATCH_KEYS, ...words.MATCH_EXTRAS], place)) {
      if (key === 'where') where(part, `${place}where.`);
      else if (key !== 'as' && key !== 'fix' && key !== 'pattern' && key !== 'regex') newer(part, `${place}${key}.`);
    }
  };
  /** @param {unknown} value @param {string} place */
  const where = (value, place) => {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (!isMap(item)) continue;
      const kind = Object.keys(words.WHERE_KEYS).find((key) => key in item || (key === 'type' && 'types' in item));
      for (const [key, part] of entries(item, kind === undefined ? [] : (words.WHERE_KEYS[kind] ?? []), place)) {
        if (key === 'where') where(part, `${place}where.`);
        else if (['all', 'any', 'not', 'inside', 'anywhere'].includes(key)) newer(part, `${place}${key}.`);
      }
    }
  };
  for (const [key, value] of entries(rule, words.RULE_KEYS, '')) {
    if (key === 'options') entries(value, Object.keys(words.OPTIONS), 'options.');
    else if (key === 'paths') entries(value, words.PATHS_KEYS, 'paths.');
    else if (key === 'fix-regex') entries(value, words.FIX_REGEX_KEYS, 'fix-regex.');
    else if (key === 'match') newer(value, 'match.');
    else if (words.FORMULA_KEYS.includes(key)) older(key, value, '');
  }
  return found;
}
