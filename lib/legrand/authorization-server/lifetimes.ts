// Works with Legrand, Token request, "Lifetimes".

/** An authorization code: long enough for a redirect, short as RFC 6749 §4.1.2 asks. */
export const AUTHORIZATION_CODE_LIFETIME_SECONDS = 60;

/** An access token: one hour. */
export const ACCESS_TOKEN_LIFETIME_SECONDS = 60 * 60;

/** An interaction: the time a person has to sign in and to decide. */
export const INTERACTION_LIFETIME_SECONDS = 60 * 60;

/** A sign-in at the sandbox, renewed with every authorization request. */
export const SESSION_LIFETIME_SECONDS = 14 * 24 * 60 * 60;
