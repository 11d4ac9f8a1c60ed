import { mailAccessEnded, type EndedBy } from "#lib/legrand/grants/grant-mails.ts";
import { revokeGrant } from "#lib/legrand/grants/store.ts";

/**
 * Takes a grant back with every code and token of it, at once, and tells the person by mail who did it: once,
 * however many ask for it at the same time. Whether it was this call.
 */
export async function endGrant(id: string, by: EndedBy): Promise<boolean> {
  const revoked = await revokeGrant(id);
  if (revoked) mailAccessEnded(revoked, by);
  return revoked !== null;
}
