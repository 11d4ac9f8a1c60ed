import { afterAll, beforeAll, expect, test } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { secondsFromNow } from "#lib/clock.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { setDatabase, type Database } from "#lib/db/client.ts";
import { openEmbedded } from "#lib/db/open.ts";
import { sweepExpiredArtifacts } from "#lib/legrand/authorization-server/sweep.ts";

const HOUR = 60 * 60;
const folder = mkdtempSync(join(tmpdir(), "legrand-connect-unit-"));
let database: Database;

beforeAll(async () => {
  database = await openEmbedded(folder, (_sentence, work) => work());
  setDatabase(database);
}, 180_000);

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const artifact = (expiresInSeconds: number) =>
  ({ digest: randomToken(), kind: "AccessToken" as const, payload: {}, expiresAt: secondsFromNow(expiresInSeconds) });

async function keptOf(artifacts: { digest: string }[]): Promise<boolean[]> {
  const rows = await database.client.artifact.findMany({ where: { digest: { in: artifacts.map(({ digest }) => digest) } } });
  return artifacts.map(({ digest }) => rows.some((row) => row.digest === digest));
}

test("what expired more than a day ago goes; what expired today stays, to say that it is late; what lives stays", async () => {
  const artifacts = [-25 * HOUR, -100 * HOUR, -23 * HOUR, -1, HOUR].map(artifact);
  await database.client.artifact.createMany({ data: artifacts });
  expect(await sweepExpiredArtifacts()).toBe(2);
  expect(await keptOf(artifacts)).toEqual([false, false, true, true, true]);
});

test("more than one batch goes in one sweep, and a second one finds nothing", async () => {
  const old = Array.from({ length: 2_345 }, () => artifact(-48 * HOUR));
  await database.client.artifact.createMany({ data: old });
  expect([await sweepExpiredArtifacts(), await sweepExpiredArtifacts()]).toEqual([2_345, 0]);
});
