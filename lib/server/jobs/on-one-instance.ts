import { endLease, renewLease, takeLease } from "#lib/server/jobs/lease.store.ts";
import { stopping } from "#lib/work-under-way.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** Whether this process did the work. If it did not, `freeInMs` says when to try again. */
export type OneInstanceOutcome = { ran: true } | { ran: false; freeInMs: number };

/**
 * Runs `work` if this process gets the lease of that name. No other process runs it at the same time: the
 * lease lasts `seconds` and is renewed for as long as the work takes. If the process dies, another takes over
 * after that time. For `restSeconds` after the work, no process repeats it.
 *
 * The signal tells the work to end early, for one of two reasons: the process stops (then another takes over
 * at once), or it was suspended for so long that another process has the lease. Rejects with what the work
 * throws.
 */
export async function onOneInstance(
  name: string,
  seconds: number,
  work: (signal: AbortSignal) => Promise<unknown>,
  restSeconds = 0,
): Promise<OneInstanceOutcome> {
  const taken = await takeLease(name, seconds);
  if (!taken.held) return { ran: false, freeInMs: taken.freeInMs };
  const lease = keep(name, taken.until, seconds);
  try {
    await work(AbortSignal.any([lease.lost, stopping()]));
  } finally {
    await lease.end(stopping().aborted ? 0 : restSeconds);
  }
  return { ran: true };
}

/** Renews a lease three times as often as needed, so that one failed query does not lose it. */
function keep(
  name: string,
  first: Date,
  seconds: number,
): { lost: AbortSignal; end: (restSeconds: number) => Promise<void> } {
  const lost = new AbortController();
  let until = first;
  let renewing = Promise.resolve();
  const renew = async () => {
    const renewed = await renewLease(name, until, seconds);
    if (renewed) until = renewed;
    else lost.abort();
  };
  const failed = (error: unknown) => logError(currentRequestId(), "background lease", error);
  const timer = setInterval(
    () => {
      renewing = renewing.then(renew).catch(failed);
    },
    (seconds * 1000) / 3,
  );
  return {
    lost: lost.signal,
    end: async (restSeconds) => {
      clearInterval(timer);
      await renewing;
      // If this fails, the lease expires by itself.
      if (!lost.signal.aborted) await endLease(name, until, restSeconds).catch(failed);
    },
  };
}
