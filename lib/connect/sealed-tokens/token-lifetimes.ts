/**
 * Lifetime of a Legrand refresh token if the answer does not contain one. It ends after 90 days without use
 * (Works with Legrand, Token request, Lifetimes).
 */
export const ASSUMED_REFRESH_TOKEN_LIFETIME_SECONDS = 90 * 24 * 60 * 60;

/** Longest accepted lifetime of a refresh token: ten years, even if an answer says more. */
export const LONGEST_REFRESH_TOKEN_LIFETIME_SECONDS = 10 * 365 * 24 * 60 * 60;

/** Lifetime of a Legrand access token if the answer does not contain one (same source). */
export const ASSUMED_ACCESS_TOKEN_LIFETIME_SECONDS = 60 * 60;

/** Longest accepted lifetime of an access token: it is renewed after a day, even if an answer says more. */
export const LONGEST_ACCESS_TOKEN_LIFETIME_SECONDS = 24 * 60 * 60;

/** An access token that expires within this time is renewed before it is used. */
export const RENEWED_BEFORE_END_SECONDS = 2 * 60;
