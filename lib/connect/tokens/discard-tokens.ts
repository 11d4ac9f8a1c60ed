import { secondsFromNow } from "#lib/clock.ts";
import { attemptRevocation } from "#lib/connect/revocations/revoke-pending.ts";
import { addPendingRevocations, deletePendingRevocation } from "#lib/connect/revocations/store.ts";
import type { TokenOwner } from "#lib/connect/sealed-tokens/seal-token.ts";
import type { TokenResponse } from "#lib/connect/tokens/parse-token-response.ts";
import { isConnected } from "#lib/connect/tokens/store.ts";
import { REFRESH_TOKEN_LIFETIME_SECONDS } from "#lib/connect/tokens/token-lifetimes.ts";

/**
 * Handles tokens that are not stored: they arrived after the row changed, or their connection was refused.
 * Revokes them unless the account is connected here, in any row: then it drops them, because revoking would
 * end the grant, and the tokens that count with it. Returns null: the row has the answer.
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
      expiresAt: secondsFromNow(REFRESH_TOKEN_LIFETIME_SECONDS),
    },
  ]);
  // Connected again between the two: the new connection has not seen the revocation that was added just now.
  if (await isConnected(owner)) await deletePendingRevocation(revocation!.id);
  else await attemptRevocation(revocation!);
  return null;
}
