import { now } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { countCall, foreseeCall, isLiveKey } from "#lib/legrand/subscriptions/store.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import {
  DAILY_CALL_LIMIT,
  SUBSCRIPTION_KEY_HEADER,
} from "#lib/legrand/subscriptions/subscription-constants.ts";
import { secondsUntilTomorrow, today } from "#lib/legrand/subscriptions/today.ts";

/** Whether the call may be made; if not, what the API answers. */
export type SpentCall =
  { ok: true } | { ok: false; statusCode: 401 | 403; message: string; retryAfterSeconds?: number };

const MISSING_KEY: SpentCall = {
  ok: false,
  statusCode: 401,
  message:
    "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.",
};

const INVALID_KEY: SpentCall = {
  ok: false,
  statusCode: 401,
  message:
    "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.",
};

/**
 * Counts a call for that end user against the quota of the subscription whose key was sent (Legrand, Smarther
 * API). Returns whether the call may be made.
 */
export async function spendCall(headers: Headers, endUserId: string): Promise<SpentCall> {
  const key = headers.get(SUBSCRIPTION_KEY_HEADER);
  if (key === null) return MISSING_KEY;
  const count = isReadOnlyRequest() ? foreseeCall : countCall;
  const calls = await count(digest(key), today(), endUserId);
  if (calls === null) return INVALID_KEY;
  return calls > DAILY_CALL_LIMIT ? outOfQuota() : { ok: true };
}

/**
 * Checks the key of a call that has no valid access token, and counts nothing. The gateway checks the key
 * before the token.
 */
export async function checkKey(headers: Headers): Promise<SpentCall> {
  const key = headers.get(SUBSCRIPTION_KEY_HEADER);
  if (key === null) return MISSING_KEY;
  return (await isLiveKey(digest(key))) ? { ok: true } : INVALID_KEY;
}

function outOfQuota(): SpentCall {
  const seconds = secondsUntilTomorrow(now());
  const [hours, minutes, rest] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) =>
    String(Math.floor(part)).padStart(2, "0"),
  );
  return {
    ok: false,
    statusCode: 403,
    retryAfterSeconds: seconds,
    message: `Out of call volume quota. Quota will be replenished in ${hours}:${minutes}:${rest}.`,
  };
}
