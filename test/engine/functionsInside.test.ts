/** Functions that are written inside of others run there, and by themselves only where something asks what they do. */
import { describe, expect, test } from 'vitest';
import { linesFound } from './support.js';

const RULE = `mode: taint
pattern-sources:
  - pattern: source()
pattern-sanitizers:
  - pattern: clean(...)
pattern-sinks:
  - patterns:
      - pattern: sink($X)
      - focus-metavariable: $X`;

const found = (code: string, rule = RULE): Promise<number[]> => linesFound('typescript', rule, code);

describe('a function inside of another', () => {
  test('finds what is its own, however deep it is written', async () => {
    expect(await found('function f() {\n  later(() => {\n    other((x) => {\n      sink(source());\n    });\n  });\n}\n')).toEqual([4]);
  });

  test('sees what is around it', async () => {
    expect(await found('function f() {\n  const x = source();\n  later(() => {\n    sink(x);\n  });\n}\n')).toEqual([4]);
    expect(await found('function f() {\n  const x = clean(source());\n  later(() => {\n    sink(x);\n  });\n}\n')).toEqual([]);
  });

  test('says what it does where it is called by a name', async () => {
    const code = 'function f() {\n  const run = (a) => {\n    sink(a);\n  };\n  const get = () => source();\n  run(get());\n  run(1);\n}\n';
    expect(await found(code)).toEqual([3]);
    expect(await found(code.replace('run(get());', ''))).toEqual([]);
  });

  test('says what it does to a function that calls it', async () => {
    expect(await found('function each(f) {\n  f(source());\n}\nfunction g() {\n  each((x) => sink(x));\n}\n')).toEqual([5]);
  });

  test('is called by itself', async () => {
    expect(
      await found('function f() {\n  const go = (a, n) => {\n    sink(a);\n    if (n > 0) go(source(), n - 1);\n  };\n  go(1, 2);\n}\n'),
    ).toEqual([3]);
  });

  test('leaves what it finds in the module, where others find it', async () => {
    expect(
      await found('let kept;\nfunction f() {\n  later(() => {\n    kept = source();\n  });\n}\nfunction g() {\n  sink(kept);\n}\n'),
    ).toEqual([8]);
    expect(
      await found(
        'class A {\n  put() {\n    later(() => {\n      again(() => {\n        this.x = source();\n      });\n    });\n  }\n  run() {\n    sink(this.x);\n  }\n}\n',
      ),
    ).toEqual([10]);
  });

  test('is looked at where nothing evaluates it', async () => {
    expect(await found('function f() {\n  return 1;\n  later(() => {\n    sink(source());\n  });\n}\n')).toEqual([4]);
    expect(await found('function f() {\n  return class {\n    go = () => {\n      sink(source());\n    };\n  };\n}\n')).toEqual([4]);
  });

  test('gets what others tell it', async () => {
    expect(
      await found(
        "function f(bus) {\n  bus.on('topic', (x) => {\n    sink(x);\n  });\n}\nfunction g(bus) {\n  bus.emit('topic', source());\n}\n",
      ),
    ).toEqual([3]);
  });

  test('has sources for parameters, parts of what it is given too', async () => {
    const rule = `mode: taint
pattern-sources:
  - patterns:
      - pattern-inside: 'function ...({..., $X, ...}) { ... }'
      - focus-metavariable: $X
pattern-sinks:
  - pattern: sink(...)`;
    expect(await found('function f() {\n  later(function ({ a, b }) {\n    sink(b);\n  });\n}\n', rule)).toEqual([3]);
  });
});
