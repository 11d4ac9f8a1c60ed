import { secondsFromNow } from "#lib/clock.ts";
import { attemptRevocation } from "#lib/connect/disconnecting/revoke-pending.ts";
import {
  addPendingRevocations,
  deletePendingRevocation,
} from "#lib/connect/disconnecting/pending-revocations.store.ts";
import type { TokenOwner } from "#lib/connect/sealed-tokens/seal-token.ts";
import type { TokenResponse } from "#lib/connect/tokens/parse-token-response.ts";
import { isConnected } from "#lib/connect/tokens/store.ts";
import { ASSUMED_REFRESH_TOKEN_LIFETIME_SECONDS } from "#lib/connect/sealed-tokens/token-lifetimes.ts";

/**
 * Handles tokens that are not stored, because they arrived after the row changed or their connection was
 * refused. Revokes them, unless a row here has this account as connected. In that case it drops them, because
 * revoking would end the grant, and with it the tokens in that row. Returns null, so that the caller reads
 * the outcome from the row.
 */
export async function discardTokens(
  owner: TokenOwner,
  { accessToken, refreshToken }: Pick<TokenResponse, "accessToken" | "refreshToken">,
): Promise<null> {
  if (await isConnected(owner)) return null;
  const { provider, providerAccountId } = owner;
  const [revocation] = await addPendingRevocations([
    {
      owner: { provider, providerAccountId },
      accessToken,
      refreshToken,
      expiresAt: secondsFromNow(ASSUMED_REFRESH_TOKEN_LIFETIME_SECONDS),
    },
  ]);
  // The account may have been reconnected between the check and the insert. The new connection then did not
  // see the pending revocation that was just added.
  if (await isConnected(owner)) await deletePendingRevocation(revocation!.id);
  else await attemptRevocation(revocation!);
  return null;
}
