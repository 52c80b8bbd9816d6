/** Dockerfiles, with the shell code in them as Bash. */
import { bash } from '../bash/index.js';
import type { LanguageDefinition, PatternSyntax, Wrapping } from '../definition.js';
import { Tag } from '../tags.js';
import { childrenOf, endOf, startOf, tagOf, textOf, type SyntaxTree } from '../tree.js';
import { WHOLE, wholeOf } from '../wrappings.js';
import { dockerfileLowering } from './lowering.js';
import { readDockerfile, SHELL_MARK } from './reader.js';

const shellCode: Wrapping = { before: SHELL_MARK, after: '', pick: wholeOf };

const INSTRUCTION =
  /^\s*(?:FROM|RUN|CMD|LABEL|MAINTAINER|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL)\b/im;

/** An argument that is a hole. */
function holeAt(tree: SyntaxTree, node: number): string | undefined {
  if (tagOf(tree, node) !== Tag.Str) return undefined;
  const [only] = childrenOf(tree, node);
  const isPlain = only !== undefined && startOf(tree, only) === startOf(tree, node) && endOf(tree, only) === endOf(tree, node);
  const text = textOf(tree, node);
  return isPlain && /^cs_(?:mv_\w+|em_\w+|ellipsis)$/.test(text) ? text : undefined;
}

const bashPatterns = bash.code?.patterns;

const patterns: PatternSyntax = {
  strings: bashPatterns?.strings ?? [],
  lineComments: ['#'],
  ...(bashPatterns?.ownDollar === undefined ? {} : { ownDollar: bashPatterns.ownDollar }),
  holeAt,
  unquotedStrings: true,
  wrappings: (text) => (INSTRUCTION.test(text) || /^\s*cs_(?:mv_\w+|ellipsis)\s*$/.test(text) ? [WHOLE] : [shellCode]),
};

export const dockerfile: LanguageDefinition = {
  id: 'dockerfile',
  names: ['dockerfile', 'docker'],
  grammars: [{ id: 'dockerfile', read: readDockerfile, needs: ['bash'] }],
  files: {
    extensions: { '.dockerfile': 'dockerfile' },
    namePattern: /^(?:dockerfile|containerfile)(?:\.|$)/,
    editorIds: { dockerfile: 'dockerfile' },
  },
  code: {
    lowering: dockerfileLowering,
    patterns,
    comments: { line: ['#'] },
    traits: bash.code?.traits ?? {},
  },
};
