import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { findEndpoint } from "#lib/connect/cloud/metadata.ts";
import { isRecord, readCloudJson } from "#lib/connect/cloud/read-cloud-json.ts";
import { env } from "#lib/env.ts";

const TIMEOUT_MS = 10_000;
const LIMIT_BYTES = 64 * 1024;
/** Time limit of `canRevoke`, because a page waits for the answer. */
const LOOKUP_TIMEOUT_MS = 3_000;

/** The two tokens of a connection in plaintext; null for one that is missing. */
export type Tokens = { accessToken: string | null; refreshToken: string | null };

/**
 * The result of a revocation. `done`: none of the tokens works any more. `impossible`: the server does not
 * support revocation. `later`: not complete yet. `forgotten`: the tokens no longer had to be revoked.
 */
export type RevocationOutcome =
  | { result: "done" }
  | { result: "impossible" }
  | { result: "forgotten" }
  | { result: "later"; refreshTokenRevoked: boolean };

/**
 * True if Legrand offers a way to revoke tokens. Asks in the same way as a disconnect does, so that the
 * question before it and the sentence after it agree. Returns true if Legrand does not answer now, because a
 * disconnect then keeps trying.
 */
export async function canRevoke(): Promise<boolean> {
  if (env().sandbox) return true;
  return (await findEndpoint("revocation_endpoint", LOOKUP_TIMEOUT_MS)).found !== "none";
}

/**
 * Revokes both tokens at Legrand (RFC 7009 §2), the refresh token first. If the server also revokes the
 * tokens that depend on it (§2.1), a failure in between leaves no lasting access. A token that the server
 * does not know counts as revoked (§2.2).
 *
 * Calls `isWanted` at the last moment before each request. Finding the endpoint takes time, and a user who
 * reconnected the account in that time would lose the access that they just granted.
 */
export async function revokeTokens(
  tokens: Tokens,
  isWanted: () => Promise<boolean>,
): Promise<RevocationOutcome> {
  const endpoint = await findEndpoint("revocation_endpoint");
  if (endpoint.found === "none") return { result: "impossible" };
  if (endpoint.found === "unreachable") return { result: "later", refreshTokenRevoked: false };
  for (const [token, hint] of [
    [tokens.refreshToken, "refresh_token"],
    [tokens.accessToken, "access_token"],
  ] as const) {
    if (!token) continue;
    if (!(await isWanted())) return { result: "forgotten" };
    if (!(await revoke(endpoint.url, token, hint)))
      return { result: "later", refreshTokenRevoked: hint === "access_token" };
  }
  return { result: "done" };
}

/**
 * Returns true if nothing is left to do for this token. Returns false if Legrand refuses our own credentials
 * (invalid_client), because that can be fixed.
 */
async function revoke(url: string, token: string, hint: "refresh_token" | "access_token"): Promise<boolean> {
  const { clientId, clientSecret } = env().legrand;
  try {
    const response = await cloudFetch(url, {
      method: "POST",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: "error",
      body: new URLSearchParams({
        token,
        token_type_hint: hint,
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    return response.status === 200 || (response.status === 400 && (await isUnsupported(response)));
  } catch {
    return false;
  }
}

/** True if the server does not revoke tokens of this type (RFC 7009 §2.2.1), so a retry would not help. */
async function isUnsupported(response: Response): Promise<boolean> {
  const body = await readCloudJson(response, LIMIT_BYTES);
  return isRecord(body) && body.error === "unsupported_token_type";
}
