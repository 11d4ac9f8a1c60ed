import type { NextAuthConfig } from "next-auth";

import { cookieName } from "#lib/cookie-name.ts";

/** The session with Connect. */
export const sessionCookie = () => cookieName("connect", "session");

/**
 * What next-auth calls `state`, under the name that it writes. The browser keeps one for each flow
 * (flow-cookies.ts).
 */
export const stateCookie = () => cookieName("connect", "state");
/** The PKCE code verifier, likewise. */
export const verifierCookie = () => cookieName("connect", "verifier");
/** The nonce, likewise. A flow without one asked for no id_token. */
export const nonceCookie = () => cookieName("connect", "nonce");
const callbackUrlCookie = () => cookieName("connect", "callback-url");
/** Scopes that the flow asks for (lib/connect/requested-scopes.ts). */
export const requestedScopesCookie = () => cookieName("connect", "requested-scopes");
/** What the flow is for (lib/connect/begun-request.ts). */
export const begunCookie = () => cookieName("connect", "begun");
const csrfCookie = () => cookieName("connect", "csrf");

/**
 * Cookies that belong to one flow, from **Connect Legrand** to the callback, by the names under which
 * next-auth writes and reads them.
 */
export const plainFlowCookies = () => [
  stateCookie(),
  verifierCookie(),
  nonceCookie(),
  callbackUrlCookie(),
  requestedScopesCookie(),
  begunCookie(),
];

/** Cookies that next-auth reads beside those of a flow. */
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
 * True if a cookie of that name cannot be used and would disturb next-auth. It takes every cookie whose name
 * starts with the session's for a part of the session, and refuses each request whose callback address is
 * unusable. The cookies of a flow have the flow in their name.
 */
export function isUnusableCookie(name: string): boolean {
  return (name.startsWith(sessionCookie()) && name !== sessionCookie()) || plainFlowCookies().includes(name);
}
