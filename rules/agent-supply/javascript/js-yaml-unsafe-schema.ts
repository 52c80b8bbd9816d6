import yaml from "js-yaml";
// ruleid: js-yaml-unsafe-schema
import unsafe from "js-yaml-js-types";

export function read(text: string) {
  // ruleid: js-yaml-unsafe-schema
  const all = yaml.load(text, { schema: yaml.DEFAULT_FULL_SCHEMA });
  // ok: js-yaml-unsafe-schema
  const plain = yaml.load(text);
  // ok: js-yaml-unsafe-schema
  return [all, plain, yaml.load(text, { schema: yaml.JSON_SCHEMA })];
}
