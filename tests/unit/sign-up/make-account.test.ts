import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { secondsFromNow } from "#lib/clock.ts";
import { addSignUp, findSignUp, makeAccount } from "#lib/legrand/sign-up/store.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const PERSON = { givenName: "Inês", familyName: "Duarte", country: "PT" };

async function beginSignUp(
  email = `${randomUUID()}@example.com`,
): Promise<{ email: string; digest: string }> {
  const digest = randomUUID();
  await addSignUp({ email, ...PERSON, network: "192.0.2.1" }, digest, secondsFromNow(60));
  return { email, digest };
}

onEveryDatabase((database) => {
  const passwordOf = async (email: string) =>
    (await database.client.legrandAccount.findUnique({ where: { email } }))?.passwordDigest;

  describe("the account of a sign-up", () => {
    test("has the name and the password sent with the confirmation, and is created once", async () => {
      const { email, digest } = await beginSignUp();
      const made = await Promise.all(
        ["one", "two", "three"].map((password) =>
          makeAccount(digest, { ...PERSON, givenName: password }, password),
        ),
      );
      const winner = made.findIndex((one) => one?.accountId);
      expect(made.filter((one) => one?.accountId)).toHaveLength(1);
      expect(made.filter((one) => one?.accountId === null)).toHaveLength(2);
      expect(await database.client.legrandAccount.findUnique({ where: { email } })).toMatchObject({
        id: made[winner]!.accountId,
        givenName: ["one", "two", "three"][winner],
      });
      expect(await passwordOf(email)).toBe(["one", "two", "three"][winner]);
      expect(await findSignUp(digest)).toMatchObject({ email, isConfirmed: true });
    });

    test("is created once for two sign-ups with one address", async () => {
      const { email, digest: one } = await beginSignUp();
      const { digest: other } = await beginSignUp(email);
      const made = await Promise.all([one, other].map((digest) => makeAccount(digest, PERSON, digest)));
      expect(made.filter((row) => row?.accountId)).toHaveLength(1);
      expect([one, other]).toContain(await passwordOf(email));
    });

    test("is not created for an expired or unknown sign-up", async () => {
      const { email, digest } = await beginSignUp();
      await database.client.pendingSignUp.update({
        where: { digest },
        data: { expiresAt: secondsFromNow(-1) },
      });
      expect([
        await makeAccount(digest, PERSON, "x"),
        await makeAccount("unknown", PERSON, "x"),
        await findSignUp(digest),
      ]).toEqual([null, null, null]);
      expect(await passwordOf(email)).toBeUndefined();
    });
  });

  test("the migration removes the password from the sign-ups of the former version (decision 31)", async () => {
    const { digest } = await beginSignUp();
    await database.client.pendingSignUp.update({
      where: { digest },
      data: { passwordDigest: "chosen by a stranger" },
    });
    const [file] = globSync("prisma/migrations/*_sign_ups_without_a_password/migration.sql");
    for (const statement of readFileSync(file!, "utf8")
      .split(";")
      .filter((part) => /\w/.test(part.replace(/^--.*$/gm, ""))))
      // The statement comes from the migration.
      await database.client.$executeRawUnsafe(statement);
    expect(await database.client.pendingSignUp.findUnique({ where: { digest } })).toMatchObject({
      passwordDigest: null,
    });
  });
});
