import { afterAll, beforeAll } from "vitest";

import { startBriefServer, type TestServer } from "#tests/harness/server.ts";

/**
 * Starts a server for one test file whose tests would disturb the others: an outage, another configuration.
 * Factories and `query` talk to it until the file ends.
 */
export function ownServer(
  environment: () => Record<string, string> | Promise<Record<string, string>> = () => ({}),
): () => TestServer {
  let server: TestServer | undefined;
  const { TEST_ORIGIN, TEST_CONTROL_PORT, TEST_DATA_DIR } = process.env;
  beforeAll(async () => {
    server = await startBriefServer(await environment());
    Object.assign(process.env, {
      TEST_ORIGIN: server.origin,
      TEST_CONTROL_PORT: String(server.controlPort),
      TEST_DATA_DIR: server.dataDir,
    });
  });
  afterAll(async () => {
    Object.assign(process.env, { TEST_ORIGIN, TEST_CONTROL_PORT, TEST_DATA_DIR });
    await server?.stop();
  });
  return () => server!;
}
