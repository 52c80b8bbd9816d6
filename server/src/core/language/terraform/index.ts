/** Terraform, and HCL as such. */
import type { LanguageDefinition } from '../definition.js';
import { terraformGlobals } from './globals.js';
import { terraformLowering } from './lowering.js';
import { terraformPatterns } from './patterns.js';

export const terraform: LanguageDefinition = {
  id: 'terraform',
  names: ['terraform', 'tf', 'hcl'],
  grammars: [{ id: 'terraform', wasm: '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm' }],
  files: {
    extensions: { '.tf': 'terraform', '.hcl': 'terraform', '.tfvars': 'terraform' },
    editorIds: { terraform: 'terraform', 'terraform-vars': 'terraform', hcl: 'terraform' },
  },
  code: {
    lowering: terraformLowering,
    patterns: terraformPatterns,
    comments: { line: ['#', '//'], block: [{ open: '/*', close: '*/' }] },
    globals: terraformGlobals,
    traits: { openMembers: true, literalsCoerce: true },
  },
};
