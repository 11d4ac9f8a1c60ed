import { randomBytes, randomUUID } from "node:crypto";

import { beforeEach, describe, expect, test } from "vitest";

import { onEveryDatabase } from "#tests/unit/every-database.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

const keyOf = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [K1, K2, OTHER_K1] = [keyOf("k1"), keyOf("k2"), keyOf("k1")];

/** Starts with these keys, the first one first. Returns the error message, or null if the start succeeds. */
async function startWith(...keys: string[]): Promise<string | null> {
  setEnvironment({ TOKEN_ENCRYPTION_KEYS: keys.join(","), DATA_DIR: "/srv/data" });
  const { checkEncryptionKeys } = await import("#lib/server/boot/check-encryption-keys.ts");
  return checkEncryptionKeys().then(
    () => null,
    (error: Error) => error.message,
  );
}

onEveryDatabase((database) => {
  beforeEach(async () => {
    const { encryptionCheck, signingKey, user, subscription } = database.client;
    for (const table of [encryptionCheck, signingKey, user, subscription] as {
      deleteMany: () => Promise<unknown>;
    }[])
      await table.deleteMany();
  });

  const stored = () => database.client.encryptionCheck.findMany();

  describe("a start opens the known value that the first start sealed (issue 10, 7)", () => {
    test("with the same key, also if it follows a new one, and writes the value once", async () => {
      expect(await startWith(K1)).toBeNull();
      const [value] = await stored();
      expect(value!.ciphertext).toMatch(/^k1\./);
      expect([await startWith(K1), await startWith(K2, K1)]).toEqual([null, null]);
      expect(await stored()).toEqual([value]);
    });

    test("names the missing key, and never shows it", async () => {
      await startWith(K1);
      const said = await startWith(K2);
      expect(said).toContain("lacks the key k1");
      expect(said).toContain("It has k2.");
      expect(said).toContain("Restore k1 from your backup: in the environment, or in /srv/data/secrets.json");
      for (const key of [K1, K2]) expect(said).not.toContain(key.slice(3));
    });

    test("reports a key that was replaced by another one with the same name", async () => {
      await startWith(K1);
      expect(await startWith(OTHER_K1)).toContain("The key k1 in TOKEN_ENCRYPTION_KEYS is not the key k1");
      expect(await startWith(K1)).toBeNull();
    });

    test("of several simultaneous first starts with different keys, all but one fail", async () => {
      const [{ keepKnownValue }, { encrypt }] = await Promise.all([
        import("#lib/server/boot/known-value.ts"),
        (setEnvironment({ TOKEN_ENCRYPTION_KEYS: K1 }), import("#lib/crypto/encrypt.ts")),
      ]);
      const values = [encrypt("a", "x"), encrypt("b", "x"), encrypt("c", "x")];
      const kept = await Promise.all(values.map(keepKnownValue));
      expect(new Set(kept).size).toBe(1);
      expect(values).toContain(kept[0]);
      expect(await stored()).toHaveLength(1);
    });

    test("after a rotation, the old key can be removed and the new one cannot", async () => {
      await startWith(K1);
      await startWith(K2, K1);
      const { reencryptEverything } = await import("#lib/server/operator/reencrypt.ts");
      expect((await reencryptEverything(() => {})).at(-1)).toMatchObject({
        what: "Known value",
        reencrypted: 1,
      });
      expect(await startWith(K2)).toBeNull();
      expect(await startWith(K1)).toContain("lacks the key k2");
    });
  });

  describe("a database of an earlier version has ciphertexts but no known value", () => {
    /** Returns a ciphertext as an earlier version stored it. */
    async function sealed(context: string): Promise<string> {
      setEnvironment({ TOKEN_ENCRYPTION_KEYS: K1 });
      return (await import("#lib/crypto/encrypt.ts")).encrypt("{}", context);
    }

    const MAKE: [string, () => Promise<unknown>][] = [
      [
        "a signing key",
        async () =>
          database.client.signingKey.create({
            data: { kid: "kid", ciphertext: await sealed("signing-key:kid") },
          }),
      ],
      [
        "a subscription",
        async () => {
          const id = randomUUID();
          return database.client.subscription.create({
            data: {
              id,
              name: "s",
              primaryDigest: randomUUID(),
              secondaryDigest: randomUUID(),
              primaryCiphertext: await sealed(`subscription:${id}:primary`),
              secondaryCiphertext: await sealed(`subscription:${id}:secondary`),
            },
          });
        },
      ],
      [
        "a linked account",
        async () =>
          database.client.account.create({
            data: {
              userId: (await database.client.user.create({ data: {} })).id,
              type: "oauth",
              provider: "legrand",
              providerAccountId: "p",
              refreshToken: await sealed("legrand:p:refreshToken"),
            },
          }),
      ],
    ];

    test.each(MAKE)("with %s: only its key may seal a value", async (_title, make) => {
      await make();
      expect(await startWith(K2)).toContain("lacks the key k1");
      expect(await startWith(OTHER_K1)).toContain("is not the key k1");
      expect(await stored()).toEqual([]);
      expect(await startWith(K1)).toBeNull();
      expect(await stored()).toHaveLength(1);
    });
  });
});
