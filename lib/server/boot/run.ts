import { setDatabase } from "#lib/db/client.ts";
import { listLaterMigrations, openEmbedded, openPostgres } from "#lib/db/open.ts";
import { reclaimSpace } from "#lib/db/reclaim-space.ts";
import { env } from "#lib/env.ts";
import { SANDBOX_ACCOUNTS, SANDBOX_PASSWORD } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { logEvent, newRequestId } from "#lib/log.ts";
import { startLocalJob } from "#lib/server/jobs/repeat-job.ts";
import { buildIfStale } from "#lib/server/boot/build.ts";
import { isForPeople } from "#lib/server/boot/console.ts";
import { checkEncryptionKeys } from "#lib/server/boot/check-encryption-keys.ts";
import { findOriginProblem } from "#lib/server/boot/find-origin-problem.ts";
import { keptMailLink } from "#lib/server/front/kept-mail.ts";
import { keepEnvironment } from "#lib/server/boot/load-environment.ts";
import { serveMetrics } from "#lib/server/metrics/serve-metrics.ts";
import { step } from "#lib/server/boot/progress.ts";
import { serve } from "#lib/server/front/serve.ts";
import { stopOnSignal } from "#lib/server/boot/stop.ts";
import { seed } from "#prisma/seed.ts";

/**
 * How often space is reclaimed. A sweep deletes about 40,000 rows a second; at this interval no table
 * collects more dead rows than a short vacuum removes.
 */
const RECLAIM_SECONDS = 5;

/** Checks the OAuth library, opens the database, builds what is stale, serves, and prints where to click. */
export async function run(isDevelopment: boolean, begin: number): Promise<void> {
  const { databaseUrl, dataDir, origin, metrics, database: settings, embedded, sandbox } = env();
  // next-auth builds its addresses from this one.
  process.env.AUTH_URL = origin;
  if (sandbox) (await import("#lib/legrand/authorization-server/check-library.ts")).checkLibrary();
  const database = databaseUrl
    ? await openPostgres(databaseUrl, step, settings)
    : await openEmbedded(dataDir, step, embedded);
  setDatabase(database);
  warnOfLaterVersion(await listLaterMigrations(database));
  await checkEncryptionKeys();
  await step("Seeding", () => seed(database.client));
  if (!isDevelopment) await step("Building", buildIfStale);
  const serving = await step("Starting the server", () => serve(isDevelopment));
  keepEnvironment();
  if (metrics) await serveMetrics(metrics, serving.requestsUnderWay);
  stopOnSignal((delayMs, graceMs) => step("Stopping", () => serving.end(delayMs, graceMs)), database);
  if (isForPeople()) greet(isDevelopment, begin);
  else
    logEvent(newRequestId(), "start", {
      detail: `Legrand Connect is ready at ${origin}`,
      seconds: secondsSince(begin),
    });
  // Kept apart from the other background jobs, which start together with Next: statements wait for a vacuum,
  // which would make the start slower.
  const { embedded: opened } = database;
  if (opened)
    startLocalJob({
      name: "space",
      everySeconds: RECLAIM_SECONDS,
      work: () => reclaimSpace(opened, dataDir),
    });
  const problem = await findOriginProblem();
  if (problem) console.error(problem);
}

/**
 * Warns if a later version has used this database. Going back to this version after an update is allowed,
 * because a migration only adds (docs/deploy.md, Updates).
 */
function warnOfLaterVersion(migrations: string[]): void {
  if (migrations.length)
    console.warn(
      `A later version has used this database: it has ${migrations.join(", ")}, which this version does not know. If pages fail, start the later version or restore your backup from before it.`,
    );
}

const secondsSince = (begin: number) => Number(((performance.now() - begin) / 1000).toFixed(1));

function greet(isDevelopment: boolean, begin: number): void {
  const { origin, databaseUrl, dataDir, sandbox, legrand } = env();
  const mailLink = keptMailLink();
  const lines = [
    ``,
    `Legrand Connect is ready at ${origin}${isDevelopment ? " (development)" : ""}, after ${secondsSince(begin).toFixed(1)} s.`,
    `  Click Connect Legrand there.`,
    ...(sandbox
      ? [
          `  Portal      ${sandbox.issuer}/applications (register an application of your own)`,
          `  Sandbox     ${sandbox.issuer}/.well-known/openid-configuration`,
        ]
      : [`  Legrand     ${legrand.authorizeUrl} (the sandbox is off)`]),
    ...(sandbox?.accounts
      ? [
          `  Accounts    ${SANDBOX_ACCOUNTS.map((account) => account.email).join(", ")}`,
          `  Password    ${SANDBOX_PASSWORD}${mailLink && !sandbox.accountsAreForEveryone ? " (on this machine only; from everywhere with SANDBOX_ACCOUNTS=true)" : ""}`,
        ]
      : []),
    ...(mailLink
      ? [
          `  Mail        ${mailLink}`,
          `              Anyone with this link can read the kept mail from another machine, until the next start.`,
        ]
      : []),
    `  Database    ${databaseUrl ? "PostgreSQL" : `embedded, in ${dataDir}`}`,
    ``,
  ];
  console.log(lines.join("\n"));
}
