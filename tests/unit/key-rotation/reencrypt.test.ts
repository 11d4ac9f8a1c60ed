import { randomBytes, randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { RotationProgress, RotationTally } from "#lib/db/reencrypt-table.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

const KEYS = Object.fromEntries(
  ["k1", "k2"].map((id) => [id, `${id}:${randomBytes(32).toString("base64")}`]),
);

/** Loads the application as a process that was started with these keys, the first one first. */
async function withKeys(...ids: string[]) {
  setEnvironment({ TOKEN_ENCRYPTION_KEYS: ids.map((id) => KEYS[id]).join(",") });
  const [{ encrypt, decrypt }, { reencryptEverything }, { summarise }] = await Promise.all([
    import("#lib/crypto/encrypt.ts"),
    import("#lib/server/operator/reencrypt.ts"),
    import("#lib/server/operator/rotation-report.ts"),
  ]);
  return { encrypt, decrypt, reencryptEverything, summarise };
}

const total = (tallies: RotationTally[]) => ({
  reencrypted: tallies.reduce((sum, tally) => sum + tally.reencrypted, 0),
  current: tallies.reduce((sum, tally) => sum + tally.current, 0),
  unreadable: Object.assign({}, ...tallies.map((tally) => tally.unreadable)) as Record<string, number>,
});

const quiet = () => {};

onEveryDatabase((database) => {
  const wipe = async () => {
    const { user, pendingRevocation, subscription, signingKey, encryptionCheck } = database.client;
    for (const table of [user, pendingRevocation, subscription, signingKey, encryptionCheck] as {
      deleteMany: () => Promise<unknown>;
    }[])
      await table.deleteMany();
  };
  beforeEach(wipe);
  afterEach(wipe);

  const context = (id: string, column: string) => `legrand:${id}:${column}`;

  /** Creates `count` linked accounts, encrypted under the first key of that process. */
  async function makeAccounts(
    count: number,
    { encrypt }: { encrypt: (text: string, context: string) => string },
  ) {
    const user = await database.client.user.create({ data: {} });
    const ids = Array.from({ length: count }, () => randomUUID());
    await database.client.account.createMany({
      data: ids.map((id) => ({
        userId: user.id,
        type: "oidc",
        provider: "legrand",
        providerAccountId: id,
        tokenVersion: 1,
        accessToken: encrypt(`at-${id}`, context(id, "accessToken")),
        refreshToken: encrypt(`rt-${id}`, context(id, "refreshToken")),
      })),
    });
    return ids;
  }

  /** Returns the plaintexts of all linked accounts. Throws if one cannot be decrypted. */
  async function readAccounts({ decrypt }: { decrypt: (text: string, context: string) => string }) {
    const rows = await database.client.account.findMany();
    return new Map(
      rows.map((row) => [
        row.providerAccountId,
        {
          access: decrypt(row.accessToken!, context(row.providerAccountId, "accessToken")),
          refresh: decrypt(row.refreshToken!, context(row.providerAccountId, "refreshToken")),
          version: row.tokenVersion,
        },
      ]),
    );
  }

  test("re-encrypts every ciphertext of both parties under the first key; a second run finds nothing, and the old key can go (issue 4, In Connect 8)", async () => {
    const before = await withKeys("k1");
    const ids = await makeAccounts(3, before);
    const [pendingId, subscriptionId] = [randomUUID(), randomUUID()];
    await database.client.pendingRevocation.create({
      data: {
        id: pendingId,
        ownerDigest: "",
        accessToken: null,
        refreshToken: before.encrypt("rt", `pending-revocation:${pendingId}:refreshToken`),
        retryAt: new Date(),
        expiresAt: new Date(),
      },
    });
    await database.client.subscription.create({
      data: {
        id: subscriptionId,
        name: "s",
        primaryDigest: randomUUID(),
        secondaryDigest: randomUUID(),
        primaryCiphertext: before.encrypt("one", `subscription:${subscriptionId}:primary`),
        secondaryCiphertext: before.encrypt("two", `subscription:${subscriptionId}:secondary`),
      },
    });
    await database.client.signingKey.create({
      data: { kid: "kid", ciphertext: before.encrypt("{}", "signing-key:kid") },
    });
    await database.client.encryptionCheck.create({
      data: { id: "known value", ciphertext: before.encrypt("known", "encryption-check:known value") },
    });

    const during = await withKeys("k2", "k1");
    const said: RotationProgress[] = [];
    expect(total(await during.reencryptEverything((progress) => said.push(progress)))).toEqual({
      reencrypted: 11,
      current: 0,
      unreadable: {},
    });
    expect(new Set(said.map(({ what }) => what)).size).toBe(5);
    expect(said.filter(({ done, total: all }) => done === all).map(({ done }) => done)).toEqual([
      3, 1, 1, 1, 1,
    ]);
    expect(total(await during.reencryptEverything(quiet))).toEqual({
      reencrypted: 0,
      current: 11,
      unreadable: {},
    });

    const after = await withKeys("k2");
    const read = await readAccounts(after);
    expect(ids.map((id) => read.get(id))).toEqual(
      ids.map((id) => ({ access: `at-${id}`, refresh: `rt-${id}`, version: 1 })),
    );
    const subscription = await database.client.subscription.findUniqueOrThrow({
      where: { id: subscriptionId },
    });
    expect(after.decrypt(subscription.secondaryCiphertext, `subscription:${subscriptionId}:secondary`)).toBe(
      "two",
    );
    expect(
      after.decrypt((await database.client.signingKey.findFirstOrThrow()).ciphertext, "signing-key:kid"),
    ).toBe("{}");
    expect(
      after.decrypt(
        (await database.client.encryptionCheck.findFirstOrThrow()).ciphertext,
        "encryption-check:known value",
      ),
    ).toBe("known");
    expect(
      after.decrypt(
        (await database.client.pendingRevocation.findFirstOrThrow()).refreshToken!,
        `pending-revocation:${pendingId}:refreshToken`,
      ),
    ).toBe("rt");
  });

  test("during refreshes and reads, keeps what a refresh stored, and no reader meets an unreadable value", async () => {
    const ids = await makeAccounts(250, await withKeys("k1"));
    const during = await withKeys("k2", "k1");
    let isDone = false as boolean;
    const refreshed = new Map<string, number>();
    const refreshing = (async () => {
      for (let round = 2; !isDone; round++) {
        const id = ids[(round * 37) % ids.length]!;
        await database.client.account.updateMany({
          where: { providerAccountId: id },
          data: {
            accessToken: during.encrypt(`at-${id}-${round}`, context(id, "accessToken")),
            refreshToken: during.encrypt(`rt-${id}-${round}`, context(id, "refreshToken")),
            tokenVersion: round,
          },
        });
        refreshed.set(id, round);
      }
    })();
    const reading = (async () => {
      while (!isDone) await readAccounts(during);
    })();
    const counts = total(await during.reencryptEverything(quiet));
    isDone = true;
    await Promise.all([refreshing, reading]);
    expect(counts.unreadable).toEqual({});
    expect(counts.reencrypted + counts.current).toBe(500);
    const read = await readAccounts(await withKeys("k2"));
    for (const [id, round] of refreshed)
      expect(read.get(id)).toEqual({
        access: `at-${id}-${round}`,
        refresh: `rt-${id}-${round}`,
        version: round,
      });
    expect(refreshed.size).toBeGreaterThan(0);
  });

  test("after a stop halfway everything is readable, and the next run does the rest", async () => {
    const ids = await makeAccounts(250, await withKeys("k1"));
    const during = await withKeys("k2", "k1");
    const stopping = during.reencryptEverything(({ done }) => {
      if (done >= 200) throw new Error("stopped");
    });
    await expect(stopping).rejects.toThrow("stopped");
    expect((await readAccounts(during)).size).toBe(250);
    expect(total(await during.reencryptEverything(quiet))).toEqual({
      reencrypted: 100,
      current: 400,
      unreadable: {},
    });
    expect([...(await readAccounts(await withKeys("k2"))).keys()].sort()).toEqual([...ids].sort());
  });

  describe("an unreadable value", () => {
    test("is left as it is and listed by the name of its key; the other token of that row is re-encrypted", async () => {
      const before = await withKeys("k1");
      const [id] = await makeAccounts(1, before);
      await database.client.account.updateMany({ data: { accessToken: "k0.gone" } });
      const during = await withKeys("k2", "k1");
      const tallies = await during.reencryptEverything(quiet);
      expect(total(tallies)).toEqual({ reencrypted: 1, current: 0, unreadable: { k0: 1 } });
      const row = await database.client.account.findFirstOrThrow({ where: { providerAccountId: id! } });
      expect([row.accessToken, row.refreshToken!.split(".")[0]]).toEqual(["k0.gone", "k2"]);
      expect(during.summarise(tallies, ["k2", "k1"])).toEqual({
        isComplete: false,
        lines: [
          "1 re-encrypted under k2, 0 already under it.",
          "Unreadable and not changed: their key is not in TOKEN_ENCRYPTION_KEYS, or they were altered.",
          "  Tokens of linked accounts: 1 under the key k0",
          "No readable value needs k1 any longer: remove it from TOKEN_ENCRYPTION_KEYS and start the server again.",
        ],
      });
    });

    test("stays unreadable if it was moved from another row", async () => {
      const before = await withKeys("k1");
      await makeAccounts(1, before);
      await database.client.account.updateMany({
        data: { accessToken: before.encrypt("at", context("another", "accessToken")) },
      });
      const during = await withKeys("k2", "k1");
      expect(total(await during.reencryptEverything(quiet)).unreadable).toEqual({ k1: 1 });
    });
  });
});
