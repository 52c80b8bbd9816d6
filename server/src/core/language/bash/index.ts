/** Bash, POSIX shells and their profiles; also the shell lines of notebooks. */
import type { LanguageDefinition } from '../definition.js';
import { WHOLE } from '../wrappings.js';
import { bashLowering } from './lowering.js';
import { withLineBreaks } from './repair.js';

export const bash: LanguageDefinition = {
  id: 'bash',
  names: ['bash', 'sh'],
  grammars: [{ id: 'bash', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-bash.wasm', repair: withLineBreaks }],
  files: {
    extensions: { '.sh': 'bash', '.bash': 'bash' },
    names: ['.bashrc', '.bash_profile', '.profile', '.zshrc', '.envrc', '.bash_aliases'],
    firstLine: /^#!.*\b(?:bash|sh|dash|ksh|zsh)\b/,
    editorIds: { shellscript: 'bash', sh: 'bash', bash: 'bash' },
  },
  code: {
    lowering: bashLowering,
    patterns: {
      strings: [
        { open: '"', close: '"', interpolations: [{ open: '$(', nested: '(', close: ')' }] },
        { open: "'", close: "'" },
      ],
      lineComments: [],
      // `$1` is a positional parameter: only upper-case names are metavariables, as in Semgrep.
      ownDollar: (rest) => /^\$[0-9_]/.test(rest) && !/^\$_(?![A-Z0-9_])/.test(rest),
      wrappings: () => [WHOLE],
    },
    comments: { line: ['#'] },
    traits: { bareWords: true },
  },
};
