// Reads the settings and the secrets, then runs the server, and explains why it could not start.
import { enableCompileCache } from "node:module";

import "#lib/server/boot/resolve-server-only.ts";
import { findDatabase } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { redact } from "#lib/log.ts";
import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { generateIfStale } from "#lib/server/boot/build.ts";
import { isForPeople, outliveReaders, printLinesOnly } from "#lib/server/boot/console.ts";
import { loadEnvironment } from "#lib/server/boot/load-environment.ts";
import { step } from "#lib/server/boot/progress.ts";

const isDevelopment = process.argv.includes("--dev");
const begin = performance.now();

outliveReaders();
try {
  Object.assign(process.env, {
    NODE_ENV: isDevelopment ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  loadEnvironment(isDevelopment);
  if (!isForPeople()) printLinesOnly();
  const missing = completeSecrets(
    process.env,
    process.env.DATA_DIR || ".data",
    Boolean(process.env.DATABASE_URL) && !isDevelopment,
  );
  if (missing.length)
    fail([
      `With DATABASE_URL, these variables must be set, the same for every process: ${missing.join(", ")}`,
    ]);
  // Finds an invalid setting before the slow steps.
  env();
  await step("Generating the database client", generateIfStale);
  // Keeps the compiled packages for the next start. Without write access to the folder, Node does without.
  enableCompileCache("node_modules/.cache/legrand-connect/compiled");
  const { run } = await import("#lib/server/boot/run.ts");
  await run(isDevelopment, begin);
} catch (error) {
  // So that this process leaves nothing in the data folder, such as its lock.
  await findDatabase()
    ?.close()
    .catch(() => {});
  fail(explain(error));
}

function explain(error: unknown): string[] {
  if (error instanceof Error && "problems" in error) return error.problems as string[];
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === "EADDRINUSE") {
    const { port } = error as NodeJS.ErrnoException & { port?: number };
    if (port === Number(process.env.METRICS_PORT))
      return [`Port ${port} is taken. Choose another one for the metrics: METRICS_PORT=9465`];
    return [`Port ${process.env.PORT || 3000} is taken. Choose another one: PORT=3001 npm start`];
  }
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === "EADDRNOTAVAIL") {
    const { address } = error as NodeJS.ErrnoException & { address?: string };
    return [
      `This machine does not have the address ${address}. Change HOST or METRICS_HOST, whichever has it. 0.0.0.0 means every address.`,
    ];
  }
  return [redact(error instanceof Error ? error.message : String(error))];
}

function fail(problems: string[]): never {
  for (const problem of problems) console.error(problem);
  process.exit(1);
}
