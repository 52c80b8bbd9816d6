/**
 * `countersign`: reads the arguments, loads the one subcommand they name, and ends with its exit code. Findings
 * go to standard output, everything about the run to standard error.
 */
import { CommanderError } from 'commander';
import { escapeTerminal } from './terminal.js';
import { auditCommand } from './audit.js';
import { explainCommand } from './explain.js';
import { logCommand } from './log.js';
import { lspCommand } from './lsp.js';
import { printError } from './output.js';
import type { ExitCode } from './output.js';
import { examples, subcommand, UsageError } from './program.js';
import type { Outcome } from './program.js';
import { scanCommand } from './scan.js';
import { signCommand } from './sign.js';
import { testCommand } from './test.js';
import { validateCommand } from './validate.js';
import { verifyCommand } from './verify.js';
import { VERSION } from './version.js';

async function run(args: readonly string[]): Promise<ExitCode> {
  const outcome: Outcome = { code: 0 };
  const program = subcommand('countersign', 'Reads AI-written code before a person signs for it.')
    .version(VERSION, '-V, --version', 'show the version')
    .usage('<command> [options]')
    .helpCommand('help [command]', 'show the help of a command')
    .addCommand(scanCommand(outcome))
    .addCommand(auditCommand(outcome))
    .addCommand(signCommand(outcome))
    .addCommand(verifyCommand(outcome))
    .addCommand(logCommand(outcome))
    .addCommand(testCommand(outcome))
    .addCommand(validateCommand(outcome))
    .addCommand(explainCommand(outcome))
    .addCommand(lspCommand())
    .addHelpText(
      'after',
      examples([
        ['countersign scan', 'the current folder, all built-in rules'],
        ['countersign audit main..HEAD', 'what the commits of a branch added and took away'],
        ['countersign explain python-exec-dynamic', 'why a rule exists and what to write instead'],
        ['countersign help scan', 'every option of scan'],
      ]) + '\nExit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run.\n',
    );
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ outputError: () => undefined });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof UsageError) {
      await printError(`countersign: ${escapeTerminal(error.message)}\n`);
      return 2;
    }
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end the same way as errors do, with code 0. Help without a command is a question too.
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') return args.length === 0 ? 2 : 0;
    await printError(`countersign: ${usageMessage(error)}\n`);
    return 2;
  }
  return outcome.code;
}

/** Commander's message holds what was typed; its suggestion is on a line of its own. */
function usageMessage(error: CommanderError): string {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = rest.at(-1);
  const lines = /^\(Did you mean .*\)$/.test(suggestion ?? '')
    ? [[first, ...rest.slice(0, -1)].join('\n'), suggestion ?? '']
    : [[first, ...rest].join('\n')];
  return [...lines.map(escapeTerminal), 'Run with --help to see what there is.'].join('\n');
}

// A reader that went away (`countersign scan | head`) is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const detail =
    error instanceof Error
      ? process.env['COUNTERSIGN_DEBUG'] === undefined
        ? error.message
        : (error.stack ?? error.message)
      : String(error);
  await printError(`countersign: internal error: ${detail.split('\n').map(escapeTerminal).join('\n')}\n`);
  process.exitCode = 2;
}
