/**
 * Calls of functions that nobody can look into, by their names: those that give what they were given in another form (`parse_reply(text)`, `json.loads(text)`),
 * and those that may as well answer something of their own (`search(text)`, `tools[name].invoke(arguments)`). Data is followed through both; a way through the
 * latter is no proof.
 */
import { traitsOf } from '../language/registry.js';
import { textOf } from '../language/tree.js';
import type { Frame } from './analysis.js';
import type { Call } from './terms.js';

/** Words that say so wherever they stand in a name: `safeParse`, `remove_fences`. */
const FORMS: ReadonlySet<string> = new Set(
  `clean cleaned clone coerce combine compile concat concatenate convert copy decode dedent dedup dedupe deepcopy deserialize dumps encode escape expand extract fill
  flatten fmt format indent interpolate join literal loads merge minify normalize normalise pad parse parsed prettify quote remove render replace reverse sanitize
  serialize shorten slice split sprintf stringify strip sub substitute tokenize trim truncate unescape unmarshal unpack unparse unquote unwrap validate validated wrap`.split(
    /\s+/,
  ),
);
/** Names that say so as a whole. */
const WHOLE: ReadonlySet<string> = new Set(
  `abspath all any append array as_completed asarray assign await basename bytes cast chain cycle dict dirname dump entries enumerate expanduser extend filter first
  freeze from fromkeys fsdecode fsencode gather group html islice items iter keys last list lower lstrip map match_case max min next normpath of partial path pick
  posixpath prepend print_r push quote_plus race readtree readvalue realpath reduce relpath repr resolve reversed rstrip run_until_complete safe_load set sort sorted
  sprint sprintf starmap str string structuredclone sum text then to_thread tostring translate tuple unique update upper valueof values wait_for zip zip_longest`.split(
    /\s+/,
  ),
);
const BETWEEN_FORMS = /^_*(?:to|from|as)(?:\p{Lu}|_)|(?:[a-z]To|[a-z]2|_to_)\p{L}/u;
/** What goes to somebody comes back as an answer, if at all: `sendToServer`, `write_to_file`. */
const HANDS_OVER =
  /^_*(?:add|append|assign|bind|connect|copy|deliver|forward|go|move|notify|post|print|publish|push|put|redirect|reply|respond|save|say|send|speak|submit|subscribe|switch|talk|upload|write)(?:\p{Lu}|_)/u;

/** Of expressions, which give a part of the text that they look through. */
const LOOKS_THROUGH = /^(?:search|match|matchall|fullmatch|findall|finditer|exec)$/i;
const EXPRESSION = /(?:^|\.)re$|[Rr]egex|[Pp]attern|(?:^|[._])rx$|re\.compile|^\/|(?:^|\.)_?[A-Z][A-Z0-9_]*$/;

/** Whether a call's value is what went in, as far as its name says. */
export function givesBack({ analysis: { tree } }: Frame, { callee }: Call): boolean {
  if (traitsOf(tree.grammar).bareWords || !('node' in callee) || callee.node < 0) return true;
  const text = textOf(tree, callee.node);
  let known = knownNames.get(text);
  if (known === undefined) {
    if (knownNames.size > MAX_NAMES) knownNames.clear();
    knownNames.set(text, (known = saysForm(text)));
  }
  return known;
}

/** The same names come again and again. */
const knownNames = new Map<string, boolean>();
const MAX_NAMES = 5_000;

function saysForm(callee: string): boolean {
  const [, before = '', name = ''] = /^(.*?)[.?!:]*([\p{L}\p{N}_$]+)\s*(?:<[^()]*>)?$/su.exec(callee) ?? [];
  // A class makes an object that holds what it is given.
  if (/^_*\p{Lu}.*\p{Ll}/u.test(name) && !/^(?:Sprint|Trim|To|Replace|Join|Split)/.test(name)) return true;
  if (LOOKS_THROUGH.test(name)) return EXPRESSION.test(before);
  if (/(?:json|ya?ml|toml)$/i.test(before) && /load/i.test(name)) return true;
  if (WHOLE.has(name.toLowerCase()) || (BETWEEN_FORMS.test(name) && !HANDS_OVER.test(name))) return true;
  const words = name.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})/gu) ?? [];
  return words.some((word) => FORMS.has(word.toLowerCase()));
}
