/** `countersign validate`: every error in rule files, at file, line and column. Runs no rule on anything. */
import { ENGINE_ORIGIN, ruleSchema } from '../core/index.js';
import type { Command } from 'commander';
import { statOrUndefined } from '../host/node/files-small.js';
import { createNodeSession } from '../host/node/session.js';
import { readRuleSources } from '../host/node/rule-sources.js';
import { printError, printOut } from './output.js';
import { examples, RULES_DIRECTORY, subcommand, UsageError } from './program.js';
import type { Outcome } from './program.js';
import { errorEntry } from './reporters/json.js';
import { plural } from '../core/page/plural.js';
import { ruleProblemLines } from './rules.js';
import { createPaint, escapeTerminal, wantsColour } from './terminal.js';
import { inertJson } from './reporters/inertJson.js';

export function validateCommand(outcome: Outcome): Command {
  return subcommand('validate', 'Check rule files and packs.')
    .argument('[path...]', 'rule files or folders (default: the built-in packs)')
    .option('--json', 'print the errors as JSON')
    .option('--schema', 'print the JSON Schema of rule files, for editors, and do nothing else')
    .addHelpText(
      'after',
      examples([
        ['countersign validate rules/', 'every rule file below a folder'],
        ['countersign validate my-rule.yaml', 'one file'],
        ['countersign validate --schema > rule.schema.json', 'the JSON Schema that editors check rules with'],
      ]) + '\nExit codes: 0 every rule can run as written (warnings allowed), 2 at least one cannot.\n',
    )
    .action(async (paths: readonly string[], options: { readonly json?: boolean; readonly schema?: boolean }) => {
      if (options.schema === true) {
        await printOut(`${JSON.stringify(ruleSchema(), null, 2)}\n`);
        outcome.code = 0;
      } else outcome.code = await validate(paths, options.json === true);
    });
}

async function validate(paths: readonly string[], json: boolean): Promise<0 | 2> {
  for (const path of paths) if (statOrUndefined(path) === undefined) throw new UsageError(`${path}: there is no such file or folder`);
  // A path is always a path here: `./` keeps it from being taken for a built-in pack of that name.
  const named = paths.map((path) => (/[/\\]/.test(path) ? path : `./${path}`));
  const { sources, problems } = readRuleSources(named, RULES_DIRECTORY, process.cwd());
  const session = await createNodeSession({ sources, profile: 'audit' });
  try {
    await session.prepareAll();
    const { errors } = session;
    const rules = session.rules.filter((rule) => rule.origin.path !== ENGINE_ORIGIN);
    const bad = errors.filter((error) => error.kind !== 'rule' || error.level === 'error').length + problems.length;
    if (json) {
      const summary = { files: sources.length, rules: rules.length, errors: bad, warnings: errors.length + problems.length - bad };
      const entries = [
        ...errors.map((error) => errorEntry(error)),
        ...problems.map((message) => ({ code: 2, level: 'error', type: 'Other syntax error', message })),
      ];
      await printOut(inertJson({ errors: entries, summary }));
    } else {
      const paint = createPaint(wantsColour(process.stdout));
      for (const line of ruleProblemLines(errors, paint)) await printOut(`${line}\n`);
      for (const problem of problems) await printOut(`${paint('red', 'error')} ${escapeTerminal(problem)}\n`);
      await printError(
        `${plural(sources.length, 'rule file')}, ${plural(rules.length, 'rule')}: ${bad === 0 ? 'all can run as written' : plural(bad, 'error')}.\n`,
      );
    }
    return bad === 0 ? 0 : 2;
  } finally {
    session.dispose();
  }
}
