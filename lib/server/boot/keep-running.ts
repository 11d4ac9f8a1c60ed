import { fork, type ChildProcess } from "node:child_process";
import { readdirSync, watch } from "node:fs";
import { resolve } from "node:path";

/** An editor may write a file in several steps. */
const QUIET_MS = 50;

/** What is kept running: a script with its arguments, and the folders in which changes count. */
type Kept = { script: string; argv: string[]; folders: string[]; ignored?: RegExp };

/**
 * Runs a script in a process of its own, and again after each change of a file that the process loaded. The
 * former process has ended by then, so the next one gets its port and its locks. If the process fails after a
 * change, the next change starts it again. Returns the exit code if the script ends by itself.
 */
export function keepRunning({ script, argv, folders, ignored }: Kept): Promise<number> {
  const { promise, resolve: end } = Promise.withResolvers<number>();
  const loaded = new Set<string>();
  let child: ChildProcess | null = null;
  let isChanged = false;
  let hasRestarted = false;

  const start = () => {
    isChanged = false;
    loaded.clear();
    child = fork(script, argv, { execArgv: ["--import", import.meta.resolve("./report-modules.ts")] });
    child.on("message", (file) => loaded.add(file as string));
    child.once("exit", (code) => {
      child = null;
      if (isChanged) restart();
      else if (code && hasRestarted)
        console.error("The server failed. It starts again after the next change.");
      else end(code ?? 1);
    });
  };
  const restart = () => {
    hasRestarted = true;
    start();
  };
  const change = () => {
    if (!child) return restart();
    if (isChanged) return;
    isChanged = true;
    child.kill("SIGTERM");
  };
  let timer: NodeJS.Timeout | undefined;
  const unwatch = watchFolders(folders, (file) => {
    if (ignored?.test(file) || (child && !loaded.has(file))) return;
    clearTimeout(timer);
    timer = setTimeout(change, QUIET_MS);
  });
  // Ctrl-C reaches both processes. This one ends after the other.
  const pass = (signal: NodeJS.Signals) => (child ? child.kill(signal) : end(0));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, pass);
  start();
  return promise.finally(() => {
    unwatch();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, pass);
  });
}

/**
 * Calls `notice` with the absolute path of each file below these folders that changes. Watches every folder by
 * itself: the recursive watch of Node loses a file that an editor replaces. Returns the end of the watch. A
 * folder that is made later is not watched.
 */
function watchFolders(folders: string[], notice: (file: string) => void): () => void {
  const all = folders.flatMap((folder) => [
    resolve(folder),
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => resolve(entry.parentPath, entry.name)),
  ]);
  const watchers = all.map((folder) =>
    watch(folder, (_event, name) => {
      if (name) notice(resolve(folder, name));
    }),
  );
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
