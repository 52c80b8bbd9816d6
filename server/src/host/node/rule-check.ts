/**
 * What is wrong with rule files, found in a process of its own: to know it, rules are compiled in every language that they name, and no runtime gives back the memory
 * of a grammar. All of it goes with the process; of a thread some stays.
 */
import { fork } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { RuleError, RuleSource } from '../../core/index.js';
import { createNodeSession } from './session.js';

/** Argument of the worker bundle when it is a process for this. */
const ARGUMENT = 'check-rules';

interface Task {
  readonly sources: readonly RuleSource[];
  /** Files whose named sets of sources those may use. */
  readonly sets: readonly RuleSource[];
}

/** @throws when the process ends without an answer */
export function checkRulesApart(
  workerUrl: URL,
  sources: readonly RuleSource[],
  sets: readonly RuleSource[],
): Promise<readonly RuleError[]> {
  const child = fork(fileURLToPath(workerUrl), [ARGUMENT], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (errors) => resolve(errors as readonly RuleError[]));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the process that checks rule files ended early (${code ?? 'by a signal'})`)));
    // A process that has ended says so in another way.
    child.send({ sources, sets } satisfies Task, () => undefined);
  });
}

export function isRuleCheck(): boolean {
  return process.send !== undefined && process.argv[2] === ARGUMENT;
}

/** Entry point of the worker bundle for this; ends when it has answered, or when nobody waits for it any more. */
export function runRuleCheck(): void {
  process.once('disconnect', () => process.exit());
  process.once('message', (task) => {
    const { sources, sets } = task as Task;
    void checkRules(sources, sets).then((errors) => process.send?.(errors, () => process.exit()));
  });
}

/** The same here and now. */
export async function checkRules(sources: readonly RuleSource[], sets: readonly RuleSource[]): Promise<readonly RuleError[]> {
  const session = await createNodeSession({ sources, sets, profile: 'audit' });
  await session.prepareAll();
  const errors = session.errors.filter((error): error is RuleError => error.kind === 'rule');
  session.dispose();
  return errors;
}
