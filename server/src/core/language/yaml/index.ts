/** YAML. */
import type { LanguageDefinition } from '../definition.js';
import { tooDeepAt } from './depth.js';
import { yamlLowering } from './lowering.js';
import { yamlPatterns } from './patterns.js';
import { yamlValue } from './values.js';

export const yaml: LanguageDefinition = {
  id: 'yaml',
  names: ['yaml'],
  grammars: [{ id: 'yaml', wasm: '@tree-sitter-grammars/tree-sitter-yaml/tree-sitter-yaml.wasm', tooDeepAt }],
  files: {
    extensions: { '.yaml': 'yaml', '.yml': 'yaml' },
    editorIds: { yaml: 'yaml', 'github-actions-workflow': 'yaml', dockercompose: 'yaml' },
  },
  code: { lowering: yamlLowering, patterns: yamlPatterns, comments: { line: ['#'] }, traits: { stringValue: yamlValue } },
};
