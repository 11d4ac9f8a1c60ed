import { setTimeout as sleep } from "node:timers/promises";

// Noted by the copies of this module in Next's bundle, settled by the server's own.
const KEY = Symbol.for("legrand-connect.work-under-way");
type UnderWay = { stop: AbortController; works: Set<Promise<unknown>> };
const shared = globalThis as { [KEY]?: UnderWay };
const underWay = () => (shared[KEY] ??= { stop: new AbortController(), works: new Set() });

/**
 * Aborted once the process stops: work that takes long ends at the next point where it can be taken up again.
 */
export function stopping(): AbortSignal {
  return underWay().stop.signal;
}

/** From now on `stopping()` is aborted. */
export function beginToStop(): void {
  underWay().stop.abort();
}

/**
 * Remembers work that no request waits for, so that the process does not end before it. It must not reject.
 */
export function noteWork(work: Promise<unknown>): void {
  const { works } = underWay();
  works.add(work);
  void work.finally(() => works.delete(work));
}

/**
 * Waits until all work that was noted has ended, and what it noted meanwhile, at most that long. For the stop
 * of the process.
 */
export async function settleWork(milliseconds: number): Promise<void> {
  const { works } = underWay();
  const settle = async () => {
    while (works.size) await Promise.allSettled(works);
  };
  await Promise.race([settle(), sleep(milliseconds, undefined, { ref: false })]);
}
