/** Values of terms: taints of the whole, and of parts that differ. */
import type { Value } from './analysis.js';
import { joinParts, ownTaints, partTaints, type Cell } from './cells.js';
import { NO_TAINTS, union, type Taints } from './taints.js';

export const NO_VALUE: Value = { taints: NO_TAINTS, parts: undefined };

export function valueOf(taints: Taints): Value {
  return taints.size === 0 ? NO_VALUE : { taints, parts: undefined };
}

export function valueOfCell(cell: Cell | undefined): Value {
  return cell === undefined ? NO_VALUE : { taints: ownTaints(cell), parts: cell.parts };
}

/** Everything that can be reached through the value. */
export function gathered(value: Value): Taints {
  return value.parts === undefined ? value.taints : union(value.taints, partTaints(value.parts));
}

export function joinValues(a: Value, b: Value): Value {
  if (a === NO_VALUE) return b;
  if (b === NO_VALUE) return a;
  return { taints: union(a.taints, b.taints), parts: joinParts(a.parts, b.parts) };
}

export function isClean(value: Value): boolean {
  return value.taints.size === 0 && (value.parts === undefined || value.parts.size === 0);
}

export function cellOfValue(value: Value): Cell {
  return { taints: value.taints.size === 0 ? undefined : value.taints, parts: value.parts };
}
