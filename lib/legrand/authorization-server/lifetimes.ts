// Works with Legrand, Token request, "Lifetimes".

/** An authorization code: long enough for a redirect, short as RFC 6749 §4.1.2 asks. */
export const AUTHORIZATION_CODE_LIFETIME_SECONDS = 60;

/** An access token: one hour. */
export const ACCESS_TOKEN_LIFETIME_SECONDS = 60 * 60;

/** A refresh token: 90 days without use. Every refresh brings a new one, up to the end that the setting names (refresh-lifetime.ts). */
export const REFRESH_TOKEN_LIFETIME_SECONDS = 90 * 24 * 60 * 60;

/** An interaction: the time a person has to sign in and to decide. */
export const INTERACTION_LIFETIME_SECONDS = 60 * 60;

/** A sign-in at the sandbox, renewed with every authorization request. */
export const SESSION_LIFETIME_SECONDS = 14 * 24 * 60 * 60;
