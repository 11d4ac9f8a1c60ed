import { logError } from "#lib/log.ts";
import type { RequestAttempt } from "#lib/legrand/request-log/attempt.ts";
import { insertAttempts } from "#lib/legrand/request-log/insert.store.ts";
import { limitRate, newSecond, type Rates } from "#lib/legrand/request-log/limit-rate.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";
import { currentRequestId } from "#lib/request-id.ts";
import { stopping } from "#lib/work-under-way.ts";

/** How long an attempt waits for others. A kill loses at most the attempts of this time. */
const FLUSH_MS = 500;
/** Maximum number of waiting attempts of all applications, if the database is slow. */
const MOST_WAITING = 5_000;
const MOST_AT_ONCE = 500;

type Buffer = {
  waiting: RequestAttempt[];
  rates: Rates;
  timer: NodeJS.Timeout | null;
  /** Settles when the writes that have begun are done. */
  writing: Promise<void>;
};

// Interactions run in Next's bundle, endpoints in the server's own copy of this module.
const buffer = oncePerProcess<Buffer>("request-log", () => ({
  waiting: [],
  rates: new Map(),
  timer: null,
  writing: Promise.resolve(),
}));

/**
 * Adds an attempt to those that are written together, off the path of the request. Beyond the rate of an
 * application and the room of the buffer, successes give way to failures. Never throws.
 */
export function bufferAttempt(attempt: RequestAttempt): void {
  if (limitRate(buffer.rates, attempt) && makeRoom(attempt)) buffer.waiting.push(attempt);
  buffer.timer ??= setTimeout(() => void flushAttempts(), stopping().aborted ? 0 : FLUSH_MS).unref();
}

/**
 * Writes what is waiting in this process, and resolves when it is stored. A reader calls it first, so that it
 * sees every request that this process has answered. Never rejects: a failure is logged, and costs the batch.
 */
export function flushAttempts(): Promise<void> {
  if (buffer.timer) clearTimeout(buffer.timer);
  buffer.timer = null;
  const batch = buffer.waiting;
  buffer.waiting = [];
  newSecond(buffer.rates);
  if (batch.length) buffer.writing = buffer.writing.then(() => write(batch));
  return buffer.writing;
}

function makeRoom({ outcome }: RequestAttempt): boolean {
  if (buffer.waiting.length < MOST_WAITING) return true;
  const success = buffer.waiting.findIndex((one) => isSuccess(one.outcome));
  if (isSuccess(outcome) || success === -1) return false;
  buffer.waiting.splice(success, 1);
  return true;
}

async function write(batch: RequestAttempt[]): Promise<void> {
  for (let start = 0; start < batch.length; start += MOST_AT_ONCE) {
    const part = batch.slice(start, start + MOST_AT_ONCE);
    // The second try leaves out an application that was deleted during the first.
    await insertAttempts(part)
      .catch(() => insertAttempts(part))
      .catch((error: unknown) => logError(currentRequestId(), "request log", error));
  }
}

const isSuccess = (outcome: RequestAttempt["outcome"]) => outcome === "succeeded" || outcome === "waiting";
