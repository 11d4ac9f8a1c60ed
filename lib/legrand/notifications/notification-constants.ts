/**
 * The scope that subscribing needs, and that each notification needs still: it says what can be read with it.
 */
export const NOTIFICATION_SCOPE = "comfort.read";

/**
 * An answer that takes longer counts as a failure, as does one that is not below 300 (Legrand's ban rule).
 */
export const ANSWER_LIMIT_MS = 750;

/** So many failures make a ban (Legrand's ban rule). */
export const FAILURES_FOR_A_BAN = 20;

/** The first ban lasts a minute, the second one two, and none longer than that (Legrand's ban rule). */
export const LONGEST_BAN_MINUTES = 20;

/**
 * So many failing endpoints of one application are counted at a time; the one that failed longest ago is
 * forgotten first (decision 32).
 */
export const MOST_FAILING_ENDPOINTS = 100;

/**
 * Failures are forgotten after that time without another one: Legrand speaks of the endpoints banned "during
 * the last 24 hours".
 */
export const FAILURES_KEPT_SECONDS = 24 * 60 * 60;
