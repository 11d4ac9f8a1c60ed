import { setTimeout as sleep } from "node:timers/promises";

import { oncePerProcess } from "#lib/once-per-process.ts";

// The copies of this module in Next's bundle note work; the server's own copy settles it.
type UnderWay = { stop: AbortController; works: Set<Promise<unknown>> };
const underWay = () =>
  oncePerProcess<UnderWay>("work-under-way", () => ({ stop: new AbortController(), works: new Set() }));

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
export function trackWork(work: Promise<unknown>): void {
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
