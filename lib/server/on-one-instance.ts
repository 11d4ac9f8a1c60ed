import { endLease, renewLease, takeLease } from "#lib/server/background/store.ts";
import { stopping } from "#lib/work-under-way.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** Whether the work was done here; where it was not, how long until it is worth another look. */
export type OneInstanceOutcome = { ran: true } | { ran: false; freeInMs: number };

/**
 * Runs `work` if this process gets the lease of that name, and no other process meanwhile: the lease lasts
 * `seconds` and is prolonged for as long as the work takes. Of a process that dies another takes it over
 * after that time. For `restSeconds` after the work nobody does it again. The signal tells the work to end
 * early: the process stops (then another takes it up at once), or it was away for so long that somebody else
 * has the lease. Rejects with what the work throws.
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

/**
 * Prolongs a lease three times as often as it would need. One look at a database that does not answer is not
 * the end of it.
 */
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
      // Where it fails the lease ends by itself.
      if (!lost.signal.aborted) await endLease(name, until, restSeconds).catch(failed);
    },
  };
}
