import { cookies } from "next/headers";

import { requestedScopesCookie } from "#lib/connect/flows/auth-cookies.ts";
import { readCookieOfFlow } from "#lib/connect/flows/current-flow.ts";

/**
 * Notes what the authorization request that begins now asks for: the answer does not repeat it. The note
 * becomes one of the flow's cookies (lib/connect/flows/keep-flow.ts).
 */
export async function rememberRequestedScopes(scopes: readonly string[] | undefined): Promise<void> {
  const jar = await cookies();
  if (scopes) jar.set(requestedScopesCookie(), scopes.join(" "));
  else jar.delete(requestedScopesCookie());
}

/**
 * Returns what the flow whose callback is being answered asked for, or null if nothing was noted. It is
 * shown, and decides nothing.
 */
export function readRequestedScopes(): string[] | null {
  return (
    readCookieOfFlow(requestedScopesCookie())
      ?.split(" ")
      .filter((scope) => /^[\w.]{1,64}$/.test(scope)) ?? null
  );
}
