import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { LogSync } from "#lib/db/log-sync.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";

/** Creates a log file that can be synced. */
function segment(name = "000000010000000000000001"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, "log");
  return path;
}

/** A device cannot be synced: the system returns EINVAL (fsync(2)). */
const BROKEN = "/dev/null";

test("commits that wait during a sync share the next sync (group commit)", async () => {
  const [log, path] = [new LogSync(), segment()];
  log.request(path);
  const first = log.finish();
  log.request(path);
  const [second, third] = [log.finish(), log.finish()];
  expect(second).not.toBe(first);
  expect(third).toBe(second);
  await Promise.all([first, second]);
  await log.close();
});

test("a statement that wrote nothing waits for the running sync, because it may have read data that is not on the disk yet", async () => {
  const log = new LogSync();
  log.request(segment());
  const running = log.finish();
  expect(log.finish()).toBe(running);
  await running;
  await log.close();
});

test("syncs and closes consecutive log files", async () => {
  const log = new LogSync();
  for (const name of ["000000010000000000000001", "000000010000000000000002"]) log.request(segment(name));
  await log.finish();
  log.request(segment("000000010000000000000003"));
  log.finishNow();
  await log.close();
  await expect(log.finish()).resolves.toBeUndefined();
});

test.skipIf(process.platform !== "linux")(
  "acknowledges nothing after a failed sync (SQLSTATE 58030)",
  async () => {
    const log = new LogSync();
    log.request(BROKEN);
    await expect(log.finish()).rejects.toMatchObject({ code: "58030" });
    log.request(segment());
    await expect(log.finish()).rejects.toMatchObject({ code: "58030" });
    expect(() => {
      log.check();
    }).toThrow(/could not write its log/);
    await log.close();
  },
);

test.skipIf(process.platform !== "linux")(
  "a sync that PostgreSQL waits for, to keep its order of writes, reports the system's error to PostgreSQL",
  () => {
    const log = new LogSync();
    log.request(BROKEN);
    expect(() => {
      log.finishNow();
    }).toThrow(expect.objectContaining({ code: "EINVAL" }) as Error);
    expect(() => {
      log.check();
    }).toThrow(/could not write its log/);
  },
);
