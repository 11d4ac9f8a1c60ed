import { epochSeconds, now, secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { openUnderToken, sealUnderToken } from "#lib/crypto/seal-under-token.ts";
import { env } from "#lib/env.ts";
import { claimReplay, type Replay } from "#lib/legrand/authorization-server/store.ts";
import { parseScope } from "#lib/legrand/scopes.ts";

const CONTEXT = "legrand-refresh-replay";

/** What the token endpoint answered, as JSON: `expires_on` is a moment, in epoch seconds. */
type TokenAnswer = Record<string, unknown> & { refresh_token: string; expires_in: number; expires_on: number; refresh_token_expires_in?: number };

/** The scopes that a refresh asks for, whatever their order; none is a request of its own (RFC 6749 §6). */
const requestedScope = (parameters: URLSearchParams) => parseScope(parameters.get("scope") ?? "").sort().join(" ");

/**
 * What is kept of a refresh for as long as its answer may be fetched once more: the answer itself, readable with the spent
 * refresh token only. Null where rotation is strict (`SANDBOX_REFRESH_OVERLAP_SECONDS=0`).
 */
export function keepAnswer(parameters: URLSearchParams, answer: TokenAnswer): Replay | null {
  const overlapSeconds = env().sandbox!.refreshOverlapSeconds;
  const token = parameters.get("refresh_token")!;
  return overlapSeconds === 0 ? null : {
    digest: digest(token), successor: digest(answer.refresh_token), scope: requestedScope(parameters),
    ciphertext: sealUnderToken(token, JSON.stringify(answer), CONTEXT), expiresAt: secondsFromNow(overlapSeconds),
  };
}

/**
 * The answer to a refresh that somebody asks for again with the same token: the same tokens, with the seconds that are left of
 * them. Once, and only while nobody has used what was answered; null otherwise. To be asked for a client that has authenticated
 * and owns the token: this looks at neither.
 */
export async function fetchAnswerAgain(parameters: URLSearchParams): Promise<TokenAnswer | null> {
  const token = parameters.get("refresh_token")!;
  const ciphertext = await claimReplay(digest(token), requestedScope(parameters), now());
  if (ciphertext === null) return null;
  const answer = JSON.parse(openUnderToken(token, ciphertext, CONTEXT)) as TokenAnswer;
  const age = epochSeconds() - (answer.expires_on - answer.expires_in);
  const { refresh_token_expires_in: left } = answer;
  return { ...answer, expires_in: answer.expires_in - age, ...(left === undefined ? {} : { refresh_token_expires_in: left - age }) };
}
