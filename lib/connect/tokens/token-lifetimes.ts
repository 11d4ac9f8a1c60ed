/**
 * A refresh token of Legrand's ends after 90 days without use, where the answer does not say it (Works with
 * Legrand, Token request, Lifetimes).
 */
export const REFRESH_TOKEN_LIFETIME_SECONDS = 90 * 24 * 60 * 60;

/** However long an answer says that a refresh token lives, ten years are believed. */
export const LONGEST_REFRESH_TOKEN_LIFETIME_SECONDS = 10 * 365 * 24 * 60 * 60;

/** An access token of Legrand's lives that long, where the answer does not say it (likewise). */
export const ACCESS_TOKEN_LIFETIME_SECONDS = 60 * 60;

/** However long an answer says that it lives, it is renewed after a day. */
export const LONGEST_ACCESS_TOKEN_LIFETIME_SECONDS = 24 * 60 * 60;

/** An access token that ends within that time is renewed before it is handed out. */
export const RENEWED_BEFORE_END_SECONDS = 2 * 60;
