import { env } from "#lib/env.ts";
import { noteWork, stopping } from "#lib/work-under-way.ts";
import { logError, logEvent, newRequestId } from "#lib/log.ts";
import { countBackgroundRun } from "#lib/metrics.ts";
import { currentRequestId, withRequestId } from "#lib/request-id.ts";

/**
 * Work that is done again and again. A kill in the middle leaves it to the next run, so it must be
 * idempotent.
 */
export type Job = {
  /** Of the lease, in the log, and the value of a metric's label. */
  name: string;
  /** How often it is done. */
  everySeconds?: number;
  /** Ends early, where it takes long, once the signal is aborted. */
  work: (signal: AbortSignal) => Promise<unknown>;
};

const USUAL_INTERVAL_SECONDS = 10 * 60;
const LONG_MS = 1_000;

/**
 * Does that job in this process now and at its interval, until the process stops. A job that fails is logged
 * and tried again.
 */
export function startLocalJob(job: Job): void {
  repeatJob(job, () => runJob(job, stopping()).then(() => intervalMs(job)), intervalMs(job));
}

/** Returns the milliseconds from one run of that job to the next. */
export function intervalMs({ everySeconds = USUAL_INTERVAL_SECONDS }: Job): number {
  return everySeconds * 1000;
}

/**
 * Calls `attempt` now, and again after as many milliseconds as it returns, until the process stops. A failure
 * is logged, and tried again after `retryMs`.
 */
export function repeatJob(job: Job, attempt: () => Promise<number>, retryMs: number): void {
  if (stopping().aborted) return;
  const run = withRequestId(newRequestId(), () =>
    attempt().catch((error: unknown) => {
      logError(currentRequestId(), `background: ${job.name}`, error);
      return retryMs;
    }),
  );
  noteWork(
    run.then((waitMs) => {
      setTimeout(() => repeatJob(job, attempt, retryMs), waitMs).unref();
    }),
  );
}

/**
 * Does the job once. Counts it, and logs it where it did something or took long: most sweeps find nothing.
 */
export async function runJob({ name, work }: Job, signal: AbortSignal): Promise<void> {
  const begin = performance.now();
  let outcome: "done" | "failed" = "failed";
  try {
    const result = await work(signal);
    outcome = "done";
    const [count, ms] = [Number(result) || 0, Math.round(performance.now() - begin)];
    if (env().logRequests && (count > 0 || ms >= LONG_MS))
      logEvent(currentRequestId(), `background: ${name}`, { count, ms });
  } finally {
    countBackgroundRun(name, outcome, (performance.now() - begin) / 1000);
  }
}
