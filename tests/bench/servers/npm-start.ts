import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

import { atEnd } from "#tests/bench/clean-up.ts";
import { npmCommand } from "#tests/harness/npm-command.ts";

/** A start builds first if its folder has no build. */
const PATIENCE_MS = 10 * 60_000;
const STOP_PATIENCE_MS = 20_000;
const EVERY_MS = 200;
const LAST_CHARACTERS = 2_000;

/** The processes of one `npm start`. `pid` is npm's. */
export type NpmStart = { pid: number; stop: () => Promise<void> };

/**
 * Runs `npm start` in that folder, and waits until `readyAt` answers 200. Throws with its output if it ends
 * first. The processes are a group of their own, so that `stop` reaches all of them. They are stopped when the
 * bench cleans up, if not before.
 */
export async function npmStart(
  folder: string,
  environment: Record<string, string>,
  readyAt: string,
): Promise<NpmStart> {
  const [command, args] = npmCommand();
  const child = spawn(command, [...args, "start"], {
    cwd: folder,
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopGroup(child.pid!));
  atEnd(stop);
  await waitUntilReady(child, readyAt);
  return { pid: child.pid!, stop };
}

async function waitUntilReady(child: ChildProcess, readyAt: string): Promise<void> {
  let printed = "";
  const listen = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-LAST_CHARACTERS);
  };
  child.stdout!.on("data", listen);
  child.stderr!.on("data", listen);
  for (
    const deadline = performance.now() + PATIENCE_MS;
    performance.now() < deadline;
    await sleep(EVERY_MS)
  ) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`npm start ended with ${child.exitCode ?? child.signalCode}:\n${printed}`);
    if (await answersOk(readyAt)) return;
  }
  throw new Error(`npm start was not ready in time:\n${printed}`);
}

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Ends the group of processes: first in order, and by force if that takes too long. */
async function stopGroup(group: number): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    const deadline = performance.now() + STOP_PATIENCE_MS;
    for (let sent = false; performance.now() < deadline; await sleep(EVERY_MS)) {
      if (!signalGroup(group, sent ? 0 : signal)) return;
      sent = true;
    }
  }
}

/** Returns false if the group has no process left. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}
