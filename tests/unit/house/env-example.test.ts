import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { setEnvironment } from "#tests/unit/environment.ts";

/** `# NAME=value`: a variable that is commented out. */
const VARIABLE = /^# ([A-Z][A-Z_]*)=(.*)$/;

const lines = readFileSync(".env.example", "utf8").split("\n");
const examples = lines.flatMap((line, index) => {
  const [, name, value] = VARIABLE.exec(line) ?? [];
  return name === undefined ? [] : [{ name, value: value!, before: lines[index - 1]! }];
});

async function read(variables: Record<string, string> = {}) {
  setEnvironment(variables);
  return (await import("#lib/env.ts")).env();
}

const settingNames = async () => [...(await import("#lib/env.ts")).SETTING_NAMES].sort();

test(".env.example names each variable of lib/env.ts once, and no other", async () => {
  expect(examples.map(({ name }) => name).sort()).toEqual(await settingNames());
});

test("docs/settings.md has one row for each variable of lib/env.ts, and no other", async () => {
  const rows = [...readFileSync("docs/settings.md", "utf8").matchAll(/^\| `(\w+)`/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual(await settingNames());
});

test(".env.example sets nothing: every line is a comment or empty", () => {
  expect(lines.filter((line) => line !== "" && !line.startsWith("# "))).toEqual([]);
});

test.each(examples)(".env.example has a line of meaning above $name", ({ before }) => {
  expect(before).toMatch(/^# .*\w.*[^=]$/);
  expect(before).not.toMatch(VARIABLE);
});

test("the values of .env.example are the defaults of lib/env.ts", async () => {
  const values = examples.filter(({ value }) => value !== "").map(({ name, value }) => [name, value]);
  expect(values.length).toBeGreaterThan(15);
  expect(await read(Object.fromEntries(values) as Record<string, string>)).toEqual(await read());
});
