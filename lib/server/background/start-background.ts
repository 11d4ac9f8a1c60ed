import { intervalMs, repeatJob, runJob, startLocalJob, type Job } from "#lib/server/background/repeat-job.ts";
import { onOneInstance } from "#lib/server/on-one-instance.ts";

/** A job that one of all processes does, unless it is about what each process has. */
export type BackgroundJob = Job & { isLocal?: boolean };

/** The work of a process that was killed is free for another after that. */
const LEASE_SECONDS = 60;
const SOONEST_MS = 1_000;
/**
 * A database that was slow to answer must not cost a whole interval. Where the work itself failed, the
 * lease's rest still counts.
 */
const RETRY_MS = 15_000;

/**
 * Does these jobs now and at their intervals, for as long as the process lives; none waits for another. One
 * that fails is logged and tried again: after `retryMs` where its lease could not be asked for, else after
 * its interval.
 */
export function startBackground(jobs: BackgroundJob[], retryMs = RETRY_MS): void {
  for (const job of jobs) {
    if (job.isLocal) startLocalJob(job);
    else repeatJob(job, () => runUnderLease(job), Math.min(intervalMs(job), retryMs));
  }
}

/**
 * Returns the milliseconds until the next attempt: to the end of the interval, or of the lease of another
 * process, which may die.
 */
async function runUnderLease(job: BackgroundJob): Promise<number> {
  const outcome = await onOneInstance(
    job.name,
    LEASE_SECONDS,
    (signal) => runJob(job, signal),
    intervalMs(job) / 1000,
  );
  return outcome.ran ? intervalMs(job) : Math.min(Math.max(outcome.freeInMs, SOONEST_MS), intervalMs(job));
}
