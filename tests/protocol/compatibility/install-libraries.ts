import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../clients");
const STAMP = join(FOLDER, "node_modules/.installed");
/** As much of npm's words as explains a failure. */
const LAST_CHARACTERS = 1_000;

/** True if `TEST_CLIENT_LIBRARIES=false` leaves out the tests with client libraries. */
export const areLibrariesSkipped = (): boolean => process.env.TEST_CLIENT_LIBRARIES === "false";

/** What is said about the tests that are left out. */
export const SKIPPED = "TEST_CLIENT_LIBRARIES=false: the flows of the client libraries are skipped, and docs/compatibility.md is not compared.";

const digestOfLockFile = () => createHash("sha256").update(readFileSync(join(FOLDER, "package-lock.json"))).digest("hex");

function isInstalled(): boolean {
  try {
    return readFileSync(STAMP, "utf8") === digestOfLockFile();
  } catch {
    return false;
  }
}

/** npm as the caller started it, else the first on the PATH. */
function npmCommand(): [string, string[]] {
  const script = process.env.npm_execpath;
  return script ? [process.execPath, [script]] : ["npm", []];
}

/**
 * Installs the client libraries into a `node_modules` of their own, unless that is done. Throws with npm's words and the way around if it
 * cannot, for want of a network in most cases.
 */
export async function installLibraries(): Promise<void> {
  if (isInstalled()) return;
  const [command, args] = npmCommand();
  const child = spawn(command, [...args, "ci", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"], {
    cwd: FOLDER, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32",
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => { printed += error.message; resolve(null); });
    child.once("close", resolve);
  });
  if (code !== 0) {
    throw new Error("The client libraries of tests/protocol/clients could not be installed. They need a network once. "
      + `Set TEST_CLIENT_LIBRARIES=false to skip their tests.\n${printed.slice(-LAST_CHARACTERS)}`);
  }
  writeFileSync(STAMP, digestOfLockFile());
}
