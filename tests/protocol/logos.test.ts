import { describe, expect, test } from "vitest";

import { openConsent } from "#tests/factories/authorize.ts";
import { testOrigin } from "#tests/factories/browser.ts";
import { giveLogo } from "#tests/factories/give-logo.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";

const get = (path: string, headers: Record<string, string> = {}) => fetch(testOrigin() + path, { headers });

describe("a logo is served with its own type, nosniff and a long cache by content hash (issue 3, Logo)", () => {
  test("to every caller, in each size", async () => {
    const logoPath = await giveLogo((await makeApplication()).clientId);
    for (const size of [64, 128, 256]) {
      const response = await get(logoPath.replace("-128", `-${size}`));
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-type": "image/png",
        "x-content-type-options": "nosniff",
        "cache-control": "public, max-age=31536000, immutable",
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(
        Buffer.from(await response.arrayBuffer())
          .subarray(1, 4)
          .toString(),
      ).toBe("PNG");
      expect(
        (await get(logoPath.replace("-128", `-${size}`), { "if-none-match": response.headers.get("etag")! }))
          .status,
      ).toBe(304);
    }
  });

  test("keeps its headers when a browser opens it as a page", async () => {
    const logoPath = await giveLogo((await makeApplication()).clientId);
    const response = await get(logoPath, { accept: "text/html,*/*", "accept-encoding": "gzip" });
    expect([response.headers.get("content-type"), response.headers.get("content-security-policy")]).toEqual([
      "image/png",
      "default-src 'none'; sandbox",
    ]);
  });

  test.each([
    "/legrand/logos/x",
    `/legrand/logos/${"0".repeat(64)}-128.png`,
    `/legrand/logos/${"0".repeat(64)}-100.png`,
    "/legrand/logos/%2e%2e%2fx",
    "/legrand/logos/x%00.png",
    "/legrand/logos/%27--.png",
  ])("404 in JSON for %s", async (path) => {
    const response = await get(path);
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: "not_found", error_description: "Logo not found." },
    ]);
  });

  test("is an image on the consent page", async () => {
    const application = await makeApplication();
    const logoPath = await giveLogo(application.clientId);
    const { page } = await openConsent(application, await makeAccount());
    expect(page.text).toContain(`<img src="${logoPath}" alt=""`);
  });
});
