// The worker thread of an embedded database without any sync (PGlite's default), for database-sync.ts.
import { workerData } from "node:worker_threads";

import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";

import type { EmbeddedSource } from "#lib/db/embedded-message.ts";
import { SETTINGS } from "#lib/db/open-pglite.ts";
import { serveEmbedded } from "#lib/db/serve-embedded.ts";

await serveEmbedded(async () => ({
  pglite: await PGlite.create({
    dataDir: (workerData as EmbeddedSource).folder!,
    extensions: { pg_trgm },
    startParams: [...PGlite.defaultStartParams, ...SETTINGS],
  }),
  prepare: () => Promise.resolve(),
  confirm: () => {},
}));
