import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { lockFile } from "#lib/db/lock.ts";

/** Folders, with everything in them, and patterns of single files. */
type Sources = { folders: string[]; files: string[] };

const SCHEMA: Sources = { folders: [], files: ["prisma/*.prisma", "package-lock.json"] };
const SOURCES: Sources = {
  folders: ["app", "components", "lib", "public"],
  files: ["*.{js,mjs,ts,json}", ...SCHEMA.files],
};
const GENERATED = "lib/db/generated";
/** Outside the folders that are generated, because generating clears them. */
const LOCK = ".build.lock";
const LOOK_MS = 250;
const WRITTEN_BY_NEXT = "next-env.d.ts";

/** Returns a digest of the contents and names of these files. */
function fingerprint({ folders, files }: Sources): string {
  const hash = createHash("sha256");
  const paths = [...folders.flatMap(listFiles), ...globSync(files)].filter(
    (path) => path !== WRITTEN_BY_NEXT,
  );
  for (const path of paths.sort()) hash.update(`${path}\0`).update(readFileSync(path));
  return hash.digest("hex");
}

/** Lists the files below a folder that are not generated. Takes a quarter of the time of a glob. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}

/**
 * Runs `make` unless the stamp file says that it ran with the same sources. The stamp is written after `make`
 * succeeded. If two processes in one checkout need it, one runs it; the other waits and then finds it done.
 */
async function onceFor(
  sources: Sources,
  stamp: string,
  make: (current: string) => Promise<void>,
): Promise<void> {
  const current = fingerprint(sources);
  const isMade = () => existsSync(stamp) && readFileSync(stamp, "utf8") === current;
  if (isMade()) return;
  const release = await waitForLock();
  try {
    if (isMade()) return;
    rmSync(stamp, { force: true });
    await make(current);
    writeFileSync(stamp, current);
  } finally {
    release();
  }
}

async function waitForLock(): Promise<() => void> {
  for (;;) {
    const lock = lockFile(LOCK);
    if (lock.ok) return lock.release;
    await sleep(LOOK_MS);
  }
}

/** Generates the Prisma client when the schema changed since it was generated. */
export function generateIfStale(): Promise<void> {
  // The CLI looks for a native schema engine, which `generate` does not use: any existing file will do.
  const environment = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  return onceFor(SCHEMA, join(GENERATED, ".stamp"), () =>
    run(binOf("prisma", "prisma"), ["generate", "--schema", "prisma"], environment),
  );
}

/** Builds the application when a source changed since it was built. */
export function buildIfStale(): Promise<void> {
  // The same sources get the same build id on every machine. A browser that moves from one machine to another
  // does not have to load the files again.
  return onceFor(SOURCES, ".next/build.stamp", (current) =>
    run(binOf("next", "next"), ["build"], {
      ...process.env,
      NODE_ENV: "production" as const,
      NEXT_TELEMETRY_DISABLED: "1",
      BUILD_ID: current.slice(0, 20),
    }),
  );
}

/**
 * Returns the path of the script behind a package's command. The script is started with this Node, not with
 * the first one on the PATH.
 */
function binOf(name: string, command: string): string {
  const require = createRequire(import.meta.url);
  const path = require.resolve(`${name}/package.json`);
  const { bin } = require(path) as { bin: Record<string, string> };
  return join(path, "..", bin[command]!);
}

/** Runs a Node script quietly. Shows its output if it fails. */
function run(script: string, args: string[], environment: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) return resolve();
      reject(new Error(`${args[0]} failed:\n${Buffer.concat(output).toString()}`));
    });
  });
}
