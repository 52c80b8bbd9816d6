/** A planner fills a queue, a worker empties it. */
import { execFileSync } from 'node:child_process';
import OpenAI from 'openai';

interface Task {
  readonly id: number;
  readonly kind: 'test' | 'note';
  readonly text: string;
}

const queue: Task[] = [];
const results = new Map<number, string>();
const openai = new OpenAI();

async function plan(goal: string): Promise<void> {
  const completion = await openai.chat.completions.create({
    model: 'gpt-4o',
    response_format: { type: 'json_object' },
    messages: [{ role: 'user', content: `Tasks as JSON for: ${goal}` }],
  });
  const { tasks } = JSON.parse(completion.choices[0].message.content ?? '{"tasks": []}') as { tasks: Omit<Task, 'id'>[] };
  for (const [id, task] of tasks.entries()) queue.push({ ...task, id });
}

function work(): void {
  let task: Task | undefined;
  while ((task = queue.shift())) {
    if (task.kind === 'test') {
      results.set(task.id, execFileSync('npm', ['test', '--', '--grep', task.text]).toString());
    } else {
      results.set(task.id, task.text);
    }
  }
}

export async function run(goal: string): Promise<ReadonlyMap<number, string>> {
  await plan(goal);
  work();
  return results;
}
