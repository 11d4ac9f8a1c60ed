import { findIssuer } from "#lib/connect/cloud/discover-issuer.ts";
import { env } from "#lib/env.ts";

const TIMEOUT_MS = 10_000;

/** Revokes a refresh token, and with it what hangs on it (RFC 7009 §2.1). False where that cannot be done: the real cloud documents no such endpoint. */
export async function revokeAtIssuer(refreshToken: string): Promise<boolean> {
  const issuer = await findIssuer();
  if (!issuer) return false;
  const { clientId, clientSecret } = env().legrand;
  try {
    const metadata = (await (await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(TIMEOUT_MS) })).json()) as { revocation_endpoint?: string };
    const response = await fetch(metadata.revocation_endpoint!, {
      method: "POST", signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error",
      body: new URLSearchParams({ token: refreshToken, token_type_hint: "refresh_token", client_id: clientId, client_secret: clientSecret }),
    });
    return response.ok;
  } catch {
    return false;
  }
}
