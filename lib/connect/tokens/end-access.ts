import { settleRefresh, type StoredTokens } from "#lib/connect/tokens/store.ts";

/**
 * The access token of an account without a refresh token came to its end, or was refused before: a person has
 * to connect again.
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
