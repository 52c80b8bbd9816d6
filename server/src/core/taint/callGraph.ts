/**
 * Which functions of a file lead, by calls through any number of files, to a source or a sink of a rule. Who calls whom is the same for all rules and made
 * once for a file that is scanned; a rule adds only where its ends are. What is left out here need not be run at all.
 */
import { endOf, startOf } from '../language/tree.js';
import type { OtherFile } from '../formula/ranges.js';
import type { Lead, OpenFile } from './project.js';
import type { Found } from './spec.js';
import type { FunctionId, Imported, Program } from './terms.js';

/** Functions that are told apart; of a project with more, all count as leading anywhere. */
const MAX_NODES = 40_000;

export interface CallGraph {
  /**
   * @param endsIn where a rule's sources, or its sinks, are in a file that calls lead to
   * @returns functions of the scanned file that lead to one of them
   */
  leadingTo(endsIn: (file: OpenFile) => readonly Found<unknown>[]): ReadonlySet<FunctionId>;
  /** Functions of the scanned file that lead to one of these of its own. */
  leadingToOwn(functions: readonly FunctionId[]): ReadonlySet<FunctionId>;
}

/** A file in the graph. */
interface Member {
  readonly file: OpenFile;
  readonly program: Program;
  /** Numbers of its functions that calls lead to. */
  readonly nodes: Map<FunctionId, number>;
  /** Stands for its top level and the bodies of its classes, which run before anything in it is called. */
  readonly top: number;
}

/** @param leads what something that a file imports may mean */
export function createCallGraph(home: OpenFile, leads: (imported: Imported, from: OtherFile | undefined) => readonly Lead[]): CallGraph {
  const members = new Map<string, Member>();
  /** By the number of a function: those that call it. */
  const callers: number[][] = [];
  const waiting: { readonly member: Member; readonly id: FunctionId; readonly node: number }[] = [];

  function memberOf(file: OpenFile): Member {
    const known = members.get(file.path);
    if (known !== undefined) return known;
    const program = file.code.program();
    const member: Member = { file, program, nodes: new Map(), top: callers.push([]) - 1 };
    members.set(file.path, member);
    for (const { id, isFunction } of program.functions) if (!isFunction) call(member.top, member, id);
    return member;
  }

  function call(caller: number | undefined, member: Member, id: FunctionId): void {
    let node = member.nodes.get(id);
    if (node === undefined) {
      node = callers.push([]) - 1;
      member.nodes.set(id, node);
      waiting.push({ member, id, node });
      (callers[member.top] as number[]).push(node);
    }
    if (caller !== undefined) (callers[node] as number[]).push(caller);
  }

  const own = memberOf(home);
  for (const { id } of own.program.functions) call(undefined, own, id);
  // Nearest first: those that are opened are bounded.
  for (let at = 0; at < waiting.length && callers.length <= MAX_NODES; at++) {
    const { member, id, node } = waiting[at] as (typeof waiting)[number];
    const { program, file } = member;
    for (const callee of program.callees[id] ?? []) call(node, member, callee);
    for (const imported of program.imports[id] ?? []) {
      for (const lead of leads(imported, file.other)) for (const callee of lead.functions) call(node, memberOf(lead.file), callee);
      // An inherited method may call those that the class has in place of its own.
      if (imported.receiver !== undefined)
        for (const methods of program.methodsOf(imported.receiver).values()) for (const callee of methods) call(node, member, callee);
    }
  }
  const complete = callers.length <= MAX_NODES;

  /** @param next numbers of functions; used up */
  const ownLeadingTo = (next: number[]): ReadonlySet<FunctionId> => {
    if (!complete) return new Set(own.program.functions.map(({ id }) => id));
    const reached = new Set<number>();
    for (let node = next.pop(); node !== undefined; node = next.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      next.push(...(callers[node] as number[]));
    }
    return new Set([...own.nodes].flatMap(([id, node]) => (reached.has(node) ? [id] : [])));
  };

  return {
    leadingTo(endsIn) {
      const next: number[] = [];
      for (const member of complete ? members.values() : []) {
        const ranges = endsIn(member.file).flatMap((found) => found.ranges);
        if (ranges.length > 0) next.push(...holding(member, ranges));
      }
      return ownLeadingTo(next);
    },
    leadingToOwn: (functions) => ownLeadingTo(functions.flatMap((id) => own.nodes.get(id) ?? [])),
  };
}

/** Functions that have one of the ranges in them; the top level where one is in no function. */
function holding(
  { file, program, nodes, top }: Member,
  ranges: readonly { readonly start: number; readonly end: number }[],
): readonly number[] {
  const { tree } = file.code;
  const found: number[] = [];
  const inside = new Set<(typeof ranges)[number]>();
  for (const { id, node: func, isFunction } of program.functions) {
    if (!isFunction) continue;
    const [start, end] = [startOf(tree, func), endOf(tree, func)];
    const node = nodes.get(id);
    let holds = false;
    for (const range of ranges) {
      if (range.start >= end || range.end <= start) continue;
      holds = true;
      if (range.start >= start && range.end <= end) inside.add(range);
    }
    if (holds && node !== undefined) found.push(node);
  }
  if (inside.size < ranges.length) found.push(top);
  return found;
}
