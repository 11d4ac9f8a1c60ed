import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { redeem, refresh } from "#tests/factories/client.ts";
import { sandboxCookie } from "#tests/factories/cookies.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { addSecret, type TestApplication } from "#tests/factories/make-application.ts";
import {
  askForSecret as ask,
  generateSecret as generate,
  secretsIn,
} from "#tests/factories/generate-secret.ts";
import { findSecrets, makeDeveloper, makeOwnedApplication } from "#tests/factories/make-owned-application.ts";
import { readMails, signInToPortal } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

const deleteSecret = (browser: Browser, path: string, id: string, form: Record<string, string> = {}) =>
  browser.post(`${path}/secrets/${id}/delete/submit`, form);

describe("a secret is shown once, to the browser that asked for it (issue 3, 4)", () => {
  test("a reload says that the secret was shown, and makes no second one", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    await generate(browser, path);
    expect(textOf((await browser.open(path)).text)).toContain("The client secret was shown only once");
    expect(await findSecrets(clientId)).toHaveLength(2);
  });

  test("simultaneous requests with one ticket make one secret", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    await ask(browser, path);
    const pages = await Promise.all([browser.open(path), browser.open(path), browser.open(path)]);
    expect(pages.flatMap(secretsIn)).toHaveLength(1);
    expect(await findSecrets(clientId)).toHaveLength(2);
  });

  test("only a document request spends the ticket; a script's fetch and a prerender do not", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    await ask(browser, path);
    const fetched = await browser.open(path, { rsc: "1", accept: "*/*", "sec-fetch-dest": "empty" });
    const prerendered = await browser.open(path, {
      "sec-fetch-dest": "document",
      "sec-purpose": "prefetch;prerender",
    });
    expect([fetched, prerendered].flatMap(secretsIn)).toEqual([]);
    expect(await findSecrets(clientId)).toHaveLength(1);
    expect(secretsIn(await browser.open(path, { "sec-fetch-dest": "document" }))).toHaveLength(1);
  });

  test("another browser of the same account does not see the secret without the ticket", async () => {
    const {
      browser,
      account,
      application: { path },
    } = await makeDeveloper();
    await ask(browser, path);
    const other = await signInToPortal(account);
    expect(secretsIn(await other.browser.open(path))).toEqual([]);
    expect(secretsIn(await browser.open(path))).toHaveLength(1);
  });

  test("refuses a ticket in another account's browser or for another application", async () => {
    const {
      browser,
      account,
      application: { path },
    } = await makeDeveloper();
    const another = await makeOwnedApplication(account);
    await ask(browser, path);
    const ticket = browser.cookies.find(({ name }) => name === sandboxCookie("secret-ticket"))!;
    const thief = await signInToPortal();
    thief.browser.cookies.push(ticket);
    expect((await thief.browser.open(path)).status).toBe(404);
    browser.cookies.push({ ...ticket, path: another.path });
    expect(secretsIn(await browser.open(another.path))).toEqual([]);
    expect(secretsIn(await browser.open(path))).toHaveLength(1);
  });

  test("a ticket expires after two minutes, and a newer one replaces it", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    await ask(browser, path);
    await query(
      `UPDATE legrand_pending_secret SET expires_at = now() - interval '1 second' WHERE client_id = $1::uuid`,
      clientId,
    );
    const late = await browser.open(path);
    expect(secretsIn(late)).toEqual([]);
    expect(textOf(late.text)).toContain("too late to show the new client secret, so none was generated");
    expect(textOf(late.text)).not.toContain("was shown only once");
    await ask(browser, path, { label: "First" });
    const first = browser.cookies.find(({ name }) => name === sandboxCookie("secret-ticket"))!;
    await ask(browser, path, { label: "Second" });
    const current = browser.cookies;
    browser.cookies = [...current.filter(({ name }) => name !== first.name), first];
    expect(secretsIn(await browser.open(path))).toEqual([]);
    browser.cookies = current;
    expect(secretsIn(await browser.open(path))).toHaveLength(1);
    expect((await findSecrets(clientId)).map(({ label }) => label)).toEqual(["Test", "Second"]);
  });
});

describe("several secrets are live at once, at most five (Works with Legrand, Registration)", () => {
  test("six forms and their pages at once never make more than five", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    for (let i = 0; i < 3; i++) await addSecret(clientId, `lgs_${randomUUID()}`);
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        const own = copyOf(browser);
        await ask(own, path);
        await own.open(path);
      }),
    );
    expect(await findSecrets(clientId)).toHaveLength(5);
    const refused = await ask(browser, path);
    expect(refused.headers.getSetCookie().join()).not.toContain("secret-ticket");
    const page = await browser.open(refused.location!);
    expect(textOf(page.text)).toContain("Five client secrets are valid");
    expect(page.text).not.toContain("Generate a new client secret");
  });

  test("an expired secret does not count, and can be deleted without conditions", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper({ secretExpiresAt: new Date("2026-01-31T00:00:00Z") });
    for (let i = 0; i < 4; i++) await addSecret(clientId, `lgs_${randomUUID()}`);
    const expired = (await findSecrets(clientId))[0]!;
    await generate(browser, path);
    await deleteSecret(browser, path, expired.id);
    expect((await findSecrets(clientId)).some(({ id }) => id === expired.id)).toBe(false);
  });

  test("both secrets work, and a deleted one is refused with invalid_client (RFC 6749 §5.2)", async () => {
    const { browser, account, application } = await makeDeveloper();
    const second = { ...application, clientSecret: await generate(browser, application.path) };
    const { code } = await authorize({ application, account: await makeAccount() });
    const first = await redeem(application, code);
    const renewed = await refresh(second, String(first.body.refresh_token));
    expect([first.status, renewed.status]).toEqual([200, 200]);

    const [old] = await findSecrets(application.clientId);
    const asked = await browser.open(`${application.path}/secrets/${old!.id}/delete`);
    expect(textOf(asked.text)).toContain("cannot be restored");
    expect((await deleteSecret(browser, application.path, old!.id)).location).toBe(
      `${browser.origin}${application.path}/credentials`,
    );
    const refused = await refresh(application, String(renewed.body.refresh_token));
    expect({ status: refused.status, error: refused.body.error }).toEqual({
      status: 401,
      error: "invalid_client",
    });
    expect((await refresh(second, String(renewed.body.refresh_token))).status).toBe(200);
    const mails = await readMails(account.email, 2);
    expect(mails.map(({ subject }) => subject).join()).toContain(
      `A client secret of ${application.name} was deleted`,
    );
  });

  test("the question before a deletion shows when the secret was last used", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    await query(
      `UPDATE legrand_client_secret SET last_used_at = now() - interval '3 minutes' WHERE client_id = $1::uuid`,
      clientId,
    );
    const [secret] = await findSecrets(clientId);
    expect(textOf((await browser.open(`${path}/secrets/${secret!.id}/delete`)).text)).toMatch(
      /Used 3 minutes ago \. Once it is deleted, requests that still use it are refused/,
    );
  });
});

describe("the only secret cannot be deleted unless the application stops (issue 3, 5)", () => {
  test("refuses to delete it, and shows the alternatives", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    const [only] = await findSecrets(clientId);
    const answer = await deleteSecret(browser, path, only!.id);
    expect(textOf((await browser.open(answer.location!)).text)).toContain(
      "It is the only valid client secret.",
    );
    expect(await findSecrets(clientId)).toHaveLength(1);
  });

  test("with the checkbox set, suspends the application and deletes the secret together", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    const [only] = await findSecrets(clientId);
    await deleteSecret(browser, path, only!.id, { stop: "yes" });
    expect(await findSecrets(clientId)).toEqual([]);
    expect(await stateOf(clientId)).toBe("suspended");
    expect(await historyOf(clientId)).toEqual(expect.arrayContaining(["secret_deleted", "suspended"]));
  });

  test("deletes the last secret of a suspended application", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    await browser.post(`${path}/suspend/submit`, {});
    await deleteSecret(browser, path, (await findSecrets(clientId))[0]!.id);
    expect(await findSecrets(clientId)).toEqual([]);
  });

  test("keeps one secret if two tabs delete the last two at once", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    await addSecret(clientId, `lgs_${randomUUID()}`);
    const both = await findSecrets(clientId);
    await Promise.all(both.map(({ id }) => deleteSecret(browser, path, id)));
    expect(await findSecrets(clientId)).toHaveLength(1);
  });

  test("pressing Delete twice deletes once, and both answers say so", async () => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    await addSecret(clientId, `lgs_${randomUUID()}`);
    const [old] = await findSecrets(clientId);
    const clicks = [copyOf(browser), copyOf(browser)];
    const answers = await Promise.all(clicks.map((click) => deleteSecret(click, path, old!.id)));
    for (const [index, click] of clicks.entries())
      expect(textOf((await click.follow(answers[index]!)).text)).toContain("The client secret is deleted.");
    expect(answers.map(({ status, location }) => ({ status, location }))).toEqual(
      Array(2).fill({ status: 303, location: `${browser.origin}${path}/credentials` }),
    );
    expect((await historyOf(clientId)).filter((what) => what === "secret_deleted")).toHaveLength(1);
  });

  test("answers a secret of another application, or an unknown one, with 404, and deletes nothing", async () => {
    const {
      browser,
      account,
      application: { path },
    } = await makeDeveloper();
    const foreign = await makeOwnedApplication(account);
    await addSecret(foreign.clientId, `lgs_${randomUUID()}`);
    const [secret] = await findSecrets(foreign.clientId);
    for (const id of [secret!.id, randomUUID(), "no-guid"]) {
      expect((await deleteSecret(browser, path, id)).status).toBe(404);
      expect((await browser.open(`${path}/secrets/${id}/delete`)).status).toBe(404);
    }
    expect(await findSecrets(foreign.clientId)).toHaveLength(2);
  });
});

describe("the form for a secret", () => {
  test.each([
    ["an empty label", " "],
    ["a label of 61 characters", "x".repeat(61)],
    ["a label that turns the text around it", "a\u202Eb"],
  ])("refuses %s beside the field, and keeps what was typed", async (_case, label) => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    const answer = await ask(browser, path, { label, lifetime: "90" });
    expect(answer.location).toBe(browser.origin + path);
    const page = await browser.open(path);
    expect(page.text).toMatch(/id="label-error"/);
    expect(page.text).toMatch(/value="90"[^>]*checked|checked[^>]*value="90"/);
    expect(await findSecrets(clientId)).toHaveLength(1);
    expect(await query(`SELECT 1 FROM legrand_pending_secret WHERE client_id = $1::uuid`, clientId)).toEqual(
      [],
    );
  });

  test.each([{ lifetime: "3650" }, { lifetime: "" }, { lifetime: "NaN" }, { lifetime: "-1" }])(
    "answers a lifetime that no form offers with 422, and makes nothing: %o",
    async (form) => {
      const {
        browser,
        application: { path, clientId },
      } = await makeDeveloper();
      expect((await ask(browser, path, form)).status).toBe(422);
      expect(
        await query(`SELECT 1 FROM legrand_pending_secret WHERE client_id = $1::uuid`, clientId),
      ).toEqual([]);
    },
  );

  test.each(["365", "180", "90", "30"])("makes a secret that lives %s days", async (lifetime) => {
    const {
      browser,
      application: { path, clientId },
    } = await makeDeveloper();
    await generate(browser, path, { lifetime });
    const [row] = await query<{ days: number }>(
      `SELECT round(extract(epoch FROM expires_at - created_at) / 86400)::int AS days FROM legrand_client_secret WHERE client_id = $1::uuid ORDER BY created_at DESC LIMIT 1`,
      clientId,
    );
    expect(row!.days).toBe(Number(lifetime));
  });
});

test("the mail for the first secret shows what the details page shows: client ID, secret, addresses, reply URLs, scopes (Works with Legrand, Registration)", async () => {
  const { browser, account, application } = await makeDeveloper({
    replyUrls: ["https://one.example/callback", "http://localhost:8080/callback"],
  });
  const secret = await generate(browser, application.path);
  const [mail] = await readMails(account.email);
  expect(mail!.subject).toBe(`${application.name} is registered`);
  const facts = [
    application.clientId,
    secret,
    ...application.replyUrls,
    `${browser.origin}/legrand/authorize`,
    `${browser.origin}/legrand/token`,
    "comfort.read",
    `${browser.origin}${application.path}`,
  ];
  for (const fact of facts) expect(mail!.text).toContain(fact);
});

const stateOf = async (clientId: string) =>
  (
    await query<{ state: string }>(
      `SELECT state::text FROM legrand_application WHERE client_id = $1::uuid`,
      clientId,
    )
  )[0]!.state;

const historyOf = async (clientId: TestApplication["clientId"]) =>
  (
    await query<{ what: string }>(
      `SELECT what FROM legrand_application_change WHERE client_id = $1::uuid`,
      clientId,
    )
  ).map(({ what }) => what);

/** Makes a second tab. It has the same session, but from then on its own copy of the cookies. */
function copyOf(browser: Browser): Browser {
  const copy = new Browser(browser.origin);
  copy.cookies = [...browser.cookies];
  return copy;
}
