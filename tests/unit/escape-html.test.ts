import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { escapeHtml } from "#lib/escape-html.ts";

test("escapes what could end a text, a quoted attribute or a character reference", () => {
  expect(escapeHtml(`<a href="x" title='y'>&amp; é</a>`)).toBe(
    "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp; é&lt;/a&gt;",
  );
});

test("no other file of the product escapes HTML itself", () => {
  const files = globSync("{app,components,lib,prisma}/**/*.{ts,tsx}").filter(
    (file) => !file.startsWith("lib/db/generated/"),
  );
  expect(files.filter((file) => /"&(?:amp|lt|quot|#)|`&#\$\{/.test(readFileSync(file, "utf8")))).toEqual([
    "lib/escape-html.ts",
  ]);
});
