/**
 * What all subcommands share on the command line: how options are declared and checked, how a wrong one is
 * answered, where the built files lie. Commander parses; nothing here knows a subcommand.
 */
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode } from './output.js';

/** The folder of the built bundles; the rules and the worker lie beside them. */
const DIST = new URL('./', import.meta.url);
export const RULES_DIRECTORY = fileURLToPath(new URL('rules', DIST));
export const WORKER_URL = new URL('worker.mjs', DIST);
export const LSP_URL = new URL('lsp.mjs', DIST);

/** Wrong usage that only a subcommand can see: printed as it is, exit code 2. */
export class UsageError extends Error {}

/** Where subcommands leave the exit code: the process ends by itself once everything is written. */
export interface Outcome {
  code: ExitCode;
}

export function subcommand(name: string, summary: string): Command {
  return new Command(name)
    .summary(summary)
    .description(summary)
    .helpOption('-h, --help', 'show this help')
    .showSuggestionAfterError(true)
    .configureHelp({ helpWidth: 100 });
}

export function choice(flags: string, description: string, choices: readonly string[], fallback: string): Option {
  return new Option(flags, description).choices([...choices]).default(fallback);
}

/** `--config a --config b` -> `['a', 'b']`. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value])
    .default([], 'none');
}

export function wholeNumber(flags: string, description: string, minimum: number): Option {
  return new Option(flags, description).argParser((value: string) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < minimum) {
      throw new InvalidArgumentError(`Give a whole number of at least ${minimum}.`);
    }
    return number;
  });
}

export function seconds(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    const number = Number(value);
    if (!/^\d+(?:\.\d+)?$/.test(value) || number <= 0 || number > 86_400)
      throw new InvalidArgumentError('Give a number of seconds above 0.');
    return number;
  });
}

/** `Examples:` below the options, aligned. */
export function examples(rows: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...rows.map(([command]) => command.length));
  return `\nExamples:\n${rows.map(([command, meaning]) => `  $ ${command.padEnd(width)}  ${meaning}`).join('\n')}\n`;
}
