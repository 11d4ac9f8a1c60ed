import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { endGrant } from "#lib/legrand/grants/end-grant.ts";

/**
 * Ends the grants that the library wants revoked in this request (one at most, since a request has one
 * token), and everything that hangs on them; what else it wanted deleted of them is gone with it.
 */
export async function endRevokedGrants(by: "application" | "reuse"): Promise<void> {
  const scope = requestScope();
  for (const id of scope.revokedGrants) await endGrant(id, by);
  scope.writes.revokedTokensOf = scope.writes.revokedTokensOf.filter(
    (id) => !scope.revokedGrants.includes(id),
  );
}
