/** Which units are test cases, and whether one is kept from running: by a decorator, by how it is called, or by what its body begins with. */
import { Role, Tag } from '../language/tags.js';
import { childrenOf, firstChildWithRole, textOf, type SyntaxTree } from '../language/tree.js';
import { isTestPath } from '../model/testPaths.js';
import { calleeText, type Unit } from './units.js';

const TEST_DECORATOR =
  /^[@#[\s]*(?:\[?\s*)?(?:test|Test|ParameterizedTest|RepeatedTest|TestFactory|TestCase|\w*Fact|\w*Theory|TestMethod|tokio::test|rstest|test_case|test_log|test_matrix|proptest|actix_rt::test|async_std::test|wasm_bindgen_test)\b(?![.\w]*Configuration)/;

/** What a test recorded, to compare with. */
const RECORDED = /(?:^|\/)(?:__snapshots__|[Ss]napshots?)\/|\.(?:verified|approved|received)\./;

/** How runners know a test by its name alone; other languages mark or call theirs, and what is named so there is a helper. */
const NAMED: Readonly<Record<string, RegExp>> = {
  go: /^(?:Test|Fuzz)(?:[A-Z_\d]|$)/,
  python: /^test(?:_|[A-Z]|$)/,
  ruby: /^test(?:_|[A-Z]|$)/,
  php: /^test(?:_|[A-Z]|$)/,
  swift: /^test(?:_|[A-Z]|$)/,
  // Of classes of an older JUnit.
  java: /^test(?:_|[A-Z]|$)/,
};
const BY_MARK = /^(?:javascript|jsx|typescript|tsx|kotlin|scala|rust|csharp)$/;
const ANY_NAME = /^(?:test(?:_|[A-Z]|$)|Test[A-Z_]|Fuzz[A-Z])/;

export function isTestCase(unit: Unit): boolean {
  if (unit.kind === 'call') return /^(?:test|scenario) "/.test(unit.name);
  if (unit.kind !== 'function') return false;
  if (unit.decorators.some((node) => TEST_DECORATOR.test(textOf(unit.tree, node)))) return true;
  const { grammar } = unit.tree;
  if (!isTestPath(unit.side.path) || RECORDED.test(unit.side.path) || BY_MARK.test(grammar)) return false;
  if (grammar === 'java' && !/\bextends\s+\w*TestCase\b/.test(unit.side.text)) return false;
  // `testService.onError = ...` is no test.
  return (NAMED[grammar] ?? ANY_NAME).test(unit.name) && !unit.name.includes('.') && unit.name !== 'TestMain';
}

export interface Skip {
  readonly how: 'skipped' | 'conditionally' | 'others';
  readonly node: number;
}

const SKIPPING = /\b(?:skip\w*|xfail|expectedFailure|Disabled\w*|Ignore[d]?|ignore|Skip\w*|Pending|pending|Explicit|Inactive)\b/;
const CONDITIONAL =
  /skip(?:_?[iI]f|_?[uU]nless|_(?:on|for|in|when|without)_(?!now)|_(?:browsers?|platforms?|os|devices?|backends?|python|versions?|arch|gpus?|cpus?|windows|linux|mac(?:os)?|ci)\w*\s*\(\s*["'\w]|(?:On|For|When|Without)[A-Z])|xfail\s*\([^)]*(?:sys\.|platform|os\.|version)|xfail\s*\(\s*(?:condition\s*=\s*)?(?!(?:reason|raises|strict|run)\s*=|["')]|[frb]+["']|True\b|1\b)|DisabledOn|DisabledIf|EnabledOn|EnabledIf|SkippableFact/;

/** How a unit, a case or a suite, is kept from running by what is written at it; undefined where it is not. */
export function skipOf(unit: Unit): Skip | undefined {
  const { tree } = unit;
  for (const node of unit.decorators) {
    const text = textOf(tree, node);
    if (
      !SKIPPING.test(text.slice(0, 80)) ||
      (TEST_DECORATOR.test(text) === false && !/skip|xfail|isable|gnore|ending|Explicit|expectedFailure/.test(text.split('(')[0] ?? ''))
    )
      continue;
    if (TEST_DECORATOR.test(text) && !/\b(?:Skip|skip|enabled|Ignore)\s*=\s*/.test(text)) continue;
    if (CONDITIONAL.test(text) && !/\(\s*(?:True|true|1)\b/.test(text)) return { how: 'conditionally', node };
    return { how: 'skipped', node };
  }
  if (unit.call !== undefined) {
    const last = unit.call.slice(unit.call.lastIndexOf('.') + 1);
    if (/^(?:skip|todo|fixme|pending|fails|failing)$/.test(last) || /^x(?:it|describe|test|context|specify)$/.test(unit.call))
      return { how: 'skipped', node: unit.node };
    if (/^(?:skipIf|runIf)$/.test(last)) return { how: 'conditionally', node: unit.node };
    if (/^only$/.test(last) || /^f(?:it|describe|test|context)$/.test(unit.call)) return { how: 'others', node: unit.node };
    const options = /^[^(]*\(\s*(?:'[^']*'|"[^"]*"|`[^`]*`)\s*,\s*\{[^}]*\b(?:skip|todo)\s*:(?!\s*false)/.test(
      tree.text.slice(tree.start[unit.node], (tree.start[unit.node] as number) + 300),
    );
    const head = tree.text.slice(tree.start[unit.node], (tree.start[unit.node] as number) + 300);
    // With a name or a comparison it is skipped where that holds.
    if (options) return { how: /\b(?:skip|todo)\s*:(?!\s*(?:true\b|["'`\d]))/.test(head) ? 'conditionally' : 'skipped', node: unit.node };
    const marked = /^[^{\n]*,\s*:?(?:skip|pending)\b(?:\s*(?::|=>)\s*(\S))?/.exec(head);
    if (marked !== null) return { how: /^[^"'t]/.test(marked[1] ?? '"') ? 'conditionally' : 'skipped', node: unit.node };
  }
  return skipInBody(unit);
}

const SKIP_CALL =
  /^(?:t|b|tb|s\.T\(\)|pytest|self|this|ctx|context|test|it|unittest|Assume|Assumptions|)\.?(?:skip|Skip|Skipf|SkipNow|skipTest|pending|xfail|exit_?early|assumeTrue|assumeFalse|importorskip)$|^(?:pending|skip)$/;

function skipInBody(unit: Unit): Skip | undefined {
  const { tree } = unit;
  const body = bodyOf(unit);
  if (body < 0) return undefined;
  const statements = childrenOf(tree, body).filter((node) => tree.tag[node] !== Tag.Str);
  const [first] = statements;
  for (const node of statements.slice(0, 6)) {
    const call = tree.tag[node] === Tag.Call ? node : tree.tag[node] === Tag.Other && tree.tag[node + 1] === Tag.Call ? node + 1 : -1;
    // With a function it skips that one, not what is around.
    if (
      call >= 0 &&
      SKIP_CALL.test(calleeText(tree, call) ?? '') &&
      !/importorskip|assume/i.test(calleeText(tree, call) ?? '') &&
      !handsOver(tree, call)
    )
      return { how: asksFirst(tree, call) ? 'conditionally' : 'skipped', node };
    if (tree.tag[node] === Tag.If) {
      const text = tree.text.slice(tree.start[node], Math.min(tree.end[node] as number, (tree.start[node] as number) + 300));
      if (/\b(?:t\.Skip|pytest\.skip|skipTest|this\.skip|test\.skip)\w*\s*\(/.test(text)) return { how: 'conditionally', node };
    }
  }
  if (unit.kind === 'module' || unit.kind === 'class' || first === undefined) {
    const mark = statements.find((node) =>
      /^pytestmark\b.*\bmark\.(?:skip|xfail)\b(?!if)/s.test(
        textOf(tree, node)
          .slice(0, 400)
          .replaceAll(/^\s*#.*$/gm, ''),
      ),
    );
    return mark === undefined ? undefined : { how: 'skipped', node: mark };
  }
  if (tree.tag[first] === Tag.Return && statements.length > 1) return { how: 'skipped', node: first };
  if (tree.tag[first] === Tag.If && /^if\s*\(?\s*(?:False|false|0)\b/.test(textOf(tree, first))) return { how: 'skipped', node: first };
  return undefined;
}

/** Whether a call of JavaScript skips only where its first argument holds: `test.skip(isMobile, 'why')`. */
function asksFirst(tree: SyntaxTree, call: number): boolean {
  if (!/^(?:javascript|jsx|typescript|tsx)$/.test(tree.grammar)) return false;
  const args = firstChildWithRole(tree, call, Role.Args);
  const [first] = args < 0 ? [] : childrenOf(tree, args);
  const said = first === undefined ? '' : textOf(tree, first).replaceAll(/"[^"]*"|'[^']*'|\b(?:true|false)\b/g, '');
  return /\p{L}/u.test(said);
}

/** Whether one of a call's arguments is a function. */
function handsOver(tree: SyntaxTree, call: number): boolean {
  const args = firstChildWithRole(tree, call, Role.Args);
  return args >= 0 && childrenOf(tree, args).some((arg) => tree.tag[arg] === Tag.Func);
}

/** The block with the statements of a unit; -1 for none. */
export function bodyOf(unit: Unit): number {
  const { tree } = unit;
  if (unit.kind === 'module') return 0;
  const limit = tree.next[unit.node] as number;
  for (let node = unit.node + 1; node < limit; node++) if (tree.tag[node] === Tag.Block) return node;
  return -1;
}
