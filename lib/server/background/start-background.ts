import { env } from "#lib/env.ts";
import { noteWork, stopping } from "#lib/work-under-way.ts";
import { onOneInstance } from "#lib/server/on-one-instance.ts";
import { logError, logEvent, newRequestId } from "#lib/log.ts";
import { countBackgroundRun } from "#lib/metrics.ts";
import { currentRequestId, withRequestId } from "#lib/request-id.ts";

/** Work that one of all processes does again and again. Killed in the middle it is taken up by the next run: it must bear that. */
export type BackgroundJob = {
  /** Of the lease, in the log, and the value of a metric's label. */
  name: string;
  /** How often it is done, by whichever process. */
  everySeconds?: number;
  /** Done by each process: it is about what this one has. */
  isLocal?: boolean;
  /** Ends early, where it takes long, once the signal says so. */
  work: (signal: AbortSignal) => Promise<unknown>;
};

const USUAL_INTERVAL_SECONDS = 10 * 60;
/** The work of a process that was killed is free for another after that. */
const LEASE_SECONDS = 60;
const SOONEST_MS = 1_000;
const LONG_MS = 1_000;

/** Does these jobs now and at their intervals, for as long as the process lives; none waits for another. One that fails is logged and tried again. */
export function startBackground(jobs: BackgroundJob[]): void {
  for (const job of jobs) attempt(job);
}

function attempt(job: BackgroundJob): void {
  if (stopping().aborted) return;
  const run = withRequestId(newRequestId(), () => doNow(job));
  noteWork(run.then((waitMs) => { setTimeout(() => attempt(job), waitMs).unref(); }));
}

/** Returns the milliseconds until the next attempt: to the end of the interval, or of the lease of another process, which may die. */
async function doNow({ name, everySeconds = USUAL_INTERVAL_SECONDS, isLocal, work }: BackgroundJob): Promise<number> {
  const noted = (signal: AbortSignal) => note(name, () => work(signal));
  try {
    if (isLocal) return await noted(stopping()).then(() => everySeconds * 1000);
    const outcome = await onOneInstance(name, LEASE_SECONDS, noted, everySeconds);
    return outcome.ran ? everySeconds * 1000 : Math.min(Math.max(outcome.freeInMs, SOONEST_MS), everySeconds * 1000);
  } catch (error) {
    logError(currentRequestId(), `background: ${name}`, error);
    return everySeconds * 1000;
  }
}

/** Counts the work, and logs it where it did something or took long: most sweeps find nothing. */
async function note(name: string, work: () => Promise<unknown>): Promise<void> {
  const begin = performance.now();
  let outcome: "done" | "failed" = "failed";
  try {
    const result = await work();
    outcome = "done";
    const [count, ms] = [Number(result) || 0, Math.round(performance.now() - begin)];
    if (env().logRequests && (count > 0 || ms >= LONG_MS)) logEvent(currentRequestId(), `background: ${name}`, { count, ms });
  } finally {
    countBackgroundRun(name, outcome, (performance.now() - begin) / 1000);
  }
}
