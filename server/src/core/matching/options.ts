/**
 * What a rule's `options:` change about matching, by the names that Semgrep gives them, and what holds without any.
 */
import type { GenericOptions } from './generic.js';

/** Options of a rule that change what matches, as Semgrep names them. */
export interface MatchOptions {
  readonly constantPropagation: boolean;
  readonly symbolicPropagation: boolean;
  readonly vardefAssign: boolean;
  readonly implicitDeepExprstmt: boolean;
  readonly arrowIsFunction: boolean;
  readonly acMatching: boolean;
  readonly commutativeBoolop: boolean;
  readonly symmetricEq: boolean;
  readonly flddefAssign: boolean;
  readonly attrExpr: boolean;
  readonly unifyIdsStrictly: boolean;
  readonly letIsVar: boolean;
  readonly goDeeperExpr: boolean;
  readonly implicitReturn: boolean;
  readonly goDeeperStmt: boolean;
  readonly implicitEllipsis: boolean;
  readonly xmlSingletonLooseMatching: boolean;
  readonly xmlAttrsImplicitEllipsis: boolean;
  readonly xmlChildrenOrdered: boolean;
  readonly decoratorsOrderMatters: boolean;
  readonly generic: GenericOptions;
}

/** What holds for a rule that sets no options. */
export const DEFAULT_MATCH_OPTIONS: MatchOptions = {
  constantPropagation: true,
  symbolicPropagation: false,
  vardefAssign: true,
  implicitDeepExprstmt: true,
  arrowIsFunction: true,
  acMatching: true,
  commutativeBoolop: false,
  symmetricEq: false,
  flddefAssign: false,
  attrExpr: true,
  unifyIdsStrictly: true,
  letIsVar: true,
  goDeeperExpr: true,
  implicitReturn: true,
  goDeeperStmt: true,
  implicitEllipsis: true,
  xmlSingletonLooseMatching: true,
  xmlAttrsImplicitEllipsis: true,
  xmlChildrenOrdered: true,
  decoratorsOrderMatters: false,
  generic: { maxSpan: 10, comments: undefined },
};
