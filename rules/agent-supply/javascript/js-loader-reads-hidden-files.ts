import fg from "fast-glob";
import { globby } from "globby";
import OpenAI from "openai";

export async function pack() {
  // ruleid: js-loader-reads-hidden-files
  const all = await globby("**/*", { dot: true });
  // ruleid: js-loader-reads-hidden-files
  const more = await fg(["**/*"], { cwd: root, dot: true });
  // ok: js-loader-reads-hidden-files
  const some = await globby("**/*", { dot: true, ignore: ["**/.env*", "**/.git/**"] });
  // ok: js-loader-reads-hidden-files
  const docs = await globby("docs/**/*.md");
  return [all, more, some, docs, new OpenAI()];
}
