/** A tree with what following data through it needs, each made when first asked for: ready for any number of rules. */
import type { Constants } from '../language/constants.js';
import type { Names } from '../language/names.js';
import type { SyntaxTree } from '../language/tree.js';
import { createTypes, type Types } from '../language/types.js';
import type { FunctionFacts } from '../formula/kept.js';
import { lowerProgram } from './lower.js';
import type { Program } from './terms.js';

export interface FlowTree {
  readonly tree: SyntaxTree;
  readonly names: Names;
  readonly constants: Constants;
  program(): Program;
  /** Undefined before it is first asked for. */
  readonly madeProgram: Program | undefined;
  types(): Types;
}

/** @param known as in `lowerProgram` */
export function createFlowTree(
  tree: SyntaxTree,
  names: Names,
  constants: Constants,
  known?: () => ReadonlyMap<number, FunctionFacts> | undefined,
): FlowTree {
  let program: Program | undefined;
  let types: Types | undefined;
  return {
    tree,
    names,
    constants,
    program: () => (program ??= lowerProgram(tree, names, constants, known?.())),
    get madeProgram() {
      return program;
    },
    types: () => (types ??= createTypes(tree, names, constants)),
  };
}
