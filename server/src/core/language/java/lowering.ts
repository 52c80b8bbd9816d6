/** Lowers tree-sitter-java. */
import type { Lowering } from '../builder.js';
export const javaLowering: Lowering = { handlers: {}, comments: ['comment', 'line_comment', 'block_comment'], roles: {} };
