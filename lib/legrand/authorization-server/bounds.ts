// How much of the artifacts' table one caller can fill (decision 32). None of it limits a rate: beyond a
// bound the oldest go.

/**
 * How many interactions without an account one network may have, and all networks together. They are counted
 * at every `step`th new one, because a count at each request would cost too much; then the count goes down to
 * `most - step`, so that `most` is not passed before the next one.
 */
export const ANONYMOUS_BOUNDS = { ofNetwork: { most: 1_000, step: 20 }, inAll: { most: 20_000, step: 100 } };

/** One in so many writes looks after the share of its grant and its account. */
export const SHARES_LOOKED_AT_EVERY = 256;

/** Codes, access tokens and refresh tokens that hang on one grant, of each kind, the spent ones included. */
export const MOST_OF_GRANT = 5_000;

/** Sessions and interactions of one account, of each kind. */
export const MOST_OF_ACCOUNT = 1_000;

/**
 * The longest `state` of an authorization request, in bytes: it is stored with the interaction and travels in
 * two addresses.
 */
export const STATE_LIMIT_BYTES = 2_048;
