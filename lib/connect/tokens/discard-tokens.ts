import { secondsFromNow } from "#lib/clock.ts";
import { attemptRevocation } from "#lib/connect/revocations/revoke-pending.ts";
import { addPendingRevocations, deletePendingRevocation } from "#lib/connect/revocations/store.ts";
import type { TokenResponse } from "#lib/connect/tokens/parse-token-response.ts";
import { isConnected, type StoredTokens } from "#lib/connect/tokens/store.ts";
import { REFRESH_TOKEN_LIFETIME_SECONDS } from "#lib/connect/tokens/token-lifetimes.ts";

/**
 * Tokens that came for a row that has others by now. When the account was disconnected meanwhile, or its user deleted, they are given
 * back to Legrand; when it was connected anew, in that row or in another one, they are dropped: revoking them would end the grant, and
 * with it the tokens that count. Returns null: the row has the answer.
 */
export async function discardTokens(claim: StoredTokens, { accessToken, refreshToken }: Pick<TokenResponse, "accessToken" | "refreshToken">): Promise<null> {
  if (await isConnected(claim)) return null;
  const [revocation] = await addPendingRevocations([{ owner: claim, accessToken, refreshToken, expiresAt: secondsFromNow(REFRESH_TOKEN_LIFETIME_SECONDS) }]);
  // Connected anew between the two: then nobody has forgotten what was added just now.
  if (await isConnected(claim)) await deletePendingRevocation(revocation!.id);
  else await attemptRevocation(revocation!);
  return null;
}
