import type { PGlite } from "@electric-sql/pglite";

import { hasRoom } from "#lib/db/disk-room.ts";

/**
 * Interval between two looks at the disk. Other programs fill it too, but in this time they do not use up
 * what `hasRoom` keeps free.
 */
const LOOK_EVERY_MS = 100;

/**
 * Makes the embedded database refuse writes (SQLSTATE 25006) while its disk is nearly full, and accept them
 * again afterwards. Reads go on. Returns the check, which has to run before each statement and before each
 * transaction. It looks at the disk at most ten times a second.
 */
export function readOnlyWithoutRoom(pglite: PGlite, folder: string): () => Promise<void> {
  let lookedAt = -Infinity;
  let isReadOnly = false;
  return async () => {
    if (performance.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = performance.now();
    if (hasRoom(folder) !== isReadOnly) return;
    isReadOnly = !isReadOnly;
    await pglite.exec(`SET default_transaction_read_only = ${isReadOnly ? "on" : "off"}`);
  };
}
