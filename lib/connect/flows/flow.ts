import { decode } from "next-auth/jwt";

import { plainFlowCookies, stateCookie, verifierCookie } from "#lib/connect/flows/auth-cookies.ts";
import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";
import { readCookiePairs, type CookiePair } from "#lib/http/cookie-pairs.ts";

/**
 * Most flows that one browser may have at a time. Each flow has about 2,200 bytes of cookies, which are sent
 * with every request, and proxies limit the size of the header.
 */
const MOST_FLOWS = 5;
const HASH_LENGTH = 16;

/**
 * One attempt from **Connect Legrand** to the callback, in one tab. `isOpen` is false once the flow has had
 * its answer.
 */
export type Flow = {
  state: string;
  /** Value of the cookie that contains `state`, encrypted. Only this browser has it. */
  secret: string;
  isOpen: boolean;
  /** The flow's cookies, under the names that next-auth reads. */
  cookies: CookiePair[];
};

/** Returns the name under which the browser keeps this cookie of the flow with this `state`. */
export function flowCookie(plainName: string, state: string): string {
  return `${plainName}.${hashOf(state)}`;
}

/**
 * Finds the flow with this `state` in a `Cookie` header. Returns null if this browser did not start it, or if
 * its cookie was altered, is older than 15 minutes or was made with another `AUTH_SECRET`.
 */
export async function findFlow(header: string | null, state: string): Promise<Flow | null> {
  const hash = hashOf(state);
  const cookies = listFlowCookies(readCookiePairs(header))
    .filter((one) => one.hash === hash)
    .map(({ plainName, value }) => ({ name: plainName, value }));
  const valueOf = (plainName: string) => cookies.find(({ name }) => name === plainName)?.value;
  const secret = valueOf(stateCookie());
  if (!secret || (await readState(secret))?.state !== state) return null;
  return { state, secret, isOpen: valueOf(verifierCookie()) !== undefined, cookies };
}

/** Lists the names of all cookies of this flow that the browser sent, usable or not. */
export function namesOfFlow(header: string | null, state: string): string[] {
  const hash = hashOf(state);
  return listFlowCookies(readCookiePairs(header))
    .filter((one) => one.hash === hash)
    .map(({ name }) => name);
}

/**
 * Lists the names of cookies to delete when a flow begins. These are the cookies of the oldest flows, so that
 * five remain with the new one. Flows that can never end, because their `state` cannot be read, are deleted
 * too.
 */
export async function listSurplusCookies(pairs: readonly CookiePair[]): Promise<string[]> {
  const found = listFlowCookies(pairs);
  const begun = await Promise.all(
    found
      .filter(({ plainName }) => plainName === stateCookie())
      .map(async ({ hash, value }) => ({ hash, at: (await readState(value))?.begunAt ?? null })),
  );
  // Within one second, the order in the header decides: a browser sends older cookies first (RFC 6265 §5.4).
  const alive = begun
    .flatMap(({ hash, at }) => (at === null ? [] : [{ hash, at }]))
    .reverse()
    .sort((a, b) => b.at - a.at);
  const kept = new Set(alive.slice(0, MOST_FLOWS - 1).map(({ hash }) => hash));
  return found.filter(({ hash }) => !kept.has(hash)).map(({ name }) => name);
}

const hashOf = (state: string) => digest(state).slice(0, HASH_LENGTH);

type FlowCookie = CookiePair & { plainName: string; hash: string };

function listFlowCookies(pairs: readonly CookiePair[]): FlowCookie[] {
  const plainNames = plainFlowCookies();
  return pairs.flatMap((pair) => {
    const plainName = plainNames.find((name) => pair.name.startsWith(`${name}.`));
    return plainName ? [{ ...pair, plainName, hash: pair.name.slice(plainName.length + 1) }] : [];
  });
}

/**
 * Decrypts the state that next-auth sealed under the plain name; `begunAt` is in seconds. Returns null if it
 * cannot be decrypted.
 */
async function readState(secret: string): Promise<{ state: unknown; begunAt: number } | null> {
  try {
    const payload = await decode({ token: secret, secret: env().authSecret, salt: stateCookie() });
    return payload && { state: payload.value, begunAt: payload.iat ?? 0 };
  } catch {
    return null;
  }
}
