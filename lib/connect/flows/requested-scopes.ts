import { cookies } from "next/headers";

import { requestedScopesCookie } from "#lib/connect/flows/auth-cookies.ts";
import { readCookieOfFlow } from "#lib/connect/flows/current-flow.ts";

/**
 * Remembers the scopes of the authorization request that begins now, because the answer does not repeat them.
 * They become one of the flow's cookies (lib/connect/flows/rename-flow-cookies.ts).
 */
export async function rememberRequestedScopes(scopes: readonly string[] | undefined): Promise<void> {
  const jar = await cookies();
  if (scopes) jar.set(requestedScopesCookie(), scopes.join(" "));
  else jar.delete(requestedScopesCookie());
}

/**
 * Returns the scopes that the flow whose callback is being answered asked for, or null if none were
 * remembered. They are shown, stored as requested, and assumed to be granted if the answer names no scopes.
 */
export function readRequestedScopes(): string[] | null {
  return (
    readCookieOfFlow(requestedScopesCookie())
      ?.split(" ")
      .filter((scope) => /^[\w.]{1,64}$/.test(scope)) ?? null
  );
}
