import { expect, test } from "vitest";

import { authorize, authorizeUrl } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { callApi, callUserinfo, postForm, redeem, refresh } from "#tests/factories/client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeDeveloper } from "#tests/factories/make-owned-application.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

type Row = {
  step: string;
  outcome: string;
  reason: string | null;
  journey: string | null;
  pseudonym: string | null;
  secret_ending: string | null;
  reference: string;
  request_id: string;
  operation: string | null;
  everything: string;
};
type Developer = Awaited<ReturnType<typeof makeDeveloper>>;

/** Opens the page of attempts, and returns it with the rows that it stored, oldest first. */
async function readRecord({ browser, application }: Developer): Promise<{ text: string; rows: Row[] }> {
  const { text, status } = await browser.open(`${application.path}/attempts`);
  expect(status).toBe(200);
  const rows = await query<Row>(
    `SELECT a.*, to_jsonb(a)::text AS everything FROM legrand_request_attempt a WHERE client_id = $1::uuid ORDER BY at, step`,
    application.clientId,
  );
  return { text, rows };
}

async function connectTo(developer: Developer) {
  const account = await makeAccount();
  const authorization = await authorize({
    application: developer.application,
    account,
    scope: "openid topology.read",
  });
  const { body } = await redeem(developer.application, authorization.code);
  return { account, ...authorization, tokens: body as { access_token: string; refresh_token: string } };
}

test("records each step of a connection as one journey, with the account's pseudonym and the secret's last four", async () => {
  const developer = await makeDeveloper();
  const { application } = developer;
  const { account, code, tokens } = await connectTo(developer);
  await callUserinfo(tokens.access_token);
  await callApi(tokens.access_token);
  const refreshed = await refresh(application, tokens.refresh_token);
  await postForm("/introspect", {
    client_id: application.clientId,
    client_secret: application.clientSecret,
    token: String(refreshed.body.access_token),
  });
  const { rows, text } = await readRecord(developer);
  const steps = rows.map(({ step, outcome }) => `${step} ${outcome}`);
  for (const step of ["sign_in", "consent", "userinfo", "api", "token", "introspect"])
    expect(steps).toContain(`${step} succeeded`);
  expect(steps).toContain("authorize waiting");
  expect(steps).toContain("authorize succeeded");
  expect(new Set(rows.map(({ journey }) => journey)).size).toBe(1);
  expect(rows[0]!.journey).not.toBeNull();
  expect(new Set(rows.map(({ pseudonym }) => pseudonym).filter(Boolean)).size).toBe(1);
  expect(rows.filter(({ step }) => step === "token").map((row) => row.secret_ending)).toEqual([
    application.clientSecret.slice(-4),
    application.clientSecret.slice(-4),
  ]);
  const stored = rows.map(({ everything }) => everything).join() + text;
  for (const secret of [code, tokens.access_token, tokens.refresh_token, application.clientSecret])
    expect(stored).not.toContain(secret);
  for (const personal of [account.id, account.email, account.password])
    expect(stored).not.toContain(personal);
});

test.each([
  ["code_reused", "authorization_code"],
  ["redirect_uri_differs", "authorization_code"],
  ["pkce_failed", "authorization_code"],
  ["secret_wrong", "authorization_code"],
  ["code_unknown", "authorization_code"],
  ["refresh_token_unknown", "refresh_token"],
])("records %s as the exact reason of a refused token request (RFC 6749 §5.2)", async (reason) => {
  const developer = await makeDeveloper();
  const { application } = developer;
  const { code } = await authorize({ application, account: await makeAccount() });
  const sent: Record<string, () => Promise<unknown>> = {
    code_reused: async () => {
      await redeem(application, code);
      await redeem(application, code);
    },
    redirect_uri_differs: () => redeem(application, code, { redirect_uri: `${application.replyUrl}/` }),
    pkce_failed: () => redeem(application, code, { code_verifier: "v".repeat(43) }),
    secret_wrong: () => redeem({ ...application, clientSecret: `lgs_${"x".repeat(43)}` }, code),
    code_unknown: () => redeem(application, "x".repeat(43)),
    refresh_token_unknown: () => refresh(application, "x".repeat(43)),
  };
  await sent[reason]!();
  const { rows } = await readRecord(developer);
  expect(rows.filter(({ step }) => step === "token").at(-1)).toMatchObject({ outcome: "refused", reason });
});

test("records a reply URL that does not match, groups it, and finds it by the reference of the error page", async () => {
  const developer = await makeDeveloper();
  const { application, browser } = developer;
  const wrong = authorizeUrl(application, { redirect_uri: `${application.replyUrl}x?password=geheim` });
  const page = await new Browser().open(wrong);
  await new Browser().open(wrong);
  const reference = /LG-[0-9A-Z]{4}-[0-9A-Z]{2}/.exec(page.text)![0];
  const { rows, text } = await readRecord(developer);
  expect(rows).toMatchObject([
    { step: "authorize", reason: "invalid_redirect_uri" },
    { step: "authorize", reason: "invalid_redirect_uri" },
  ]);
  expect(text.replaceAll(/<!-- -->/g, "")).toContain("2 ×");
  expect(text).toContain("Reply URL does not match");
  expect(rows.map(({ everything }) => everything).join()).not.toContain("geheim");
  const found = await browser.open(
    `${application.path}/attempts?reference=${reference.toLowerCase().replaceAll("-", "")}`,
  );
  expect(found.text).toContain(reference);
  expect(found.text).toContain("Reply URL does not match");
});

test("X-Request-Id of an answer is in its entry", async () => {
  const developer = await makeDeveloper();
  const { headers } = await redeem(developer.application, "x".repeat(43));
  const { rows } = await readRecord(developer);
  expect(rows.at(-1)!.request_id).toBe(headers.get("x-request-id"));
});

test("records a call of the API without ids of homes, and a key that is missing", async () => {
  const developer = await makeDeveloper();
  const { tokens } = await connectTo(developer);
  const plant = "6e4c41f0-7c3c-4f41-9f57-0a41c1f6d1aa";
  await callApi(tokens.access_token, `/plants/${plant}/topology`);
  const { rows } = await readRecord(developer);
  expect(rows.at(-1)).toMatchObject({
    step: "api",
    reason: "not_found",
    operation: "GET /smarther/v2.0/plants/{plantId}/topology",
  });
  expect(rows.at(-1)!.everything).not.toContain(plant);
});

test("stores hostile parameters cut and as text (100 kB, 1,000 parameters, HTML, terminal escapes)", async () => {
  const developer = await makeDeveloper();
  const { application } = developer;
  const parameters = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, "x"]));
  await redeem(application, "c", { ...parameters(80), scope: "\u001b[31m<script>alert(1)</script>" });
  await redeem(application, "c", { "<script>alert(2)</script>": "\u0007", x: "x".repeat(30_000) });
  await new Browser().open(authorizeUrl(application, { state: "<b>".repeat(2_000) }));
  // Refused before the client is read: it has no row.
  await redeem(application, "c", parameters(1_000));
  await redeem(application, "c", { x: "x".repeat(100_000) });
  const { rows, text } = await readRecord(developer);
  expect(rows.map(({ step, reason }) => `${step} ${reason}`)).toEqual([
    "token code_unknown",
    "token code_unknown",
    "authorize too_long",
  ]);
  for (const { everything } of rows) expect(everything.length).toBeLessThan(6_000);
  expect(rows.map(({ everything }) => everything).join() + text).not.toContain("alert(");
});

test("another developer's attempts do not exist (404), and a signed-out browser goes to sign-in", async () => {
  const developer = await makeDeveloper();
  await redeem(developer.application, "x".repeat(43));
  const { rows } = await readRecord(developer);
  const { browser } = await signInToPortal();
  const path = `${developer.application.path}/attempts`;
  for (const query of ["", `?reference=${rows[0]!.reference}`, `?journey=${rows[0]!.journey}`]) {
    const foreign = await browser.open(path + query);
    expect(foreign.status).toBe(404);
    expect(foreign.text).not.toContain(rows[0]!.reference);
    expect((await new Browser().open(path + query)).location).toContain("/legrand/sign-in");
  }
  const own = await makeDeveloper();
  const { text } = await own.browser.open(`${own.application.path}/attempts?reference=${rows[0]!.reference}`);
  expect(text).toContain("No attempt of this application has this reference");
});

test("suspending keeps the attempts, deleting the application deletes them", async () => {
  const developer = await makeDeveloper();
  const { application } = developer;
  await redeem(application, "x".repeat(43));
  await query(
    `UPDATE legrand_application SET state = 'suspended' WHERE client_id = $1::uuid RETURNING 1 AS done`,
    application.clientId,
  );
  await redeem(application, "x".repeat(43));
  const { rows } = await readRecord(developer);
  expect(rows.map(({ reason }) => reason)).toEqual(["code_unknown", "suspended"]);
  await query(
    `DELETE FROM legrand_application WHERE client_id = $1::uuid RETURNING 1 AS done`,
    application.clientId,
  );
  expect(
    await query(
      `SELECT 1 AS n FROM legrand_request_attempt WHERE client_id = $1::uuid`,
      application.clientId,
    ),
  ).toEqual([]);
});

test("stores at most 50 failures of an application in a second", async () => {
  const developer = await makeDeveloper();
  await Promise.all(Array.from({ length: 150 }, () => redeem(developer.application, "x".repeat(43))));
  const { rows } = await readRecord(developer);
  const bySecond = Map.groupBy(rows, ({ everything }) => /"at": *"([^."]*)/.exec(everything)![1]);
  for (const [, ofSecond] of bySecond) expect(ofSecond.length).toBeLessThanOrEqual(100);
  expect(rows.length).toBeGreaterThan(0);
});

test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
  "a parameter named %s is answered as any unknown one, and stored as its length",
  async (name) => {
    const developer = await makeDeveloper();
    const value = "lgs_in-the-wrong-place-1234567890";
    const page = await new Browser().open(
      authorizeUrl(
        developer.application,
        Object.fromEntries([
          ["scope", "openid"],
          [name, value],
        ]),
      ),
    );
    expect(page.status).toBe(303);
    const { rows, text } = await readRecord(developer);
    expect(rows.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual(["authorize waiting"]);
    expect(rows[0]!.everything).not.toContain(value);
    expect(text).not.toContain(value);
  },
);
