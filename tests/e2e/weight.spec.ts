import { globSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { consentHeading } from "#tests/e2e/journey.ts";
import { openConsent } from "#tests/e2e/way-in.ts";

/** Without fonts, which a browser keeps for a year. */
const LIMIT_BYTES = 60_000;

test(`the consent page transfers at most ${LIMIT_BYTES / 1000} kB without fonts and without a cache, and no script`, async ({
  page,
  person,
}, info) => {
  await openConsent(page, person);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const transferred = new Map<string, number>();
  const urls = new Map<string, string>();
  session.on("Network.responseReceived", ({ requestId, response }) =>
    urls.set(requestId, new URL(response.url).pathname),
  );
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    transferred.set(requestId, encodedDataLength),
  );
  await page.reload({ waitUntil: "networkidle" });
  await expect(consentHeading(page)).toBeVisible();
  for (const [requestId, path] of urls) if (path.endsWith(".woff2")) transferred.delete(requestId);
  const parts = [...transferred].map(([requestId, bytes]) => `${urls.get(requestId)}: ${bytes}`);
  info.annotations.push({ type: "bytes", description: parts.join(", ") });
  expect([...urls.values()].filter((path) => path.endsWith(".js"))).toEqual([]);
  expect(
    [...transferred.values()].reduce((sum, bytes) => sum + bytes, 0),
    parts.join("\n"),
  ).toBeLessThanOrEqual(LIMIT_BYTES);
});

/** The scripts of every page at commit 056281cf, each file compressed with gzip. */
const SCRIPTS_BEFORE_BYTES = 215_629;
const MORE_BYTES = 15_000;

test(`the scripts of all pages together have at most ${MORE_BYTES / 1000} kB more than before the pages were redrawn`, () => {
  const files = globSync(".next/static/chunks/**/*.js");
  expect(files.length).toBeGreaterThan(0);
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  expect(bytes).toBeLessThanOrEqual(SCRIPTS_BEFORE_BYTES + MORE_BYTES);
});
