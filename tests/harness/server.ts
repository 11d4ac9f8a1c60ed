import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import "#tests/harness/ignore-env-files.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { BASELINE_ONLY } from "#tests/harness/node-arguments.ts";

/** A running application with its own data folder. */
export type TestServer = {
  origin: string;
  controlPort: number;
  dataDir: string;
  /** Returns everything that it has printed so far. */
  output: () => string;
  stop: () => Promise<void>;
  process: ChildProcess;
};

/**
 * Below the ports that systems use for outgoing connections (RFC 6335 §6; 32768 and up on Linux): such a
 * connection could take a port before its server starts.
 */
const PORTS = { first: 15_000, count: 15_000 };

/**
 * Returns a port that is free now. It is random, so that servers that start at the same time get different
 * ones.
 */
export function freePort(): Promise<number> {
  const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
  return new Promise((resolve) => {
    const server = createServer()
      .on("error", () => resolve(freePort()))
      .listen(port, () => server.close(() => resolve(port)));
  });
}

/**
 * Starts the application as `npm start` does, and waits until it is ready. Uses a migrated database unless
 * the environment names a data folder or a database. Throws with its output if it ends first.
 */
export async function startServer(
  environment: Record<string, string> = {},
  nodeArguments: string[] = [],
): Promise<TestServer> {
  const [port, controlPort] = [await freePort(), await freePort()];
  const dataDir = environment.DATA_DIR ?? mkdtempSync(join(tmpdir(), "legrand-connect-"));
  if (!environment.DATA_DIR && !environment.DATABASE_URL) await putMigratedDatabase(dataDir);
  const child = spawn(
    process.execPath,
    [...nodeArguments, "--import", "./tests/harness/control.ts", "lib/server/boot/start.ts"],
    {
      env: {
        ...process.env,
        PORT: String(port),
        TEST_CONTROL_PORT: String(controlPort),
        DATA_DIR: dataDir,
        HOST: "",
        ORIGIN: "",
        DATABASE_URL: "",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let printed = "";
  const ready = new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes("is ready at")) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}:\n${printed}`)));
  });
  await ready;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    origin: environment.ORIGIN || `http://localhost:${environment.PORT ?? port}`,
    controlPort,
    dataDir,
    output: () => printed,
    process: child,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      if (!environment.DATA_DIR) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Starts a server for one test or one test file, as `startServer` does. Do not measure with it: its database
 * stays slow even when warm.
 */
export function startBriefServer(environment: Record<string, string> = {}): Promise<TestServer> {
  return startServer(environment, BASELINE_ONLY);
}

/**
 * Starts the server that a whole suite shares, as `startServer` does. Parallel tests begin more connects at
 * once than the default allows. The limit itself is tested on other servers. With more room for new objects
 * it collects garbage less often: it answers thousands of requests without a pause.
 */
export function startSharedServer(environment: Record<string, string> = {}): Promise<TestServer> {
  return startServer({ CONNECTS_AT_ONCE: "1000", ...environment }, ["--max-semi-space-size=64"]);
}
