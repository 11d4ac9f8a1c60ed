import { startSharedServer } from "#tests/harness/server.ts";

/**
 * Starts one application for the whole suite, unless the person who runs the tests names a running one
 * (`TEST_ORIGIN`, `TEST_CONTROL_PORT`). The workers inherit the environment.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_ORIGIN) return undefined;
  const server = await startSharedServer();
  Object.assign(process.env, {
    TEST_ORIGIN: server.origin,
    TEST_CONTROL_PORT: String(server.controlPort),
    TEST_DATA_DIR: server.dataDir,
  });
  return server.stop;
}
