import { readdirSync, readFileSync } from "node:fs";

import { expect, test, vi } from "vitest";

import { oncePerProcess } from "#lib/once-per-process.ts";

test("makes the value at the first call, and returns it to every later one", () => {
  const make = vi.fn(() => new Map<string, number>());
  const first = oncePerProcess("test-first", make);
  expect(oncePerProcess("test-first", make)).toBe(first);
  expect(make).toHaveBeenCalledOnce();
});

test("two names have two values", () => {
  expect(oncePerProcess("test-one", () => ({}))).not.toBe(oncePerProcess("test-other", () => ({})));
});

test("two copies of the module share the values, as Next's bundles and the server in front do", async () => {
  const value = oncePerProcess("test-copies", () => ({}));
  vi.resetModules();
  const copy = await import("#lib/once-per-process.ts");
  expect(copy.oncePerProcess).not.toBe(oncePerProcess);
  expect(copy.oncePerProcess("test-copies", () => ({}))).toBe(value);
});

test("makes the value at the next call if making it failed", () => {
  const failing = () => {
    throw new Error("not now");
  };
  expect(() => oncePerProcess("test-failing", failing)).toThrow("not now");
  expect(oncePerProcess("test-failing", () => ({ made: true }))).toEqual({ made: true });
});

const sources = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.startsWith("db/generated"))
  .map((name) => ({ name, text: readFileSync(`lib/${name}`, "utf8") }));

test("no other file of lib keeps a value in globalThis", () => {
  const found = sources.filter(({ text }) => /Symbol\.for\(|globalThis as/.test(text));
  expect(found.map(({ name }) => name)).toEqual(["once-per-process.ts"]);
});

test("each name has one caller, because the caller gives the value its type", () => {
  const names = sources.flatMap(({ text }) =>
    [...text.matchAll(/oncePerProcess(?:<[^(]*>)?\(\s*"([^"]+)"/g)].map(([, name]) => name!),
  );
  expect(names.length).toBeGreaterThan(10);
  expect(names).toEqual([...new Set(names)]);
});
