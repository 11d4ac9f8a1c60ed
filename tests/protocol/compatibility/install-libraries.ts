import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../clients");
const stampOf = (folder: string) => join(folder, "node_modules/.installed");
/** As much of npm's words as explains a failure. */
const LAST_CHARACTERS = 1_000;

/** True if `TEST_CLIENT_LIBRARIES=false` leaves out the tests with client libraries. */
export const areLibrariesSkipped = (): boolean => process.env.TEST_CLIENT_LIBRARIES === "false";

/** What is said about the tests that are left out. */
export const SKIPPED =
  "TEST_CLIENT_LIBRARIES=false: the flows of the client libraries are skipped, and docs/compatibility.md is not compared.";

const digestOfLockFile = (folder: string) =>
  createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");

function isInstalled(folder: string): boolean {
  try {
    return readFileSync(stampOf(folder), "utf8") === digestOfLockFile(folder);
  } catch {
    return false;
  }
}

/** npm as the caller started it, else the first on the PATH. */
function npmCommand(): [string, string[]] {
  const script = process.env.npm_execpath;
  return script ? [process.execPath, [script]] : ["npm", []];
}

/** Runs npm there. Returns what it printed, and true if it succeeded. */
async function runNpm(folder: string, more: string[]): Promise<{ ok: boolean; printed: string }> {
  const [command, args] = npmCommand();
  const child = spawn(command, [...args, ...more], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      printed += error.message;
      resolve(null);
    });
    child.once("close", resolve);
  });
  return { ok: code === 0, printed };
}

/**
 * Installs the client libraries into a `node_modules` of their own, unless that is done for this lockfile.
 * Throws with npm's words and the way around if it cannot, for want of a network in most cases.
 */
export async function installLibraries(folder = FOLDER): Promise<void> {
  if (isInstalled(folder)) return;
  const { ok, printed } = await runNpm(folder, [
    "ci",
    // Also in a script that was started with --silent, because a failure is explained by these words.
    "--loglevel=error",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    "--fetch-retries=1",
  ]);
  if (!ok) {
    throw new Error(
      "The client libraries of tests/protocol/clients could not be installed. They need a network once. " +
        `Set TEST_CLIENT_LIBRARIES=false to skip their tests.\n${printed.slice(-LAST_CHARACTERS)}`,
    );
  }
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  writeFileSync(stampOf(folder), digestOfLockFile(folder));
}
