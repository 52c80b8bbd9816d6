/**
 * `countersign lsp`: hands this process to the language server. The server is a bundle of its own beside this
 * one and is loaded by name: the command line does not import its sources.
 */
import type { Command } from 'commander';
import { examples, LSP_URL, subcommand } from './program.js';

export function lspCommand(): Command {
  return subcommand('lsp', 'Run the language server.')
    .option('--stdio', 'speak over standard input and output (the default)')
    .option('--node-ipc', 'speak over the channel of a parent Node process')
    .option('--socket <PORT>', 'speak over a local port that the editor listens on')
    .option('--clientProcessId <PID>', 'end when this process ends')
    .allowExcessArguments(false)
    .addHelpText('after', examples([['countersign lsp --stdio', 'what an editor starts']]))
    .action(async () => {
      const server: unknown = await import(LSP_URL.href);
      const start = typeof server === 'object' && server !== null && 'start' in server ? server.start : undefined;
      if (typeof start !== 'function')
        throw new Error('the language server is missing from this installation: build it with `npm run build`');
      await start();
    });
}
