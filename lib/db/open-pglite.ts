import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";

import type { EmbeddedSource } from "#lib/db/embedded-message.ts";
import { readOnlyWithoutRoom } from "#lib/db/read-only-without-room.ts";
import { SyncedFiles } from "#lib/db/synced-files.ts";

/** An open PGlite, and what comes before and after its statements. */
export type OpenPGlite = {
  pglite: PGlite;
  /** Runs before a statement alone and before a transaction. */
  prepare: () => Promise<void>;
  /**
   * Runs before the result of a commit is returned, and of a statement that may have read what another one has
   * just committed. Throws if the commit may not be acknowledged.
   */
  confirm: () => Promise<void> | void;
};

/** PostgreSQL's settings for an embedded database in a folder, as start parameters. */
export const SETTINGS = Object.entries({
  // WebAssembly takes PostgreSQL's default of 128 MB from the machine at once. The operating system caches
  // the files anyway.
  shared_buffers: "16MB",
  // PGlite reports only this kind of sync (lib/db/synced-files.ts).
  wal_sync_method: "fsync",
  // How much of the log a checkpoint keeps for reuse. lib/db/reclaim-space.ts makes the checkpoints.
  max_wal_size: "64MB",
  min_wal_size: "32MB",
}).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

/** The start parameters without `-F`, which would turn off every sync in PostgreSQL. */
const startParams = () => [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...SETTINGS,
];

/**
 * Opens PGlite in this thread, with the extensions that the migrations use. PGlite's package contains them.
 */
export async function openPGlite({ folder, waitsForDisk, watchesRoom }: EmbeddedSource): Promise<OpenPGlite> {
  const extensions = { pg_trgm };
  if (!folder)
    return {
      pglite: await PGlite.create({ extensions }),
      prepare: () => Promise.resolve(),
      confirm: () => {},
    };
  const files = new SyncedFiles(folder);
  const pglite = await PGlite.create({ dataDir: folder, fs: files, extensions, startParams: startParams() });
  return {
    pglite,
    prepare: watchesRoom ? readOnlyWithoutRoom(pglite, folder) : () => Promise.resolve(),
    confirm: waitsForDisk
      ? () => files.log.finish()
      : () => {
          files.log.check();
        },
  };
}
