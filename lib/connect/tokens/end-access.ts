import { settleRefresh, type StoredTokens } from "#lib/connect/tokens/store.ts";

/**
 * Marks the account as "reconnect needed": it has no refresh token, and its access token expired or was
 * rejected. The user has to connect again.
 */
export async function endAccess(
  row: StoredTokens,
  wasRejected: boolean,
): Promise<"revoked" | "refresh_token_expired"> {
  const reason = wasRejected ? "revoked" : "refresh_token_expired";
  await settleRefresh(
    row,
    {
      accessToken: null,
      accessTokenExpiresAt: null,
      state: "reconnect_needed",
      reconnectReason: reason,
      trouble: null,
    },
    {
      isNewVersion: true,
      isTheirs: false,
      event: { what: "reconnect_needed", by: "legrand", detail: { reason } },
    },
  );
  return reason;
}
