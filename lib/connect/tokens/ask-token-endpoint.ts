import { env } from "#lib/env.ts";
import type { Answer } from "#lib/connect/tokens/classify-refusal.ts";

const LIMIT_BYTES = 64 * 1024;

/**
 * Sends the refresh token to the token endpoint (RFC 6749 §6), the credentials in the body, which is where Legrand reads them.
 * Returns null when no answer came, or not all of it, within that time: then nobody knows whether the token was rotated. A
 * redirect is not followed: the secret is for this address only. Of a body beyond 64 KB nothing is kept.
 */
export async function askTokenEndpoint(refreshToken: string, timeoutMs: number): Promise<Answer | null> {
  const { tokenUrl, clientId, clientSecret } = env().legrand;
  try {
    const response = await fetch(tokenUrl, {
      method: "POST", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(timeoutMs), headers: { accept: "application/json" },
      body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken, client_id: clientId, client_secret: clientSecret }),
    });
    return { status: response.status, retryAfter: response.headers.get("retry-after"), body: parseJson(await readBounded(response)) };
  } catch {
    return null;
  }
}

async function readBounded(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > LIMIT_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
