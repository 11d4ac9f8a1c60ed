import { syncBuiltinESMExports } from "node:module";
import workerThreads, { Worker } from "node:worker_threads";

const SCRIPT = /embedded-worker\.ts$/;

const threads: Worker[] = [];

workerThreads.Worker = class extends Worker {
  constructor(...[script, options]: ConstructorParameters<typeof Worker>) {
    super(script, options);
    if (SCRIPT.test(String(script))) threads.push(this);
  }
};
syncBuiltinESMExports();

/** Returns how many threads of embedded databases this process has now. Load this file before the first. */
export function countDatabaseThreads(): number {
  return threads.filter(({ threadId }) => threadId !== -1).length;
}

/** Ends the thread of the embedded database that was opened last, in the middle of what it does. */
export async function endDatabaseThread(): Promise<void> {
  await threads.at(-1)!.terminate();
}
