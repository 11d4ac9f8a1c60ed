import { expect, test } from "vitest";

import { epochSeconds, now, secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { fetchAnswerAgain, keepAnswer } from "#lib/legrand/authorization-server/refresh-replay.ts";
import { findReplay, writeArtifacts } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { newRequestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { findGrant, recordConsent, revokeGrant } from "#lib/legrand/grants/store.ts";
import { useEmbeddedDatabase } from "#tests/unit/embedded-database.ts";
import { setEnvironment } from "#tests/unit/environment.ts";
import { toAccountId, toClientId } from "#tests/factories/make-proofs.ts";

setEnvironment({});
const database = useEmbeddedDatabase();
const artifact = (token: string, grantId: string) => ({
  kind: "RefreshToken" as const,
  digest: digest(token),
  payload: {},
  grantId,
  uid: null,
  expiresAt: secondsFromNow(60),
});

/** Prepares a refresh: the spent token, the new token, the grant, and `write`, which stores it. */
async function refreshed(answer: Record<string, unknown> = {}) {
  const account = await database.client.legrandAccount.create({
    data: {
      email: `${randomToken()}@example.com`,
      givenName: "A",
      familyName: "B",
      country: "FR",
      passwordDigest: "",
    },
  });
  const application = await database.client.application.create({
    data: { name: "Thermo", description: "", vendor: "", url: "" },
  });
  const pair = [toAccountId(account.id), toClientId(application.clientId)] as const;
  await recordConsent(...pair, ["topology.read"], []);
  const { id } = (await findGrant(...pair))!;
  const [spent, bought] = [randomToken(), randomToken()];
  const parameters = new URLSearchParams({ refresh_token: spent });
  await database.client.artifact.create({ data: artifact(spent, id) });
  const replay = keepAnswer(
    parameters,
    { refresh_token: bought, expires_in: 3600, expires_on: epochSeconds() + 3600, ...answer },
    30,
  );
  const writes = { ...newRequestScope().writes, saved: [artifact(bought, id)], spent: [digest(spent)] };
  return { id, spent, bought, parameters, write: () => writeArtifacts(writes, null, replay) };
}

test("ten simultaneous replays of a refresh all get its answer (decision 18)", async () => {
  const { parameters, bought, write } = await refreshed();
  expect(await write()).toBe(true);
  const answers = await Promise.all(Array.from({ length: 10 }, () => fetchAnswerAgain(parameters)));
  expect(answers).toMatchObject(Array.from({ length: 10 }, () => ({ refresh_token: bought })));
});

test("a replayed answer has the remaining seconds of both tokens; one stored without the refresh token's seconds has none", async () => {
  for (const end of [{ refresh_token_expires_in: 1000 }, {}]) {
    const { parameters, write } = await refreshed({ expires_on: epochSeconds() + 3590, ...end });
    await write();
    const again = (await fetchAnswerAgain(parameters))!;
    expect(again.expires_in).toBeLessThanOrEqual(3590);
    expect(again.refresh_token_expires_in).toBe(
      "refresh_token_expires_in" in end ? 1000 - (3600 - again.expires_in) : undefined,
    );
  }
});

test("stores no replay if the refresh itself lost the race", async () => {
  const { write, spent } = await refreshed();
  await write();
  await database.client.refreshReplay.deleteMany({ where: { digest: digest(spent) } });
  expect(await write()).toBe(false);
  expect(await database.client.refreshReplay.count({ where: { digest: digest(spent) } })).toBe(0);
});

test.each([
  [
    "the new refresh token was used: the answer had arrived",
    ({ bought }: { bought: string; id: string }) =>
      database.client.artifact.update({ where: { digest: digest(bought) }, data: { consumedAt: now() } }),
  ],
  ["the grant was revoked", ({ id }: { bought: string; id: string }) => revokeGrant(id)],
])("replays nothing once %s", async (_case, happen) => {
  const refresh = await refreshed();
  await refresh.write();
  await happen(refresh);
  expect(await fetchAnswerAgain(refresh.parameters)).toBeNull();
});

test("replays nothing after the replay window, nor for another scope", async () => {
  const { spent, write } = await refreshed();
  await write();
  expect(await findReplay(digest(spent), "", secondsFromNow(31))).toBeNull();
  expect(await findReplay(digest(spent), "topology.read", now())).toBeNull();
  expect(await findReplay(digest(spent), "", secondsFromNow(29))).not.toBeNull();
});
