import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { endGrant } from "#lib/legrand/grants/end-grant.ts";

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
