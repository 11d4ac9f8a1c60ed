import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { findEndpoint } from "#lib/connect/cloud/find-endpoint.ts";
import { isRecord } from "#lib/connect/cloud/is-record.ts";
import { readJson } from "#lib/connect/cloud/read-json.ts";
import { env } from "#lib/env.ts";

const TIMEOUT_MS = 10_000;
const LIMIT_BYTES = 64 * 1024;

/** The two tokens of a connection, in plaintext, as far as they are there. */
export type Tokens = { accessToken: string | null; refreshToken: string | null };

/**
 * `done`: no token is good for anything any more. `impossible`: the server knows no revocation. `later`: not all of it is done yet.
 * `forgotten`: they were not to be revoked any more.
 */
export type RevocationOutcome =
  | { result: "done" }
  | { result: "impossible" }
  | { result: "forgotten" }
  | { result: "later"; refreshTokenRevoked: boolean };

/**
 * Revokes both tokens at Legrand (RFC 7009 §2), the refresh token first: where the server takes what hangs on
 * it along (§2.1), a failure in between leaves nothing that lasts. A token that the server does not know
 * counts as revoked (§2.2).
 * `isWanted` is asked at the last moment before each request: finding the endpoint takes its time, and who has connected the account
 * again by then would lose what they have just allowed.
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
 * Whether nothing is left to do for that token. Our own credentials that are refused (invalid_client) may be
 * put right: false.
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

/** The server revokes no tokens of that kind (RFC 7009 §2.2.1): asking again would not help. */
async function isUnsupported(response: Response): Promise<boolean> {
  const body = await readJson(response, LIMIT_BYTES);
  return isRecord(body) && body.error === "unsupported_token_type";
}
