import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { openEmbedded, type OpeningStep } from "#lib/db/open.ts";
import { reclaimSpace } from "#lib/db/reclaim-space.ts";
import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { insertExpiredArtifacts } from "#tests/harness/expired-artifacts.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { mountSmallDisk } from "#tests/harness/small-disk.ts";

const step: OpeningStep = (_sentence, work) => work();
const MEGABYTE = 1024 * 1024;

/** Mounts a small disk, or skips the test with a sentence if this user may not mount one. */
function smallDisk(megabytes: number, skip: (sentence: string) => void): string {
  const disk = mountSmallDisk(megabytes);
  if (!disk) skip("This test mounts a small file system, which this user may not.");
  onTestFinished(disk!.unmount);
  return disk!.folder;
}

const freeIn = (folder: string) => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/** Writes a file of another program that leaves this much space. */
const fill = (folder: string, leave = 0) =>
  writeFileSync(join(folder, "fill"), Buffer.alloc(freeIn(folder) - leave));

describe(
  "on a full disk at the start, prints a sentence and leaves nothing behind (issue 10, 19)",
  { timeout: 60_000 },
  () => {
    test("before the secrets are made", ({ skip }) => {
      const disk = smallDisk(1, skip);
      const folder = join(disk, "data");
      fill(disk);
      expect(() => completeSecrets({ NODE_ENV: "production" }, folder, false)).toThrow(
        `The disk is full: ${join(folder, "secrets.json")} could not be written. Make room`,
      );
      expect(readdirSync(disk)).toEqual(["fill"]);
    });

    test("before the database is made", async ({ skip }) => {
      const disk = smallDisk(8, skip);
      await expect(openEmbedded(join(disk, "data"), step)).rejects.toThrow(
        /^The disk is full: .*data has less than 64 MB left.*Make room/,
      );
      expect(readdirSync(disk)).toEqual([]);
    });

    test("before an existing database is opened", async ({ skip }) => {
      const disk = smallDisk(60, skip);
      await putMigratedDatabase(disk);
      const before = readdirSync(disk);
      await expect(openEmbedded(disk, step)).rejects.toThrow(/^The disk is full/);
      expect(readdirSync(disk)).toEqual(before);
    });
  },
);

test(
  "on a disk that fills at run time, reads continue and writes are refused until there is space again (issue 10, 7)",
  { timeout: 60_000 },
  async ({ skip }) => {
    const disk = smallDisk(140, skip);
    const folder = join(disk, "data");
    mkdirSync(folder);
    await putMigratedDatabase(folder);
    const { client, close } = await openEmbedded(folder, step);
    onTestFinished(close);
    const write = () =>
      client.user.create({ data: { name: "Camille" } }).then(
        () => "written",
        (error: Error) => error.message,
      );
    const writeInTransaction = () =>
      client
        .$transaction(async (transaction) => transaction.user.create({ data: { name: "Marco" } }))
        .then(
          () => "written",
          (error: Error) => error.message,
        );
    expect(await write()).toBe("written");
    fill(disk, 32 * MEGABYTE);
    await expect.poll(write).toMatch(/read-only transaction/);
    expect(await writeInTransaction()).toMatch(/read-only transaction/);
    expect(await client.user.findFirst({ where: { name: "Camille" } })).not.toBeNull();
    rmSync(join(disk, "fill"));
    await expect.poll(write).toBe("written");
    expect(await writeInTransaction()).toBe("written");
  },
);

test(
  "on a nearly full disk, vacuums no table before there is space, because a vacuum writes first (issue 10, 4)",
  { timeout: 60_000 },
  async ({ skip }) => {
    const disk = smallDisk(200, skip);
    const folder = join(disk, "data");
    mkdirSync(folder);
    await putMigratedDatabase(folder);
    const { client, embedded, close } = await openEmbedded(folder, step);
    onTestFinished(close);
    await insertExpiredArtifacts(client, 20_000);
    await client.$executeRaw`DELETE FROM legrand_artifact`;
    fill(disk, 32 * MEGABYTE);
    expect(await reclaimSpace(embedded!, folder)).toBe(0);
    rmSync(join(disk, "fill"));
    expect(await reclaimSpace(embedded!, folder)).toBe(1);
  },
);
