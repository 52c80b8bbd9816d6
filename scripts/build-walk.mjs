// Assembles server/src/host/parser/walk.wat into walkBytes.ts. Run after editing the .wat file (`node scripts/build-walk.mjs`).
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabtInit from 'wabt';

const folder = new URL('../server/src/host/parser/', import.meta.url);
const wabt = await wabtInit();
const module = wabt.parseWat('walk.wat', readFileSync(new URL('walk.wat', folder), 'utf8'));
const { buffer } = module.toBinary({});
const base64 = Buffer.from(buffer).toString('base64');
const lines = base64.match(/.{1,100}/g) ?? [];
writeFileSync(
  fileURLToPath(new URL('walkBytes.ts', folder)),
  `/** Assembled from walk.wat by scripts/build-walk.mjs: ${buffer.length} bytes. Do not edit. */\nexport const WALK_MODULE_BASE64 =\n${lines
    .map((line) => `  '${line}'`)
    .join(' +\n')};\n`,
);
