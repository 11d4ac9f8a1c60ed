import { loadApplication } from "#lib/legrand/authorization-server/load-application.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { endGrant } from "#lib/legrand/grants/end-grant.ts";
import { mailAccessChanged } from "#lib/legrand/grants/grant-mails.ts";
import { recordGrantUse } from "#lib/legrand/grants/record-grant-use.ts";
import { withdrawScopes, type Grant } from "#lib/legrand/grants/store.ts";
import { parseScope, UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/** Returns the grants that this request loaded. There is at most one, because a request has one token. */
function loadedGrants(): Grant[] {
  return [...requestScope().loaded.grants.values()].filter((grant) => grant !== null);
}

/**
 * Removes scopes from a token response that were taken back since the token was issued. This is needed
 * because the library uses the scopes that a code or refresh token began with, and because responses are
 * stored for replay. The response has an `id_token` only if `openid` is granted (OpenID Connect Core
 * §3.1.2.1). The grant is the one that this request loaded.
 */
export function narrowToGrant<Answer extends Record<string, unknown>>({
  id_token: idToken,
  ...answer
}: Answer): Record<string, unknown> {
  if (typeof answer.scope !== "string") return answer;
  const [grant] = loadedGrants();
  const scopes = parseScope(answer.scope).filter((scope) => grant?.grantedScopes.includes(scope));
  return {
    ...answer,
    scope: scopes.join(" "),
    ...(scopes.includes("openid") && idToken ? { id_token: idToken } : {}),
  };
}

/**
 * Removes from a grant the scopes that the application is no longer registered for. It is called at a
 * refresh, whose tokens have already lost them. If a scope was removed, the person receives a mail; otherwise
 * nothing is written.
 */
export async function withdrawUnregistered(grantId: string): Promise<void> {
  const grant = requestScope().loaded.grants.get(grantId);
  const application = grant && (await loadApplication(grant.clientId));
  if (!application) return;
  const withdrawn = grant.grantedScopes.filter(
    (scope) => ![...application.scopes, ...UNREGISTERED_SCOPES].includes(scope),
  );
  const changed = withdrawn.length ? await withdrawScopes(grant.id, withdrawn) : null;
  if (changed) mailAccessChanged(changed, { added: [], removed: withdrawn }, "developer");
}

/** Records that the grant of the sent token was used. */
export async function recordTokenUse(): Promise<void> {
  for (const grant of loadedGrants()) await recordGrantUse(grant);
}

/**
 * Ends the grants that the library wants to revoke in this request, with their codes and tokens. There is at
 * most one, because a request has one token. Tokens that the library also wanted to delete are removed with
 * their grant.
 */
export async function endRevokedGrants(by: "application" | "reuse"): Promise<void> {
  const scope = requestScope();
  for (const id of scope.revokedGrants) await endGrant(id, by);
  scope.writes.revokedTokensOf = scope.writes.revokedTokensOf.filter(
    (id) => !scope.revokedGrants.includes(id),
  );
}
