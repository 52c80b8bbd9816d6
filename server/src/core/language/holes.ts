/** How holes are spelled so that a grammar reads them: the names that stand for `$X`, `...`, `$...X` and `<... ...>` in a pattern's text. */

export const METAVARIABLE_PREFIX = 'cs_mv_';
export const ELLIPSIS_METAVARIABLE_PREFIX = 'cs_em_';
/** `$X` with a type; what follows is the name without its `$`. */
export const TYPED_PREFIX = 'cs_tv_';
export const ELLIPSIS = 'cs_ellipsis';
/** The type of a parameter whose pattern says none, in languages that want one. */
export const UNTYPED = 'cs_untyped';
export const DEEP = 'cs_deep';

/** `$X` of a name that stands for it, or undefined. */
export function metavariableOf(name: string): string | undefined {
  return name.startsWith(METAVARIABLE_PREFIX) ? `$${name.slice(METAVARIABLE_PREFIX.length)}` : undefined;
}

/** Whether a name stands for `...` or `$...X`. */
export function standsForSeveral(name: string): boolean {
  return name === ELLIPSIS || name.startsWith(ELLIPSIS_METAVARIABLE_PREFIX);
}

/** `$...X` of a name that stands for it, or undefined. */
export function ellipsisMetavariableOf(name: string): string | undefined {
  return name.startsWith(ELLIPSIS_METAVARIABLE_PREFIX) ? `$...${name.slice(ELLIPSIS_METAVARIABLE_PREFIX.length)}` : undefined;
}
