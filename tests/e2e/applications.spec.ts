import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, consentHeading, heading, signIn } from "#tests/e2e/journey.ts";
import { authorizationRequest, registerApplication } from "#tests/e2e/rows.ts";
import { giveLogo } from "#tests/factories/give-logo.ts";
import { query } from "#tests/harness/database.ts";

async function connectsRegistration(): Promise<{ clientId: string; replyUrl: string }> {
  const [row] = await query<{ clientId: string; replyUrl: string }>(
    `SELECT a.client_id AS "clientId", r.url AS "replyUrl" FROM legrand_application a JOIN legrand_reply_url r USING (client_id) WHERE a.name = 'Connect'`,
  );
  return row!;
}

test("a reply URL with an extra slash shows a page that names the difference, and never redirects (RFC 6749 §4.1.2.1)", async ({
  page,
}) => {
  const { clientId, replyUrl } = await connectsRegistration();
  const visited: string[] = [];
  page.on("request", (request) => visited.push(request.url()));
  const response = await page.goto(authorizationRequest({ clientId, replyUrl: `${replyUrl}/` }));
  expect(response!.status()).toBe(400);
  await expect(heading(page, "The reply URL does not match")).toBeVisible();
  await expect(page.getByText("Nothing was shared.")).toBeVisible();
  await expect(page.getByText("What was sent has an extra trailing slash.")).toBeVisible();
  await expect(page.getByRole("definition")).toHaveText([`${replyUrl}/`, replyUrl]);
  expect(visited.filter((url) => url.startsWith(replyUrl))).toEqual([]);
  await expect(page).toHaveURL(/\/legrand\/authorize\?/);
});

test("an unknown application shows a page, and never redirects (RFC 6749 §4.1.2.1)", async ({ page }) => {
  const response = await page.goto(
    authorizationRequest({
      clientId: randomUUID(),
      replyUrl: `${process.env.TEST_ORIGIN}/api/auth/callback/legrand`,
    }),
  );
  expect(response!.status()).toBe(400);
  await expect(heading(page, "We do not know this application")).toBeVisible();
  await expect(page).toHaveURL(/\/legrand\/authorize\?/);
});

test.describe("an application on another origin", () => {
  let client: Server;
  let replyUrl: string;
  let received: URLSearchParams[];
  test.beforeEach(async () => {
    received = [];
    client = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url!, "http://client");
      if (pathname === "/callback") received.push(searchParams);
      response
        .setHeader("content-type", "text/html")
        .end("<!doctype html><title>client</title><h1>The application has your answer</h1>");
    });
    await new Promise<void>((resolve) => {
      client.listen(0, "127.0.0.1", resolve);
    });
    replyUrl = `http://127.0.0.1:${(client.address() as AddressInfo).port}/callback`;
  });
  test.afterEach(async () => {
    client.closeAllConnections();
    await new Promise((resolve) => client.close(resolve));
  });

  test("gets the code after Accept (CSP Level 3 §6.4.1: form-action applies to the redirect too)", async ({
    page,
    person,
  }) => {
    const application = await registerApplication(replyUrl);
    await page.goto(authorizationRequest(application));
    await signIn(page, person);
    await expect(consentHeading(page, application.name)).toBeVisible();
    await expect(page.getByText(`You will return to ${new URL(replyUrl).host}`)).toBeVisible();
    await expect(page.getByRole("checkbox")).toHaveCount(2);
    await button(page, "Accept").click();
    await expect(heading(page, "The application has your answer")).toBeVisible();
    expect(received).toHaveLength(1);
    expect(received[0]!.get("state")).toBe("state-of-the-test");
    expect(received[0]!.get("iss")).toBe(`${process.env.TEST_ORIGIN}/legrand`);
    expect(received[0]!.get("code")?.length).toBeGreaterThan(20);
  });

  test("gets access_denied and no code after Deny (RFC 6749 §4.1.2.1)", async ({ page, person }) => {
    await page.goto(authorizationRequest(await registerApplication(replyUrl)));
    await signIn(page, person);
    await button(page, "Deny").click();
    await expect(heading(page, "The application has your answer")).toBeVisible();
    expect(received[0]!.get("error")).toBe("access_denied");
    expect(received[0]!.has("code")).toBe(false);
  });

  test("gets access_denied after a cancelled sign-in", async ({ page }) => {
    await page.goto(authorizationRequest(await registerApplication(replyUrl)));
    await button(page, "Cancel").click();
    await expect(heading(page, "The application has your answer")).toBeVisible();
    expect(received[0]!.get("error")).toBe("access_denied");
  });

  test("without a logo has a placeholder, and its Url is a link that cannot access this page", async ({
    page,
    person,
  }) => {
    const application = await registerApplication(replyUrl);
    await page.goto(authorizationRequest(application));
    await signIn(page, person);
    await expect(page.getByText("Made by Casa Luminosa")).toBeVisible();
    await expect(page.getByText("Shows which lights are on.")).toBeVisible();
    await expect(page.getByRole("link", { name: "lampada.example" })).toHaveAttribute("rel", /noopener/);
  });
});

// No server answers at these addresses. The policy alone decides whether the browser goes there.
test("Accept leads to an application behind https", async ({ page, person }) => {
  const application = await registerApplication("https://client.invalid/callback");
  await page.goto(authorizationRequest(application));
  await signIn(page, person);
  await expect(consentHeading(page, application.name)).toBeVisible();
  const sent = page.waitForEvent(
    "requestfailed",
    (request) =>
      request.url().startsWith("https://client.invalid/callback?") &&
      new URL(request.url()).searchParams.has("code"),
  );
  await button(page, "Accept").click();
  expect((await sent).failure()?.errorText).toMatch(
    /ERR_NAME_NOT_RESOLVED|ERR_TUNNEL|ERR_PROXY|ERR_CONNECTION|ERR_INTERNET/,
  );
});

for (const origin of ["http://[::1]:9", "https://my_client.invalid"]) {
  test(`Accept leads to an application at ${origin}: a policy cannot name that host, only its scheme (CSP Level 3 §2.3.1)`, async ({
    page,
    person,
  }) => {
    const application = await registerApplication(`${origin}/callback`);
    await page.goto(authorizationRequest(application));
    await signIn(page, person);
    await expect(consentHeading(page, application.name)).toBeVisible();
    const sent = page.waitForEvent(
      "request",
      (request) =>
        request.url().startsWith(`${origin}/callback?`) && new URL(request.url()).searchParams.has("code"),
    );
    await button(page, "Accept").click();
    await sent;
  });
}

test("the consent page shows the application's logo (issue 3, Logo)", async ({ page, person }) => {
  const application = await registerApplication("https://client.invalid/callback");
  await giveLogo(application.clientId);
  await page.goto(authorizationRequest(application));
  await signIn(page, person);
  await expect(consentHeading(page, application.name)).toBeVisible();
  const logo = page.locator("header img");
  await expect(logo).toHaveAttribute("src", /^\/legrand\/logos\/[\da-f]{64}-128\.png$/);
  await expect.poll(() => logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(128);
});

test("the policy allows an application on a telephone (private-use scheme, RFC 8252 §7.1), which gets the code", async ({
  page,
  person,
}) => {
  const application = await registerApplication("com.example.lampada:/callback");
  await page.goto(authorizationRequest(application));
  await signIn(page, person);
  await expect(consentHeading(page, application.name)).toBeVisible();
  const answer = page.waitForResponse(
    (response) => response.status() === 303 && /\/legrand\/authorize\//.test(response.url()),
  );
  await button(page, "Accept").click();
  expect((await answer).headers().location).toMatch(
    /^com\.example\.lampada:\/callback\?iss=[^&]+&code=[^&]+&state=state-of-the-test$/,
  );
});
