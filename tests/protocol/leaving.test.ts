import { describe, expect, test } from "vitest";

import { MORE_SCOPES } from "#lib/connect/cloud/scopes.ts";
import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { connectCookie } from "#tests/factories/cookies.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";

const OTHER_SITE = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
const NO_ROW = "00000000-0000-4000-8000-000000000000";

const rowOf = async ({ id }: TestAccount) =>
  (await findLinkedAccount(id))! as {
    id: string;
    user_id: string;
    state: string;
    access_token: string | null;
    refresh_token: string | null;
    granted_scopes: string[];
  };
const eventsOf = async (account: TestAccount) =>
  (
    await query<{ what: string }>(
      `SELECT what FROM connect_linked_account_event WHERE account_id = $1::uuid ORDER BY at`,
      (await rowOf(account)).id,
    )
  ).map(({ what }) => what);
const liveTokensOf = ({ id }: TestAccount) =>
  query(
    `SELECT 1 FROM legrand_artifact WHERE kind IN ('AccessToken', 'RefreshToken') AND payload->>'accountId' = $1`,
    id,
  );
const textAt = async (browser: Browser, address: string) => textOf((await browser.open(address)).text);

/** Connects a Legrand account, in a new browser and for a new person unless others are given. */
async function connected(
  browser = new Browser(),
  account?: TestAccount,
  walk: Parameters<typeof walkToCallback>[2] = {},
) {
  const person = account ?? (await makeAccount());
  const { location } = await deliver(browser, await walkToCallback(browser, person, walk));
  return { browser, account: person, location: location!, row: await rowOf(person) };
}

describe("disconnecting (issue 4, In Connect 5)", () => {
  test("asks first, in words, with the safe answer beside it", async () => {
    const { browser, account, row } = await connected();
    const text = await textAt(browser, `/account/${row.id}/disconnect`);
    for (const said of [
      `Disconnect ${account.email}?`,
      "Keep it connected",
      "It is your only connected account, so you are signed out of Connect.",
    ])
      expect(text).toContain(said);
    expect((await rowOf(account)).state).toBe("connected");
  });

  test("revokes both tokens at Legrand, wipes them here, keeps the row with its history, signs out and says so", async () => {
    const { browser, account, row } = await connected();
    expect((await liveTokensOf(account)).length).toBeGreaterThan(1);
    const { status, location } = await browser.post("/account/disconnect", { id: row.id });
    expect({ status, location }).toEqual({ status: 303, location: `${testOrigin()}/` });
    expect(await textAt(browser, location!)).toContain(
      "The account is disconnected. Its tokens are revoked at Legrand and deleted here.",
    );
    expect(await liveTokensOf(account)).toEqual([]);
    expect(await rowOf(account)).toMatchObject({
      id: row.id,
      state: "disconnected",
      access_token: null,
      refresh_token: null,
      granted_scopes: row.granted_scopes,
    });
    expect(await eventsOf(account)).toEqual(["connected", "disconnected"]);
    expect(await textAt(browser, "/account")).toContain("Connect your Legrand account first");
    expect(await query(`SELECT 1 FROM connect_session WHERE user_id = $1::uuid`, row.user_id)).toEqual([]);
  });

  test("disconnecting one of two accounts keeps the other connected and the person signed in", async () => {
    const { browser, row } = await connected();
    const other = await connected(browser, await makeAccount(), { form: { intent: "another" } });
    expect((await browser.post("/account/disconnect", { id: row.id })).location).toBe(
      `${testOrigin()}/account`,
    );
    expect(await textAt(browser, "/account")).toContain(
      "is disconnected. Its tokens are revoked at Legrand and deleted here.",
    );
    expect(await rowOf(other.account)).toMatchObject({ state: "connected", user_id: row.user_id });
    expect((await browser.open("/account")).status).toBe(200);
  });

  test("answers for another user's account as for an unknown one, and changes nothing", async () => {
    const [mine, theirs] = [await connected(), await connected()];
    const before = await findLinkedAccount(theirs.account.id);
    const answers = await Promise.all(
      [theirs.row.id, NO_ROW, "nonsense"].map((id) =>
        mine.browser.post("/account/disconnect", { id }, { accept: "application/json" }),
      ),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(404);
    for (const id of [theirs.row.id, NO_ROW, "nonsense"])
      expect((await mine.browser.open(`/account/${id}/disconnect`)).status).toBe(404);
    expect(await findLinkedAccount(theirs.account.id)).toEqual(before);
  });

  test("is refused without a session and from another site", async () => {
    const { browser, account, row } = await connected();
    expect((await new Browser().post("/account/disconnect", { id: row.id })).location).toBe(
      `${testOrigin()}/account`,
    );
    expect((await new Browser().open(`/account/${row.id}/disconnect`)).location).toBe(
      `${testOrigin()}/account`,
    );
    expect((await browser.post("/account/disconnect", { id: row.id }, OTHER_SITE)).status).toBe(403);
    expect((await rowOf(account)).state).toBe("connected");
  });

  test("a second disconnect finds no account", async () => {
    const { browser, row } = await connected();
    await connected(browser, await makeAccount(), { form: { intent: "another" } });
    await browser.post("/account/disconnect", { id: row.id });
    expect((await browser.post("/account/disconnect", { id: row.id })).status).toBe(404);
    expect((await browser.open(`/account/${row.id}/disconnect`)).status).toBe(404);
  });

  test("connecting a disconnected account again uses the same row for a new user", async () => {
    const { browser, account, row } = await connected();
    await browser.post("/account/disconnect", { id: row.id });
    const again = await connected(new Browser(), account);
    expect(again.location).toBe(`${testOrigin()}/account`);
    expect(again.row).toMatchObject({ id: row.id, state: "connected", granted_scopes: row.granted_scopes });
    expect(again.row.user_id).not.toBe(row.user_id);
    expect(
      await query(`SELECT 1 FROM connect_user WHERE id = $1::uuid`, row.user_id),
      "the user without an account",
    ).toEqual([]);
    expect(await eventsOf(account)).toEqual(["connected", "disconnected", "connected"]);
    expect((await again.browser.open("/account")).status).toBe(200);
  });

  test("a disconnected account belongs to the user who connects it next, even if its former user still has another one", async () => {
    const { browser, account, row } = await connected();
    const kept = await connected(browser, await makeAccount(), { form: { intent: "another" } });
    await browser.post("/account/disconnect", { id: row.id });
    const again = await connected(new Browser(), account);
    expect(again.row.id).toBe(row.id);
    expect(again.row.user_id).not.toBe(row.user_id);
    expect(await rowOf(kept.account)).toMatchObject({ state: "connected", user_id: row.user_id });
  });
});

describe("more than one Legrand account (issue 4, In Connect 4)", () => {
  const startOf = async (browser: Browser, form: Record<string, string>) =>
    new URL((await browser.post("/connect", form)).location!);

  test("Connect another account makes Legrand ask for a sign-in, and both accounts belong to one user", async () => {
    const { browser, row } = await connected();
    expect((await startOf(browser, { intent: "another" })).searchParams.get("prompt")).toBe("login");
    const other = await connected(browser, await makeAccount(), { form: { intent: "another" } });
    expect(other.row.user_id).toBe(row.user_id);
    expect(other.location).toBe(`${testOrigin()}/account`);
    expect(await textAt(browser, "/account")).toContain(`${other.account.email} is connected.`);
    expect(await textAt(browser, "/account"), "said once").not.toContain("is connected.");
  });

  test("connecting the same account again renews it instead of adding a second one", async () => {
    const { browser, account, row } = await connected();
    const again = await connected(browser, account, { form: { intent: "another" } });
    expect(again.row).toMatchObject({ id: row.id, user_id: row.user_id, state: "connected" });
    expect(again.row.refresh_token).not.toBe(row.refresh_token);
    expect(await query(`SELECT 1 FROM connect_account WHERE user_id = $1::uuid`, row.user_id)).toHaveLength(
      1,
    );
  });

  test("another user's account is not taken over", async () => {
    const [mine, theirs] = [await connected(), await connected()];
    const { location } = await deliver(
      mine.browser,
      await walkToCallback(mine.browser, theirs.account, { form: { intent: "another" } }),
    );
    expect(location).toBe(`${testOrigin()}/connection-error?problem=linked_to_other_user`);
    expect(await rowOf(theirs.account)).toEqual(theirs.row);
  });

  test("Change permissions asks for every scope, for that account, and for an answer that replaces the grant (Grant Management)", async () => {
    const { browser, account, row } = await connected();
    const { searchParams } = await startOf(browser, { account: row.id, intent: "change" });
    expect(Object.fromEntries(searchParams)).toMatchObject({
      grant_management_action: "replace",
      login_hint: account.email,
    });
    const first = ["openid", "profile", "email", "topology.read", "comfort.read", "comfort.write"];
    expect(searchParams.get("scope")!.split(" ").sort()).toEqual([...first, ...MORE_SCOPES].sort());
  });

  test.each([
    ["Change permissions", { intent: "change" }],
    ["Ask for more", { scope: "light.read" }],
  ])(
    "after %s is denied, the account page says once that nothing was changed, and its address shows no trace",
    async (_button, form) => {
      const { browser, account, row } = await connected();
      await browser.open("/account");
      const { location } = await deliver(
        browser,
        await walkToCallback(browser, account, { form: { account: row.id, ...form }, decision: "deny" }),
      );
      expect(location).toBe(`${testOrigin()}/account`);
      expect(await textAt(browser, location!)).toContain(
        "Nothing was changed. You denied or cancelled the request at Legrand",
      );
      expect(await textAt(browser, location!)).not.toContain("Nothing was changed");
      expect(await rowOf(account)).toEqual(row);
    },
  );

  test("connecting again without a new scope says so on the account page", async () => {
    const { browser, account } = await connected();
    expect(await textAt(browser, "/account"), "the first time there is nothing to say").not.toContain(
      "Nothing new was granted",
    );
    expect((await connected(browser, account)).location).toBe(`${testOrigin()}/account`);
    expect(await textAt(browser, "/account")).toContain(
      `Nothing new was granted: ${account.email} was already connected, and its permissions have not changed.`,
    );
  });

  test("Reconnect asks for the granted scopes, and leads back to the same account", async () => {
    const { browser, account, row } = await connected();
    const { searchParams } = await startOf(browser, { account: row.id, intent: "reconnect" });
    expect(searchParams.get("scope")!.split(" ").sort()).toEqual([...row.granted_scopes].sort());
    await query(
      `UPDATE connect_account SET state = 'reconnect_needed', reconnect_reason = 'revoked' WHERE id = $1::uuid`,
      row.id,
    );
    const again = await connected(browser, account, { form: { account: row.id, intent: "reconnect" } });
    expect(again.location).toBe(`${testOrigin()}/account`);
    expect(await textAt(browser, "/account")).toContain(`${account.email} is connected again.`);
    expect(await findLinkedAccount(account.id)).toMatchObject({
      id: row.id,
      state: "connected",
      reconnect_reason: null,
    });
  });

  test("refuses an unknown intent and another user's account", async () => {
    const [mine, theirs] = [await connected(), await connected()];
    expect((await mine.browser.post("/connect", { intent: "destroy" })).status).toBe(400);
    for (const account of [theirs.row.id, NO_ROW, "nonsense"]) {
      for (const intent of ["", "change", "reconnect"])
        expect((await mine.browser.post("/connect", { account, intent })).status).toBe(404);
    }
    expect((await mine.browser.post("/connect", { intent: "another" }, OTHER_SITE)).status).toBe(403);
  });
});

type Download = {
  user: { id: string };
  linkedAccounts: { email: string; state: string; grantedScopes: string[]; events: { what: string }[] }[];
  sessions: unknown[];
};

describe("your data (issue 4, In Connect 7)", () => {
  test("is a file with everything that is stored about the person, without tokens, ciphertexts and digests", async () => {
    const { browser, account, row } = await connected();
    const other = await connected(browser, await makeAccount(), { form: { intent: "another" } });
    await browser.post("/account/disconnect", { id: row.id });
    const { status, headers, text } = await browser.open("/account/data/download");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("application/json");
    expect(headers.get("content-disposition")).toBe('attachment; filename="legrand-connect-your-data.json"');
    expect(headers.get("cache-control")).toBe("no-store");
    const data = JSON.parse(text) as Download;
    expect(data.user.id).toBe(row.user_id);
    expect(data.linkedAccounts.map(({ email, state }) => [email, state])).toEqual([
      [account.email, "disconnected"],
      [other.account.email, "connected"],
    ]);
    expect(data.linkedAccounts[0]!.events.map(({ what }) => what)).toEqual(["connected", "disconnected"]);
    expect(data.linkedAccounts[0]!.grantedScopes).toEqual(row.granted_scopes);
    expect(data.sessions).toHaveLength(1);
    const { access_token, refresh_token } = await rowOf(other.account);
    const [session] = await query<{ digest: string }>(
      `SELECT session_token_digest AS digest FROM connect_session WHERE user_id = $1::uuid`,
      row.user_id,
    );
    for (const secret of [
      access_token!,
      refresh_token!,
      session!.digest,
      browser.cookie(connectCookie("session"))!,
    ])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(/k1\.|access_?token"\s*:|refresh_?token"\s*:/i);
  });

  test("contains every column except credentials, so that a new column is either included or excluded on purpose", async () => {
    // Generated columns (for the administrators' list) are computed from the others.
    const stored = `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'connect_account' AND is_generated = 'NEVER'`;
    const columns = (await query<{ name: string }>(stored)).map(({ name }) => name);
    const left = [
      "access_token",
      "refresh_token",
      "token_type",
      "token_version",
      "type",
      "user_id",
      "refresh_lease_until",
    ];
    const { browser } = await connected();
    const [account] = (JSON.parse((await browser.open("/account/data/download")).text) as Download)
      .linkedAccounts;
    const camel = (name: string) => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
    const expected = columns
      .filter((name) => !left.includes(name))
      .map(camel)
      .map((name) => (name === "providerAccountId" ? "legrandId" : name));
    expect(Object.keys(account!).sort()).toEqual([...expected, "events"].sort());
  });

  test("the page summarizes the data, and links to download and deletion", async () => {
    const { browser, account } = await connected();
    const page = await browser.open("/account/data");
    for (const said of [
      "Your data",
      account.email,
      "1 connected account",
      "Download",
      "Delete your Connect account",
    ])
      expect(textOf(page.text)).toContain(said);
  });

  test.each(["/account/data", "/account/data/download", "/account/data/delete"])(
    "without a session redirects to the account page: %s",
    async (path) => {
      expect((await new Browser().open(path)).location).toBe(`${testOrigin()}/account`);
    },
  );

  test("deletion asks first, disconnects every account, removes everything about the person, signs out and says so", async () => {
    const { browser, account, row } = await connected();
    const other = await connected(browser, await makeAccount(), { form: { intent: "another" } });
    const question = await textAt(browser, "/account/data/delete");
    for (const said of [
      "Delete your Connect account?",
      account.email,
      other.account.email,
      "Keep your Connect account",
    ])
      expect(question).toContain(said);
    const { status, location } = await browser.post("/account/data/delete/submit", {});
    expect({ status, location }).toEqual({ status: 303, location: `${testOrigin()}/` });
    expect(await textAt(browser, location!)).toContain(
      "Your Connect account and all data stored about you are deleted.",
    );
    expect(await textAt(browser, "/account")).toContain("Connect your Legrand account first");
    for (const one of [account, other.account]) {
      expect(await liveTokensOf(one)).toEqual([]);
      expect(await findLinkedAccount(one.id)).toBeUndefined();
    }
    const left = await query(
      `SELECT id FROM connect_user WHERE id = $1::uuid UNION ALL SELECT account_id FROM connect_linked_account_event WHERE account_id = $2::uuid`,
      row.user_id,
      row.id,
    );
    expect(left).toEqual([]);
  });

  test("refuses to delete a user without a session or from another site", async () => {
    const { browser, row } = await connected();
    expect((await new Browser().post("/account/data/delete/submit", {})).location).toBe(
      `${testOrigin()}/account`,
    );
    expect((await browser.post("/account/data/delete/submit", {}, OTHER_SITE)).status).toBe(403);
    expect(await query(`SELECT id FROM connect_user WHERE id = $1::uuid`, row.user_id)).toHaveLength(1);
  });

  test("after a deletion the same Legrand account connects as a new user", async () => {
    const { browser, account, row } = await connected();
    await browser.post("/account/data/delete/submit", {});
    const again = await connected(new Browser(), account);
    expect(again.row.id).not.toBe(row.id);
    expect(await eventsOf(account)).toEqual(["connected"]);
  });
});
