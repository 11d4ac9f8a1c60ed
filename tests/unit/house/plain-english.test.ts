import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

/** Words that hide who acts, or that a reader has to translate. */
const AVOIDED: Record<string, RegExp> = {
  "a person without a name": /\b(whoever|nobody|somebody)\b/i,
  "an old adverb": /\b(anew|thereby)\b/i,
  "a negation by a pronoun": /\bis none\b|\bof ours\b|\bknows no\b/i,
  "a docstring that points at another": /^\s*(\/\*\*|\*) The same\b/,
};

/** Real uses, by file and word: data of a test, a name that is stored or sent, or this list. */
const ALLOWED: [file: RegExp, line: RegExp, reason: string][] = [
  [/^tests\/unit\/house\/plain-english\.test\.ts$/, /./, "this list"],
  [
    /^tests\//,
    /nobody@|nobody\.has\.this|[=/]nobody\b|nobody-/,
    "an address, a search or an id without a match",
  ],
  [/^tests\/harness\/postgres\.ts$/, /"nobody"/, "a user of Unix"],
];

const FILES = globSync([
  "*.{ts,js,cjs,md}",
  "{app,components,docs,lib,prisma,tests}/**/*.{ts,tsx,js,mjs,md}",
]).filter((file) => !/node_modules|^lib\/db\/generated/.test(file));

const isAllowed = (file: string, line: string) =>
  ALLOWED.some(([files, lines]) => files.test(file) && lines.test(line));

test.each(Object.entries(AVOIDED))("no sentence has %s", (_name, words) => {
  const found = FILES.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, index) =>
        words.test(line) && !isAllowed(file, line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
  expect(found).toEqual([]);
});
