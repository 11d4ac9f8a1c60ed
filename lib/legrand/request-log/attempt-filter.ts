import { z } from "zod";

import { OUTCOMES, ATTEMPT_STEPS } from "#lib/legrand/request-log/attempt.ts";
import { isReason } from "#lib/legrand/request-log/reason-constants.ts";

/** What the page of attempts shows: all of them, or those that match. Null means any. */
export const attemptFilterSchema = z.object({
  outcome: z.enum(OUTCOMES).nullable().catch(null),
  step: z.enum(ATTEMPT_STEPS).nullable().catch(null),
  reason: z.string().refine(isReason).nullable().catch(null),
  journey: z.uuid().nullable().catch(null),
});

/** What the page of attempts shows. */
export type AttemptFilter = z.infer<typeof attemptFilterSchema>;

/** Returns the filter of a query. A value that is unknown filters nothing. */
export function parseAttemptFilter(query: URLSearchParams): AttemptFilter {
  return attemptFilterSchema.parse(
    Object.fromEntries(["outcome", "step", "reason", "journey"].map((name) => [name, query.get(name)])),
  );
}
