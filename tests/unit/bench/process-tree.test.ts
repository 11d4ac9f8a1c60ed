import { spawn } from "node:child_process";
import { once } from "node:events";

import { expect, test } from "vitest";

import { canReadProcesses, readTree } from "#tests/bench/process-tree.ts";

/** Works until it has used a fifth of a second of processor time, says so, and waits. */
const WORK = "while (process.cpuUsage().user < 2e5); console.log('done'); setInterval(() => {}, 1e3)";

test.skipIf(!canReadProcesses())("counts memory and processor time of descendants", async () => {
  const shell = spawn("sh", ["-c", '"$0" -e "$1"; true', process.execPath, WORK], { detached: true });
  try {
    await once(shell.stdout, "data");
    const { megabytes, cpuSeconds } = readTree(shell.pid!);
    expect(megabytes).toBeGreaterThan(20);
    expect(cpuSeconds).toBeGreaterThanOrEqual(0.15);
  } finally {
    process.kill(-shell.pid!, "SIGKILL");
  }
});
