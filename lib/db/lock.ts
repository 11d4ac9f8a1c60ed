import { closeSync, linkSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Another live process holds the data folder. */
export class DataFolderInUseError extends Error {
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super(`The data folder ${folder} is in use by process ${pid}. Stop that process (kill ${pid}), or give this one a folder of its own: DATA_DIR=.data-2 PORT=3001 npm start. Several processes at a time need PostgreSQL: set DATABASE_URL.`);
    this.pid = pid;
  }
}

/**
 * Takes the exclusive lock of a data folder: two processes on one embedded database lose committed rows. Returns the release; throws
 * `DataFolderInUseError` with the holder's pid.
 */
export function lockDataFolder(folder: string): () => void {
  const lock = lockFile(join(folder, "lock"));
  if (!lock.ok) throw new DataFolderInUseError(folder, lock.pid);
  return lock.release;
}

/**
 * Takes the lock of that path: a file that appears whole (written beside, then linked: `link` fails when the name exists). A lock whose
 * process is gone, after a kill or a power cut, is taken over. Returns the release, or the pid of the live process that has it.
 */
export function lockFile(path: string): { ok: true; release: () => void } | { ok: false; pid: number } {
  const mine = `${path}.${process.pid}`;
  const file = openSync(mine, "w", 0o600);
  writeSync(file, `${process.pid} ${processStart(process.pid)}`);
  closeSync(file);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (tryLink(mine, path)) return { ok: true, release: () => release(path) };
      const holder = readHolder(path);
      if (holder && isAlive(holder)) return { ok: false, pid: holder.pid };
      rmSync(path, { force: true });
    }
    return { ok: false, pid: readHolder(path)?.pid ?? 0 };
  } finally {
    rmSync(mine, { force: true });
  }
}

type Holder = { pid: number; start: string };

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(path: string): Holder | null {
  try {
    const [pid, start = ""] = readFileSync(path, "utf8").split(" ");
    // After a power cut the file may be empty; 0 and negative numbers are not processes but groups of them (kill(2)).
    return Number(pid) > 0 ? { pid: Number(pid), start } : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, start }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // After a restart of the machine (or of a container) another process may carry the same pid.
  return start === "" || processStart(pid) === start;
}

/** When the kernel started that process, in clock ticks, where the system tells (Linux, proc(5) field 22); else empty. */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function release(path: string): void {
  if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
}
