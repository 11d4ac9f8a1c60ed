import { startSharedServer } from "#tests/harness/server.ts";

/**
 * Uses the server that the test runner started, or starts one for this run. Returns a function that stops it.
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | void> {
  if (process.env.TEST_ORIGIN) return;
  const server = await startSharedServer();
  // The workers start later and inherit these variables.
  process.env.TEST_ORIGIN = server.origin;
  process.env.TEST_CONTROL_PORT = String(server.controlPort);
  process.env.TEST_DATA_DIR = server.dataDir;
  return server.stop;
}
