import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { epochSeconds, now, secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { isEmbedded, type Transaction } from "#lib/db/client.ts";
import { asReadOnlyRequest } from "#lib/http/read-only-request.ts";
import { checkCall } from "#lib/legrand/smarther/calls.store.ts";
import { DAILY_CALL_LIMIT } from "#lib/legrand/subscriptions/subscription-constants.ts";
import { today } from "#lib/legrand/subscriptions/today.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const SCOPE = "comfort.read";

onEveryDatabase((database) => {
  type TokenFields = {
    scopes?: string[];
    granted?: string[];
    expiresInSeconds?: number;
    state?: "active" | "suspended";
  };

  /** Makes an account with two homes, and an application with a live token for it. */
  async function makeToken({ scopes = ["topology.read", SCOPE], ...fields }: TokenFields = {}) {
    const { granted = scopes, expiresInSeconds = 60, state = "active" } = fields;
    const { id: accountId } = await database.client.legrandAccount.create({
      data: {
        email: `${randomUUID()}@example.com`,
        givenName: "A",
        familyName: "B",
        country: "FR",
        passwordDigest: "",
        plants: { create: ["Zinal", "Arles"].map((name) => ({ name, type: "home" })) },
      },
    });
    const { clientId } = await database.client.application.create({
      data: { name: "Thermo", description: "", vendor: "", url: "", state },
    });
    const grantId = randomUUID();
    await database.client.grant.create({
      data: { id: grantId, accountId, clientId, grantedScopes: granted, rejectedScopes: [] },
    });
    const tokenDigest = digest(randomUUID());
    await database.client.artifact.create({
      data: {
        kind: "AccessToken",
        digest: tokenDigest,
        grantId,
        payload: { accountId, clientId, scope: scopes.join(" "), exp: epochSeconds() + expiresInSeconds },
        expiresAt: secondsFromNow(60),
      },
    });
    return { accountId, clientId, grantId, tokenDigest };
  }

  /** Makes a subscription. Returns its id and the digest of a key. */
  async function makeKey() {
    const keyDigest = digest(randomUUID());
    const { id } = await database.client.subscription.create({
      data: {
        name: "Test",
        primaryDigest: keyDigest,
        primaryCiphertext: "",
        secondaryDigest: digest(randomUUID()),
        secondaryCiphertext: "",
      },
    });
    return { subscriptionId: id, keyDigest };
  }

  async function makeCall(token: TokenFields = {}) {
    const { subscriptionId, keyDigest } = await makeKey();
    const { tokenDigest, ...rest } = await makeToken(token);
    return { ...rest, subscriptionId, sent: { tokenDigest, keyDigest } };
  }

  type Call = Awaited<ReturnType<typeof makeCall>>;

  const countOf = async ({ subscriptionId }: Call) =>
    (await database.client.subscriptionCall.findFirst({ where: { subscriptionId } }))?.calls ?? null;

  const setCount = ({ subscriptionId, accountId }: Call, calls: number) =>
    database.client.subscriptionCall.create({
      data: { subscriptionId, day: today(), endUserId: accountId, calls },
    });

  const useOf = async ({ grantId }: Call) =>
    (await database.client.grant.findUniqueOrThrow({ where: { id: grantId } })).lastUsedAt;

  const setUse = ({ grantId }: Call, secondsAgo: number) =>
    database.client.grant.update({
      where: { id: grantId },
      data: { lastUsedAt: secondsFromNow(-secondsAgo) },
    });

  /** Returns the versions of the rows that a call may write. A write makes another version. */
  const versionsOf = ({ grantId, subscriptionId }: Call) => database.client.$queryRaw`
    SELECT (SELECT ctid::text FROM legrand_grant WHERE id = ${grantId}) AS grant,
      (SELECT ctid::text FROM legrand_subscription_call WHERE subscription_id = ${subscriptionId}::uuid) AS count`;

  test("returns the access, the homes by name and the number of calls", async () => {
    const call = await makeCall({
      scopes: [SCOPE, "topology.read", "light.read"],
      granted: ["topology.read", SCOPE],
    });
    expect(await checkCall(call.sent, SCOPE)).toEqual({
      refusal: null,
      accountId: call.accountId,
      clientId: call.clientId,
      scopes: [SCOPE, "topology.read"],
      activationTime: "without_offset",
      homes: ["Arles", "Zinal"].map((name) => ({
        id: expect.any(String),
        name,
        type: "home",
        country: "FR",
      })),
      isLiveKey: true,
      calls: 1,
      // This token is from before decision 62.
      journey: null,
    });
    expect((await checkCall(call.sent, SCOPE)).calls).toBe(2);
  });

  test("either key of a subscription is live, and both have one quota", async () => {
    const call = await makeCall();
    const secondary = digest(randomUUID());
    await database.client.subscription.update({
      where: { id: call.subscriptionId },
      data: { secondaryDigest: secondary },
    });
    await checkCall(call.sent, SCOPE);
    expect((await checkCall({ ...call.sent, keyDigest: secondary }, SCOPE)).calls).toBe(2);
  });

  test.each<[string, TokenFields, string]>([
    ["an expired token", { expiresInSeconds: 0 }, "invalid_token"],
    ["a suspended application", { state: "suspended" }, "suspended"],
    [
      "a token without the scope",
      { scopes: ["topology.read"], granted: ["topology.read", SCOPE] },
      "insufficient_scope",
    ],
    ["a scope that was taken back", { granted: ["topology.read"] }, "insufficient_scope"],
    ["a token without any scope", { scopes: [] }, "insufficient_scope"],
  ])("refuses %s, and neither counts the call nor records a use", async (_case, token, refusal) => {
    const call = await makeCall(token);
    expect(await checkCall(call.sent, SCOPE)).toMatchObject({
      refusal,
      homes: [],
      isLiveKey: true,
      calls: null,
    });
    expect([await countOf(call), await useOf(call)]).toEqual([null, null]);
  });

  test("refuses an unknown token, no token, and a value of another kind", async () => {
    const call = await makeCall();
    await database.client.artifact.update({
      where: { digest: call.sent.tokenDigest },
      data: { kind: "RefreshToken" },
    });
    for (const tokenDigest of [call.sent.tokenDigest, digest("unknown"), null])
      expect(await checkCall({ ...call.sent, tokenDigest }, SCOPE)).toMatchObject({
        refusal: "invalid_token",
        isLiveKey: true,
        calls: null,
      });
  });

  test("an unknown or missing key counts nothing, and the use of the token is recorded", async () => {
    for (const keyDigest of [digest("unknown"), null]) {
      const call = await makeCall();
      expect(await checkCall({ ...call.sent, keyDigest }, SCOPE)).toMatchObject({
        refusal: null,
        isLiveKey: false,
        calls: null,
        homes: [],
      });
      expect([await countOf(call), await useOf(call)]).toEqual([null, expect.any(Date)]);
    }
  });

  test("counts each of many calls at once, and lets exactly those within the quota through", async () => {
    const call = await makeCall();
    await setCount(call, DAILY_CALL_LIMIT - 5);
    const calls = await Promise.all(Array.from({ length: 20 }, () => checkCall(call.sent, SCOPE)));
    expect(calls.filter((checked) => checked.calls! <= DAILY_CALL_LIMIT)).toHaveLength(5);
    expect(new Set(calls.map((checked) => checked.calls)).size).toBe(6);
  });

  test("a call beyond the quota writes nothing and reads no home", async () => {
    const call = await makeCall();
    await setCount(call, DAILY_CALL_LIMIT);
    await setUse(call, 30);
    const before = await versionsOf(call);
    expect(await checkCall(call.sent, SCOPE)).toMatchObject({ calls: DAILY_CALL_LIMIT + 1, homes: [] });
    expect(await versionsOf(call)).toEqual(before);
  });

  test("records a use once a minute, also among calls at once", async () => {
    const call = await makeCall();
    await setUse(call, 59);
    const [{ grant }] = (await versionsOf(call)) as [{ grant: string }];
    await checkCall(call.sent, SCOPE);
    expect(await versionsOf(call)).toMatchObject([{ grant }]);
    await setUse(call, 61);
    const begin = now().getTime();
    await Promise.all(Array.from({ length: 10 }, () => checkCall(call.sent, SCOPE)));
    const recorded = (await useOf(call))!;
    expect(recorded.getTime()).toBeGreaterThanOrEqual(begin);
    const [noted] = (await versionsOf(call)) as [{ grant: string }];
    await checkCall(call.sent, SCOPE);
    expect(await versionsOf(call)).toMatchObject([{ grant: noted.grant }]);
  });

  test("a HEAD foresees the count, and writes nothing (decision 49)", async () => {
    const call = await makeCall();
    const head = () => asReadOnlyRequest(() => checkCall(call.sent, SCOPE));
    expect([(await head()).calls, (await head()).calls]).toEqual([1, 1]);
    expect([await countOf(call), await useOf(call)]).toEqual([null, null]);
    await setCount(call, DAILY_CALL_LIMIT);
    expect((await head()).calls).toBe(DAILY_CALL_LIMIT + 1);
  });

  test("the commit waits for the disk only in the embedded database, whose kill would lose more (decision 58)", async () => {
    expect(await commitOf(isEmbedded())).toBe(isEmbedded() ? "on" : "off");
    expect(await commitOf(true)).toBe("on");
  });

  /** Returns the setting `synchronous_commit` of a transaction after the function ran in it. */
  const commitOf = (waitsForDisk: boolean) =>
    database.client.$transaction(async (transaction: Transaction) => {
      await transaction.$queryRaw`
        SELECT legrand_api_call(NULL, NULL, ${SCOPE}, ${today()}::date, 1, ${now()}::timestamptz, false, ${waitsForDisk})`;
      const [row] = await transaction.$queryRaw<[{ setting: string }]>`
        SELECT current_setting('synchronous_commit') AS setting`;
      return row.setting;
    });
});
