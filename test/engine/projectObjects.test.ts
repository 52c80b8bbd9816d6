/** Data that takes its way by objects: methods that are inherited from another file, topics and steps, methods that names tell. */
import { describe, expect, test } from 'vitest';
import { createNodeSession } from '../../server/src/host/node/session.js';
import type { ProjectFiles } from '../../server/src/core/index.js';
import { ruleYaml, textInput } from './support.js';

const RULE = 'mode: taint\npattern-sources:\n  - pattern: source(...)\npattern-sinks:\n  - pattern: sink(...)';

/** Lines of sinks that are found, as `path:line`. */
async function found(language: string, files: Readonly<Record<string, string>>, rule = RULE): Promise<readonly string[]> {
  const session = await createNodeSession({ sources: [{ path: 'rule.yaml', text: ruleYaml(language, rule) }], profile: 'audit' });
  const project: ProjectFiles = {
    names: (folder) => new Set(folder === '' ? Object.keys(files) : []),
    version: (path) => files[path],
    text: (path) => files[path],
  };
  const lines: string[] = [];
  for (const [path, text] of Object.entries(files))
    for (const finding of (await session.scan(textInput(path, text), { project })).findings) {
      const { path: where, range } = finding.atSink ?? finding;
      lines.push(`${where}:${range.start.line + 1}`);
    }
  return [...new Set(lines)];
}

const BASE = 'class Base:\n    def step(self, q):\n        return self.act(source(q))\n    def act(self, text):\n        pass\n';

describe('objects', () => {
  test('a method that is inherited calls the own one', async () => {
    expect(
      await found('python', {
        'base.py': BASE,
        'a.py': 'from base import Base\nclass A(Base):\n    def act(self, text):\n        sink(text)\n',
      }),
    ).toEqual(['a.py:4']);
  });

  test('an own method that is clean takes the place of the inherited one', async () => {
    const sinking = BASE.replace('        pass\n', '        sink(1)\n');
    expect(
      await found('python', {
        'base.py': sinking,
        'a.py': 'from base import Base\nclass A(Base):\n    def act(self, text):\n        sink(1)\n',
      }),
    ).toEqual([]);
  });

  test('what an inherited method leaves in the object', async () => {
    const base = 'class Base:\n    def ask(self):\n        self.reply = source()\n';
    expect(
      await found('python', {
        'base.py': base,
        'a.py': 'from base import Base\nclass A(Base):\n    def run(self):\n        sink(self.reply)\n        sink(self.other)\n',
      }),
    ).toEqual(['a.py:4']);
  });

  test('a method that the names of object and class tell, and one that they do not', async () => {
    const tools = 'class ShellTool:\n    def run(self, x):\n        sink(x)\nclass Other:\n    def run(self, x):\n        sink(x)\n';
    expect(
      await found('python', {
        'tools.py': tools,
        'a.py': 'import tools\ndef f(tool, thing):\n    tool.run(source())\n    thing.run(source())\n',
      }),
    ).toEqual(['tools.py:3']);
  });

  test('topics that are the same, and another one', async () => {
    const code =
      "function f(bus) {\n  bus.on('a', (x) => {\n    sink(x);\n  });\n  bus.on('b', (x) => {\n    sink(x);\n  });\n}\nfunction g(bus) {\n  bus.emit('a', source());\n}\n";
    expect(await found('javascript', { 'a.js': code })).toEqual(['a.js:3']);
  });

  test('steps of a graph', async () => {
    const code =
      'def write(state):\n    return {"code": source(), "other": 1}\ndef run(state):\n    sink(state["code"])\n    sink(state["other"])\ngraph.add_node("write", write)\ngraph.add_node("run", run)\n';
    expect(await found('python', { 'a.py': code })).toEqual(['a.py:4']);
  });

  test('what stands beside a function, and what is bound to it', async () => {
    const code = 'def run(first, x):\n    sink(x)\ndef f(pool):\n    bound = partial(run, 1)\n    pool.submit(bound, source())\n';
    expect(await found('python', { 'a.py': code })).toEqual(['a.py:2']);
  });
});

describe('a store outside of the program', () => {
  const QUEUE =
    'class Queue:\n    def put(self, task):\n        self.db.lpush(self.open, task)\n    def finish(self):\n        self.db.lpush(self.done, self.db.lpop(self.open))\n' +
    '    def run_first(self):\n        sink(self.db.lindex(self.open, 0))\n    def run_last(self):\n        sink(self.db.lindex(self.done, 0))\n    def other(self):\n        sink(self.db.lindex(self.failed, 0))\n';
  const propagators = '\npattern-propagators:\n  - pattern: $DB.lpush($KEY, $ITEM)\n    from: $ITEM\n    to: $DB\n    as-stored: $KEY';

  test('gives to one object what another one put there, under the same name', async () => {
    const files = {
      'jobs.py': QUEUE,
      'main.py': 'from jobs import Queue\ndef ask():\n    Queue().put(source())\n',
    };
    expect(await found('python', files, RULE + propagators)).toEqual(['jobs.py:7', 'jobs.py:9']);
    const without = { ...files, 'jobs.py': QUEUE.replace('self.db.lpush(self.done, self.db.lpop(self.open))', 'pass') };
    expect(await found('python', without, RULE + propagators)).toEqual(['jobs.py:7']);
  });

  test('in one file, and with names that may be any', async () => {
    const file = `${QUEUE}    def any(self, name):\n        sink(self.db.lindex(name, 0))\ndef ask():\n    Queue().put(source())\n`;
    expect(await found('python', { 'a.py': file }, RULE + propagators)).toEqual(['a.py:7', 'a.py:9', 'a.py:13']);
  });
});
