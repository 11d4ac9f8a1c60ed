import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { now, secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { isEmbedded } from "#lib/db/client.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import { recordApplicationUse } from "#lib/legrand/applications/store.ts";
import { writeArtifacts } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { newRequestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { setGrantUse } from "#lib/legrand/grants/store.ts";
import { toClientId } from "#tests/factories/make-proofs.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const SECRET = digest("a client secret");

onEveryDatabase((database) => {
  /** Makes a grant of an application with one secret, each with a use that is that old. */
  async function makeGrant(secondsSinceUse: number | null) {
    const lastUsedAt = secondsSinceUse === null ? null : secondsFromNow(-secondsSinceUse);
    const application = await database.client.application.create({
      data: {
        name: "Thermo",
        description: "",
        vendor: "",
        url: "",
        lastUsedAt,
        clientSecrets: {
          create: {
            secretDigest: SECRET,
            lastCharacters: "cret",
            label: "",
            expiresAt: secondsFromNow(60),
            lastUsedAt,
          },
        },
        grants: {
          create: {
            id: randomUUID(),
            grantedScopes: [],
            rejectedScopes: [],
            lastUsedAt,
            account: {
              create: {
                email: `${randomUUID()}@example.com`,
                givenName: "A",
                familyName: "B",
                country: "FR",
                passwordDigest: "",
              },
            },
          },
        },
      },
      select: { clientId: true, grants: true },
    });
    return { grantId: application.grants[0]!.id, clientId: toClientId(application.clientId) };
  }

  type Made = { grantId: string; clientId: ClientId };

  /** Saves an access token of the grant, and records the uses of the grant and of the client. */
  const commit = ({ grantId, clientId }: Made, spent: string[] = []) =>
    writeArtifacts(
      {
        ...newRequestScope().writes,
        spent,
        saved: [
          {
            kind: "AccessToken",
            digest: digest(randomUUID()),
            payload: {},
            grantId,
            uid: null,
            expiresAt: secondsFromNow(60),
          },
        ],
      },
      null,
      null,
      { grantId, client: { clientId, secretDigest: SECRET } },
    );

  /** Returns how many seconds ago grant, application and secret were used; null for never. */
  async function agesOf({ grantId, clientId }: Made): Promise<(number | null)[]> {
    const rows = [
      await database.client.grant.findUniqueOrThrow({ where: { id: grantId } }),
      await database.client.application.findUniqueOrThrow({ where: { clientId } }),
      await database.client.clientSecret.findFirstOrThrow({ where: { clientId } }),
    ];
    return rows.map(
      ({ lastUsedAt }) => lastUsedAt && Math.round((now().getTime() - lastUsedAt.getTime()) / 10_000) * 10,
    );
  }

  test("a commit records the use of the grant, of the application and of its secret", async () => {
    for (const age of [null, 61]) {
      const made = await makeGrant(age);
      expect(await commit(made)).toBe(true);
      expect(await agesOf(made)).toEqual([0, 0, 0]);
    }
  });

  test("a use less than a minute after the recorded one is not written", async () => {
    const made = await makeGrant(40);
    await commit(made);
    await recordApplicationUse(made.clientId, SECRET, now());
    await setGrantUse(made.grantId, now());
    expect(await agesOf(made)).toEqual([40, 40, 40]);
  });

  test("only the secret that was sent has a new use", async () => {
    const made = await makeGrant(null);
    await recordApplicationUse(made.clientId, digest("another secret"), now());
    expect(await agesOf(made)).toEqual([null, 0, null]);
  });

  test("a commit that is refused still records that the client was used", async () => {
    const made = await makeGrant(null);
    expect(await commit(made, [digest("a token that was spent before")])).toBe(false);
    expect((await agesOf(made)).slice(1)).toEqual([0, 0]);
  });

  test("many refreshes of one grant at once do not wait for each other in a circle", async () => {
    const made = await makeGrant(3600);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => commit(made)));
    expect(outcomes).toEqual(outcomes.map(() => true));
    expect(await agesOf(made)).toEqual([0, 0, 0]);
  });

  test("an application that another transaction holds is skipped, so that no commit waits for it", async () => {
    // The embedded database has one connection, so no statement meets an open transaction.
    if (isEmbedded()) return;
    const made = await makeGrant(3600);
    await database.client.$transaction(async (transaction) => {
      await transaction.$queryRaw`SELECT 1 AS held FROM legrand_application WHERE client_id = ${made.clientId}::uuid FOR UPDATE`;
      expect(await commit(made)).toBe(true);
    });
    expect(await agesOf(made)).toEqual([0, 3600, 0]);
    await commit(made);
    expect(await agesOf(made)).toEqual([0, 0, 0]);
  });
});
