/** Programs whose functions matter to others in more ways than one: circles, what they leave in objects and in variables around them, listeners. */
export const LIVELY = `import { EventEmitter } from 'events';

const bus = new EventEmitter();
let shared: string | undefined;

export class Store {
  private items?: string;
  private other?: string;
  put(x: string) {
    this.items = ask(x);
  }
  copy(from: Store, y: string) {
    this.other = from.take();
    from.put(y);
  }
  take() {
    return this.items;
  }
  flush() {
    run(this.take());
    run(clean(this.other));
  }
}

function even(n: string, t: string): string {
  if (n) {
    return odd(n, t);
  }
  run(t);
  return t;
}

function odd(n: string, t: string): string {
  const x = ask(t);
  return even(n, x);
}

function walk(node: string): string {
  const text = make(node);
  run(text);
  return walk(text);
}

function remember(q: string) {
  shared = ask(q);
}

function recall() {
  run(shared);
  return shared;
}

export const component = (props: string) => {
  let held = '';
  const keep = (v: string) => {
    held = ask(v);
  };
  const use = () => {
    run(held);
  };
  const both = (v: string) => {
    keep(v);
    use();
  };
  return { both, stop: () => run(props) };
};

bus.on('made', (text) => {
  run(text);
});

function tell(q: string) {
  const text = make(q);
  bus.emit('made', text);
}

function guarded(q: string, v: (x: string) => void) {
  let x = make(q);
  try {
    log(x);
    x = ask(q);
    const t = make(x);
    x = 'none';
    if (t) v(t);
  } catch {
    run(x);
  }
  const rows = [q, make(x)];
  rows.push(ask(x));
  run(rows[0]);
  run(rows[2]);
  return x;
}

function main(prompt: string) {
  const store = new Store();
  store.put(prompt);
  run(store.take());
  const text = even('1', walk(prompt));
  remember(text);
  tell(text);
  run(recall());
  run(guarded(text, (x) => run(x)));
}
main(ask('1'));
`;

export const LIVELY_PYTHON = `import bus

SHARED = None


class Store:
    def __init__(self, name):
        self.name = name
        self.items = None

    def put(self, x):
        self.items = ask(x)

    def take(self):
        return self.items

    def flush(self):
        run(self.take())


def even(n, t):
    if n:
        return odd(n, t)
    run(t)
    return t


def odd(n, t):
    x = ask(t)
    return even(n, x)


def walk(node):
    text = make(node)
    run(text)
    return walk(text)


def remember(q):
    global SHARED
    SHARED = ask(q)


def recall():
    run(SHARED)
    return SHARED


def around(props):
    held = []

    def keep(v):
        held.append(ask(v))

    def use():
        run(held)

    keep(props)
    use()
    return keep


@bus.on("made")
def listener(text):
    run(text)


def tell(q):
    text = make(q)
    bus.emit("made", text)


def guarded(q, v):
    x = make(q)
    try:
        log(x)
        x = ask(q)
        t = make(x)
        x = "none"
        if t:
            v(t)
    except ValueError:
        run(x)
    rows = [q, make(x)]
    rows.append(ask(x))
    run(rows[0])
    run(rows[2])
    return x


def main(prompt):
    store = Store("a")
    store.put(prompt)
    run(store.take())
    text = even("1", walk(prompt))
    remember(text)
    tell(text)
    run(recall())
    run(guarded(text, lambda x: run(x)))


main(ask("1"))
`;
