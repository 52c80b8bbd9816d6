/**
 * The protections that a file's code has, read in one pass over its tree. One list per side of a commit; `lost.ts` compares them. What a protection looks like
 * is in `factsOfNames.ts`, `factsOfSettings.ts` and `factsOfControl.ts`.
 */
import { Tag } from '../language/tags.js';
import type { SyntaxTree } from '../language/tree.js';
import type { Fact, Facts, Handler, Limit, Off } from './fact.js';
import { readGuard, readHandlers, readOther } from './factsOfControl.js';
import { readCall, readDecorator, readReference } from './factsOfNames.js';
import { readSetting } from './factsOfSettings.js';
import { isDecorator, type Unit } from './units.js';

/** Grammars of data, whose names are no names of a program. */
const DATA: ReadonlySet<string> = new Set(['json', 'yaml', 'xml', 'html', 'toml', 'markdown', 'generic']);

/** By the first unit of a side: a side's facts are asked for in each commit that has it on one of its sides. */
const factsByModule = new WeakMap<Unit, { readonly count: number; readonly facts: Facts }>();

/** @param units all units of one side, the module first */
export function factsOf(units: readonly Unit[]): Facts {
  const [module] = units;
  const known = module === undefined ? undefined : factsByModule.get(module);
  if (known?.count === units.length) return known.facts;
  const facts = readFacts(units);
  if (module !== undefined) factsByModule.set(module, { count: units.length, facts });
  return facts;
}

function readFacts(units: readonly Unit[]): Facts {
  const facts: Fact[] = [];
  const offs: Off[] = [];
  const limits: Limit[] = [];
  const handlers: Handler[] = [];
  const module = units[0];
  if (module === undefined) return { facts, offs, limits, handlers };
  const { tree } = module;
  // Settings are compared as settings.
  if (DATA.has(tree.grammar)) return { facts, offs, limits, handlers };
  const open: Unit[] = [module];
  let nextUnit = 1;
  for (let node = 1; node < tree.count; node++) {
    while (open.length > 1 && node >= (tree.next[(open.at(-1) as Unit).node] as number)) open.pop();
    if (units[nextUnit]?.node === node) {
      open.push(units[nextUnit] as Unit);
      nextUnit++;
    }
    const unit = open.at(-1) as Unit;
    switch (tree.tag[node]) {
      case Tag.Call:
      case Tag.New:
        readCall(tree, node, unit, facts, offs);
        break;
      case Tag.Ident:
      case Tag.Dot:
      case Tag.Str:
        readReference(tree, node, unit, facts);
        break;
      case Tag.Keyword:
      case Tag.Pair:
      case Tag.Assign:
      case Tag.VarDef:
      case Tag.Param:
        readSetting(tree, node, unit, { facts, offs, limits });
        break;
      case Tag.If:
        readGuard(tree, node, unit, facts);
        break;
      case Tag.Try:
        readHandlers(tree, node, unit, handlers);
        break;
      case Tag.Other:
        readOther(tree, node, unit, facts);
        break;
      default:
    }
    if (isDecorator(tree, node)) readDecorator(tree, node, decorated(units, tree, node) ?? unit, facts, offs);
  }
  return { facts, offs, limits, handlers };
}

function decorated(units: readonly Unit[], tree: SyntaxTree, node: number): Unit | undefined {
  const limit = tree.next[node] as number;
  return units.find((unit) => unit.node <= limit + 400 && unit.decorators.includes(node));
}
