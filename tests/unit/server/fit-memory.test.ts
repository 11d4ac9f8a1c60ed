import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

import { expect, test } from "vitest";

const FITTED = ["--max-semi-space-size=8", "--max-old-space-size=512"];

type Printed = { pid: number; execArgv: string[]; argv: string[]; arenas: string | null };

async function run(execArgv: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [...execArgv, "tests/harness/fitted-process.ts", "3", "--dev"], {
    env: { ...process.env, NODE_OPTIONS: "", MALLOC_ARENA_MAX: undefined, ...environment },
  });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit") as Promise<[number]>]);
  return { started: child.pid, code, ...(JSON.parse(printed) as Printed) };
}

test("starts again with a heap that fits, as the same process, with its arguments", async () => {
  const { started, pid, ...process } = await run(["--no-warnings"]);
  expect(pid).toBe(started);
  expect(process).toEqual({
    code: 3,
    argv: ["3", "--dev"],
    execArgv: ["--no-warnings", ...FITTED],
    arenas: "1",
  });
});

test.each([
  [["--max-old-space-size=300"], {}],
  [["--max_semi_space_size=16"], {}],
  [[], { NODE_OPTIONS: "--no-warnings --max-old-space-size=300" }],
])("leaves a process that was started with a heap of its own: %j %j", async (execArgv, environment) => {
  const process = await run(execArgv, environment);
  expect(process).toMatchObject({ pid: process.started, execArgv, arenas: null });
});
