import { intervalMs, repeatJob, runJob, startLocalJob, type Job } from "#lib/server/jobs/repeat-job.ts";
import { onOneInstance } from "#lib/server/jobs/on-one-instance.ts";

/**
 * A job that only one of all processes runs. A local job runs in every process, because it works on what each
 * process has.
 */
export type BackgroundJob = Job & { isLocal?: boolean };

/** If a process is killed, another may take over its job after this time. */
const LEASE_SECONDS = 60;
const SOONEST_MS = 1_000;
/**
 * How soon a failed lease query is retried, so that a slow database does not cost a whole interval. If the
 * work itself failed, the rest time of the lease still applies.
 */
const RETRY_MS = 15_000;

/**
 * Runs these jobs now and at their intervals, for as long as the process lives. No job waits for another. A
 * job that fails is logged and tried again: after `retryMs` if the lease query failed, else after its
 * interval.
 */
export function startBackground(jobs: BackgroundJob[], retryMs = RETRY_MS): void {
  for (const job of jobs) {
    if (job.isLocal) startLocalJob(job);
    else repeatJob(job, () => runUnderLease(job), Math.min(intervalMs(job), retryMs));
  }
}

/**
 * Runs the job if this process gets its lease. Returns the milliseconds until the next attempt: the interval,
 * or the rest of another process's lease, because that process may die.
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
