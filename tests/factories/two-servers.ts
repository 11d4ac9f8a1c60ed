import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { startBalancer, type TestBalancer } from "#tests/harness/balancer.ts";
import { createDatabase } from "#tests/harness/postgres.ts";
import { freePort, startBriefServer, type TestServer } from "#tests/harness/server.ts";

/** Two processes of the application on one PostgreSQL database, behind a balancer. */
export type TwoServers = {
  balancer: TestBalancer;
  servers: [TestServer, TestServer];
  ports: [number, number];
  databaseUrl: string;
  startAgain: (index: 0 | 1) => Promise<void>;
};

/**
 * Gives a test file two servers behind a balancer. Both start at the same moment on an empty database.
 * Factories talk to the balancer, `query` to the first server.
 */
export function twoServers(
  options: { looksAtReadiness?: boolean } = {},
  variables: Record<string, string> = {},
): () => TwoServers {
  let two: TwoServers | undefined;
  const folder = mkdtempSync(join(tmpdir(), "legrand-connect-two-"));
  const { TEST_ORIGIN, TEST_CONTROL_PORT, TEST_DATA_DIR } = process.env;
  beforeAll(async () => {
    const balancer = await startBalancer(options);
    const databaseUrl = await createDatabase(process.env.TEST_DATABASE_URL!, `two_${randomUUID()}`);
    const ports: [number, number] = [await freePort(), await freePort()];
    const secrets: NodeJS.ProcessEnv = { NODE_ENV: "production" };
    completeSecrets(secrets, folder, false);
    const start = (index: 0 | 1) =>
      startBriefServer({
        ...(secrets as Record<string, string>),
        DATABASE_URL: databaseUrl,
        ORIGIN: balancer.origin,
        PORT: String(ports[index]),
        DATA_DIR: join(folder, `server-${index}`),
        ...variables,
      });
    const servers: [TestServer, TestServer] = await Promise.all([start(0), start(1)]);
    balancer.setServers(ports);
    two = {
      balancer,
      servers,
      ports,
      databaseUrl,
      startAgain: async (index) => {
        servers[index] = await start(index);
      },
    };
    Object.assign(process.env, {
      TEST_ORIGIN: balancer.origin,
      TEST_CONTROL_PORT: String(servers[0].controlPort),
      TEST_DATA_DIR: join(folder, "server-0"),
    });
  });
  afterAll(async () => {
    Object.assign(process.env, { TEST_ORIGIN, TEST_CONTROL_PORT, TEST_DATA_DIR });
    await Promise.all((two?.servers ?? []).map((server) => server.stop()));
    await two?.balancer.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => two!;
}
