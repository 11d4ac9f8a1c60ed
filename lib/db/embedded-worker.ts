// The worker thread of the embedded database, started by lib/db/embedded-database.ts. Node runs this file as
// it is, without a bundler.
import { workerData } from "node:worker_threads";

import type { EmbeddedSource } from "#lib/db/embedded-message.ts";
import { openPGlite } from "#lib/db/open-pglite.ts";
import { serveEmbedded } from "#lib/db/serve-embedded.ts";

await serveEmbedded(() => openPGlite(workerData as EmbeddedSource));
