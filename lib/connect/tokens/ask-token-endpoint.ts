import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { readJson } from "#lib/connect/cloud/read-json.ts";
import type { Answer } from "#lib/connect/tokens/classify-refusal.ts";
import { env } from "#lib/env.ts";

const LIMIT_BYTES = 64 * 1024;

/**
 * Sends the refresh token to the token endpoint (RFC 6749 §6). The client credentials are in the body, where
 * Legrand reads them. Returns null if no complete answer arrives within `timeoutMs`; in that case it is
 * unknown whether the token was rotated. Does not follow redirects, because the secret is meant for this URL
 * only. Discards a body larger than 64 KB.
 */
export async function askTokenEndpoint(refreshToken: string, timeoutMs: number): Promise<Answer | null> {
  const { tokenUrl, clientId, clientSecret } = env().legrand;
  try {
    const response = await cloudFetch(tokenUrl, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: "application/json" },
      body: new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: refreshToken,
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    const { status, headers } = response;
    return {
      status,
      contentType: headers.get("content-type"),
      retryAfter: headers.get("retry-after"),
      body: await readJson(response, LIMIT_BYTES),
    };
  } catch {
    return null;
  }
}
