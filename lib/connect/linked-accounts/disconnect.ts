import { z } from "zod";

import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { revokeAtIssuer } from "#lib/connect/cloud/revoke.ts";
import { deleteLinkedAccount, findRefreshToken } from "#lib/connect/linked-accounts/store.ts";

/** Fields of the form with the button **Disconnect**. */
export const disconnectSchema = z.object({ id: z.uuid() });

/**
 * Revokes the tokens at Legrand (RFC 7009) and forgets the account. `forgotten`: the account is gone here, and Legrand
 * could not be told, or documents no way to tell it. `unknown`: it was not this user's, or gone already.
 */
export async function disconnect(user: SignedInUser, id: string): Promise<"revoked" | "forgotten" | "unknown"> {
  const refreshToken = await findRefreshToken(user, id);
  const revoked = refreshToken !== null && await revokeAtIssuer(refreshToken);
  const existed = await deleteLinkedAccount(user, id);
  if (!existed) return "unknown";
  return revoked ? "revoked" : "forgotten";
}
