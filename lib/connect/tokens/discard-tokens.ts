import type { TokenResponse } from "#lib/connect/tokens/parse-token-response.ts";
import type { StoredTokens } from "#lib/connect/tokens/store.ts";

/** Tokens that came for an account that was disconnected, or connected anew, while they were asked for. Returns null: the row has the answer. */
export async function discardTokens(_claim: StoredTokens, _tokens: TokenResponse): Promise<null> {
  return null;
}
