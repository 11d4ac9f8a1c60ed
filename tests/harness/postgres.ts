import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";

import { freePort } from "#tests/harness/server.ts";

/** A PostgreSQL server that runs as long as the tests. */
export type TestPostgres = {
  /** The address of its database `postgres`, as a superuser. */
  url: string;
  /** Its first process. Each connection has a process below it. */
  pid: number;
  /** Makes an empty database. Returns its address. */
  createDatabase: (name: string) => Promise<string>;
  /** Returns what it has logged since the last call. */
  takeLog: () => string;
  stop: () => Promise<void>;
};

/** Returns the folder with `initdb` and `postgres`, or null if this machine has none. */
export function findPostgres(): string | null {
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    ...globSync("/usr/lib/postgresql/*/bin").sort().reverse(),
  ];
  return (
    folders.find((folder) =>
      ["initdb", "postgres"].every((name) => folder && existsSync(join(folder, name))),
    ) ?? null
  );
}

/**
 * Starts PostgreSQL on a new cluster in a temporary folder, with its own password and those settings
 * (`name=value`). Rejects with its output if it does not start.
 */
export async function startPostgres(programs: string, settings: string[] = []): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "legrand-connect-postgres-"));
  const password = randomBytes(24).toString("hex");
  const owner = ownerOf(folder);
  initialise(programs, folder, password, owner);
  const port = await freePort();
  const server = spawn(
    join(programs, "postgres"),
    [
      "-D",
      join(folder, "data"),
      "-p",
      String(port),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      `unix_socket_directories=${folder}`,
      // This cluster does not have to survive a power cut.
      ...["fsync=off", "full_page_writes=off", ...settings].flatMap((setting) => ["-c", setting]),
    ],
    { ...owner, stdio: ["ignore", "ignore", "pipe"] },
  );
  await ready(server);
  const url = `postgresql://tester:${password}@127.0.0.1:${port}/postgres`;
  await makeTemplate(url);
  let log = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const takeLog = () => {
    const taken = log;
    log = "";
    return taken;
  };
  return {
    url,
    pid: server.pid!,
    createDatabase: (name) => createDatabase(url, name),
    takeLog,
    stop: () => stop(server, folder),
  };
}

/**
 * Makes a database on the server at that address, empty or as a copy of another one. Returns the address of
 * the new database.
 */
export async function createDatabase(url: string, name: string, template = "template1"): Promise<string> {
  const connection = await new PrismaPg({ connectionString: url }).connect();
  await connection.executeScript(`CREATE DATABASE "${name}" TEMPLATE ${template}`);
  await connection.dispose();
  return url.replace(/[^/]*$/, name);
}

/** A database in every cluster that `startPostgres` starts. No test uses it directly, so it can be copied. */
const TEMPLATE = "migrated";

/** Makes a fully migrated database by copying the template. Returns its address. */
export async function createMigratedDatabase(url: string, name: string): Promise<string> {
  return createDatabase(url, name, TEMPLATE);
}

async function makeTemplate(url: string): Promise<void> {
  // Imported here, because the test runner loads this file before the database client is generated.
  const { openPostgres } = await import("#lib/db/open.ts");
  await (await openPostgres(await createDatabase(url, TEMPLATE), (_sentence, work) => work())).close();
  // A database with an open connection cannot be copied, and the server closes a connection only a moment
  // after the client.
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const isOpen = async () =>
    (await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = $1", [TEMPLATE])).rowCount !== 0;
  for (const deadline = performance.now() + 10_000; (await isOpen()) && performance.now() < deadline;);
  await client.end();
}

/**
 * Returns the user that runs the server. PostgreSQL refuses to run as root, so the folder and the process
 * then belong to a user without privileges.
 */
function ownerOf(folder: string): Pick<SpawnOptions, "uid" | "gid"> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "nobody"]).toString())) as [
    number,
    number,
  ];
  chownSync(folder, uid, gid);
  return { uid, gid };
}

function initialise(
  programs: string,
  folder: string,
  password: string,
  owner: Pick<SpawnOptions, "uid" | "gid">,
): void {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  if (owner.uid) chownSync(passwordFile, owner.uid, owner.gid!);
  chmodSync(passwordFile, 0o600);
  execFileSync(
    join(programs, "initdb"),
    [
      "-D",
      join(folder, "data"),
      "-U",
      "tester",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--locale=C",
      "--encoding=UTF8",
      "--no-sync",
    ],
    { ...owner, stdio: ["ignore", "ignore", "pipe"], cwd: folder },
  );
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = "";
    server.stderr!.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${printed}`)));
  });
}

/** Shuts the server down in "fast" mode, which cuts open connections. */
async function stop(server: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  // Ctrl+C in a terminal also reaches this process, which may have ended by now.
  if (server.exitCode === null && server.signalCode === null) {
    server.kill("SIGINT");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
