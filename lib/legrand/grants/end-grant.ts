import { mailAccessEnded, type EndedBy } from "#lib/legrand/grants/grant-mails.ts";
import { revokeGrant } from "#lib/legrand/grants/store.ts";

/**
 * Revokes a grant with all its codes and tokens, and tells the person by mail who revoked it. Concurrent
 * calls send one mail. Returns true if this call revoked the grant.
 */
export async function endGrant(id: string, by: EndedBy): Promise<boolean> {
  const revoked = await revokeGrant(id);
  if (revoked) mailAccessEnded(revoked, by);
  return revoked !== null;
}
