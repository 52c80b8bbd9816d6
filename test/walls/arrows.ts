/**
 * Arrows between folders, as modules to be put into a copy of the tree: those that DESIGN section 3 forbids, and some that it draws.
 * Each is one file that imports `wallTarget.ts` of another folder (or a package), by value or by type.
 */
export interface Arrow {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** TypeScript error codes, one of which must be given; none where only the lint rule can see it (inside core). */
  readonly types?: readonly string[];
  readonly lint?: string;
}

/** Lint rules, as the linter's report names them. */
export const CYCLE = 'import(no-cycle)';
export const RESTRICTED = 'eslint(no-restricted-imports)';
/** TypeScript: the file belongs to a project that this one does not reference. */
export const OUTSIDE_PROJECT = ['TS6059', 'TS6307'];
/** TypeScript: Node's modules and globals are not known here. */
export const NO_NODE = ['TS2591', 'TS2580'];

const FOLDERS =
  'core/model core/language core/pattern core/matching core/formula core/pack core/detector core/provenance core/audit host lsp cli protocol'.split(
    ' ',
  );

/**
 * Modules for the arrows to point at: two in each folder, because the compiler names a file outside its project once, however many
 * import it, and an import by value must not hide an import by type.
 */
export const targets: Readonly<Record<string, string>> = Object.fromEntries(
  FOLDERS.flatMap((folder) => [
    [
      `server/src/${folder}/wallTarget.ts`,
      'export interface Target {\n  readonly n: number;\n}\nexport const target: Target = { n: 1 };\n',
    ],
    [`server/src/${folder}/wallTargetOfType.ts`, 'export interface Target {\n  readonly n: number;\n}\n'],
  ]),
);

/** `type` imports count as arrows: half of the cases use one. */
function value(from: string): string {
  return `import { target } from '${from}';\nexport const copied: number = target.n;\n`;
}
function typeOnly(from: string): string {
  return `import type { Target } from '${from.replace('.js', 'OfType.js')}';\nexport type Copied = Target;\n`;
}

export const refused: readonly Arrow[] = [
  {
    name: 'core imports lsp',
    file: 'server/src/core/model/a1.ts',
    text: value('../../lsp/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  {
    name: 'core imports a type of lsp',
    file: 'server/src/core/model/a2.ts',
    text: typeOnly('../../lsp/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  {
    name: 'core imports host',
    file: 'server/src/core/pack/a3.ts',
    text: value('../../host/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  {
    name: 'core imports cli',
    file: 'server/src/core/detector/a4.ts',
    text: typeOnly('../../cli/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  {
    name: 'core imports node:fs',
    file: 'server/src/core/model/a5.ts',
    text: "import { readFileSync } from 'node:fs';\nexport const read: unknown = readFileSync;\n",
    types: NO_NODE,
    lint: RESTRICTED,
  },
  {
    name: 'core imports fs',
    file: 'server/src/core/model/a6.ts',
    text: "import { readFileSync } from 'fs';\nexport const read: unknown = readFileSync;\n",
    types: NO_NODE,
    lint: RESTRICTED,
  },
  {
    name: 'core imports node:fs at run time',
    file: 'server/src/core/model/a7.ts',
    text: "export const read = async (): Promise<unknown> => import('node:fs');\n",
    types: NO_NODE,
  },
  {
    name: 'core reads the process',
    file: 'server/src/core/model/a8.ts',
    text: 'export const home: unknown = process.env;\n',
    types: NO_NODE,
  },
  {
    name: 'core reads the page',
    file: 'server/src/core/model/a9.ts',
    text: 'export const title: string = document.title;\n',
    types: ['TS2584', 'TS2304'],
  },
  {
    name: 'core imports vscode',
    file: 'server/src/core/model/a10.ts',
    text: "import type { Range } from 'vscode';\nexport type R = Range;\n",
    lint: RESTRICTED,
  },
  {
    name: 'core imports an LSP library',
    file: 'server/src/core/model/a11.ts',
    text: "import type { Range } from 'vscode-languageserver';\nexport type R = Range;\n",
    lint: RESTRICTED,
  },
  {
    name: 'core imports web-tree-sitter',
    file: 'server/src/core/language/a12.ts',
    text: "import type { Tree } from 'web-tree-sitter';\nexport type T = Tree;\n",
    lint: RESTRICTED,
  },
  { name: 'model imports matching', file: 'server/src/core/model/a13.ts', text: value('../matching/wallTarget.js'), lint: RESTRICTED },
  {
    name: 'model imports a type of language',
    file: 'server/src/core/model/a14.ts',
    text: typeOnly('../language/wallTarget.js'),
    lint: RESTRICTED,
  },
  {
    name: 'language imports pattern',
    file: 'server/src/core/language/a15.ts',
    text: typeOnly('../pattern/wallTarget.js'),
    lint: RESTRICTED,
  },
  { name: 'pattern imports matching', file: 'server/src/core/pattern/a16.ts', text: value('../matching/wallTarget.js'), lint: RESTRICTED },
  { name: 'matching imports formula', file: 'server/src/core/matching/a17.ts', text: value('../formula/wallTarget.js'), lint: RESTRICTED },
  {
    name: 'matching imports formula from a folder below',
    file: 'server/src/core/matching/deep/a18.ts',
    text: value('../../formula/wallTarget.js'),
    lint: RESTRICTED,
  },
  { name: 'pack imports matching', file: 'server/src/core/pack/a19.ts', text: value('../matching/wallTarget.js'), lint: RESTRICTED },
  {
    name: 'provenance imports language',
    file: 'server/src/core/provenance/a43.ts',
    text: value('../language/wallTarget.js'),
    lint: RESTRICTED,
  },
  { name: 'detector imports formula', file: 'server/src/core/detector/a20.ts', text: value('../formula/wallTarget.js'), lint: RESTRICTED },
  { name: 'audit imports matching', file: 'server/src/core/audit/a28.ts', text: value('../matching/wallTarget.js'), lint: RESTRICTED },
  { name: 'audit imports a type of pack', file: 'server/src/core/audit/a29.ts', text: typeOnly('../pack/wallTarget.js'), lint: RESTRICTED },
  { name: 'provenance imports audit', file: 'server/src/core/provenance/a30.ts', text: value('../audit/wallTarget.js'), lint: RESTRICTED },
  { name: 'matching imports audit', file: 'server/src/core/matching/a31.ts', text: typeOnly('../audit/wallTarget.js'), lint: RESTRICTED },
  {
    name: 'host imports lsp',
    file: 'server/src/host/a21.ts',
    text: value('../lsp/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  { name: 'lsp imports cli', file: 'server/src/lsp/a22.ts', text: value('../cli/wallTarget.js'), types: OUTSIDE_PROJECT, lint: RESTRICTED },
  {
    name: 'cli imports lsp',
    file: 'server/src/cli/a23.ts',
    text: typeOnly('../lsp/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  {
    name: 'cli imports protocol',
    file: 'server/src/cli/a24.ts',
    text: typeOnly('../protocol/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  {
    name: 'protocol imports core',
    file: 'server/src/protocol/a25.ts',
    text: typeOnly('../core/model/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  {
    name: 'client imports core',
    file: 'client/src/a26.ts',
    text: value('../../server/src/core/model/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  {
    name: 'client imports lsp',
    file: 'client/src/a27.ts',
    text: typeOnly('../../server/src/lsp/wallTarget.js'),
    types: OUTSIDE_PROJECT,
    lint: RESTRICTED,
  },
  {
    name: 'a cycle of types only',
    file: 'server/src/core/model/cycleA.ts',
    text: "import type { B } from './cycleB.js';\nexport interface A {\n  readonly b?: B;\n}\n",
    lint: CYCLE,
  },
];

/** Arrows that the design draws: the walls are no good if they refuse these. */
export const allowed: readonly Arrow[] = [
  { name: 'matching imports model', file: 'server/src/core/matching/ok1.ts', text: typeOnly('../model/wallTarget.js') },
  { name: 'pack imports pattern', file: 'server/src/core/pack/ok9.ts', text: typeOnly('../pattern/wallTarget.js') },
  { name: 'formula imports matching', file: 'server/src/core/formula/ok2.ts', text: value('../matching/wallTarget.js') },
  { name: 'provenance imports model', file: 'server/src/core/provenance/ok29.ts', text: value('../model/wallTarget.js') },
  { name: 'detector imports language', file: 'server/src/core/detector/ok3.ts', text: value('../language/wallTarget.js') },
  { name: 'audit imports provenance', file: 'server/src/core/audit/ok10.ts', text: typeOnly('../provenance/wallTarget.js') },
  { name: 'host imports core', file: 'server/src/host/ok4.ts', text: typeOnly('../core/model/wallTarget.js') },
  { name: 'lsp imports protocol', file: 'server/src/lsp/ok5.ts', text: typeOnly('../protocol/wallTarget.js') },
  { name: 'lsp imports core', file: 'server/src/lsp/ok6.ts', text: value('../core/model/wallTarget.js') },
  { name: 'cli imports host', file: 'server/src/cli/ok7.ts', text: value('../host/wallTarget.js') },
  { name: 'client imports protocol', file: 'client/src/ok8.ts', text: value('../../server/src/protocol/wallTarget.js') },
];

export const CYCLE_BACK = {
  'server/src/core/model/cycleB.ts': "import type { A } from './cycleA.js';\nexport interface B {\n  readonly a?: A;\n}\n",
};
