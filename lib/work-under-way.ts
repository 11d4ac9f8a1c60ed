import { setTimeout as sleep } from "node:timers/promises";

// The copies of this module in Next's bundle note work; the server's own copy settles it.
const KEY = Symbol.for("legrand-connect.work-under-way");
type UnderWay = { stop: AbortController; works: Set<Promise<unknown>> };
const shared = globalThis as { [KEY]?: UnderWay };
const underWay = () => (shared[KEY] ??= { stop: new AbortController(), works: new Set() });

/**
 * Returns a signal that is aborted once the process stops. Long work ends at the next point where it can be
 * resumed.
 */
export function stopping(): AbortSignal {
  return underWay().stop.signal;
}

/** Aborts the signal of `stopping()`. */
export function beginToStop(): void {
  underWay().stop.abort();
}

/**
 * Remembers work that no request waits for, so that the process does not end before it. The work must not
 * reject.
 */
export function noteWork(work: Promise<unknown>): void {
  const { works } = underWay();
  works.add(work);
  void work.finally(() => works.delete(work));
}

/**
 * Waits until all noted work has ended, including work that was noted while waiting, for at most
 * `milliseconds`. Used when the process stops.
 */
export async function settleWork(milliseconds: number): Promise<void> {
  const { works } = underWay();
  const settle = async () => {
    while (works.size) await Promise.allSettled(works);
  };
  await Promise.race([settle(), sleep(milliseconds, undefined, { ref: false })]);
}
