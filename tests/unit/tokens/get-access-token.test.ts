import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { setDatabase, type Database } from "#lib/db/client.ts";
import type { TIMINGS } from "#lib/connect/tokens/timings.ts";
import { makeUserProof } from "#tests/factories/make-proofs.ts";
import { startHostileCloud, type Behaviour, type HostileCloud } from "#tests/factories/hostile-cloud.ts";
import { inSeconds, makeLinkedAccount, type WantedAccount } from "#tests/factories/make-linked-account.ts";
import { useEmbeddedDatabase } from "#tests/unit/embedded-database.ts";
import { SECRETS } from "#tests/unit/environment.ts";

const FAST: typeof TIMINGS = {
  leaseMs: 25_000,
  requestMs: 10_000,
  patienceMs: 10_000,
  waitMs: 10_000,
  lookMs: 5,
  jitterMs: 2,
  storeAgainMs: [5, 10, 20],
};
const DAY = 24 * 60 * 60;
vi.setConfig({ testTimeout: 60_000 });

const database = useEmbeddedDatabase();
let cloud: HostileCloud;
let tokens: typeof import("#lib/connect/tokens/get-access-token.ts");
let decrypt: typeof import("#lib/crypto/encrypt.ts").decrypt;

beforeAll(async () => {
  cloud = await startHostileCloud();
  Object.assign(process.env, SECRETS, { DATA_DIR: database.folder }, cloud.environment);
  tokens = await import("#lib/connect/tokens/get-access-token.ts");
  ({ decrypt } = await import("#lib/crypto/encrypt.ts"));
});
afterAll(() => cloud.stop());
beforeEach(() => {
  // Time stands still unless a test moves it, so that a busy machine does not fail a test.
  vi.useFakeTimers({ toFake: ["Date"] });
  Object.assign(cloud, { overlaps: 1, next: [] });
  cloud.received.length = cloud.revoked.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Creates an account whose refresh token the cloud knows. */
async function makeAccount(wanted: WantedAccount = {}, scope?: string) {
  const refreshToken = cloud.grant(scope);
  return {
    ...(await makeLinkedAccount(database.client, { plainRefreshToken: refreshToken, ...wanted })),
    plainRefreshToken: refreshToken,
  };
}

const get = (id: string, asked = {}, timings = FAST) => tokens.getAccessToken(id, asked, timings);
const rowOf = (id: string) => database.client.account.findUniqueOrThrow({ where: { id } });
const eventsOf = async (id: string) =>
  (
    await database.client.linkedAccountEvent.findMany({ where: { accountId: id }, orderBy: { at: "asc" } })
  ).map(({ what, detail }) => [what, detail]);

/** Returns the stored tokens in plaintext. */
async function storedOf(id: string) {
  const row = await rowOf(id);
  const open = (column: "accessToken" | "refreshToken") =>
    row[column] && decrypt(row[column], `legrand:${row.providerAccountId}:${column}`);
  return { accessToken: open("accessToken"), refreshToken: open("refreshToken") };
}

/** Moves the clock of this process; PGlite's own clock is not used. */
function passSeconds(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

const json = (body: unknown, status = 200, headers = {}): Behaviour => ({
  answer: { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) },
});

describe("a valid access token (issue 4, 1)", () => {
  test("is returned unchanged if it lives for more than two minutes", async () => {
    const { id } = await makeAccount({ accessTokenExpiresAt: inSeconds(130) });
    expect(await get(id)).toEqual({
      ok: true,
      accessToken: "stored-access-token",
      tokenVersion: 1,
      grantedScopes: ["topology.read", "comfort.read"],
    });
    expect(cloud.received).toHaveLength(0);
  });

  test("is renewed first if it ends within two minutes, and the returned token is the stored one", async () => {
    const { id, plainRefreshToken } = await makeAccount({ accessTokenExpiresAt: inSeconds(110) });
    const outcome = await get(id);
    expect(outcome).toMatchObject({ ok: true, tokenVersion: 2 });
    const row = await rowOf(id);
    const stored = await storedOf(id);
    expect(stored.accessToken).toBe(outcome.ok && outcome.accessToken);
    expect(stored.refreshToken).not.toBe(plainRefreshToken);
    expect(cloud.isAlive(stored.refreshToken!)).toBe(true);
    expect(row).toMatchObject({
      tokenVersion: 2,
      state: "connected",
      refreshLeaseUntil: null,
      trouble: null,
      failedAttempts: 0,
    });
    expect(Math.abs(row.accessTokenExpiresAt!.getTime() - inSeconds(3600).getTime())).toBeLessThan(1_000);
    expect(Math.abs(row.refreshTokenExpiresAt!.getTime() - inSeconds(90 * DAY).getTime())).toBeLessThan(
      1_000,
    );
    expect(row.accessToken).not.toContain(stored.accessToken);
  });

  test("the end of the refresh token comes from the answer", async () => {
    const { id } = await makeAccount();
    cloud.next.push(
      json({
        access_token: "a",
        token_type: "Bearer",
        refresh_token: "r",
        expires_in: 3600,
        refresh_token_expires_in: String(40 * DAY),
      }),
    );
    await get(id);
    expect((await rowOf(id)).refreshTokenExpiresAt).toEqual(inSeconds(40 * DAY));
  });

  test("an end that a refresh does not move is final, and one that moves is not (decision 34)", async () => {
    const { id } = await makeAccount({
      authorizedAt: inSeconds(-3600),
      refreshTokenExpiresAt: inSeconds(20 * DAY),
    });
    const answering = async (seconds: number | undefined, passed: number) => {
      passSeconds(passed);
      cloud.next.push(
        json({
          access_token: "a",
          token_type: "Bearer",
          refresh_token: "r",
          expires_in: 60,
          refresh_token_expires_in: seconds,
        }),
      );
      await get(id, { force: true });
      return (await rowOf(id)).refreshTokenFinal;
    };
    expect(await answering(20 * DAY, 0)).toBe(true);
    expect(await answering(20 * DAY, 30)).toBe(true);
    expect(await answering(20 * DAY - 30 - 3600, 3600)).toBe(true);
    expect(await answering(90 * DAY, 3600)).toBe(false);
    expect(await answering(90 * DAY, 3600)).toBe(false);
    expect(await answering(90 * DAY - 3600, 3600)).toBe(true);
    expect(await answering(undefined, 3600)).toBe(false);
  });

  test("the credentials are in the body (Legrand reads them nowhere else)", async () => {
    const { id, plainRefreshToken } = await makeAccount();
    await get(id);
    expect(Object.fromEntries(cloud.received[0]!)).toEqual({
      grant_type: "refresh_token",
      refresh_token: plainRefreshToken,
      client_id: cloud.environment.LEGRAND_CLIENT_ID,
      client_secret: cloud.environment.LEGRAND_CLIENT_SECRET,
    });
  });

  test("of 50 simultaneous callers, one refreshes and all get its result", async () => {
    const { id } = await makeAccount();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => get(id)));
    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.accessToken))).toEqual(
      new Set([(await storedOf(id)).accessToken]),
    );
    expect(cloud.received).toHaveLength(1);
  });

  test("of 50 callers with a refused token, and of 50 clicks, one refreshes too", async () => {
    const { id } = await makeAccount({ accessTokenExpiresAt: inSeconds(3000) });
    await Promise.all(Array.from({ length: 50 }, () => get(id, { rejected: 1 })));
    expect(cloud.received).toHaveLength(1);
    expect(await get(id, { rejected: 1 })).toMatchObject({ ok: true, tokenVersion: 2 });
    expect(cloud.received).toHaveLength(1);
    await Promise.all(Array.from({ length: 50 }, () => get(id, { force: true })));
    expect(cloud.received).toHaveLength(2);
  });

  test("returns no token for an account that does not exist or is disconnected", async () => {
    const { id } = await makeAccount({ state: "disconnected" });
    expect(await get(id, { force: true })).toEqual({ ok: false, reason: "disconnected" });
    expect(await get(crypto.randomUUID())).toEqual({ ok: false, reason: "disconnected" });
    expect(cloud.received).toHaveLength(0);
  });

  test("waits for the result while another process holds the lease, without refreshing", async () => {
    const { id } = await makeAccount({ refreshLeaseUntil: inSeconds(20) });
    const waiting = get(id);
    await database.client.account.update({
      where: { id },
      data: {
        accessToken: null,
        refreshToken: null,
        refreshLeaseUntil: null,
        state: "reconnect_needed",
        reconnectReason: "revoked",
        tokenVersion: 2,
      },
    });
    expect(await waiting).toEqual({ ok: false, reason: "reconnect_needed", reconnectReason: "revoked" });
    expect(cloud.received).toHaveLength(0);
  });

  test("a caller waits for a limited time, and learns when to ask again", async () => {
    const { id, refreshLeaseUntil } = await makeAccount({ refreshLeaseUntil: inSeconds(20) });
    const outcome = await get(id, {}, { ...FAST, patienceMs: 50, waitMs: 100 });
    expect(outcome).toEqual({
      ok: false,
      reason: "unavailable",
      trouble: "unreachable",
      retryAt: expect.any(Date),
    });
    expect(outcome.ok || outcome.reason !== "unavailable" || outcome.retryAt >= refreshLeaseUntil!).toBe(
      true,
    );
  });
});

describe("malformed answers (issue 4, Bad input and failures)", () => {
  const change = (members: Record<string, unknown>): Behaviour => ({ change: () => members });

  test.each<[string, Behaviour, number]>([
    ["without expires_in", change({ expires_in: undefined }), 3600],
    [
      "with expires_on only",
      { change: () => ({ expires_in: undefined, expires_on: Math.floor(Date.now() / 1000) + 1800 }) },
      1800,
    ],
    ["with expires_in in digits", change({ expires_in: "1800" }), 1800],
    ["with scope as a list", change({ scope: ["topology.read", "comfort.read"] }), 3600],
    ["without scope", change({ scope: undefined }), 3600],
  ])("stores a token response %s completely", async (_what, behaviour, seconds) => {
    const { id } = await makeAccount();
    cloud.next.push(behaviour);
    expect(await get(id)).toMatchObject({ ok: true, grantedScopes: ["topology.read", "comfort.read"] });
    const row = await rowOf(id);
    expect(Math.abs(row.accessTokenExpiresAt!.getTime() - inSeconds(seconds).getTime())).toBeLessThan(1_000);
    expect(row).toMatchObject({ state: "connected", grantedScopes: ["topology.read", "comfort.read"] });
  });

  test("keeps the sent refresh token if the answer has none (RFC 6749 §6)", async () => {
    const { id, plainRefreshToken } = await makeAccount();
    cloud.next.push(json({ access_token: "fresh", token_type: "Bearer", expires_in: 60 }));
    expect(await get(id)).toMatchObject({ ok: true, accessToken: "fresh" });
    expect(await storedOf(id)).toEqual({ accessToken: "fresh", refreshToken: plainRefreshToken });
  });

  test("keeps a refresh token that arrives without an access token, and uses it next", async () => {
    const { id } = await makeAccount();
    cloud.next.push(change({ access_token: undefined }));
    expect(await get(id)).toMatchObject({ ok: false, reason: "unavailable", trouble: "unusable_answer" });
    expect(cloud.isAlive((await storedOf(id)).refreshToken!)).toBe(true);
    expect(await rowOf(id)).toMatchObject({
      tokenVersion: 2,
      state: "connected",
      trouble: "unusable_answer",
      refreshLeaseUntil: null,
    });
    cloud.overlaps = 0;
    expect(await get(id, { force: true })).toMatchObject({ ok: true, tokenVersion: 3 });
  });

  test.each<[string, Record<string, unknown>, number, Record<string, string>]>([
    ["201", {}, 201, {}],
    ["another content type", {}, 200, { "content-type": "text/plain" }],
    ["no token_type", { token_type: undefined }, 200, {}],
  ])(
    "stores a refresh token from a success with %s, because the server has rotated it",
    async (_what, change, status, headers) => {
      const { id } = await makeAccount();
      cloud.next.push(
        json(
          { access_token: "a", refresh_token: "rotated", token_type: "Bearer", ...change },
          status,
          headers,
        ),
      );
      expect(await get(id)).toMatchObject({ ok: false, reason: "unavailable", trouble: "unusable_answer" });
      expect(await storedOf(id)).toEqual({ accessToken: "stored-access-token", refreshToken: "rotated" });
    },
  );

  test.each<[string, Behaviour, string]>([
    [
      "HTML with 200",
      { answer: { headers: { "content-type": "text/html" }, body: "<html><h1>Maintenance</h1></html>" } },
      "unusable_answer",
    ],
    ["an empty body", { answer: { body: "" } }, "unusable_answer"],
    ["JSON that is no object", { answer: { body: "[]" } }, "unusable_answer"],
    ["an object without anything", { answer: { body: "{}" } }, "unusable_answer"],
    ["tokens that are no text", json({ access_token: { a: 1 }, refresh_token: 5 }), "unusable_answer"],
    ["a token response with 201", json({ access_token: "a", token_type: "Bearer" }, 201), "unusable_answer"],
    [
      "a token response that says it is HTML",
      json({ access_token: "a", token_type: "Bearer" }, 200, { "content-type": "text/html" }),
      "unusable_answer",
    ],
    ["no token_type", json({ access_token: "a" }), "unusable_answer"],
    ["token_type mac", json({ access_token: "a", token_type: "mac" }), "unusable_answer"],
    [
      "a redirect, which is not followed",
      { answer: { status: 302, headers: { location: "http://localhost:1/elsewhere" }, body: "" } },
      "unusable_answer",
    ],
    [
      "a body of 10 MB",
      { answer: { body: JSON.stringify({ access_token: "a", filler: "x".repeat(10_000_000) }) } },
      "unusable_answer",
    ],
    ["400 with HTML", { answer: { status: 400, body: "<html>" } }, "unusable_answer"],
    ["500", { answer: { status: 500, body: "Internal Server Error" } }, "server_error"],
    ["502 of a gateway", { answer: { status: 502, body: "<html>Bad Gateway</html>" } }, "server_error"],
    [
      "429 in Legrand's shape",
      json({ message: "Rate limit is exceeded. Try again in 4 seconds." }, 429),
      "rate_limited",
    ],
    ["a suspended application", json({ error: "unauthorized_client" }, 400), "not_admitted"],
  ])("%s: loses nothing, and no caller asks again before its time", async (_what, behaviour, trouble) => {
    const { id, plainRefreshToken } = await makeAccount();
    cloud.next.push(behaviour);
    const outcome = await get(id);
    const row = await rowOf(id);
    expect(outcome).toEqual({ ok: false, reason: "unavailable", trouble, retryAt: row.retryAt });
    expect(row).toMatchObject({
      state: "connected",
      reconnectReason: null,
      trouble,
      failedAttempts: 1,
      refreshLeaseUntil: null,
      tokenVersion: 1,
    });
    expect(await storedOf(id)).toEqual({
      accessToken: "stored-access-token",
      refreshToken: plainRefreshToken,
    });
    expect(await eventsOf(id)).toEqual([["refresh_failed", { reason: trouble }]]);
    expect(await get(id)).toEqual(outcome);
    expect(cloud.received).toHaveLength(1);
    // Afterwards everything works as before.
    passSeconds(10);
    expect(await get(id)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ trouble: null, failedAttempts: 0, retryAt: null });
  });

  test.each([
    ["in seconds", 90, () => "90"],
    ["as a date", 120, () => new Date(Date.now() + 120_000).toUTCString()],
  ])("429 with Retry-After %s: no caller asks again before that time", async (_form, seconds, write) => {
    const { id } = await makeAccount();
    cloud.next.push(json({ message: "Rate limit is exceeded." }, 429, { "retry-after": write() }));
    const outcome = await get(id);
    const wait =
      !outcome.ok && outcome.reason === "unavailable" ? (outcome.retryAt.getTime() - Date.now()) / 1000 : 0;
    expect(Math.abs(wait - seconds)).toBeLessThanOrEqual(1);
    passSeconds(seconds - 2);
    expect(await get(id)).toMatchObject({ trouble: "rate_limited" });
    expect(await get(id, { force: true })).toMatchObject({ trouble: "rate_limited" });
    expect(cloud.received).toHaveLength(1);
    passSeconds(3);
    expect(await get(id)).toMatchObject({ ok: true });
  });

  test("the back-off grows, and the history records a trouble once", async () => {
    const { id } = await makeAccount();
    for (const attempt of [1, 2, 3, 4]) {
      cloud.next.push({ answer: { status: 503, body: "" } });
      await get(id, { force: true });
      const { failedAttempts, retryAt } = await rowOf(id);
      expect(failedAttempts).toBe(attempt);
      const seconds = (retryAt!.getTime() - Date.now()) / 1000 / 2 ** (attempt - 1);
      expect(seconds).toBeGreaterThanOrEqual(3.99);
      expect(seconds).toBeLessThanOrEqual(6.01);
    }
    expect(await eventsOf(id)).toHaveLength(1);
  });

  test("returns a token with some seconds left while its renewal fails", async () => {
    const { id } = await makeAccount({ accessTokenExpiresAt: inSeconds(60) });
    cloud.next.push({ answer: { status: 503, body: "" } });
    expect(await get(id)).toMatchObject({ ok: true, accessToken: "stored-access-token" });
    expect(await get(id)).toMatchObject({ ok: true, accessToken: "stored-access-token" });
    expect(cloud.received).toHaveLength(1);
  });
});

describe("a lost answer", () => {
  test.each<[string, Behaviour]>([["the connection is cut", { lose: "cut" }]])(
    "%s: asks once more and gets the same tokens",
    async (_what, behaviour) => {
      const { id, plainRefreshToken } = await makeAccount();
      cloud.next.push(behaviour);
      expect(await get(id)).toMatchObject({ ok: true, tokenVersion: 2 });
      expect(cloud.received.map((form) => form.get("refresh_token"))).toEqual([
        plainRefreshToken,
        plainRefreshToken,
      ]);
      expect(cloud.isAlive((await storedOf(id)).refreshToken!)).toBe(true);
    },
  );

  test("needs a reconnect if the server without an overlap has ended the grant, and does not loop", async () => {
    const { id } = await makeAccount();
    Object.assign(cloud, { overlaps: 0 });
    cloud.next.push({ lose: "cut" });
    expect(await get(id)).toEqual({ ok: false, reason: "reconnect_needed", reconnectReason: "revoked" });
    expect(await get(id, { force: true })).toEqual({
      ok: false,
      reason: "reconnect_needed",
      reconnectReason: "revoked",
    });
    expect(cloud.received).toHaveLength(2);
    expect(await storedOf(id)).toEqual({ accessToken: null, refreshToken: null });
  });

  test("twice: sends two requests at most, and keeps the tokens", async () => {
    const { id, plainRefreshToken } = await makeAccount();
    cloud.next.push({ lose: "cut" }, { lose: "cut" });
    expect(await get(id)).toMatchObject({ reason: "unavailable", trouble: "unreachable" });
    expect(cloud.received).toHaveLength(2);
    expect((await storedOf(id)).refreshToken).toBe(plainRefreshToken);
  });

  test("gives up on a server that never answers after the time limit", async () => {
    const { id } = await makeAccount();
    cloud.next.push({ lose: "hang" });
    expect(await get(id, {}, { ...FAST, requestMs: 1_000 })).toMatchObject({
      reason: "unavailable",
      trouble: "unreachable",
    });
    expect(cloud.received).toHaveLength(1);
    // The server has rotated the token: within its overlap, the old token returns the new ones.
    passSeconds(10);
    expect(await get(id)).toMatchObject({ ok: true });
  });

  test("a server slower than its callers: they learn so, and the answer is stored when it arrives", async () => {
    const { id } = await makeAccount();
    const released = Promise.withResolvers<void>();
    cloud.next.push({ rotated: () => released.promise });
    expect(await get(id, {}, { ...FAST, patienceMs: 50 })).toMatchObject({
      reason: "unavailable",
      trouble: "unreachable",
    });
    released.resolve();
    expect(await get(id)).toMatchObject({ ok: true, tokenVersion: 2 });
    expect(cloud.received).toHaveLength(1);
  });

  test("loses nothing if the server cannot be reached", async () => {
    const other = await startHostileCloud();
    const { env } = await import("#lib/env.ts");
    vi.spyOn(env().legrand, "tokenUrl", "get").mockReturnValue(`${other.origin}/token`);
    await other.stop();
    const { id, plainRefreshToken } = await makeAccount();
    expect(await get(id)).toMatchObject({ reason: "unavailable", trouble: "unreachable" });
    expect((await storedOf(id)).refreshToken).toBe(plainRefreshToken);
  });
});

describe("reconnect needed (issue 4, 2)", () => {
  test.each<[string, Behaviour, WantedAccount, string]>([
    ["invalid_grant: revoked", json({ error: "invalid_grant" }, 400), {}, "revoked"],
    [
      "invalid_grant after the stored end: expired",
      json({ error: "invalid_grant" }, 400),
      { refreshTokenExpiresAt: inSeconds(-60) },
      "refresh_token_expired",
    ],
  ])(
    "%s; wipes the dead tokens, and no caller asks again",
    async (_what, behaviour, wanted, reconnectReason) => {
      const { id } = await makeAccount(wanted);
      cloud.next.push(behaviour);
      expect(await get(id)).toEqual({ ok: false, reason: "reconnect_needed", reconnectReason });
      expect(await rowOf(id)).toMatchObject({
        state: "reconnect_needed",
        reconnectReason,
        accessToken: null,
        refreshToken: null,
        tokenVersion: 2,
        refreshLeaseUntil: null,
      });
      expect(await get(id, { force: true })).toEqual({
        ok: false,
        reason: "reconnect_needed",
        reconnectReason,
      });
      expect(cloud.received).toHaveLength(1);
      expect(await eventsOf(id)).toEqual([["reconnect_needed", { reason: reconnectReason }]]);
    },
  );

  test.each<[string, Behaviour]>([
    ["invalid_client", json({ error: "invalid_client" }, 401)],
    [
      "Legrand's AADB2C90085",
      json(
        {
          error: "invalid_grant",
          error_description: "AADB2C90085: The service has encountered an internal error.",
        },
        400,
      ),
    ],
  ])(
    "%s: the client secret expired; keeps the tokens, which work again with a new secret",
    async (_what, behaviour) => {
      const { id, plainRefreshToken } = await makeAccount();
      cloud.next.push(behaviour);
      const needed = { ok: false, reason: "reconnect_needed", reconnectReason: "client_secret_expired" };
      expect(await get(id)).toEqual(needed);
      expect(await get(id)).toEqual(needed);
      expect(cloud.received).toHaveLength(1);
      expect((await storedOf(id)).refreshToken).toBe(plainRefreshToken);
      expect(await get(id, { force: true })).toMatchObject({ ok: true });
      expect(await rowOf(id)).toMatchObject({ state: "connected", reconnectReason: null });
    },
  );

  test("withdraws missing scopes while the token works, and restores them when they are granted again", async () => {
    const { id } = await makeAccount({}, "topology.read");
    expect(await get(id)).toMatchObject({ ok: true, grantedScopes: ["topology.read"] });
    expect(await rowOf(id)).toMatchObject({
      state: "reconnect_needed",
      reconnectReason: "scope_withdrawn",
      withdrawnScopes: ["comfort.read"],
      grantedScopes: ["topology.read"],
    });
    expect(await eventsOf(id)).toEqual([["scopes_withdrawn", { added: [], removed: ["comfort.read"] }]]);
    expect(await get(id)).toMatchObject({ ok: true });
    cloud.next.push({ change: () => ({ scope: "topology.read comfort.read light.read" }) });
    expect(await get(id, { force: true })).toMatchObject({
      ok: true,
      grantedScopes: ["topology.read", "comfort.read", "light.read"],
    });
    expect(await rowOf(id)).toMatchObject({ state: "connected", reconnectReason: null, withdrawnScopes: [] });
  });

  test("withdraws a scope that the API refused once, also after an answer without scopes", async () => {
    const { noteWithdrawnScope } = await import("#lib/connect/tokens/store.ts");
    const { id } = await makeAccount({ accessTokenExpiresAt: inSeconds(3000) });
    expect(await Promise.all([1, 2, 3].map(() => noteWithdrawnScope(id, "comfort.read")))).toEqual([
      true,
      false,
      false,
    ]);
    expect(await eventsOf(id)).toHaveLength(1);
    const withdrawn = {
      state: "reconnect_needed",
      reconnectReason: "scope_withdrawn",
      withdrawnScopes: ["comfort.read"],
      grantedScopes: ["topology.read"],
    };
    expect(await rowOf(id)).toMatchObject(withdrawn);
    cloud.next.push({ change: () => ({ scope: undefined }) });
    expect(await get(id, { force: true })).toMatchObject({ ok: true, grantedScopes: ["topology.read"] });
    expect(await rowOf(id)).toMatchObject(withdrawn);
  });

  test("stores that an access token without a refresh token has ended or was refused, and sends no request", async () => {
    const alive = await makeAccount({ plainRefreshToken: null, accessTokenExpiresAt: inSeconds(60) });
    expect(await get(alive.id)).toMatchObject({ ok: true });
    expect(await get(alive.id, { rejected: 1 })).toMatchObject({ reconnectReason: "revoked" });
    const over = await makeAccount({ plainRefreshToken: null });
    expect(await get(over.id)).toMatchObject({ reconnectReason: "refresh_token_expired" });
    expect(await rowOf(over.id)).toMatchObject({
      state: "reconnect_needed",
      reconnectReason: "refresh_token_expired",
      accessToken: null,
    });
    expect(cloud.received).toHaveLength(0);
  });
});

describe("a stored token whose key is gone (issue 4, Bad input and failures)", () => {
  const underLostKey = (sealed: string) => `k0.${sealed.split(".")[1]}`;

  test("needs a reconnect, logs the key's name once and changes nothing else; works again if the key comes back", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { id, accessToken, refreshToken } = await makeAccount();
    const lost = { accessToken: underLostKey(accessToken!), refreshToken: underLostKey(refreshToken!) };
    await database.client.account.update({ where: { id }, data: lost });
    const needed = { ok: false, reason: "reconnect_needed", reconnectReason: "key_lost" };
    expect([await get(id), await get(id), await get(id, { force: true })]).toEqual([needed, needed, needed]);
    expect(await rowOf(id)).toMatchObject({
      ...lost,
      state: "reconnect_needed",
      reconnectReason: "key_lost",
      tokenVersion: 1,
      grantedScopes: ["topology.read", "comfort.read"],
    });
    expect(log).toHaveBeenCalledTimes(1);
    expect(log.mock.calls[0]![0]).toContain(`${id}: its tokens need the key k0`);
    expect(cloud.received).toHaveLength(0);
    await database.client.account.update({ where: { id }, data: { accessToken, refreshToken } });
    passSeconds(60);
    expect(await get(id)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toMatchObject({ state: "connected", reconnectReason: null });
  });

  test("renews the access token if only its key is gone", async () => {
    const { id, accessToken } = await makeAccount({ accessTokenExpiresAt: inSeconds(3000) });
    await database.client.account.update({
      where: { id },
      data: { accessToken: underLostKey(accessToken!) },
    });
    expect(await get(id)).toMatchObject({ ok: true, tokenVersion: 2 });
  });

  test("does not wipe an access token without a refresh token, nor report it as revoked", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { id, accessToken } = await makeAccount({
      plainRefreshToken: null,
      accessTokenExpiresAt: inSeconds(3000),
    });
    const lost = underLostKey(accessToken!);
    await database.client.account.update({ where: { id }, data: { accessToken: lost } });
    const needed = { ok: false, reason: "reconnect_needed", reconnectReason: "key_lost" };
    expect([await get(id), await get(id, { force: true })]).toEqual([needed, needed]);
    expect(await rowOf(id)).toMatchObject({
      accessToken: lost,
      state: "reconnect_needed",
      reconnectReason: "key_lost",
    });
  });

  test("does not decrypt a token that was moved to another account", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const [one, other] = [await makeAccount(), await makeAccount()];
    await database.client.account.update({
      where: { id: one.id },
      data: { accessToken: other.accessToken, refreshToken: other.refreshToken },
    });
    expect(await get(one.id)).toMatchObject({ reconnectReason: "key_lost" });
    expect(cloud.received).toHaveLength(0);
  });
});

describe("what happens during a refresh", () => {
  test("the tokens are re-encrypted: stores the new ones anyway", async () => {
    const { id } = await makeAccount();
    const { encrypt } = await import("#lib/crypto/encrypt.ts");
    cloud.next.push({
      rotated: async () => {
        const { providerAccountId } = await rowOf(id);
        const { refreshToken } = await storedOf(id);
        await database.client.account.update({
          where: { id },
          data: { refreshToken: encrypt(refreshToken!, `legrand:${providerAccountId}:refreshToken`) },
        });
      },
    });
    const outcome = await get(id);
    expect(outcome).toMatchObject({ ok: true, tokenVersion: 2 });
    expect(cloud.isAlive((await storedOf(id)).refreshToken!)).toBe(true);
  });

  test("the account is disconnected: returns no tokens, and revokes the new ones like the old ones", async () => {
    const { disconnect } = await import("#lib/connect/disconnecting/disconnect.ts");
    const { id, userId, plainRefreshToken } = await makeAccount();
    let fresh: Record<string, unknown> = {};
    cloud.next.push({
      rotated: async () => {
        await disconnect(makeUserProof({ userId }), id);
      },
      change: (tokens) => {
        fresh = tokens;
        return {};
      },
    });
    expect(await get(id)).toEqual({ ok: false, reason: "disconnected" });
    expect(await rowOf(id)).toMatchObject({
      state: "disconnected",
      accessToken: null,
      refreshToken: null,
      refreshLeaseUntil: null,
    });
    expect(cloud.revoked).toEqual(expect.arrayContaining([plainRefreshToken, fresh.refresh_token]));
    expect(await database.client.pendingRevocation.count()).toBe(0);
    expect((await eventsOf(id)).map(([what]) => what)).toEqual(["disconnected"]);
  });

  test("the user is deleted: revokes the new tokens too", async () => {
    const { id, userId } = await makeAccount();
    cloud.next.push({ rotated: () => database.client.user.delete({ where: { id: userId } }).then(() => {}) });
    expect(await get(id)).toEqual({ ok: false, reason: "disconnected" });
    expect(cloud.revoked).toHaveLength(2);
  });

  test("the user is deleted and reconnects the same Legrand account: does not revoke the late tokens, because they belong to the grant in use", async () => {
    const { id, userId, providerAccountId } = await makeAccount();
    cloud.next.push({
      rotated: async () => {
        await database.client.user.delete({ where: { id: userId } });
        const user = await database.client.user.create({ data: {} });
        await database.client.account.create({
          data: { userId: user.id, type: "oauth", provider: "legrand", providerAccountId },
        });
      },
    });
    expect(await get(id)).toEqual({ ok: false, reason: "disconnected" });
    expect([cloud.revoked, await database.client.pendingRevocation.count()]).toEqual([[], 0]);
  });

  test("the process is asked to stop: waits for the answer and stores it", async () => {
    const { settleRefreshes } = await import("#lib/connect/tokens/refreshes-under-way.ts");
    const { id } = await makeAccount();
    const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    cloud.next.push({
      rotated: () => {
        asked.resolve();
        return released.promise;
      },
    });
    const outcome = get(id);
    await asked.promise;
    const stopped = settleRefreshes(10_000);
    released.resolve();
    await stopped;
    expect(await rowOf(id)).toMatchObject({ tokenVersion: 2, refreshLeaseUntil: null });
    expect(await outcome).toMatchObject({ ok: true });
  });

  test("the account is reconnected: keeps the new connection's tokens, and revokes nothing", async () => {
    const { id, providerAccountId } = await makeAccount();
    const { encrypt } = await import("#lib/crypto/encrypt.ts");
    cloud.next.push({
      rotated: () =>
        database.client.account
          .update({
            where: { id },
            data: {
              accessToken: encrypt("of the new connection", `legrand:${providerAccountId}:accessToken`),
              accessTokenExpiresAt: inSeconds(3600),
              tokenVersion: 2,
              refreshLeaseUntil: null,
            },
          })
          .then(() => {}),
    });
    expect(await get(id)).toMatchObject({ ok: true, accessToken: "of the new connection", tokenVersion: 2 });
    expect(cloud.revoked).toEqual([]);
  });

  test("the database fails when the answer arrives: retries the store, and returns no token before", async () => {
    const { id } = await makeAccount();
    const real = database.client;
    let failures = 2;
    const failing = new Proxy(real, {
      get: (target, name) => {
        if (name === "$transaction" && failures-- > 0)
          return () => Promise.reject(new Error("Can't reach database server"));
        return Reflect.get(target, name) as unknown;
      },
    });
    setDatabase({ client: failing } as Database);
    const outcome = await get(id).finally(() => setDatabase({ client: real } as Database));
    expect(outcome).toMatchObject({ ok: true });
    expect((await storedOf(id)).accessToken).toBe(outcome.ok && outcome.accessToken);
    expect(cloud.received).toHaveLength(1);
  });

  test("retries the store for as long as a database takes to restart", async () => {
    const { TIMINGS: real } = await import("#lib/connect/tokens/timings.ts");
    expect(real.storeAgainMs.reduce((sum, ms) => sum + ms)).toBeGreaterThan(100_000);
  });

  test("the database keeps failing: returns no token and logs it; after the lease, the overlap returns the same tokens", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { id } = await makeAccount();
    const real = database.client;
    setDatabase({
      client: new Proxy(real, {
        get: (target, name) =>
          name === "$transaction"
            ? () => Promise.reject(new Error("Can't reach database server"))
            : (Reflect.get(target, name) as unknown),
      }),
    } as Database);
    await expect(get(id).finally(() => setDatabase({ client: real } as Database))).rejects.toThrow(
      "database server",
    );
    expect(log.mock.calls.map(([line]) => line as string)).toEqual([
      expect.stringContaining(`${id}: its new tokens could not be stored`),
    ]);
    passSeconds(26);
    expect(await get(id)).toMatchObject({ ok: true, tokenVersion: 2 });
    expect(cloud.received).toHaveLength(2);
    expect(cloud.isAlive((await storedOf(id)).refreshToken!)).toBe(true);
  });
});

describe("an interrupted refresh (a lease that was not released)", () => {
  test("is repeated by the first caller after the lease, even if the access token is valid", async () => {
    const { id } = await makeAccount({
      accessTokenExpiresAt: inSeconds(3000),
      refreshLeaseUntil: inSeconds(-1),
    });
    expect(await get(id)).toMatchObject({ ok: true, tokenVersion: 2 });
    expect(cloud.received).toHaveLength(1);
  });

  test("is due at once when the embedded database is opened again, because its owner is gone", async () => {
    const { resumeInterruptedRefreshes } =
      await import("#lib/connect/tokens/resume-interrupted-refreshes.ts");
    const { renewInBackground } = await import("#lib/connect/tokens/renew-in-background.ts");
    await database.client.account.deleteMany();
    const { id } = await makeAccount({
      accessTokenExpiresAt: inSeconds(3000),
      refreshLeaseUntil: inSeconds(20),
    });
    expect(await renewInBackground()).toBe(0);
    await resumeInterruptedRefreshes();
    expect(await renewInBackground()).toBe(1);
    expect(await rowOf(id)).toMatchObject({ tokenVersion: 2, refreshLeaseUntil: null });
  });
});

describe("background renewal", () => {
  let renewInBackground: typeof import("#lib/connect/tokens/renew-in-background.ts").renewInBackground;
  beforeAll(async () => {
    ({ renewInBackground } = await import("#lib/connect/tokens/renew-in-background.ts"));
  });
  beforeEach(() => database.client.account.deleteMany());

  test.each<[string, WantedAccount, number]>([
    [
      "a refresh token that ends within 30 days",
      { refreshTokenExpiresAt: inSeconds(29 * DAY), accessTokenExpiresAt: inSeconds(3000) },
      1,
    ],
    ["one that ends later", { refreshTokenExpiresAt: inSeconds(31 * DAY) }, 0],
    [
      "one that failed and is due again",
      { failedAttempts: 2, trouble: "unreachable", retryAt: inSeconds(-1) },
      1,
    ],
    [
      "one that failed and is not due",
      {
        failedAttempts: 2,
        trouble: "unreachable",
        retryAt: inSeconds(DAY),
        refreshTokenExpiresAt: inSeconds(DAY),
      },
      0,
    ],
    ["a disconnected account", { state: "disconnected", refreshTokenExpiresAt: inSeconds(DAY) }, 0],
    [
      "an account without a refresh token",
      { plainRefreshToken: null, refreshTokenExpiresAt: inSeconds(DAY) },
      0,
    ],
    [
      "one that another process is refreshing",
      { refreshTokenExpiresAt: inSeconds(DAY), refreshLeaseUntil: inSeconds(DAY) },
      0,
    ],
  ])("%s", async (_what, wanted, renewed) => {
    await makeAccount(wanted);
    expect(await renewInBackground()).toBe(renewed);
    expect(cloud.received).toHaveLength(renewed);
    expect(await renewInBackground()).toBe(0);
  });

  test("renews a token that cannot be extended once, and checks it again after its end, so that the person is informed (decision 34)", async () => {
    const { id } = await makeAccount({
      authorizedAt: inSeconds(-DAY),
      refreshTokenExpiresAt: inSeconds(20 * DAY),
    });
    cloud.next.push(
      json({
        access_token: "a",
        token_type: "Bearer",
        refresh_token: "r",
        expires_in: 3600,
        refresh_token_expires_in: 20 * DAY,
      }),
    );
    expect(await renewInBackground()).toBe(1);
    for (let day = 1; day < 20; day++) {
      passSeconds(DAY);
      expect(await renewInBackground()).toBe(0);
    }
    expect(cloud.received).toHaveLength(1);
    passSeconds(DAY + 1);
    cloud.next.push(json({ error: "invalid_grant" }, 400));
    expect(await renewInBackground()).toBe(0);
    expect(await rowOf(id)).toMatchObject({
      state: "reconnect_needed",
      reconnectReason: "refresh_token_expired",
      refreshToken: null,
    });
    expect(await renewInBackground()).toBe(0);
    expect(cloud.received).toHaveLength(2);
  });

  test("renews a token whose end is always near once an hour, and not at each sweep", async () => {
    await makeAccount({ refreshTokenExpiresAt: inSeconds(DAY) });
    for (let sweep = 0; sweep < 12; sweep++) {
      cloud.next.push(
        json({
          access_token: "a",
          token_type: "Bearer",
          refresh_token: "r",
          expires_in: 3600,
          refresh_token_expires_in: DAY,
        }),
      );
      await renewInBackground();
      passSeconds(600);
    }
    expect(cloud.received).toHaveLength(2);
  });

  test("a hundred accounts with a lost key, which stay due for ever, do not block the others", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { userId } = await makeAccount({ refreshTokenExpiresAt: inSeconds(2 * DAY) });
    await database.client.account.createMany({
      data: Array.from({ length: 100 }, () => ({
        userId,
        type: "oauth",
        provider: "legrand",
        providerAccountId: crypto.randomUUID(),
        refreshToken: "k0.gone",
        refreshTokenExpiresAt: inSeconds(DAY),
        state: "reconnect_needed" as const,
        reconnectReason: "key_lost" as const,
        failedAttempts: 9,
        retryAt: inSeconds(-1),
      })),
    });
    expect(await renewInBackground()).toBe(1);
    expect(log).not.toHaveBeenCalled();
  });

  test("sends one batch to a cloud that does not answer, however many accounts are due", async () => {
    await Promise.all(
      Array.from({ length: 10 }, () => makeAccount({ refreshTokenExpiresAt: inSeconds(DAY) })),
    );
    cloud.next.push(...Array.from({ length: 10 }, () => ({ answer: { status: 503, body: "" } })));
    expect(await renewInBackground()).toBe(0);
    expect(cloud.received).toHaveLength(4);
  });

  test("a refusal for one account does not delay the others", async () => {
    await Promise.all(
      Array.from({ length: 6 }, () => makeAccount({ refreshTokenExpiresAt: inSeconds(DAY) })),
    );
    cloud.next.push(json({ error: "invalid_grant" }, 400));
    expect(await renewInBackground()).toBe(5);
  });
});
