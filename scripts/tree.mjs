/**
 * `node scripts/tree.mjs GRAMMAR [--pattern TEXT] [--raw] < FILE`: how code is read, for whoever writes a language's lowering: the lowered tree,
 * with `--raw` the grammar's own tree before it, and what a pattern becomes. It bundles the engine's sources first, so it shows what they say now.
 */
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { root } from './root.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { pattern: { type: 'string' }, raw: { type: 'boolean', default: false } },
});
const [grammar] = positionals;
if (grammar === undefined) {
  console.error('usage: node scripts/tree.mjs GRAMMAR [--pattern TEXT] [--raw] < FILE');
  process.exit(2);
}

const PARTS = ['language/builder', 'language/registry', 'language/tree', 'language/tags', 'language/interner', 'pattern/compile'];

/** The engine's inner modules as one, from their sources. */
async function engine() {
  const entry = [...PARTS.map((part) => `server/src/core/${part}.ts`), 'server/src/host/parser/treeSitter.ts']
    .map((file) => `export * from ${JSON.stringify(path.join(root, file))};`)
    .join('\n');
  const bundle = await rolldown({
    cwd: root,
    input: 'entry',
    platform: 'node',
    tsconfig: false,
    resolve: { mainFields: ['module', 'main'] },
    logLevel: 'silent',
    plugins: [{ name: 'entry', resolveId: (id) => (id === 'entry' ? id : null), load: (id) => (id === 'entry' ? entry : null) }],
  });
  const file = path.join(root, 'build', `tree-${process.pid}.mjs`);
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(file, { force: true });
  }
}

const core = await engine();
const require = createRequire(path.join(root, 'server/package.json'));
/** @type {(name: string) => Promise<Uint8Array>} */
const readWasm = (name) => readFile(require.resolve(core.wasmModuleOf(name) ?? `web-tree-sitter/${name}`));
const parser = await core.createParser(readWasm);
await parser.ensure([grammar]);

/** @type {(table: Readonly<Record<string, number>>) => ReadonlyMap<number, string>} */
const names = (table) => new Map(Object.entries(table).map(([name, value]) => [value, name]));
const tags = names(core.Tag);
const roles = names(core.Role);

if (options.pattern !== undefined) {
  const result = core.compilePattern(options.pattern, grammar, parser.parse);
  /** @type {(key: string, value: unknown) => unknown} */
  const readable = (key, value) => {
    if (key === 'tag') return tags.get(Number(value));
    if (key === 'op') return core.internedText(value) || undefined;
    if (key === 'role') return value === 0 ? undefined : roles.get(Number(value));
    return value === '' || key === 'positional' || key === 'keywords' ? undefined : value;
  };
  console.log(JSON.stringify(result.error === undefined ? result.pattern.items : result, readable, 1).replaceAll(/\n\s*/g, ' '));
}

const source = process.stdin.isTTY ? '' : await text(process.stdin);
if (source !== '') {
  const raw = parser.parse(source, grammar);
  if (options.raw) {
    const open = [];
    for (let node = 0; node < raw.count; node++) {
      while (open.length > 0 && open.at(-1) <= node) open.pop();
      const kind = raw.grammar.kinds[raw.kind[node]] ?? 'ERROR';
      const field = raw.grammar.fields[raw.field[node]];
      const leaf = raw.next[node] === node + 1 ? ` ${JSON.stringify(source.slice(raw.start[node], raw.end[node]))}` : '';
      console.log(
        `${'  '.repeat(open.length)}${field ? `${field}: ` : ''}${raw.grammar.named[raw.kind[node]] === false ? '·' : ''}${kind}${leaf}`,
      );
      open.push(raw.next[node]);
    }
    console.log('');
  }
  const tree = core.lowerTree(raw, source, core.loweringOf(grammar));
  /** @type {(node: number, depth: number) => void} */
  const show = (node, depth) => {
    const op = tree.op[node] === 0 ? '' : `<${core.internedText(tree.op[node])}>`;
    const role = tree.role[node] === 0 ? '' : ` @${roles.get(tree.role[node])}`;
    const leaf = tree.next[node] === node + 1 ? ` ${JSON.stringify(core.textOf(tree, node))}` : '';
    console.log(`${'  '.repeat(depth)}${tags.get(tree.tag[node])}${op}${role}${leaf}`);
    for (const child of core.childrenOf(tree, node)) show(child, depth + 1);
  };
  show(0, 0);
  for (const { start, end } of tree.problems)
    console.log(`problem at ${start}: ${JSON.stringify(source.slice(start, Math.max(end, start + 20)))}`);
}
