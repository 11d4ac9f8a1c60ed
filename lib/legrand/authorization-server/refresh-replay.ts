import { epochSeconds, now, secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { openUnderToken, sealUnderToken } from "#lib/crypto/seal-under-token.ts";
import { findReplay, type Replay } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { parseScope } from "#lib/legrand/scopes.ts";

const CONTEXT = "legrand-refresh-replay";

/** A response of the token endpoint, as JSON. `expires_on` is a time in epoch seconds. */
type TokenAnswer = Record<string, unknown> & {
  refresh_token: string;
  expires_in: number;
  expires_on: number;
  refresh_token_expires_in?: number;
};

/**
 * Returns the scopes that a refresh requests, sorted. A request without scopes is different from one with
 * scopes (RFC 6749 §6).
 */
const requestedScope = (parameters: URLSearchParams) =>
  parseScope(parameters.get("scope") ?? "")
    .sort()
    .join(" ");

/**
 * Returns what is stored of a refresh while its response may be fetched again. The response is encrypted and
 * can be read only with the spent refresh token. Returns null if the overlap is zero seconds, which is strict
 * rotation.
 */
export function keepAnswer(
  parameters: URLSearchParams,
  answer: TokenAnswer,
  overlapSeconds: number,
): Replay | null {
  const token = parameters.get("refresh_token")!;
  return overlapSeconds === 0
    ? null
    : {
        digest: digest(token),
        successor: digest(answer.refresh_token),
        scope: requestedScope(parameters),
        ciphertext: sealUnderToken(token, JSON.stringify(answer), CONTEXT),
        expiresAt: secondsFromNow(overlapSeconds),
      };
}

/**
 * Returns the response to a refresh again for an equal request with the same token: the same tokens, with
 * their remaining lifetimes. Returns null once the refresh token in the response was used. The caller must
 * make sure that the client authenticated and owns the token: this function checks neither.
 */
export async function fetchAnswerAgain(parameters: URLSearchParams): Promise<TokenAnswer | null> {
  const token = parameters.get("refresh_token")!;
  const ciphertext = await findReplay(digest(token), requestedScope(parameters), now());
  if (ciphertext === null) return null;
  const answer = JSON.parse(openUnderToken(token, ciphertext, CONTEXT)) as TokenAnswer;
  const age = epochSeconds() - (answer.expires_on - answer.expires_in);
  const { refresh_token_expires_in: left } = answer;
  return {
    ...answer,
    expires_in: answer.expires_in - age,
    ...(left === undefined ? {} : { refresh_token_expires_in: left - age }),
  };
}
