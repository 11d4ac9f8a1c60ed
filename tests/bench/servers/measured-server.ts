import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { atEnd } from "#tests/bench/clean-up.ts";
import type { Person } from "#tests/bench/load.ts";
import type { Target } from "#tests/bench/oauth-client.ts";
import { npmStart } from "#tests/bench/servers/npm-start.ts";
import type { TestPostgres } from "#tests/harness/postgres.ts";
import { freePort } from "#tests/harness/server.ts";

/** A person who has allowed an application the access. No two of them share a grant. */
export type Settled = { email: string; target: Target; person: Person };

/** The application of one commit, as `npm start` runs it, with its own data folder and database. */
export type MeasuredServer = {
  name: string;
  origin: string;
  issuer: string;
  /** The process of npm, whose descendants are all processes of this server. */
  pid: number;
  /** PostgreSQL's first process, or null with the embedded database, which is a thread of the server. */
  postgresPid: number | null;
  /** People who have signed in and allowed an application the access, as far as a group needed them. */
  settled: Settled[];
  stop: () => Promise<void>;
};

/**
 * Starts the application in that folder by `npm start`, twice: the first start creates the database, which
 * takes memory and time of its own. The server is stopped when the bench cleans up.
 */
export async function startMeasured(
  name: string,
  folder: string,
  postgres: TestPostgres | null,
): Promise<MeasuredServer> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const dataDir = mkdtempSync(join(tmpdir(), "legrand-connect-bench-"));
  atEnd(() => rmSync(dataDir, { recursive: true, force: true }));
  const settings = {
    PORT: String(port),
    ORIGIN: origin,
    HOST: "",
    DATA_DIR: dataDir,
    ...(await databaseSettings(postgres, dataDir, port)),
  };
  const start = () => npmStart(folder, settings, `${origin}/legrand/.well-known/openid-configuration`);
  await (await start()).stop();
  const { pid, stop } = await start();
  return {
    name,
    origin,
    issuer: `${origin}/legrand`,
    pid,
    postgresPid: postgres?.pid ?? null,
    settled: [],
    stop,
  };
}

/** With PostgreSQL a start expects the secrets in the environment. */
async function databaseSettings(
  postgres: TestPostgres | null,
  dataDir: string,
  port: number,
): Promise<Record<string, string>> {
  if (!postgres) return { DATABASE_URL: "" };
  const secrets: NodeJS.ProcessEnv = { NODE_ENV: "production" };
  completeSecrets(secrets, dataDir, false);
  return {
    ...(secrets as Record<string, string>),
    DATABASE_URL: await postgres.createDatabase(`measured_${port}`),
  };
}
