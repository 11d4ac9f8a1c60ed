import { headers as requestHeaders } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";

import { digest } from "#lib/crypto/digest.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { SignedIn } from "#lib/legrand/accounts/sign-in.ts";
import { findAccountOfSession } from "#lib/legrand/accounts/store.ts";
import { boundSharesOf } from "#lib/legrand/authorization-server/commit-writes.ts";
import { toNode } from "#lib/legrand/authorization-server/bridge.ts";
import { SESSION_LIFETIME_SECONDS } from "#lib/legrand/authorization-server/lifetimes.ts";
import { getAuthorizationServer } from "#lib/legrand/authorization-server/provider.ts";
import { rememberDevice } from "#lib/legrand/accounts/device-cookie.ts";
import { isInteractionPath } from "#lib/legrand/portal/return-to.ts";
import {
  newRequestScope,
  requestScope,
  runInRequestScope,
} from "#lib/legrand/authorization-server/request-scope.ts";
import { readSandboxCookie, sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";
import { findArtifact, writeArtifacts } from "#lib/legrand/authorization-server/artifacts.store.ts";

const cookieOfSession = () => sandboxCookieName("session");

/**
 * Returns the account that is signed in in the browser that sent these headers, or null. The portal shares
 * the authorization server's own session: a person who signed in here is not asked again at consent, and
 * signing out ends both.
 */
export async function findSignedIn(headers: Headers): Promise<LegrandAccount | null> {
  const sessionDigest = await readSessionDigest(headers);
  return sessionDigest ? ((await findAccountOfSession(sessionDigest)) as LegrandAccount | null) : null;
}

// Cached, so that layout, title and page query the session only once.
const findOnce = cache(async () => findSignedIn(new Headers(await requestHeaders())));

/**
 * Returns the signed-in account of the page that is being rendered. Without one, redirects to the sign-in
 * page, which leads on to `returnTo`.
 */
export async function requireAccount(returnTo: string): Promise<LegrandAccount> {
  return (await findOnce()) ?? redirect(signInPath(returnTo));
}

/** Returns the signed-in account of the page that is being rendered, or null. For public pages. */
export function findAccountOfPage(): Promise<LegrandAccount | null> {
  return findOnce();
}

/**
 * Returns the address of the sign-in page that leads on to a path of the sandbox. An interaction's page is
 * its own sign-in page.
 */
export function signInPath(returnTo: string): string {
  if (isInteractionPath(returnTo)) return returnTo;
  return `/legrand/sign-in?${new URLSearchParams({ return_to: returnTo })}`;
}

/**
 * Returns the digest under which the session of the browser that sent these headers is stored, or null if
 * there is no session.
 */
export async function readSessionDigest(headers: Headers): Promise<string | null> {
  const sessionId = await readSessionId(headers);
  return sessionId ? digest(sessionId) : null;
}

/**
 * Returns when the account last signed in with its password in the browser that sent these headers, or null
 * if there is no session.
 */
export async function findSignedInAt(headers: Headers): Promise<Date | null> {
  const sessionDigest = await readSessionDigest(headers);
  const session = sessionDigest ? await findArtifact("Session", sessionDigest) : null;
  const loginTs = session?.payload.loginTs;
  return typeof loginTs === "number" ? new Date(loginTs * 1000) : null;
}

/**
 * Signs the account in with a new session. An existing session of this browser is deleted and never taken
 * over, because an attacker may have planted it (session fixation). From now on the account knows this
 * browser. Returns the `Set-Cookie` values, or null if the verified password is no longer the account's, or
 * the account is gone.
 */
export function startSession(
  { accountId, passwordProof }: SignedIn,
  headers: Headers,
): Promise<string[] | null> {
  return runInRequestScope(newRequestScope(), async () => {
    const { provider } = await getAuthorizationServer();
    const context = createContext(provider, headers);
    const before = readCookie(context);
    if (before) requestScope().writes.deleted.push(digest(before));
    const session = new provider.Session() as InstanceType<typeof provider.Session> & {
      loginAccount: (login: { accountId: string }) => void;
    };
    session.loginAccount({ accountId });
    await session.save(SESSION_LIFETIME_SECONDS);
    if (!(await writeArtifacts(requestScope().writes, { accountId, passwordProof }))) return null;
    await boundSharesOf(requestScope().writes);
    return [
      ...setCookie(context, session.jti, SESSION_LIFETIME_SECONDS),
      rememberDevice(headers, { accountId, passwordProof }),
    ];
  });
}

/**
 * Ends the session of the browser that sent these headers. Returns the `Set-Cookie` values that delete its
 * cookies.
 */
export async function endSession(headers: Headers): Promise<string[]> {
  const { provider } = await getAuthorizationServer();
  const context = createContext(provider, headers);
  const sessionId = readCookie(context);
  if (sessionId) await writeArtifacts({ ...newRequestScope().writes, deleted: [digest(sessionId)] });
  return setCookie(context, null, 0);
}

type Provider = Awaited<ReturnType<typeof getAuthorizationServer>>["provider"];
type Context = ReturnType<Provider["createContext"]>;

async function readSessionId(headers: Headers): Promise<string | null> {
  if (!readSandboxCookie("session", headers)) return null;
  const { provider } = await getAuthorizationServer();
  return readCookie(createContext(provider, headers));
}

/** Returns a context with the library's own cookie jar, signed with the sandbox's keys. */
function createContext(provider: Provider, headers: Headers): Context {
  const cookie = headers.get("cookie");
  const { req, res } = toNode("/legrand/session", {
    method: "GET",
    headers: new Headers(cookie ? { cookie } : {}),
  });
  return provider.createContext(req, res);
}

const readCookie = (context: Context): string | null =>
  context.cookies.get(cookieOfSession(), { signed: true }) ?? null;

function setCookie(context: Context, value: string | null, lifetimeSeconds: number): string[] {
  context.cookies.set(cookieOfSession(), value, {
    signed: true,
    httpOnly: true,
    sameSite: "lax",
    path: "/legrand",
    overwrite: true,
    maxAge: lifetimeSeconds * 1000,
  });
  return [context.res.getHeader("set-cookie") ?? []].flat().map(String);
}
