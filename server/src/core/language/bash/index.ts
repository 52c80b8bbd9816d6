/** Bash, POSIX shells and their profiles; also the shell lines of notebooks. */
import type { LanguageDefinition } from '../definition.js';
import { DEEP } from '../holes.js';
import { Tag } from '../tags.js';
import { childrenOf, tagOf, textOf } from '../tree.js';
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
      // That a command runs in the background is not known: a pattern that asks for it would find every command.
      wrappings: (text) => (/(?<!&)&\s*$/.test(text) ? [] : [WHOLE]),
      deep: {
        open: `$(${DEEP} `,
        close: ')',
        at(tree, node) {
          const [call] = tagOf(tree, node) === Tag.Other ? childrenOf(tree, node) : [];
          const [name, args] = call === undefined || tagOf(tree, call) !== Tag.Call ? [] : childrenOf(tree, call);
          const [inner, second] = args === undefined ? [] : childrenOf(tree, args);
          return name !== undefined && textOf(tree, name) === DEEP && second === undefined ? inner : undefined;
        },
      },
    },
    comments: { line: ['#'] },
    traits: { bareWords: true },
  },
};
