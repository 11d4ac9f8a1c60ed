import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";

const previousOf = (path: string) => `${path}.previous`;

/**
 * Replaces or creates the file, with mode 0600. If the process is killed, the disk is full, or the power
 * fails, the file is either the former or the new one, never a part of one. The caller holds a lock, so that
 * no other process replaces the file at the same time.
 */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.new`;
  try {
    // The mode is set only when a file is created; a leftover file would keep its own mode.
    rmSync(beside, { force: true });
    writeFileSync(beside, text, { mode: 0o600, flush: true });
    renameOver(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * Restores the former file if a kill came between the two renames of `replaceFile`. Call it before reading
 * the file, under the same lock.
 */
export function recoverReplacedFile(path: string): void {
  if (!existsSync(path) && existsSync(previousOf(path))) renameSync(previousOf(path), path);
}

/**
 * Renames a file over another. POSIX does so in one step. Windows and some shared folders refuse to rename
 * over a file; there, the former file is moved aside first.
 */
function renameOver(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
    rmSync(previousOf(to), { force: true });
    renameSync(to, previousOf(to));
    renameSync(from, to);
    rmSync(previousOf(to), { force: true });
  }
}
