/** `npm run rule-schema`: writes schema/rule.schema.json, the JSON Schema of rule files, from the parser's own lists. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './root.mjs';

const bundle = await rolldown({
  cwd: root,
  input: path.join(root, 'server/src/core/pack/schema.ts'),
  platform: 'node',
  tsconfig: false,
  resolve: { mainFields: ['module', 'main'] },
});
const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
await bundle.close();
const { ruleSchema } = /** @type {{ ruleSchema: () => object }} */ (
  // countersign: ignore[js-worker-eval] -- our own sources, bundled a line above
  await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)
);
await mkdir(path.join(root, 'schema'), { recursive: true });
await writeFile(path.join(root, 'schema/rule.schema.json'), `${JSON.stringify(ruleSchema(), null, 2)}\n`);
