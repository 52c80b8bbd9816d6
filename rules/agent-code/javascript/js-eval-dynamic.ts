export function calculate(expression: string): number {
  // ruleid: js-eval-dynamic
  return eval(expression);
}

export function template(names: string[], source: string) {
  // ruleid: js-eval-dynamic
  return new Function(...names, "return " + source);
}

export function property(object: object, path: string) {
  // ruleid: js-eval-dynamic
  const value = eval(`object.${path}`);
  // ruleid: js-eval-dynamic
  setTimeout("refresh('" + path + "')", 1000);
  // ruleid: js-eval-dynamic
  globalThis.eval(path);
  return value;
}

export function fine(regex: RegExp, text: string, db: Database, page: Page) {
  // ok: js-eval-dynamic
  regex.exec(text);
  // ok: js-eval-dynamic
  db.exec(text);
  // ok: js-eval-dynamic
  const self = Function("return this")();
  // ok: js-eval-dynamic
  const two = eval("1 + 1");
  // ok: js-eval-dynamic
  page.$$eval("a", (links) => links.length);
  // ok: js-eval-dynamic
  setTimeout(refresh, 1000);
  // ok: js-eval-dynamic
  setTimeout(() => refresh(text), 1000);
  // eval(text)
  // ok: js-eval-dynamic
  const message = `eval(${text})`;
  return [self, two, message];
}

export function responses(stack: Stack) {
  // ok: js-eval-dynamic
  return new Function(stack, "ResponseFunction", { handler: "index.response" });
}
