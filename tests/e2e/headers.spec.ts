import type { Response } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { connect } from "#tests/e2e/journey.ts";
import { openPage, PAGES } from "#tests/e2e/pages.ts";
import { openConnected } from "#tests/e2e/way-in.ts";

const SENT_BY = [
  "home",
  "sign-in",
  "sign-in with an error",
  "consent",
  "account",
  "account, empty",
  "connection-error, denied",
  "request ended, expired",
  "request ended, unknown",
  "authorization error, reply URL",
  "register a reply URL, with the password",
  "authorization error, unknown application",
  "not found",
];

/** Returns the directives of a policy, by name. */
function directives(response: Response): Map<string, string> {
  const policy = response.headers()["content-security-policy"] ?? "";
  return new Map(
    policy
      .split(/;\s*/)
      .map((directive) => [directive.split(" ")[0]!, directive.split(" ").slice(1).join(" ")]),
  );
}

for (const known of PAGES.filter(({ name }) => SENT_BY.includes(name))) {
  test(`${known.name}: allows no frame around it, no sniffing, no referrer to others, no storing, and no inline script without the nonce`, async ({
    page,
    person,
  }) => {
    const documents: Response[] = [];
    page.on("response", (response) => {
      if (
        response.request().isNavigationRequest() &&
        response.headers()["content-type"]?.startsWith("text/html")
      )
        documents.push(response);
    });
    await openPage(known, page, person);
    const response = documents.at(-1)!;
    const headers = response.headers();
    const isSandbox = new URL(response.url()).pathname.startsWith("/legrand/");

    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cache-control"]).toMatch(/no-store/);
    // Connect and the sandbox share the page for unknown addresses. It has the stricter policy of both, and
    // no form.
    const isNotFound = known.name === "not found";
    expect(headers["referrer-policy"]).toBe(isSandbox || isNotFound ? "no-referrer" : "same-origin");
    expect(headers["x-powered-by"]).toBeUndefined();
    const policy = directives(response);
    expect(policy.get("default-src")).toBe("'none'");
    expect(policy.get("frame-ancestors")).toBe("'none'");
    expect(policy.get("base-uri")).toBe("'none'");
    expect(policy.get("form-action")).toMatch(isNotFound ? /^'none'$/ : /^'self'/);
    expect(policy.get("script-src")).not.toMatch(/unsafe/);
    expect(policy.get("style-src")).not.toMatch(/unsafe/);

    const nonce = /'nonce-([^']+)'/.exec(policy.get("script-src")!)?.[1];
    const scripts = (await response.text()).match(/<script\b[^>]*>/g) ?? [];
    if (isSandbox) {
      // Only a page that asks for a password has a script, and consent has the same address (decision 61).
      const asksForPassword = known.name.startsWith("sign-in");
      expect(policy.get("script-src")).toBe(asksForPassword ? "'self'" : "'none'");
      expect(scripts).toEqual(asksForPassword ? ['<script src="/show-password.js" defer="">'] : []);
      return;
    }
    expect(
      scripts.filter((script) => !script.includes(`nonce="${nonce}"`)),
      "scripts without the nonce",
    ).toEqual([]);
  });
}

test("every page gets its own nonce", async ({ page }) => {
  const nonces = new Set<string>();
  for (let visit = 0; visit < 3; visit++) nonces.add(directives((await page.goto("/"))!).get("script-src")!);
  expect(nonces.size).toBe(3);
});

test("cookies of the journey are HttpOnly and SameSite=Lax, and Secure over https only", async ({
  page,
  context,
  person,
}) => {
  await connect(page, person);
  const cookies = await context.cookies();
  expect(cookies.length).toBeGreaterThan(2);
  for (const { name, httpOnly, sameSite, secure } of cookies) {
    expect({ name, httpOnly, sameSite, secure }).toEqual({
      name,
      httpOnly: true,
      sameSite: "Lax",
      secure: process.env.TEST_ORIGIN!.startsWith("https:"),
    });
  }
});

test("refuses a form post from another site, and changes nothing (OWASP CSRF Cheat Sheet)", async ({
  page,
  context,
  person,
}) => {
  await openConnected(page, person);
  for (const path of ["/connect", "/sign-out", "/account/disconnect", "/api/theme"]) {
    const answer = await context.request.post(path, {
      form: { id: person.id },
      headers: { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" },
      maxRedirects: 0,
    });
    expect(answer.status(), path).toBe(403);
  }
  await page.reload();
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
});
