/** What functions leave in objects and in the module, where others find it; and the same after an edit that those functions have no part in. */
import type { Print } from '../formula/kept.js';
import type { Summary } from './analysis.js';
import { Environment, type Cell } from './cells.js';
import type { FileRun } from './fileRun.js';
import type { Specs } from './spec.js';
import { sourceTaint, taintsOf, type SourceTaint, type Taints } from './taints.js';
import type { FunctionId, Key, Program, VariableId } from './terms.js';

/** What comes from sources, in a variable that outlives the function that put it there, or in a part of it. */
export interface Left {
  readonly variable: VariableId;
  readonly path: readonly Key[];
  readonly taints: Taints;
}

/** By function, in the order in which they were run first. */
export function leftBy({ program, summaries }: Pick<FileRun, 'program' | 'summaries'>): ReadonlyMap<FunctionId, readonly Left[]> {
  const all = new Map<FunctionId, readonly Left[]>();
  for (const [id, summary] of summaries) {
    const left = program.functions[id]?.isFunction === true ? leftIn(program, summary) : [];
    if (left.length > 0) all.set(id, left);
  }
  return all;
}

function leftIn(program: Program, { writes }: Summary): readonly Left[] {
  return writes.flatMap(({ origin, path, taints }) => {
    if (origin.kind !== 'variable' || (program.variableOwners[origin.variable] ?? -1) >= 0) return [];
    const own = fromSources(taints);
    return own.size === 0 ? [] : [{ variable: origin.variable, path, taints: own }];
  });
}

export function fromSources(taints: Taints): Taints {
  return new Map([...taints].filter(([, taint]) => taint.kind === 'source'));
}

/** Adds it to what is known of variables of the module. */
export function leave({ variable, path, taints }: Left, globals: Map<VariableId, Cell>): void {
  const env = new Environment();
  env.set(variable, globals.get(variable));
  env.add(variable, path, taints, undefined, undefined);
  const cell = env.cell(variable);
  if (cell !== undefined) globals.set(variable, cell);
}

/** One of what was left, without the objects of a run: the source's places stand in the print's. */
interface Said {
  readonly key: string;
  readonly path: readonly Key[];
  /** By number of the rule's source, and its label. */
  readonly sources: readonly (readonly [number, string])[];
}

/** What was left, for after an edit; undefined where that cannot be said. Ways are not part of it. */
export function printOfLeft(all: Iterable<Left>, program: Program): Print | undefined {
  const said: Said[] = [];
  const places: number[] = [];
  for (const { variable, path, taints } of all) {
    const key = program.globalKey(variable);
    const sources = [...taints.values()].filter((taint): taint is SourceTaint => taint.kind === 'source');
    if (key === undefined || sources.some(({ match, condition, steps }) => match.file ?? condition ?? steps)) return undefined;
    for (const { match } of sources) places.push(match.start, match.end);
    said.push({ key, path, sources: sources.map(({ match, label }) => [match.index, label]) });
  }
  return { words: JSON.stringify(said), places: Int32Array.from(places) };
}

/** The same in a new run; undefined where one of the sources is not there. @param print in its places now */
export function leftFrom({ words, places }: Print, program: Program, { sources }: Pick<Specs, 'sources'>): readonly Left[] | undefined {
  const all: Left[] = [];
  let at = 0;
  for (const { key, path, sources: found } of JSON.parse(words) as readonly Said[]) {
    const taints: SourceTaint[] = [];
    for (const [index, label] of found) {
      const [start, end] = [places[at], places[at + 1]];
      at += 2;
      const match = sources.all.find((one) => one.index === index && one.start === start && one.end === end);
      if (match === undefined) return undefined;
      taints.push(sourceTaint(match, label, undefined));
    }
    all.push({ variable: program.globalOf(key), path, taints: taintsOf(taints) });
  }
  return all;
}
