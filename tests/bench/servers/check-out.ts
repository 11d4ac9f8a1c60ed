import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { atEnd } from "#tests/bench/clean-up.ts";
import { linkFolder } from "#tests/bench/servers/link-folder.ts";
import { say } from "#tests/bench/settings.ts";
import { installPackages } from "#tests/harness/install-packages.ts";

/** A commit in a folder of its own, with its packages. `name` is its short hash. */
export type CheckedOut = { name: string; folder: string };

/**
 * Checks another commit out into a temporary git worktree and gives it its packages. The worktree is removed
 * when the bench ends. Throws with a sentence if there is no such commit.
 */
export async function checkOut(commit: string): Promise<CheckedOut> {
  const hash = findCommit(commit);
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "legrand-connect-against-")));
  const folder = join(scratch, "checkout");
  atEnd(() => rmSync(scratch, { recursive: true, force: true }));
  git("worktree", "add", "--detach", folder, hash);
  atEnd(() => void git("worktree", "remove", "--force", folder));
  await givePackages(folder);
  return { name: hash.slice(0, 8), folder };
}

function findCommit(commit: string): string {
  try {
    return git("rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}^{commit}`).trim();
  } catch {
    throw new Error(`There is no commit ${commit} in this repository.`);
  }
}

async function givePackages(folder: string): Promise<void> {
  const [theirs, ours] = [join(folder, "package-lock.json"), "package-lock.json"];
  if (readFileSync(theirs).equals(readFileSync(ours))) {
    say("Linking the packages: the lockfiles are equal");
    linkFolder(resolve("node_modules"), join(folder, "node_modules"));
    return;
  }
  say("Installing the packages of that commit, because its lockfile is another one");
  await installPackages(folder, "The packages of that commit could not be installed.");
}

const git = (...args: string[]) =>
  execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
