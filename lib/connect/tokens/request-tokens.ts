import { setTimeout as sleep } from "node:timers/promises";

import { now } from "#lib/clock.ts";
import { askTokenEndpoint } from "#lib/connect/tokens/ask-token-endpoint.ts";
import { findTokenAnswerFault } from "#lib/connect/legrand-provider.ts";
import { classifyRefusal, type Answer, type RefreshFailure } from "#lib/connect/tokens/classify-refusal.ts";
import { parseTokenResponse, type TokenResponse } from "#lib/connect/tokens/parse-token-response.ts";
import type { Timings } from "#lib/connect/tokens/timings.ts";

/**
 * What the token endpoint said. `askedAt`: lifetimes count from then, so that nobody believes in a token for
 * too long.
 */
export type RefreshResponse = { tokens: TokenResponse | null; failure: RefreshFailure | null; askedAt: Date };

/**
 * Asks for new tokens within `requestMs`. An answer that was lost on its way is asked for once more with the
 * same refresh token: the server may have rotated it, and hands out the same tokens again for a short time.
 * Two requests at most.
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
 * The tokens of an answer that is a token response, by the same rules as at a connect. Of a success that
 * breaks these rules only the refresh token is kept: the server has rotated it.
 */
function readTokens(answer: Answer, epochSeconds: number): TokenResponse | null {
  if (answer.status < 200 || answer.status > 299) return null;
  const tokens = parseTokenResponse(answer.body, epochSeconds);
  if (findTokenAnswerFault(answer) === null) return tokens;
  return tokens?.refreshToken ? { ...tokens, accessToken: null } : null;
}
