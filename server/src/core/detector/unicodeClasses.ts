/**
 * Which characters hide something, and where each is legitimate. The classes and their allowed uses follow the Unicode
 * Standard (general category Cf and Default_Ignorable_Code_Point), UTS 39 and the Trojan Source paper (CVE-2021-42574).
 */

export type HiddenClass =
  | 'tag-characters'
  | 'variation-selectors'
  | 'bidi-controls'
  | 'bidi-marks'
  | 'zero-width'
  | 'invisible-fillers'
  | 'odd-spaces'
  | 'private-use'
  | 'noncharacters'
  | 'control-characters'
  | 'strays'
  | 'mixed-script-identifiers';

export const HIDDEN_CLASSES: readonly HiddenClass[] = [
  'tag-characters',
  'variation-selectors',
  'bidi-controls',
  'bidi-marks',
  'zero-width',
  'invisible-fillers',
  'odd-spaces',
  'private-use',
  'noncharacters',
  'control-characters',
  'strays',
  'mixed-script-identifiers',
];

type Bounds = readonly (readonly [number, number])[];

const RANGES: Readonly<Record<Exclude<HiddenClass, 'mixed-script-identifiers' | 'strays'>, Bounds>> = {
  'tag-characters': [[0xe0000, 0xe007f]],
  'variation-selectors': [
    [0xfe00, 0xfe0f],
    [0xe0100, 0xe01ef],
    [0x180b, 0x180d],
    [0x180f, 0x180f],
  ],
  'bidi-controls': [
    [0x202a, 0x202e],
    [0x2066, 0x2069],
  ],
  // Marks reorder nothing by themselves; translations use them as invisible spacing.
  'bidi-marks': [
    [0x200e, 0x200f],
    [0x061c, 0x061c],
  ],
  'zero-width': [
    [0x200b, 0x200d],
    [0x2060, 0x2060],
    [0xfeff, 0xfeff],
    [0x180e, 0x180e],
    [0x00ad, 0x00ad],
  ],
  'invisible-fillers': [
    [0x115f, 0x1160],
    [0x3164, 0x3164],
    [0xffa0, 0xffa0],
    [0x2800, 0x2800],
    [0x034f, 0x034f],
    [0x17b4, 0x17b5],
    [0x2061, 0x2064],
    [0x206a, 0x206f],
    [0xfff9, 0xfffb],
    [0x1bca0, 0x1bca3],
    [0x1d173, 0x1d17a],
  ],
  'odd-spaces': [
    [0x00a0, 0x00a0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
    [0x2028, 0x2029],
    [0x0085, 0x0085],
  ],
  'private-use': [
    [0xe000, 0xf8ff],
    [0xf0000, 0xffffd],
    [0x100000, 0x10fffd],
  ],
  noncharacters: [
    [0xfdd0, 0xfdef],
    [0xd800, 0xdfff],
  ],
  'control-characters': [
    [0x00, 0x08],
    [0x0b, 0x0b],
    [0x0e, 0x1f],
    [0x7f, 0x84],
    [0x86, 0x9f],
  ],
};

/** Everything that could belong to a class, for one quick look at a whole text. Built from the ranges above. */
export const ANY_HIDDEN = new RegExp(
  `[${Object.values(RANGES)
    .flat()
    .map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`)
    .join('')}]`,
  'u',
);

export function classOf(codePoint: number): HiddenClass | undefined {
  if (codePoint >= 0x20 && codePoint < 0x7f) return undefined;
  if ((codePoint & 0xfffe) === 0xfffe) return 'noncharacters';
  for (const { name, from, to } of FLAT_RANGES) if (codePoint >= from && codePoint <= to) return name;
  return undefined;
}

const FLAT_RANGES = Object.entries(RANGES).flatMap(([name, bounds]) =>
  bounds.map(([from, to]) => ({ name: name as HiddenClass, from, to })),
);

const NAMES: Readonly<Record<number, string>> = {
  0x00ad: 'SOFT HYPHEN',
  0x00a0: 'NO-BREAK SPACE',
  0x0085: 'NEXT LINE',
  0x001b: 'ESCAPE',
  0x0000: 'NULL',
  0x0007: 'BELL',
  0x0008: 'BACKSPACE',
  0x007f: 'DELETE',
  0x034f: 'COMBINING GRAPHEME JOINER',
  0x061c: 'ARABIC LETTER MARK',
  0x115f: 'HANGUL CHOSEONG FILLER',
  0x1160: 'HANGUL JUNGSEONG FILLER',
  0x180e: 'MONGOLIAN VOWEL SEPARATOR',
  0x200b: 'ZERO WIDTH SPACE',
  0x200c: 'ZERO WIDTH NON-JOINER',
  0x200d: 'ZERO WIDTH JOINER',
  0x200e: 'LEFT-TO-RIGHT MARK',
  0x200f: 'RIGHT-TO-LEFT MARK',
  0x2028: 'LINE SEPARATOR',
  0x2029: 'PARAGRAPH SEPARATOR',
  0x202a: 'LEFT-TO-RIGHT EMBEDDING',
  0x202b: 'RIGHT-TO-LEFT EMBEDDING',
  0x202c: 'POP DIRECTIONAL FORMATTING',
  0x202d: 'LEFT-TO-RIGHT OVERRIDE',
  0x202e: 'RIGHT-TO-LEFT OVERRIDE',
  0x2060: 'WORD JOINER',
  0x2066: 'LEFT-TO-RIGHT ISOLATE',
  0x2067: 'RIGHT-TO-LEFT ISOLATE',
  0x2068: 'FIRST STRONG ISOLATE',
  0x2069: 'POP DIRECTIONAL ISOLATE',
  0x2800: 'BRAILLE PATTERN BLANK',
  0x3000: 'IDEOGRAPHIC SPACE',
  0x3164: 'HANGUL FILLER',
  0xfeff: 'ZERO WIDTH NO-BREAK SPACE',
  0xffa0: 'HALFWIDTH HANGUL FILLER',
};

const CLASS_NAMES: Readonly<Record<HiddenClass, string>> = {
  'tag-characters': 'TAG CHARACTER',
  'variation-selectors': 'VARIATION SELECTOR',
  'bidi-controls': 'BIDIRECTIONAL CONTROL',
  'bidi-marks': 'BIDIRECTIONAL MARK',
  'zero-width': 'ZERO WIDTH',
  'invisible-fillers': 'INVISIBLE CHARACTER',
  'odd-spaces': 'UNUSUAL SPACE',
  'private-use': 'PRIVATE USE',
  noncharacters: 'NONCHARACTER',
  'control-characters': 'CONTROL CHARACTER',
  strays: 'CONTROL CHARACTER',
  'mixed-script-identifiers': 'LETTER',
};

/** `U+202E RIGHT-TO-LEFT OVERRIDE` */
export function describeCodePoint(codePoint: number): string {
  const hex = codePoint.toString(16).toUpperCase().padStart(4, '0');
  const kind = classOf(codePoint);
  return `U+${hex} ${NAMES[codePoint] ?? (kind === undefined ? 'CHARACTER' : CLASS_NAMES[kind])}`;
}
