/** Ruby. */
import type { LanguageDefinition } from '../definition.js';
import { rubyLowering } from './lowering.js';
import { rubyPatterns } from './patterns.js';

export const ruby: LanguageDefinition = {
  id: 'ruby',
  names: ['ruby', 'rb'],
  grammars: [{ id: 'ruby', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-ruby.wasm' }],
  files: {
    extensions: { '.rb': 'ruby', '.rake': 'ruby', '.gemspec': 'ruby' },
    names: ['gemfile', 'rakefile', 'vagrantfile', 'podfile'],
    firstLine: /^#!.*\bruby\b/,
    editorIds: { ruby: 'ruby' },
  },
  code: {
    lowering: rubyLowering,
    patterns: rubyPatterns,
    comments: { line: ['#'], block: [{ open: '=begin', close: '=end' }] },
    flow: { changingMethods: ['concat'], memberPrefix: '@', lastIsValue: 'always', casesFall: false, casesBind: false },
    traits: { imports: 'sources', implicitReturns: true },
  },
};
