import { randomUUID } from "node:crypto";

import { expect, onTestFinished, test, vi } from "vitest";

import { secondsFromNow } from "#lib/clock.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import {
  sweepExpiredArtifacts,
  sweepExpiredReplays,
} from "#lib/legrand/authorization-server/expired-artifacts.store.ts";
import { useEmbeddedDatabase } from "#tests/unit/embedded-database.ts";

const HOUR = 60 * 60;
const database = useEmbeddedDatabase();

const artifact = (expiresInSeconds: number) => ({
  digest: randomToken(),
  kind: "AccessToken" as const,
  payload: {},
  expiresAt: secondsFromNow(expiresInSeconds),
});

async function keptOf(artifacts: { digest: string }[]): Promise<boolean[]> {
  const rows = await database.client.artifact.findMany({
    where: { digest: { in: artifacts.map(({ digest }) => digest) } },
  });
  return artifacts.map(({ digest }) => rows.some((row) => row.digest === digest));
}

test("deletes what expired more than a day ago; keeps what expired today, to report it as late, and what is alive", async () => {
  const artifacts = [-25 * HOUR, -100 * HOUR, -23 * HOUR, -1, HOUR].map(artifact);
  await database.client.artifact.createMany({ data: artifacts });
  expect(await sweepExpiredArtifacts()).toBe(2);
  expect(await keptOf(artifacts)).toEqual([false, false, true, true, true]);
});

test("deletes an unanswered interaction without an account at its end; keeps an answered or signed-in one for the day", async () => {
  const interaction = (
    expiresInSeconds: number,
    columns: { network?: string; accountId?: string; consumedAt?: Date },
  ) => ({ ...artifact(expiresInSeconds), kind: "Interaction" as const, ...columns });
  const interactions = [
    interaction(-1, { network: "192.0.2.1" }),
    interaction(60, { network: "192.0.2.1" }),
    interaction(-1, { network: "192.0.2.1", consumedAt: secondsFromNow(-HOUR) }),
    interaction(-1, { accountId: randomUUID() }),
    interaction(-25 * HOUR, { accountId: randomUUID() }),
  ];
  await database.client.artifact.createMany({ data: interactions });
  expect(await sweepExpiredArtifacts()).toBe(2);
  expect(await keptOf(interactions)).toEqual([false, true, true, true, false]);
});

test("one sweep deletes more than one batch, and a second one finds nothing", async () => {
  const old = Array.from({ length: 2_345 }, () => artifact(-48 * HOUR));
  await database.client.artifact.createMany({ data: old });
  expect([await sweepExpiredArtifacts(), await sweepExpiredArtifacts()]).toEqual([2_345, 0]);
});

const replay = (expiresInSeconds: number) => ({
  digest: randomToken(),
  ciphertext: "",
  successor: "",
  scope: "",
  expiresAt: secondsFromNow(expiresInSeconds),
});

test("keeps a stored refresh response until its time is over, and not longer (decision 18)", async () => {
  const [over, kept] = [replay(-1), replay(20)];
  await database.client.refreshReplay.createMany({ data: [over, kept] });
  expect(await sweepExpiredReplays()).toBe(1);
  expect(await database.client.refreshReplay.findMany({ select: { digest: true } })).toEqual([
    { digest: kept.digest },
  ]);
});

test("deletes stored refresh responses in batches of a thousand, so that no request waits for all of them", async () => {
  await database.client.refreshReplay.createMany({ data: Array.from({ length: 2_345 }, () => replay(-1)) });
  const execute = vi.spyOn(database.client, "$executeRaw");
  onTestFinished(() => execute.mockRestore());
  expect(await sweepExpiredReplays()).toBe(2_345);
  expect(await Promise.all(execute.mock.results.map(({ value }) => value as unknown))).toEqual([
    1_000, 1_000, 345,
  ]);
});
