import { setTimeout as sleep } from "node:timers/promises";

import { now } from "#lib/clock.ts";
import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { readCloudJson } from "#lib/connect/cloud/read-cloud-json.ts";
import { findTokenAnswerFault } from "#lib/connect/legrand-provider.ts";
import {
  classifyRefusal,
  type RefreshAnswer,
  type RefreshFailure,
} from "#lib/connect/tokens/classify-refusal.ts";
import { parseTokenResponse, type TokenResponse } from "#lib/connect/tokens/parse-token-response.ts";
import type { Timings } from "#lib/connect/tokens/timings.ts";
import { env } from "#lib/env.ts";

const LIMIT_BYTES = 64 * 1024;

/**
 * The token endpoint's answer. Lifetimes count from `askedAt`, so that no token is considered valid for too
 * long.
 */
export type RefreshResponse = { tokens: TokenResponse | null; failure: RefreshFailure | null; askedAt: Date };

/**
 * Requests new tokens within `requestTimeoutMs`. If the answer is lost, asks once more with the same refresh
 * token: the server may have rotated it, and repeats the same tokens for a short time. Makes at most two
 * requests.
 */
export async function requestTokens(
  refreshToken: string,
  refreshTokenEnds: Date | null,
  timings: Timings,
): Promise<RefreshResponse> {
  const begin = performance.now();
  const leftMs = () => Math.floor(timings.requestTimeoutMs - (performance.now() - begin));
  const askedAt = now();
  let answer = await askTokenEndpoint(refreshToken, leftMs());
  if (!answer) {
    await sleep(Math.min(Math.random() * timings.longestJitterMs, Math.max(leftMs(), 0)));
    if (leftMs() > 0) answer = await askTokenEndpoint(refreshToken, leftMs());
  }
  if (!answer) return { tokens: null, failure: { is: "trouble", trouble: "unreachable" }, askedAt };
  const tokens = readTokens(answer, Math.floor(askedAt.getTime() / 1000));
  const hasEnded = refreshTokenEnds !== null && refreshTokenEnds <= askedAt;
  return { tokens, failure: tokens?.accessToken ? null : classifyRefusal(answer, hasEnded, now()), askedAt };
}

/**
 * Sends the refresh token to the token endpoint (RFC 6749 §6). The client credentials are in the body, where
 * Legrand reads them. Returns null if no complete answer arrives within `timeoutMs`; in that case it is
 * unknown whether the token was rotated. Does not follow redirects, because the secret is meant for this URL
 * only. Discards a body larger than 64 KB.
 */
async function askTokenEndpoint(refreshToken: string, timeoutMs: number): Promise<RefreshAnswer | null> {
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
      body: await readCloudJson(response, LIMIT_BYTES),
    };
  } catch {
    return null;
  }
}

/**
 * Reads the tokens of a token response, by the same rules as for a connect. If a successful answer breaks
 * these rules, only its refresh token is kept, because the server has rotated it.
 */
function readTokens(answer: RefreshAnswer, epochSeconds: number): TokenResponse | null {
  if (answer.status < 200 || answer.status > 299) return null;
  const tokens = parseTokenResponse(answer.body, epochSeconds);
  if (findTokenAnswerFault(answer) === null) return tokens;
  return tokens?.refreshToken ? { ...tokens, accessToken: null } : null;
}
