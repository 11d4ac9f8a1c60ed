import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Client } from "pg";

import { cookieName } from "#lib/cookie-name.ts";
import { digest } from "#lib/crypto/digest.ts";
import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { startServer, type TestServer } from "#tests/harness/server.ts";

/** The application on a database with that many linked accounts, and an administrator's cookie for it. */
export type SizedServer = {
  size: number;
  server: TestServer;
  cookie: string;
  database: Client;
  loadSeconds: number;
  stop: () => Promise<void>;
};

/** Fills the database at that address by `npm run seed:load`, and starts the built application on it. */
export async function startSized(size: number, databaseUrl: string): Promise<SizedServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "legrand-connect-bench-"));
  const environment: NodeJS.ProcessEnv = { NODE_ENV: "production" };
  completeSecrets(environment, dataDir, false);
  const settings = {
    ...(environment as Record<string, string>),
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
  };
  const begin = performance.now();
  execFileSync(process.execPath, ["lib/server/load/seed-load.ts", "--accounts", String(size), "--yes"], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const loadSeconds = (performance.now() - begin) / 1000;
  const server = await startServer(settings);
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  const cookie = `${cookieName("connect", "session", server.origin)}=${await signInAdministrator(database)}`;
  return {
    size,
    server,
    cookie,
    database,
    loadSeconds,
    stop: async () => {
      await database.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function signInAdministrator(database: Client): Promise<string> {
  const [id, token] = [randomUUID(), randomBytes(32).toString("base64url")];
  await database.query(
    "INSERT INTO connect_user (id, name, email, role) VALUES ($1, 'Bench', 'bench@example.com', 'administrator')",
    [id],
  );
  await database.query(
    "INSERT INTO connect_session (session_token_digest, user_id, expires_at) VALUES ($1, $2, now() + interval '1 day')",
    [digest(token), id],
  );
  return token;
}
