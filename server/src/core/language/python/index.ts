/** Python 3, stubs and notebook cells. */
import type { LanguageDefinition } from '../definition.js';
import { pythonImports } from './imports.js';
import { pythonModules } from './modules.js';
import { pythonLowering } from './lowering.js';
import { pythonOutline } from './outline.js';
import { pythonPatterns } from './patterns.js';

export const python: LanguageDefinition = {
  id: 'python',
  names: ['python', 'py', 'python2', 'python3'],
  grammars: [{ id: 'python', wasm: '@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm' }],
  files: {
    extensions: { '.py': 'python', '.pyi': 'python', '.pyw': 'python' },
    firstLine: /^#!.*\bpython[0-9.]*\b/,
    editorIds: { python: 'python', ipython: 'python', python3: 'python' },
  },
  code: {
    lowering: pythonLowering,
    patterns: pythonPatterns,
    comments: { line: ['#'], docstrings: true },
    imports: pythonImports,
    modules: pythonModules,
    flow: {
      handingOn: [
        'list',
        'tuple',
        'iter',
        'reversed',
        'sorted',
        'copy.copy',
        'copy.deepcopy',
        'asyncio.run',
        'asyncio.wait_for',
        'asyncio.create_task',
      ],
      choosing: ['next', 'max', 'min', 'random.choice', 'secrets.choice', 'np.random.choice', 'numpy.random.choice', 'heapq.heappop'],
      gathering: ['asyncio.gather'],
      pairing: { enumerate: 1, zip: 0, 'itertools.zip_longest': 0, 'itertools.product': 0 },
      keysOf: ['keys', 'iterkeys'],
      valuesOf: ['values', 'itervalues'],
      keyed: ['items', 'iteritems'],
      keyedMethods: ['pop'],
      namespaces: ['globals', 'locals', 'vars'],
      namedFields: true,
    },
    traits: { arithmetic: true, conditionSecond: true },
    outline: pythonOutline,
  },
};
