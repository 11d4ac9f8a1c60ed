import { setDatabase, type Database } from "#lib/db/client.ts";
import { settleRefreshes } from "#lib/connect/tokens/refreshes-under-way.ts";
import { openEmbedded, openPostgres } from "#lib/db/open.ts";
import { env } from "#lib/env.ts";
import { SANDBOX_ACCOUNTS, SANDBOX_PASSWORD } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { settlePostedMail } from "#lib/mail/post-mail.ts";
import { buildIfStale } from "#lib/server/build.ts";
import { step } from "#lib/server/progress.ts";
import { serve } from "#lib/server/serve.ts";
import { seed } from "#prisma/seed.ts";

/** How long a stop waits for mail that is being handed over, and for tokens that are being renewed; supervisors kill after ten seconds. */
const GRACE_MS = 5_000;

/** Opens the database, builds what is stale, serves, and says where to click. */
export async function run(isDevelopment: boolean, begin: number): Promise<void> {
  const { databaseUrl, dataDir, origin } = env();
  // next-auth builds its addresses on this one.
  process.env.AUTH_URL = origin;
  const database = databaseUrl ? await openPostgres(databaseUrl, step) : await openEmbedded(dataDir, step);
  setDatabase(database);
  await step("Seeding", () => seed(database.client));
  if (!isDevelopment) await step("Building", buildIfStale);
  const server = await step("Starting the server", () => serve(isDevelopment));
  stopOnSignal(() => { server.close(); server.closeAllConnections(); }, database);
  greet(isDevelopment, begin);
}

/** Stops in order on Ctrl-C and on a supervisor's request; a second signal does not wait. */
function stopOnSignal(closeServer: () => void, database: Database): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      closeServer();
      void Promise.all([settlePostedMail(GRACE_MS), settleRefreshes(GRACE_MS)]).then(() => database.close()).finally(() => process.exit(0));
    });
  }
}

function greet(isDevelopment: boolean, begin: number): void {
  const { origin, databaseUrl, dataDir, sandbox, legrand } = env();
  const lines = [
    ``,
    `Legrand Connect is ready at ${origin}${isDevelopment ? " (development)" : ""}, after ${((performance.now() - begin) / 1000).toFixed(1)} s.`,
    `  Click Connect Legrand there.`,
    ...(sandbox ? [`  Portal      ${sandbox.issuer}/applications (register an application of your own)`, `  Sandbox     ${sandbox.issuer}/.well-known/openid-configuration`] : [`  Legrand     ${legrand.authorizeUrl} (the sandbox is off)`]),
    ...(sandbox?.accounts ? [`  Accounts    ${SANDBOX_ACCOUNTS.map((account) => account.email).join(", ")}`, `  Password    ${SANDBOX_PASSWORD}`] : []),
    `  Database    ${databaseUrl ? "PostgreSQL" : `embedded, in ${dataDir}`}`,
    ``,
  ];
  console.log(lines.join("\n"));
}
