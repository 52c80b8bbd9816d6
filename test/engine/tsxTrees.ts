/** Trees of TSX, for tests of what an edit leaves alone. */
import { lowerTree } from '../../server/src/core/language/builder.js';
import { loweringOf } from '../../server/src/core/language/registry.js';
import type { SyntaxTree } from '../../server/src/core/language/tree.js';
import { readWasm } from '../../server/src/host/node/session.js';
import { createParser } from '../../server/src/host/parser/treeSitter.js';

const parser = await createParser(readWasm);
await parser.ensure(['tsx']);

export function treeOf(text: string): SyntaxTree {
  const raw = parser.parse(text, 'tsx');
  if (raw === undefined) throw new Error('not parsed');
  return lowerTree(raw, text, loweringOf('tsx'));
}
