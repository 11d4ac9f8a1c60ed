import type { RecordedParameter } from "#lib/legrand/request-log/redact-parameters.ts";

/** The steps of an application's requests, in the order of a journey. */
export const ATTEMPT_STEPS = [
  "authorize",
  "sign_in",
  "consent",
  "token",
  "userinfo",
  "api",
  "introspect",
  "revoke",
] as const;
/** A step of an application's requests. */
export type AttemptStep = (typeof ATTEMPT_STEPS)[number];

/** How a request ended. `waiting` is an authorization request that now waits for the person. */
export const OUTCOMES = ["succeeded", "waiting", "refused", "failed"] as const;
/** How a request ended. */
export type Outcome = (typeof OUTCOMES)[number];

/**
 * One request of an application, already redacted: never a credential, the name of a home, or a value of a
 * device. Times are in UTC; `durationMs` is what the server needed.
 */
export type RequestAttempt = {
  clientId: string;
  at: Date;
  step: AttemptStep;
  outcome: Outcome;
  /** The code of the exact reason (`describe-reason.ts`), or null for a success. */
  reason: string | null;
  status: number;
  durationMs: number;
  requestId: string;
  /** What an error page shows (`referenceOf`). */
  reference: string;
  journey: string | null;
  /** The account's id. It is stored as a pseudonym and a digest only. */
  accountId: string | null;
  secretEnding: string | null;
  /** The operation of an API, without the ids of homes. */
  operation: string | null;
  parameters: RecordedParameter[];
  /** 1, or the number of successes that were counted and not stored. */
  requests: number;
};
