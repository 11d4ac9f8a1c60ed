import { chromium, type LaunchOptions, type Page } from "playwright";

import { Browser } from "#tests/bench/browser.ts";
import { PASSWORD, toConsentPage } from "#tests/bench/journey.ts";
import { authorizeUrl, type Target } from "#tests/bench/oauth-client.ts";
import { browserLaunchOptions } from "#tests/harness/find-browser.ts";

/**
 * Measures milliseconds to the first byte of the consent page for a signed-in person, one request after the
 * other. Stops early when `end` is aborted.
 */
export async function firstByteTimes(
  target: Target,
  email: string,
  count: number,
  end?: AbortSignal,
): Promise<number[]> {
  const browser = new Browser();
  const url = await toConsentPage(browser, target, email);
  const times: number[] = [];
  for (let visit = 0; visit < count && !end?.aborted; visit++)
    times.push((await browser.get(url)).firstByteMilliseconds);
  browser.connection.close();
  return times;
}

/**
 * Returns the bytes on the wire, heads included, of a first visit of the consent page in Chromium. Returns
 * null if there is no browser.
 */
export async function transferredBytes(target: Target, email: string): Promise<number | null> {
  const options = installedBrowser();
  if (!options) return null;
  const chrome = await chromium.launch(options);
  try {
    const page = await (await chrome.newContext()).newPage();
    await page.goto(authorizeUrl(target));
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("button", { name: "Accept" }).waitFor();
    return await reloadAndCount(page);
  } finally {
    await chrome.close();
  }
}

/**
 * Returns the browser's launch options, or null: without a browser the bench still measures everything else.
 */
function installedBrowser(): LaunchOptions | null {
  try {
    return browserLaunchOptions();
  } catch {
    return null;
  }
}

async function reloadAndCount(page: Page): Promise<number> {
  const protocol = await page.context().newCDPSession(page);
  let bytes = 0;
  protocol.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await protocol.send("Network.enable");
  await protocol.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.reload({ waitUntil: "networkidle" });
  return bytes;
}
