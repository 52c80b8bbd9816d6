/** Base classes of libraries with a method that hands what it is given to methods of the class that inherits it, by how their names begin. */
const CALL_BACK: readonly { readonly base: RegExp; readonly method: string; readonly begins: string }[] = [
  { base: /(?:Visitor|Transformer)$/, method: 'visit', begins: 'visit_' },
  { base: /^HTMLParser$/, method: 'feed', begins: 'handle_' },
  { base: /^Cmd$/, method: 'onecmd', begins: 'do_' },
];

/** @param base where the base class is found, outermost first */
export function callsBack(base: readonly string[], method: string): string | undefined {
  const name = base.at(-1) ?? '';
  return CALL_BACK.find((one) => one.method === method && one.base.test(name))?.begins;
}
