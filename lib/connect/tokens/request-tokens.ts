import { setTimeout as sleep } from "node:timers/promises";

import { now } from "#lib/clock.ts";
import { askTokenEndpoint } from "#lib/connect/tokens/ask-token-endpoint.ts";
import { findTokenAnswerFault } from "#lib/connect/legrand-provider.ts";
import { classifyRefusal, type Answer, type RefreshFailure } from "#lib/connect/tokens/classify-refusal.ts";
import { parseTokenResponse, type TokenResponse } from "#lib/connect/tokens/parse-token-response.ts";
import type { Timings } from "#lib/connect/tokens/timings.ts";

/**
 * The token endpoint's answer. Lifetimes count from `askedAt`, so that no token is considered valid for too
 * long.
 */
export type RefreshResponse = { tokens: TokenResponse | null; failure: RefreshFailure | null; askedAt: Date };

/**
 * Requests new tokens within `requestMs`. If the answer is lost, asks once more with the same refresh token:
 * the server may have rotated it, and repeats the same tokens for a short time. Makes at most two requests.
 */
export async function requestTokens(
  refreshToken: string,
  refreshTokenEnds: Date | null,
  timings: Timings,
): Promise<RefreshResponse> {
  const begin = performance.now();
  const leftMs = () => Math.floor(timings.requestMs - (performance.now() - begin));
  const askedAt = now();
  let answer = await askTokenEndpoint(refreshToken, leftMs());
  if (!answer) {
    await sleep(Math.min(Math.random() * timings.jitterMs, Math.max(leftMs(), 0)));
    if (leftMs() > 0) answer = await askTokenEndpoint(refreshToken, leftMs());
  }
  if (!answer) return { tokens: null, failure: { is: "trouble", trouble: "unreachable" }, askedAt };
  const tokens = readTokens(answer, Math.floor(askedAt.getTime() / 1000));
  const hasEnded = refreshTokenEnds !== null && refreshTokenEnds <= askedAt;
  return { tokens, failure: tokens?.accessToken ? null : classifyRefusal(answer, hasEnded, now()), askedAt };
}

/**
 * Reads the tokens of a token response, by the same rules as for a connect. If a successful answer breaks
 * these rules, only its refresh token is kept, because the server has rotated it.
 */
function readTokens(answer: Answer, epochSeconds: number): TokenResponse | null {
  if (answer.status < 200 || answer.status > 299) return null;
  const tokens = parseTokenResponse(answer.body, epochSeconds);
  if (findTokenAnswerFault(answer) === null) return tokens;
  return tokens?.refreshToken ? { ...tokens, accessToken: null } : null;
}
