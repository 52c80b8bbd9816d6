/**
 * `npm run build`: everything that runs, from the sources, from any working directory.
 *
 *   server/dist/{cli,worker,lsp}.mjs   the command line, its worker thread and the language server (Node, ESM)
 *   server/dist/wasm/                  the tree-sitter runtime, its library to load it anew, and the grammars we ship
 *   server/dist/rules/                 the built-in packs, data only: no fixtures but for a few lines of each, for rules' pages
 *   server/dist/prepared/              the same rules compiled, so that starting is quick
 *   server/dist/rule.schema.json       the JSON Schema of rule files, for editors
 *   client/dist/extension.cjs          the VS Code extension (CommonJS, as VS Code 1.91 loads it)
 *
 * It reads the network for nothing and type checks nothing (`npm run typecheck` does).
 */
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { root } from './root.mjs';

const at = (/** @type {string[]} */ ...parts) => path.join(root, ...parts);

/** @type {readonly { input: string; output: string; format: 'esm' | 'cjs'; external: (string | RegExp)[] }[]} */
const bundles = [
  { input: 'server/src/cli/main.ts', output: 'server/dist/cli.mjs', format: 'esm', external: [/^node:/] },
  { input: 'server/src/cli/worker.ts', output: 'server/dist/worker.mjs', format: 'esm', external: [/^node:/] },
  { input: 'server/src/lsp/main.node.ts', output: 'server/dist/lsp.mjs', format: 'esm', external: [/^node:/] },
  { input: 'client/src/extension.ts', output: 'client/dist/extension.cjs', format: 'cjs', external: [/^node:/, 'vscode'] },
];

/**
 * @param {(typeof bundles)[number]} bundle
 * @param {string} file absolute output file
 * @returns {Promise<number>} bytes written
 */
async function bundleOne({ input, format, external }, file) {
  const build = await rolldown({
    cwd: root,
    input: at(input),
    platform: 'node',
    external,
    tsconfig: false,
    // `module` first: the `main` of jsonc-parser and its like is UMD, whose `require` of its own parts no bundler follows.
    resolve: { mainFields: ['module', 'main'] },
    onLog(level, log, defaultHandler) {
      // A name that cannot be resolved would only fail when it runs: refuse it here.
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
      // Emscripten's loader has `eval` for grammars that carry JavaScript; no grammar that we ship does.
      if (log.code === 'EVAL' && log.id?.includes('web-tree-sitter') === true) return;
      if (level === 'warn') defaultHandler(level, log);
    },
  });
  try {
    const { output: chunks } = await build.write({
      file,
      format,
      codeSplitting: false,
      minify: 'dce-only',
      sourcemap: false,
      comments: { legal: true },
    });
    const code = asciiOnly(chunks.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join(''));
    await writeFile(file, code);
    return code.length;
  } finally {
    await build.close();
  }
}

/**
 * V8 keeps a source in two bytes a character as soon as one of them is beyond Latin-1, for as long as the process lives.
 * @param {string} code without `String.raw`, which would show the escapes
 */
function asciiOnly(code) {
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * The grammars to ship, as the definitions of `server/src/core/language/` name them: the sources are bundled and asked.
 * @returns {Promise<readonly { readonly id: string; readonly wasm: string }[]>} without those that need no wasm file
 */
export async function grammars() {
  const bundle = await rolldown({ cwd: root, input: at('server/src/core/language/registry.ts'), platform: 'node', tsconfig: false });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
  await bundle.close();
  const url = `data:text/javascript,${encodeURIComponent(output[0].code)}`;
  const { LANGUAGES } = /** @type {{ LANGUAGES: readonly { grammars: readonly { id: string; wasm: string }[] }[] }} */ (await import(url));
  return LANGUAGES.flatMap((language) => language.grammars.filter((grammar) => grammar.wasm !== undefined));
}

/**
 * @param {string} target
 * @returns {Promise<number>} grammars copied
 */
async function copyWasm(target) {
  await mkdir(target, { recursive: true });
  const require = createRequire(at('server/package.json'));
  await copyFile(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), path.join(target, 'web-tree-sitter.wasm'));
  // Once more beside what the bundles hold: a copy to start over with when a text has taken the runtime down.
  await copyFile(require.resolve('web-tree-sitter'), path.join(target, 'web-tree-sitter.cjs'));
  const wanted = await grammars();
  for (const { id, wasm } of wanted) await copyFile(require.resolve(wasm), path.join(target, `tree-sitter-${id}.wasm`));
  return wanted.length;
}

/**
 * Copies rule and pack files and leaves fixtures behind. `rules/self` checks this repository only, so it stays behind too.
 * @param {string} target
 * @returns {Promise<number>} files copied
 */
async function copyRules(target) {
  const source = at('rules');
  const names = (await filesBelow(source)).filter((name) => name.endsWith('.yaml') && !name.startsWith(`self${path.sep}`));
  for (const name of names) {
    await mkdir(path.dirname(path.join(target, name)), { recursive: true });
    await copyFile(path.join(source, name), path.join(target, name));
  }
  return names.length;
}

/**
 * What rules' pages show beside the rules: how right they were (`rules/precision.json`), and pieces of their fixtures.
 * @param {string} dist the staged `server/dist`
 * @returns {Promise<number>} rules with an example
 */
async function copyNotes(dist) {
  await copyFile(at('rules/precision.json'), path.join(dist, 'rules/precision.json'));
  const file = path.join(dist, 'examples.mjs');
  await bundleOne({ input: 'server/src/cli/fixture/examples.ts', output: '', format: 'esm', external: [/^node:/] }, file);
  const { examplesBelow } = /** @type {{ examplesBelow: (directory: string) => Record<string, object> }} */ (
    await import(pathToFileURL(file).href)
  );
  const shipped = Object.entries(examplesBelow(at('rules'))).filter(([id]) => !id.startsWith('self-'));
  await writeFile(path.join(dist, 'rules/examples.json'), `${JSON.stringify(Object.fromEntries(shipped))}\n`);
  await rm(file);
  return shipped.length;
}

/**
 * Compiles the staged rules with the sources that will run them.
 * @param {string} dist the staged `server/dist`
 * @returns {Promise<number>} programs written
 */
async function prepareRules(dist) {
  const file = path.join(dist, 'prepare.mjs');
  await bundleOne({ input: 'server/src/host/node/prepare.ts', output: '', format: 'esm', external: [/^node:/] }, file);
  const { writePrepared } = /** @type {{ writePrepared: (rules: string, target: string) => Promise<number> }} */ (
    await import(pathToFileURL(file).href)
  );
  const count = await writePrepared(path.join(dist, 'rules'), path.join(dist, 'prepared'));
  await rm(file);
  return count;
}

/**
 * Builds into a folder of its own, then moves file by file: an editor or a test that is running the previous build
 * at this moment never sees half a bundle or a missing grammar.
 * @param {{ readonly quiet?: boolean }} [options] `quiet`: say nothing about what went well
 */
export async function build({ quiet = false } = {}) {
  const say = quiet ? () => {} : console.error;
  const started = performance.now();
  const stage = at('build', `stage-${process.pid}`);
  try {
    const copied = await copyWasm(path.join(stage, 'server/dist/wasm'));
    const rules = await copyRules(path.join(stage, 'server/dist/rules'));
    await copyFile(at('schema/rule.schema.json'), path.join(stage, 'server/dist/rule.schema.json'));
    for (const bundle of bundles) {
      if (!(await exists(at(bundle.input)))) {
        console.error(`build: ${bundle.input} does not exist yet, left out`);
        continue;
      }
      const bytes = await bundleOne(bundle, path.join(stage, bundle.output));
      say(`build: ${bundle.output} ${(bytes / 1024).toFixed(0)} KiB`);
    }
    const examples = await copyNotes(path.join(stage, 'server/dist'));
    const programs = await prepareRules(path.join(stage, 'server/dist'));
    for (const folder of ['server/dist', 'client/dist']) await replaceFolder(path.join(stage, folder), at(folder));
    console.error(
      `build: ${rules} rule and pack files, ${examples} with examples, ${copied} grammars, ${programs} prepared programs, ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/**
 * Makes `target` hold exactly the files of `source`, each by one rename.
 * @param {string} source
 * @param {string} target
 */
async function replaceFolder(source, target) {
  const wanted = new Set(await filesBelow(source));
  for (const name of wanted) {
    await mkdir(path.dirname(path.join(target, name)), { recursive: true });
    await rename(path.join(source, name), path.join(target, name));
  }
  for (const name of await filesBelow(target)) if (!wanted.has(name)) await rm(path.join(target, name), { force: true });
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} files below it, relative, sorted; none where there is no folder
 */
async function filesBelow(folder) {
  if (!(await exists(folder))) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

/** @param {string} file */
async function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build().catch((error) => {
    console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
}
