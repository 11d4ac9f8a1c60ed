import { statfsSync } from "node:fs";

import { StartError } from "#lib/start-error.ts";

/** Four segments of PostgreSQL's write-ahead log. */
const LEAST_BYTES = 64 * 1024 * 1024;

/**
 * True if the disk under that path has room for the embedded database to write.
 *
 * With less room, a write may need a new segment of the write-ahead log and fail to get one. PostgreSQL then
 * panics (src/backend/access/transam/xlog.c), and as WebAssembly it never returns, so the process no longer
 * answers anything.
 */
export function hasRoom(path: string): boolean {
  try {
    const { blocks, bavail, bsize } = statfsSync(path);
    return blocks === 0 || bavail * bsize >= LEAST_BYTES;
  } catch {
    // Some shared folders do not report their free space: the call fails, or returns zeros.
    return true;
  }
}

/** Throws `StartError` if the disk under that path is too full for the embedded database. */
export function requireRoom(path: string): void {
  if (!hasRoom(path))
    throw new StartError(
      `The disk is full: ${path} has less than ${LEAST_BYTES / 1024 / 1024} MB left, which the embedded database needs in order to write. Make room.`,
    );
}
