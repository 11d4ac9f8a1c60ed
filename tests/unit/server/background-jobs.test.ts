import { expect, test, vi } from "vitest";

import { secondsFromNow } from "#lib/clock.ts";
import { startServices } from "#lib/server/boot/instrument.ts";
import { startBackground, type BackgroundJob } from "#lib/server/jobs/start-background.ts";
import { useEmbeddedDatabase } from "#tests/unit/embedded-database.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

vi.mock("#lib/server/jobs/start-background.ts", () => ({ startBackground: vi.fn() }));
vi.mock("#lib/server/operator/operator-socket.ts", () => ({ openOperatorSocket: vi.fn() }));

const database = useEmbeddedDatabase();

/** Returns the jobs that a start begins. */
async function listJobs(): Promise<BackgroundJob[]> {
  setEnvironment();
  startServices();
  await expect.poll(() => vi.mocked(startBackground).mock.calls.length).toBe(1);
  return vi.mocked(startBackground).mock.calls[0]![0];
}

test("a job that runs every 30 seconds deletes stored refresh responses (decision 32)", async () => {
  const often = (await listJobs()).filter(({ everySeconds = Infinity }) => everySeconds <= 30);
  await database.client.refreshReplay.create({
    data: { digest: "spent", ciphertext: "", successor: "", scope: "", expiresAt: secondsFromNow(-1) },
  });
  for (const { work } of often) await work(AbortSignal.timeout(60_000));
  expect(await database.client.refreshReplay.count()).toBe(0);
});
