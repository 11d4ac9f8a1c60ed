// Works with Legrand, Token request, "Lifetimes".

/** Lifetime of an authorization code: long enough for a redirect, and short as RFC 6749 §4.1.2 requires. */
export const AUTHORIZATION_CODE_LIFETIME_SECONDS = 60;

/** Lifetime of an access token: one hour. */
export const ACCESS_TOKEN_LIFETIME_SECONDS = 60 * 60;

/** Lifetime of an interaction: the time that a person has to sign in and to decide. */
export const INTERACTION_LIFETIME_SECONDS = 60 * 60;

/** Lifetime of a sign-in at the sandbox, renewed with every authorization request. */
export const SESSION_LIFETIME_SECONDS = 14 * 24 * 60 * 60;
