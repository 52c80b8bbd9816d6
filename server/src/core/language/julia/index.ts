/** Julia. */
import type { LanguageDefinition } from '../definition.js';
import { juliaImports } from './imports.js';
import { juliaLowering } from './lowering.js';
import { juliaPatterns } from './patterns.js';

export const julia: LanguageDefinition = {
  id: 'julia',
  names: ['julia'],
  grammars: [{ id: 'julia', wasm: 'tree-sitter-julia/tree-sitter-julia.wasm' }],
  files: { extensions: { '.jl': 'julia' }, firstLine: /^#!.*\bjulia/, editorIds: { julia: 'julia' } },
  code: {
    lowering: juliaLowering,
    patterns: juliaPatterns,
    comments: { line: ['#'], block: [{ open: '#=', close: '=#' }] },
    imports: juliaImports,
    traits: { implicitReturns: true },
  },
};
