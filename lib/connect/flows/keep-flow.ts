import { parseSetCookie, stringifySetCookie } from "cookie";
import { cookies } from "next/headers";

import { plainFlowCookies } from "#lib/connect/flows/auth-cookies.ts";
import { flowCookie, listSurplusCookies } from "#lib/connect/flows/flow.ts";
import { env } from "#lib/env.ts";
import { readCookiePairs } from "#lib/http/cookie-pairs.ts";
import { deleteCookieLines } from "#lib/http/set-cookie-line.ts";

/** The time for which next-auth accepts a value that it sealed. */
const LIFETIME_SECONDS = 15 * 60;

/**
 * Renames the cookies that next-auth has just set, so that each flow has its own. Without this, a second tab
 * would overwrite the cookies of the first, because next-auth fixes their names before it makes `state`.
 * `address` is the URL that the browser goes to, with `state` in it; null if no flow began.
 */
export async function keepFlow(address: string | null): Promise<void> {
  const jar = await cookies();
  const state = stateIn(address);
  const surplus = state ? await listSurplusCookies(jar.getAll()) : [];
  for (const name of surplus) jar.delete(name);
  for (const plainName of plainFlowCookies()) {
    const value = jar.get(plainName)?.value;
    if (value === undefined) continue;
    jar.delete(plainName);
    if (state && value)
      jar.set(flowCookie(plainName, state), value, {
        httpOnly: true,
        sameSite: "lax",
        secure: env().isHttps,
        path: "/",
        maxAge: LIFETIME_SECONDS,
      });
  }
}

/**
 * Renames the flow cookies in an answer of next-auth's own routes. Returns the answer with the cookies
 * renamed, or without them if no flow began.
 */
export async function keepFlowOf(request: Request, response: Response): Promise<Response> {
  const state = stateIn(response.headers.get("location"));
  const plainNames = plainFlowCookies();
  const headers = new Headers(response.headers);
  headers.delete("set-cookie");
  for (const line of response.headers.getSetCookie()) {
    const set = parseSetCookie(line, { decode: unchanged });
    if (!plainNames.includes(set.name)) headers.append("set-cookie", line);
    else if (state)
      headers.append(
        "set-cookie",
        stringifySetCookie({ ...set, name: flowCookie(set.name, state) }, { encode: unchanged }),
      );
  }
  const surplus = state ? await listSurplusCookies(readCookiePairs(request.headers.get("cookie"))) : [];
  for (const line of deleteCookieLines(surplus)) headers.append("set-cookie", line);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

const unchanged = (value: string) => value;

const stateIn = (address: string | null) =>
  address ? (URL.parse(address)?.searchParams.get("state") ?? null) : null;
