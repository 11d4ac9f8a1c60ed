// Bounds on how much of the artifact table one caller can fill (decision 32). They do not limit a rate:
// beyond a bound, the oldest rows are deleted.

/**
 * How many interactions without an account one network may have, and all networks together. They are counted
 * at every `step`th new one, because a count at each request would cost too much. The count is then reduced
 * to `most - step`, so that it does not pass `most` before the next check.
 */
export const ANONYMOUS_BOUNDS = { ofNetwork: { most: 1_000, step: 20 }, inAll: { most: 20_000, step: 100 } };

/** One in this many writes enforces the bounds of its grant and its account. */
export const SHARES_LOOKED_AT_EVERY = 256;

/**
 * Codes, access tokens and refresh tokens of one grant. The bound applies to each kind, and spent ones count.
 */
export const MOST_OF_GRANT = 5_000;

/** Sessions and interactions of one account. The bound applies to each kind. */
export const MOST_OF_ACCOUNT = 1_000;

/**
 * Maximum length of the `state` of an authorization request, in bytes. It is stored with the interaction and
 * is part of two URLs.
 */
export const STATE_LIMIT_BYTES = 2_048;
