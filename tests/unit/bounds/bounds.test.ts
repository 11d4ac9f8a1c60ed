import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { secondsFromNow } from "#lib/clock.ts";
import { recordEvent } from "#lib/connect/account-events/store.ts";
import { userAdapter } from "#lib/connect/users/store.ts";
import { addDrawings, boundUnusedDrawings } from "#lib/legrand/logos/store.ts";
import { MOST_FAILING_ENDPOINTS } from "#lib/legrand/webhooks/notification-constants.ts";
import { countFailure } from "#lib/legrand/webhooks/store.ts";
import { addSignUp, SIGN_UP_BOUNDS } from "#lib/legrand/sign-up/store.ts";
import { makeLinkedAccount } from "#tests/factories/make-linked-account.ts";
import { setEnvironment } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const PERSON = { givenName: "Alix", familyName: "Test", country: "FR" };

setEnvironment({});

/**
 * Tests the rows of the table in decision 32 that do not concern the authorization server (for those, see
 * tests/unit/authorization-server/bounds.test.ts).
 */
onEveryDatabase((database) => {
  const makeApplication = () =>
    database.client.application.create({ data: { name: "Thermo", description: "", vendor: "", url: "" } });
  const signUpFrom = (network: string, bounds = SIGN_UP_BOUNDS) =>
    addSignUp(
      { ...PERSON, email: `${randomUUID()}@example.com`, network },
      randomUUID(),
      secondsFromNow(60 * 60),
      bounds,
    );

  test("keeps the newest pending sign-ups of a network, and the newest of all", async () => {
    const bounds = { ofNetwork: 3, inAll: 5 };
    const count = (network?: string) =>
      database.client.pendingSignUp.count({ where: network ? { network } : {} });
    for (let form = 0; form < 4; form++) await signUpFrom("192.0.2.1", bounds);
    expect(await count("192.0.2.1")).toBe(3);
    for (const network of ["192.0.2.2", "192.0.2.3", "192.0.2.4"]) await signUpFrom(network, bounds);
    expect([await count(), await count("192.0.2.1"), await count("192.0.2.4")]).toEqual([5, 2, 1]);
    await signUpFrom("192.0.2.5");
    expect(await count()).toBe(6);
  });

  test("keeps the most recently failed notification endpoints of an application", async () => {
    const { clientId } = await makeApplication();
    await database.client.notificationFailure.createMany({
      data: Array.from({ length: MOST_FAILING_ENDPOINTS }, (_, n) => ({
        clientId,
        endPointUrl: `https://${n}.example/`,
        failures: 1,
        failedAt: secondsFromNow(n - 1_000),
      })),
    });
    await countFailure({
      id: randomUUID(),
      clientId,
      endPointUrl: "https://new.example/",
      mayBeLocal: false,
      activationTime: "without_offset",
    });
    const urls = (await database.client.notificationFailure.findMany({ where: { clientId } })).map(
      ({ endPointUrl }) => endPointUrl,
    );
    expect([urls.length, urls.includes("https://new.example/"), urls.includes("https://0.example/")]).toEqual(
      [MOST_FAILING_ENDPOINTS, true, false],
    );
  });

  test("keeps the newest 500 entries of an application's history", async () => {
    const [{ clientId }, other] = [await makeApplication(), await makeApplication()];
    const entry = (n: number, of = clientId) => ({
      clientId: of,
      at: secondsFromNow(n),
      who: "Alix",
      what: "resumed",
      detail: { n },
    });
    await database.client.applicationChange.createMany({
      data: [entry(0, other.clientId), ...Array.from({ length: 500 }, (_, n) => entry(n))],
    });
    await database.client.applicationChange.create({ data: entry(500) });
    const kept = await database.client.applicationChange.findMany({
      where: { clientId },
      orderBy: { at: "asc" },
    });
    expect([
      kept.length,
      kept[0]!.detail,
      await database.client.applicationChange.count({ where: { clientId: other.clientId } }),
    ]).toEqual([500, { n: 1 }, 1]);
  });

  test("keeps the newest 1,000 entries of a linked account's history", async () => {
    const { id } = await makeLinkedAccount(database.client);
    const events = Array.from({ length: 1_000 }, (_, n) => ({
      accountId: id,
      at: secondsFromNow(n - 2_000),
      what: "connected",
      by: "person",
      detail: { n },
    }));
    await database.client.linkedAccountEvent.createMany({ data: events });
    await recordEvent(id, { what: "connected", by: "person", detail: { added: [], removed: [] } });
    const [oldest] = await database.client.linkedAccountEvent.findMany({
      where: { accountId: id },
      orderBy: { at: "asc" },
      take: 1,
    });
    expect([
      await database.client.linkedAccountEvent.count({ where: { accountId: id } }),
      oldest!.detail,
    ]).toEqual([1_000, { n: 1 }]);
  });

  test("keeps the newest hundred sessions of a user of Connect", async () => {
    const { userId } = await makeLinkedAccount(database.client);
    await database.client.session.createMany({
      data: Array.from({ length: 100 }, (_, n) => ({
        sessionToken: `${userId} ${n}`,
        userId,
        expires: secondsFromNow(n),
      })),
    });
    await userAdapter().createSession!({
      sessionToken: randomUUID(),
      userId,
      expires: secondsFromNow(1_000),
    });
    expect(await database.client.session.count({ where: { userId } })).toBe(100);
    expect(await database.client.session.count({ where: { sessionToken: `${userId} 0` } })).toBe(0);
  });

  test("keeps the newest unused logos, and every one in use", async () => {
    const digests = ["a", "b", "c", "d"].map((letter) => letter.repeat(64));
    for (const digest of digests)
      await addDrawings(
        digest,
        [64, 128].map((size) => ({ size, content: new Uint8Array([1]) })),
      );
    await database.client.application.create({
      data: {
        name: "",
        description: "",
        vendor: "",
        url: "",
        logoPath: `/legrand/logos/${digests[0]}-128.png`,
      },
    });
    await boundUnusedDrawings(2);
    const kept = await database.client.logo.findMany({ where: { size: 128 }, orderBy: { digest: "asc" } });
    expect(kept.map(({ digest }) => digest[0])).toEqual(["a", "c", "d"]);
  });
});
