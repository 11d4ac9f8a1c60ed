// npm run seed:load -- --accounts 1000000: creates made-up linked accounts, to test the administration at
// scale. --remove deletes them.
import { parseArgs } from "node:util";

import { now } from "#lib/clock.ts";
import { DataFolderInUseError } from "#lib/db/lock.ts";
import { env } from "#lib/env.ts";
import { generateIfStale } from "#lib/server/boot/build.ts";
import type { BulkConnection } from "#lib/server/load/bulk-connection.ts";
import { loadEnvironment } from "#lib/server/boot/load-environment.ts";
import { step } from "#lib/server/boot/progress.ts";
import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { showProgress } from "#lib/server/operator/show-progress.ts";

const USAGE = `npm run seed:load -- --accounts 1000000   adds that many made-up linked accounts
npm run seed:load -- --remove             deletes everything that this command created
  --seed 7    other made-up people (the default seed is 1)
  --yes       even if the database looks like production`;

const LINE_EVERY = 100_000;

function readArguments() {
  const { values } = parseArgs({
    options: {
      accounts: { type: "string" },
      seed: { type: "string", default: "1" },
      remove: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
    },
  });
  const [accounts, seed] = [Number(values.accounts ?? 0), Number(values.seed)];
  const isNumber = Number.isSafeInteger(accounts) && accounts >= 0 && Number.isSafeInteger(seed);
  if (!isNumber || values.remove === accounts > 0) throw new Error(USAGE);
  return { accounts, seed, remove: values.remove, yes: values.yes };
}

/** Throws if this looks like production, because made-up people do not belong among real ones. */
function refuseInProduction({ isLocal, origin, databaseUrl }: ReturnType<typeof env>): void {
  const host = databaseUrl && URL.parse(databaseUrl)?.hostname;
  const isNear = !host || ["localhost", "127.0.0.1", "[::1]"].includes(host);
  if (isLocal && isNear) return;
  throw new Error(
    `This looks like production (${isLocal ? `the database is at ${host}` : `ORIGIN is ${origin}`}), and nothing was changed. To continue anyway: --yes`,
  );
}

async function open(): Promise<BulkConnection> {
  const { databaseUrl, dataDir } = env();
  await step("Generating the database client", generateIfStale);
  const { openBulkEmbedded, openBulkPostgres } = await import("#lib/server/load/open-bulk.ts");
  if (databaseUrl) return openBulkPostgres(databaseUrl, step);
  return openBulkEmbedded(dataDir, step).catch((error: unknown) => {
    if (!(error instanceof DataFolderInUseError)) throw error;
    throw new Error(
      `Process ${error.pid} uses the database in ${dataDir}, which only one process can open. Stop that server first, or set DATABASE_URL.`,
    );
  });
}

async function work(
  connection: BulkConnection,
  { accounts, seed, remove }: ReturnType<typeof readArguments>,
): Promise<string> {
  const { loadAccounts, tidyUp } = await import("#lib/server/load/load-accounts.ts");
  const { removeAccounts } = await import("#lib/server/load/remove-accounts.ts");
  const begin = performance.now();
  const say = (done: number, total: number) =>
    showProgress({ what: "Linked accounts", done, total }, LINE_EVERY);
  const count = remove
    ? await removeAccounts(connection, say)
    : await loadAccounts(connection, { accounts, seed, at: now(), say });
  await step("Tidying up", () => tidyUp(connection));
  const seconds = `in ${((performance.now() - begin) / 1000).toFixed(0)} s`;
  return remove
    ? `${count.toLocaleString("en")} made-up linked accounts deleted ${seconds}. Their audit log entries stay, because the log only grows.`
    : `${accounts.toLocaleString("en")} linked accounts added ${seconds}, with fake tokens that grant nothing. ${count.toLocaleString("en")} made-up accounts exist now; --remove deletes them.`;
}

try {
  const wanted = readArguments();
  loadEnvironment();
  const missing = completeSecrets(
    process.env,
    process.env.DATA_DIR || ".data",
    Boolean(process.env.DATABASE_URL),
  );
  if (missing.length)
    throw new Error(
      `With DATABASE_URL, these variables must be set, the same as for the server: ${missing.join(", ")}`,
    );
  if (!wanted.yes) refuseInProduction(env());
  const connection = await open();
  try {
    console.log(await work(connection, wanted));
  } finally {
    await connection.close();
  }
} catch (error) {
  const problems =
    error instanceof Error && "problems" in error
      ? (error.problems as string[])
      : [error instanceof Error ? error.message : String(error)];
  console.error(problems.join("\n"));
  process.exitCode = 1;
}
