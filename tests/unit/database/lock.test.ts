import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

import { describe, expect, test } from "vitest";

import { DataFolderInUseError, lockDataFolder, withFileLock } from "#lib/db/lock.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";

/** Higher than any pid that a system assigns. */
const GONE = 2 ** 31 - 2;
const NONCE = "0123456789ab";
const lockOf = (folder: string) => join(folder, "lock");
const claimsIn = (folder: string) => readdirSync(lockOf(folder));

/** True if the system reports when a process started (Linux). */
const tellsStart = existsSync("/proc/self/stat");

/** Creates a data folder with a lock that another process holds or left behind. */
function withClaim(name: string): string {
  const folder = temporaryFolder();
  mkdirSync(lockOf(folder));
  writeFileSync(join(lockOf(folder), name), "");
  return folder;
}

/** Creates a data folder with the lock of an earlier version, which was a file. */
function withFormerLock(text: string): string {
  const folder = temporaryFolder();
  writeFileSync(lockOf(folder), text);
  return folder;
}

describe("only one process uses the embedded folder (STACK.md: two of them lose committed rows)", () => {
  test("refuses a folder that a live process holds, with its pid and what to do", () => {
    const folder = temporaryFolder();
    lockDataFolder(folder);
    const error = (() => {
      try {
        lockDataFolder(folder);
      } catch (reason) {
        return reason;
      }
    })();
    expect(error).toBeInstanceOf(DataFolderInUseError);
    expect((error as DataFolderInUseError).pid).toBe(process.pid);
    expect((error as DataFolderInUseError).message).toMatch(
      new RegExp(`process ${process.pid}.*DATA_DIR=.*DATABASE_URL`),
    );
  });

  test("a refusal leaves the holder's lock unchanged and adds no file", () => {
    const folder = temporaryFolder();
    lockDataFolder(folder);
    const before = claimsIn(folder);
    expect(before).toEqual([expect.stringMatching(new RegExp(`^${process.pid}-`))]);
    expect(() => lockDataFolder(folder)).toThrow(DataFolderInUseError);
    expect([claimsIn(folder), readdirSync(folder)]).toEqual([before, ["lock"]]);
  });

  test("can be acquired again after its release", () => {
    const folder = temporaryFolder();
    lockDataFolder(folder)();
    expect(readdirSync(folder)).toEqual([]);
    lockDataFolder(folder)();
  });

  test.skipIf(!tellsStart)(
    "a live process with the pid of the dead holder does not count as the holder (a restarted container)",
    () => {
      const folder = withClaim(`${process.pid}-1-${NONCE}`);
      lockDataFolder(folder);
      expect(claimsIn(folder)).toEqual([expect.not.stringContaining(NONCE)]);
    },
  );

  test("a live holder without a known start keeps its lock (systems other than Linux)", () => {
    const folder = withClaim(`${process.ppid}--${NONCE}`);
    expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ pid: process.ppid }));
    expect(claimsIn(folder)).toEqual([`${process.ppid}--${NONCE}`]);
  });

  test("a late release, after another process took over, removes nothing", () => {
    const folder = temporaryFolder();
    const release = lockDataFolder(folder);
    writeFileSync(join(lockOf(folder), `${GONE}-4711-${NONCE}`), "");
    release();
    expect(claimsIn(folder)).toEqual([`${GONE}-4711-${NONCE}`]);
  });
});

describe("takes over a lock that a killed process left", () => {
  test("with its claim", () => {
    const folder = withClaim(`${GONE}-4711-${NONCE}`);
    const release = lockDataFolder(folder);
    expect(claimsIn(folder)).toEqual([expect.stringMatching(new RegExp(`^${process.pid}-`))]);
    release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("without a claim: killed before the claim was made, or after it was removed", () => {
    const folder = temporaryFolder();
    mkdirSync(lockOf(folder));
    lockDataFolder(folder);
    expect(claimsIn(folder)).toHaveLength(1);
  });

  test("and ignores files that the file system itself adds", () => {
    const folder = withClaim(".nfs000000000000000100000001");
    lockDataFolder(folder);
    expect(claimsIn(folder)).toHaveLength(2);
  });

  test("by exactly one of several processes that find it at once, repeatedly", async () => {
    const folder = temporaryFolder();
    const [threads, rounds] = [6, 3];
    const shared = new SharedArrayBuffer(4 * (2 + rounds));
    const results = await Promise.all(
      Array.from({ length: threads }, () =>
        race({ path: lockOf(folder), stale: `${GONE}-4711-${NONCE}`, threads, rounds, shared }),
      ),
    );
    const winnersOf = (round: number) => results.filter((won) => won[round]).length;
    expect(Array.from({ length: rounds }, (_, round) => winnersOf(round))).toEqual(
      Array.from({ length: rounds }, () => 1),
    );
    expect(readdirSync(folder)).toEqual([]);
  }, 60_000);
});

/**
 * Runs one thread of a race: in each round it waits for the others, takes the lock, and keeps it until all
 * have tried. Returns for each round whether it won.
 */
function race(workerData: {
  path: string;
  stale: string;
  threads: number;
  rounds: number;
  shared: SharedArrayBuffer;
}): Promise<boolean[]> {
  const script = `
    import { mkdirSync, writeFileSync } from "node:fs";
    import { parentPort, workerData } from "node:worker_threads";
    import { lockFile } from ${JSON.stringify(pathToFileURL(resolve("lib/db/lock.ts")).href)};
    const { path, stale, threads, rounds, shared } = workerData;
    const counter = new Int32Array(shared);
    let meetings = 0;
    const meet = () => {
      const all = ++meetings * threads;
      if (Atomics.add(counter, 0, 1) + 1 === all) Atomics.notify(counter, 0);
      for (let seen; (seen = Atomics.load(counter, 0)) < all;) Atomics.wait(counter, 0, seen, 50);
    };
    const won = [];
    for (let round = 0; round < rounds; round++) {
      if (Atomics.add(counter, 2 + round, 1) === 0) { mkdirSync(path, { recursive: true }); writeFileSync(path + "/" + stale, ""); }
      meet();
      const lock = lockFile(path);
      won.push(lock.ok);
      meet();
      if (lock.ok) lock.release();
      meet();
    }
    parentPort.postMessage(won);`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), {
    workerData,
    execArgv: [],
  });
  return new Promise((done, fail) => worker.once("message", done).once("error", fail));
}

describe("a lock of an earlier version, a file with the pid and the start time", () => {
  test("is respected while its process lives", () => {
    const folder = withFormerLock(String(process.ppid));
    expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ pid: process.ppid }));
    expect(readFileSync(lockOf(folder), "utf8")).toBe(String(process.ppid));
  });

  test.each([
    ["a process that is gone", `${GONE} 4711`],
    ["an older version, which did not write the start", `${GONE}`],
    ["no process (a power cut took what was written)", ""],
    ["process 0, which would be everybody", "0 4711"],
    ["a process group", `-${process.pid} 4711`],
    ["garbage", "not a pid at all"],
  ])("that names %s is taken over", (_title, text) => {
    const folder = withFormerLock(text);
    lockDataFolder(folder);
    expect(claimsIn(folder)).toEqual([expect.stringMatching(new RegExp(`^${process.pid}-`))]);
  });

  test("keeps its process out while this version holds the lock: link(2) over a folder fails", () => {
    const folder = temporaryFolder();
    lockDataFolder(folder);
    // How the earlier version replaced a lock that it took for that of a dead process.
    expect(() => writeFileSync(lockOf(folder), "4711 1", { flag: "wx" })).toThrow(/EEXIST/);
    expect(() => readFileSync(lockOf(folder), "utf8")).toThrow(/EISDIR/);
  });
});

test("runs work alone under a lock, and releases the lock also if the work throws", () => {
  const path = join(temporaryFolder(), "lock");
  expect(withFileLock(path, () => existsSync(path))).toBe(true);
  expect(() =>
    withFileLock(path, () => {
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(existsSync(path)).toBe(false);
});

test("makes no hard links, because exFAT, SMB and shared folders of virtual machines have none", () => {
  const makers = globSync(["lib/**/*.ts", "prisma/*.ts"]).filter(
    (file) =>
      !file.includes("generated") &&
      /\blinkSync\b|\blink\b[^"]*from "node:fs/.test(readFileSync(file, "utf8")),
  );
  expect(makers).toEqual([]);
});
