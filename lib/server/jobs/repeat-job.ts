import { env } from "#lib/env.ts";
import { trackWork, stopping } from "#lib/work-under-way.ts";
import { logError, logEvent, newRequestId } from "#lib/log.ts";
import { countBackgroundRun } from "#lib/metrics.ts";
import { currentRequestId, withRequestId } from "#lib/request-id.ts";

/**
 * Work that is repeated. If the process is killed in the middle, the next run does the rest, so the work must
 * be idempotent.
 */
export type Job = {
  /** The name of the lease, of the job in the log, and of the metric's label. */
  name: string;
  /** The interval. */
  everySeconds?: number;
  /** The work. If it takes long, it must end early once the signal is aborted. */
  work: (signal: AbortSignal) => Promise<unknown>;
};

const USUAL_INTERVAL_SECONDS = 10 * 60;
const LONG_MS = 1_000;

/**
 * Runs that job in this process, now and at its interval, until the process stops. A failure is logged, and
 * the job is tried again.
 */
export function startLocalJob(job: Job): void {
  repeatJob(job, () => runJob(job, stopping()).then(() => intervalMs(job)), intervalMs(job));
}

/** Returns the milliseconds from one run of that job to the next. */
export function intervalMs({ everySeconds = USUAL_INTERVAL_SECONDS }: Job): number {
  return everySeconds * 1000;
}

/**
 * Calls `attempt` now, and again after the milliseconds that it returns, until the process stops. A failure
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
  trackWork(
    run.then((waitMs) => {
      setTimeout(() => repeatJob(job, attempt, retryMs), waitMs).unref();
    }),
  );
}

/**
 * Runs the job once and counts the run. Logs it only if it did something or took long, because most sweeps
 * find nothing.
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
