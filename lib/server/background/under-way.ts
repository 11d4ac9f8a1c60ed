import { setTimeout as sleep } from "node:timers/promises";

// The jobs are started by the copy of this module in Next's bundle, and stopped by the server's own.
const KEY = Symbol.for("legrand-connect.background");
type Background = { stop: AbortController; works: Set<Promise<unknown>> };
const shared = globalThis as { [KEY]?: Background };
const background = () => (shared[KEY] ??= { stop: new AbortController(), works: new Set() });

/** Aborted once the process stops: work in the background ends at the next point where it can be taken up again. */
export function stopping(): AbortSignal {
  return background().stop.signal;
}

/** Remembers a work that the process has to wait for before it ends. It must not reject. */
export function noteWork(work: Promise<unknown>): void {
  const { works } = background();
  works.add(work);
  void work.finally(() => works.delete(work));
}

/** Tells all work in the background to end and waits until it has, at most that long. */
export async function settleBackground(milliseconds: number): Promise<void> {
  const { stop, works } = background();
  stop.abort();
  if (works.size) await Promise.race([Promise.allSettled(works), sleep(milliseconds)]);
}
