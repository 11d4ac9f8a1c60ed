import { startServer } from "#tests/harness/server.ts";

/** Uses the server that the test runner started, or starts one for this run; returns how to stop it. */
export default async function globalSetup(): Promise<(() => Promise<void>) | void> {
  if (process.env.TEST_ORIGIN) return;
  const server = await startServer();
  // The workers, started afterwards, inherit both.
  process.env.TEST_ORIGIN = server.origin;
  process.env.TEST_CONTROL_PORT = String(server.controlPort);
  return server.stop;
}
