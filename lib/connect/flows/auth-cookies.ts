import type { NextAuthConfig } from "next-auth";

import { cookieName } from "#lib/cookie-name.ts";

/** The session cookie of Connect. */
export const sessionCookie = () => cookieName("connect", "session");

/**
 * next-auth's `state` cookie, by the name that next-auth writes. The browser keeps one for each flow
 * (lib/connect/flows/flow.ts).
 */
export const stateCookie = () => cookieName("connect", "state");
/** The cookie of the PKCE code verifier; the browser keeps one for each flow. */
export const verifierCookie = () => cookieName("connect", "verifier");
/** The nonce cookie; the browser keeps one for each flow. A flow without it did not ask for an id_token. */
export const nonceCookie = () => cookieName("connect", "nonce");
const callbackUrlCookie = () => cookieName("connect", "callback-url");
/** The cookie with the scopes that the flow asks for (lib/connect/flows/requested-scopes.ts). */
export const requestedScopesCookie = () => cookieName("connect", "requested-scopes");
/** The cookie that says what the flow is for (lib/connect/flows/begun-request.ts). */
export const begunCookie = () => cookieName("connect", "begun");
const csrfCookie = () => cookieName("connect", "csrf");

/** Cookies of one flow, from **Connect Legrand** to the callback, by the names that next-auth uses. */
export const plainFlowCookies = () => [
  stateCookie(),
  verifierCookie(),
  nonceCookie(),
  callbackUrlCookie(),
  requestedScopesCookie(),
  begunCookie(),
];

/** Cookies that next-auth reads in addition to those of a flow. */
export const lastingCookies = () => [sessionCookie(), csrfCookie()];

/** The names of next-auth's cookies, as `NextAuthConfig` takes them. */
export function authCookies(): NonNullable<NextAuthConfig["cookies"]> {
  return {
    sessionToken: { name: sessionCookie() },
    csrfToken: { name: csrfCookie() },
    callbackUrl: { name: callbackUrlCookie() },
    state: { name: stateCookie() },
    pkceCodeVerifier: { name: verifierCookie() },
    nonce: { name: nonceCookie() },
    webauthnChallenge: { name: cookieName("connect", "challenge") },
  };
}

/**
 * True if a cookie with this name cannot be used and would confuse next-auth. Every cookie whose name starts
 * with the session cookie's name counts as a part of the session for next-auth. It also refuses each request
 * whose callback URL is unusable. The cookies of a flow have the flow in their name.
 */
export function isUnusableCookie(name: string): boolean {
  return (name.startsWith(sessionCookie()) && name !== sessionCookie()) || plainFlowCookies().includes(name);
}
