import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { BROWSER_ARGUMENTS } from "#tests/harness/browser-arguments.ts";

test("the tests' browser disables every feature that Playwright disables", () => {
  const playwright = readFileSync("node_modules/playwright-core/lib/coreBundle.js", "utf8");
  const listed = /disabledFeatures = \[(.*?)\]\.filter/s.exec(playwright)![1]!;
  const names = [...listed.matchAll(/^\s*"(\w+)"/gm)].map(([, name]) => name!);
  expect(names).toContain("PaintHolding");
  const [ours] = BROWSER_ARGUMENTS;
  expect(ours!.replace("--disable-features=", "").split(",")).toEqual(expect.arrayContaining(names));
});
