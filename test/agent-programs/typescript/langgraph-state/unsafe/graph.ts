/** A graph of steps that hand a state to each other. */
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import { ChatAnthropic } from '@langchain/anthropic';

const State = Annotation.Root({
  goal: Annotation<string>(),
  command: Annotation<string>(),
  output: Annotation<string>(),
});

const model = new ChatAnthropic({ model: 'claude-sonnet-4-5' });

async function plan(state: typeof State.State) {
  const answer = await model.invoke([['system', 'One shell command, nothing else.'], ['human', state.goal]]);
  return { command: String(answer.content).trim() };
}

const run = promisify(exec);

async function act(state: typeof State.State) {
  // finding: js-model-output-shell
  const { stdout } = await run(state.command, { timeout: 10_000 });
  return { output: stdout };
}

export const app = new StateGraph(State)
  .addNode('plan', plan)
  .addNode('act', act)
  .addEdge(START, 'plan')
  .addEdge('plan', 'act')
  .addEdge('act', END)
  .compile();
