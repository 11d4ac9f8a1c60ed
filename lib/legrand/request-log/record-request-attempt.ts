import { now } from "#lib/clock.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import type { RequestAttempt } from "#lib/legrand/request-log/attempt.ts";
import { bufferAttempt } from "#lib/legrand/request-log/buffer.ts";
import { referenceOf } from "#lib/legrand/request-log/reference.ts";
import { logEvent } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** What a step knows about a request that it answered. `begunAt` is a value of `performance.now()`. */
export type AnsweredRequest = Pick<RequestAttempt, "step" | "outcome" | "reason" | "status"> &
  Partial<RequestAttempt> & { begunAt: number };

/**
 * Records an answered request of an application, for its developer. Without a known application there is only
 * a line in the log, if the request was refused. A HEAD is not recorded, because it has no effects (decision
 * 49). Never throws.
 */
export function recordRequestAttempt({ begunAt, clientId, ...request }: AnsweredRequest): void {
  if (isReadOnlyRequest()) return;
  const requestId = currentRequestId();
  const reference = referenceOf(requestId);
  const { step, outcome, reason, status } = request;
  if (clientId)
    return bufferAttempt({
      ...NOTHING_KNOWN,
      ...request,
      clientId,
      at: now(),
      durationMs: Math.round(performance.now() - begunAt),
      requestId,
      reference,
    });
  if (outcome === "refused" || outcome === "failed")
    logEvent(requestId, "attempt", { reference, step, status, reason: reason ?? "none" });
}

const NOTHING_KNOWN = {
  journey: null,
  accountId: null,
  secretEnding: null,
  operation: null,
  parameters: [],
  requests: 1,
};
