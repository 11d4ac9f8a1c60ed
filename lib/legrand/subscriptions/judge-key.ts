import { now } from "#lib/clock.ts";
import {
  DAILY_CALL_LIMIT,
  SUBSCRIPTION_KEY_HEADER,
} from "#lib/legrand/subscriptions/subscription-constants.ts";
import { secondsUntilTomorrow } from "#lib/legrand/subscriptions/today.ts";

/** What the database knows about the key of a call. */
export type CheckedKey = {
  /** Whether a live subscription has the key. */
  isLiveKey: boolean;
  /**
   * The calls of the subscription for the end user today, including this one. Null if the call was not
   * counted, because the key or the access token is refused.
   */
  calls: number | null;
};

/** Whether the call may be made; if not, what the API answers. */
export type JudgedKey =
  { ok: true } | { ok: false; statusCode: 401 | 403; message: string; retryAfterSeconds?: number };

const MISSING_KEY: JudgedKey = {
  ok: false,
  statusCode: 401,
  message:
    "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.",
};

const INVALID_KEY: JudgedKey = {
  ok: false,
  statusCode: 401,
  message:
    "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.",
};

/**
 * Returns whether the key of a call that was checked is live and has quota left for the end user (Legrand,
 * Smarther API).
 */
export function judgeKey(headers: Headers, { isLiveKey, calls }: CheckedKey): JudgedKey {
  if (!headers.has(SUBSCRIPTION_KEY_HEADER)) return MISSING_KEY;
  if (!isLiveKey) return INVALID_KEY;
  return calls !== null && calls > DAILY_CALL_LIMIT ? outOfQuota() : { ok: true };
}

function outOfQuota(): JudgedKey {
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
