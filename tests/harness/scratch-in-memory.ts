import { readFileSync, statfsSync } from "node:fs";
import { freemem } from "node:os";

const GIGABYTE = 1024 ** 3;
/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";
/** The tests need about one gigabyte at a time. */
const NEEDED_BYTES = 4 * GIGABYTE;

/**
 * Makes this process, and those that it starts, put temporary files into memory if there is plenty of it. Each
 * test file copies an embedded database (41 MB in 1,200 files), which takes six times as long on a disk. Does
 * nothing if `TMPDIR` is set, and where programs may not be run from there.
 */
export function keepScratchInMemory(): void {
  if (!process.env.TMPDIR && hasRoom()) process.env.TMPDIR = MEMORY;
}

function hasRoom(): boolean {
  try {
    const mount = readFileSync("/proc/mounts", "utf8")
      .split("\n")
      .find((line) => line.split(" ")[1] === MEMORY);
    if (!mount || mount.split(" ")[3]!.split(",").includes("noexec")) return false;
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= NEEDED_BYTES && freemem() >= NEEDED_BYTES;
  } catch {
    return false;
  }
}
