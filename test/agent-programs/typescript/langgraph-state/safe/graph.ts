/** A graph of steps that hand a state to each other. */
import { interrupt } from '@langchain/langgraph';
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

async function act(state: typeof State.State) {
  const seen = interrupt({ question: 'Would you run this yourself?', command: state.command });
  return { output: String(seen) };
}

export const app = new StateGraph(State)
  .addNode('plan', plan)
  .addNode('act', act)
  .addEdge(START, 'plan')
  .addEdge('plan', 'act')
  .addEdge('act', END)
  .compile();
