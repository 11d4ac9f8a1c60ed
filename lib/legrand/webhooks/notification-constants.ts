/**
 * The scope that is needed to subscribe, and again for each notification: a notification contains what this
 * scope allows to read.
 */
export const NOTIFICATION_SCOPE = "comfort.read";

/**
 * Time limit for an answer. A slower answer is a failure, as is one with a status of 300 or above (Legrand's
 * ban rule).
 */
export const ANSWER_LIMIT_MS = 750;

/** Number of failures for a ban (Legrand's ban rule). */
export const FAILURES_FOR_A_BAN = 20;

/** The first ban lasts one minute, the second two, and so on up to this limit (Legrand's ban rule). */
export const LONGEST_BAN_MINUTES = 20;

/**
 * Maximum number of failing endpoints that are counted for one application. The endpoint that failed longest
 * ago is forgotten first (decision 32).
 */
export const MOST_FAILING_ENDPOINTS = 100;

/**
 * Failures are forgotten after this time without a new one: Legrand speaks of the endpoints banned "during
 * the last 24 hours".
 */
export const FAILURES_KEPT_SECONDS = 24 * 60 * 60;
