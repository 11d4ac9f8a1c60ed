import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { npmCommand } from "#tests/harness/npm-command.ts";

const stampOf = (folder: string) => join(folder, "node_modules/.installed");
/** As much of npm's words as explains a failure. */
const LAST_CHARACTERS = 1_000;

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
 * Runs `npm ci` in that folder, unless that is done for its lockfile. Throws with `explanation` and the end
 * of npm's words if it cannot, for want of a network in most cases.
 */
export async function installPackages(folder: string, explanation: string): Promise<void> {
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
  if (!ok) throw new Error(`${explanation}\n${printed.slice(-LAST_CHARACTERS)}`);
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  writeFileSync(stampOf(folder), digestOfLockFile(folder));
}
