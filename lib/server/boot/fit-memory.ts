import { spawn } from "node:child_process";

/**
 * New objects get 8 MB per half before they are collected: V8 would take up to 32 MB on its own. Old ones may
 * take 512 MB, several times what the server needs.
 */
const FLAGS = ["--max-semi-space-size=8", "--max-old-space-size=512"];
/**
 * glibc gives each thread an arena of its own, and keeps what is freed. V8 compiles in several threads, which
 * would keep 80 MB that are never used again. Other systems ignore this variable.
 */
const VARIABLES = { MALLOC_ARENA_MAX: "1" };

const HEAP_FLAG = /^--max[-_](?:semi|old)[-_]space[-_]size/;

/**
 * Starts this process again with less memory, once. Node reads these settings only when it begins. Does
 * nothing if the process was started with settings for the heap, by flags or NODE_OPTIONS. The process keeps
 * its id; where Node cannot do that (Windows), waits for a new process, which gets the signals of this one,
 * and ends with its exit code.
 */
export async function fitMemory(): Promise<void> {
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? "").split(/\s+/)];
  if (given.some((flag) => HEAP_FLAG.test(flag))) return;
  const argv = [...process.execArgv, ...FLAGS, ...process.argv.slice(1)];
  const env = { ...process.env, ...VARIABLES };
  if (process.platform !== "win32" && process.execve)
    process.execve(process.execPath, [process.execPath, ...argv], env);
  const child = spawn(process.execPath, argv, { env, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  const { promise, resolve } = Promise.withResolvers<number>();
  child.once("exit", (code) => resolve(code ?? 1));
  process.exit(await promise);
}
