import { randomBytes } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { join } from "node:path";

import { StartError } from "#lib/start-error.ts";

/** Thrown if another live process holds the data folder. */
export class DataFolderInUseError extends Error {
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super(
      `The data folder ${folder} is in use by process ${pid}. Stop that process (kill ${pid}), or give this one a folder of its own: DATA_DIR=.data-2 PORT=3001 npm start. Several processes at a time need PostgreSQL: set DATABASE_URL.`,
    );
    this.pid = pid;
  }
}

/**
 * Takes the exclusive lock of a data folder, because two processes on one embedded database lose committed
 * rows. Returns the release. Throws `DataFolderInUseError` with the holder's pid.
 */
export function lockDataFolder(folder: string): () => void {
  const lock = lockFile(join(folder, "lock"));
  if (!lock.ok) throw new DataFolderInUseError(folder, lock.pid);
  return lock.release;
}

/**
 * A process that wants the lock, or has it. Its start time distinguishes it from a later process with the
 * same pid.
 */
type Claimant = { pid: number; start: string };

/**
 * Two processes that claim at the same moment both withdraw. Each tries again after a pause of random length;
 * a holder is still there at the last attempt.
 */
const ATTEMPTS = 12;
const LONGEST_PAUSE_MS = 20;

/**
 * Takes the lock of that path: a folder (mkdir) in which each process that wants the lock makes an empty
 * file, its claim. A claim is named after its process, so it exists together with its content. The lock
 * belongs to the process that, after making its claim, finds no other claim of a live process. Of two
 * processes the later claim is made before that process looks, so at most one can find itself alone. A claim
 * whose process is gone (kill, power cut) is deleted; names are unique, so this never deletes the claim of a
 * live process. No hard link is needed: exFAT, SMB and shared folders of virtual machines have none.
 *
 * Returns the release, or the pid of the live process that has the lock. Throws if the folder cannot be
 * written to.
 */
export function lockFile(path: string): { ok: true; release: () => void } | { ok: false; pid: number } {
  const claim = `${process.pid}-${processStart(process.pid)}-${randomBytes(6).toString("hex")}`;
  let other: Claimant | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) pause(1 + Math.random() * LONGEST_PAUSE_MS);
    other = findFormerHolder(path) ?? findLiveClaim(path, claim);
    if (!other && makeClaim(path, claim)) {
      other = findLiveClaim(path, claim);
      if (!other) return { ok: true, release: () => removeClaim(path, claim) };
      removeClaim(path, claim);
    }
  }
  if (!other)
    throw new StartError(
      `The lock ${path} cannot be taken. If no process uses this folder, delete ${path}, then start again.`,
    );
  return { ok: false, pid: other.pid };
}

const LONGEST_WAIT_MS = 10_000;

/**
 * Runs `work` under the lock of that path. Waits for a process that holds it. Throws `StartError` if that
 * takes longer than ten seconds.
 */
export function withFileLock<T>(path: string, work: () => T): T {
  const end = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const lock = lockFile(path);
    if (lock.ok) {
      try {
        return work();
      } finally {
        lock.release();
      }
    }
    if (performance.now() > end)
      throw new StartError(
        `Process ${lock.pid} has not released ${path} for ten seconds. Stop that process, then start again.`,
      );
  }
}

/** Blocks this thread, because a lock is taken before anything else runs. */
const pause = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/**
 * Makes the claim, and the folder around it. Returns false if a process that released its lock removed the
 * folder in between.
 */
function makeClaim(path: string, claim: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
  try {
    closeSync(openSync(join(path, claim), "wx", 0o600));
    // A self-test of the folder: without this property the lock keeps no process out.
    if (!readdirSync(path).includes(claim))
      throw new StartError(
        `${path} does not list a file that was just created in it, so a lock there would not be reliable. Set DATA_DIR to a folder on a local disk.`,
      );
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    removeClaim(path, claim);
    throw error;
  }
}

/** Removes the claim, and the folder if no other claim is left in it. */
function removeClaim(path: string, claim: string): void {
  rmSync(join(path, claim), { force: true });
  try {
    rmdirSync(path);
  } catch {
    // Another process claims the lock.
  }
}

/**
 * Returns the live process that has another claim than this one, or null. Deletes the claims of dead
 * processes.
 */
function findLiveClaim(path: string, mine: string): Claimant | null {
  for (const name of listNames(path)) {
    const claimant = parseClaim(name);
    if (!claimant || name === mine) continue;
    if (isAlive(claimant)) return claimant;
    rmSync(join(path, name), { force: true });
  }
  return null;
}

function listNames(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/**
 * Parses a claim from a file name. Returns null for any other file: a shared folder adds its own files
 * (`.nfs…`, `.DS_Store`).
 */
function parseClaim(name: string): Claimant | null {
  const [, pid, start] = /^([1-9]\d*)-(\d*)-[\da-f]{12}$/.exec(name) ?? [];
  return pid === undefined ? null : { pid: Number(pid), start: start! };
}

/**
 * Returns the live holder of a lock of an earlier version, or null. That lock was a file with "pid start" in
 * it. The file of a dead process is deleted by unlink, which never deletes the folder that another process
 * may have made in its place.
 */
function findFormerHolder(path: string): Claimant | null {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return null;
  try {
    const holder = parseFormerHolder(readFileSync(path, "utf8"));
    if (holder && isAlive(holder)) return holder;
    unlinkSync(path);
  } catch (error) {
    // Another process was quicker: the file is gone, or is a folder by now (EISDIR on Linux, EPERM
    // elsewhere).
    if (!isGone(error) && !["EISDIR", "EPERM"].includes(codeOf(error))) throw error;
  }
  return null;
}

/**
 * Parses such a file. It may be empty after a power cut. 0 and negative numbers are groups of processes
 * (kill(2)).
 */
function parseFormerHolder(text: string): Claimant | null {
  const [pid, start = ""] = text.split(" ");
  return Number(pid) > 0 ? { pid: Number(pid), start } : null;
}

/** ENOENT: the folder does not exist. ENOTDIR: a file of an earlier version took its place. */
const isGone = (error: unknown) => ["ENOENT", "ENOTDIR"].includes(codeOf(error));

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "";

function isAlive({ pid, start }: Claimant): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
  // After a restart of the machine (or of a container) another process may have the same pid.
  return start === "" || processStart(pid) === start;
}

/**
 * Returns when the kernel started that process, in clock ticks (Linux, proc(5) field 22). Returns an empty
 * string on other systems.
 */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
