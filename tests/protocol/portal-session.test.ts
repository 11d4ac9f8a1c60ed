import { expect, test } from "vitest";

import { digest } from "#lib/crypto/digest.ts";
import { authorize, authorizeUrl, isSignIn } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { sandboxCookie } from "#tests/factories/cookies.ts";
import { end } from "#tests/factories/end.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

const PORTAL = "/legrand/applications";
const sessionId = (browser: Browser) => browser.cookie(sandboxCookie("session"))!;

test("a person who signed in at the portal is not asked for the password before consent (decision 16)", async () => {
  const { browser, account } = await signInToPortal();
  const { signedIn, asked } = await authorize({ application: await makeApplication(), account, browser });
  expect({ signedIn, asked: asked.length }).toEqual({ signedIn: false, asked: 1 });
});

test("a person who signed in to connect is signed in at the portal", async () => {
  const { browser } = await authorize({ application: await makeApplication(), account: await makeAccount() });
  expect((await browser.open(PORTAL)).status).toBe(200);
});

test("without a session the portal leads to the sign-in page, and from there back", async () => {
  const answer = await new Browser().open("/legrand/applications");
  const address = new URL(answer.location!);
  expect(address.pathname).toBe("/legrand/sign-in");
  expect(address.searchParams.get("return_to")).toMatch(/^\/legrand\/applications/);
});

test("signing out ends the session itself, so a copied cookie opens nothing", async () => {
  const { browser } = await signInToPortal();
  const thief = new Browser();
  thief.cookies = [...browser.cookies];
  await browser.post("/legrand/sign-out", {});
  expect([(await browser.open(PORTAL)).status, (await thief.open(PORTAL)).status]).toEqual([307, 307]);
  const application = await makeApplication();
  expect(isSignIn(await thief.follow(await thief.open(authorizeUrl(application))))).toBe(true);
});

test("a sign-in replaces a session that was planted in the browser (OWASP, session fixation)", async () => {
  const { browser: attacker } = await signInToPortal();
  const victim = new Browser();
  victim.cookies = [...attacker.cookies];
  const planted = sessionId(victim);
  const account = await makeAccount();
  await victim.post("/legrand/sign-in/submit", { email: account.email, password: account.password });
  expect(sessionId(victim)).not.toBe(planted);
  expect((await attacker.open(PORTAL)).status).toBe(307);
});

test("an expired session, a forged cookie, and the session of a deleted account open nothing", async () => {
  const [expired, forged, orphan] = [await signInToPortal(), await signInToPortal(), await signInToPortal()];
  await end(sessionId(expired.browser));
  forged.browser.cookies = forged.browser.cookies.map((cookie) =>
    cookie.name === sandboxCookie("session.sig") ? { ...cookie, value: "x".repeat(27) } : cookie,
  );
  await query(`DELETE FROM legrand_account WHERE id = $1::uuid RETURNING 1 AS done`, orphan.account.id);
  for (const { browser } of [expired, forged, orphan]) expect((await browser.open(PORTAL)).status).toBe(307);
});

test("the database stores the digest of a session, and its account", async () => {
  const { browser, account } = await signInToPortal();
  const rows = await query(
    `SELECT account_id AS "accountId", payload::text LIKE '%' || $2 || '%' AS "hasValue" FROM legrand_artifact WHERE digest = $1`,
    digest(sessionId(browser)),
    sessionId(browser),
  );
  expect(rows).toEqual([{ accountId: account.id, hasValue: false }]);
});

test("refuses a sign-in form from another site (OWASP, login CSRF)", async () => {
  const account = await makeAccount();
  const browser = new Browser();
  const { status } = await browser.post(
    "/legrand/sign-in/submit",
    { email: account.email, password: account.password },
    { origin: "https://evil.example" },
  );
  expect(status).toBe(403);
  expect(browser.cookie(sandboxCookie("session"))).toBeUndefined();
});
