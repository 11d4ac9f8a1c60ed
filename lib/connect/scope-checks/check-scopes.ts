import { claimScopeCheck, recordGrantedScopes } from "#lib/connect/scope-checks/store.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { introspect } from "#lib/connect/tokens/introspect.ts";

/**
 * Asks Legrand which scopes of a linked account are granted now (RFC 7662), at most every five minutes.
 * Without this check, Connect would not notice that a scope which no call uses was taken back. Stores the
 * answer. Does nothing if Legrand offers no introspection or does not answer. If the token is not active,
 * leaves it to the next call, whose refusal renews it. Returns true if an answer was stored.
 */
export async function checkScopes(id: string): Promise<boolean> {
  if (!(await claimScopeCheck(id))) return false;
  const token = await getAccessToken(id);
  const said = token.ok ? await introspect(token.accessToken) : null;
  if (!token.ok || !said?.isActive || !said.scopes) return false;
  return recordGrantedScopes(id, token.tokenVersion, said.scopes);
}
