import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { DataFolderInUseError, lockDataFolder } from "#lib/db/lock.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";

/** Beyond every pid that a system gives. */
const GONE = 2 ** 31 - 2;
const lockOf = (folder: string) => join(folder, "lock");

/** Whether the system tells when a process started (Linux). */
const tellsStart = existsSync("/proc/self/stat");

describe("one process at a time on the embedded folder (STACK.md: two of them lose committed rows)", () => {
  test("a folder that a live process holds is refused, with its pid and what to do", () => {
    const folder = temporaryFolder();
    lockDataFolder(folder);
    const error = (() => { try { lockDataFolder(folder); } catch (reason) { return reason; } })();
    expect(error).toBeInstanceOf(DataFolderInUseError);
    expect((error as DataFolderInUseError).pid).toBe(process.pid);
    expect((error as DataFolderInUseError).message).toMatch(new RegExp(`process ${process.pid}.*DATA_DIR=.*DATABASE_URL`));
  });

  test("a refusal leaves the holder's lock as it was, and nothing beside it", () => {
    const folder = temporaryFolder();
    lockDataFolder(folder);
    const before = readFileSync(lockOf(folder), "utf8");
    expect(() => lockDataFolder(folder)).toThrow(DataFolderInUseError);
    expect([readFileSync(lockOf(folder), "utf8"), readdirSync(folder)]).toEqual([before, ["lock"]]);
  });

  test("released, it can be taken again", () => {
    const folder = temporaryFolder();
    lockDataFolder(folder)();
    expect(readdirSync(folder)).toEqual([]);
    lockDataFolder(folder)();
  });

  test.each([["a process that is gone", `${GONE} 4711`], ["an older version, which did not write the start", `${GONE}`], ["nobody (a power cut took what was written)", ""], ["process 0, which would be everybody", "0 4711"], ["a process group", `-${process.pid} 4711`], ["garbage", "not a pid at all"]])("the lock of %s is taken over", (_title, text) => {
    const folder = temporaryFolder();
    writeFileSync(lockOf(folder), text);
    lockDataFolder(folder);
    expect(readFileSync(lockOf(folder), "utf8")).toMatch(new RegExp(`^${process.pid} `));
  });

  test.skipIf(!tellsStart)("a live process that carries the pid of the dead holder is not taken for it (a restarted container)", () => {
    const folder = temporaryFolder();
    writeFileSync(lockOf(folder), `${process.pid} 1`);
    lockDataFolder(folder);
    expect(readFileSync(lockOf(folder), "utf8")).not.toBe(`${process.pid} 1`);
  });

  test("a live holder without a known start keeps its lock", () => {
    const folder = temporaryFolder();
    writeFileSync(lockOf(folder), String(process.ppid));
    expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ pid: process.ppid }));
  });

  test("a release that comes after another process took over takes nothing away", () => {
    const folder = temporaryFolder();
    const release = lockDataFolder(folder);
    writeFileSync(lockOf(folder), `${GONE} 4711`);
    release();
    expect(readFileSync(lockOf(folder), "utf8")).toBe(`${GONE} 4711`);
  });
});
